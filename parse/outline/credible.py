"""Which tokens are true marks: by their series, their place and how they are written.

A mark at the beginning of a line that is written as only marks are (一、 (三) 第二章) is believed by itself; every other one
needs its neighbour: the one before it in its series, or the next one after it.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..numbering import Token

_LOOK = 12        # how many later tokens of the form are looked at for the next number
_REACH = 40       # how many lines apart two items of a series may stand when one of them is weak
_CLOSE = 2        # how many lines apart where a number is missing or doubled
_SHORT = 25       # characters of an item that only blanks set off from the next
_STOP = "。;!?"
_CLAUSE = ":,”\")'"   # behind these a mark in mid-paragraph must belong to a style that is used in mid-sentence
_INLINE = {"shi", "di", "circled", "arabic_paren", "cjk_paren", "arabic"}
_APART = {"circled", "arabic_paren"}
_COMMA = {"shi", "di", "circled", "arabic_paren"}


def credible(tokens: Sequence[Token]) -> list[Token]:
    """The true marks, in order of the text."""
    by_form: dict[str, list[Token]] = {}
    below = _below(tokens)
    for token in tokens:
        by_form.setdefault(token.form, []).append(token)
    place = {id(token): k for group in by_form.values() for k, token in enumerate(group)}
    last: dict[str, Token] = {}
    out: list[Token] = []
    for token in tokens:
        group = by_form[token.form]
        over = token.first and (token.line, token.value) in below and _bare(token)
        if over or (not _close(token) and _believed(token, last, group, place[id(token)])):
            out.append(token)
            last[token.form] = token
    return out


def _below(tokens: Sequence[Token]) -> set[tuple[int, int]]:
    """Lines with the number 3 that a line 3.1 goes right behind, or with one line between them."""
    begun = [t for t in tokens if t.first and len(t.path) == 2 and t.path[1] == 1]
    return {(t.line - back, t.path[0]) for t in begun for back in (1, 2)}


def _close(token: Token) -> bool:
    """A bare number that not even a blank sets off from its words."""
    return token.first and _bare(token) and token.mark.body == token.mark.end


def _believed(token: Token, last: Mapping[str, Token], group: Sequence[Token], k: int) -> bool:
    before = last.get(token.form)
    if token.mark.style == "dash":
        return _dash(token, group, k)
    if token.opens and any(o.line == token.line and _follows(o, token) and (_fits_inline(o) or _pointed(o)) for o in group[k + 1:k + 3]):
        return True
    if _pointed(token) and before is not None:
        return before.line == token.line and _follows(token, before)
    if token.path and not token.first:
        return _decimal(token, last, group, k)
    if _bare(token) and not token.first:
        return before is not None and _bare(before) and before.line == token.line and _follows(token, before)
    if token.first and token.strong:
        return token.mark.style != "arabic" or token.value == 1 or before is not None or _next(token, group, k)
    if not token.first and not _fits_inline(token):
        return (before is not None and _set_off(token, before)) or _opens(token, group, k)
    if token.value > 1 or token.path:
        if before is not None and _follows(token, before) and token.line - before.line <= _REACH:
            return token.first or not _comes_again(token, group, k)
        if token.first and _next(token, group, k):
            return True
        return before is not None and _miscounted(token, before, group, k)
    return _next(token, group, k)


def _decimal(token: Token, last: Mapping[str, Token], group: Sequence[Token], k: int) -> bool:
    """In mid-paragraph 3.1 belongs to the item 3. of the same line and has 3.2 behind it; everything else is a decimal."""
    before = last.get(token.form)
    if before is not None and before.line == token.line and before.path[:-1] == token.path[:-1] and _follows(token, before):
        return True
    outer = last.get("arabic" if len(token.path) == 2 else f"decimal{len(token.path) - 1}")
    if outer is None or outer.line != token.line or token.path[-1] != 1 or outer.value != token.path[-2]:
        return False
    return any(other.line == token.line and _follows(other, token) for other in group[k + 1:k + 3])


def _miscounted(token: Token, before: Token, group: Sequence[Token], k: int) -> bool:
    """A number left out or given twice among items that follow one another, in one line or line by line: 1、 2、 4、"""
    if token.first:
        close = before.first and token.line - before.line <= _CLOSE and token.path[:-1] == before.path[:-1]
        return close and before.value >= 2 and token.value - before.value in (0, 2)
    if token.line != before.line or not token.strong or token.before not in _STOP or before.value < 2:
        return False
    return token.value - before.value in (0, 2) and not _comes_again(token, group, k)


def _bare(token: Token) -> bool:
    """A number without a point or bracket, which only its neighbours of the same line make a mark: 1 … 2 …"""
    return token.mark.style == "arabic" and not token.strong and token.mark.end - token.mark.start == len(str(token.value))


def _pointed(token: Token) -> bool:
    """A mark with a point and a blank right behind a word: 1. 管水2. 管电"""
    return token.glued and token.mark.style == "arabic" and token.mark.body > token.mark.end and "一" <= token.before <= "鿿"


def _fits_inline(token: Token) -> bool:
    style = token.mark.style
    if token.before in ",":
        return style in _COMMA
    return token.before in _STOP or (token.before in _CLAUSE and style in _INLINE)


def _set_off(token: Token, before: Token) -> bool:
    """Short items of one line with only blanks between them: 1.家访 2.家长会. Page marks stand between blanks, as no
    mark before them does."""
    close = token.mark.start - before.mark.end <= _SHORT and (
        token.mark.body == token.mark.end or before.mark.body > before.mark.end)
    return close and token.strong and token.line == before.line and _follows(token, before)


def _opens(token: Token, group: Sequence[Token], k: int) -> bool:
    """A blank before the first of a series in the same line: 抓常规 (1)每周…;(2)每月…"""
    following = group[k + 1] if k + 1 < len(group) else None
    if following is None or token.value != 1 or token.mark.style not in _APART or token.before in _CLAUSE or token.glued:
        return False
    return following.line == token.line and _follows(following, token) and (
        _fits_inline(following) or _set_off(following, token))


def _follows(token: Token, before: Token) -> bool:
    """Whether `token` is the next of its series after `before`."""
    if token.path:
        return _path_follows(before.path, token.path)
    return token.value == before.value + 1


def _path_follows(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    """1.2 after 1.1; 2.1 after 1.4."""
    if one[:-1] == two[:-1]:
        return two[-1] == one[-1] + 1
    return two[-1] == 1 and two[:-1] > one[:-1]


def _next(token: Token, group: Sequence[Token], k: int) -> bool:
    """Whether the next number of the series comes before the series begins again."""
    for other in group[k + 1:k + 1 + _LOOK]:
        if other.line - token.line > _REACH:
            return False
        if _follows(other, token):
            return other.first or _fits_inline(other) or _set_off(other, token)
        if other.value == token.value and other.first:
            return False
    return False


def _comes_again(token: Token, group: Sequence[Token], k: int) -> bool:
    """Whether the number that a mark in mid-paragraph has begins a line later on, before the next one does."""
    for other in group[k + 1:k + 1 + _LOOK]:
        if other.value == 1 or token.path or other.line - token.line > _REACH:
            return False
        if other.first:
            return other.value == token.value
    return False


def _dash(token: Token, group: Sequence[Token], k: int) -> bool:
    """Dashes are items where at least two stand near each other: at line starts, or behind stops in one paragraph."""
    near = [other for other in group[max(0, k - 3):k + 4] if other is not token]
    if token.first:
        return any(other.first and abs(other.line - token.line) <= 6 for other in near)
    return token.before in "。;:" and any(other.line == token.line and not other.first for other in near)
