"""When what was found agrees with what an annotation says: dates, quantities, outlines."""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tally import Hit, Span, Tallies, Tally, Truth, shared, squeeze

_NUMBER_END = re.compile(r"[、.,:)\s]+$")
_START = 8        # characters by which a node's text is told
_STOPS = "、.,:)"
Agrees = Callable[[Truth, Hit], bool]


def match(truths: list[tuple[Span, Truth]], got: list[Hit], agrees: Agrees, tally: Tally) -> list[tuple[Truth, Hit]]:
    """Pair each truth with a hit that overlaps it and agrees, the longest overlap first; what must be found chooses
    before what may be found. Hits that only overlap something optional are neither right nor wrong."""
    free, pairs = list(got), []
    required = [span for span, truth in truths if not truth.get("optional")]
    for span, truth in sorted(truths, key=lambda pair: bool(pair[1].get("optional"))):
        over = [hit for hit in free if shared(span, hit["span"])]
        good = [hit for hit in over if agrees(truth, hit)]
        if good:
            best = max(good, key=lambda hit: shared(span, hit["span"]))
            free.remove(best)
            pairs.append((truth, best))
            tally.hit(True)
        elif truth.get("optional"):
            for hit in over:
                if not any(shared(other, hit["span"]) for other in required):
                    free.remove(hit)
        else:
            tally.hit(False, f"{truth['at']} {_told(truth)}; found {[_told(hit) for hit in over]}")
    for hit in free:
        tally.excess(f"{hit.get('quote')!r} {_told(hit)}")
    return pairs


def _told(hit: Hit) -> str:
    keys = ("type", "edtf", "value", "value_high", "unit", "op", "change", "per", "status", "mod", "rrule", "festival")
    return " ".join(f"{key}={hit[key]}" for key in keys if hit.get(key) is not None)


def _allowed(truth: Truth, key: str, got: object) -> bool:
    return str(got) in (str(truth[key]), str(truth.get(f"{key}_alt", truth[key])))


def date_agrees(truth: Truth, hit: Hit) -> bool:
    """Type and every stated field; recurrence rules by their parts, in any order."""
    if truth.get("type") != hit.get("type"):
        return False
    if not all(_allowed(truth, key, hit.get(key)) for key in ("edtf", "value", "mod") if key in truth):
        return False
    if "rrule" in truth and _rrule(truth["rrule"]) != _rrule(hit.get("rrule")):
        return False
    return "festival" not in truth or squeeze(truth["festival"]) == squeeze(hit.get("festival"))


def _rrule(text: str | None) -> frozenset[str]:
    text = {"FREQ=MONTHLY;INTERVAL=12": "FREQ=YEARLY"}.get(text or "", text or "")
    return frozenset(text.upper().replace("RRULE:", "").split(";")) - {"", "INTERVAL=1"}


def value_agrees(truth: Truth, hit: Hit) -> bool:
    """Value and unit."""
    same_unit = squeeze(truth.get("unit") or "") == squeeze(hit.get("unit") or "")
    return _close(truth["value"], hit.get("value")) and same_unit


def quantity_agrees(truth: Truth, hit: Hit) -> bool:
    """Value, unit, comparison, status, and what else is stated."""
    if not value_agrees(truth, hit) or not _allowed({"op": "eq", **truth}, "op", hit.get("op")):
        return False
    if truth.get("value_high") is not None and not _close(truth["value_high"], hit.get("value_high")):
        return False
    if any(truth.get(key) is not None and truth[key] != hit.get(key) for key in ("change", "per")):
        return False
    return bool(truth.get("status", "target") == hit.get("status"))


def _close(one: Any, two: Any) -> bool:
    try:
        return abs(float(one) - float(two)) <= 1e-9 * max(1.0, abs(float(one)))
    except (TypeError, ValueError):
        return False


@dataclass(frozen=True)
class _Node:
    number: str
    text: str
    parent: int | None
    inferred: bool = False


def outline_agrees(wanted: str, sections: list[Hit], text: str, tallies: Tallies) -> None:
    """Each wanted node takes the next found one that looks like it, or else an earlier one."""
    truths, found, taken = _drawn(wanted), _numbered(sections, text), dict[int, int]()
    after = 0
    for k, truth in enumerate(truths):
        order = [*range(after, len(found)), *range(min(after, len(found)))]
        hit = next((i for i in order if i not in taken.values() and _same(truth, found[i])), None)
        told = f"{truth.number} {truth.text[:12]}"
        tallies["outline"].hit(hit is not None, told)
        if hit is None:
            tallies["tree"].hit(False, told)
            continue
        taken[k], after = hit, hit + 1
        above = None if truth.parent is None else taken.get(truth.parent, -1)
        tallies["tree"].hit(above == found[hit].parent, f"parent of {told}")
        if above != found[hit].parent:
            tallies["tree"].excess(f"parent of {told}")
    for i, node in enumerate(found):
        if i not in taken.values():
            for name in ("outline", "tree"):
                tallies[name].excess(f"{node.number} {node.text[:12]}")


def _drawn(outline: str) -> list[_Node]:
    """The numbered nodes of an outline drawn with indents: `number | beginning of the text`, `·` for no number."""
    nodes, open_ = list[_Node](), list[tuple[int, int]]()
    for line in outline.splitlines():
        number, _, words = (part.strip() for part in line.partition("|"))
        if number in ("", "·"):
            continue
        indent = len(line) - len(line.lstrip())
        while open_ and open_[-1][0] >= indent:
            open_.pop()
        nodes.append(_Node(squeeze(number), squeeze(words), open_[-1][1] if open_ else None))
        open_.append((indent, len(nodes) - 1))
    return nodes


def _numbered(sections: list[Hit], text: str, parent: int | None = None, out: list[_Node] | None = None) -> list[_Node]:
    """The numbered sections of a tree in order; unnumbered ones are passed through."""
    out = [] if out is None else out
    for section in sections:
        mine = parent
        if section.get("number"):
            inferred = bool(section.get("inferred"))
            number = section["number"]["raw"]
            words = _words(section, number, inferred, text)
            out.append(_Node(squeeze(number), squeeze(words)[:60], parent, inferred))
            mine = len(out) - 1
        _numbered(section.get("children", []), text, mine, out)
    return out


def _words(section: Hit, number: str, inferred: bool, text: str) -> str:
    """A section's text after its number: the heading, carried on into what follows where it is cut short."""
    heading: str = section["heading"]["text"] if section.get("heading") else ""
    if inferred:
        return heading
    raw = text[section["span"][0]:section["span"][1]]
    follow = raw.partition(number)[2] if number in raw else raw
    return follow if not heading or squeeze(follow).startswith(squeeze(heading)[:4]) else heading


def _same(truth: _Node, node: _Node) -> bool:
    if _NUMBER_END.sub("", truth.number).strip("(") != _NUMBER_END.sub("", node.number).strip("("):
        return False
    if not truth.text:
        return node.inferred or not node.text
    length = min(len(truth.text), _START)
    return node.text.lstrip(_STOPS)[:length] == truth.text.lstrip(_STOPS)[:length]
