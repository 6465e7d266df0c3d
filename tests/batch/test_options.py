"""How long a document may take."""
from __future__ import annotations

from jihua.batch.options import Options


def test_a_scan_has_time_for_each_page_that_may_be_read() -> None:
    size = 50 * 15_000          # fifty pages, black and white, at up to five seconds each
    assert Options().deadline(size) - Options(reading={"ocr_pages": 0}).deadline(size) >= 50 * 5
    assert Options(reading={"ocr_pages": 1000}).deadline(20 * size) >= 1000 * 5
    assert Options(timeout=7, reading={"ocr_pages": 1000}).deadline(1000) < 8      # no room for a page
