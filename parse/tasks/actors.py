"""Who can act in a plan: whether words name a body, an office or a group of people."""
from __future__ import annotations

import re
from functools import cache

from ..rules import read_toml

_BRACKET = re.compile(r"\([^()]{0,20}\)\Z")
_COUNT = re.compile(r"[0-9][处所站店室院家户人]\Z")     # 6处 counts, 水利处 acts
_LONGEST_NAME = 40


@cache
def _table(name: str) -> frozenset[str]:
    return frozenset(read_toml("actors")[name].split())


def acts(words: str) -> bool:
    """Whether the words, of the matching view, end as the name of somebody who can act does."""
    name = _BRACKET.sub("", words.strip(" 、,等"))
    if not name or len(name) > _LONGEST_NAME or _COUNT.search(name):
        return False
    return name in _table("whole") or any(name[-n:] in _table("suffix") for n in (6, 5, 4, 3, 2, 1) if n <= len(name))


def among(table: str, words: str) -> bool:
    """Whether the words are on a list of `parse/rules/actors.toml`."""
    return words in _table(table)


def ends_among(table: str, words: str) -> bool:
    """Whether the words end as an entry of a list of `parse/rules/actors.toml` does."""
    return any(words[-n:] in _table(table) for n in range(1, 7) if n <= len(words))
