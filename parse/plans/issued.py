"""When a plan was issued, signed or held, and who signs or speaks: from its first and last lines."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Line, PlanText
from ..view import matching_view
from .period import roc_year, year_digits

_Y = r"(?:[12][0-9]{3}|[12][0-9][xX*×_]{2}|[一二][〇零九八七][〇零一二三四五六七八九]{2})"
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|元(?= ?月))"
_DAY = re.compile(rf"({_Y}) ?[年./-] ?({_N}) ?[月./-](?: ?({_N}) ?[日号]?)?")
_ROC = re.compile(rf"(?:中华)?民国 ?([0-9]{{2,3}}|[一二三四五六七八九十百]{{2,6}}) ?年 ?({_N}) ?月(?: ?({_N}) ?日)?")
_CN = {c: k for k, c in enumerate("〇一二三四五六七八九")}
_SPEAKER = re.compile(r"(?:(?:[一-鿿]{2,12}?(?:省|市|区|县|州|盟|旗|政府|国务院))?(?:代理|代)?(?:副)?(?:常务副)?"
                      r"(?:主席|省长|市长|州长|盟长|区长|县长|镇长|乡长|总理|主任|专员|校长|院长|书记|行政长官)) *\??(?:[一-鿿·]{2,12}(?: [一-鿿])?|[一-鿿] {1,2}[一-鿿])$")
_UNDER = re.compile(r"(?:[(\n]|--? ?)[^()。]{0,30}$"    # before a date under a title: a bracket or dash begins, or a label
                    r"|(?:签发|编制|制表|制定|制订|印发|成文|填报|填表|拟定)(?:日期|时间|于)?[: ]{1,3}$")
_ANNEX = re.compile(r"附 ?件 ?[0-9一二三四五六七八九十]{0,2} ?:?")
_LISTED = re.compile(r"附 ?件 ?[0-9一二三四五六七八九十]{0,2} ?:.{1,60}")
_NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿]{2,8}·[一-鿿·]{2,12}|[一-鿿] {1,2}[一-鿿]")
_HELD = re.compile(r"(?:会议|大会)上[ )]{1,4}")
_ITEM = re.compile(r"[0-9一二三四五六七八九十]{1,3}[、.)]|\(|[①-⑳]")
_NUMBERED = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[、.][^\n]{6,}|\([一二三四五六七八九十0-9]{1,3}\)[^\n]{6,}")    # an item
_MADE = re.compile("(?:编印|编制|编|印发|印|修订|修正|订定|制定|制|发布|颁布)?")
_SIGNED = 6                  # lines of a signature, at most
_SHORT, _WIDE = 40, 120      # characters of a line with a name, of one with the session before it
_SESSION = re.compile("会议|大会")
_HEAD, _FOOT = 10, 4
_LIMIT = frozenset("前底末初起止后内间以之")      # 2024年10月底前 is a limit, no date of a signature


@dataclass(frozen=True, slots=True)
class Signed:
    """A date (EDTF) with its place."""

    edtf: str
    span: tuple[int, int]


def issued_at(plan: PlanText, *, held: bool = False) -> Signed | None:
    """The date of the signature, else of the bracket or line under the title; of what was `held` the latter first."""
    ends = (_headed(plan), _footed(plan)) if held else (_footed(plan), _headed(plan))
    return ends[0] or ends[1]


def _footed(plan: PlanText) -> Signed | None:
    """The date at the end, or at the end of what stands before the first attachment."""
    annex = next((k for k, line in enumerate(plan.lines) if k and _ANNEX.fullmatch(plan.view, line.start, line.end)), 0)
    listed = next((k for k, line in enumerate(plan.lines) if k and _LISTED.fullmatch(plan.view, line.start, line.end)), 0)
    for stop in (annex, listed, len(plan.lines)):
        found = (_alone(plan.view, line) for line in reversed(plan.lines[max(0, stop - _FOOT):stop]))
        signed = next((signed for signed in found if signed), None)
        if signed:
            return signed
    return None


def signed_from(plan: PlanText) -> int | None:
    """Where the signature at the plan's end begins: short lines without a stop, one of them with a date; None where there
    is none."""
    start, dated = plan.end, False
    for line in reversed(plan.lines[-_SIGNED:]):
        if line.end - line.start > _SHORT or plan.view[line.end - 1] in "。;!?,:、" or _ITEM.match(plan.view, line.start, line.end):
            break
        start = line.start
        dated = dated or _alone(plan.view, line) is not None
    return start if dated else None


def noted(view: str, quote: Sequence[Line]) -> str | None:
    """The date of the notice that a quotation before a document gives, where it stands in a bracket of its own."""
    found = (_day(view, line) for line in quote if line.end - line.start <= 40 and view[line.start] == "(")
    return next((signed.edtf for signed in found if signed), None)


def _headed(plan: PlanText) -> Signed | None:
    for line in plan.lines[:_HEAD]:
        if line.end - line.start > 120:
            return None
        found = _day(plan.view, line) if line.end - line.start <= 80 else None
        if found and not _NUMBERED.match(plan.view, line.start, found.span[0]) and (_UNDER.search(plan.view, line.start, found.span[0]) or _begins(plan.view, line, found)):
            return found
    return None


def _begins(view: str, line: Line, found: Signed) -> bool:
    """A line that is a date, or begins with one and goes on with the place: 2020年1月14日在市第十六届人民代表大会, 97年7月编印."""
    return line.start == found.span[0] and (view[found.span[1]:found.span[1] + 1] in ("在", "于")
                                            or _MADE.fullmatch(view, found.span[1], line.end) is not None)


def _alone(view: str, line: Line) -> Signed | None:
    """A line that is a date, or ends with one after a name."""
    if line.end - line.start > 40:
        return None
    found = _day(view, line)
    if found and _NUMBERED.match(view, line.start, found.span[0]):
        return None
    rest = view[found.span[1]:line.end] if found else ""
    return found if found and len(rest) <= 2 and not _LIMIT & set(rest) and "电" not in rest else None


def _day(view: str, line: Line) -> Signed | None:
    match = _DAY.search(view, line.start, line.end) or _ROC.search(view, line.start, line.end)
    if not match:
        return None
    year, month, day = match.groups()
    roc = roc_year(f"{year}年", sure=True) if match.re is _ROC else None
    parts = [roc.edtf if roc else year_digits(year), *(f"{_number(n):02d}" for n in (month, day) if n)]
    if not 1 <= int(parts[1]) <= 12 or (day and not 1 <= int(parts[2]) <= 31):
        return None
    return Signed("-".join(parts), match.span())


def signed_in(words: str, start: int, end: int) -> Signed | None:
    """The date in a page's title."""
    return _day(matching_view(words), Line(start, end))


