"""A document as a tree with its hits in colour, and its hits with their reasons."""
from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from ..messages import say
from ..pipeline import Explained
from ..schema import DateExpr, Document, Plan, Quantity, Reference, Section, Span
from .safe import safe

_COLOURS = {"dates": "cyan", "targets": "bold green", "actuals": "yellow", "references": "magenta"}


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
        console.print(Text(f"{words}: {safe(gap.quote)}", style="red"))
    for note in document.diagnostics:
        console.print(Text(f"{note.severity} {note.code}: {safe(note.message)}",
                           style="dim" if note.severity == "info" else "red"), soft_wrap=True)


def _head(plan: Plan) -> Text:
    facts = {"kind": plan.kind, "org": plan.org and plan.org.text, "period": plan.period and plan.period.edtf,
             "issued": plan.issued and plan.issued.edtf}
    known = "  ".join(f"{say(name)} {value}" for name, value in facts.items() if value)
    return Text(safe(plan.title or say("untitled")), style="bold").append(f"  {safe(known)}", style="not bold dim")


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
    text = Text(safe(document.text[start:end]))
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
                console.print(Text(f"    {say('why')}: {safe(note)}", style="dim"), soft_wrap=True)
    rules = [edit.rule for edit in document.edits]
    for rule in sorted(set(rules)):
        console.print(f"{say('edits')} {escape(rule)}: {rules.count(rule)}")


def _line(hit: DateExpr | Quantity | Reference) -> Text:
    rule = f"  {say('rule')} {hit.rule}" if not isinstance(hit, Reference) else f"  {hit.kind}"
    words = Text(f"{hit.id:<8} {hit.span[0]}–{hit.span[1]} ", style="dim")
    words.append(f"“{safe(hit.quote)}”", style="bold")
    return words.append(f"  {safe(_reading(hit))}").append(rule, style="dim")


def _reading(hit: DateExpr | Quantity | Reference) -> str:
    """The fields that make up the reading, those that are null left out."""
    left_out = {"id", "section_id", "task_id", "span", "quote", "rule", "date_ids", "kind"}
    fields = hit.model_dump(exclude=left_out, exclude_none=True)
    shown = {k: v["text"] if k == "indicator" else f"{v['value']} {v['unit']}" if k == "baseline" else v
             for k, v in fields.items() if v is not False}
    return " ".join(f"{k}={v}" for k, v in shown.items())
