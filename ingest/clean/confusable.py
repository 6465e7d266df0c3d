"""Figures that a scan or a hand has mixed with letters (2O3万元, l5%, 3○年), or that have lost one (3.8?万人): never mended, always told."""
from __future__ import annotations

import re

from ..draft import Draft
from .context import Context, source_span

_UNIT = (r"(?:%|％|‰|[年月日号號时時分秒元角户戶人名个個项項件次场場期天周米亩畝吨噸斤度岁歲辆輛套台座处處所家万萬亿億千百]"
         r"|公[里斤顷頃]|平方|立方|小时|小時|百分[点點])")
_TOKEN = re.compile(r"(?<![0-9A-Za-z丨〇○Ｏ.,])[0-9OoIl丨SB〇○Ｏ]+(?:[.,][0-9OoIl丨SB〇○Ｏ]+)*+(?![0-9A-Za-z丨〇○Ｏ])")
_MIXED = re.compile(r"[0-9][OoIl丨SB〇○Ｏ]|[OoIl丨〇○Ｏ][0-9]")
_LOST = re.compile(rf"[0-9]\?{{1,2}}(?=[0-9]|{_UNIT})")
_NAME = re.compile(r"[0-9]{1,2}[SBO]|[OIB][0-9]|[A-Z][0-9][A-Z]|O[0-9]O")    # 5S, 3B, 1O1: names more often than figures
_STRONG_UNIT = re.compile(r"%|％|‰|[万萬亿億元年亩畝吨噸户戶]|公[里斤顷頃]")
ANY_UNIT, _REST = re.compile(_UNIT), re.compile(rf"[0-9.,]*+ ?(?:{_UNIT})*+")
_TRIGGER = re.compile(r"[0-9][OoIl丨SB〇○Ｏ?]|[OoIl丨〇○Ｏ][0-9.]")


def confusables(draft: Draft, context: Context) -> None:
    """A diagnostic for each such figure before a unit; nothing is reported as its value."""
    text = draft.text
    if not _TRIGGER.search(text):
        return
    for m in _TOKEN.finditer(text):
        if _MIXED.search(m.group()) and _is_figure(m.group(), text[m.end():m.end() + 3].lstrip()):
            _tell(draft, context, m, "confusable-number", "letters stand in this figure for digits that look like them")
    if "?" in text:
        for m in _LOST.finditer(text):
            _tell(draft, context, m, "damaged-number", "a character inside this number is lost")


def _is_figure(token: str, after: str) -> bool:
    """Whether a unit follows; behind what may be a name only one that names do not have."""
    unit = _STRONG_UNIT if _NAME.fullmatch(token) else ANY_UNIT
    return unit.match(after) is not None and any("0" <= c <= "9" for c in token)


def _tell(draft: Draft, context: Context, found: re.Match[str], code: str, message: str) -> None:
    unit = _REST.match(draft.text, found.end())
    low = found.start()
    while low > 0 and draft.text[low - 1] in "0123456789.,":
        low -= 1
    end = unit.end() if unit else found.end()
    context.damaged.append(source_span(draft, low, end))
    context.note(draft, code, f"{message}: no value is reported", low, end)
