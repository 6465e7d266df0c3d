"""Rows as crawlers write them: which column is the text, and what the others say of it."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from ...schema import Origin
from ..rows import content
from ..timestamp import iso_stamp

Row = Mapping[str, Any]
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEAST = 40             # Chinese characters of a field that is taken for the text by what it holds
_NAMED, _LONG = 50, 200
"""Characters on the average of a table's column of texts, where its name says that it is one, and where it does not: cells of
tables of tasks have up to a hundred."""
_CHINA = timezone(timedelta(hours=8))
"""Zone of dates that are numbers of seconds: one time is kept in all of China."""
_OURS = ({"schema_version", "source", "text", "edits", "plans"}, {"document_id", "plan_id"}, {"document_id", "schema_version"},
         {"concept", "op", "quote", "document", "sha256"})
"""Fields of what this program writes: documents, rows of their tables, rows of panels."""
_TOKEN = re.compile(r"[a-z0-9+.-]{1,10}://\S+", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of a row, and what the row says of it."""

    text: str
    origin: Origin


def piece_of(row: Row) -> Piece | None:
    """The text of a row: the first column of that name, else the one that holds most Chinese, in an object within it if it
    has none itself; None where there is no text."""
    plain = {_key(name): value for name, value in row.items() if isinstance(name, str)}
    text = _by_name(plain) or _by_content(plain)
    if text:
        return Piece(text, _origin(plain))
    for name in (*content("dump")["inner"], *plain):
        below = plain.get(_key(name))
        if isinstance(below, dict) and (found := _flat_piece(below, plain)):
            return found
    return None


def _flat_piece(below: Row, above: Row) -> Piece | None:
    plain = {_key(name): value for name, value in below.items() if isinstance(name, str)}
    text = _by_name(plain) or _by_content(plain)
    return Piece(text, _origin({**above, **plain})) if text else None


def is_ours(row: Any) -> bool:
    """Whether a row is a converted document, or a row of a table of them."""
    return isinstance(row, dict) and any(marks <= row.keys() for marks in _OURS)


def text_column(names: list[str], rows: Iterable[list[str]]) -> int:
    """Which column of a table is a text, by its name and by how long it is; -1 for a table without one."""
    lengths = [0] * len(names)
    chinese = [0] * len(names)
    count = 0
    for row in rows:
        count += 1
        for k, cell in enumerate(row[:len(names)]):
            lengths[k] += len(cell)
            chinese[k] += len(_CHINESE.findall(cell))
    if not count:
        return -1
    keys = [_key(name) for name in names]
    named = (keys.index(name) for name in _column("text") if name in keys)
    by_name = next((k for k in named if lengths[k] >= _NAMED * count), -1)
    best = max(range(len(names)), key=lambda k: chinese[k], default=-1)
    return by_name if by_name >= 0 else best if best >= 0 and chinese[best] >= _LONG * count else -1


def knows(name: str) -> bool:
    """Whether a column's name is one of the table."""
    return any(_key(name) in _column(kind) for kind in ("text", "title", "published", "url", "site", "fetched_at"))


def origin_of(row: Row) -> Origin:
    """What a row says of its text."""
    return _origin({_key(name): value for name, value in row.items()})


@cache
def _column(kind: str) -> tuple[str, ...]:
    return tuple(_key(name) for name in content("dump")[kind])


def _key(name: str) -> str:
    return name.strip().strip("_-").lower().replace("-", "_")


def _by_name(row: Row) -> str:
    return next((text for name in _column("text") if (text := _words(row.get(name))).strip()), "")


def _by_content(row: Row) -> str:
    texts = {name: _words(value) for name, value in row.items() if isinstance(value, str | list)}
    best = max(texts.values(), key=lambda text: len(_CHINESE.findall(text)), default="")
    return best if len(_CHINESE.findall(best)) >= _LEAST else ""


def _words(value: Any) -> str:
    """A text, or a list of its paragraphs."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return ""


def _origin(row: Row) -> Origin:
    told = {kind: _first(row, kind) for kind in ("title", "url", "site", "published", "fetched_at")}
    url = told["url"] if isinstance(told["url"], str) and _TOKEN.fullmatch(told["url"]) else None
    site = _short(told["site"], 60)
    if site and _TOKEN.fullmatch(site):
        url, site = url or site, None
    return Origin(url=url, title=_short(told["title"], 300), site=site, published=_stamp(told["published"]),
                  fetched_at=_stamp(told["fetched_at"]))


def _first(row: Row, kind: str) -> Any:
    return next((row[name] for name in _column(kind) if row.get(name) not in (None, "")), None)


def _short(value: Any, most: int) -> str | None:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words if 0 < len(words) <= most else None


def _stamp(value: Any) -> str | None:
    """A date in words, or in seconds or milliseconds since 1970."""
    if isinstance(value, dict) and len(value) == 1:         # {"$date": …} of MongoDB
        value = next(iter(value.values()))
    words = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if re.fullmatch(r"1?\d{9}(?:\d{3})?(?:\.\d{1,9})?", words):
        seconds = float(words) / (1000 if float(words) > 1e11 else 1)
        return datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA).replace(tzinfo=None).isoformat(timespec="seconds")
    return iso_stamp(words[:200])
