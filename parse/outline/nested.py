"""Series of one style within each other: 一、 to 四、 under 第一, inside a plan whose chapters are 一、 to 五、 as well.

The outer series goes on where it stopped once the inner one is done; markup and the shape of the lines (a bare heading,
a whole sentence) tell which of the two a number continues that fits both.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..model import Line
from ..numbering import Token
from .rank import Ranks

_STYLES = {"cjk", "cjk_paren", "arabic"}
_STOPS = "。;!?:,、"
_BARE = 25           # characters of a heading with its number
INNER = "~"          # ends the form of an inner series

_Look = tuple[int, bool, bool]


@dataclass(slots=True)
class _Run:
    last: Token
    look: _Look
    items: list[int] = field(default_factory=list)     # indices of its tokens, and of runs that it took the place of


def nested(view: str, lines: Sequence[Line], tokens: Sequence[Token]) -> list[Token]:
    """The tokens, those of inner series under a form of their own."""
    forms = list(dict.fromkeys(t.form for t in tokens if t.mark.style in _STYLES))
    looks = [_look(view, lines, t) if t.mark.style in _STYLES else (0, False, False) for t in tokens]
    inner: set[int] = set()
    for form in forms:
        inner |= _apart([k for k, t in enumerate(tokens) if t.form == form], tokens, looks)
    ranks = Ranks([(t.form + INNER * (k in inner), t.value) for k, t in enumerate(tokens)])
    for form in forms:
        inner |= _inner(view, lines, looks, tokens, form, ranks, inner)
    return [replace(t, form=t.form + INNER) if k in inner else t for k, t in enumerate(tokens)]


def _apart(group: Sequence[int], tokens: Sequence[Token], looks: Sequence[_Look]) -> set[int]:
    """The tokens of a form that are set otherwise than those of one unbroken series which they interrupt."""
    for outer_set in (lambda look: look[0] > 0, lambda look: look[1], lambda look: not look[2]):
        outer = [k for k in group if outer_set(looks[k])]
        inner = [k for k in group if not outer_set(looks[k])]
        if len(outer) < 2 or len(inner) < 2 or [tokens[k].value for k in outer] != list(range(1, len(outer) + 1)):
            continue
        values = [tokens[k].value for k in inner]
        runs = values[0] == 1 and all(two in (1, one + 1) for one, two in zip(values, values[1:], strict=False))
        if runs and outer[0] < inner[0] < outer[-1]:
            return set(inner)
    return set()


def _inner(view: str, lines: Sequence[Line], looks: Sequence[_Look], tokens: Sequence[Token], form: str, ranks: Ranks, known: set[int]) -> set[int]:
    """The tokens of series that begin within the series of `form`: after which it goes on, or that a colon announces."""
    found: set[int] = set()
    outer: _Run | None = None
    run: _Run | None = None
    told = False
    for k, token in enumerate(tokens):
        if k in known:
            continue
        if token.form != form:
            if outer is not None and ranks.above(token.form, form):
                outer = run = None                       # a new parent: whatever begins again does so under it
            continue
        look = looks[k]
        if outer is None:
            outer = _Run(token, look)
        elif run is None and (token.value != 1 or not token.first):
            outer.last = token
        elif token.value == 1 and token.line == outer.last.line + 1 and _announced(view, lines[outer.last.line], lines[token.line], outer):
            told = True                                   # the item before announces what begins here
            run = _Run(token, look, [*(run.items if run else []), k])
            found |= set(run.items)
        elif token.value == 1:
            told = False
            run = _Run(token, look, [*(run.items if run else []), k])
        elif run is not None and _goes_on(token, look, outer, run):
            found |= set(run.items)
            outer.last, run = token, None
        elif run is not None:
            run.last = token
            run.items.append(k)
            found |= {k} if told else set()
    return found


def _announced(view: str, above: Line, line: Line, outer: _Run) -> bool:
    """Whether an item announces the series that begins right behind it: by a colon, or as a bare heading of sentences."""
    end, stop = view[above.end - 1], view[line.end - 1]
    if end == ":":
        return outer.last.value > 1
    return end not in _STOPS and above.end - above.start <= _BARE and stop in _STOPS


def _goes_on(token: Token, look: _Look, outer: _Run, run: _Run) -> bool:
    """Whether a number is the next of the outer series rather than of the inner one."""
    if token.value != outer.last.value + 1 or not token.first:
        return False
    if token.value != run.last.value + 1:
        return True
    return look == outer.look != run.look


def _look(view: str, lines: Sequence[Line], token: Token) -> _Look:
    """Markup level, bold, and whether the line ends as a sentence does."""
    line = lines[token.line]
    return line.heading, line.bold, view[line.end - 1] in "。;!?:"
