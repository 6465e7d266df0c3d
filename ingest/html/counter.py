"""Words that style sheets put before elements: numbers of CSS counters, marks such as 一、 (CSS Lists 3, 4; CSS Generated
Content). A reader of the page sees them, and they stand nowhere in its text."""
from __future__ import annotations

import re

from ..numbering_formats import format_number
from .css import Sheet
from .node import UNSHOWN, Node
from .number import has_mark, style_named

_TOKEN = re.compile(r"\"([^\"]*)\"|'([^']*)'|(counters?)\(([^()]*)\)|attr\(\s{0,9}([\w-]+)\s{0,9}\)")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))")
_COUNTER = re.compile(r"([A-Za-z_\u00a0-\uffff-][\w\u00a0-\uffff-]*)(?:\s+([+-]?\d{1,9}))?")
_LONGEST = 40       # characters of a mark


def marks_of(root: Node, sheet: Sheet) -> dict[Node, str]:
    """What stands before each element, where that is a number or a mark; nothing for a page whose sheets say nothing."""
    if not sheet.counts:
        return {}
    counters, found = _Counters(), dict[Node, str]()
    todo: list[tuple[Node, bool]] = [(root, False)]
    while todo:
        node, done = todo.pop()
        if done:
            counters.leave(node)
            continue
        if node.tag in UNSHOWN or node.is_hidden():
            continue
        counters.apply(node, sheet.said(node))
        before = sheet.said(node, "before") | sheet.said(node, "marker")
        if before:
            counters.apply(node, before)
            if words := _content(before.get("content", ""), node, counters):
                found[node] = words
        todo.append((node, True))
        todo.extend((child, False) for child in reversed(list(node.elements())))
    return found


class _Counters:
    """The counters in scope, the innermost last, each with the element whose children it counts."""

    def __init__(self) -> None:
        self.values: dict[str, list[tuple[Node | None, int]]] = {}

    def apply(self, node: Node, said: dict[str, str]) -> None:
        """What an element does to the counters: reset, then count, then set."""
        for name, number in _COUNTER.findall(_stated(said.get("counter-reset", ""))):
            scopes = self.values.setdefault(name, [])
            if scopes and scopes[-1][0] is node.parent:
                scopes.pop()
            scopes.append((node.parent, int(number or 0)))
        for name, number in _COUNTER.findall(_stated(said.get("counter-increment", ""))):
            self._put(name, node, self.value(name) + int(number or 1))
        for name, number in _COUNTER.findall(_stated(said.get("counter-set", ""))):
            self._put(name, node, int(number or 0))

    def _put(self, name: str, node: Node, value: int) -> None:
        scopes = self.values.setdefault(name, [])
        scopes[-1:] = [(scopes[-1][0] if scopes else node.parent, value)]

    def value(self, name: str) -> int:
        """The innermost counter's number."""
        return self.values[name][-1][1] if self.values.get(name) else 0

    def leave(self, node: Node) -> None:
        """Forget the counters of an element's children."""
        for scopes in self.values.values():
            while scopes and scopes[-1][0] is node:
                scopes.pop()


def _stated(words: str) -> str:
    return "" if words.strip().lower() in ("none", "inherit", "initial") else words


def _content(words: str, node: Node, counters: _Counters) -> str:
    """The words of a `content` if they number or mark the element, else none: icons, quotes, bullets."""
    parts, numbered = [], False
    for double, single, kind, inside, attribute in _TOKEN.findall(words):
        if kind:
            numbered = True
            parts.append(_number(kind.lower(), inside, counters))
        else:
            parts.append(node.attrs.get(attribute, "") if attribute else _ESCAPE.sub(_character, double or single))
    said = "".join(parts)
    return said if len(said) <= _LONGEST and (numbered or has_mark(said)) else ""


def _number(kind: str, inside: str, counters: _Counters) -> str:
    name, *more = [words.strip() for words in inside.split(",")]
    values = [value for _, value in counters.values.get(name, [])] or [0]
    style = more[1] if kind == "counters" and len(more) > 1 else more[0] if kind == "counter" and more else "decimal"
    named = style_named(style.lower())
    if named is None:
        return ""
    told = [format_number(value, named[0]) for value in (values if kind == "counters" else values[-1:])]
    return (more[0].strip("\"'") if more else ".").join(told) if kind == "counters" else told[0]


def _character(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else 0
    return found.group(2) or (chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "")
