"""The head of a page: metadata is read from its furniture, the title noted, and the furniture removed."""
from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..draft import Change, Draft
from ..rows import rows
from ..timestamp import iso_stamp
from .context import Context
from .fold import fold, lines, whole_line
from .furniture import CRUMB, Reading, read_line, value_of

_HEAD_LINES = 40
_BODY = re.compile(r"(?:第?[一二三四五六七八九十]{1,3}[、章节条篇部]|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.])")
_NO_TITLE = re.compile(r"附 ?[件表录]? ?\d{0,2}:?|.{0,40}文件|.{1,20}[\[〔(]?(?:19|20)[\dxX×*]{2}[\])〕]?\d{1,4}号|(?:[-—─]{1,2}|\().*|.*[。;,:!?]|\d.{0,3}|目录")
_KIND = re.compile(r"(?:计划|规划|方案|意见|要点|报告|通知|决定|办法|总结|纲要|安排|通报|批复|函|条例|规定|细则|预案"
                   r"|措施|清单|打算|设想|思路|纪要|讲话)(?:\(.{1,20}\))?$")
_TITLE_LENGTH = 60
_CAPTION = re.compile(r"(?P<under>.{4,60})_ ?第 ?1 ?页|[<\"](?P<file>[^<>\"(]{4,60}?)(?:\([^()]{1,12}\))?(?:\.\w{2,4})?[>\"]由(?:会员|用户|网友).*")
_FILE_ENDING = re.compile(r"\.(?:docx?|wps|pdf|pptx?|xlsx?|rtf|txt)$", re.I)
_LAST_CRUMB = re.compile(r"正文|详细(?:内容|信息|页)?|内容|文章(?:内容|正文|详情)|详情|信息内容|浏览")


@dataclass(slots=True)
class _Head:
    """The reading of the head so far. `drop` holds the spans of lines that go, `doubtful` weak lines that wait for company."""

    text: str
    context: Context
    drop: list[tuple[int, int]] = field(default_factory=list)
    doubtful: list[tuple[int, int, Reading]] = field(default_factory=list)
    awaits: tuple[str, str] | None = None
    crumbs: list[str] = field(default_factory=list)
    in_way: bool = False
    arrow: bool = False
    kept: list[tuple[int, int]] = field(default_factory=list)
    caption: str = ""

    def take(self, start: int, end: int) -> None:
        self.drop.append((start, end))


def page_head(draft: Draft, context: Context) -> None:
    """Read and remove the furniture above the body; note the title."""
    head = _Head(draft.text, context)
    spans = []
    for span in lines(draft.text, 0, 12_000):
        spans.append(span)
        if len(spans) == _HEAD_LINES:
            break
    for k, (start, end) in enumerate(spans):
        after = draft.text[slice(*spans[k + 1])] if k + 1 < len(spans) else ""
        if not _line(head, start, end, fold(draft.text[start:end]), fold(after[:20])):
            break
    _crumbs(head)
    _title(head)
    draft.change(_removals(head))


def _line(head: _Head, start: int, end: int, line: str, after: str) -> bool:
    """Take one line; False where the body begins."""
    if _awaited(head, start, end, line) or _on_the_way(head, start, end, line, after):
        return True
    reading = read_line(line)
    if reading is None:
        if any(row.pattern.fullmatch(line) for row in rows("furniture", "line") if row.more["zone"] in ("head", "any")):
            head.take(start, end)
            caption = _CAPTION.fullmatch(line)
            low, high = caption.span(caption.lastgroup or 0) if caption else (0, 0)
            head.caption = head.caption or head.text[start + low:start + high]
            return True
        head.doubtful.clear()
        head.kept.append((start, end))
        return len(line) <= 100 and not _BODY.match(line)
    if reading.strong or head.doubtful and head.doubtful[0][2].awaits or head.drop and not _text_between(head, start):
        for low, high, weak in head.doubtful:
            _commit(head, low, high, weak)
        head.doubtful.clear()
        _commit(head, start, end, reading)
    else:
        head.doubtful.append((start, end, reading))
    head.awaits = reading.awaits
    return True


def _text_between(head: _Head, start: int) -> bool:
    """Whether a line that stays stands between the last furniture and here."""
    return bool(head.kept) and head.kept[-1][0] > head.drop[-1][0] and head.kept[-1][0] < start


