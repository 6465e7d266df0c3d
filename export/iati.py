"""A document as IATI 2.03: an activity a plan, its figures as results, with indicator, period, target and actual.

IATI demands what many plans do not say. Constants fill what the format wants of the one who reports and of an activity
that is only planned (docs/exchange.md names them); where a fact of the plan is wanted and missing (a title, a first day,
a body that takes part), the plan is left out and reported."""
from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from ..schema import Document, Plan, Quantity, Section
from .cells import sentence
from .days import Days, days
from .element import Builder, Element, is_address, serialized, writable
from .losses import Report, Written
from .outline import headed, placed

FORM = "iati"
VERSION = "2.03"
XML = "{http://www.w3.org/XML/1998/namespace}"
PLANNED, START, END = "1", "1", "3"
"""ActivityStatus: planned; ActivityDateType: planned start, planned end."""
ACCOUNTABLE, IMPLEMENTING = "2", "4"
"""OrganisationRole: of the body whose plan it is; of those that tasks name."""
OTHER = "9"
"""ResultType: whether a figure is output, outcome or impact, the plan does not say."""
UNIT, PERCENT, QUALITATIVE = "1", "2", "5"
"""IndicatorMeasure; a range, which the format cannot say as a value, is told in words."""
OWN_LIST = "99"
"""IndicatorVocabulary: the reporting organisation's own, here jihua's table of indicators."""
_LONG = 2000
"""Characters of an activity's description beyond which it is cut."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, as IATI wants it: an identifier (registered, before a file is published), and a code of the list
    OrganisationType (90: other). The name is that of the body whose plan it is."""

    ref: str = "jihua"
    kind: str = "90"


def iati(document: Document, reporter: Reporter | None = None) -> Written:
    """One XML file `.xml` with an activity for each plan that says what IATI demands; none where no plan does."""
    report = Report(document, FORM)
    report.furniture()
    if not document.plans:
        report.add("/plans", "", "no-plan")
    xml, root = Builder(), ElementTree.Element("iati-activities", {"version": VERSION})
    for k, plan in enumerate(document.plans):
        report.plan = plan.id
        missing = _missing(plan)
        for name in missing:
            report.add(f"/plans/{k}/{name}", getattr(getattr(plan, name), "edtf", ""), "mandatory")
        if not missing:
            _Activity(report, xml, plan, f"/plans/{k}").write(root, reporter or Reporter())
    report.plan = ""
    if xml.replaced:
        report.add("", " ".join(sorted(f"U+{ord(c):04X}" for c in xml.replaced)), "character")
    return report.written([(".xml", serialized(root))] if len(root) else [])


def _missing(plan: Plan) -> list[str]:
    """The facts that IATI demands and that the plan does not say."""
    period = plan.period and days(plan.period.edtf)
    said = {"title": plan.title, "org": plan.org, "period": period}
    return [name for name, value in said.items() if not value]


