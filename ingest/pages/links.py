"""Pages that belong together: what their links and their names say of it. The next *article* (下一篇) is another matter."""
from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ..clean.fold import fold
from ..html.node import Node
from ..html.tree import tree

_AROUND = re.compile(r"[\s\[\]()<>|·:.,…-]+")
_NEXT = re.compile(r"(?:请?(?:点击|阅读|查看|进入|翻到))?(?:本文|文章)?的?[下后]一?页(?:继续阅读|阅读|全文)?|next(?:page)?", re.I)
_BACK = re.compile(r"(?:返回)?(?:本文|文章)?的?[上前]一?页|prev(?:ious)?(?:page)?", re.I)
_FIRST = re.compile(r"(?:返回)?(?:本文|文章)?的?(?:首页|第一页)")
_NUMBER = re.compile(r"第?(\d{1,3})页?|第([一二三四五六七八九十])页")
_FIGURES = "一二三四五六七八九十"
# A line that leads to the other pages: 上一页 1 2 3 下一页, [1] [2], 第1页 共3页, 本文共3页.
_LINE = re.compile(
    r"(?:\s|[\[\]()<>|·:.,…/-]|共?\s?\d{1,3}\s?页?|第\s?(?:\d{1,3}|[一二三四五六七八九十])\s?页|[上下前后]一?页|首页|尾页|末页|本文|转到|跳转|到|第|页|分页|当前)+")
_SAID = re.compile(r"页|\d\s?[\])]\s{0,3}[\[(]|\d\s{1,4}[\[(]?\d|>")
_TRAILING = re.compile(r"(?P<base>.*?)(?P<sep>[-_.(（\[ ]+)(?P<nth>\d{1,3})[)）\]]?")
_PARAMETER = re.compile(r"(?<![^?&@])(?P<key>(?:cur|now|to)?_?p(?:age)?_?(?:no|num|index|n)?)=(?P<nth>\d{1,3})(?=&|$)", re.I)
# How widespread systems of government sites write the links by a script: pages, the present one, name, ending.
_SCRIPT = re.compile(r"createPageHTML\s{0,3}\(\s{0,9}(\d{1,3})\s{0,9},\s{0,9}\d{1,3}\s{0,9},\s{0,9}[\"']([^\"'<>/]{1,100})[\"']"
                     r"\s{0,9},\s{0,9}[\"'](\w{1,6})[\"']")
_HINTS = (
    _SCRIPT,
    re.compile(r"[上下后後]一?[页頁]|前一[页頁]|第[2２二][页頁]"),
    re.compile(r"<[aA]\b[^<>]{0,300}>[\s\[(（【［]{0,4}(?:[2２]|[Nn]ext(?: [Pp]age)?)[\s\])）】］>]{0,4}</[aA]>"),
    re.compile(r"rel=[\"']?(?:next|prev)"))
# Page and pages, pages and page, page and pages.
_COUNT = re.compile(r"第\s?(\d{1,3})\s?页[\s,/(|]{0,5}共\s?(\d{1,3})\s?页|共\s?(\d{1,3})\s?页[\s,:/(|]{0,5}第\s?(\d{1,3})\s?页|"
                    r"(?<![\d/.-])(\d{1,3})\s?/\s?(\d{1,3})\s?页")