def _awaited(head: _Head, start: int, end: int, line: str) -> bool:
    """The value of a label that ended the line before."""
    if head.awaits is None:
        return False
    name, kind = head.awaits
    head.awaits = None
    if name == "breadcrumb" or not value_of(kind, line):
        return False
    for low, high, weak in head.doubtful:
        _commit(head, low, high, weak)
    head.doubtful.clear()
    head.take(start, end)
    _fill(head, name, head.text[start:end])
    return True


def _on_the_way(head: _Head, start: int, end: int, line: str, after: str) -> bool:
    """A breadcrumb with its crumbs and arrows on lines of their own."""
    arrow = CRUMB.fullmatch(line) is not None
    if not head.in_way and not (line.endswith("首页") and len(line) < 12 and CRUMB.fullmatch(after)):
        return False
    if not head.in_way or arrow or head.arrow or not head.crumbs or head.text[start:end] in head.crumbs:
        head.in_way = True
        head.arrow = arrow
        if not arrow and head.text[start:end] not in head.crumbs:
            head.crumbs.append(head.text[start:end])
        head.take(start, end)
        return True
    head.in_way = False
    return False


def _commit(head: _Head, start: int, end: int, reading: Reading) -> None:
    head.take(start, end)
    for name, low, high in reading.fields:
        _fill(head, name, head.text[start + low:start + high])
    if reading.free and any(name == "published" for name, _, _ in reading.fields):
        low, high = reading.free[0]
        head.context.set_page("category", head.text[start + low:start + high])
    if reading.awaits and reading.awaits[0] == "breadcrumb":
        head.in_way = True


def _fill(head: _Head, name: str, words: str) -> None:
    if name == "published":
        head.context.set_page(name, iso_stamp(fold(words)))
    elif name == "breadcrumb":
        head.crumbs += [c.strip(" /") for c in re.split(r">{1,3}|»|→|›|＞{1,3}|》", words) if c.strip(" /")]
    elif name:
        head.context.set_page(name, words.strip(" ]】)）"))


def _crumbs(head: _Head) -> None:
    crumbs = [c for c in head.crumbs if c]
    while crumbs and _LAST_CRUMB.fullmatch(fold(crumbs[-1])):
        crumbs.pop()
    head.context.set_page("breadcrumb", crumbs)
    if crumbs:
        site = re.sub(r"(?:网站)?(?:首页|首頁)$", "", crumbs[0])
        head.context.set_page("site", site)


def _title(head: _Head) -> None:
    """The first line that reads like a title, where the reader has found none; with the lines below it, if only they
    say what kind of document this is."""
    for k, (start, end) in enumerate(head.kept[:6]):
        line = fold(head.text[start:end])
        if _BODY.match(line) or len(line) > _TITLE_LENGTH:
            break
        if len(line) >= 4 and "\t" not in line and not _NO_TITLE.fullmatch(line):       # a tab: a table's row
            head.context.set_page("title", _FILE_ENDING.sub("", _whole_title(head, k)))
            return
    head.context.set_page("title", _FILE_ENDING.sub("", head.caption))


def _whole_title(head: _Head, first: int) -> str:
    """A title over up to three lines that follow each other without an empty one between them."""
    words, stop = "", head.kept[first][0]
    for start, end in head.kept[first:first + 3]:
        line = fold(head.text[start:end])
        if head.text.count("\n", stop, start) > 1 or _NO_TITLE.fullmatch(line) or _BODY.match(line) or len(line) > 40 or "\t" in line:
            break
        words, stop = words + head.text[start:end], end
        if _KIND.search(line):
            return words
    return head.text[slice(*head.kept[first])]


def _removals(head: _Head) -> list[Change]:
    """The furniture lines, and a line above furniture that is printed once more below it."""
    spans = [(s, e, "head-furniture") for s, e in head.drop]
    spans += [(s, e, "repeated-line") for s, e in head.kept if _again(head, s, head.text[s:e])]
    changes: list[Change] = []
    for start, end, rule in sorted(set(spans)):
        low, high = whole_line(head.text, start, end)
        low = max(low, changes[-1].end if changes else 0)
        if low < high:
            changes.append(Change(low, high, "", "boilerplate", rule))
    return changes


def _again(head: _Head, start: int, words: str) -> bool:
    """Whether a line stands once more further down, with furniture between the two."""
    return any(s > start and head.text[s:e] == words and any(start < low < s for low, _ in head.drop) for s, e in head.kept)
