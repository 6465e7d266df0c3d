"""What a page tells of itself: title, site, breadcrumb, category, author, time, address."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...schema import Page
from ..blocks import BlockKind
from ..clean.fold import fold
from ..timestamp import iso_stamp
from .blocks import Item
from .node import Node
from .weight import is_mostly_links
from .words import folded, labels, metas, unnamed

_WHERE = re.compile(r"\s*(?:您|你)?(?:现在|目前|当前)?(?:的|所在的?)?(?:位置|栏目|路径)(?:是|为)?\s{0,2}:?\s*")
_STEP = re.compile(r"\s*(?:>{1,3}|＞{1,3}|»|›|→|::)\s*")
_WEAK_STEP = re.compile(r"\s*[/\\]\s*")      # parts steps only where no arrow does
_PARTED = re.compile(r"[>＞»›→/\\]|::")
_HOME = frozenset(("首页", "首頁", "主页", "网站首页", "返回首页", "home", "Home", "HOME"))
_HOME_PAGE = re.compile(r"(?<=..)(?:网站|網站)?(?:首页|首頁|主页)$")
_HERE = frozenset(("正文", "内容", "详情", "文章", "详细内容", "文章正文", "信息内容", "内容详情", "浏览文章",
                   "阅读文章"))
_PAIR = re.compile(r"([\u4e00-\u9fff](?:[\u4e00-\u9fff\s\u3000]{0,8}[\u4e00-\u9fff])?)\s{0,3}:\s{0,3}")
# The site's part of a window's title; after a bare dash only what ends like a site: `2021-2025年规划` is one title.
_SITE = r"(?:网|网站|门户|网站群|频道|政府|人民政府|街道办|办事处|大学|学院|学校|小学|中学|局|文库|范文|吧|網|網站|\.(?:com|cn|net|org))"
_TAIL = re.compile(rf"\s*(?:[_|]|::|--)\s*(?=[^-_|]{{2,30}}$)|\s[-–—]\s(?=[^-_|–—]{{2,30}}$)|[-–—](?=[^-_|–—]{{0,20}}{_SITE}$)")
_CLOCK = re.compile(r"\d\s?[:：]\s?\d{2}")
_SITE_ENDS = ("网", "网站", "网站群", "门户", "網", "網站")
_LONGEST = 200
_LONGEST_LABEL = 40     # characters; longer cells are not asked whether they are labels


def page_of(heads: Sequence[Node], items: Sequence[Item], kinds: Sequence[BlockKind]) -> Page:
    """The page's metadata: its `heads` (title, meta and link elements) first, then its furniture, then its headings."""
    said: dict[str, Any] = {}
    head = _Head(heads)
    for name, keys in metas().items():
        said[name] = next((value for key in keys if (value := _fit(name, head.metas.get(key, "")))), None)
    said["url"] = head.canonical or said["url"]
    around = [i for i, kind in enumerate(kinds) if kind in ("furniture", "links", "header", "footer") or items[i].info]
    trail = _breadcrumb([items[i] for i in around])
    for name, value in _labelled([items[i] for i in around]):
        said[name] = said.get(name) or value
    title = _title(said.get("title"), head.title, items)
    steps = [step for step in trail if step not in _HERE and step != title]
    steps = [_HOME_PAGE.sub("", step) or step for step in steps]
    named = [step for step in steps if step not in _HOME]
    said["site"] = said.get("site") or _site(named, head.title) or said.pop("source", None)
    said.pop("source", None)
    if named and named[-1] != said.get("site"):
        said["category"] = said.get("category") or named[-1]
    said["published"] = said.get("published") or _stamp(items, around)
    said.update(title=title, breadcrumb=steps)
    return Page.model_validate({name: value for name, value in said.items() if value})


def is_info(item: Item) -> bool:
    """Whether a table tells about the document rather than holding its data: its labels are those of information
    tables (索引号, 发文机关, 发布日期)."""
    if item.rows is None:
        return False
    cells = ["".join(cell.text.split()) for row in item.rows for cell in row.cells if cell.text]
    known = sum(1 for cell in cells if len(cell) <= _LONGEST_LABEL and fold(cell).strip(":[]") in labels())
    return known >= 3 and known * 4 >= len(cells)


class _Head:
    """Meta elements by name, the title element and the canonical address."""

    def __init__(self, heads: Sequence[Node]) -> None:
        self.metas: dict[str, str] = {}
        self.title = self.canonical = ""
        for node in heads:
            if node.tag == "meta":
                key = (node.attrs.get("name") or node.attrs.get("property") or node.attrs.get("itemprop") or "").lower()
                self.metas.setdefault(key, _one_line(node.attrs.get("content", "")))
            elif node.tag == "title" and not self.title:
                self.title = node.words()
            elif node.tag == "link" and "canonical" in node.attrs.get("rel", "").lower():
                self.canonical = _fit("url", node.attrs.get("href", "")) or ""


