"""What a line of page furniture says: labels with their values, buttons, crumbs; None for a line that is not furniture."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ..rows import content, rows

_PARTS: dict[str, str] = content("furniture")["parts"]
_VALUES = {
    "stamp": _PARTS["stamp"],
    "num": rf"(?:{_PARTS['num']})?(?: ?(?:[次人页]|字(?![体号])))?",
    "short": r"[^\s:;,。|\[\]]{0,24}",
    "code": r"(?!(?:[^\s:;,。|]{1,8}|[^\s:] {1,3}[^\s:]):)[^\s:;,。|]{0,60}",
    "words": r"[^。:\n]{0,80}",
    "sizes": r"(?:[\s\[\](){}|/,]{0,4}(?:特大|加大|减小|还原|默认|标准|较大|正常|大号|中号|小号|大|中|小|A\+|A-|A|\+|-|T)){0,6}[\s\[\](){}]{0,3}",
    "targets": r"(?:[\s|,、·]{0,4}(?:微信好友|微信朋友圈|微信|微博|新浪微博|腾讯微博|朋友圈|QQ空间|QQ好友|QQ|人人网|豆瓣|更多|\d{1,4})){0,8}",
    "way": r"[^。\n]{0,200}",
    "file": r"(?:\d[\d.]{0,11} ?(?:[KMG]?B|[KMG]|页|字节)?|\.?(?:docx?|DOCX?|pdf|PDF|pptx?|PPTX?|txt|TXT|wps|WPS|rtf|RTF)|[\w*]{2,20})",
}
_SEPARATORS = re.compile(r"[\s|/·,]{1,40}")
_CODE = re.compile(r"[A-Za-z0-9/_-]{4,60}|[^ ]{2,12}[\[(]\d{4}[\])]\d{1,4}号|[^ ]{1,8}|" + _PARTS["stamp"])
_BULLET = re.compile(r"[-*·] {1,3}")
_STAMP = re.compile(_PARTS["stamp"])
_FREE = re.compile(r"[^\s:;,。|\[\](){}<>]{2,15}")
_HOME_WAY = re.compile(r"(?:\S{0,10}首页|网站首页|[^\s>。:]{2,10}[网库]) {0,3}(?:>|»|→).{1,200}")
CRUMB = re.compile(r"\s*(?:>{1,3}|»|→|›)\s*")


@dataclass(slots=True)
class Reading:
    """A furniture line: `fields` are page fields with their spans in the line, `awaits` the field (or "") and value kind
    of a label at its end whose value must stand on the next line."""

    fields: list[tuple[str, int, int]] = field(default_factory=list)
    strong: bool = False
    free: list[tuple[int, int]] = field(default_factory=list)
    awaits: tuple[str, str] | None = None


@cache
def _label_rows() -> tuple[tuple[str, str, str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((row.id, row.more["value"], row.more.get("field", ""),
                  re.compile(rf"[\[(]?(?:{row.pattern.pattern}) {{0,3}}: {{0,6}}"),
                  re.compile(_VALUES[row.more["value"]])) for row in rows("furniture", "label"))


@cache
def _words(weak: bool) -> re.Pattern[str]:
    """A button or sign that ends where a word does, so that 下载 is none in 下载量."""
    patterns = "|".join(f"(?:{r.pattern.pattern})" for r in rows("furniture", "word") if r.more.get("weak", False) == weak)
    return re.compile(rf"[\[(]?(?:{patterns})[\])]?(?=[\s|/·,]|$)")


def read_line(line: str) -> Reading | None:
    """The reading of a folded, stripped line; None unless all of it is furniture. At most two free words may stand among
    labels and buttons: a category, a site's name."""
    if len(line) > 240:
        return None
    reading, at = Reading(), 0
    if _HOME_WAY.fullmatch(line):
        reading.fields.append(("breadcrumb", 0, len(line)))
        reading.strong = True
        return reading
    if bullet := _BULLET.match(line):
        at = bullet.end()
    while at < len(line):
        gap = _SEPARATORS.match(line, at)
        if gap:
            at = gap.end()
            continue
        step = _label(line, at, reading) or _word(line, at, reading)
        if step is None:
            return None
        at = step
    if reading.free and (len(reading.free) > 2 or not reading.strong):
        return None
    return reading


def _label(line: str, at: int, reading: Reading) -> int | None:
    for name, kind, target, label, value in _label_rows():
        found = label.match(line, at)
        if not found:
            continue
        said = value.match(line, found.end())
        end = said.end() if said else found.end()
        if not said or end == found.end():
            rest = line[found.end():].strip("])").lstrip()
            if rest and any(other[3].match(rest) for other in _label_rows()):  # a label whose value the site left out
                reading.strong = reading.strong or name != "time"
                return found.end()
            if rest:
                return None
            reading.awaits = (target, kind)
            reading.strong = reading.strong or name != "time"
            return len(line)
        if target:
            reading.fields.append((target, found.end(), end))
        reading.strong = reading.strong or name != "time"
        return end + (line[end:end + 1] in ("]", ")"))
    return None


def _word(line: str, at: int, reading: Reading) -> int | None:
    strong = _words(False).match(line, at)
    if strong:
        reading.strong = True
        return strong.end()
    weak = _words(True).match(line, at)
    if weak:
        if _STAMP.fullmatch(line, at, weak.end()):
            reading.fields.append(("published", at, weak.end()))
        return weak.end()
    free = _FREE.match(line, at)
    if free:
        reading.free.append(free.span())
        return free.end()
    return None


def value_of(kind: str, line: str) -> bool:
    """Whether a line by itself is a value of a kind: what a label on the line before waits for."""
    if kind == "way":
        return True
    if kind == "code" and not _CODE.fullmatch(line):      # an empty label before the title
        return False
    return bool(re.fullmatch(_VALUES[kind], line)) and bool(line)
