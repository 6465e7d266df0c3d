"""Paragraphs that were broken in the middle of a sentence become whole again. Only on evidence: a wrong join costs more
than a missed one."""
from __future__ import annotations

import re
from itertools import pairwise

from ..draft import Change, Draft
from ..rows import rows
from .context import Context
from .fold import fold, lines
from .lexicon import attraction
from .wrapped import wrapped_breaks

_SHORTEST = 20           # a shorter line without a stop may be a heading, a name, a salutation
_CLOSED = frozenset("。！？；：!?;:…”\"』」）)》】>〉.~—─＿_|\t")
_STOPS = re.compile("[。！？；!?;]")
_CLAUSE = re.compile("[，。！？；：、,;:!?”）]")
MARK = re.compile(r"[（(\[【〔]?(?:[一二三四五六七八九十百零〇]{1,4}|\d{1,3})(?:[)）\]】〕、．]|[.](?!\d))|第[一二三四五六七八九十百\d]{1,4}[章节節条條篇部编編项項,，、]"
                  r"|[①-⑳⑴-⒇❶-❿㈠-㈩•●■◆▲★※○◇□→·]|[—－–-]{1,2}|[一二三四五六七八九十]{1,2}[是要]|[附注註]件?[:：\d]|【|#|各位|同志们|同志們|[A-Za-z][.、)）]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAIRS = {"（": "）", "《": "》", "“": "”", "「": "」", "『": "』", "【": "】", "(": ")"}
# With a time or a field a paragraph begins: the comma before it is a misprint of a stop.
_OPENS = re.compile(r"[\d一二三四五六七八九十〇○]{1,4}年|[今去明前近]年|目前|今后|在[^，,。]{2,14}(?:方面|领域|領域|期间|期間)[，,]")
_LABEL = re.compile(r"[一-鿿]{1,3} {0,3}[一-鿿]{1,3}[：:](?:$|[一-鿿]{2,4}(?:$|[ \u3000、，（(]))")     # 组长: and a name
_STRONG = 3.0            # how much likelier than by chance two characters stand together where a word was cut


def rejoin(draft: Draft, context: Context) -> None:
    """Close the break between two lines of which the second goes on with the first one's sentence."""
    text = draft.text
    fixed = _fixed(draft, context)
    spans = list(lines(text))
    joins: dict[int, Change] = {}
    for low, high in wrapped_breaks(text, spans, MARK):
        joins[low] = Change(low, high, _between(text, low, high), "rejoin", "wrapped")
    pages = {draft.offset(at) for at in context.page_breaks}
    for (start, end), (after, stop) in zip(spans, spans[1:], strict=False):
        if end in joins or text[end - 1] in _CLOSED or "\t" in text[start:end]:
            continue
        rule = _evidence(text[start:end], text[after:stop], any(end <= p <= after for p in pages) if pages else False)
        if rule and not any(a < after and end < b for a, b in fixed):
            joins[end] = Change(end, after, _between(text, end, after), "rejoin", rule)
    draft.change(joins[at] for at in sorted(joins))


def _fixed(draft: Draft, context: Context) -> list[tuple[int, int]]:
    """Stretches that the file's own markup closes off: tables, headings, aligned lines, and an item from what follows it
    but for a plain paragraph, which may be its rest."""
    spans, blocks = [t.span for t in context.source.tables], context.source.blocks
    spans += [(b.start, b.end) for b in blocks
              if b.kind in ("heading", "title", "cell", "toc", "quote", "footnote", "text_box") or b.align]
    spans += [(b.start, b.end) for b, after in pairwise(blocks) if b.kind == "list_item" and after.kind != "paragraph"]
    return [(draft.offset(a), draft.offset(b) + 1) for a, b in spans]


def _evidence(first: str, second: str, across_pages: bool) -> str | None:
    """The rule by which two lines are one sentence, if any."""
    if len(first) < _SHORTEST or MARK.match(second) or _LABEL.match(second) or not _goes_on(second):
        return None
    if MARK.match(first) and not _STOPS.search(first):    # a numbered line without a stop is a heading
        return _open_bracket(first, second)
    if first[-1] in "，,、":
        return None if _OPENS.match(second) else "comma"
    if first[-1] in "-－" and len(first) > 1 and first[-2] not in "-－—":
        return "hyphen"
    if _STOPS.search(first):
        clause = fold(_CLAUSE.split(first)[-1])
        if any(row.pattern.search(clause) for row in rows("rejoin", "row")):
            return "open-end"
        if attraction(first[-1], second[0]) >= _STRONG:
            return "cut-word"
        if across_pages and _CLAUSE.search(second):
            return "page-break"
    return _open_bracket(first, second)


def _goes_on(second: str) -> bool:
    """Whether a line may be the rest of a sentence: it begins with a character, and has a stop or comma of its own."""
    first = second[0]
    return (_HAN.match(first) is not None or first.isalnum() or first in "“（《‘") and _CLAUSE.search(second) is not None


def _open_bracket(first: str, second: str) -> str | None:
    """A bracket opened near the end of one line and closed near the beginning of the next."""
    tail = first[-40:]
    for opening, closing in _PAIRS.items():
        if opening in tail and tail.rfind(opening) > tail.rfind(closing):
            at = second.find(closing, 0, 60)
            if at >= 0 and opening not in second[:at] and not _STOPS.search(second[:at]):
                return "open-bracket"
    return None


def _between(text: str, low: int, high: int) -> str:
    """What stands where the break was: a blank between two Latin words, else nothing."""
    return " " if text[low - 1:low].isascii() and text[high:high + 1].isascii() and text[high:high + 1].isalpha() else ""
