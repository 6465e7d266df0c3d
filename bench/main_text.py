"""How well the HTML reader tells a page's own text from its furniture: 5-gram F1 against the main text that the pages'
collectors marked, and pages a second.

    python bench/main_text.py [folder]

`folder` holds `govcn/NNN.html` with `govcn/gold-NNN.content.html`, and `readability-zh/**/source.html` with
`expected.html`; by default the folder of source documents beside the checkout.
"""
from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from jihua.ingest.readers import read

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


def main() -> None:
    """One line a page, worst last, then the mean."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BESIDE
    rows, spent = [], 0.0
    for name, page, gold in pairs(folder):
        data = page.read_bytes()
        begun = time.perf_counter()
        text = kept(data, page.name)
        spent += time.perf_counter() - begun
        rows.append((*f1(grams(text), grams(plain(gold.read_text(encoding="utf-8")))), name))
    for precision, recall, both, name in sorted(rows, key=lambda row: -row[2]):
        print(f"{name:12} precision {precision:.3f} recall {recall:.3f} F1 {both:.3f}")
    if rows:
        lost = sum(1 for row in rows if row[1] < .5)
        print(f"{len(rows)} pages, mean F1 {sum(row[2] for row in rows) / len(rows):.3f}, {lost} lost, "
              f"{len(rows) / spent:.0f} pages/s")


if __name__ == "__main__":
    main()
