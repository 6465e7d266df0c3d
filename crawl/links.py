"""The links of a page that a crawl may follow: to next pages, articles, attachments, columns, frames."""
from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, Literal

from scrapy.selector import Selector

from ..ingest.html.profiles import Profile
from .urls import canonical

Kind = Literal["seed", "next", "article", "attachment", "column", "part"]
"""What an address is to the page that links to it; `part` is a frame, or where a page sends its reader."""
_MOST = 5_000             # links of a page that are looked at
_LONG = 4_000_000         # characters of a page that are looked at
_WORDS = 200              # characters of a link's words
_TITLE = 12               # Chinese characters that only a title has
_SHORT_TITLE = 6          # as many where a date or an address like an article's speaks for it
_COLUMN = (2, 12)
_FEW = 12                 # elements that one which belongs to a link holds
_NEAR = 300               # characters of what stands around a link in a list
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_SCRIPTED = re.compile(
    r"""createPageHTML\w{0,9}\(\s{0,9}(\d{1,5})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},"""
    r"""\s{0,9}["']([\w./-]{1,80})["']\s{0,9},\s{0,9}["'](s?html?)["']""")
"""How pages of a widespread system of government sites (TRS WCM) count themselves: pages, this one from 0, name, ending."""
_NEIGHBOUR = re.compile(r"[\s:：\[【(（]{0,4}[上下前后][一1][篇条]")
_REFRESH = re.compile(r"\s{0,9}(\d{1,4})[\s;,]{1,9}url\s{0,9}=\s{0,9}[\"']?([^\"'>]{1,2000})", re.I)
_SOON = 10                # seconds after which a page that sends its reader on still counts as a redirect


@dataclass(frozen=True, slots=True)
class Link:
    """A canonical address and what it is."""

    url: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Anchor:
    words: str
    near: str             # what stands beside it
    around: str           # class and id of the elements around it, and their words where they are few
    rel: str
    href: str


def links(text: str, base: str, charset: str, profile: Profile | None) -> list[Link]:
    """The links of a page in their order, each address once. `base` is the page's own address. A profile that selects
    articles or next pages decides on these alone."""
    page = Selector(text=text[:_LONG].replace("\x00", ""), type="html")
    base = _base(page, base, charset)
    found: dict[str, Link] = {}
    for href, kind in (*_marked(page, profile), *_sent_on(page, text, base), *_plain(page, profile)):
        try:
            url = canonical(href, base, charset)
        except ValueError:
            continue
        if url != base:
            found.setdefault(url, Link(url, kind))
    return list(found.values())


def _base(page: Selector, base: str, charset: str) -> str:
    href = page.xpath("string(//base/@href)").get("")
    try:
        return canonical(href, base, charset) if href else base
    except ValueError:
        return base


def _marked(page: Selector, profile: Profile | None) -> Iterator[tuple[str, Kind]]:
    """What the site's profile selects."""
    if profile is None:
        return
    selectors: tuple[tuple[str, Kind], ...] = ((profile.next, "next"), (profile.list_next, "next"),
                                               (profile.article, "article"))
    for selector, kind in selectors:
        for chosen in page.css(selector)[:_MOST] if selector else ():
            yield from ((href, kind) for href in chosen.xpath("descendant-or-self::a/@href").getall())


def _sent_on(page: Selector, text: str, base: str) -> Iterator[tuple[str, Kind]]:
    """Where the page itself leads: next pages that a script writes, frames, a page to go on to."""
    for count, this, name, ending in _SCRIPTED.findall(text[:_LONG]):
        if int(this) + 1 < int(count):
            yield f"{name}_{int(this) + 1}.{ending}", "next"
    for link in page.xpath("//link[@rel='next']/@href").getall()[:1]:
        yield link, "next"
    for source in page.xpath("//frame/@src | //iframe/@src").getall()[:20]:
        yield source, "part"
    for content in page.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content").getall()[:1]:
        sent = _REFRESH.match(content)
        if sent and int(sent[1]) <= _SOON:
            yield sent[2], "part"


def _plain(page: Selector, profile: Profile | None) -> Iterator[tuple[str, Kind]]:
    """The page's links as their words and surroundings tell them."""
    decided = {kind for kind, selector in (("next", profile.next or profile.list_next), ("article", profile.article))
               if selector} if profile else set()
    for element in list(page.root.iter("a"))[:_MOST] if page.root is not None else ():
        href = element.get("href") or ""
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        kind = kind_of(_anchor(element, href))
        if kind and kind not in decided and not (kind == "column" and "article" in decided):
            yield href, kind


def _anchor(element: Any, href: str) -> _Anchor:
    """What is known of a link. No more of the page is read than what stands close to it."""
    words, title = _text(element), element.get("title") or ""
    if title and (not words or words.endswith(("…", "...", ".."))):
        words = title.strip()[:_WORDS]
    around, near, above = [], "", element
    for _ in range(3):
        above = above.getparent()
        if above is None or above.tag in ("body", "html"):
            break
        around.append(f"{above.get('class') or ''} {above.get('id') or ''}")
        if next(islice(above, _FEW, None), None) is None:       # counting them all would take a page's length a link
            near = _text(above, _NEAR)
            if above.tag in ("li", "tr", "dd", "p"):
                break
    return _Anchor(words, near.replace(words, "", 1) if words else near, f"{' '.join(around)} {near}".lower(),
                   (element.get("rel") or "").lower(), href)


def _text(element: Any, most: int = _WORDS) -> str:
    parts, length = [], 0
    for part in element.itertext():
        parts.append(part)
        length += len(part)
        if length > most:
            break
    return " ".join("".join(parts).split())[:most]


def kind_of(anchor: _Anchor) -> Kind | Literal[""]:
    """What a link of an unknown site is, `""` for one that is not followed."""
    table = patterns()
    words = anchor.words.strip(" []【】()（）<>〈〉") if len(anchor.words) > 2 else anchor.words
    bare = "".join(words.split())
    path = anchor.href.split("#")[0]
    ending = _ENDING.search(path.split("?")[0])
    if ending and ending[1].lower() in endings("attachment"):
        return "attachment"
    if ending and ending[1].lower() in endings("other"):
        return ""
    if anchor.rel == "next" or table["next"].fullmatch(bare):
        return "next"
    if table["arrow"].fullmatch(bare):
        return "next" if table["pager"].search(anchor.around) else ""
    if not bare or table["elsewhere"].fullmatch(bare) or _NEIGHBOUR.match(anchor.near):
        return ""
    return _by_words(bare, path, anchor.near)


def _by_words(bare: str, path: str, near: str) -> Kind | Literal[""]:
    table = patterns()
    chinese = len(_CHINESE.findall(bare))
    borne_out = table["date"].search(near) or table["address"].search(path)
    if chinese >= _TITLE or (chinese >= _SHORT_TITLE and borne_out) or (
            chinese >= 4 and table["plan"].search(bare) and borne_out):
        return "article"
    return "column" if _COLUMN[0] <= chinese <= _COLUMN[1] else ""


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("links.toml").read_text(encoding="utf-8"))


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The table's patterns by name."""
    return {name: re.compile(row["pattern"], re.I) for name, row in _table().items() if "pattern" in row}


@cache
def endings(which: str) -> frozenset[str]:
    """Endings of files: `attachment` for those that may hold a document, `other` for those that do not."""
    return frozenset(_table()["endings"][which])
