"""What a time expression says before it is placed: its type, its reading by the words alone, and what resolves it."""
from __future__ import annotations

from dataclasses import dataclass

from ...schema import DateType, Mod, Role


@dataclass(frozen=True, slots=True)
class Time:
    """The reading of the words alone. `edtf` is None where EDTF cannot say it (目前) or the day does not exist."""

    type: DateType
    edtf: str | None = None
    value: str | None = None         # ISO 8601 duration
    mod: Mod | None = None
    rrule: str | None = None         # RFC 5545
    festival: str | None = None      # its standard simplified name
    offset: int | None = None        # years from the year spoken in: 今年 0, 去年 -1
    end_offset: int | None = None    # the same of an interval's end, where it has its own: 去年9月至今年6月
    from_context: bool = False       # `offset` counts from the year last named (上年, 当年), not from today's
    near: str | None = None          # year and month of the day named before in the row: 9月5日、6日
    lunar: str | None = None         # month and day of the lunar calendar, `08-15`
    role: Role | None = None         # where the words themselves say it: 前 a deadline, 起 a start
    impossible: bool = False         # a day that is not in the calendar
