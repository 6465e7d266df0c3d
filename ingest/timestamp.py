"""The first date of a piece of page furniture as ISO 8601, as pages and front matter write it."""
from __future__ import annotations

import re
from datetime import date, time

_DATE = (r"(?<!\d)(?P<year>(?:19|20)\d{2})\s{0,2}(?:[-/.]|年)\s{0,2}(?P<month>\d{1,2})"
         r"(?:\s{0,2}(?:[-/.]|月)\s{0,2}(?P<day>\d{1,2})(?!\d)\s{0,2}日?|月)")
_TIME = (r"(?:T|\s{0,4}|\s{0,4}(?P<half>上午|下午)\s{0,2})(?<=\D)(?P<hour>\d{1,2})\s?[:时：]\s?(?P<minute>\d{2})"
         r"(?:[:分：]\s?(?P<second>\d{2}))?(?!\d)")
_STAMP = re.compile(rf"{_DATE}(?:{_TIME})?|(?<!\d)(?P<y>(?:19|20)\d{{2}})(?P<m>\d{{2}})(?P<d>\d{{2}})(?!\d)")


def iso_stamp(words: str) -> str | None:
    """`2021-04-18T10:26:40`, `2021-04-18T10:26`, `2021-04-18` or `2021-04`, as precise as the words; None where they
    hold no date of the calendar. No time zone is invented, and one that is written is left out: the contract wants
    local time."""
    found = _STAMP.search(words)
    if not found:
        return None
    part = found.groupdict()
    if part["y"]:
        return _iso_date(part["y"], part["m"], part["d"])
    day = _iso_date(part["year"], part["month"], part["day"])
    if day is None or not part["hour"] or not part["day"]:
        return day
    hour = int(part["hour"]) + (12 if part["half"] == "下午" and int(part["hour"]) < 12 else 0)
    try:
        moment = time(hour, int(part["minute"]), int(part["second"] or 0))
    except ValueError:
        return day
    return f"{day}T{moment.isoformat('seconds' if part['second'] else 'minutes')}"


def _iso_date(year: str, month: str, day: str | None) -> str | None:
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else f"{whole:%Y-%m}"
