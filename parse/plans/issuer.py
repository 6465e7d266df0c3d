"""Whose plan it is: the body that its opening, title or signature names."""
from __future__ import annotations

import re
from itertools import pairwise

from ..model import PlanText
from ..rules import load
from .title import is_numbered

_SPEAKS = re.compile(r"(?<!人民)代表((?!向|大会)[一-鿿]{0,12}?(?:人民政府|国务院|政府))")
_FOLLOWS = re.compile(r"[0-9〇×xX*_(\[\"“]|关于|印发|年度|工作|政府工作|创建|国民经济|[一二]〇|开展|落实|加强|贯彻|推进|安全|党建|教育|实施|活动"
                      r"|三年|五年|发展|第[一二三四五六七八九十]{1,2}(?:个|届|次|学期|季度|阶段|批|期)|学期|[一二]百|民国|[春夏秋冬]季|$")
_NAME = re.compile(r"[一-鿿、· ]{2,40}$")
_GENERIC = re.compile(r"(?:年度|乡镇|县市|社区|学校|村|小学|中学|幼儿园|医院|公司|集团|街道|办公室|开展|创建|争创|本|我|各|全)[一-鿿]{0,2}$"
                      r"|关于|.*(?:工作|年度|建设|加强|推进|转发|批转|印发|[xX×*]{2})")
_DEPARTMENT = re.compile(r"[一-鿿]{1,6}?(?:科|处|部|室|股|组|车间|中心|分院|校区)(?=[0-9〇(]|[一二]〇|年度|第[一二]学期)")
_UNIT = re.compile(r"[一-鿿]{2,20}(?:部|处|科|室|股|组|厂|场|站|所|队|会|院|校|园|局|办|中心|公司)$")
_DATE = re.compile(r"[ 0-9〇零一二三四五六七八九十元xX*×年月日./-]{8,16}$")
_PLACE = re.compile("(?:[村镇乡县市区省州旗盟]|街道|社区)$")
_TAIL = 14            # lines at the end among which the signature may stand before attachments
_LONGEST = 34         # characters of a signature's line


def issuer_of(plan: PlanText, author: str | None) -> tuple[str, tuple[int, int]] | None:
    """The issuing body with its place in the plan's text; None where no stretch of the text names it."""
    span = _spoken(plan) or _fuller(plan, _titled(plan)) or _under(plan) or _signed(plan) or _found(plan, author)
    return (plan.text[slice(*span)], span) if span else None


def _spoken(plan: PlanText) -> tuple[int, int] | None:
    """我代表市人民政府向大会报告."""
    for line in plan.lines[:10]:
        found = _SPEAKS.search(plan.view, line.start, line.end)
        if found:
            return found.span(1)
    return None


def _titled(plan: PlanText) -> tuple[int, int] | None:
    """The title's first words, up to the end of a body's name."""
    if plan.title_span is None:
        return None
    start, end = plan.title_span
    start += plan.view[start] in "《〈"
    best = None
    for hit in load("issuers").find(plan.view, start, end):
        if not _NAME.match(plan.view, start, hit.end) or _GENERIC.match(plan.view, start, hit.end):
            continue
        if hit.rule.value == "strong" or _FOLLOWS.match(plan.view, hit.end, end):
            best = start, hit.end
            if _FOLLOWS.match(plan.view, hit.end, end):
                break
    return (best[0], _department(plan.view, best[1], end)) if best else None


def _fuller(plan: PlanText, titled: tuple[int, int] | None) -> tuple[int, int] | None:
    """What signs, where the title names its place only: 河湾村 in the title, 河湾村村民委员会 below."""
    if titled is None or not _PLACE.search(plan.view, *titled):
        return titled
    signed = _signed(plan)
    longer = signed is not None and plan.view[slice(*signed)].startswith(plan.view[slice(*titled)])
    return signed if longer else titled


def _department(view: str, at: int, end: int) -> int:
    """Past a part of the body that follows its name and stands before the year: 医院 and its 检验科."""
    found = None if _FOLLOWS.match(view, at, end) else _DEPARTMENT.match(view, at, end)
    return found.end() if found else at


def _under(plan: PlanText) -> tuple[int, int] | None:
    """A line of its own right under the title."""
    if plan.title_span is None:
        return None
    for line in plan.lines[:6]:
        if plan.title_span[1] <= line.start and line.end - line.start <= _LONGEST and _is_body(plan.view, line.start, line.end) \
                and not is_numbered(plan.view[line.start:line.end]):
            return line.start, line.end
    return None


def _is_body(view: str, start: int, end: int) -> bool:
    hits = list(load("issuers").find(view, start, end))
    return bool(hits) and hits[-1].end == end and end - start >= 3 and _NAME.match(view, start, end) is not None


def _signed(plan: PlanText) -> tuple[int, int] | None:
    """A line of its own among the last, or the name before the date there."""
    for line in plan.lines[-4:]:
        if line.end - line.start > _LONGEST or is_numbered(plan.view[line.start:line.end]):
            continue
        hits = [hit for hit in load("issuers").find(plan.view, line.start, line.end)
                if _NAME.match(plan.view, line.start, hit.end)]
        if hits and hits[-1].end > line.start + 2 and _ends(plan.view, hits[-1].end, line.end):
            return line.start, hits[-1].end
    return _over_date(plan)


def _over_date(plan: PlanText) -> tuple[int, int] | None:
    """A line that is only the name of a unit, right above the date."""
    for line, below in pairwise(plan.lines[-_TAIL:]):
        if _UNIT.match(plan.view, line.start, line.end) and _DATE.match(plan.view, below.start, below.end):
            return line.start, line.end
    return None


def _ends(view: str, at: int, end: int) -> bool:
    return at == end or re.match(r"[ (]*[0-9一二xX]{2,4}.{0,14}[日)]$", view[at:end]) is not None


def _found(plan: PlanText, author: str | None) -> tuple[int, int] | None:
    at = plan.text.find(author, plan.start, plan.end) if author else -1
    return (at, at + len(author)) if author and at >= 0 else None
