"""A plan's title: its own heading where it has one, else what the page calls it."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Line
from ..view import matching_view
from .kinds import ends_in_kind, kind_of

_HEAD = 14               # lines at the top among which the title is looked for
LONGEST = 60            # characters of a line that is a title
_NUMBERED = re.compile(r"(?:第 ?)?[一二三四五六七八九十0-9]{1,3}[、.)章节篇条]|\([一二三四五六七八九十0-9]{1,3}\)")
_STOPPED = re.compile(r"[。;!?,、:]$")
_MASK = re.compile(r"[×xX*_□○〇]{2,}")
_Y = "(?:[12][0-9]{3}|[一二][〇零一二三四五六七八九]{3})"
_YEAR_TAIL = re.compile(rf"\((?:{_Y}年?(?:[0-9]{{1,2}}月)?(?:[0-9]{{1,2}}日)?[ ,]?[^()0-9-]{{0,12}}"
                        rf"|{_Y}年[^()]{{2,5}}日[^()]{{0,60}})\)$")      # a year or day, and whose speech it was
_SPEECH = re.compile(r"[ ]*--+ ?[0-9一二〇]{2,4}.{0,60}$")
_ISSUED_AS = re.compile(r"印发[《<〈](.{4,80})[》>〉]$")
_SPACED = re.compile(r"(?:[^ ] ){4,60}[^ ]")        # a title set wide, a blank between its characters
_AND = re.compile("[和及暨与]")
_WIDE = re.compile(r"[一-鿿0-9](?: [一-鿿0-9](?![一-鿿0-9])){3,40}")
_TOLD = re.compile("[做作了]《[^《》]{2,30}》$")         # a caption: 市长向大会作《政府工作报告》
_ABOUT = re.compile("关于|对")
_COMPLETE = re.compile("(?:通知|意见|方案|计划|规划|纲要|办法|要点|报告|预案|批复|复函|的函|决定|公告|公报|通报|请示|命令)$")
_ASIDE = re.compile(r"[(\[]|--|.{0,12}\[?[12][0-9]{3}[\]年].{0,12}(?:号|日)$|[^ ]{2,4}$")   # a date, a number, a name
_BODY = re.compile("(?:省|市|县|区|乡|镇|村|局|委|院|校|司|会|府|办|部|厅|室|处|所|中心|集团|大学|社区|街道|小学|中学)$")
_ANNEX = re.compile(r"附 ?件 ?[0-9一二三四五六七八九十]{0,2} ?: ?")
_FILE_ENDING = re.compile(r"\.(?:docx?|wps|pdf|pptx?|xlsx?|rtf|txt)$", re.I)
_NO_HALF = re.compile(r"[0-9〇一二三四五六七八九十xX*×]日$|号\)?$|文件$|^\(")     # a date, a document's number, its masthead
_FILES = re.compile(r"(?<=\S) [^ ]{2,60}\.(?:pdf|docx?|xlsx?|odt|ods)(?: .*)?$", re.I)     # what may be downloaded beside it
_NUMBER_NOTE = re.compile(r"\([^()]{2,12}[〔\[(][0-9xX×*]{4}[〕\])][^()]{1,6}号\)$")
_FILE_NOTE = re.compile(r"\([^()]{0,12}(?:[0-9.]+ ?[KMkm][Bb]|[Pp][Dd][Ff]|[Dd][Oo][Cc]|[Ww]ord)[^()]{0,12}\)$")
_SPEAKER = re.compile(r"\[[^\[\]]{0,6}[长席记理][^\[\]]{0,6}\]$")
_CITED = 3_000          # characters before a title within which a notice cites it
_OWN = 8                # characters of a title behind a paragraph
_GENERAL = re.compile("主要|具体|工作|重点|总体|基本|保障|[一二三四五六七八九十]是")
_TAGS = 3                # names of plans in one line that are a page's keywords
_PAGE_NOTE = re.compile(r"\((?:全文|范文|精选|通用|最新|热门|合集|优秀|\d{1,2}篇)[^()]{0,8}\)$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title and where it stands; `span` is None for a page's or front matter's, `lines` are the lines it takes."""

    text: str
    span: tuple[int, int] | None = None
    lines: tuple[int, ...] = ()


