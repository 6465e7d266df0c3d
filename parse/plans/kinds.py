"""Kinds of plans by the words of a title."""
from __future__ import annotations

import re

from ..rules import load
from ..view import matching_view

_ABOUT = re.compile("》?的?(?:说明|解读|问答|释义|图解)$")      # what only speaks of a plan
_TAIL = re.compile(r"(?:[(\[【][^()\[\]【】]{0,40}[)\]】]|(?<=[划画要案见法])(?:草案|草稿|初稿|讨论稿|送审稿|征求意见稿)|[》”\" ])++$")


def kind_of(title: str | None) -> str | None:
    """The kind that a title names (工作计划, 实施方案, 政府工作报告), in simplified script; None where it names none."""
    if not title or _ABOUT.search(matching_view(title)):
        return None
    found = None
    for hit in load("kinds").find(matching_view(title)):
        found = hit.rule.value or matching_view(title)[hit.start:hit.end]
    return found.removeprefix("年度").replace("计画", "计划") if found else None


def ends_in_kind(view: str) -> bool:
    """Whether a line's last words, brackets aside, name a kind of plan."""
    words = _TAIL.sub("", view)
    hits = list(load("kinds").find(words, max(0, len(words) - 12)))
    return bool(hits) and hits[-1].end == len(words)
