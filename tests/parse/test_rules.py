"""Every table of rules: each row's own examples, what the loader refuses, and that no pattern runs away."""
from __future__ import annotations

import re
import time

import pytest
from jihua.parse.rules import Rule, RuleTable, load, load_all, names, read_toml
from jihua.parse.rules.openings import ANY, openings
from jihua.parse.view import matching_view
from jihua.schema import RuleError

ROWS = [(name, rule) for name in names() for rule in load(name).rows]
AT_A_PLACE = {"numbering"}       # tables that are never searched, only asked at a place where a mark may begin
WHOLE = {"roles"}                # tables whose rows must be all of a cell or label
HOSTILE = {
    "blanks": " " * 60_000, "digits": "1" * 60_000, "numerals": "一" * 60_000, "years": "2023年" * 12_000,
    "ranges": "1-" * 30_000, "every": "每" * 60_000, "quotes": "“" * 30_000, "masks": "x" * 60_000,
    "commas": "1、" * 30_000, "brackets": "《" * 30_000, "months": "月" * 60_000, "text": "推进工作" * 15_000,
}


def hits(name: str, view: str) -> list[tuple[str, int, int]]:
    """What the table finds: as one table where it is exact, else every row by itself."""
    table = load(name)
    if name in AT_A_PLACE:
        return [(hit.rule.id, hit.start, hit.end) for hit in table.matches(view, 0)]
    if name in WHOLE:
        return [(rule.id, 0, len(view)) for rule in table.rows if rule.compiled.fullmatch(view)]
    rows = table.find(view) if read_toml(name).get("exact") else table.candidates(view)
    return [(hit.rule.id, hit.start, hit.end) for hit in rows]


def marked(example: str) -> tuple[str, int, int]:
    """The example without its marks, and where its hit must stand."""
    view = matching_view(example)
    bare = view.replace("〖", "").replace("〗", "")
    start = max(view.find("〖"), 0)
    end = view.find("〗") - 1 if "〖" in view else len(bare)
    return bare, start, end


@pytest.mark.parametrize(("name", "rule"), ROWS, ids=[f"{name}/{rule.id}" for name, rule in ROWS])
def test_examples_of_every_row(name: str, rule: Rule) -> None:
    whole = read_toml(name).get("exact", False)
    for example in rule.yes:
        bare, start, end = marked(example)
        found = hits(name, bare)
        if whole or "〖" in example:
            assert (rule.id, start, end) in found, f"{example}: {found}"
        else:
            assert rule.id in [row for row, _, _ in found], f"{example}: {found}"
    for example in rule.no:
        bare, _, _ = marked(example)
        assert rule.id not in [row for row, _, _ in hits(name, bare)], example


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_pattern_runs_away(kind: str) -> None:
    for name in names():
        begin = time.perf_counter()
        for _ in load(name).find(HOSTILE[kind]):
            pass
        assert time.perf_counter() - begin < 5, name


def table(*rows: tuple[str, str], ahead: dict[str, str] | None = None) -> RuleTable:
    return RuleTable("test", [Rule(i, pattern, "", ("x",), (), {}) for i, pattern in rows], ahead or {})


def test_the_first_row_that_matches_wins() -> None:
    found = table(("long", "甲乙"), ("short", "甲"), ("late", "甲乙丙"))
    assert [(h.rule.id, h.start, h.end) for h in found.find("甲乙丙甲")] == [("long", 0, 2), ("short", 3, 4)]
    assert [h.rule.id for h in found.matches("甲乙丙", 0)] == ["long", "short", "late"]


def test_a_pattern_open_at_its_start_is_tried_everywhere() -> None:
    found = table(("any", "[^甲]乙"), ("set", "[丙丁]戊"))
    assert [(h.rule.id, h.start) for h in found.find("甲乙丙乙丁戊")] == [("any", 2), ("set", 4)]


def test_what_must_stand_ahead() -> None:
    found = table(("number", "[0-9]+年"), ahead={"0123456789": "[0-9]{4}年"})
    assert [h.match.group() for h in found.find("12年和2023年")] == ["2023年"]


def test_search_stays_within_its_bounds() -> None:
    found = table(("pair", "甲乙"))
    assert list(found.find("甲乙甲乙", 1, 3)) == []
    assert found.match("甲乙", 0, 1) is None


@pytest.mark.parametrize(("pattern", "want"), [
    ("甲乙?", {"甲", "甲乙"}), ("(?<!丙)[甲乙]丁", {"甲丁", "乙丁"}), ("甲|乙丙丁", {"甲", "乙丙"}), ("甲{2,3}", {"甲甲"}),
    ("(?:甲*+)乙", {"甲甲", "甲乙", "乙"}), (".乙", {ANY + "乙"}), ("甲?", {"", "甲"}), ("(?>甲)[^乙]", {"甲" + ANY}),
])
def test_openings_of_a_pattern(pattern: str, want: set[str]) -> None:
    assert openings(pattern) == want


@pytest.mark.parametrize("name", names())
def test_a_row_opens_with_what_it_matches(name: str) -> None:
    for rule in load(name).rows:
        for example in rule.yes:
            match = re.compile(rule.pattern).search(marked(example)[0])
            head = match.group()[:2] if match else ""
            fits = {head, head[:1] + ANY, head[:1], ANY + head[1:], ANY * len(head), ANY}
            assert fits & rule.openings, f"{rule.id}: {example}"


@pytest.mark.parametrize(("content", "message"), [
    ('[[rule]]\nid = "a"\npattern = "甲"\n', "without `yes`"),
    ('[[rule]]\nid = "a"\nyes = ["甲"]\n', "without `pattern`"),
    ('[[rule]]\nid = "a"\npattern = "("\nyes = ["甲"]\n', "bad pattern"),
    ('[[rule]]\nid = "a"\npattern = "{b}"\nyes = ["甲"]\n', "unknown part"),
    ('[[rule]]\nid = "a"\npattern = "甲"\nyes = ["甲"]\n' * 2, "doubled id"),
    ("[[rule]\n", "line 1"),
])
def test_a_bad_table_names_its_file(content: str, message: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import jihua.parse.rules as rules
    (tmp_path / "broken.toml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(rules, "files", lambda package: tmp_path)
    for cached in (rules.load, rules.read_toml, rules._content):
        cached.cache_clear()
    with pytest.raises(RuleError, match=message) as caught:
        rules.load("broken")
    assert "broken.toml" in str(caught.value)
    monkeypatch.undo()
    for cached in (rules.load, rules.read_toml, rules._content):
        cached.cache_clear()


def test_tables_joined_keep_their_order() -> None:
    joined = load_all("dates_sets", "dates_durations")
    assert joined.rows[0].id == load("dates_sets").rows[0].id
    assert len(joined.rows) == len(load("dates_sets").rows) + len(load("dates_durations").rows)
