"""Clean text in, plans out. The order of the steps stands in `_read`; each step is a room or module of its own."""
from __future__ import annotations

from dataclasses import dataclass, field

from ..schema import Cleaned, Diagnostic, Plan
from ..schema.diagnose import diagnostic
from .assemble import Reading, assemble, number_sections
from .checks import checks
from .dates import find_dates, impossible, resolve
from .model import Node, PlanText
from .outline import irregularities, outline
from .plans import facts, split
from .quantities import consistency, find_quantities
from .references import find_references
from .sentences import sentences
from .tasks import find_tasks
from .view import matching_view


@dataclass(frozen=True, slots=True)
class Parsed:
    """The plans of one text. `notes` tells, by the id of a hit, why it was read as it was (for `jihua explain`)."""

    plans: tuple[Plan, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse(cleaned: Cleaned) -> Parsed:
    """Every plan of a cleaned text, with diagnostics of what in it is irregular. Never raises for any text."""
    view = matching_view(cleaned.text)
    plans, diagnostics, notes = [], [], {}
    for plan in split(cleaned, view):
        roots = outline(plan)
        number_sections(roots, f"p{plan.ordinal}")
        plan.nodes = tuple(node for root in roots for node in root.walk())
        reading = _read(plan, cleaned)
        plans.append(assemble(plan, roots, reading))
        diagnostics += _diagnose(plan, roots, reading)
        notes.update(reading.notes)
    if not plans:
        diagnostics.append(diagnostic("no-plan", "no plan was found on this page"))
    return Parsed(tuple(plans), tuple(diagnostics), notes)


def _read(plan: PlanText, cleaned: Cleaned) -> Reading:
    plan.sentences = sentences(plan)
    dates = [d for d in find_dates(plan.view, plan.start, plan.end)      # a damaged figure gives no date
             if not any(low < d.end and d.start < high for low, high in plan.damaged)]
    known = facts(plan, cleaned.page, dates)
    plan.kind, plan.period, plan.issued = known.kind, known.period, known.issued
    plan.year, plan.region, plan.signature = known.year, known.region, known.signature
    references = find_references(plan.view, plan.start, plan.end)
    amounts = find_quantities(plan, dates, references)
    placed = resolve(plan, dates)
    return Reading(known, dates, placed, references, amounts, find_tasks(plan, dates, amounts, placed))


def _diagnose(plan: PlanText, roots: tuple[Node, ...], reading: Reading) -> list[Diagnostic]:
    found = [*irregularities(roots), *impossible(plan.view, reading.dates), *consistency(plan, reading.amounts),
             *checks(plan, roots, reading.works)]
    return [diagnostic(code, message, span) for code, message, span in sorted(found, key=lambda row: row[2])]
