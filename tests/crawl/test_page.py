"""The page of the docs names every reason and every option that there is."""
from __future__ import annotations

import re
from pathlib import Path

from jihua.crawl.options import FAILURES, LIFTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "crawl.md").read_text(encoding="utf-8")


def test_every_reason_stands_in_the_table() -> None:
    rows = PAGE[PAGE.index("## Reasons"):PAGE.index("## Exit codes")]
    assert set(re.findall(r"`([a-z][a-z-]+)`", rows)) == {*LIFTS, *FAILURES}
    assert {option for option in (*LIFTS.values(), *FAILURES.values()) if option} <= set(re.findall(r"`(--[a-z-]+)`", rows))


def test_every_option_of_the_page_exists() -> None:
    source = (Path(__file__).resolve().parents[2] / "commands" / "crawl.py").read_text(encoding="utf-8")
    assert set(re.findall(r"`(--[a-z-]+)", PAGE)) <= set(re.findall(r'"(--[a-z-]+)"', source))
