"""Dates of page furniture as ISO 8601."""
from __future__ import annotations

import pytest
from jihua.ingest.timestamp import iso_stamp


@pytest.mark.parametrize(("words", "expected"), [
    ("时间:2021-04-18 10:26:40 社区计划", "2021-04-18T10:26:40"), ("2007/5/9 16:08:31", "2007-05-09T16:08:31"),
    ("2019年1月3日", "2019-01-03"),
    ("2019年1月3日 08:30", "2019-01-03T08:30"), ("2016年10月14日07:17", "2016-10-14T07:17"), ("2016年10月14日下午3:05", "2016-10-14T15:05"),

    ("2017-03-10T08:42:00+08:00", "2017-03-10T08:42:00"), ("20190103", "2019-01-03"), ("2019年1月", "2019-01"), ("2019.1.3 来源", "2019-01-03"),
    ("2021-02-30", None),
    ("2021-13-01", None), ("20xx年2月15日", None), ("某年某月", None), ("编号120190103456", None),
    ("2019-01-03 25:61", "2019-01-03"),
    ("", None),
])
def test_stamps(words: str, expected: str | None) -> None:
    assert iso_stamp(words) == expected


def test_a_long_line_of_digits_is_fast() -> None:
    assert iso_stamp("2019-" * 100_000 + " " * 100_000) is None
