"""Which style of number stands above which in this document, read from how the series lie within each other."""
from __future__ import annotations

from collections.abc import Sequence

# The usual order, for forms of which the document itself says nothing.
USUAL = (
    "annex", "standing", "part", "chapter", "part_section", "article", "plain1", "formal", "heavenly", "cjk",
    "cjk_paren", "plain", "bold", "stage", "arabic", "decimal2", "decimal3", "decimal4", "arabic_paren", "circled", "letter",
    "dash", "di第", "di其", "shi要", "shi是",
)
_PLACE = {form: k for k, form in enumerate(USUAL)}


class Ranks:
    """`above(a, b)`: whether items of form `a` contain items of form `b` in this document."""

    def __init__(self, series: Sequence[tuple[str, int]]) -> None:
        """`series` are the marks in order, each with its form and value; 0 is the value of an unnumbered heading."""
        self._votes: dict[tuple[str, str], int] = {}
        open_at: dict[str, int] = {}
        firsts: dict[str, list[int]] = {}
        for k, (form, value) in enumerate(series):
            start = open_at.get(form)
            if start is not None and (series[start][1] + 1 == value or value == 0):
                self._vote(form, start, k, firsts, numbered=value > 0)
            open_at[form] = k
            if value <= 1:
                firsts.setdefault(form, []).append(k)

    def _vote(self, form: str, start: int, stop: int, firsts: dict[str, list[int]], *, numbered: bool) -> None:
        """A series that begins between two neighbours of `form` lies within the first of them."""
        for other, begun in firsts.items():
            if numbered and other == "plain" and begun[-1] == stop - 1:      # it heads the next item: the numbers run on through headings
                continue
            if other != form and begun[-1] > start and begun[-1] < stop:
                self._votes[form, other] = self._votes.get((form, other), 0) + 1

    def above(self, a: str, b: str) -> bool:
        told = self.told(a, b)
        return _place(a) < _place(b) if told is None else told

    def told(self, a: str, b: str) -> bool | None:
        """What the document itself says of the two; None where it says nothing."""
        ours, theirs = self._votes.get((a, b), 0), self._votes.get((b, a), 0)
        return None if ours == theirs else ours > theirs


def _place(form: str) -> float:
    """The usual place of a form; an inner series (`~`) comes right behind its outer one."""
    return _PLACE.get(form.rstrip("~"), 99) + 0.5 * form.endswith("~")
