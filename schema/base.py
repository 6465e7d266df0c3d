"""What all models share: no unknown fields, no change after construction, exact numbers, ordered spans."""
from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema


class Model(BaseModel):
    """A part of the published contract."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=False)


def _ordered(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError(f"span ends before it starts: {span}")
    return span


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError("not a finite number")
    return value


Offset = Annotated[int, Field(ge=0)]
Span = Annotated[tuple[Offset, Offset], AfterValidator(_ordered)]
"""`[start, end)` in code points of the document's `text`."""
Number = Annotated[Decimal, AfterValidator(_finite), WithJsonSchema({"type": "number"})]
"""An exact decimal; a JSON number on output, never rounded to binary."""
