"""What cleaning does to documents that are not damaged: `python bench/harm.py [FOLDER]`.

Reads every clean document of the corpus (reports, plans, five-year plans, the clean side of pairs, the gold text of web
pages) as plain text or Markdown, counts edits by rule, and lists each one that changes more than white space. Rules of
repair have a budget of zero: the run fails where one of them touches anything."""
from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import STEPS, clean
from jihua.ingest.clean.context import Context
from jihua.ingest.draft import Draft
from jihua.ingest.readers import read
from jihua.schema import Cleaned

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
REPAIR = ("gloss", "lost_byte", "mojibake")    # kinds of edits that nothing undamaged may meet
REPAIR_RULES = ("shared-page-mark", "lost-spaces", "doubled-mark")
DAMAGE_CODES = ("lost-byte", "ambiguous-repair", "confusable-number")
SHOWN = 40


def sources(corpus: Path) -> Iterator[tuple[str, SourceText]]:
    """Each clean document by its path in the corpus."""
    for folder in ("reports", "plans", "five-year"):
        for path in sorted((corpus / folder).glob("*.md")):
            yield f"{folder}/{path.name}", read(path.read_bytes(), path.name)
    for folder in ("viewer", "mojibake"):
        for path in sorted((corpus / folder).glob("*-clean.md")):
            yield f"{folder}/{path.name}", read(path.read_bytes(), path.name)
    for path in sorted((corpus / "html").rglob("*.html")):
        yield f"{path.relative_to(corpus)}", read(path.read_bytes(), path.name)


def is_repair(kind: str, rule: str) -> bool:
    """Whether an edit is one that only damage calls for."""
    return kind in REPAIR or rule in REPAIR_RULES


def found(cleaned: Cleaned) -> Iterator[str]:
    """Each edit that is not white space, as its rule and what it does."""
    for edit in cleaned.edits:
        if edit.kind != "whitespace" and re.sub(r"\s", "", edit.before) != re.sub(r"\s", "", edit.after):
            yield f"{edit.kind}/{edit.rule} at {edit.at}: {edit.before[:SHOWN]!r} → {edit.after[:SHOWN]!r}"


def repaired(source: SourceText) -> list[str]:
    """Each edit of repair, seen right after its step: a later one may take it in."""
    draft, context, seen = Draft(source.text), Context(source, {}), []
    for step in STEPS:
        before = {(e.rule, e.before, e.after) for e in draft.edits()}
        step(draft, context)
        seen += [f"{e.rule}: {e.before[:SHOWN]!r} → {e.after[:SHOWN]!r}" for e in draft.edits()
                 if is_repair(e.kind, e.rule) and (e.rule, e.before, e.after) not in before]
    return seen


def main(corpus: Path) -> int:
    """Prints the list and the counts; 1 where a rule of repair has touched a clean document."""
    counts: Counter[str] = Counter()
    said: Counter[str] = Counter()
    repairs = documents = characters = 0
    for name, source in sources(corpus):
        cleaned = clean(source)
        documents, characters = documents + 1, characters + len(source.text)
        counts.update(f"{e.kind}/{e.rule}" for e in cleaned.edits)
        mended = repaired(source)
        repairs += len(mended)
        for line in mended:
            print(f"{name}: REPAIR {line}")
        for line in found(cleaned):
            print(f"{name}: {line}")
        for note in cleaned.diagnostics:
            said[note.code] += 1
            if note.code in DAMAGE_CODES:
                start, end = note.span or (0, 0)
                print(f"{name}: says {note.code} at {start}: {cleaned.text[max(0, start - 12):end + 12]!r}")
    print(f"\n{documents} documents, {characters} characters")
    for rule, count in sorted(counts.items()):
        print(f"{count:7} {rule}{'  (repair)' if is_repair(*rule.split('/')) else ''}")
    for code, count in sorted(said.items()):
        print(f"{count:7} says {code}")
    print(f"{repairs} repairs of clean documents; the budget is 0")
    return int(repairs > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS))
