"""Numbers of OpenDocument lists and headings as the file shows them (OpenDocument 1.3 part 3, 5.3 and 16.30–16.35)."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..numbering import LEVELS, Instance, Level, Lists, Numberer
from ..package import Package
from ..xml_parts import Element, attribute, local, parse_part, put, serialised, take_out
from .wordml import number

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
            "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "①": "decimalEnclosedCircle",
            "甲": "ideographTraditional", "子": "ideographZodiac", "１": "decimalFullWidth"}
"""By the first sign of style:num-format; LibreOffice writes `一, 二, 三, ...`."""
_DEEPEST = 200          # lists and sections within each other
_OUTLINE = "\0outline"
_MANIFEST = "META-INF/manifest.xml"


def with_labels(package: Package) -> bytes | None:
    """The file with its labels written into its paragraphs and its lists without a style; None where it has none."""
    content = package.read("content.xml")
    if content is None:
        return None
    root = parse_part(content, "content.xml")
    styles = package.read("styles.xml")
    trees = {"content.xml": root, **({"styles.xml": parse_part(styles, "styles.xml")} if styles else {})}
    writer = _Writer({name: levels for tree in reversed(trees.values()) for name, levels in _list_styles(tree)})
    body = next((e for e in root.iter() if local(e) == "text" and _prefix(e) == "office"), None)
    if body is None:
        return None
    writer.walk(body)
    for style in [e for tree in trees.values() for e in tree.iter() if local(e) == "outline-style"]:
        take_out(style)      # or headings would be numbered again
    return _packed(package, {name: serialised(tree) for name, tree in trees.items()}) if writer.written else None


def _prefix(element: Element) -> str:
    return str(element.tag).rpartition(":xmlns:")[2].partition(":")[0]


def _packed(package: Package, trees: Mapping[str, bytes]) -> bytes:
    """A package of the parts that the text depends on, pictures aside."""
    out = BytesIO()
    parts = {_MANIFEST: package.read(_MANIFEST), **trees}
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        for name, part in parts.items():
            if part is not None:
                archive.writestr(ZipInfo(name), part)
    return out.getvalue()


def _list_styles(tree: Element) -> Iterator[tuple[str, dict[int, Level]]]:
    """Each list style of a part, and the numbering of headings: levels by index."""
    for style in tree.iter():
        kind = local(style)
        if kind in ("list-style", "outline-style"):
            name = _OUTLINE if kind == "outline-style" else attribute(style, "name") or ""
            levels = {index: level for child in style for index, level in _level(child)}
            yield name, levels


def _level(child: Element) -> Iterator[tuple[int, Level]]:
    index = (number(attribute(child, "level")) or 0) - 1
    if not 0 <= index < LEVELS or local(child) not in ("list-level-style-number", "outline-level-style"):
        return
    shown = (attribute(child, "num-format") or "").strip()
    if not shown:
        return
    given = attribute(child, "num-list-format")
    first = max(0, index + 1 - (number(attribute(child, "display-levels")) or 1))
    slots = ".".join(f"%{k + 1}" for k in range(first, index + 1))
    text = re.sub(r"%(\d)%", r"%\1", given) if given else \
        f"{attribute(child, 'num-prefix') or ''}{slots}{attribute(child, 'num-suffix') or ''}"
    follow = next((f for e in child.iter() if (f := attribute(e, "label-followed-by"))), "listtab")
    yield index, Level(number(attribute(child, "start-value")) or 1, _FORMATS.get(shown[0], "decimal"), text,
                       "nothing" if follow == "nothing" else "space" if follow == "space" else "tab")


class _Writer:
    """Walks the text in order and writes each label ahead of the words that it belongs to."""

    def __init__(self, styles: dict[str, dict[int, Level]]) -> None:
        self._instances: dict[str, Instance] = {}
        self._numberer = Numberer(Lists(styles, self._instances))
        self._styles = styles
        self._of_list: dict[str, str] = {}      # xml:id of a list, or the style of the last one → its instance
        self.written = 0
        self._instances[_OUTLINE] = Instance(_OUTLINE)

    def walk(self, element: Element, depth: int = 0) -> None:
        """Number everything below an element."""
        if depth > _DEEPEST:
            return
        for child in element:
            name = local(child)
            if name == "list":
                self._list(child, "", "", 0, depth)
            elif name == "h":
                self._heading(child)
            elif name not in ("p", "tracked-changes"):
                self.walk(child, depth + 1)

    def _list(self, found: Element, style: str, instance: str, level: int, depth: int) -> None:
        own = attribute(found, "style-name")
        style = own or style
        if not instance or (own and own != self._instances[instance].definition):
            instance = self._begin(found, style)
        self._of_list[style] = instance
        self._of_list[attribute(found, "id") or style] = instance
        for item in found:
            if local(item) in ("list-item", "list-header"):
                instance = self._item(item, style, instance, level, depth)
        self._of_list[style] = instance
        put(found, drop=("style-name", "continue-numbering", "continue-list"))     # so that no one numbers it again

    def _begin(self, found: Element, style: str) -> str:
        """The instance that a list counts on with, or a new one."""
        continued = attribute(found, "continue-list")
        if continued is None and attribute(found, "continue-numbering") == "true":
            continued = style
        if continued in self._of_list:
            return self._of_list[continued]
        return self._new(style, {k: level.start for k, level in self._styles.get(style, {}).items()})

    def _new(self, style: str, starts: dict[int, int]) -> str:
        name = f"{style}\0{len(self._instances)}"
        self._instances[name] = Instance(style, starts=starts)
        return name

    def _item(self, item: Element, style: str, instance: str, level: int, depth: int) -> str:
        start = number(attribute(item, "start-value"))
        if start is not None:
            instance = self._new(style, {level: start})
        numbered = local(item) == "list-header"
        for child in item:
            name = local(child)
            if name in ("p", "h") and not numbered:
                self._write(child, self._numberer.label(instance, min(level, LEVELS - 1)))
                numbered = True
            elif name == "list" and depth < _DEEPEST:
                self._list(child, style, instance, level + 1, depth + 1)
            else:
                self.walk(child, depth + 1)
        return instance

    def _heading(self, heading: Element) -> None:
        level = (number(attribute(heading, "outline-level")) or 1) - 1
        if attribute(heading, "is-list-header") != "true" and 0 <= level < LEVELS and "".join(_words(heading)).strip():
            self._write(heading, self._numberer.label(_OUTLINE, level))

    def _write(self, paragraph: Element, label: str) -> None:
        if label and "".join(_words(paragraph)).strip():
            put(paragraph, label + (paragraph.text or ""))
            self.written += 1


def _words(element: Element) -> Iterator[str]:
    return (e.text or "" if e is element else (e.text or "") + (getattr(e, "tail", None) or "") for e in element.iter())

