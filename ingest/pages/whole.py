"""One document of several files: an article whose pages follow each other (下一页), a page whose frames hold its text. Only
what lies beside the page, in its folder, archive or web archive, is asked for."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...schema import Diagnostic, JihuaError, PartError, Table
from ...schema.diagnose import diagnostic
from ..blocks import Block, SourceText
from ..html.site import next_links
from ..html.tree import tree
from ..readers import read
from ..text.charset import declared_charset, decode
from .links import follows, heads, is_page_line, links_of, may_go_on, names, same_title, says_page, split
from .neighbours import SAVED, Beside, Fetch, Web

_PAGES = 100                # pages of an article, and frames of a page
_TRIED = 8                  # files that are asked whether their article holds the page, and links of a page that are followed
_BYTES = 64_000_000         # of all of them together
_LEAST = 40                 # characters of prose that make a page, or a frame, one with a text of its own; a page's links can speak for fewer
_SHARE = .2                 # of the longest frame's text, which a frame must hold to be a part
_OUTER = frozenset(("furniture", "links", "header", "footer", "page_number"))
_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a document in several, as it was read."""

    name: str
    data: bytes
    source: SourceText


def whole(data: bytes, name: str, source: SourceText, fetch: Fetch) -> SourceText:
    """The document that a page begins: its source text, and those of its further pages and frames after it, each named in a
    note. Raises PartError for a later page of another file's document, and for what lies in the folder of a saved page."""
    here = fetch.page if isinstance(fetch, Beside | Web) else name.replace("\\", "/").rpartition("!/")[2]
    if source.media_type != "text/html":
        return source
    if owner := _owner(here, fetch):
        raise PartError(f"a file of the saved page {owner}, read with it", way_out=f"See the result of {owner}")
    first = Part(_last(here), data, source)
    if re.search(rb"<i?frame\b", data, re.I):
        parts, notes = _frames(first, fetch)
        if len(parts) > 1 or notes:
            return _joined(parts, "frame", notes)
    text = _text(data)
    if not may_go_on(text) and not next_links(text, source.page.url or ""):
        return source
    for head in _heads(first, fetch):
        for nth, part in enumerate(_chain(head, fetch), 1):
            if part.data == data:
                raise PartError(f"page {nth} of {head.name}, converted with it", way_out=f"See the result of {head.name}")
    return _joined(list(_chain(first, fetch)), "page", [])


def _last(name: str) -> str:
    return name.rpartition("/")[2] if "://" not in name else name


def _owner(here: str, fetch: Fetch) -> str:
    """The saved page in whose folder a file lies; on the web there are no such folders."""
    folder = None if "://" in here else SAVED.fullmatch(here.rpartition("/")[0].rpartition("/")[2])
    found = (folder.group("stem") + ending for ending in _ENDINGS) if folder else ()
    return next((page for page in found if fetch(f"../{page}") is not None), "")


def _chain(first: Part, fetch: Fetch) -> Iterator[Part]:
    """An article's pages in order, from `first` on."""
    part: Part | None = first
    met, nth, size = {first.name}, 1, 0
    seen: set[bytes] = set()
    while part is not None and nth <= _PAGES and size <= _BYTES:
        yield part
        seen.add(part.data)
        size += len(part.data)
        text = _text(part.data)
        onward = (*next_links(text, part.source.page.url or first.source.page.url or ""), *links_of(text).onward(nth))[:_TRIED]
        part, nth = next(_followers(first, part.name, onward, nth + 1, met, seen, fetch), None), nth + 1


def _followers(first: Part, here: str, onward: tuple[str, ...], nth: int, met: set[str], seen: set[bytes],
               fetch: Fetch) -> Iterator[Part]:
    """What the links of a page lead to, where that is page `nth` of the article of `first`: by its name, or by its title."""
    for name in (name for href in onward for name in names(href, here)):
        if name in met:
            continue
        part = _fetched(name, fetch)
        if part is None or part.data in seen:
            continue
        if not _has_text(part.source) and not _agrees(part, (here, first.name), nth):
            continue
        met.add(name)
        if _has_text(first.source) and (
                follows(first.name, name, nth) or same_title(first.source.page.title, part.source.page.title)):
            yield part


def _heads(part: Part, fetch: Fetch) -> list[Part]:
    """The files that may be the first page of an article of which `part` is a later one: those named so, then, the furthest
    first, those that its links lead back to, page by page."""
    named = [found for name in heads(part.name) if (found := _fetched(name, fetch)) and _has_text(found.source)]
    met, back, here = {part.name}, list[Part](), part
    while len(back) < _PAGES:
        before = [name for href in links_of(_text(here.data)).backward()[:_TRIED] for name in names(href, here.name)]
        found = next((found for name in before if name not in met and not follows(part.name, name, 2) and (found := _fetched(name, fetch))
                      and (_has_text(found.source) or _leads(found, links_of(_text(found.data)).next, (here.name,)))), None)
        if found is None:
            break
        met.add(found.name)
        back.append(found)
        here = found
    return [*named, *reversed(back)][:_TRIED]


