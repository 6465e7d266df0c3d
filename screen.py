"""What the command line shows: the progress and table of a run, a document as a tree, its hits with their reasons."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from .batch.find import Inputs
from .batch.outcome import Counts, Outcome, total
from .batch.panel import Gathered
from .messages import say, told
from .pipeline import Explained
from .schema import DateExpr, Document, Plan, Quantity, Reference, Section, Span

_COLUMNS = ("plans", "sections", "tasks", "dates", "targets", "actuals", "gaps")
_ROWS = 40
"""Documents that the table of a run lists; a longer run shows these and the total."""
_COLOURS = {"dates": "cyan", "targets": "bold green", "actuals": "yellow", "references": "magenta"}
_UNSAFE = {c: "\ufffd" for c in (*range(0x00, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
           if chr(c) not in "\n\t"}
"""Characters of a document that could steer a terminal or turn its text around; each shown as one other character."""


def report(outcomes: Iterable[Outcome], inputs: Inputs, out: Path) -> bool:
    """Show what comes of a run as it comes, then its table; whether any source failed."""
    every = list(_watched(outcomes, len(inputs.files)))
    done = [outcome for outcome in every if not outcome.left_out]
    failed = [o for o in done if o.error is not None]
    console = Console()
    console.print(_table(done))
    said = say("done", good=len(done) - len(failed), all=len(done), out=out)
    console.print(Text(_safe(said)), soft_wrap=True)
    left_out = inputs.left_out + len(every) - len(done)
    if left_out:
        console.print(say("left_out", n=left_out), style="dim")
    return bool(failed)


def _watched(outcomes: Iterable[Outcome], number: int) -> Iterator[Outcome]:
    """The outcomes, a bar moving with them on a terminal; failures are told at once. The bar is drawn from here only: a
    thread of its own would be alive while worker processes are forked."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, auto_refresh=False, disable=not console.is_terminal) as bar:
        task = bar.add_task(say("converting"), total=number)
        for seen, outcome in enumerate(outcomes, 1):
            if outcome.error is not None:
                label = say(f"code_{outcome.error.code}")
                console.print(Text(_safe(f"{label}: {told(outcome.error)}"), style="red"), soft_wrap=True)
            bar.update(task, advance=1, total=max(number, seen), refresh=True)   # an archive's files come on top
            yield outcome


def _table(done: list[Outcome]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("document"), overflow="fold")
    for column in _COLUMNS:
        table.add_column(say(column), justify="right")
    for outcome in done[:_ROWS]:
        table.add_row(Text(_safe(outcome.uri)), *_cells(outcome))
    if len(done) > _ROWS:
        table.add_row(say("more", n=len(done) - _ROWS))
    if len(done) > 1:
        table.add_row(say("total"), *map(str, astuple(total(done) if any(o.counts for o in done) else Counts())),
                      style="bold")
    return table


def _cells(outcome: Outcome) -> Iterator[Text]:
    if outcome.counts is None:
        return (Text("–", style="red") for _ in _COLUMNS)
    return (Text(str(n), style="dim" if n == 0 else "") for n in astuple(outcome.counts))


def panel_report(gathered: Gathered, out: Path) -> bool:
    """Show what came of a panel, and what could not be read; whether there was any such."""
    errors = Console(stderr=True)
    for error in gathered.errors:
        errors.print(Text(_safe(told(error)), style="red"), soft_wrap=True)
    said = say("panel_done", rows=gathered.rows, stated=gathered.stated, all=gathered.documents, out=out)
    Console().print(Text(_safe(said)), soft_wrap=True)
    return bool(gathered.errors)


