"""Words of a stretch of text: the one door to jieba. Loaded at the first call, in about half a second, and never before.

jieba's own start-up writes its dictionary into a shared temporary folder and reads it back from there; here it is read
from the package each time, without its rarest words, so that nothing that another process wrote can change a result.
Unknown words are not guessed at (no hidden Markov model). Words of plans that jieba lacks stand in `data/words.txt`.
"""
from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_RAREST = 20        # of 349,000 words 80,000 are left, which takes a third of the time
_OURS = 2000        # the count given to our own words: above that of any pair of shorter words that they are made of


@cache
def _tokenizer() -> tuple[object, dict[str, str]]:
    """jieba's tokenizer with the dictionary put in by hand, and the part of speech of every word."""
    import jieba  # type: ignore[import-untyped]

    counts: dict[str, int] = {}
    kinds: dict[str, str] = {}
    total = 0
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, kind = line.decode("utf-8").split()
            if int(count) >= _RAREST:
                counts[word], kinds[word] = int(count), kind
                total += int(count)
    for line in files(f"{__package__}.data").joinpath("words.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            word, kind = line.split()
            counts[word], kinds[word] = _OURS, kind
            total += _OURS
    for word in tuple(counts):
        for k in range(1, len(word)):
            counts.setdefault(word[:k], 0)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = counts, total, True
    return tokenizer, kinds


def cut(view: str, keep: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """The words of `view` as spans, in order and without gaps; the spans of `keep` (dates, quantities, names that were
    recognised before) stay whole. Overlapping spans of `keep` count from the left."""
    tokenizer, _ = _tokenizer()
    out: list[tuple[int, int]] = []
    at = 0
    for start, end in sorted(keep):
        if start < at or end <= start:
            continue
        out += _pieces(tokenizer, view, at, start)
        out.append((start, end))
        at = end
    return [*out, *_pieces(tokenizer, view, at, len(view))]


def _pieces(tokenizer: object, view: str, start: int, end: int) -> list[tuple[int, int]]:
    out = []
    at = start
    for word in tokenizer.cut(view[start:end], HMM=False) if start < end else ():  # type: ignore[attr-defined]
        out.append((at, at + len(word)))
        at += len(word)
    return out


def is_verb(word: str) -> bool:
    """Whether a word is first of all a verb, by jieba's dictionary and our own words."""
    return _tokenizer()[1].get(word, "").startswith("v")


def first_verb(view: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the first verb of two characters or more in `view[start:end]`, else of the first verb, else None."""
    spans = [(start + a, start + b) for a, b in cut(view[start:end])]
    verbs = [span for span in spans if is_verb(view[slice(*span)])]
    return next((span for span in verbs if span[1] - span[0] > 1), verbs[0] if verbs else None)
