"""A text as a Word file, with its numbers typed or put there by Word's automatic numbering."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

import make_docx as m
from jihua.parse.numerals import number
from wrap import Parts, is_member

_CJK = "一二三四五六七八九十百"
_NUMBER = re.compile(rf"(第|[（(])?([{_CJK}]{{1,4}}|\d{{1,2}}|[①-⑳])([、．.)），,]|[ 　](?=[{chr(0x4E00)}-{chr(0x9FFF)}]))")
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRE = '<w:jc w:val="center"/>'
_BIG = '<w:b/><w:sz w:val="44"/>'


def typed(page: Parts) -> bytes:
    """Every number is text of its paragraph; a running head above, page numbers below."""
    return _file(page, [_paragraph(line) for line in page.plain()], {})


def _paragraph(line: str) -> str:
    if is_member(line):
        return m.para(_xml(line), _CENTRE, "<w:b/>")
    return m.para(_xml(line), _INDENT * line[:1].isspace())


def _xml(line: str) -> str:
    return escape(line.strip(), quote=False)


def _file(page: Parts, paragraphs: list[str], more: dict[str, str]) -> bytes:
    head = f"<w:hdr {m.NAMES}>{m.para(_xml(page.title))}</w:hdr>"
    foot = f"<w:ftr {m.NAMES}>{m.para(inner=m.field('PAGE', '1'))}</w:ftr>"
    body = "".join([m.para(_xml(page.title), _CENTRE, _BIG), m.para(), *paragraphs])
    return m.docx(body, parts={"header": head, "footer": foot, **more})


@dataclass
class _Lists:
    """Levels of one multilevel list, in the order of their first use; an instance more wherever a number does not follow."""

    levels: list[tuple[str, str, str]] = field(default_factory=list)
    instances: list[str] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    start: tuple[int, int] = (0, 1)          # the level that the instance in use overrides, and where it starts there

    def take(self, shape: tuple[str, str, str], value: int) -> tuple[int, int]:
        """The instance and level whose automatic number is this."""
        if shape not in self.levels:
            self.levels.append(shape)
        level = self.levels.index(shape)
        first = self.start[1] if level == self.start[0] else 1      # a level that is restarted starts there again
        if self.counts.get(level, first - 1) + 1 != value or not self.instances:
            self.start = level, value
            start = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
            self.instances.append(f'<w:num w:numId="{len(self.instances) + 2}"><w:abstractNumId w:val="0"/>{start}</w:num>')
        self.counts = {at: n for at, n in self.counts.items() if at < level} | {level: value}
        return len(self.instances) + 1, level


def automatic(page: Parts) -> bytes:
    """Numbers that begin a paragraph stand in numbering.xml alone."""
    lists, paragraphs = _Lists(), []
    for line in page.plain():
        found = _NUMBER.match(line.strip())
        if not found or is_member(line):
            paragraphs.append(_paragraph(line))
            continue
        before, words, after = found.group(1) or "", found.group(2), found.group(3)
        instance, level = lists.take((before, _format(words), after), _value(words))
        paragraphs.append(m.item(_xml(line.strip()[found.end():]), instance, level))
    levels = "".join(_level(i, *shape) for i, shape in enumerate(lists.levels))
    return _file(page, paragraphs, {"numbering": m.lists(levels, instances="".join(lists.instances))})


def numbered(line: str) -> tuple[str, str] | None:
    """The number that begins a line, and the rest; None where it has none."""
    found = _NUMBER.match(line.strip())
    return None if found is None or is_member(line) else (found.group(), line.strip()[found.end():])


def _level(index: int, before: str, form: str, after: str) -> str:
    suffix = '<w:suff w:val="space"/>' if after.isspace() else '<w:suff w:val="nothing"/>'
    return m.level(index, form, f"{before}%{index + 1}{after.strip()}", more=suffix)


def _format(words: str) -> str:
    if words.isascii():
        return "decimal"
    return "decimalEnclosedCircle" if "①" <= words <= "⑳" else "chineseCounting"


def _value(words: str) -> int:
    return ord(words) - ord("①") + 1 if "①" <= words <= "⑳" else int(number(words) or 0)
