"""Phrases within a clause: where one ends, which verb it belongs to, and verbs in it that order nothing."""
from __future__ import annotations

import re

from ..cues import cues
from .lexicon import lexicon
from .verbs import past_quoted

_WAYS = ("方式", "办法", "机制", "模式", "路径", "途径", "路子", "体系", "方法", "措施", "政策", "制度")
_SAID_OF = re.compile("已经?[一-龥]{1,4}的")
_DRIVERS = ("推动", "促进", "支持", "帮助", "力争", "争取", "确保")
_PLACE = 24              # the longest phrase 在…上, in characters


def past_place(view: str, at: int, end: int) -> int:
    """Where the predicate behind a phrase 在…下 begins; `at` where no such end of the phrase is seen."""
    known = lexicon("do", "vague", "aim", "adverb", "preposition", "modal")
    for k in range(at + 2, min(end - 1, at + _PLACE)):
        if view[k] in "上下中内里" and known.at(view, k, end) < 2 and known.at(view, k + 1, end) > 1:
            return k + 1
    return at


def light_verb(view: str, at: int, end: int, word: str) -> tuple[int, int] | None:
    """The verb that a phrase with 对 and the like belongs to, however many verbs are in the phrase: 对整治情况进行总结."""
    if word not in lexicon("of_light"):
        return None
    words, at = lexicon("light"), at + 2
    while at < end:
        length = words.at(view, at, end)
        meant = view[at:at + length] in ("予以", "加以", "给予") and "的" in view[at + length:min(end, at + length + 5)]
        if length and not meant and not view.startswith(("的", "情况", "方案", "办法", "意见"), at + length):
            return at, at + length
        at = past_quoted(view, at, end)
    return None


def way(view: str, at: int, end: int) -> bool:
    """Whether a way of doing something is the object: what the verb in it does is only said of the way."""
    return view[end - 2:end] in _WAYS and "的" in view[at:end] and lexicon("vague").at(view, at, end) > 1


def has_done(view: str, at: int, after: int, end: int) -> bool:
    """Whether a clause tells what has been done; 已 in what the verb takes does not count: 加大对已签约项目的服务."""
    driven = view[at:after] in _DRIVERS
    done = cues("clauses").pattern("done").search(view, at, end)
    while done and done.start() > after and "的" in view[done.end():end] \
            and (_SAID_OF.match(view, done.start(), end) or done.group() == "取得" and view[done.start() - 1] in "对向为凡"):
        done = cues("clauses").pattern("done").search(view, done.end(), end)
    return done is not None and not (driven and done.group() in ("取得", "得到"))      # 推动改革取得突破