def _one_line(words: str) -> str:
    return " ".join(words.split())[:_LONGEST]


def _fit(name: str, value: str) -> str | None:
    """The value if it can be what the field is for."""
    if name == "published":
        return iso_stamp(value)
    if name == "url":
        return value if re.match(r"https?://", value) else None
    if name in ("site", "source", "author") and re.match(r"https?:|[\w.-]+\.(?:com|cn|net|org)\b", value):
        return None
    words = value.strip(" ,;，；")
    return None if name in ("site", "source", "author") and fold(words) in unnamed() else words or None


def _title(stated: str | None, of_window: str, items: Sequence[Item]) -> str | None:
    """The title of the document: a heading that the window's title begins with, else the window's without the site."""
    window = of_window or stated or ""
    first = [item for item in items if item.kind == "heading" and item.level == 1 and not is_mostly_links(item)]
    heads = [_one_line(item.text) for item in first]
    shown = next((h for h in heads if len(h) > 3 and (not window or _names(h, window))), None)
    if shown:
        return shown
    bare = _without_site(window)
    if stated and _same(stated, bare):
        return stated
    for item in items[:60]:
        words = _one_line(item.text)
        if 5 < len(words) < 80 and window.startswith(words) and len(words) * 3 > len(window):
            return words
    return bare or (heads[0] if heads else None)


def _without_site(window: str) -> str:
    while (cut := _TAIL.search(window)) and cut.start() > 3:
        window = window[:cut.start()]
    return window


def _names(heading: str, window: str) -> bool:
    """Whether the window's title is the heading's, with the site's name or the like beside it."""
    head, whole = "".join(heading.split()), "".join(window.split())
    return whole.startswith(head) or head.startswith(whole) or (head in whole and len(head) * 2 > len(whole))


def _same(one: str, two: str) -> bool:
    short, long = sorted(("".join(one.split()), "".join(two.split())), key=len)
    return short in long


def _site(steps: Sequence[str], window: str) -> str | None:
    """The site's name: the first step of the breadcrumb or the last part of the window's title, if it ends like one."""
    tail = _TAIL.search(window)
    named = [*steps[:1], *([window[tail.end():].strip()] if tail else [])]
    return next((name for name in named if name.endswith(_SITE_ENDS)), None)


def _breadcrumb(items: Sequence[Item]) -> list[str]:
    """The steps of the line that says where the reader is."""
    for item in items:
        words = _one_line(item.text)
        if len(words) > 120 or not _PARTED.search(words):
            continue
        where = _WHERE.match(folded(words))
        way = words[where.end() if where else 0:]
        steps = (_STEP if _STEP.search(way) else _WEAK_STEP).split(way)
        steps = [bare for step in steps if (bare := step.strip(" :：/"))]
        if len(steps) < 2 or max(map(len, steps)) > 60:
            continue
        if (where and where.end()) or "crumb" in item.node.names or (steps[0] in _HOME and _STEP.search(way)):
            return steps
    return []


def _labelled(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Fields from information tables and from lines such as `来源：… 时间：…`."""
    for item in items:
        if item.rows is not None:
            for row in item.rows:
                texts = [cell.text for cell in row.cells]
                for label, value in pairwise(texts):
                    yield from _field("".join(fold(label).split()).strip(":[]"), value, labels())
        elif item.chars <= _LONGEST and (":" in item.text or "：" in item.text):
            yield from _pairs(item.text)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """`标签：值 标签：值` on one line; a value ends where the next known label begins."""
    known = labels()
    found = []
    for match in _PAIR.finditer(folded(text)):
        name = "".join(match.group(1).split())
        label = next((name[i:] for i in range(len(name)) if name[i:] in known), None)
        if label:
            found.append((match.start(1) if name == label else match.end(1) - len(label), match.end(), label))
    for (_, start, label), after in zip(found, [*found[1:], (len(text), 0, "")], strict=False):
        yield from _field(label, text[start:after[0]], known)


def _field(label: str, value: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name = known.get(label)
    if not name:
        return
    words = _one_line(value).strip(" |[]【】()（）·-")
    if name in ("source", "author", "category"):
        words = re.split(r"\s{1,4}|[|｜]", words)[0] if name != "author" else words.split("  ")[0]
        words = words.strip("《》“”")
    fit = _fit(name, words)
    if fit and len(fit) <= (80 if name == "title" else 40):
        yield name, fit


def _stamp(items: Sequence[Item], around: Sequence[int]) -> str | None:
    """A full date with a clock on a short line of furniture, as under titles."""
    for i in around:
        if items[i].chars <= 60 and _CLOCK.search(items[i].text) and not is_mostly_links(items[i]):
            stamp = iso_stamp(items[i].text)
            if stamp and "T" in stamp:
                return stamp
    return None
