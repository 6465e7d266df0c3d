"""Finding verbs in a clause, and where a subject that can act ends before its predicate."""
from __future__ import annotations

from .actors import acts, among
from .lexicon import lexicon

Span = tuple[int, int]

_REACH = 40              # the longest subject that is looked for, in characters
_NOT_AFTER = frozenset("人员者制")     # 负责人, 责任制
_BODIES = ("单位", "部门", "机构")     # 牵头单位
_CLOSES = {"“": "”", "《": "》", "「": "」", "『": "』"}
_KINDS = ("社会", "经济", "基层", "行业", "民间", "群众", "群团", "合作", "上级", "下级")
_ORGANS = tuple("部员机架法建化体生和与及、,应将把对在要")
_TELLS = ("报告", "通报", "汇报")     # 报告工作, but 管理工作 is a noun
_BARE = "把将对由在要为于按每"     # single characters that open a predicate


def first_verb(view: str, at: int, end: int, free: bool = True) -> Span | None:
    """The first verb of doing at or after `at`, else of aiming; words that are mostly nouns count only behind an
    adverb or, where `free`, at the beginning."""
    return verb_of(("do", "vague"), view, at, end, free) or verb_of(("aim",), view, at, end, free)


def verb_of(classes: tuple[str, ...], view: str, at: int, end: int, free: bool = True) -> Span | None:
    """The first verb of the given classes at or after `at`, as `first_verb`."""
    words, adverbs, nouns = lexicon(*classes), lexicon("adverb", "modal"), lexicon("noun")
    roles = lexicon("role")
    while at < end:
        step = adverbs.at(view, at, end)
        length = words.at(view, at, end)
        able = free or view[at:at + length] not in nouns and length > 1
        if length and length >= step and able and not view.startswith("的", at + length) \
                and not (view[at:at + length] in roles and view.startswith(_BODIES, at + length)):
            return at, at + length
        free = step > 1
        at = past_quoted(view, at, end) if max(step, length) < 2 else at + max(step, length)
    return None


def past_quoted(view: str, at: int, end: int) -> int:
    """The next place: behind the quotation or title that opens at `at`, where it closes within its clause."""
    close = view.find(_CLOSES[view[at]], at + 1, end) if view[at] in _CLOSES else -1
    return close + 1 if close > at else at + 1


def last_verb(view: str, at: int, end: int) -> Span | None:
    """The last verb that tells what is done with what 把 takes."""
    words, found = lexicon("ba_verb"), None
    while at < end:
        length = words.at(view, at, end)
        if length > (found is not None) and not view.startswith("的", at + length):
            found = (at, at + length)
        at += max(length, 1)
    return found


def noun_verb(view: str, at: int, end: int) -> Span | None:
    """The first verb that is mostly a noun but has an object or ends the clause: 在两个村建设站点, 向学生开放."""
    words, roles = lexicon("do"), lexicon("role")
    while at < end:
        length = words.at(view, at, end)
        body = view[at:at + length] in roles and view.startswith(_BODIES, at + length)
        if length > 1 and not body and (at + length == end or end - at - length >= 2 and (view[at + length] not in "的、和与及工" or view.startswith(_TELLS, at))):
            return at, at + length
        at += max(length, 1)
    return None


def actor_end(view: str, at: int, end: int) -> int:
    """Where a subject that can act ends: the first place where a name ends and a predicate begins; `at` for none."""
    predicate, nouns, duty = lexicon("do", "vague", "aim", "adverb", "preposition", "modal"), lexicon("noun"), lexicon("duty")
    for place in range(at + 1, min(end, at + _REACH)):
        step = 1 if view[place] in _BARE else predicate.at(view, place, end)
        if view[place] == "为" and view.find("以", at, place) >= 0:      # 以小队为单位
            continue
        opens = step > 1 or step and view[place] in _BARE
        noun = view[place:place + step] in nouns and not _organises(view, at, place, step) and not (place + step == end and view[place:end] in duty)
        if opens and not noun and (view[place] in "对把将" or view[place + step:place + step + 1] not in _NOT_AFTER) \
                and acts(view[at:place]):
            return place
    return at


def _organises(view: str, at: int, place: int, step: int) -> bool:
    """Whether 组织 behind a name is what it does: 指挥长组织会商, not 县委组织部."""
    if view[place:place + step] != "组织" or view[place + 2:place + 3] in _ORGANS:
        return False
    return view[place - 2:place] not in _KINDS and acts(view[at:place]) and not among("level", view[at:place])
