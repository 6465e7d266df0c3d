"""Who is to do it: whether words name somebody who can act, and lists of such names taken apart."""
from __future__ import annotations

import re
from functools import cache

from ..rules import read_toml
from .lexicon import Lexicon

_BRACKET = re.compile(r"\([^()]{0,20}\)\Z|（[^（）]{0,20}）\Z")
_LONGEST_NAME = 40


@cache
def _table(name: str) -> Lexicon:
    return Lexicon(frozenset(read_toml("actors")[name].split()))


def acts(words: str) -> bool:
    """Whether the words end as the name of a body, an office or a group of people does."""
    name = _BRACKET.sub("", words.strip(" 、,等"))
    if not name or len(name) > _LONGEST_NAME:
        return False
    return name in _table("whole") or any(name[-n:] in _table("suffix") for n in (6, 5, 4, 3, 2, 1) if n <= len(name))
