"""How well the outline is read where a document's own markup shows it: five-year plans in Markdown.

The `#` marks are taken off to make the input; the tree that they gave is the answer. A found heading counts where a
section begins on the same line, its parent where the nearest section above it that is a heading is the right one.

    python bench/outline_tree.py [FOLDER]      the folder `corpus/five-year` beside the checkout, if no other is named
"""
from __future__ import annotations

import re
import sys
from pathlib import Path

from jihua.ingest.flow import ingest
from jihua.parse.model import Node
from jihua.parse.outline import outline
from jihua.parse.plans import split
from jihua.parse.view import matching_view

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_NOISE = re.compile(r"\*\*|\[\^\d+\]|<[^>]+>")


def squeezed(words: str) -> str:
    """The words without blanks and markup, to tell lines by."""
    return re.sub(r"\s", "", _NOISE.sub("", words))


def answer(markdown: str) -> dict[str, str | None]:
    """Every heading of the document with its parent; one that stands twice is left out."""
    out: dict[str, str | None] = {}
    twice: set[str] = set()
    stack: list[tuple[int, str]] = []
    for line in markdown.splitlines():
        found = _HEADING.match(line)
        if not found:
            continue
        level, words = len(found.group(1)), squeezed(found.group(2))
        while stack and stack[-1][0] >= level:
            stack.pop()
        twice |= {words} & out.keys()
        out[words] = stack[-1][1] if stack else None
        stack.append((level, words))
    return {words: parent for words, parent in out.items() if words not in twice}


def found(text: str, roots: tuple[Node, ...], known: dict[str, str | None]) -> tuple[dict[str, str | None], int]:
    """The headings among the sections with their parents, and how many sections of a heading's style are none."""
    out: dict[str, str | None] = {}
    others: dict[str, int] = {}
    styles: dict[str, int] = {}

    def walk(node: Node, above: str | None) -> None:
        words = squeezed(text[node.start:(node.heading or (node.start, node.end))[1]])
        style = node.mark.style if node.mark else ""
        mine = words in known and words not in out
        if mine:
            out[words] = above
        if style:
            table = styles if mine else others
            table[style] = table.get(style, 0) + 1
        for child in node.children:
            walk(child, words if mine else above)

    for root in roots:
        walk(root, None)
    return out, sum(n for style, n in others.items() if n < styles.get(style, 0))


def main(folder: Path) -> None:
    """Print recall of numbered and unnumbered headings, false ones and the share of right parents, a row a document."""
    total = [0] * 6
    for path in sorted(folder.glob("*.md")):
        raw = path.read_text(encoding="utf-8")
        known = answer(raw)
        bare = "\n".join(_HEADING.sub(r"\2", line) for line in raw.splitlines()).replace("**", "")
        cleaned = ingest(bare.encode(), path.name)
        view = matching_view(cleaned.text)
        got: dict[str, str | None] = {}
        false = 0
        for plan in split(cleaned, view):
            one, more = found(plan.text, outline(plan), known)
            got |= one
            false += more
        numbered = {w for w in known if re.match(r"第?[（(]?[一二三四五六七八九十〇]+[篇编章节、）)]", w)}
        right = sum(got[w] == known[w] for w in got)
        plain = len(known) - len(numbered)
        row = [len(numbered), len(numbered & got.keys()), plain, len(got.keys() - numbered), false, right]
        total = [a + b for a, b in zip(total, row, strict=True)]
        _show(path.stem[:16], row, len(got))
        wrong = [f"{w} < {got[w]} not {known[w]}" for w in got if got[w] != known[w]]
        print(*(f"      {words}" for words in [*sorted(numbered - got.keys())[:3], *wrong[:3]]), sep="\n")
    _show("all", total, total[1] + total[3])


def _show(name: str, row: list[int], got: int) -> None:
    print(f"{name:18} numbered {row[1]}/{row[0]}  unnumbered {row[3]}/{row[2]}  false {row[4]}  parents {row[5]}/{got}")


if __name__ == "__main__":
    beside = Path(__file__).resolve().parents[1].parent / "shared/corpus/five-year"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else beside)
