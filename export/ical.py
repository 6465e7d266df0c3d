"""A document's due dates and recurrences as iCalendar (RFC 5545): a VTODO for what is due, a VEVENT for what recurs.

No clock is asked, so that the same document gives the same bytes: DTSTAMP is the day on which the plan was issued, else
1970-01-01. Masked and open dates are left out and reported; a recurrence begins and ends with its plan's period."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date

from ..schema import DateExpr, Document, Plan, Quantity, Section, Span, Task
from .cells import sentence
from .days import Days, days
from .element import is_address
from .losses import Report, Written
from .outline import headed, placed
from .recurrence import first_day, parts, within_day

FORM = "ical"
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jihua//jihua//ZH", "CALSCALE:GREGORIAN")
EPOCH = date(1970, 1, 1)
"""DTSTAMP of a plan that does not say on which day it was issued."""
_OCTETS = 75
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def ical(document: Document) -> Written:
    """One calendar `.ics` of all plans of a document; none where nothing in it is due or recurs on a known day."""
    calendar = _Calendar(document)
    for k, plan in enumerate(document.plans):
        calendar.plan(plan, f"/plans/{k}")
    return calendar.written()


class _Calendar:
    """The components of one document, and what could not become one."""

    def __init__(self, document: Document) -> None:
        self.document, self.report = document, Report(document, FORM)
        self.lines: list[str] = []
        self.uids: set[str] = set()
        self.characters: set[str] = set()

    def written(self) -> Written:
        """The file, lines ended by CR LF and folded; no file without a component, which RFC 5545 does not allow."""
        titles = [plan.title for plan in self.document.plans if plan.title]
        name = [f"NAME:{self._text(titles[0])}"] if titles else []
        body = [*HEAD, *name, *self.lines, "END:VCALENDAR"]
        if self.characters:
            self.report.add("", " ".join(sorted(f"U+{ord(c):04X}" for c in self.characters)), "character")
        if not self.lines:
            self.report.add("/plans", "", "nothing-due")
        return self.report.written([(".ics", b"".join(map(_folded, body)))] if self.lines else [])

    def plan(self, plan: Plan, path: str) -> None:
        """Tasks first, then dates that no task has."""
        self.report.plan = plan.id
        headings = _headings(plan, path)
        for k, task in enumerate(plan.tasks):
            told = [*headings.get(task.section_id or "", ()), *_named("责任", task.actors), *_named("配合", task.partners)]
            self._due(plan, f"{path}/tasks/{k}/due", task.due, task.span, task.quote, told)
            if task.rrule:
                self._recurrence(plan, f"{path}/tasks/{k}/rrule", task.rrule, task.span, task.quote, told)
        hits: list[Task | Quantity] = [*plan.tasks]
        hits += [figure for figure in (*plan.targets, *plan.actuals) if figure.per]      # 每人每日 tells no day
        taken = {name for hit in hits for name in hit.date_ids}
        for k, found in enumerate(plan.dates):
            if found.id not in taken and found.role in ("deadline", "recurrence"):
                self._date(plan, f"{path}/dates/{k}", found, [*headings.get(found.section_id or "", ())])
        self.report.plan = ""

    def _date(self, plan: Plan, path: str, found: DateExpr, told: list[str]) -> None:
        words = sentence(self.document.text, found.span)
        if found.rrule:
            self._recurrence(plan, f"{path}/rrule", found.rrule, found.span, words, told)
        elif found.role == "recurrence":
            self.report.add(path, found.quote, "no-rule")
        else:
            self._due(plan, path, found.resolved or found.edtf, found.span, words, told)

    def _due(self, plan: Plan, path: str, edtf: str | None, span: Span, words: str, told: list[str]) -> None:
        due = self.report.days(path, edtf)
        if due:
            self._component(plan, "VTODO", span, words, told, [f"DUE;VALUE=DATE:{_day(due[1])}"])

    def _recurrence(self, plan: Plan, path: str, rrule: str, span: Span, words: str, told: list[str]) -> None:
        """An event of whole days that begins on the first day of the plan's period that fits, and ends with the period."""
        period: Days | None = days(plan.period.edtf) if plan.period else None
        rule = parts(rrule)
        start = first_day(rule, *period) if period and not within_day(rule) else None
        if not period or not start:
            self.report.add(path, rrule, "no-start" if not period else "clock" if within_day(rule) else "never")
            return
        end = "" if "COUNT" in rule else f";UNTIL={_day(period[1])}"
        self._component(plan, "VEVENT", span, words, told,
                        [f"DTSTART;VALUE=DATE:{_day(start)}", f"RRULE:{rrule}{end}", "TRANSP:TRANSPARENT"])

    def _component(self, plan: Plan, kind: str, span: Span, words: str, told: list[str], when: list[str]) -> None:
        stamp = days(plan.issued.edtf) if plan.issued else None
        url = self.document.page.url
        self.lines += [
            f"BEGIN:{kind}",
            f"UID:{self._uid(kind, span, words)}",
            f"DTSTAMP:{_day(stamp[0] if stamp and stamp[0] == stamp[1] else EPOCH)}T000000Z",
            *when,
            f"SUMMARY:{self._text(words)}",
            f"DESCRIPTION:{self._text(chr(10).join([*([plan.title] if plan.title else []), *told]))}",
            *([f"URL:{url}"] if url and is_address(url) else []),
            f"END:{kind}",
        ]

    def _uid(self, kind: str, span: Span, words: str) -> str:
        """The same for the same words at the same place of the same source; another for each component of a file."""
        number = 0
        while True:
            said = "\0".join((self.document.source.sha256, kind, str(span[0]), words, str(number)))
            uid = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]
            if uid not in self.uids:
                self.uids.add(uid)
                return uid
            number += 1

    def _text(self, words: str) -> str:
        """TEXT of RFC 5545: escaped, controls replaced by U+FFFD."""
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        self.characters.update(_NO_TEXT.findall(words))
        return _NO_TEXT.sub("\ufffd", words).translate(_ESCAPED)


def _headings(plan: Plan, path: str) -> dict[str, tuple[str, ...]]:
    """The headings above and of each section, from the top, by the section's id."""
    found: dict[str, tuple[str, ...]] = {}
    above: list[Section] = []
    for _, depth, section in placed(plan, path):
        above[depth:] = [section]
        found[section.id] = tuple(headed(one) for one in above if headed(one))
    return found


def _named(label: str, bodies: Iterable[str]) -> list[str]:
    names = "、".join(bodies)
    return [f"{label}：{names}"] if names else []


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _folded(line: str) -> bytes:
    """The line in pieces of 75 octets at most, no character broken, each but the first behind a blank."""
    pieces, size, piece = [], 0, ""
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join([*pieces, piece, ""]).encode()
