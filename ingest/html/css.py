"""What a page's own style sheets say of numbers: `list-style`, counters, and the words that they put before elements.

Selectors by tag, class and id, descendants and children; a rule with any other selector, or for print, is passed over."""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from .node import Node

# What stands before an element and may be a number or a mark; the rest are blanks that end floats, icons and bullets.
_MARK = re.compile(r"counter|attr\(|[\w\u2460-\u24ff\u4e00-\u9fff]{1,4}[^\w\s]|\\0{0,2}[2-9][0-9a-fA-F]{3}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_PRINT = re.compile(r"@media\b([^{}]{0,200}\bprint\b[^{}]{0,200})\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_NAMES = ("list-style", "counter-", "content", "LIST-STYLE", "COUNTER-", "CONTENT")     # browsers of the 2000s shout
_DECLARATION = re.compile(
    r"(?:^|[;{\s])(list-style(?:-type)?|counter-reset|counter-increment|counter-set|content)\s{0,9}:"
    r"((?:[^;\"']|\"[^\"]*\"|'[^']*')*)", re.I)
_COMPOUND = re.compile(r"(?P<tag>[A-Za-z][\w-]*|\*)?(?P<names>(?:[.#][\w\u00a0-\uffff-]+)*)(?P<where>::?(?:before|marker))?")
_STEP = re.compile(r"\s*>\s*|\s+")
_LARGEST = 500_000      # characters of all sheets together
_MOST = 500             # rules that concern numbers
_LONGEST = 6            # steps of a selector


@dataclass(frozen=True, slots=True)
class _Compound:
    """One step of a selector; `child`: of an element right in the one of the step before."""

    tag: str
    classes: frozenset[str]
    id: str
    child: bool

    def takes(self, node: Node) -> bool:
        return ((not self.tag or node.tag == self.tag) and (not self.id or node.attrs.get("id") == self.id)
                and (not self.classes or self.classes.issubset(node.attrs.get("class", "").split())))


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector's steps, the last first; `where` is `before` or `marker` for what stands there."""

    steps: tuple[_Compound, ...]
    where: str
    weight: tuple[int, int, int]
    said: Mapping[str, str]

    def takes(self, node: Node) -> bool:
        if not self.steps[0].takes(node):
            return False
        child, above = self.steps[0].child, node.parent
        for step in self.steps[1:]:
            while above is not None and not step.takes(above):
                above = None if child else above.parent
            if above is None:
                return False
            child, above = step.child, above.parent
        return True


@dataclass(slots=True)
class Sheet:
    """The rules of a page that concern numbers, by what they hold for (`""` elements, `before`, `marker`), in the order in
    which they hold."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rules)

    @property
    def counts(self) -> bool:
        """Whether it puts words before elements."""
        return any("content" in rule.said for where in ("before", "marker") for rule in self.rules.get(where, ()))

    def said(self, node: Node, where: str = "") -> dict[str, str]:
        """What holds for an element, or for what stands `where` of it, by property; its own style attribute last."""
        found: dict[str, str] = {}
        for rule in self.rules.get(where, ()):
            if rule.takes(node):
                found.update(rule.said)
        if not where and "style" in node.attrs and _concerns(node.attrs["style"]):
            found.update(_declared(node.attrs["style"]))
        return found


NO_SHEET = Sheet()


def sheet_of(heads: Sequence[Node]) -> Sheet:
    """The rules of the style elements among a page's `heads`."""
    text = "\n".join(words for node in heads if node.tag == "style" for words in node.children if isinstance(words, str))
    if not _concerns(text):
        return NO_SHEET
    rules = (rule for nth, (selectors, body) in enumerate(_blocks(_COMMENT.sub(" ", text[:_LARGEST])))
             if (said := _declared(body)) for selector in selectors.split(",") if (rule := _rule(selector, said, nth)))
    sheet = Sheet()
    for rule in sorted(islice(rules, _MOST), key=lambda rule: rule.weight):
        sheet.rules.setdefault(rule.where, []).append(rule)
    return sheet


def _concerns(words: str) -> bool:
    return any(name in words for name in _NAMES)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that holds on a screen and may concern numbers."""
    if "@media" in text:
        text = _PRINT.sub(lambda found: found.group() if "screen" in found.group(1) else "", text)
    end = 0
    for at in sorted(_places(text)):
        if at >= end:
            start, end = text.rfind("}", end, at) + 1, text.find("}", at)
            end = len(text) if end < 0 else end
            before, brace, body = text[start:end].rpartition("{")
            head = before.rpartition("{")[2].rpartition(";")[2].replace("<!--", " ").replace("-->", " ").strip()
            if brace and _concerns(body) and not head.startswith("@"):
                yield head, body


def _places(text: str) -> Iterator[int]:
    """Where a sheet says anything of numbers."""
    for name in _NAMES:
        at = text.find(name)
        while at >= 0:
            yield at
            at = text.find(name, at + 1)


def _declared(body: str) -> dict[str, str]:
    """The declarations that concern numbers, by property."""
    said = {}
    for name, value in _DECLARATION.findall(body):
        name = name.lower()
        if name == "content" and not _MARK.search(value):
            continue
        said["list-style" if name == "list-style-type" else name] = re.sub(r"\s*!\s*important\s*$", "", value.strip())
    return said


def _rule(selector: str, said: Mapping[str, str], nth: int) -> _Rule | None:
    """A selector with what is said of it; None for one of another kind."""
    steps: list[_Compound] = []
    where, names, tags = "", 0, 0
    words = selector.strip()
    children = [False, *(">" in gap for gap in _STEP.findall(words))]
    for part, child in zip(_STEP.split(words), children, strict=True):
        found = _COMPOUND.fullmatch(part)
        if not part or not found or where or len(steps) == _LONGEST:
            return None
        tag, where = (found.group("tag") or "").lower().strip("*"), (found.group("where") or "").strip(":")
        marks = re.findall(r"[.#][^.#]+", found.group("names"))
        ids = [mark[1:] for mark in marks if mark[0] == "#"]
        names, tags = names + 1000 * len(ids) + len(marks) - len(ids), tags + bool(tag)
        steps.append(_Compound(tag, frozenset(mark[1:] for mark in marks if mark[0] == "."), ids[0] if ids else "", child))
    return _Rule(tuple(reversed(steps)), where, (names, tags, nth), said)