_NTH = re.compile(r"\d{1,3}(?=[)）\]]?$)")
_PAGED = re.compile(r"[\s\[(_|-]*第?\s?(?:\d{1,3}|[一二三四五六七八九十])\s?页?[\])]*$")


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that a page gives for its neighbours, as written: the next page, those before it (the first and the
    last one), and pages by number."""

    next: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    numbered: tuple[tuple[int, str], ...] = ()

    def onward(self, nth: int) -> tuple[str, ...]:
        """Where page `nth` says that the one after it is."""
        return (*self.next, *(href for number, href in self.numbered if number == nth + 1))

    def backward(self) -> tuple[str, ...]:
        """Where pages before this one may be, the first before the others."""
        return (*(href for number, href in self.numbered if number == 1), *self.back)


def links_of(text: str) -> Links:
    """A page's links to its neighbours, by their words, their pictures' words or their `rel`, or as a script
    writes them."""
    following: list[str] = []
    back: list[str] = []
    numbered: list[tuple[int, str]] = []
    for node in tree(text)[0].walk():
        href = node.attrs.get("href", "").strip() if node.tag in ("a", "link") else ""
        if not href or href.startswith("#") or re.match(r"(?:javascript|mailto|data):", href, re.I):
            continue
        rel = node.attrs.get("rel", "").lower().split()
        words = _AROUND.sub("", fold(_words(node))) if node.tag == "a" else ""
        if "next" in rel or _NEXT.fullmatch(words):
            following.append(href)
        elif "prev" in rel or _BACK.fullmatch(words) or _FIRST.fullmatch(words):
            back.append(href)
        elif found := _NUMBER.fullmatch(words):
            numbered.append((int(found.group(1) or _FIGURES.index(found.group(2)) + 1), href))
    if found := _SCRIPT.search(text):
        count, name, ending = int(found.group(1)), found.group(2), found.group(3)
        numbered += [(nth, f"{name}_{nth - 1}.{ending}" if nth > 1 else f"{name}.{ending}") for nth in range(1, count + 1)]
    return Links(tuple(following), tuple(back), tuple(numbered))


def _words(node: Node) -> str:
    pictures = (child.attrs.get("alt", "") for child in node.elements() if child.tag == "img")
    return node.words() or next(pictures, "") or node.attrs.get("title", "")


def may_go_on(markup: str) -> bool:
    """Whether a page is worth asking for its neighbours: whether it speaks of pages at all."""
    return any(hint.search(markup) for hint in _HINTS)


def says_page(markup: str, nth: int) -> bool:
    """Whether a page says that it is number `nth` of several: 第2页/共3页."""
    for a, of_a, of_b, b, c, of_c in _COUNT.findall(fold(re.sub(r"<[^<>]{0,300}>", "", markup))):
        if int(a or b or c) == nth <= int(of_a or of_b or of_c):
            return True
    return False


def is_page_line(text: str) -> bool:
    """Whether a whole line does no more than lead to other pages of an article."""
    words = fold(text.strip())
    return len(words) <= 80 and _LINE.fullmatch(words) is not None and _SAID.search(words) is not None


def names(href: str, here: str) -> list[str]:
    """The names under which what `href` leads to may be kept beside the page `here`: the address itself where it has a way,
    then its last part, with its question as programs write it that save pages."""
    try:
        where = urlsplit(href)
    except ValueError:
        return []
    last = where.path.rpartition("/")[2] or ("" if where.path else split(here)[0])
    asked = [f"{last}{sign}{where.query}" for sign in "?@"] if where.query else [last]
    found = [href.partition("#")[0]] if "/" in href or where.query else []
    return list(dict.fromkeys(name for name in (*found, *asked, *map(unquote, asked)) if name and name != "/"))


def split(name: str) -> tuple[str, str]:
    """A file's name in two: `show.asp`, `?id=5`; the second is empty for most."""
    last = re.split(r"/(?=[^?@]*(?:[?@]|$))", name)[-1]
    at = re.search(r"[?@](?=[\w%]+=)", last)
    return (last[:at.start()], "?" + last[at.start() + 1:]) if at else (last, "")


def numbered(name: str) -> tuple[str, int] | None:
    """The series that a name belongs to and its number in it: `t1_2.html` is the second of `t1.html`, `a.asp?id=5&page=3`
    the third of `a.asp?id=5`; None for a name without a number of its own."""
    path, asked = split(name)
    if found := _PARAMETER.search(asked):
        rest = (asked[:found.start()] + asked[found.end() + 1:]).rstrip("&?")
        return path + rest, int(found.group("nth"))
    stem, dot, ending = path.rpartition(".")
    found = _TRAILING.fullmatch(stem)
    return (f"{found.group('base')}{dot}{ending}{asked}", int(found.group("nth"))) if found and found.group("base") else None


def follows(first: str, other: str, nth: int) -> bool:
    """Whether `other` is by its name page `nth` of the article whose first page is `first`: `t1.html`, `t1_2.html` or, counted
    from nought, `t1_1.html`; `t1_1.html`, `t1_2.html`."""
    its, own = numbered(other), numbered(first)
    if its is None:
        return False
    if its[0] == "".join(split(first)):
        return its[1] in (nth, nth - 1)
    return own is not None and its[0] == own[0] and its[1] == own[1] + nth - 1


def heads(name: str) -> list[str]:
    """The names that the first page may have of the article of which `name` is a later one."""
    its = numbered(name)
    if its is None or not its[1]:
        return []
    path, asked = split(name)
    found = [its[0]]
    for nth in {1, its[1] - 1} - {its[1]}:
        if _PARAMETER.search(asked):
            found.append(path + _PARAMETER.sub(rf"\g<key>={nth}", asked, count=1))
        else:
            stem, dot, ending = path.rpartition(".")
            found.append(_NTH.sub(str(nth), stem) + dot + ending + asked)
    return [variant for one in found for variant in dict.fromkeys((one, one.replace("?", "@"))) if variant != name]


def same_title(one: str | None, two: str | None) -> bool:
    """Whether two pages bear one title, the page's number in it apart."""
    bare = [re.sub(r"[\W_]+", "", _PAGED.sub("", fold(title or "").strip())) for title in (one, two)]
    return bare[0] == bare[1] and len(bare[0]) >= 4
