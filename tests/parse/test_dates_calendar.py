"""The lunar calendar, solar terms and festivals against an independent implementation, 1900 to 2100."""
from __future__ import annotations

from datetime import date

import pytest
from borax.calendars.lunardate import LunarDate, TermUtils
from jihua.parse.data import generate
from jihua.parse.dates.calendar import TERMS, floating_day, lunar_day, term_day
from jihua.parse.dates.festivals import civil_day, day_of


@pytest.mark.parametrize("year", range(1900, 2101, 7))
def test_lunar_days(year: int) -> None:
    for month in range(1, 13):
        for day in (1, 15, 29):
            assert lunar_day(year, month, day) == LunarDate(year, month, day).to_solar_date()


@pytest.mark.parametrize("year", range(1900, 2101, 10))
def test_solar_terms(year: int) -> None:
    for k, name in enumerate(TERMS):
        assert term_day(year, name) == TermUtils.nth_term_day(year, k)


def test_data_files_are_what_the_generator_writes() -> None:
    assert (generate.HERE / "lunar.txt").read_text(encoding="utf-8").splitlines() == generate.lunar_years()
    assert (generate.HERE / "terms.txt").read_text(encoding="utf-8").splitlines() == generate.term_days()


@pytest.mark.parametrize(("name", "year", "want"), [
    ("重阳节", 2022, date(2022, 10, 4)), ("春节", 2024, date(2024, 2, 10)), ("除夕", 2023, date(2023, 1, 21)),
    ("中秋节", 2025, date(2025, 10, 6)), ("母亲节", 2023, date(2023, 5, 14)), ("感恩节", 2023, date(2023, 11, 23)),
    ("清明节", 2022, date(2022, 4, 5)), ("国庆节", 1999, date(1999, 10, 1)), ("立秋", 2023, date(2023, 8, 8)),
    ("腊八节", 2021, date(2021, 1, 20)), ("暑假", 2022, None), ("春节", 1850, None),
])
def test_festival_in_a_year(name: str, year: int, want: date | None) -> None:
    assert day_of(name, year) == want


def test_what_the_calendar_does_not_have() -> None:
    assert lunar_day(2023, 1, 30) is None
    assert lunar_day(2200, 1, 1) is None
    assert term_day(1800, "清明") is None
    assert civil_day("12-08", 2023) is None      # it falls in December 2022 and in January 2024
    assert floating_day(2024, "05--1MO") == date(2024, 5, 27)
