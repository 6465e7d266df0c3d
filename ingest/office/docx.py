"""Word files (.docx, .docm): the only module that uses python-docx, whose parser builds the tree of each part without
resolving entities. Follows ECMA-376 Part 1; numbers are written out as Word shows them."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import cast

from docx.oxml.parser import parse_xml

from ...schema import DamagedError, Diagnostic, JihuaError, Page, UnsupportedError
from ...schema.diagnose import diagnostic
from ..blocks import BlockKind, SourceText
from ..compose import Composer
from ..docinfo import real_author, real_title
from ..numbering import Lists
from ..package import Package, resolve
from ..xml_parts import Element
from .items import Item
from .lists import read_lists
from .story import Story
from .styles import Styles
from .wordml import w
from .write import write_items, write_lines

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SAVE_AGAIN = "Open the file in Word, let it repair it, and save it again"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_docx(data: bytes, name: str) -> SourceText:
    """The source text of a Word file in reading order: body with automatic numbers, tables and text boxes, then
    footnotes and endnotes, then headers and footers once each. Raises DamagedError, EncryptedError, TooLargeError,
    UnsupportedError, naming `name`."""
    try:
        return _Reader(Package(data)).source_text()
    except RecursionError as error:
        raise DamagedError("elements nested too deeply", source=name, way_out=_SAVE_AGAIN) from error
    except JihuaError as error:
        raise error.at(name) from error.__cause__


class _Reader:
    """One file: its parts, what they share, and what was left out of them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._notes: Counter[str] = Counter()
        self._broken: list[str] = []
        self._main = self._main_part()
        self._relations = self._related(self._main)
        self._styles = Styles(self._part("styles"))
        self._lists: Lists = read_lists(self._part("numbering"), self._styles)

    def source_text(self) -> SourceText:
        to = Composer()
        document = self._tree(self._main)
        body = document.find(w("body")) if document is not None else None
        if document is None or body is None:
            raise DamagedError("the main part is missing or broken", place=self._main,
                               way_out=_SAVE_AGAIN)
        write_items(self._items(body, ""), to)
        self._write_notes(to)
        self._write_margins(to)
        comments = self._part("comments")
        self._notes["comments left out"] = len(comments.findall(w("comment"))) if comments is not None else 0
        return SourceText(
            text=to.text, media_type=MEDIA_TYPE, reader="docx", blocks=tuple(to.blocks), tables=tuple(to.tables),
            page=self._page(), diagnostics=tuple(self._diagnostics(bool(to.blocks))),
        )

    def _items(self, root: Element, name: str) -> list[Item]:
        return Story(root, self._styles, self._lists, self._notes, name).read(root)

    def _write_notes(self, to: Composer) -> None:
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            for note in root.findall(w(kind)) if root is not None else ():
                if note.get(w("type")) in (None, "normal"):
                    place = f"{kind} {note.get(w('id')) or ''}".strip()
                    write_lines(self._items(note, place), to, "footnote", place)

    def _write_margins(self, to: Composer) -> None:
        """Headers and footers; those of several sections that say the same are written once."""
        kinds: tuple[BlockKind, ...] = ("header", "footer")
        for kind in kinds:
            seen: set[tuple[str, ...]] = set()
            for part in self._relations.get(kind, []):
                root = self._tree(part)
                items = self._items(root, kind) if root is not None else []
                draft = Composer()
                texts = tuple(write_lines(items, draft, kind, kind))
                if texts not in seen:
                    seen.add(texts)
                    write_lines(items, to, kind, part)

    def _diagnostics(self, text: bool) -> Iterator[Diagnostic]:
        if not text:
            way = "it may hold only pictures of pages" if self._relations.get("image") else "it is empty"
            yield diagnostic("no-text", f"the Word file holds no text; {way}")
        for note, count in sorted(self._notes.items()):
            if count:
                yield diagnostic("reader-note", f"{note}: {count}")
        for part in self._broken:
            yield diagnostic("reader-note", f"{part} is broken and was left out")

    def _page(self) -> Page:
        core = self._tree(self._related("").get("core-properties", ["docProps/core.xml"])[0])
        if core is None:
            return Page()
        title, creator = core.find(f"{_DC}title"), core.find(f"{_DC}creator")
        # When a plan was published is not in the file: created and modified tell of the copy at hand.
        return Page(title=real_title(title.text if title is not None else None),
                    author=real_author(creator.text if creator is not None else None))

    def _main_part(self) -> str:
        targets = self._related("").get("officeDocument", [])
        names = {name.lower() for name in self._package.names()}
        for target in (*targets, "word/document.xml"):
            if target.lower() in names:
                if not target.lower().startswith("word") and any(n.startswith(("xl/", "ppt/")) for n in names):
                    raise UnsupportedError("an Office file of another kind", place=target,
                                           way_out="Give it its own suffix, such as .xlsx")
                return target
        raise DamagedError("the zip file holds no Word document", way_out="Check that this is a .docx file")

    def _part(self, kind: str) -> Element | None:
        """The tree of the part of a kind; where relations are lost, of the part that bears its name."""
        for target in (*self._relations.get(kind, []), f"word/{kind}.xml"):
            tree = self._tree(target)
            if tree is not None:
                return tree
        return None

    def _related(self, part: str) -> dict[str, list[str]]:
        """Members that a part refers to, by the last word of the relation's type; those outside the file aside."""
        folder, _, base = part.rpartition("/")
        root = self._tree(f"{folder}/_rels/{base}.rels" if part else "_rels/.rels")
        out: dict[str, list[str]] = {}
        for relation in root if root is not None else ():
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = resolve(part, relation.get("Target") or "")
            targets = out.setdefault((relation.get("Type") or "").rpartition("/")[2], [])
            if target not in targets:
                targets.append(target)
        return out

    def _tree(self, part: str) -> Element | None:
        blob = self._package.read(part)
        if blob is None:
            return None
        try:
            return cast(Element, parse_xml(blob))
        except (SyntaxError, ValueError, LookupError):   # lxml's XMLSyntaxError is a SyntaxError
            if part not in self._broken:
                self._broken.append(part)
            return None
