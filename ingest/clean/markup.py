"""Markdown's marks go, what they say stays: headings, bold, lists, quotes as hints, table rows as cells parted by tabs."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import Block
from ..draft import Change, Draft
from .context import Context
from .fold import whole_line

_OPENING = {
    "heading": re.compile(r"#{1,6}[ \t\u3000]*+"),
    "quote": re.compile(r"(?:>[ \t]?)++(?:\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*+)?"),   # GitHub's alerts too
    "list_item": re.compile(r"[-*+][ \t]++(?:\[[ xX]\][ \t]++)?"),
    "toc": re.compile(r"[-*+][ \t]++"),
    "footnote": re.compile(r"\[\^[^\]\s]{1,40}\]:[ \t]*+"),
}
_CLOSING = re.compile(r"(?<![#\s])[ \t]++#{1,6}$")
_UNDERLINE = re.compile(r"\n[ \t]*+(?:=+|-{2,})(?=[ \t]*+(?:\n|\Z))")
# Bold needs a partner on its line; 2022**年**月 is a masked date, not bold.
_BOLD = re.compile(r"(\*\*|__)(?![\s*_年月日])((?:(?!\1)[^\n]){1,2000}?)(?<![\s*_])\1(?![年月日])")
_ITALIC = re.compile(r"(?<![*\w])(\*)(?![\s*年月日])([^*\n]{1,500}+)(?<!\s)\1(?![*年月日])")
_INLINE: tuple[tuple[str, str, re.Pattern[str], int], ...] = (   # trigger, rule, pattern, the group that stays (0: none)
    ("<!--", "comment", re.compile(r"<!--(?:(?!-->).){0,5000}-->", re.S), 0),
    ("![", "image", re.compile(r"!\[[^\]\n]{0,300}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,80}\])"), 0),
    ("[^", "note-mark", re.compile(r"\[\^[^\]\s]{1,40}\](?!:)"), 0),
    ("](", "link", re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\([^)\n]{0,2000}\)"), 1),
    ("`", "code", re.compile(r"`([^`\n]{1,300})`"), 1),
    ("***", "emphasis", re.compile(r"^\*(\*\*[^*\n]{1,200}\*\*)$", re.M), 1),    # a mark too many
    ("~~", "deleted", re.compile(r"~~([^~\n]{1,500})~~"), 1),
    ("<", "tag", re.compile(r"</?(?:a|abbr|b|big|blockquote|br|center|details|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong"
                            r"|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>\n]{0,2000}/?>", re.I), 0),
    ("\\", "escape", re.compile(r"\\([!-/:-@\[-`{-~])"), 1),
)
_ENTITIES = {"nbsp": " ", "ensp": " ", "emsp": "\u3000", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "mdash": "—",
             "ndash": "–", "hellip": "…", "middot": "·", "bull": "•", "times": "×", "amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_ENTITY = re.compile(rf"&(?:amp;)?(?:({'|'.join(_ENTITIES)})|#(\d{{1,6}})|#x([0-9a-fA-F]{{1,5}}));")


def markup(draft: Draft, context: Context) -> None:
    """Markdown's block marks, tables, then its marks within lines."""
    if context.source.media_type != "text/markdown":
        return
    draft.change(_block_marks(draft, context))
    draft.change(_table_marks(draft, context))
    for trigger, rule, pattern, kept in _INLINE:
        if trigger in draft.text:
            draft.change(_unwrapped(pattern, draft.text, rule, kept))
    for mark, pattern in (("**", _BOLD), ("__", _BOLD), ("*", _ITALIC)):
        if mark in draft.text:
            _emphasis(draft, context, pattern)


def entities(draft: Draft, context: Context) -> None:
    """HTML entities that a page's text was stored with become their characters."""
    if "&" in draft.text and ";" in draft.text and context.source.media_type in ("text/plain", "text/markdown"):
        draft.change(Change(m.start(), m.end(), _character(m), "markup", "entity") for m in _ENTITY.finditer(draft.text))


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _ENTITIES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    printable = 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if printable else match.group()


def _block_marks(draft: Draft, context: Context) -> Iterator[Change]:
    """What shows nothing goes with its line; of the others their opening and closing marks."""
    text, last = draft.text, 0
    for block in context.source.blocks:
        start, end = draft.offset(block.start), draft.offset(block.end)
        if block.kind == "furniture":
            low, high = whole_line(text, start, end)
            low = max(low, last)
            if low < high:
                yield Change(low, high, "", "markup", "furniture")
                last = high
            continue
        for change in _marks(text, block, start, end):
            if change.start >= last:
                yield change
                last = change.end


def _marks(text: str, block: Block, start: int, end: int) -> Iterator[Change]:
    pattern = _OPENING.get(block.kind)
    opening = pattern.match(text, start, end) if pattern else None
    if opening and opening.end() > start:
        yield Change(start, opening.end(), "", "markup", block.kind)
    if block.kind == "heading":
        closing = _CLOSING.search(text, start, end) if opening else _UNDERLINE.match(text, end)
        if closing:
            yield Change(closing.start(), closing.end(), "", "markup", "heading")


def _table_marks(draft: Draft, context: Context) -> Iterator[Change]:
    """Between two cells of a row one tab, nothing before the first and after the last."""
    text, last = draft.text, 0
    for table in context.source.tables:
        for row in table.rows:
            spans = [(draft.offset(c.span[0]), draft.offset(c.span[1])) for c in row]
            if not spans:
                continue
            line_start = text.rfind("\n", 0, spans[0][0]) + 1
            line_end = text.find("\n", spans[-1][1])
            line_end = len(text) if line_end < 0 else line_end
            edges = [(line_start, spans[0][0], ""), *((a[1], b[0], "\t") for a, b in zip(spans, spans[1:], strict=False)),
                     (spans[-1][1], line_end, "")]
            for start, end, after in edges:
                if last <= start < end and not text[start:end].strip(" \t|"):
                    yield Change(start, end, after, "markup", "table")
                    last = end


def _unwrapped(pattern: re.Pattern[str], text: str, rule: str, kept: int) -> Iterator[Change]:
    for m in pattern.finditer(text):
        if not kept:
            line_break = rule == "tag" and m.group()[1:3].lower() == "br" and text[m.end():m.end() + 1] != "\n"
            yield Change(m.start(), m.end(), "\n" if line_break else "", "markup", rule)
            continue
        if m.start() < m.start(kept):
            yield Change(m.start(), m.start(kept), "", "markup", rule)
        if m.end(kept) < m.end():
            yield Change(m.end(kept), m.end(), "", "markup", rule)


def _emphasis(draft: Draft, context: Context, pattern: re.Pattern[str]) -> None:
    changes = []
    for m in pattern.finditer(draft.text):
        context.hint(draft, m.start(), m.end(), "bold")
        changes += [Change(m.start(), m.start(2), "", "markup", "emphasis"), Change(m.end(2), m.end(), "", "markup", "emphasis")]
    draft.change(changes)
