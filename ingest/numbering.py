"""Automatic list numbers turned back into the labels that Word shows: pure functions over a small model.

Follows ECMA-376 Part 1, 17.9 (Numbering). Counters belong to the list definition, not to its instances: two instances
of one definition count on, unless an instance starts its levels anew."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .numbering_formats import format_number, zero_padded

LEVELS = 9
BULLET = "•"
Suffix = Literal["tab", "space", "nothing"]

_SLOT = re.compile(r"%([1-9])")
_CLOSED = tuple("、）")     # marks after which Chinese text follows without a blank
_SYMBOL_FONTS = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett", "zapfdingbats"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` holds `%1` … `%9` for the numbers of levels; `restart` is the one-based level whose
    use starts this one anew, 0 for never, None for any higher one; `custom` is a pattern of zeros such as `01, 02`."""

    start: int = 1
    fmt: str = "decimal"
    text: str = ""
    suffix: Suffix = "tab"
    restart: int | None = None
    legal: bool = False
    font: str = ""
    style: str = ""            # the paragraph style that takes its numbers from this level
    custom: str = ""


@dataclass(frozen=True, slots=True)
class Instance:
    """A list as paragraphs name it (w:num): its definition, levels that it replaces, levels that it starts anew."""

    definition: str
    levels: Mapping[int, Level] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lists:
    """All definitions (levels by index) and instances of a document."""

    definitions: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    instances: Mapping[str, Instance] = field(default_factory=dict)

    def level(self, number: str, index: int) -> Level | None:
        """Level `index` of instance `number`; None where neither it nor its definition has one."""
        instance = self.instances.get(number)
        if instance is None:
            return None
        return instance.levels.get(index) or self.definitions.get(instance.definition, {}).get(index)

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of instance `number` that paragraph style `style` is tied to."""
        return next((i for i in range(LEVELS) if (found := self.level(number, i)) and found.style == style), None)


class Numberer:
    """Counts one story of a document (body, a header, the notes) and gives each numbered paragraph its label."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, number: str, index: int) -> str:
        """The label of the next paragraph at level `index` (0–8) of instance `number`, with what parts it from the
        paragraph's text; empty where the list is unknown or the level has no number."""
        level = self._lists.level(number, index)
        instance = self._lists.instances.get(number)
        if level is None or instance is None or not 0 <= index < LEVELS:
            return ""
        counts = self._counts.setdefault(instance.definition, {})
        self._begin(number, instance, counts)
        counts[index] = counts[index] + 1 if index in counts else self._start(instance, number, index)
        self._restart_below(number, index, counts)
        text = _bullet(level) if level.fmt == "bullet" else self._written(level, instance, number, counts)
        return text + gap(level.suffix, text) if text else ""

    def _begin(self, number: str, instance: Instance, counts: dict[int, int]) -> None:
        """An instance that starts levels anew does so once, where it is used first."""
        if number in self._begun:
            return
        self._begun.add(number)
        for index in instance.starts:
            counts.pop(index, None)

    def _start(self, instance: Instance, number: str, index: int) -> int:
        level = self._lists.level(number, index)
        return instance.starts.get(index, level.start if level else 1)

    def _restart_below(self, number: str, index: int, counts: dict[int, int]) -> None:
        for below in range(index + 1, LEVELS):
            level = self._lists.level(number, below)
            restart = level.restart if level else None
            after = below if restart is None or restart > below else restart
            if index < after:
                counts.pop(below, None)

    def _written(self, level: Level, instance: Instance, number: str, counts: Mapping[int, int]) -> str:
        def slot(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            # A level that was passed over shows the number that it would begin with.
            value = counts.get(index, self._start(instance, number, index))
            other = self._lists.level(number, index)
            if other is None or other.fmt in ("none", "bullet"):
                return ""
            if level.legal:
                return str(value)
            return zero_padded(value, other.custom) if other.custom else format_number(value, other.fmt)

        return _SLOT.sub(slot, level.text)


def _bullet(level: Level) -> str:
    """The bullet's character; a letter or private character of a symbol font is drawn there as a sign."""
    text = level.text.strip()
    if not text:
        return ""
    private = any(0xE000 <= ord(c) <= 0xF8FF for c in text)
    if private or level.font.lower() in _SYMBOL_FONTS:
        return BULLET
    return "◦" if text == "o" else text


def gap(suffix: Suffix, text: str) -> str:
    """What parts a label from its paragraph: nothing after `一、`, a blank after `1.`."""
    if suffix == "nothing" or (suffix == "tab" and text.endswith(_CLOSED)):
        return ""
    return "" if text[-1].isspace() else " "