def find_title(text: str, view: str, lines: Sequence[Line], page_title: str | None) -> Title | None:
    """The title of the plan that these lines make up."""
    page = clean(page_title) if page_title else None
    own = _own(text, view, lines)
    if own is None:
        at = next((k for k, line in enumerate(lines[:_HEAD]) if page and _same(view[line.start:line.end], page)), None)
        return Title(page, (lines[at].start, lines[at].end), (at,)) if page and at is not None else (Title(page) if page else None)
    if page and _same(own.text, page):
        return Title(page, own.span, own.lines)
    return own


def _own(text: str, view: str, lines: Sequence[Line]) -> Title | None:
    """The heading among the first lines that names a plan, over two lines where it is set so."""
    found: list[tuple[int, int]] = []
    quoted = all(line.kind == "quote" for line in lines)
    for k, line in enumerate(lines[:_HEAD]):
        words = view[line.start:line.end]
        if is_numbered(words) and line.heading != 1:
            break
        if _TOLD.search(words) or "\t" in view[line.start:line.end + 1]:     # a caption, a cell
            continue
        rank = _rank(line, words) if quoted or line.kind != "quote" else 0
        if rank:
            found.append((rank, k))
        elif len(words) > 2 * LONGEST and (k or not _stands_alone(view, lines)):
            break
    if not found:
        return None
    best = max(found, key=lambda f: (f[0], -f[1]))[1]
    after = next((k for rank, k in found if k == best + 1 and rank >= 4), None)
    if after is not None and view.startswith("关于", lines[after].start):
        best = after                            # a year's "政府工作报告" is the collection's name for it
    return _title_of(text, view, lines, best)


def _stands_alone(view: str, lines: Sequence[Line]) -> bool:
    """Whether the second line is a title of its own, behind what a site says of it."""
    words = view[lines[1].start:lines[1].end] if len(lines) > 2 else ""
    return len(words) >= _OWN and _rank(lines[1], words) >= 4 and not _GENERAL.match(words)


def _rank(line: Line, words: str) -> int:
    """How surely a line is the title: 0 not at all."""
    if len(words) > 3 * LONGEST:
        return 0
    bare = _NUMBER_NOTE.sub("", _FILE_ENDING.sub("", _FILES.sub("", unspaced(_SPEECH.sub("", words)))))
    if len(bare) > LONGEST or _STOPPED.search(bare) or bare.startswith("--") or _YEAR_TAIL.fullmatch(bare):
        return 0
    if bare[:1] + bare[-1:] in ("[]", "【】") and "篇" not in bare:
        bare = bare[1:-1]
    if bare.count(" ") + 1 >= _TAGS and sum(kind_of(part) is not None for part in bare.split(" ")) >= _TAGS:
        return 0
    marked = 2 if line.kind == "title" or line.heading else int(line.bold or line.kind == "center")
    if ends_in_kind(bare):
        return 4 + marked
    return marked if line.kind == "title" or (line.heading == 1 and kind_of(bare)) else 0


def _title_of(text: str, view: str, lines: Sequence[Line], k: int) -> Title:
    first, last = _block(view, lines, k)
    if first == last and k and first_half(view, lines[k - 1], lines[k]):
        first = k - 1
        if first and view.startswith("关于", lines[first].start) and _BODY.search(view, lines[first - 1].start, lines[first - 1].end) \
                and first_half(view, lines[first - 1], lines[first]):
            first -= 1
    after = lines[last + 1] if last + 1 < len(lines) else None
    if after and _AND.match(view, after.start) and _rank(after, view[after.start:after.end]) >= 4:
        last += 1
    start, end = lines[first].start, lines[last].end
    cut = _SPEECH.search(view, lines[last].start, end)
    end = cut.start() if cut and cut.start() > lines[last].start else end
    words = "".join(unspaced(text[max(line.start, start):min(line.end, end)]) for line in lines[first:last + 1])
    return Title(clean(words), (start, end), tuple(range(first, last + 1)))


