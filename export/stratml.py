"""A plan as StratML Part 2 (ISO 17469-1:2015, PerformancePlanOrReport of 2016-02-16): a file a plan, since its root is one.

Top-level sections are Goals, all below them Objectives in order of the text, since the format has these two levels; what
a Goal has of its own goes to an Objective without a name, since Goals bear no indicators. A figure is a Quantitative
PerformanceIndicator, a task a Qualitative one. Bodies that answer for a task, assist it or are meant by it are
Stakeholders of its section."""
from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from ..schema import Document, Plan, Quantity, Section, Task
from .cells import sentence
from .days import Days, days
from .element import Builder, Element, is_address, serialized, writable
from .losses import Report, Written
from .outline import placed

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
FORM = "stratml"
_ROLES = (("actors", "责任", "Performer"), ("partners", "配合", "Performer"), ("audience", "对象", "Beneficiary"))
"""Field of a task, the name of the role that its bodies have, and its RoleType."""
_NO_NAME = re.compile("[^A-Za-z0-9._-]")


def stratml(document: Document) -> Written:
    """One XML file for each plan, `.p1.xml` …, valid against the schema; no file where there is no plan."""
    report = Report(document, FORM)
    report.furniture()
    if not document.plans:
        report.add("/plans", "", "no-plan")
    return report.written([(f".p{k + 1}.xml", _Writing(report, plan, f"/plans/{k}").file())
                           for k, plan in enumerate(document.plans)])


@dataclass(slots=True)
class _Figure:
    """A target or actual with its place in the document."""

    path: str
    quantity: Quantity


