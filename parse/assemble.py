"""One plan's text with all that was found in it → the published `Plan`. Numbers and links things; finds nothing."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..schema import (
    Baseline,
    DateExpr,
    Indicator,
    Issued,
    Period,
    Plan,
    Quantity,
    Quoted,
    Reference,
    Section,
    SectionNumber,
    Task,
)
from .dates import Placed, Time
from .model import Found, Node, PlanText
from .places import Places
from .plans import Facts
from .quantities import Amount
from .references import Citation
from .tasks import Work


@dataclass(slots=True)
class Reading:
    """Everything that the recognisers found in one plan."""

    facts: Facts
    dates: Sequence[Found[Time]] = ()
    placed: Sequence[Placed] = ()
    references: Sequence[Found[Citation]] = ()
    amounts: Sequence[Amount] = ()
    works: Sequence[Work] = ()
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)   # why, by the id of the hit


def number_sections(roots: Sequence[Node], prefix: str) -> None:
    """Give every node its id, the path of ordinals: `p1.2.1`."""
    for ordinal, node in enumerate(roots, 1):
        node.id = f"{prefix}.{ordinal}"
        number_sections(node.children, node.id)


def assemble(plan: PlanText, roots: Sequence[Node], reading: Reading) -> Plan:
    """The published plan. Hits are numbered in order of the text: dates `d`, quantities `q`, tasks `t`, references `r`."""
    build = _Build(plan, roots, reading)
    facts, amounts = reading.facts, build.quantities()
    return Plan(
        id=build.id, ordinal=plan.ordinal, title=plan.title, span=(plan.start, plan.end), kind=facts.kind,
        org=Quoted(text=facts.org, span=facts.org_span) if facts.org and facts.org_span else None,
        region=facts.region,
        period=Period(edtf=facts.period, quote=build.quote(facts.period_span), span=facts.period_span) if facts.period else None,
        issued=Issued(edtf=facts.issued, span=facts.issued_span) if facts.issued else None,
        signatory=facts.signatory, sections=[build.section(node) for node in roots], tasks=build.tasks(),
        dates=build.dates(), targets=[q for q in amounts if q.status == "target"],
        actuals=[q for q in amounts if q.status == "actual"], references=build.references(),
    )


class _Build:
    def __init__(self, plan: PlanText, roots: Sequence[Node], reading: Reading) -> None:
        self.plan, self.reading, self.id = plan, reading, f"p{plan.ordinal}"
        self._places = Places(node for root in roots for node in root.walk())
        self._task_of = {k: t for t, work in enumerate(reading.works, 1) for k in work.amounts}

    def quote(self, span: tuple[int, int] | None) -> str | None:
        return self.plan.text[span[0]:span[1]] if span else None

    def _section(self, start: int) -> str | None:
        node = self._places.at(start)
        return node.id if node else None

    def _ids(self, letter: str, indices: Sequence[int]) -> list[str]:
        return [f"{self.id}.{letter}{k + 1}" for k in sorted(indices)]

    def section(self, node: Node) -> Section:
        mark = node.mark
        return Section(
            id=node.id,
            number=SectionNumber(raw=mark.written or self.plan.text[mark.start:mark.end], style=mark.style, value=mark.value) if mark else None,
            heading=Quoted(text=self.plan.text[slice(*node.heading)], span=node.heading) if node.heading else None,
            paragraphs=list(node.paragraphs), span=(node.start, node.end), inferred=node.inferred,
            children=[self.section(child) for child in node.children],
        )

    def dates(self) -> list[DateExpr]:
        out = []
        for k, (hit, placed) in enumerate(zip(self.reading.dates, self.reading.placed, strict=True), 1):
            time = hit.value
            out.append(DateExpr(
                id=f"{self.id}.d{k}", section_id=self._section(hit.start), span=hit.span,
                quote=self.plan.text[hit.start:hit.end], type=time.type, edtf=time.edtf, value=time.value, mod=time.mod,
                rrule=time.rrule, festival=time.festival, role=placed.role, resolved=placed.resolved,
                anchor=placed.anchor, rule=hit.rule,
            ))
        return out

    def quantities(self) -> list[Quantity]:
        out = []
        for k, amount in enumerate(self.reading.amounts):
            out.append(self._quantity(k, amount))
            self.reading.notes[out[-1].id] = tuple(amount.why)
        return out

    def _quantity(self, k: int, a: Amount) -> Quantity:
        task = self._task_of.get(k)
        return Quantity(
            id=f"{self.id}.q{k + 1}", section_id=self._section(a.start), task_id=f"{self.id}.t{task}" if task else None,
            span=(a.start, a.end), quote=self.plan.text[a.start:a.end],
            indicator=Indicator(text=a.indicator, span=a.indicator_span, concept=a.concept) if a.indicator else None,
            op=a.op, value=a.value, value_high=a.value_high, unit=a.unit, unit_code=a.unit_code, change=a.change,
            baseline=Baseline(value=a.baseline.value, unit=a.baseline.unit, span=a.baseline.span) if a.baseline else None,
            per=a.per, due=a.due, date_ids=self._ids("d", a.dates), status=a.status, modality=a.modality,
            implied=a.implied, headline=a.headline, rule=a.rule,
        )

    def tasks(self) -> list[Task]:
        return [
            Task(id=f"{self.id}.t{k}", section_id=self._section(w.start), span=(w.start, w.end),
                 quote=self.plan.text[w.start:w.end], action=w.action, object=w.object, actors=list(w.actors),
                 partners=list(w.partners), audience=w.audience, due=w.due, rrule=w.rrule,
                 date_ids=self._ids("d", w.dates), target_ids=self._ids("q", w.amounts))
            for k, w in enumerate(self.reading.works, 1)
        ]

    def references(self) -> list[Reference]:
        return [
            Reference(id=f"{self.id}.r{k}", section_id=self._section(hit.start), span=hit.span,
                      quote=self.plan.text[hit.start:hit.end], kind=hit.value.kind, number=hit.value.number)
            for k, hit in enumerate(self.reading.references, 1)
        ]
