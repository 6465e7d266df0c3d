"""Documents as JSON: exact numbers, the same bytes every time, nothing written that the published schema refuses."""
from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

import jsonschema_rs
import orjson

from ..schema import SCHEMA_VERSION, Document, InvalidError
from ..schema.publish import published

_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
_LINE = orjson.OPT_APPEND_NEWLINE
_PLAIN = 40
"""Numbers of more digits before or after the point than this are written with an exponent."""
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_REPORT = "This is a fault of jihua, not of the file; please report it with the file"


def dumps(document: Document, *, lines: bool = False) -> bytes:
    """The document as UTF-8 JSON, indented by two, or with `lines` on one line, ending in a line feed.

    Decimals become exact JSON numbers: `16.34`, and `6590000` for whole ones. Every field is written, in the order of
    the models. Raises InvalidError, with the path in the document, where the result does not fit the schema."""
    uri = document.source.uri
    try:
        data = orjson.dumps(document.model_dump(warnings=False), default=_number, option=_LINE if lines else _OPTIONS)
    except (TypeError, ValueError, RecursionError) as error:    # a lone surrogate, a tree too deep
        raise InvalidError(f"cannot be written as JSON: {error}", source=uri, way_out=_REPORT) from error
    check(data, uri)
    return data


def loads(data: bytes, source: str = "") -> Document:
    """The document that `dumps` wrote, with every number exact; InvalidError for anything else."""
    try:
        value = json.loads(data, parse_float=Decimal)
        if _HALF.search(data):
            json.dumps(value, ensure_ascii=False, default=str).encode()    # half of a pair is no character
        return Document.model_validate(_current(value))
    except (ValueError, RecursionError) as error:     # broken JSON, wrong encoding, or not the models' shape
        place = _place(error)
        raise InvalidError("is not a converted document", source=source, place=place,
                           way_out="Convert the source again with this version of jihua") from error


def _current(value: Any) -> Any:
    """What an earlier minor version wrote, with the fields that came later: 1.0 had no source map."""
    if isinstance(value, dict) and value.get("schema_version") == "1.0":
        return {**value, "schema_version": SCHEMA_VERSION, "source_map": []}
    return value


def compact(value: Any) -> bytes:
    """Lists, dicts and plain values as JSON on one line without its end; decimals exact, what has no form as words."""
    return orjson.dumps(value, default=_number_or_words)


def check(data: bytes, source: str = "") -> None:
    """Hold JSON against the published schema; InvalidError names the first place that does not fit."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:           # a number that no float holds
        value = json.loads(data, parse_float=Decimal)
    error = next(_validator().iter_errors(value), None)
    if error is not None:
        place, message = "/".join(str(step) for step in error.instance_path), error.message[:200]
        raise InvalidError(f"does not fit the schema: {message}", source=source, place=place, way_out=_REPORT)


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(orjson.loads(published()))


def _number(value: object) -> orjson.Fragment:
    if not isinstance(value, Decimal):
        raise TypeError(f"no JSON form for {type(value).__name__}")
    return orjson.Fragment(number(value))


def _number_or_words(value: object) -> object:
    return orjson.Fragment(number(value)) if isinstance(value, Decimal) and value.is_finite() else str(value)


def number(value: Decimal) -> str:
    """A finite decimal as an exact JSON number, without zeros at its end: `5`, `0.1`, `12345678901234567890.5`."""
    if not -_PLAIN < value.adjusted() < _PLAIN or len(value.as_tuple().digits) > 2 * _PLAIN:
        return f"{value:E}" if value else "0"
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno} column {error.colno}"
    errors = getattr(error, "errors", None)
    first = errors()[0] if callable(errors) else None
    return "/".join(str(step) for step in first["loc"]) + ": " + first["msg"] if first else str(error)[:120]
