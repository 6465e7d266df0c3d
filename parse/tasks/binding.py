"""What binds a verb: 要, 必须, 应 and 需 before it, and where a predicate begins."""
from __future__ import annotations

import re

from ..cues import cues
from .lexicon import lexicon

BARE = "按将对把在由向与经"
_WANTED = re.compile(r"(?:根据|按照?|因|如|若|遇|凡|确有?|除|视)[^,。;:]{0,12}\Z|(?:实际|现实|客观|活动|决定|所)\Z")
_IN_TIME = ("逐步", "持续", "长期", "不断", "进一步", "继续", "更", "高度", "经过", "经历")      # 需要长期努力 tells of a want
_NO_NEED = tuple("急所无供内特亟军不有最刚按对把将给些")


def need(view: str, at: int, end: int) -> int:
    """The length of 需, 需要 or 必需 where it binds the verb behind it as 须 does: 需按时核对, not 需要资金."""
    start = at + (view[at:at + 1] == "必")
    if view[start:start + 1] != "需" or view[at - 1:at] in _NO_NEED:
        return 0
    after = start + 1 + (view.startswith("要", start + 1) and not view.startswith("要求", start + 1))
    verb = lexicon("do", "vague", "adverb").at(view, after, end)
    bound = verb > 1 or view[after:after + 1] in BARE or view.startswith("要求", after)
    long = view.startswith("要", start + 1)
    if view.startswith(_IN_TIME, after) or long and (view[at - 1:at] == "," or _WANTED.search(view, max(0, at - 14), at)):
        return 0
    if not bound or view.startswith("的", after + verb) or cues("clauses").match("wants", view, after, end):
        return 0
    return after - at


def predicate(view: str, at: int, end: int) -> bool:
    """Whether something that opens a predicate stands at `at`."""
    return lexicon("do", "vague", "aim", "adverb", "preposition", "modal", "state").at(view, at, end) > 0


def long_predicate(view: str, at: int, end: int) -> bool:
    """Whether a predicate opens at `at` beyond doubt: no noun, no single character that may be part of a word."""
    length = lexicon("do", "vague", "adverb", "preposition").at(view, at, end)
    return length > 1 and view[at:at + length] not in lexicon("noun") or view[at:at + 1] in BARE


def bound_before(view: str, at: int, end: int) -> bool:
    """Whether 要, 必须 or 应, not only 将, stands before the verb."""
    bound = modal_within(view, at, end)
    return bound >= 0 and view[bound] != "将"


def modal_within(view: str, at: int, end: int) -> int:
    """Where the first modal stands; -1 for none."""
    hit = cues("clauses").pattern("modal").search(view, at, end)
    found = hit.start() if hit else -1
    stop = end if found < 0 else found
    place = view.find("需", at, stop)
    while place >= 0 and not need(view, place, end):
        place = view.find("需", place + 1, stop)
    return place if place >= 0 else found
