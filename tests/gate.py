"""The gate: floors under precision and recall on annotated documents, and the table of what is reached now.

`python tests/gate.py` prints the table and fails below a floor; `--update` raises floors to what is reached, never
lowers one, and refuses to run under CI. Annotation lies in `fixtures/*/truth.yaml`; where the folder of the source
documents lies beside the checkout, its annotation counts as well, as a set of its own: its floors hold as long as it
is the annotation that they were taken on. So do the passages of `passages.py`, annotated before their output was seen.
"""
from __future__ import annotations

import argparse
import hashlib
import math
import os
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jihua
import passages
import yaml
from jihua.export.json import dumps, json
from measures import NAMES, measure
from tally import Tallies, Tally, Truth

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = ROOT / "tests" / "gate.toml"
PASSAGES = ROOT / "tests" / "passages"
SETS = {"fixtures": ROOT / "fixtures", "documents": SHARED / "gold", "passages": PASSAGES}
"""Name of each set of annotation and its folder; a folder that is not there is left out."""
CHANGED = "fixtures: the annotation has changed; take its floors anew with --update"
STEP = 1000      # floors are kept in thousandths, rounded down


@dataclass(frozen=True)
class Case:
    """An annotation and the file that it speaks of."""

    annotation: Path
    source: Path
    truth: Truth


def present() -> dict[str, list[Case]]:
    """The cases of every set whose folder is there."""
    found = {name: cases(folder) for name, folder in SETS.items() if folder.is_dir()}
    return {name: some for name, some in found.items() if some}


def cases(folder: Path) -> list[Case]:
    """The cases of one folder, by name."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        truth = passages.load(path) if folder == PASSAGES else yaml.safe_load(path.read_text(encoding="utf-8"))
        if truth is not None:
            found.append(Case(path, _source(path, truth), truth))
    return found


def _source(annotation: Path, truth: Truth) -> Path:
    named = truth["source"]["path"] if isinstance(truth["source"], dict) else truth["source"]
    places = (annotation.parent, SHARED / "corpus", SHARED / "seeds")
    return next((place / named for place in places if (place / named).is_file()), annotation.parent / named)


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and bytes of a set's annotation: floors hold for that annotation only."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def reached(found: list[Case]) -> Tallies:
    """All cases converted and counted together; a source that cannot be converted misses everything."""
    total = {name: Tally() for name in NAMES}
    for case in found:
        for name, tally in measure(case.truth, document(case)).items():
            tally.notes = [f"{case.annotation.parent.name}/{case.annotation.name}: {note}" for note in tally.notes]
            total[name].add(tally)
    return total


def document(case: Case) -> dict[str, Any]:
    """What a reader of the written JSON sees."""
    try:
        converted: dict[str, Any] = json.loads(dumps(jihua.convert(case.source)))
    except jihua.schema.JihuaError as error:
        print(error, file=sys.stderr)
        return {"text": "", "plans": [], "source": {}}
    return converted


def floors() -> dict[str, Any]:
    """The committed floors: set → `fingerprint` and measure → [precision, recall]."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def current(name: str, print_: str, kept: dict[str, Any]) -> bool:
    """Whether the floors of a set were taken on the annotation that it has now."""
    return bool(kept.get(name, {}).get("fingerprint") == print_)


def below(tallies: Tallies, floor: dict[str, Any]) -> list[str]:
    """What lies under its floor, a line each."""
    out = []
    for name in NAMES:
        for kind, value, low in zip(("precision", "recall"), _values(tallies[name]), floor[name], strict=True):
            if value < low:
                out.append(f"{name}: {kind} {value:.3f} is below {low:.3f}")
    return out


def raised(old: dict[str, Any], tallies: Tallies, print_: str) -> dict[str, Any]:
    """New floors: what is reached, rounded down; never below an old one while the annotation is the same."""
    same = old.get("fingerprint") == print_
    new: dict[str, Any] = {"fingerprint": print_}
    for name in NAMES:
        now = [math.floor(value * STEP) / STEP for value in _values(tallies[name])]
        new[name] = [max(pair) for pair in zip(now, old[name], strict=True)] if same and name in old else now
    return new


def _values(tally: Tally) -> tuple[float, float]:
    return tally.precision, tally.recall


def rendered(table: dict[str, Any]) -> str:
    """The floors as their file holds them."""
    lines = ["# Floors of precision and recall; `python tests/gate.py --update` raises them, nothing lowers them."]
    for name, floor in sorted(table.items()):
        lines += ["", f"[{name}]", f'fingerprint = "{floor["fingerprint"]}"']
        lines += [f"{measure_} = [{floor[measure_][0]:.3f}, {floor[measure_][1]:.3f}]" for measure_ in NAMES]
    return "\n".join(lines) + "\n"


def table(tallies: Tallies) -> str:
    """Measures down, precision, recall, F1 and the number of wanted items across."""
    rows = [f"{'measure':17} {'P':>6} {'R':>6} {'F1':>6} {'n':>6}"]
    rows += [f"{name:17} {t.precision:6.3f} {t.recall:6.3f} {t.f1:6.3f} {t.right + t.missed:6}"
             for name, t in tallies.items()]
    return "\n".join(rows)


def main(arguments: list[str] | None = None) -> int:
    """The command; its exit code is 1 below a floor, 2 where floors must not be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--details", action="store_true", help="print every miss")
    options = parser.parse_args(arguments)
    if options.update and os.environ.get("CI"):
        print("floors are not raised under CI", file=sys.stderr)
        return 2
    kept, faults = floors(), []
    for name, found in present().items():
        tallies, print_ = reached(found), fingerprint(SETS[name])
        print(f"{name}: {len(found)} annotated documents\n{table(tallies)}\n")
        if options.details:
            print("\n".join(f"  {measure_}: {note}" for measure_, t in tallies.items() for note in t.notes))
        if options.update:
            kept[name] = raised(kept.get(name, {}), tallies, print_)
        elif not current(name, print_, kept):
            faults += [CHANGED] if name == "fixtures" else []
        else:
            faults += [f"{name}: {fault}" for fault in below(tallies, kept[name])]
    if options.update:
        FLOORS.write_text(rendered(kept), encoding="utf-8")
    print("\n".join(faults) or "no measure is below its floor")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