class _Writing:
    """One plan on its way to its file."""

    def __init__(self, report: Report, plan: Plan, path: str) -> None:
        self.report, self.plan, self.path = report, plan, path
        self.text = report.document.text
        self.xml = Builder()
        self.ids: set[str] = set()
        known = {section.id for section in plan.walk()}
        self.tasks: dict[str | None, list[tuple[str, Task]]] = {}
        self.figures: dict[str | None, list[_Figure]] = {}
        for k, task in enumerate(plan.tasks):
            self.tasks.setdefault(_among(known, task.section_id), []).append((f"{path}/tasks/{k}", task))
        for name in ("targets", "actuals"):
            for k, quantity in enumerate(getattr(plan, name)):
                self.figures.setdefault(_among(known, quantity.section_id), []).append(_Figure(f"{path}/{name}/{k}", quantity))

    def file(self) -> bytes:
        """The file, and the plan's losses in the report."""
        self.report.plan = self.plan.id
        root = ElementTree.Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": self._type()})
        if self.plan.title is None:
            self.report.add(f"{self.path}/title", "", "empty")
        self.xml.add(root, "Name", self.plan.title or "")
        core = self.xml.add(root, "StrategicPlanCore")
        if self.plan.org:
            body = self.xml.add(core, "Organization")
            self.xml.add(body, "Name", self.plan.org.text)
        self._goals(core)
        self._about(self.xml.add(root, "AdministrativeInformation"))
        self.report.lists(self.plan, self.path)
        if self.xml.replaced:
            self.report.add(self.path, " ".join(sorted(f"U+{ord(c):04X}" for c in self.xml.replaced)), "character")
        self.report.plan = ""
        return serialized(root)

    def _type(self) -> str:
        """A report where nothing is planned, a strategic plan where the period is longer than a year."""
        if self.plan.actuals and not self.plan.targets and not self.plan.tasks:
            return "Performance_Report"
        period = days(self.plan.period.edtf) if self.plan.period else None
        return "Strategic_Plan" if period and (period[1] - period[0]).days > 366 else "Performance_Plan"

    def _about(self, about: Element) -> None:
        self.xml.add(about, "Identifier", self._id(self.plan.id))
        if self.plan.period:
            self._dates(about, self.report.days(f"{self.path}/period", self.plan.period.edtf))
        if self.plan.issued:
            day = self.report.days(f"{self.path}/issued", self.plan.issued.edtf)
            if day and day[0] == day[1]:
                self.xml.add(about, "PublicationDate", day[0])
            elif day:
                self.report.add(f"{self.path}/issued", self.plan.issued.edtf, "open")
        url = self.report.document.page.url
        if url and is_address(url):
            self.xml.add(about, "Source", url)
        elif url:
            self.report.add("/page/url", url, "address")

    def _goals(self, core: Element) -> None:
        """Each top-level section; the format wants one at least, so that a plan without any is one Goal of its whole text."""
        lone = [section_id for section_id in (*self.tasks, *self.figures) if section_id is None]
        if not self.plan.sections or lone:
            goal = self.xml.add(core, "Goal")
            whole = "" if self.plan.sections else self.text[slice(*self.plan.span)].strip()
            self.xml.add(goal, "Name", self.plan.title or "")
            self.xml.add(goal, "Description", whole)
            self.xml.add(goal, "Identifier", self._id(f"{self.plan.id}.plan"))
            self._stakeholders(goal, None)
            self._own(goal, None, f"{self.plan.id}.plan")
        for path, depth, section in placed(self.plan, self.path):
            if depth == 0:
                goal = self.xml.add(core, "Goal")
            element = goal if depth == 0 else self.xml.add(goal, "Objective")
            self._head(element, section, path)
            self._stakeholders(element, section.id)
            if depth == 0:
                self._own(goal, section.id, section.id)
            else:
                self._indicators(element, section.id)
            if depth > 1:
                self.report.add(path, section.id, "depth")

    def _head(self, element: Element, section: Section, path: str) -> None:
        self.xml.add(element, "Name", section.heading.text if section.heading else "")
        if not section.heading:
            self.report.add(f"{path}/heading", "", "empty")
        self.xml.add(element, "Description", "\n".join(self.text[slice(*span)] for span in section.paragraphs))
        self.xml.add(element, "Identifier", self._id(section.id))
        if section.number:
            self.xml.add(element, "SequenceIndicator", section.number.raw)
        self.report.fields(section, path)

    def _own(self, goal: Element, section_id: str | None, name: str) -> None:
        """The Objective without a name that bears what a Goal has of its own."""
        if section_id in self.tasks or section_id in self.figures:
            objective = self.xml.add(goal, "Objective")
            self.xml.add(objective, "Identifier", self._id(f"{name}.own"))
            self._indicators(objective, section_id)

    def _stakeholders(self, element: Element, section_id: str | None) -> None:
        """Every body of the section's tasks once, with a role for each task that names it, told where there are several."""
        several = len(self.tasks.get(section_id, ())) > 1
        bodies: dict[str, list[tuple[str, str, str]]] = {}
        for _, task in self.tasks.get(section_id, ()):
            for field, role, kind in _ROLES:
                value = getattr(task, field)
                for body in [value] if isinstance(value, str) else value or ():
                    bodies.setdefault(body, []).append((role, task.quote, kind))
        for body, roles in bodies.items():
            holder = self.xml.add(element, "Stakeholder")
            self.xml.add(holder, "Name", body)
            for role, quote, kind in roles:
                part = self.xml.add(holder, "Role")
                self.xml.add(part, "Name", role)
                if several:
                    self.xml.add(part, "Description", quote)
                self.xml.add(part, "RoleType", kind)

    def _indicators(self, objective: Element, section_id: str | None) -> None:
        for path, task in self.tasks.get(section_id, ()):
            self._task(objective, path, task)
        for figure in self.figures.get(section_id, ()):
            self._figure(objective, figure)

    def _task(self, objective: Element, path: str, task: Task) -> None:
        due = self.report.days(f"{path}/due", task.due)
        indicator = self._indicator(objective, "Qualitative", task.quote, "", task.id)
        if task.target_ids:
            link = self.xml.add(indicator, "Relationship")
            for name in task.target_ids:
                self.xml.add(link, "ReferentIdentifier", self._named(self._of_plan(name)))
        self._result(indicator, "TargetResult", due)
        self.report.fields(task, path)

    def _figure(self, objective: Element, figure: _Figure) -> None:
        quantity, path = figure.quantity, figure.path
        words = quantity.indicator.text if quantity.indicator else quantity.quote
        indicator = self._indicator(objective, "Quantitative", words, quantity.unit, quantity.id)
        if quantity.baseline:
            base = self._result(indicator, "ActualResult", None)
            if quantity.baseline.unit == quantity.unit and writable(quantity.baseline.value):
                self.xml.add(base, "NumberOfUnits", quantity.baseline.value)
            self.xml.add(base, "Description", self.text[slice(*quantity.baseline.span)])
        due = self.report.days(f"{path}/due", quantity.due)
        result = self._result(indicator, "TargetResult" if quantity.status == "target" else "ActualResult", due)
        if quantity.op == "range" or not writable(quantity.value):
            self.report.add(f"{path}/value", quantity.value, "range" if quantity.op == "range" else "number")
        else:
            self.xml.add(result, "NumberOfUnits", quantity.value)
        self.xml.add(result, "Description", sentence(self.text, quantity.span))
        self.report.fields(quantity, path)
        if quantity.indicator:
            self.report.fields(quantity.indicator, f"{path}/indicator")

    def _indicator(self, objective: Element, kind: str, words: str, unit: str, name: str) -> Element:
        indicator = self.xml.add(objective, "PerformanceIndicator", PerformanceIndicatorType=kind)
        self.xml.add(indicator, "MeasurementDimension", words)
        self.xml.add(indicator, "UnitOfMeasurement", unit)
        self.xml.add(indicator, "Identifier", self._id(self._of_plan(name)))
        return indicator

    def _result(self, indicator: Element, name: str, due: Days | None) -> Element:
        result = self.xml.add(self.xml.add(indicator, "MeasurementInstance"), name)
        self._dates(result, due)
        return result

    def _dates(self, element: Element, found: Days | None) -> None:
        if found:
            self.xml.add(element, "StartDate", found[0])
            self.xml.add(element, "EndDate", found[1])

    def _of_plan(self, name: str) -> str:
        return name if name.startswith(self.plan.id) else f"{self.plan.id}.{name}"

    def _named(self, name: str) -> str:
        return f"d{self.report.document.source.sha256[:32]}.{_NO_NAME.sub('-', name)}"

    def _id(self, name: str) -> str:
        """An xsd:ID that is the same every time and stands in no other file: 128 bits of the source's sha256, then the id.
        One that stood here before gets a number, as only a document that jihua did not make can want it."""
        wanted = made = self._named(name)
        k = 1
        while made in self.ids:
            k += 1
            made = f"{wanted}-{k}"
        self.ids.add(made)
        return made


def _among(known: set[str], section_id: str | None) -> str | None:
    return section_id if section_id in known else None
