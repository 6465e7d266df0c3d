"""How well converted documents agree with annotation: counts of right, wrong and missed, a measure at a time.

An annotation (YAML) names a source and says what is to be found in it. Passages are quoted with their surroundings, the
core between 〖 〗; white space and the width of punctuation do not count. `optional: true` items are right if found and
not wrong if missed; `KEY_alt` holds a second right answer; with a `passage`, only what lies in it is counted.

plans: title, organisation, period, issue date and page fields. outline: numbered nodes by number and beginning;
tree: their parents too. dates and quantities: found in place with all fields that the annotation states; the loose
forms ask for the place, and for value and unit. indicator: does it hold the words it must. tasks: sentences that are
tasks against those that are not. fields: actors, partners, due dates. clean: furniture out of the plans, body in.
complete: the page's own account of what is missing.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from agreement import Agrees, date_agrees, match, outline_agrees, quantity_agrees, value_agrees
from tally import Hit, Span, Tallies, Tally, Text, Truth, shared, squeeze

NAMES = ("plans", "outline", "tree", "dates", "dates_loose", "quantities", "quantities_loose", "indicator", "tasks",
         "fields", "clean", "complete")
_DATED_BRACKET = re.compile(r"\([^()]*\d{4}[^()]*\)$")
_SENTENCE_END = re.compile(r"[。;；!！?？\n]")


def measure(truth: Truth, document: dict[str, Any]) -> Tallies:
    """The tally of every measure for one document; an empty `document` (no text, no plans) misses everything."""
    tallies = {name: Tally() for name in NAMES}
    _Document(truth, document, tallies).run()
    return tallies


class _Document:
    """One annotated document against what was made of it."""

    def __init__(self, truth: Truth, document: dict[str, Any], tallies: Tallies) -> None:
        self.truth, self.document, self.tallies = truth, document, tallies
        self.body: str = document["text"]
        self.text = Text(self.body)
        self.low, self.high = self._passage()

    def _passage(self) -> Span:
        passage = self.truth.get("passage")
        if not passage:
            return 0, len(self.body)
        first, last = self.text.find(passage["starts"]), self.text.find(passage["ends"])
        if first is None or last is None:
            self.tallies["clean"].hit(False, f"the passage {passage}")
            return 0, 0
        last = self.text.find(passage["ends"], first[0]) or last
        return first[0], last[1]

    def run(self) -> None:
        several = "plans" in self.truth
        wanted = self.truth.get("plans") or [self.truth]
        found: list[Hit] = self.document.get("plans", [])
        self._page()
        for _ in range(len(found) - len(wanted) if several else 0):
            self.tallies["plans"].excess("a plan too many")
        for k, truth in enumerate(wanted):
            mine = found[k:k + 1] if several else found
            if mine or not truth.get("optional"):
                self._plan(truth, mine)

    def _page(self) -> None:
        page, got = self.truth.get("page") or {}, self.document.get("page") or {}
        for key in ("title", "site", "published", "category"):
            if page.get(key):
                ok = squeeze(page[key]) == squeeze(got.get(key))
                self.tallies["plans"].hit(ok, f"page.{key}: {page[key]!r}, not {got.get(key)!r}")
        bodies = self._bodies(self.document.get("plans", []))
        for words in [*(page.get("removed") or []), *(self.truth.get("removed") or [])]:
            if any(squeeze(words) in body for body in bodies):
                self.tallies["clean"].excess(f"left in: {words}")
            else:
                self.tallies["clean"].hit(True)
        self._kept(self.truth, bodies)
        self._complete(self.truth.get("completeness"), self.document.get("completeness") or {})

    def _bodies(self, plans: Iterable[Hit]) -> list[str]:
        return [squeeze(self.body[plan["span"][0]:plan["span"][1]]) for plan in plans]

    def _kept(self, truth: Truth, bodies: list[str]) -> None:
        for words in truth.get("kept") or []:
            self.tallies["clean"].hit(any(squeeze(words) in body for body in bodies), f"lost: {words}")

    def _complete(self, wanted: Truth | None, got: Hit) -> None:
        tally = self.tallies["complete"]
        for key in ("complete", "declared_chars", "shown_chars"):
            if wanted and key in wanted:
                tally.hit(wanted[key] == got.get(key), f"{key}: {wanted[key]}, not {got.get(key)}")
        for gap in (wanted or {}).get("gaps", []):
            tally.hit(any(g.get("chars") == gap.get("chars") for g in got.get("gaps", [])), f"gap {gap}")

    def _plan(self, truth: Truth, plans: Sequence[Hit]) -> None:
        if not plans:
            self.tallies["plans"].hit(False, f"plan {truth.get('ordinal', '')}")
        for key in ("title", "period", "issued", "org"):
            if truth.get(key):
                self._fact(key, truth, plans[0] if plans else {})
        if truth.get("outline"):
            sections = [section for plan in plans for section in plan.get("sections", [])]
            outline_agrees(truth["outline"], sections, self.body, self.tallies)
        self._hits("dates", truth.get("dates"), self._inside(plans, "dates"), date_agrees, lambda want, got: True)
        self._hits("quantities", truth.get("targets"), self._inside(plans, "targets", "actuals"), quantity_agrees,
                   value_agrees)
        tasks = self._inside(plans, "tasks")
        self._tasks(truth, tasks)
        self._fields(truth, tasks)
        self._kept(truth, self._bodies(plans))

    def _inside(self, plans: Iterable[Hit], *keys: str) -> list[Hit]:
        return [hit for plan in plans for key in keys for hit in plan.get(key, [])
                if self.low <= hit["span"][0] and hit["span"][1] <= self.high]

    def _fact(self, key: str, truth: Truth, plan: Hit) -> None:
        got = plan.get(key)
        if isinstance(got, dict):
            got = got.get("edtf") or got.get("text")
        wanted = truth[key] if isinstance(truth[key], list) else [truth[key], truth.get(f"{key}_alt", truth[key])]
        said = squeeze(str(got))
        if key == "org":
            ok = any(squeeze(w) in said for w in wanted)
        elif key == "title":
            ok = _DATED_BRACKET.sub("", said) in {_DATED_BRACKET.sub("", squeeze(w)) for w in wanted}
        else:
            ok = said in {squeeze(w) for w in wanted}
        self.tallies["plans"].hit(ok, f"{key}: {truth[key]!r}, not {got!r}")

    def _hits(self, name: str, truths: list[Truth] | None, got: list[Hit], strict: Agrees, loose: Agrees) -> None:
        if truths is None:
            return
        placed = []
        for truth in truths:
            span = self.text.find(truth["at"], self.low, self.high)
            if span is not None:
                placed.append((span, truth))
            elif not truth.get("optional"):
                self.tallies[name].hit(False, f"not in the text: {truth['at']}")
        pairs = match(placed, got, strict, self.tallies[name])
        match(placed, got, loose, self.tallies[f"{name}_loose"])
        for truth, hit in pairs:
            words = truth.get("indicator_has") if name == "quantities" else None
            if words:
                said = squeeze((hit.get("indicator") or {}).get("text"))
                self.tallies["indicator"].hit(all(squeeze(w) in said for w in words),
                                              f"{truth['at']}: {words} not in {said!r}")

    def _tasks(self, truth: Truth, got: list[Hit]) -> None:
        tally = self.tallies["tasks"]
        for words in truth.get("tasks") or []:
            tally.hit(self._is_task(words, got) is True, words)
        for words in truth.get("not_tasks") or []:
            if self._is_task(words, got):
                tally.excess(f"no task: {words}")

    def _is_task(self, words: str, got: list[Hit]) -> bool | None:
        """Whether some task covers half of the sentence that begins so; None where the text has no such words."""
        at = self.text.find(words, self.low, self.high)
        if at is None:
            return None
        end = _SENTENCE_END.search(self.body, at[0])
        sentence = at[0], end.end() if end else len(self.body)
        return any(2 * shared(sentence, task["span"]) >= sentence[1] - sentence[0] for task in got)

    def _fields(self, truth: Truth, got: list[Hit]) -> None:
        for row in truth.get("table_tasks") or []:
            asked = [squeeze(row[key]) for key in ("task", "target") if row.get(key)]
            self._row(row, [t for t in got if all(words in squeeze(t.get("quote")) for words in asked)])
        for row in truth.get("task_fields") or []:
            at = self.text.find(row["task"], self.low, self.high)
            self._row(row, [t for t in got if at and shared(at, t["span"])])

    def _row(self, row: Truth, tasks: list[Hit]) -> None:
        for key in ("actors", "partners", "due"):
            if row.get(key):
                wanted = _squeezed(row[key])
                ok = any(_squeezed(task.get(key) or []) == wanted for task in tasks)
                said = [task.get(key) for task in tasks]
                self.tallies["fields"].hit(ok, f"{row['task']}: {key} {sorted(wanted)}, not {said}")


def _squeezed(value: object) -> set[str]:
    return {squeeze(v) for v in (value if isinstance(value, list) else [value])}
