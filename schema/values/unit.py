"""Codes of units: UCUM for measures, ISO 4217 for money. A closed list, so that a typing error cannot pass.

Sources: UCUM 2.1 (ucum.org), ISO 4217. Units without a code (亩, 户, 期) have `unit_code` null; 亩 is 1/15 hm2 by
national standard, but the number stays in the words of the plan.
"""
from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

UCUM = frozenset({
    "%", "[ppth]", "m", "km", "cm", "mm", "m2", "km2", "har", "cm2", "m3", "L", "mL", "t", "kg", "g", "mg", "ug",
    "s", "min", "h", "d", "wk", "mo", "a", "W", "kW", "MW", "GW", "kW.h", "MW.h", "GW.h", "J", "kJ", "GJ", "V", "kV",
    "MVA", "kV.A", "Cel", "deg", "ug/m3", "mg/m3", "mg/L", "By", "MBy", "GBy", "TBy", "Gibit/s", "Mbit/s", "Gbit/s",
    "Hz", "MHz", "GHz", "dB", "cal", "kcal", "m3/d", "t/d", "t/a", "nmi", "Pa", "MPa", "kPa",
})
ISO_4217 = frozenset({"CNY", "USD", "EUR", "JPY", "GBP", "HKD", "MOP", "TWD", "KRW", "RUB", "DEM", "FRF", "CHF", "SGD"})


def is_unit_code(code: str) -> bool:
    """Whether `code` is one of the UCUM or ISO 4217 codes that jihua writes."""
    return code in UCUM or code in ISO_4217


def _check(code: str) -> str:
    if not is_unit_code(code):
        raise ValueError(f"not a known UCUM or ISO 4217 code: {code!r}")
    return code


UnitCode = Annotated[str, AfterValidator(_check)]
