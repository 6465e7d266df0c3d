"""The vocabulary of web pages (data/web.toml), ready for use."""
from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ..clean.fold import fold
from ..rows import content, rows
from .node import Node

NAME = "web"
_LONGEST = 200     # characters; a longer line is no furniture


@cache
def _named(kind: str) -> re.Pattern[str]:
    words: list[str] = content(NAME)["containers"][kind]
    start = "(?<![a-z])" if kind == "aside" else ""     # at a word's beginning: not search in research
    return re.compile(f"{start}(?:{'|'.join(map(re.escape, words))})")


def names_main(node: Node) -> bool:
    """Whether an element's class or id says that it holds the page's own text."""
    return _says("main", node.names) if node.attrs else False


def names_aside(node: Node) -> bool:
    """Whether its name or class says that it holds menus, comments, recommendations or a foot."""
    if node.tag in ("nav", "footer", "aside"):
        return True
    return bool(node.attrs) and _says("aside", node.names)


@lru_cache(4096)
def _says(kind: str, names: str) -> bool:
    return _named(kind).search(names) is not None


folded = lru_cache(4096)(fold)
"""`fold` for short lines, which are asked several things each."""


@cache
def _lines(places: tuple[str, ...]) -> re.Pattern[str]:
    chosen = [row.pattern.pattern for row in rows(NAME, "line") if row.more.get("where", "") in ("", *places)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in chosen))


def is_site_line(text: str, *places: str) -> bool:
    """Whether a whole line is the site's: a share bar, a note of source and time, a foot. `places` may be `top`, for a
    line above the first sentence of the text, `end` below its last, `outside` out of its element."""
    words = text.strip()
    return len(words) <= _LONGEST and _lines(places).fullmatch(folded(words)) is not None


def opens_links(text: str) -> bool:
    """Whether a whole line is the heading of a list of related pages."""
    words = folded(text.strip()) if len(text) <= _LONGEST else ""
    return any(row.pattern.fullmatch(words) for row in rows("furniture", "opener"))


@cache
def labels() -> dict[str, str]:
    """The words before a colon, without blanks → the field of the page, `""` for one that the page does not have."""
    table: list[dict[str, Any]] = content(NAME)["label"]
    return {word: row["field"] for row in table for word in row["words"]}


@cache
def unnamed() -> frozenset[str]:
    """Words that stand where a source or an author is not named."""
    return frozenset(content(NAME)["unnamed"]["words"])


def metas() -> dict[str, list[str]]:
    """Field → names of meta elements."""
    table: dict[str, list[str]] = content(NAME)["meta"]
    return table
