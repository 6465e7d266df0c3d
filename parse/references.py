"""What a plan cites: laws and documents by title, document numbers, meetings. Where, which kind, and the number."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..schema import ReferenceKind
from .model import Found
from .rules import Rule, load


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference's kind; `number` of a document number in the form of GB/T 9704, masks as X: 某办发〔20XX〕7号."""

    kind: ReferenceKind
    number: str | None = None


_KINDS: dict[str, ReferenceKind] = {"law": "law", "document": "document", "document_number": "document_number"}
# The abbreviation in front of the bracket (国办发, 苏政, 某教体字) is at most eight characters; an office named in full
# before it, or a word that introduces it, is no part of it.
_CODE = re.compile(r"(?:[一-龥]|[×xX*]{1,4}(?=[一-龥])){1,10}(?:(?<=[发政办字函电规通组宣]) {1,2})?\Z")
_BEFORE_CODE = re.compile(
    r".*(?:办事处|委员会|办公室|办公厅|人民政府|政府|党委|党组|国务院|中共中央|(?<=[一-龥])[局厅署]|教育部|财政部|民政部|卫生部|农业部|"
    r"文件|依据|根据|按照|遵照|转发|印发|下发|以及|[的和及与以照按据见])(?=[一-龥×]{2})"
)
_ORDER = re.compile(r"(?:国务院|人民政府|国家主席|主席|[一-龥]{1,6}部|委员会|总局)?(?:第(?:[0-9]{1,4}|[一二三四五六七八九十百〇零]{1,5})号令|令(?:\(第?[0-9]{1,4}号\)|(?:第?[0-9]{1,4}|第[一二三四五六七八九十百〇零]{1,5})号))")
_MASK = str.maketrans(dict.fromkeys("xX×*_", "X"))
_MEETING_END = re.compile(r"会议|全会|大会|代会|座谈会|大(?<=[一二三四五六七八九十]大)")
_LONGEST_NAME = 40
_CITED_AFTER = re.compile(
    r"的?(?:重要)?(?:精神|部署|要求|决策|决定|确定|提出|强调|指出|明确|讲话|召开|以来|通过|审议|批准|作出|上)|[、和及与]"
)
_CITED_BEFORE = re.compile(r"(?:贯彻|落实|根据|按照|遵照|学习|传达|围绕)[一-龥、]{0,30}\Z")
_HAN = re.compile(r"[一-龥]")
_BEFORE_NAME = re.compile(r".*(?:在|按照|根据|贯彻|落实|完成|围绕|以来|通过|学习|传达|我们|召开|实施|对照|(?<!党)的|[了由]|自(?!治))(?=[一-龥])")
_AFTER_CONGRESS = re.compile(
    r"会|精神|报告|以来|提出|召开|闭幕|党章|代表|确定|确立|的|通过|胜利|作出|做出|对|和|及|上|后|为|把|将|明确|指出|强调|关于|修改|部署|"
    r"战略|开|要求"
)


def find_references(view: str, start: int, end: int) -> list[Found[Citation]]:
    """Every reference in `view[start:end]`, in order, none within another."""
    found = [*_titled(view, start, end), *_orders(view, start, end), *_meetings(view, start, end)]
    found.sort(key=lambda hit: (hit.start, -hit.end))
    out: list[Found[Citation]] = []
    for hit in found:
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out


def _titled(view: str, start: int, end: int) -> Iterator[Found[Citation]]:
    for hit in load("references").find(view, start, end):
        kind = _KINDS[hit.rule.value]
        if kind != "document_number":
            yield Found(hit.rule.id, hit.start, hit.end, Citation(kind))
            continue
        begin = _code_start(view, start, hit.start)
        if begin < hit.start or re.match(r"[\[(【](?:19|20)", view[hit.start:hit.start + 3]):
            yield Found(hit.rule.id, begin, hit.end, Citation(kind, _number(view[begin:hit.end])))


def _code_start(view: str, low: int, at: int) -> int:
    """Where the issuing office's abbreviation before the bracket at `at` begins."""
    code = _CODE.search(view, max(low, at - 10), at)
    if code is None:
        return at
    cut = _BEFORE_CODE.match(view, code.start(), at)
    return cut.end() if cut else code.start()


def _number(words: str) -> str:
    plain = re.sub(r"\s|第|年", "", words).translate(_MASK)
    return re.sub(r"[\[(【](\w+)[\])】]", r"〔\1〕", plain)


def _orders(view: str, start: int, end: int) -> Iterator[Found[Citation]]:
    """Orders of a government or ministry: 国务院令第9号, 第9号令."""
    at = view.find("令", start, end)
    while at >= 0:
        hits = _ORDER.finditer(view, max(start, at - 14), min(end, at + 9))
        hit = next((hit for hit in hits if hit.start() <= at < hit.end()), None)
        if hit is not None:
            yield Found("order", hit.start(), hit.end(), Citation("document_number", hit.group().translate(_MASK)))
            at = hit.end()
        at = view.find("令", at + 1, end)


@cache
def _names() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(rf"(?:{rule.pattern})\Z")) for rule in load("meetings").rows)


def _meetings(view: str, start: int, end: int) -> Iterator[Found[Citation]]:
    for mark in _MEETING_END.finditer(view, start, end):
        low = max(start, mark.end() - _LONGEST_NAME)
        for rule, pattern in _names():
            hit = pattern.search(view, low, mark.end())
            if hit is None:
                continue
            before = _BEFORE_NAME.match(view, hit.start(), hit.end())
            begin = before.end() if before else hit.start()
            if _cites(rule, view, begin, hit.end(), start, end):
                yield Found(rule.id, begin, hit.end(), Citation("meeting"))
                break


def _cites(rule: Rule, view: str, low: int, high: int, start: int, end: int) -> bool:
    if rule.value == "cited":
        before = _CITED_BEFORE.search(view, max(start, low - 34), low)
        return before is not None or _CITED_AFTER.match(view, high, end) is not None
    if view[high - 1] != "大":     # the meeting at which this very report is given is where, not what is cited
        return not (low > start and view[low - 1] == "在" and view.startswith("上", high))
    following = _HAN.match(view, high, end)
    return following is None or _AFTER_CONGRESS.match(view, high, end) is not None
