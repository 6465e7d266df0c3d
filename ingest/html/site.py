"""Pages of sites with a profile: title, date and body by the profile's CSS selectors. The only module that imports
BeautifulSoup, which answers them and reads the same tree as `html_tree` does from the same parser."""
from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from ...schema import RuleError
from ..timestamp import iso_stamp
from .node import Node
from .profiles import Profile, profile_of, profiles

_SAVED = re.compile(r"<!--\s{0,3}saved from url=\(\d{4,5}\)(https?://[^\s>]{1,2000})", re.I)
_ADDRESS = re.compile(r"https?://", re.I)
_TOP = 4096           # characters in which a browser that saved a page says from where
_ENOUGH = 30          # characters that a body must hold; what holds fewer is an empty frame of the page


@dataclass(frozen=True, slots=True)
class Sited:
    """What a profile finds on a page: the body's element, None for too little text, and title and time, `""` for none."""

    body: Node | None = None
    title: str = ""
    published: str = ""


def address(text: str, heads: Sequence[Node], told: str | None = None) -> str:
    """Where a page is from: as its container `told`, as its canonical link or og:url says, as the browser noted that saved
    it; `""` where nobody says."""
    links = (node.attrs.get("href", "") for node in heads if "canonical" in node.attrs.get("rel", "").lower())
    metas = (node.attrs.get("content", "") for node in heads if node.attrs.get("property", "").lower() == "og:url")
    saved = _SAVED.search(text[:_TOP])
    said = (told or "", *links, *metas, saved.group(1) if saved else "")
    return next((words.strip() for words in said if _ADDRESS.match(words.strip())), "")


def sited(text: str, root: Node, url: str) -> Sited:
    """What the profile of the page's site finds below `root`, the tree of `text`; nothing for a site without one. Raises
    RuleError for a selector of the table that is none."""
    profile = _profile(url)
    if profile is None:
        return Sited()
    _check()
    soup = _soup(text)
    body, title, date = (_found(soup, root, chosen) for chosen in (profile.body, profile.title, profile.date))
    return Sited(body if body is not None and body.chars >= _ENOUGH else None,
                 title.words() if title is not None else "", (iso_stamp(date.words()) if date is not None else None) or "")


def next_links(text: str, url: str) -> tuple[str, ...]:
    """The addresses, as written, that the profile of a page's site takes for the article's next page."""
    profile = _profile(url)
    if profile is None or not profile.next:
        return ()
    _check()
    found = (tag.get("href") for tag in _soup(text).select(profile.next))
    return tuple(str(href).strip() for href in found if href)


def _profile(url: str) -> Profile | None:
    try:
        return profile_of(urlsplit(url).hostname or "") if url else None
    except ValueError:      # an address such as http://[
        return None


def _soup(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():     # of markup that looks like XML
        warnings.simplefilter("ignore")
        return BeautifulSoup(text.replace("\x00", ""), "lxml", multi_valued_attributes=None)


def _found(soup: BeautifulSoup, root: Node, selector: str) -> Node | None:
    """The node of the first element that a selector takes."""
    tag = soup.select_one(selector) if selector else None
    return _same(tag, root) if tag is not None else None


def _same(tag: Tag, root: Node) -> Node | None:
    """The node for an element of the soup, by the way there from the top; None where the trees part."""
    way: list[int] = []
    step = tag
    while step.parent is not None:
        way.append(sum(1 for before in step.previous_siblings if isinstance(before, Tag)))
        step = step.parent
    node = root
    for nth in reversed(way):
        below = list(node.elements())
        if nth >= len(below):
            return None
        node = below[nth]
    return node if node.tag == tag.name.lower() else None


@cache
def _check() -> None:
    """Raise RuleError, naming file and row, for a selector that does not parse."""
    nothing = BeautifulSoup("", "lxml")
    for profile in profiles():
        for name in ("title", "body", "date", "next", "article", "list_next"):
            check(nothing, profile, name)


def check(soup: BeautifulSoup, profile: Profile, name: str) -> None:
    """Raise RuleError for a profile's selector that does not parse."""
    selector: str = getattr(profile, name)
    try:
        if selector:
            soup.css.compile(selector)
    except Exception as error:     # soupsieve's own, which has no other parent
        raise RuleError(f"`{name}` is no selector: {str(error).splitlines()[0]}", source="ingest/data/profiles.toml",
                        place=profile.id) from error
