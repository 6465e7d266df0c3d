"""Columns of flat tables, taken from the models: what each is called, of which type, what it says, where it is taken from.

Names are those of the fields, nested ones joined with `_`, spans as `_start` and `_end`. A number is there twice: as a
double for arithmetic, and as `_exact`, the decimal in words, of which nothing is lost."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..schema import InvalidError, Model
from ..schema.publish import descriptions
from .json import number

Kind = Literal["text", "int", "bool", "number", "texts", "json"]
"""Of a column: `number` is an exact decimal, `texts` a list of words, `json` a list of anything else."""
Take = Callable[[Any], Any]
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its kind, what it says."""

    name: str
    kind: Kind
    says: str


def fields(model: type[Model], leave: tuple[str, ...] = (), prefix: str = "") -> Iterator[tuple[Column, Take]]:
    """The columns of a model's fields with the way to take each from an instance; None where what holds it is null."""
    for name, field in model.model_fields.items():
        if prefix + name in leave:
            continue
        kind, says = _bare(field.annotation), descriptions()[model.__name__][name]
        if isinstance(kind, type) and issubclass(kind, Model):
            for column, take in fields(kind, leave, f"{prefix}{name}_"):
                yield column, _inside(name, take)
        else:
            yield from _taken(prefix + name, name, kind, says)


def _taken(name: str, field: str, kind: Any, says: str) -> Iterator[tuple[Column, Take]]:
    if get_origin(kind) is tuple:
        yield Column(f"{name}_start", "int", f"{says} Its first character, as an offset in `text`."), _end_of(field, 0)
        yield Column(f"{name}_end", "int", "The offset behind its last character."), _end_of(field, 1)
    elif kind is Decimal:
        yield Column(name, "number", says), attrgetter(field)
        yield Column(f"{name}_exact", "text", f"`{name}` as an exact decimal."), lambda row: _exact(getattr(row, field))
    elif get_origin(kind) is list:
        words = _bare(get_args(kind)[0]) is str
        take = attrgetter(field) if words else lambda row: _plain_data(getattr(row, field))
        yield Column(name, "texts" if words else "json", says), take
    elif kind is int:
        yield Column(name, "int", says), lambda row: _within(getattr(row, field))
    else:
        yield Column(name, "bool" if kind is bool else "text", says), attrgetter(field)


def _within(value: int | None) -> int | None:
    """A whole number that every store can hold; refused beyond 64 bits, which only a forged document has."""
    if value is not None and not -_MOST <= value <= _MOST:
        raise InvalidError("is not a converted document", place=f"the number {str(value)[:40]}",
                           way_out="Convert the source again with this version of jihua")
    return value


def _bare(annotation: Any) -> Any:
    """The type without `| None` and without what pydantic is told beside it."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        (one,) = (part for part in get_args(annotation) if part is not type(None))
        return _bare(one)
    return annotation


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else number(value)


def _inside(name: str, take: Take) -> Take:
    def taken(row: Any) -> object:
        holder = getattr(row, name)
        return None if holder is None else take(holder)
    return taken


def _end_of(name: str, which: int) -> Take:
    def taken(row: Any) -> object:
        span = getattr(row, name)
        return None if span is None else _within(span[which])
    return taken


def _plain_data(value: Any) -> Any:
    """Models within lists as what JSON has for them; spans as they are."""
    if isinstance(value, list):
        return [_plain_data(item) for item in value]
    return value.model_dump() if isinstance(value, Model) else value
