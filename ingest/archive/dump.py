"""Dumps of crawlers: every row of a JSON, JSON Lines or CSV file that holds texts is a document. What holds none is data, and
left out; a CSV without texts is a table, and a document itself."""
from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import IO, Any, cast

from ...schema import DamagedError, JihuaError, Origin, TooLargeError
from ..formats import suffix
from ..rows import content
from ..text.charset import decode, unmarked_utf16
from .dump_rows import Row, is_ours, origin_of, piece_of, text_column
from .entry import Broken, Entry, unread
from .limits import Budget

_KINDS = {"json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "jl": "jsonl", "csv": "csv", "tsv": "csv"}
_MAYBE_LINES = ("txt", "log", "dat", "")            # endings under which JSON Lines are found as well
_SAMPLE, _ROWS = 1_000_000, 100
"""Characters and rows by which a dump's charset and columns are told."""
_WAY = "Allow more with --max-bytes (max_bytes= in Python), or split the file"
_NO_TEXT, _OWN = "holds no column of texts", "was converted by this program"


def dump_kind(head: bytes, name: str) -> str:
    """`json`, `jsonl` or `csv` for a file of data by its name and beginning, `""` for any other."""
    ending = suffix(name)
    kind = _KINDS.get(ending, "")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if kind == "csv":
        return "csv" if _is_words(head) and not start.startswith((b"<", b"{\\rtf")) else ""
    if kind or ending in _MAYBE_LINES:
        lines = start.split(b"\n", 2)
        several = len(lines) > 1 and _is_object(lines[0]) and (len(lines) == 2 or _is_object(lines[1]) or not lines[1].strip())
        if several and (kind or lines[1].strip()):
            return "jsonl"
        return kind if start[:1] in (b"{", b"[") else ""
    return ""


def _is_words(head: bytes) -> bool:
    return bool(unmarked_utf16(head)) or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" not in head


def _is_object(line: bytes) -> bool:
    line = line.strip()
    return line.startswith(b"{") and line.endswith(b"}")


def entries_json(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The rows of a JSON file: a list of objects, one in an object, or the object itself. Raises TooLargeError beyond
    `max_bytes`, for it is read whole, and DamagedError."""
    data = file.read(budget.limits.max_bytes + 1)
    if len(data) > budget.limits.max_bytes:
        raise TooLargeError(f"larger than {budget.limits.max_bytes:,} bytes", way_out=_WAY)
    try:
        whole = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise DamagedError("the JSON is cut off or broken", way_out="Fetch or save it again: the file is not whole") from error
    yield from _entries([whole] if is_ours(whole) else _rows_in(whole, 0))


def _rows_in(whole: Any, depth: int) -> list[Any]:
    """The list of objects that a file holds, as far as three objects deep, else the object itself."""
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict):
        return []
    if depth < 3 and (depth or not piece_of({k: v for k, v in whole.items() if not isinstance(v, dict)})):
        for name in (*content("dump")["rows"], *whole):
            below = whole.get(name)
            if isinstance(below, list) and any(isinstance(one, dict) and piece_of(one) for one in below[:_ROWS]):
                return below
            if isinstance(below, dict) and (found := _rows_in(below, depth + 1)) != [below]:
                return found
    return [whole]


def entries_jsonl(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The rows of a file with an object a line, however long it is; a line that is none is an error of its own."""
    yield from _entries(_lines(file, budget.limits.max_bytes))


def _lines(file: IO[bytes], most: int) -> Iterator[Any]:
    buffered = file if hasattr(file, "readline") else cast(IO[bytes], io.BufferedReader(cast(io.RawIOBase, file)))
    label = None
    while line := buffered.readline(most):
        if len(line) == most and not line.endswith(b"\n"):
            while (rest := buffered.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield TooLargeError(f"larger than {most:,} bytes", way_out=_WAY)
        elif line.strip() not in (b"", b"\xef\xbb\xbf"):
            decoded = decode(line, label)
            label = label or (None if line.isascii() else decoded.charset)
            try:
                yield json.loads(decoded.text)
            except (ValueError, RecursionError):
                yield DamagedError("the line is no JSON", way_out="Fetch or save it again: the file is not whole")


def _entries(rows: Any) -> Iterator[Entry]:
    """Each row that holds a text; the file is left out where none of the first ones does."""
    rows = iter(rows)
    first = list(islice(rows, _ROWS))
    if any(is_ours(row) for row in first):
        yield Entry(None, unread, reason=_OWN)
    elif not any(isinstance(row, dict) and piece_of(row) for row in first):
        yield Entry(None, unread, reason=_NO_TEXT)
    else:
        for number, row in enumerate(chain(first, rows), 1):
            yield _entry(number, row)


def _entry(number: int, row: Any) -> Entry:
    if isinstance(row, JihuaError):
        return Entry(str(number), unread, row)
    piece = piece_of(row) if isinstance(row, dict) else None
    if piece is None:
        return Entry(str(number), unread, reason="the row holds no text")
    return _text_entry(number, piece.text, piece.origin)


def _text_entry(number: int, text: str, origin: Origin) -> Entry:
    data = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    return Entry(str(number), lambda: io.BytesIO(data), origin=origin)


def entries_csv(file: IO[bytes], name: str, budget: Budget) -> Iterator[Entry]:
    """The rows of a CSV or TSV file with a column of texts, however long it is; without one the file itself, a table."""
    sample = decode(_sample(file))
    file.seek(0)
    records = _records(io.TextIOWrapper(io.BufferedReader(_Kept(file)), _codec(sample.charset), "replace",
                                        newline=""), separator(sample.text), budget.limits.max_bytes)
    names = next(records, [])
    first = list(islice(records, _ROWS))
    column = text_column(names, first)
    if is_ours(dict.fromkeys(names)):
        yield Entry(None, unread, reason=_OWN)
        return
    if column < 0:
        yield Entry(None, lambda: _again(file))
        return
    for number, record in enumerate(chain(first, records), 1):
        row: Row = dict(zip(names, record, strict=False))
        text = record[column] if column < len(record) else ""
        yield _text_entry(number, text, origin_of(row)) if text.strip() else Entry(str(number), unread, reason="the row holds no text")


def _records(words: Any, mark: str, most: int) -> Iterator[list[str]]:
    """The rows that hold something; TooLargeError at one of more than `most` characters, which is not read to its end."""
    csv.field_size_limit(most)
    taken = 0       # characters of the row that is being read

    def lines() -> Iterator[str]:
        nonlocal taken
        while line := words.readline(most + 1 - taken):
            taken += len(line)
            if taken > most:
                raise TooLargeError(f"larger than {most:,} bytes", way_out=_WAY)
            yield line

    try:
        for record in csv.reader(lines(), delimiter=mark):
            taken = 0
            if any(cell.strip() for cell in record):
                yield [cell.removeprefix("\ufeff") for cell in record]
    except csv.Error as error:
        raise Broken(str(error)) from error


def separator(text: str) -> str:
    """What parts the columns: of tab, comma, semicolon and bar the one that the first line has most of."""
    line = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max("\t,;|，", key=lambda mark: (line.count(mark), mark == ","))


def _codec(charset: str) -> str:
    return {"utf-8": "utf-8-sig", "utf-16-le": "utf-16-le"}.get(charset, charset)


def _sample(file: IO[bytes]) -> bytes:
    """The beginning, as far as it takes to meet something other than ASCII, cut at a line's end."""
    file.seek(0)
    data = file.read(_SAMPLE)
    while data.isascii() and (more := file.read(_SAMPLE)):
        data = more
    return data[:data.rfind(b"\n") + 1] or data


def _again(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return cast(IO[bytes], _Kept(file))


class _Kept(io.RawIOBase):
    """A file that others close without closing it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:      # type: ignore[override]
        """Fill the buffer."""
        data = self._file.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)
