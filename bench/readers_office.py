"""How fast the Word and PDF readers are by themselves: `python bench/readers_office.py`.

The files are made here: a Word file of 150 numbered paragraphs (12,000 characters), a PDF of 20 pages whose font is in
the file (600 characters a page), one of 20 pages whose font is not, which is read a second time by pdfplumber, and one
of 20 pages with a ruled table each. Medians of five passes of processor time on one core."""
from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from jihua.ingest.office.docx import read_docx
from jihua.ingest.printed.pdf import read_pdf
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from make_docx import docx, item, level, lists
from make_pdf import LEFT, Sheet, typeset

PASSES, PAGES = 5, 20
SENTENCE = "各村要按月报送工程进度，及时更新台账，年底前完成验收。"


def seconds(work: Callable[[], object]) -> float:
    """The median of processor time over some passes, after one that warms caches."""
    work()
    times = []
    for _ in range(PASSES):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return median(times)


def embedded() -> bytes:
    """Pages in a font that is in the file."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    sheet = Sheet()
    for _ in range(PAGES):
        for i in range(22):
            sheet.text(LEFT, 120 + 28 * i, "plans, goals and dates 2024", 16, "Vera")
        sheet.page()
    return sheet.bytes()


def ruled() -> bytes:
    """Pages with a table of twenty rows, in a font that every reader knows."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    sheet = Sheet()
    for _ in range(PAGES):
        ys = [120 + 28 * i for i in range(21)]
        sheet.grid([79, 139, 339, 479], ys, [])
        for y in ys[:-1]:
            for x, words in ((84, "1"), (144, "clear ditches"), (344, "water station")):
                sheet.text(x, y + 16, words, 12, "Vera")
        sheet.page()
    return sheet.bytes()


def main() -> None:
    """Measure and print a line each."""
    word = docx("".join(item(SENTENCE * 3) for _ in range(150)),
                parts={"numbering": lists(level(0, "chineseCountingThousand", "%1、"))})
    print(f"{'Word, 12,000 characters':40}{1 / seconds(lambda: read_docx(word, '')):8.0f} files/s")
    set_here = typeset([SENTENCE * 5] * 60)
    for what, data in (("PDF, font in the file", embedded()), ("PDF, font not in the file", set_here), ("PDF, ruled tables", ruled())):
        pages = sum(b.kind == "page_number" for b in read_pdf(data, "").blocks) or PAGES
        print(f"{what:40}{pages / seconds(lambda data=data: read_pdf(data, '')):8.0f} pages/s")  # type: ignore[misc]


if __name__ == "__main__":
    main()
