"""Markdown → the whole file as source text, with blocks that say what its marks mean. Cleaning takes the marks away.

Follows CommonMark 0.31 and GitHub's tables, footnotes and `<details>` as far as documents use them; line by line, since
every block here is made of whole lines."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ...schema import Table
from ..blocks import Block, BlockKind, SourceText
from .charset import decode
from .front_matter import front_matter
from .markdown_table import is_divider, table_blocks
from .plain import Line, lines

_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*+$")
_RULE = re.compile(r"([-*_])(?:[ \t]*+\1){2,}[ \t]*+$")
_SETEXT = re.compile(r"(=+|-{2,})$")
_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]++|(?=[^\x00-\x7f]))\S")
_BULLET = re.compile(r"[-*+][ \t]++\S")
_BOLD = re.compile(r"(\*\*|__)(?!\s)(?:(?!\1).)++\1$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:")
_LINK_TARGET = re.compile(r"\[[^\]]{1,80}\]:[ \t]*+(?:<|https?:|/|#|mailto:|\.)\S*+")
_IMAGE = re.compile(r"(?:!\[[^\]]*+\]\([^)\n]*+\)[ \t]*+|!\[[^\]]*+\]\[[^\]]*+\][ \t]*+)++$")
_TAGS = re.compile(r"(?:</?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]*+)?/?>[ \t]*+)++$")
_CONTENTS = re.compile(r"<summary\b[^>]*+>[\s*#]*+(?:目\s*+[录錄次]|contents)", re.I)
_CENTRE = re.compile(r"<(?:center|(?:p|div|h[1-6])\b[^<>]*+\balign=[\"']?center)", re.I)


def read_markdown(data: bytes, name: str = "") -> SourceText:
    """The decoded file, unchanged, with its blocks, tables and front matter's metadata."""
    decoded = decode(data)
    text, head = decoded.text, front_matter(decoded.text)
    reading = _Reading(text, head.end)
    blocks = tuple(reading.blocks())
    return SourceText(text, "text/markdown", "markdown", decoded.charset, blocks, tuple(reading.tables), head.page,
                      diagnostics=(*decoded.diagnostics, *head.diagnostics))


class _Reading:
    """One pass over the lines; remembers what is still open: a fence, a comment, a table of contents."""

    def __init__(self, text: str, body: int) -> None:
        self.text, self.body = text, body
        self.tables: list[Table] = []
        self.fence = ""
        self.comment = self.details = self.contents = self.note = False

    def blocks(self) -> Iterator[Block]:
        all_lines = list(lines(self.text))
        at = 0
        while at < len(all_lines):
            rows = self._table_rows(all_lines, at)
            if rows:
                table, found = table_blocks(self.text, all_lines[at:at + rows], len(self.tables) + 1)
                self.tables.append(table)
                yield from found
                at += rows
                continue
            line = all_lines[at]
            after = all_lines[at + 1] if at + 1 < len(all_lines) else None
            yield self._block(line, after)
            at += 1

    def _words(self, line: Line) -> str:
        return self.text[line.start:line.end]

    def _table_rows(self, all_lines: list[Line], at: int) -> int:
        """How many lines from here on are a table: a head with bars, a divider below it, and rows with bars."""
        if all_lines[at].start < self.body or self.fence or self.comment:
            return 0
        end, number = at, all_lines[at].number
        while end < len(all_lines) and self._is_row(all_lines[end], number):
            if end == at + 1 and not is_divider(self._words(all_lines[end])):
                return 0
            end, number = end + 1, number + 1
        return end - at if end > at + 1 else 0

    def _is_row(self, line: Line, number: int) -> bool:
        return line.number == number and self.text.find("|", line.start, line.end) != -1

    def _block(self, line: Line, after: Line | None) -> Block:
        words = self._words(line)
        kind, level = self._kind(line, words, after)
        return Block(line.start, line.end, kind, level, f"line {line.number}", bold=_BOLD.match(words) is not None,
                     align="center" if _CENTRE.match(words) else "")

    def _kind(self, line: Line, words: str, after: Line | None) -> tuple[BlockKind, int]:
        if line.start < self.body or self._in_comment(words) or self._in_fence(words):
            return "furniture", 0
        if self.fence:
            return "paragraph", 0
        self._details(words)
        heading = _HEADING.match(words)
        if heading:
            self.note = False
            return "heading", len(heading[1])
        if after and after.number == line.number + 1 and self._underlined(words, self._words(after)):
            return "heading", 1 if self._words(after)[0] == "=" else 2
        if _marks_only(words):
            return "furniture", 0
        return self._text_kind(line, words)

    def _text_kind(self, line: Line, words: str) -> tuple[BlockKind, int]:
        if _FOOTNOTE.match(words):
            self.note = True
            return "footnote", 0
        self.note = self.note and line.indent >= 2
        if self.note:
            return "footnote", 0
        if self.contents:
            return "toc", line.indent // 2 + 1
        if words.startswith(">"):
            return "quote", 0
        return ("list_item", line.indent // 2 + 1) if _BULLET.match(words) else ("paragraph", 0)

    def _in_comment(self, words: str) -> bool:
        """A line wholly inside `<!-- … -->`, which may run over several lines."""
        if self.comment:
            self.comment = "-->" not in words
            return True
        if not words.startswith("<!--"):
            return False
        end = words.find("-->", 4)
        self.comment = end == -1
        return end == -1 or not words[end + 3:].strip()

    def _in_fence(self, words: str) -> bool:
        """A fence line itself; what stands between two of them is text."""
        mark = _FENCE.match(words)
        if not mark:
            return False
        if not self.fence:
            self.fence = mark[1]
            return True
        closes = mark[1][0] == self.fence[0] and len(mark[1]) >= len(self.fence)
        self.fence = "" if closes else self.fence
        return closes

    def _details(self, words: str) -> None:
        """`<details>` with 目录 in its summary folds a table of contents away."""
        if "<details" in words:
            self.details, self.contents = True, False
        if self.details and _CONTENTS.search(words):
            self.contents = True
        if "</details" in words:
            self.details = self.contents = False

    def _underlined(self, words: str, below: str) -> bool:
        """A heading underlined with = or -, short as headings are: `---` below a paragraph is meant as a rule."""
        if not _SETEXT.match(below) or len(words) > 60:
            return False
        ends_sentence = words[-1] in "。；;，,：:！!？?"
        return not (ends_sentence or words[0] in ">|<[" or _marks_only(words) or _BULLET.match(words))


def _marks_only(words: str) -> bool:
    """A line that shows nothing: a rule, tags, an image, a link's target, the bar of an empty quote, an underline, and
    the word 目录 over a folded table of contents."""
    if not words.strip("> \t") or not words.strip("="):
        return True
    return any(p.match(words) for p in (_RULE, _TAGS, _IMAGE, _LINK_TARGET, _CONTENTS))
