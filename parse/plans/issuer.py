"""Whose plan it is: the body that its title, opening or signature names."""
from __future__ import annotations

import re

from ..model import PlanText

_END = (r"(?:社区|居委会|村委会|委员会|领导小组|办公室|办公厅|人民政府|政府|街道办事处|街道|学校|小学|中学|大学|学院|幼儿园|医院|卫生院|公司|集团"
        r"|中心|协会|党支部|党总支|党委|工会|团委|妇联|支行|分行|银行|[一-鿿]局|[一-鿿]部|[一-鿿]厅|[一-鿿]处|[一-鿿]科|[一-鿿]站|[一-鿿]队|[一-鿿]村|[一-鿿]镇"
        r"|[一-鿿]乡|[一-鿿]县|[一-鿿]区|[一-鿿]市|[一-鿿]省|自治区|自治州|国务院|中共中央)")
_TITLE = re.compile(rf"([一-鿿、 ]{{1,30}}?{_END})(?=[0-9〇×xX*_(\[]|关于|印发|年度|工作|政府工作|创建|国民经济|二〇|[\"“]|开展|落实|加强|贯彻|推进|安全|党建|教育|实施|活动|三年|五年|发展)")
_SPEAKS = re.compile(r"代表((?!向)[一-鿿]{0,12}?(?:人民政府|国务院|政府))")
_BODY = re.compile(rf"[一-鿿、· ]{{1,30}}{_END}$")
_GENERIC = re.compile(r"^(?:年度|社区|学校|村|小学|中学|幼儿园|医院|公司|集团|街道|办公室|关于|开展|本)[一-鿿]{0,2}$|^关于|^[xX×*]+$")


def issuer_of(plan: PlanText, author: str | None) -> tuple[str, tuple[int, int]] | None:
    """The issuing body with its place in the plan's text; None where no stretch of the text names it."""
    head = plan.lines[:10]
    for line in head:
        found = _SPEAKS.search(plan.view, line.start, line.end)
        if found:
            return plan.text[slice(*found.span(1))], found.span(1)
    if plan.title_span:
        found = _TITLE.match(plan.view, *plan.title_span)
        if found and not _GENERIC.match(found.group(1)):
            return plan.text[slice(*found.span(1))], found.span(1)
    for line in plan.lines[-4:]:
        if line.end - line.start <= 30 and _BODY.fullmatch(plan.view, line.start, line.end):
            return plan.text[line.start:line.end], (line.start, line.end)
    if author:
        at = plan.text.find(author, plan.start, plan.end)
        if at >= 0:
            return author, (at, at + len(author))
    return None