def _block(view: str, lines: Sequence[Line], k: int) -> tuple[int, int]:
    """First and last of the lines that are set as `k` is and make up one title with it (关于 … 的批复)."""
    first = last = k
    while first and _goes_with(view, lines[first - 1], lines[k]):
        first -= 1
    while last + 1 < len(lines) and _goes_with(view, lines[last + 1], lines[k]):
        last += 1
    words = [view[line.start:line.end] for line in lines[first:last + 1]]
    if not 1 < len(words) <= 4 or not _ABOUT.search(words[0] + words[1]) or any(map(_COMPLETE.search, words[:-1])):
        return k, k
    return first, last


def _goes_with(view: str, one: Line, two: Line) -> bool:
    words = view[one.start:one.end]
    alike = (one.bold, one.heading, one.kind) == (two.bold, two.heading, two.kind)
    return alike and two.kind in ("title", "center") and not _STOPPED.search(words) and _ASIDE.match(words) is None


def first_half(view: str, one: Line, two: Line) -> bool:
    """Whether a title runs over both lines: the second cannot stand alone, and both are set alike."""
    words, rest = view[one.start:one.end], view[two.start:two.end]
    if (len(words) + len(rest) > 2 * LONGEST or _STOPPED.search(words) or words.startswith("--") or ends_in_kind(words)
            or _NO_HALF.search(words)):
        return False
    if ("关于" in words and "关于" not in rest and len(rest) > 3) or f"《{words}{rest}" in view[max(0, one.start - _CITED):one.start]:
        return True
    if (one.bold, one.heading, one.kind) != (two.bold, two.heading, two.kind):
        return False
    if rest.startswith("关于"):
        return True
    return len(rest) <= 8 or bool(_BODY.search(words) and re.match(r"[0-9二]|工作|年度", rest))


def unspaced(words: str) -> str:
    """A line without the blanks between characters that are set wide, all of them or a run: 2 0 2 0 年 工作计划."""
    if " " not in words:
        return words
    if _SPACED.fullmatch(words):
        return words.replace(" ", "")
    return _WIDE.sub(lambda run: run.group().replace(" ", ""), words)


def is_numbered(words: str) -> bool:
    """Whether a line begins with a number mark."""
    return _NUMBERED.match(words) is not None


def is_stopped(words: str) -> bool:
    """Whether a line ends as running text does."""
    return _STOPPED.search(words) is not None


def clean(title: str) -> str:
    """The title without what only tells its date, its speaker or its page; a title set twice is given once."""
    words = _FILE_ENDING.sub("", _FILES.sub("", re.sub(r"\s+", " ", title).strip()))
    words = unspaced(words)
    half = len(words) // 2
    if half >= 4 and words[:half].strip() == words[half:].strip():
        words = words[:half].strip()
    view = matching_view(words)
    inner = _ISSUED_AS.search(_YEAR_TAIL.sub("", view))
    if inner:
        return words[inner.start(1):inner.end(1)]
    for pattern in (_FILE_NOTE, _SPEAKER, _SPEECH, _YEAR_TAIL, _PAGE_NOTE):
        found = pattern.search(view)
        if found and found.start() > 3:
            words, view = words[:found.start()].rstrip(), view[:found.start()].rstrip()
    annex = _ANNEX.match(view)
    if annex and annex.end() < len(view):
        words, view = words[annex.end():], view[annex.end():]
    named = view.startswith("《") and view.endswith("》") and view.count("《") == 1
    if named or (view[:1] + view[-1:] in ("【】", "[]") and ends_in_kind(view[1:-1]) and "篇" not in view):
        words = words[1:-1]
    return words


def _same(one: str, two: str) -> bool:
    """Whether two titles are one, masks and blanks aside."""
    return _folded(one) == _folded(two)


def _folded(title: str) -> str:
    return _MASK.sub("*", matching_view(title)).replace(" ", "")
