"""How well the HTML reader tells a page's own text from its furniture: 5-gram F1 against the main text that the pages'
collectors marked, and the time that a page takes, beside that of the bare parsers in the same run.

    python bench/main_text.py [folder]

`folder` holds `govcn/NNN.html` with `govcn/gold-NNN.content.html`, and `readability-zh/**/source.html` with
`expected.html`; by default the folder of source documents beside the checkout.
"""
from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from pathlib import Path

from bs4 import BeautifulSoup
from jihua.ingest.html.read import read_html
from jihua.ingest.html.tree import tree
from jihua.ingest.html.words import folded
from jihua.ingest.readers import read
from jihua.ingest.text.charset import declared_charset, decode
from lxml import etree

BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "html"
FURNITURE = {"furniture", "links", "header", "footer", "page_number"}


def pairs(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name, page and marked main text of every page of the folder."""
    for gold in sorted((folder / "govcn").glob("gold-*.content.html")):
        number = gold.name.split("-")[1].split(".")[0]
        yield f"govcn {number}", gold.with_name(f"{number}.html"), gold
    for gold in sorted((folder / "readability-zh").rglob("expected.html")):
        yield gold.parent.name, gold.with_name("source.html"), gold


def grams(text: str) -> Counter[str]:
    """All sequences of five characters, blanks apart."""
    bare = "".join(text.split())
    return Counter(bare[i:i + 5] for i in range(len(bare) - 4))


def plain(markup: str) -> str:
    """The marked text without tags, scripts and comments."""
    shown = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", markup, flags=re.S | re.I)
    return unescape(re.sub(r"<[^>]*>", " ", shown))


def kept(data: bytes, name: str) -> str:
    """What the reader takes for the page's own text."""
    source = read(data, name)
    return "\n".join(source.text[b.start:b.end] for b in source.blocks if b.kind not in FURNITURE)


def f1(found: Counter[str], gold: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    hits = sum((found & gold).values())
    precision, recall = hits / max(1, sum(found.values())), hits / max(1, sum(gold.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def cost(work: Callable[[bytes], object], pages: Sequence[bytes]) -> float:
    """Milliseconds of processor time that a page takes, the best of five rounds."""
    rounds = []
    for _ in range(5):
        begun = time.process_time()
        for data in pages:
            work(data)
        rounds.append((time.process_time() - begun) * 1000 / len(pages))
    return min(rounds)


def fresh(data: bytes) -> object:
    """A page read as the first with its lines: those of the pages of a round are remembered from the one before."""
    folded.cache_clear()
    return read_html(data)


def soup(data: bytes) -> object:
    """BeautifulSoup's tree of a page, its charset known."""
    return BeautifulSoup(decode(data, declared_charset(data)).text, "lxml")


def bare(data: bytes) -> object:
    """libxml2's tree of a page, nothing looked at."""
    text = decode(data, declared_charset(data)).text
    return etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


def main() -> None:
    """One line a page, worst last, then the mean, then the times."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE
    rows, pages = [], []
    for name, page, gold in pairs(folder):
        data = page.read_bytes()
        pages.append(data)
        text = kept(data, page.name)
        rows.append((*f1(grams(text), grams(plain(gold.read_text(encoding="utf-8")))), name))
    for precision, recall, both, name in sorted(rows, key=lambda row: -row[2]):
        print(f"{name:12} precision {precision:.3f} recall {recall:.3f} F1 {both:.3f}")
    if rows:
        lost = sum(1 for row in rows if row[1] < .5)
        print(f"{len(rows)} pages, mean F1 {sum(row[2] for row in rows) / len(rows):.3f}, {lost} lost")
        for called, work in (("the reader", read_html), ("the reader, lines not met before", fresh),
                             ("its tree alone", lambda d: tree(decode(d, declared_charset(d)).text)),
                             ("BeautifulSoup on lxml, the tree alone", soup), ("libxml2, the tree alone", bare)):
            spent = cost(work, pages)
            print(f"{called:38} {spent:6.2f} ms a page {1000 / spent:6.0f} pages/s")


if __name__ == "__main__":
    main()
