"""Every row of the cleaning vocabulary reads its own examples."""
from __future__ import annotations

import pytest
from jihua.ingest.clean.blurb import is_blurb
from jihua.ingest.clean.fold import fold
from jihua.ingest.clean.furniture import read_line
from jihua.ingest.rows import Row, rows

WHOLE = [(t, r) for t in ("word", "line", "opener", "collection") for r in rows("furniture", t)]


def _id(value: object) -> str:
    return value.id if isinstance(value, Row) else str(value)


@pytest.mark.parametrize("row", rows("furniture", "label"), ids=_id)
def test_a_label_reads_its_examples(row: Row) -> None:
    for line in row.yes:
        assert read_line(fold(line)) is not None, line
    for line in row.no:
        reading = read_line(fold(line))
        assert reading is None or not reading.strong, line


@pytest.mark.parametrize(("table", "row"), WHOLE, ids=_id)
def test_a_line_row_reads_its_examples(table: str, row: Row) -> None:
    for line in row.yes:
        assert row.pattern.fullmatch(fold(line)), line
    for line in row.no:
        assert not row.pattern.fullmatch(fold(line)), line


@pytest.mark.parametrize("row", rows("furniture", "blurb"), ids=_id)
def test_a_blurb_row_finds_its_examples(row: Row) -> None:
    for words in row.yes:
        assert row.pattern.search(fold(words)), words
    for words in row.no:
        assert not is_blurb(fold(words)), words


@pytest.mark.parametrize("row", rows("elision", "row"), ids=_id)
def test_an_elision_row_reads_its_examples(row: Row) -> None:
    for words in row.yes:
        assert row.pattern.fullmatch(fold(words)), words
    for words in row.no:
        assert not row.pattern.search(fold(words)) if not row.more.get("line") else not row.pattern.fullmatch(fold(words))
