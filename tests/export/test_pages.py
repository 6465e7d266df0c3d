"""The pages on stores say what is so."""
from __future__ import annotations

import answers
from jihua.batch.stores import STORES


def test_the_answers_are_those_of_the_fixtures() -> None:
    assert len(answers.ASKED.findall(answers.QUESTIONS.read_text(encoding="utf-8"))) >= 12
    assert answers.QUESTIONS.read_text(encoding="utf-8") == answers.questions(), "run `make docs`"


def test_the_columns_are_those_of_the_tables() -> None:
    page = answers.STORES.read_text(encoding="utf-8")
    assert page == answers.stores(), "run `make docs`"
    assert all(f"| `{to}` |" in page for to in STORES)