def _agrees(part: Part, before: tuple[str, ...], nth: int) -> bool:
    """Whether a page with hardly a text of its own, such as the signature alone, says itself that it is page `nth`, or leads back
    to the pages `before` it."""
    text, links = _text(part.data), links_of(_text(part.data))
    back = (*links.back, *(href for number, href in links.numbered if number < nth))
    return _prose(part.source) > 0 and (says_page(text, nth) or _leads(part, back, before))


def _leads(part: Part, links: tuple[str, ...], to: tuple[str, ...]) -> bool:
    """Whether one of the links of a page leads to one of the files `to`."""
    return not {"".join(split(name)) for name in to}.isdisjoint("".join(split(name)) for href in links for name in names(href, part.name))


def _fetched(name: str, fetch: Fetch) -> Part | None:
    """A file beside the page, read; None where there is none or where it is no page that can be read."""
    data = fetch(name)
    if data is None:
        return None
    try:
        source = read(data, _last(name))
    except JihuaError:
        return None
    return Part(_last(name), data, source) if source.media_type == "text/html" else None


def _text(data: bytes) -> str:
    return decode(data, declared_charset(data)).text


def _prose(source: SourceText) -> int:
    """Characters of the page's own text, links apart."""
    return sum(b.end - b.start - b.link_chars for b in source.blocks if b.kind not in _OUTER)


def _has_text(source: SourceText) -> bool:
    """Whether a page is an article rather than a list of links."""
    own = [b for b in source.blocks if b.kind not in _OUTER]
    prose = _prose(source)
    return prose >= _LEAST and prose > sum(b.link_chars for b in own)


def _frames(page: Part, fetch: Fetch) -> tuple[list[Part], list[Diagnostic]]:
    """The page and those of its frames that hold its text, in order; and a note for each frame that does not."""
    found = [part for name in _sources(page) if (part := _fetched(name, fetch)) is not None]
    most = max((_prose(part.source) for part in found), default=0)
    if most <= _prose(page.source):
        least = most + 1          # the page has its text itself
    else:
        least = max(_LEAST, int(_SHARE * most))
    notes = [diagnostic("reader-note", f"frame {part.name} left out: it holds little or no text")
             for part in found if _prose(part.source) < least]
    return [page, *(part for part in found if _prose(part.source) >= least)], notes


def _sources(page: Part) -> list[str]:
    """The addresses of a page's frames, each once."""
    root = tree(_text(page.data))[0]
    found = [node.attrs.get("src", "").strip() for node in root.walk() if node.tag in ("frame", "iframe")]
    return list(dict.fromkeys(src for src in found if src and ":" not in src))[:_PAGES]


def _joined(parts: list[Part], called: str, notes: list[Diagnostic]) -> SourceText:
    """The parts as one source text, each block with its file in its place."""
    first = parts[0].source
    if len(parts) == 1:
        return replace(first, diagnostics=(*first.diagnostics, *notes)) if notes else first
    text, blocks, tables = "", list[Block](), list[Table]()
    if called == "frame" and re.search(rb"<frameset\b", parts[0].data, re.I):     # its words say that frames are needed
        first = replace(first, blocks=tuple(replace(b, kind="furniture") for b in first.blocks))
        parts = [replace(parts[0], source=first), *parts[1:]]
    titles = {first.text[b.start:b.end] for b in first.blocks if b.kind == "title"}
    said = [*first.diagnostics, *notes]
    for nth, part in enumerate(parts, 1):
        source = part.source
        at = len(text) + 1 if text else 0
        text = f"{text}\n{source.text}" if text else source.text
        if nth > 1:
            blocks.append(Block(at, at, "page_break", place=part.name))
            digest = hashlib.sha256(part.data).hexdigest()
            said += [*source.diagnostics, diagnostic("reader-note", f"{called} {nth} read from {part.name}, sha256 {digest}")]
        blocks += [_moved(b, source, at, part.name, titles if nth > 1 and called == "page" else set()) for b in source.blocks]
        tables += [_moved_table(table, at, len(tables) + k) for k, table in enumerate(source.tables, 1)]
    said = [d for d in said if d.code != "no-text"]      # of a frameset: its frames have it
    page = first.page
    for part in parts[1:]:
        told = {key: value for key, value in part.source.page if value and not getattr(page, key)}
        page = page.model_copy(update=told) if called == "frame" else page
    return replace(first, text=text, blocks=tuple(blocks), tables=tuple(tables), page=page, diagnostics=tuple(said))


def _moved(block: Block, source: SourceText, at: int, name: str, titles: set[str]) -> Block:
    """A part's block in the whole; lines that only lead to other pages, and the title said again, are furniture."""
    words = source.text[block.start:block.end]
    kind = block.kind
    if is_page_line(words):
        kind = "page_number"
    elif words in titles:
        kind = "furniture"
    return replace(block, start=block.start + at, end=block.end + at, kind=kind, place=f"{name} {block.place}")


def _moved_table(table: Table, at: int, nth: int) -> Table:
    """A part's table in the whole."""
    rows = [[cell.model_copy(update={"span": (cell.span[0] + at, cell.span[1] + at)}) for cell in row] for row in table.rows]
    return table.model_copy(update={"id": f"t{nth}", "span": (table.span[0] + at, table.span[1] + at), "rows": rows})
