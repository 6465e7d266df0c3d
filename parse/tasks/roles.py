"""Who is responsible and who assists, by what the words say: 由…牵头, …配合, （责任单位：…）, lines 牵头单位：…"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ..rules import load
from .actors import acts
from .lexicon import lexicon
from .names import Span, names


@dataclass(slots=True)
class Roles:
    """Spans of the view: names by role, and the words that tell the time."""

    lead: list[Span] = field(default_factory=list)
    actor: list[Span] = field(default_factory=list)
    person: list[Span] = field(default_factory=list)
    partner: list[Span] = field(default_factory=list)
    due: list[Span] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lead or self.actor or self.person or self.partner or self.due)

    def actors(self) -> list[Span]:
        """Bodies before persons: who leads, then who is responsible; persons only where no body is named."""
        return self.lead + self.actor or self.person


_TAIL = re.compile(r"[(\[【]((?:[^()\[\]【】\n]|[(\[][^()\[\]\n]{0,60}[)\]]){2,400})[)\]】][。;]?\s*\Z")
_BY = re.compile(r"由([^,。;:()]{2,60}?(?:\([^()]{0,40}\)[^,。;:()]{0,40}?)?)(?:共同|具体|统一|分别|按职责)?(?:牵头|负责|主办|承办|主抓|组织实施|承担)")
_LEADS = re.compile(r"(?:\A|[,;(\[【])\s*由?([^,。;:]{2,200}?)(?:共同|具体|分别|按职责分工)?(?:牵头(?:负责)?|负责|主办|承办)(?:落实|实施)?(?=[,;。)\]】]|\Z)")
_HELPS = re.compile(r"[,;、]\s*由?([^,。;:]{2,80}?)(?:等?单位|等部门)?(?:密切|积极|按职责分工|分工|共同)?(?:配合|协助|协办|协同|参与|参加)(?:落实|实施)?(?=[,;。)\]】]|\Z)")


_LONGEST_NAME = 12
_NAMED = re.compile(r"\s*[(\[【]([^():\[\]【】]{3,200})[)\]】][。;]?\s*")
_BODIES = tuple("局委厅部办院社站所处科室组署行") + ("政府", "中心", "公司", "乡镇", "街道", "单位", "部门", "办事处", "委员会", "工会", "妇联", "团委")
_ONLY = re.compile(
    r"\s*+[(\[【]?由?(?:[^,。;:()牵负主承]|\([^()]{1,6}\)){2,200}(?:牵头|负责|主办|承办)(?:负责|落实|实施)?(?:,[^,。;:]{2,80}(?:配合|协助|协办|参与)(?:落实|实施)?)?[。;)\]】]*+\s*+"
)
_OTHER_LABEL = re.compile(r"[;。]\s*[一-龥]{2,10}:")     # 适用范围:… behind the names is about something else
_NO_NAME = ("对", "向", "为", "因", "由于")                # 对人民负责
_LEADING_VERB = re.compile("牵头|负责|主办|承办|主抓|组织实施|承担")


@cache
def _label() -> re.Pattern[str]:
    rows = [row for row in load("roles").rows if row.value in ("lead", "actor", "person", "partner", "due")]
    inner = "|".join(f"(?P<{row.value}>{row.pattern})" for row in rows)
    return re.compile(rf"(?:\A|(?<=[\s;,。(\[【、]))\s*(?:{inner})\s*:\s*")


def labelled(view: str, start: int, end: int) -> Roles:
    """The names behind labels: `责任单位:A、B;配合单位:C;完成时限:…`."""
    roles = Roles()
    found = list(_label().finditer(view[start:end]))
    for k, mark in enumerate(found):
        stop = found[k + 1].start() if k + 1 < len(found) else end - start
        low, high = start + mark.end(), start + stop
        other = _OTHER_LABEL.search(view, low, high)
        high = other.start() if other else high
        while high > low and view[high - 1] in " ;,。)】]、":
            if view[high - 1] == ")" and view.count("(", low, high) >= view.count(")", low, high):
                break
            high -= 1
        role = mark.lastgroup or ""
        getattr(roles, role).extend([(low, high)] if role == "due" else names(view, low, high))
    return roles


def tail(view: str, start: int, end: int) -> tuple[int, Roles]:
    """Where a closing bracket that tells who begins (`end` where there is none), and what it tells."""
    mark = _TAIL.search(view, max(start, end - 420), end)
    if mark is None:
        return end, Roles()
    low, high = mark.span(1)
    roles = labelled(view, low, high) or spoken(view, low, high)
    if not roles and all(acts(view[slice(*name)]) for name in names(view, low, high)) and "、" in view[low:high]:
        roles.actor = names(view, low, high)
    return (mark.start(), roles) if roles else (end, Roles())


def spoken(view: str, start: int, end: int) -> Roles:
    """Who leads and who helps in running words: 由A牵头，B、C配合; A会同B."""
    roles = Roles()
    words = view[start:end]
    if _LEADING_VERB.search(words) is None:
        return roles
    lead = _BY.search(words) or _LEADS.search(words)
    if lead is None:
        return roles
    low, high = start + lead.start(1), start + lead.end(1)
    found = [name for name in names(view, low, high) if acts(view[slice(*name)]) and not _no_name(view, *name)]
    joint = view.find("会同", low, high)
    roles.lead = [name for name in found if joint < 0 or name[1] <= joint]
    roles.partner = [name for name in found if joint >= 0 and name[0] > joint]
    helps = _HELPS.search(words, lead.end() - 1)
    if helps and roles.lead:
        helpers = names(view, start + helps.start(1), start + helps.end(1))
        roles.partner += [name for name in helpers if acts(view[slice(*name)])]
    return roles


def _no_name(view: str, low: int, high: int) -> bool:
    """对人民负责, 由经验丰富的人员承办: no body that could be named."""
    dative = view.startswith(_NO_NAME, low, high) and not view.startswith("对外", low, high)
    return dative or view.find("的", low, high) >= 0


def only_roles(view: str, start: int, end: int) -> Roles:
    """The roles of a sentence or line that says nothing else; empty where it says more."""
    inner = start
    while inner < end and view[inner] in "(【[ ":
        inner += 1
    colon = view.find(":", inner, min(end, inner + 24))
    if colon > 0 and _label().match(view[inner:end]):
        roles = labelled(view, inner, end)
        told = [*roles.lead, *roles.actor, *roles.partner]
        return Roles() if told and not any(_is_name(view, *name) for name in told) else roles
    named = _NAMED.fullmatch(view, start, end)
    who = names(view, *named.span(1)) if named else []
    if who and all(_is_body(view, *name) for name in who):      # (县水利局、各乡镇)
        return Roles(actor=who)
    return spoken(view, inner, end) if _ONLY.fullmatch(view, start, end) else Roles()


def _is_name(view: str, low: int, high: int) -> bool:
    """Whether words behind a label can be a name: 责任分工:细化职责 names nobody."""
    return acts(view[low:high]) or high - low <= _LONGEST_NAME and lexicon("do", "aim", "vague").at(view, low, high) < 2


def _is_body(view: str, low: int, high: int) -> bool:
    """Whether a name is that of a body or office: what a bracket with nothing else in it may be taken for."""
    return view.endswith(_BODIES, low, high) and acts(view[low:high])