def show_document(document: Document) -> None:
    """Print each plan as a tree of its sections, with dates, targets, actuals and references in colour."""
    console = Console(highlight=False)
    for plan in document.plans:
        tree = Tree(_head(plan))
        for section in plan.sections:
            _branch(tree, section, document, plan)
        console.print(tree)
    legend = Text("  ").join(Text(say(name), style=style) for name, style in _COLOURS.items())
    console.print(legend)
    for gap in document.completeness.gaps:
        words = say("gap_unknown") if gap.chars is None else say("gap", n=gap.chars)
        console.print(Text(f"{words}: {_safe(gap.quote)}", style="red"))
    for note in document.diagnostics:
        console.print(Text(f"{note.severity} {note.code}: {_safe(note.message)}",
                           style="dim" if note.severity == "info" else "red"), soft_wrap=True)


def _head(plan: Plan) -> Text:
    facts = {"kind": plan.kind, "org": plan.org and plan.org.text, "period": plan.period and plan.period.edtf,
             "issued": plan.issued and plan.issued.edtf}
    known = "  ".join(f"{say(name)} {value}" for name, value in facts.items() if value)
    return Text(_safe(plan.title or say("untitled")), style="bold").append(f"  {_safe(known)}", style="not bold dim")


def _branch(tree: Tree, section: Section, document: Document, plan: Plan) -> None:
    label = Text(section.number.raw + " " if section.number else "", style="bold")
    if section.heading is not None:
        label.append(_marked(document, plan, section.heading.span))
    if section.inferred:
        label.append(say("inferred"), style="red")
    spans = list(section.paragraphs)
    branch = tree.add(label if label or not spans else _marked(document, plan, spans.pop(0)))
    below: list[Span | Section] = [*spans, *section.children]
    for part in sorted(below, key=_place):
        if isinstance(part, Section):
            _branch(branch, part, document, plan)
        else:
            branch.add(_marked(document, plan, part))


def _place(part: Span | Section) -> Span:
    return part.span if isinstance(part, Section) else part


def _marked(document: Document, plan: Plan, span: Span) -> Text:
    """A stretch of the text with the hits that touch it coloured."""
    start, end = span
    text = Text(_safe(document.text[start:end]))
    for name, style in _COLOURS.items():
        for hit in getattr(plan, name):
            if hit.span[0] < end and hit.span[1] > start:
                text.stylize(style, max(hit.span[0], start) - start, min(hit.span[1], end) - start)
    return text


def explain_document(explained: Explained) -> None:
    """Print every hit of every plan, in order of the text: its words, reading, rule, and why it was read so."""
    document, console = explained.document, Console(highlight=False)
    for plan in document.plans:
        console.print(_head(plan), soft_wrap=True)
        hits: list[DateExpr | Quantity | Reference] = [*plan.dates, *plan.targets, *plan.actuals, *plan.references]
        for hit in sorted(hits, key=lambda h: (h.span, h.id)):
            console.print(_line(hit), soft_wrap=True)
            for note in explained.notes.get(hit.id, ()):
                console.print(Text(f"    {say('why')}: {_safe(note)}", style="dim"), soft_wrap=True)
    rules = [edit.rule for edit in document.edits]
    for rule in sorted(set(rules)):
        console.print(f"{say('edits')} {escape(rule)}: {rules.count(rule)}")


def _line(hit: DateExpr | Quantity | Reference) -> Text:
    rule = f"  {say('rule')} {hit.rule}" if not isinstance(hit, Reference) else f"  {hit.kind}"
    words = Text(f"{hit.id:<8} {hit.span[0]}–{hit.span[1]} ", style="dim")
    words.append(f"“{_safe(hit.quote)}”", style="bold")
    return words.append(f"  {_safe(_reading(hit))}").append(rule, style="dim")


def _reading(hit: DateExpr | Quantity | Reference) -> str:
    """The fields that make up the reading, those that are null left out."""
    left_out = {"id", "section_id", "task_id", "span", "quote", "rule", "date_ids", "kind"}
    fields = hit.model_dump(exclude=left_out, exclude_none=True)
    shown = {k: v["text"] if k == "indicator" else f"{v['value']} {v['unit']}" if k == "baseline" else v
             for k, v in fields.items() if v is not False}
    return " ".join(f"{k}={v}" for k, v in shown.items())


def _safe(text: str) -> str:
    return text.translate(_UNSAFE)

