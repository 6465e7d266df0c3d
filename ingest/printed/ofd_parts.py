"""What an OFD file is made of (GB/T 33190-2016, 7): documents, their pages in order, templates, fonts, annotations."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...schema import DamagedError, EncryptedError, TooLargeError
from ..package import Package, resolve
from ..xml_parts import Element, child, children, local, parse_part, words

PAGES_MAX = 20_000
_AGAIN = "Open it in an OFD viewer and save it again, or as .pdf"


@dataclass(frozen=True, slots=True)
class OfdPage:
    """A page's tree (None where it is broken), the templates that it names, and what annotations draw on it."""

    tree: Element | None
    templates: tuple[str, ...] = ()
    annotations: tuple[Element, ...] = ()


@dataclass(slots=True)
class OfdDocument:
    """One document of the file: `box` is the page area in mm, x, y, width, height, of pages that have none of their own;
    `units` are drawings that pages refer to, `bold` the fonts that are."""

    pages: list[OfdPage] = field(default_factory=list)
    templates: dict[str, Element] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)
    pictures: dict[str, str] = field(default_factory=dict)      # the member that holds each picture, by its ID
    area: Element | None = None


class Ofd:
    """An OFD file. Raises DamagedError, EncryptedError, TooLargeError. `broken` names the parts left out."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data, "an OFD editor")
        self._names = set(self._package.names())
        self.broken: list[str] = []
        if "encryptions.xml" in self._names:        # GM/T 0099-2020, 7.3
            raise EncryptedError("the OFD asks for a password or a certificate", place="Encryptions.xml",
                                 way_out="Open it in an OFD viewer and save it without encryption")
        self._root = self._tree("OFD.xml")

    def about(self, name: str) -> str:
        """A property of the first document, such as `Title`; empty where absent."""
        return words(child(self._root, "DocBody", "DocInfo", name))

    def documents(self) -> list[OfdDocument]:
        """The documents in order, all pages together at most PAGES_MAX."""
        roots = [words(child(body, "DocRoot")) for body in children(self._root, "DocBody")]
        paths = [self._find("OFD.xml", root) for root in roots if root]
        if not any(path in self._names for path in paths):
            paths = sorted(name for name in self._names if name.endswith("/document.xml"))
        found = [self._document(path, tree) for path in dict.fromkeys(paths) if (tree := self._tree(path)) is not None]
        if not any(document.pages for document in found):
            raise DamagedError("the OFD names no page", place=", ".join(self.broken) or "Document.xml", way_out=_AGAIN)
        if sum(len(document.pages) for document in found) > PAGES_MAX:
            raise TooLargeError(f"more than {PAGES_MAX} pages", way_out="Split the document")
        return found

    def _document(self, path: str, tree: Element) -> OfdDocument:
        out, common = OfdDocument(), child(tree, "CommonData")
        out.area = child(common, "PageArea")
        for kind in ("PublicRes", "DocumentRes"):
            for named in children(common, kind):
                self._resources(self._find(path, words(named)), out)
        for template in children(common, "TemplatePage"):
            drawn = self._tree(self._find(path, template.get("BaseLoc") or ""))
            if drawn is not None:
                out.templates[template.get("ID") or ""] = drawn
        annotations = self._annotations(path, words(child(tree, "Annotations")))
        seen: set[str] = set()
        for page in children(child(tree, "Pages"), "Page"):
            where = self._find(path, page.get("BaseLoc") or "")
            if where not in seen:       # a page named twice would be read twice
                seen.add(where)
                out.pages.append(self._page(where, annotations.get(page.get("ID") or "", ())))
        return out

    def _page(self, path: str, annotations: tuple[Element, ...]) -> OfdPage:
        tree = self._tree(path)
        templates = tuple(t.get("TemplateID") or "" for t in children(tree, "Template"))
        return OfdPage(tree, templates, annotations)

    def _resources(self, path: str, out: OfdDocument) -> None:
        tree = self._tree(path) if path in self._names else None        # some writers name one that they do not write
        for group in tree if tree is not None else ():
            for item in group:
                key = item.get("ID") or ""
                if local(item) == "Font" and (item.get("Bold") == "true" or "bold" in (item.get("FontName") or "").lower()):
                    out.bold.add(key)
                media = child(item, "MediaFile") if local(item) == "MultiMedia" else None
                if media is not None:
                    out.pictures[key] = self._media(path, tree, words(media))
                content = child(item, "Content") if local(item) == "CompositeGraphicUnit" else None
                if content is not None:
                    out.units[key] = content

    def _media(self, path: str, tree: Element | None, where: str) -> str:
        """The member that holds a picture: below the resources' own folder (BaseLoc), or beside them."""
        base = (tree.get("BaseLoc") or "") if tree is not None else ""
        found = self._find(path, f"{base.rstrip('/')}/{where}" if base else where)
        return found if found in self._names else self._find(path, where)

    def picture(self, member: str) -> bytes | None:
        """The bytes of a picture; None where it is missing or cannot be unpacked."""
        return self._package.read(member)

    def _annotations(self, path: str, where: str) -> dict[str, tuple[Element, ...]]:
        """What is drawn over each page, by the page's ID: stamps and watermarks."""
        if not where:
            return {}
        listed = self._find(path, where)
        out: dict[str, tuple[Element, ...]] = {}
        for page in children(self._tree(listed), "Page"):
            tree = self._tree(self._find(listed, words(child(page, "FileLoc"))))
            out[page.get("PageID") or ""] = tuple(_appearances(tree))
        return out

    def _find(self, base: str, where: str) -> str:
        """The member that a location in the part `base` means; some writers give it from the root without a slash."""
        found = resolve(base, where).lower().lstrip("/")
        plain = where.replace("\\", "/").lstrip("/").lower()
        return plain if found not in self._names and plain in self._names else found

    def _tree(self, path: str) -> Element | None:
        blob = self._package.read(path)
        try:
            if blob is not None:
                return parse_part(blob.lstrip(b"\r\n\t "), path)
        except DamagedError:
            pass
        if path not in self.broken:
            self.broken.append(path)
        return None


def _appearances(tree: Element | None) -> Iterator[Element]:
    for annotation in children(tree, "Annot"):
        yield from children(annotation, "Appearance")
