"""How well a scan of a text gives what the text gives: `python bench/scans.py [FILE] [--pages N]`.

The text (the first of the source documents that lie beside the checkout, or a fixture) is set as a PDF, its pages become
pictures with noise, aslant, JPEG, a seal; both are converted, and plans, outline, dates and targets compared (F1 of equal
items, as tests/test_wrapped.py compares them). Processor time a page on one thread."""
from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

from jihua import convert

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import wrap
import wrap_pdf
import wrap_scan
from test_wrapped import plans

SEEDS = ROOT.parent / "shared" / "seeds"


def f1(wanted: Iterable[Hashable], found: Iterable[Hashable]) -> tuple[float, int]:
    """The harmonic mean of precision and recall of equal items, and how many were wanted."""
    one, two = Counter(wanted), Counter(found)
    both = (one & two).total()
    return (2 * both / (one.total() + two.total()) if one or two else 1.0), one.total()


def items(found: list[dict[str, Any]], part: str) -> list[Hashable]:
    """A part of every plan as items that can be counted."""
    if part == "plans":
        return [wide((p["title"], p["period"], p["kind"])) for p in found]
    return [wide(item) for plan in found for item in plan[part]]


def wide(item: Any) -> Hashable:
    """The item with every mark in half width: OCR and typists differ in it."""
    import unicodedata
    if isinstance(item, (list, tuple)):
        return tuple(wide(one) for one in item)
    return unicodedata.normalize("NFKC", item) if isinstance(item, str) else item


def main() -> None:
    """Print a line for each part, and what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    first = next(iter(sorted(SEEDS.glob("*.txt"))), ROOT / "fixtures" / "school" / "source.txt")
    parser.add_argument("file", type=Path, nargs="?", default=first)
    parser.add_argument("--degrees", type=float, default=0.5)
    parser.add_argument("--turn", type=int, default=0)
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    text = convert(options.file).source_text()
    pages = wrap_scan.scanned(wrap_pdf.pages(wrap.parts(text)), degrees=options.degrees, turn=options.turn)
    start = time.process_time()
    scan = convert(wrap_scan.as_pdf(pages), uri="scan.pdf", ocr_pages=1000)
    took = time.process_time() - start
    wanted, found = plans(convert(text.encode(), uri="plan.txt")), plans(scan)
    print(f"{len(pages)} pages, {took / len(pages):.1f} s a page")
    for part in ("plans", "outline", "dates", "targets", "actuals", "tasks"):
        share, count = f1(items(wanted, part), items(found, part))
        print(f"{part:10}{share:7.3f}  of {count}")
        if options.differences:
            one, two = Counter(items(wanted, part)), Counter(items(found, part))
            for sign, rest in (("-", one - two), ("+", two - one)):
                for item in rest.elements():
                    print("   ", sign, item)


if __name__ == "__main__":
    main()