class _Activity:
    """One plan on its way to its activity."""

    def __init__(self, report: Report, xml: Builder, plan: Plan, path: str) -> None:
        self.report, self.xml, self.plan, self.path = report, xml, plan, path
        self.text = report.document.text
        self.sections = {section.id: section for section in plan.walk()}
        self.period: Days | None = days(plan.period.edtf) if plan.period else None

    def write(self, root: Element, reporter: Reporter) -> None:
        """Put the activity at the root's end, and the plan's losses in the report."""
        activity = self.xml.add(root, "iati-activity")
        activity.set(f"{XML}lang", "zh")
        self.xml.add(activity, "iati-identifier",
                     f"{reporter.ref}-{self.report.document.source.sha256[:32]}-{self.plan.id}")
        name = self.plan.org.text if self.plan.org else ""
        self._told(self.xml.add(activity, "reporting-org", ref=reporter.ref, type=reporter.kind, secondary_reporter="1"), name)
        self._told(self.xml.add(activity, "title"), self.plan.title or "")
        self._told(self.xml.add(activity, "description"), self._description())
        self._bodies(activity, name)
        self.xml.add(activity, "activity-status", code=PLANNED)
        if self.period:
            for kind, day in zip((START, END), self.period, strict=True):
                self.xml.add(activity, "activity-date", type=kind, iso_date=day)
        if self.plan.region:
            self._told(self.xml.add(self.xml.add(activity, "location"), "name"), self.plan.region)
        self._link(activity)
        self._results(activity)
        self.report.lists(self.plan, self.path)
        for k, task in enumerate(self.plan.tasks):
            self.report.fields(task, f"{self.path}/tasks/{k}")

    def _told(self, element: Element, words: str) -> None:
        self.xml.add(element, "narrative", words)

    def _description(self) -> str:
        """The words before the first numbered section, else the headings at the top, else the plan's own words."""
        first = self._opening()
        if first:
            words = "\n".join(self.text[slice(*span)] for span in first.paragraphs)
        else:
            words = "\n".join(headed(section) for section in self.plan.sections if section.heading)
        return (words.strip() or self.text[slice(*self.plan.span)].strip() or self.plan.title or "")[:_LONG]

    def _opening(self) -> Section | None:
        """The words before the first heading, where there are any."""
        first = self.plan.sections[0] if self.plan.sections else None
        return first if first and not first.heading and first.paragraphs else None

    def _bodies(self, activity: Element, name: str) -> None:
        """The body whose plan it is, then each that a task names, once."""
        self._told(self.xml.add(activity, "participating-org", role=ACCOUNTABLE), name)
        for body in dict.fromkeys(body for task in self.plan.tasks for body in (*task.actors, *task.partners)):
            self._told(self.xml.add(activity, "participating-org", role=IMPLEMENTING), body)

    def _link(self, activity: Element) -> None:
        source, url = self.report.document.source, self.report.document.page.url
        if url and is_address(url):
            link = self.xml.add(activity, "document-link", url=url, format=source.media_type)
            self._told(self.xml.add(link, "title"), self.plan.title or "")
            self.xml.add(link, "category", code="A02")     # objectives and purpose of the activity
        elif url:
            self.report.add("/page/url", url, "address")

    def _results(self, activity: Element) -> None:
        """A result for each section that has a figure; sections without one have no place in IATI."""
        by_section: dict[str | None, list[tuple[str, Quantity]]] = {}
        for name in ("targets", "actuals"):
            for k, quantity in enumerate(getattr(self.plan, name)):
                path = f"{self.path}/{name}/{k}"
                if self._when(path, quantity):
                    by_section.setdefault(quantity.section_id, []).append((path, quantity))
        for path, _, section in placed(self.plan, self.path):
            if section.id not in by_section and section is not self._opening():
                self.report.add(path, headed(section) or section.id, "no-outline")
        for section_id, figures in by_section.items():
            result = self.xml.add(activity, "result", type=OTHER)
            found = self.sections.get(section_id or "")
            self._told(self.xml.add(result, "title"), (headed(found) if found else "") or self.plan.title or "")
            for path, quantity in figures:
                self._indicator(result, path, quantity)

    def _when(self, path: str, quantity: Quantity) -> Days | None:
        """The days of a figure: its own, else, for what is to be reached, the plan's. None is a loss of the figure."""
        if quantity.due:
            return self.report.days(f"{path}/due", quantity.due)
        if quantity.status == "target":
            return self.period
        self.report.add(path, sentence(self.text, quantity.span), "undated")
        return None

    def _indicator(self, result: Element, path: str, quantity: Quantity) -> None:
        valued = quantity.op != "range" and writable(quantity.value)
        measure = (PERCENT if quantity.unit == "%" else UNIT) if valued else QUALITATIVE
        indicator = self.xml.add(result, "indicator", measure=measure)
        named = quantity.indicator
        self._told(self.xml.add(indicator, "title"), named.text if named else quantity.quote)
        if quantity.unit and measure != PERCENT:
            self._told(self.xml.add(indicator, "description"), f"单位：{quantity.unit}")
        if named and named.concept:
            self.xml.add(indicator, "reference", vocabulary=OWN_LIST, code=named.concept)
        self._period(indicator, quantity, valued)
        if not valued:
            self.report.add(f"{path}/value", quantity.value, "range" if quantity.op == "range" else "number")
        self.report.fields(quantity, path, but=["unit"] if measure == PERCENT else [])
        if named:
            self.report.fields(named, f"{path}/indicator")

    def _period(self, indicator: Element, quantity: Quantity, valued: bool) -> None:
        found = days(quantity.due) or self.period
        if found:
            period = self.xml.add(indicator, "period")
            self.xml.add(period, "period-start", iso_date=found[0])
            self.xml.add(period, "period-end", iso_date=found[1])
            result = self.xml.add(period, quantity.status, value=quantity.value if valued else None)
            self._told(self.xml.add(result, "comment"), sentence(self.text, quantity.span))