def _number(words: str) -> int:
    if words.isdigit():
        return int(words)
    if words == "元":
        return 1
    tens, _, ones = words.rpartition("十")
    if "十" not in words:
        return _CN[words]
    return (_CN[tens] if tens else 1) * 10 + (_CN[ones] if ones else 0)


def signatory(plan: PlanText) -> str | None:
    """The person with the office who speaks or signs, as a line of its own at the top or the end says."""
    for line in [*_first(plan.lines), *plan.lines[-_FOOT:]]:
        start = line.start
        for session in _HELD.finditer(plan.view, line.start, min(line.end, line.start + _WIDE)):
            start = session.end()               # the session and who speaks in one line
        if line.end - start <= _SHORT and _SPEAKER.fullmatch(plan.view, start, line.end):
            return plan.text[start:line.end].replace("?", "")   # a blank that no character set had
    return _named(plan)


def _named(plan: PlanText) -> str | None:
    """The name alone that stands between the session and the address to it."""
    for before, line, after in zip(plan.lines[:_HEAD], plan.lines[1:], plan.lines[2:], strict=False):
        if (_NAME.fullmatch(plan.view, line.start, line.end) and _SESSION.search(plan.view, before.start, before.end)
                and plan.view.startswith("各位", after.start)):
            return plan.text[line.start:line.end]
    return None


def _first(lines: Sequence[Line]) -> Sequence[Line]:
    return lines[:_HEAD]
