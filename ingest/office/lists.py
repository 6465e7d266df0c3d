"""The lists of numbering.xml as the small model of `numbering`."""
from __future__ import annotations

from collections.abc import Mapping

from ..numbering import LEVELS, Instance, Level, Lists, Suffix
from ..xml_parts import Element
from .styles import Styles
from .wordml import VAL, number, switch, value, w

_HIGHEST = 32767       # Word's largest number in a list
_SUFFIXES: dict[str | None, Suffix] = {"tab": "tab", "space": "space", "nothing": "nothing"}


def read_lists(root: Element | None, styles: Styles) -> Lists:
    """All list definitions and instances; none where the part is missing."""
    if root is None:
        return Lists()
    definitions: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    for abstract in root.findall(w("abstractNum")):
        key = abstract.get(w("abstractNumId")) or ""
        definitions[key] = dict(_levels(abstract))
        if link := value(abstract, "numStyleLink"):
            links[key] = link
    instances = {num.get(w("numId")) or "": _instance(num) for num in root.findall(w("num"))}
    linked = {key: _linked(key, links, instances, styles) for key in links}
    return Lists(definitions, {n: Instance(linked.get(i.definition, i.definition), i.levels, i.starts)
                               for n, i in instances.items()})


def _linked(key: str, links: Mapping[str, str], instances: Mapping[str, Instance], styles: Styles) -> str:
    """The definition that a list style stands for; a chain of links that bites its tail ends where it began."""
    seen: set[str] = set()
    while key in links and key not in seen:
        seen.add(key)
        instance = instances.get(styles.list_number(links[key]) or "")
        if instance is None:
            break
        key = instance.definition
    return key


def _levels(parent: Element) -> list[tuple[int, Level]]:
    out = []
    for level in parent.findall(w("lvl")):
        index = number(level.get(w("ilvl")))
        if index is not None and 0 <= index < LEVELS:
            out.append((index, _level(level)))
    return out


def _level(level: Element) -> Level:
    fmt, custom = _format(level)
    start = number(value(level, "start"), 0, _HIGHEST)
    fonts = level.find(f"{w('rPr')}/{w('rFonts')}")
    text = value(level, "lvlText") or ("•" if level.find(w("lvlPicBulletId")) is not None else "")
    return Level(
        start=start or 0,      # a level without w:start begins with 0
        fmt=fmt, text=text[:200], suffix=_SUFFIXES.get(value(level, "suff"), "tab"),
        restart=number(value(level, "lvlRestart"), 0, LEVELS), legal=bool(switch(level, "isLgl")),
        font=(fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "") if fonts is not None else "",
        style=value(level, "pStyle") or "", custom=custom,
    )


def _format(level: Element) -> tuple[str, str]:
    """The number format; a custom one, which stands in mc:AlternateContent, with its pattern of zeros."""
    for found in level.iter(w("numFmt")):
        fmt = found.get(VAL) or "decimal"
        if fmt != "custom":
            return fmt, ""
        pattern = found.get(w("format")) or ""
        if pattern[:1] == "0":
            return "decimal", pattern
    return "decimal", ""


def _instance(num: Element) -> Instance:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in num.findall(w("lvlOverride")):
        index = number(override.get(w("ilvl")))
        if index is None or not 0 <= index < LEVELS:
            continue
        levels.update((index, level) for _, level in _levels(override)[:1])
        start = number(value(override, "startOverride"), 0, _HIGHEST)
        if start is not None:
            starts[index] = start
    return Instance(value(num, "abstractNumId") or "", levels, starts)


