"""The numbers of `<ol>` items as a reader of the page sees them: they stand nowhere in its text.

HTML Living Standard 4.4.5 (start, type, reversed, value) and CSS Counter Styles 3 for `list-style-type`."""
from __future__ import annotations

import re

from ..numbering_formats import format_number
from .css import NO_SHEET, Sheet
from .node import Node

_TYPES = {"a": ("lowerLetter", ". "), "A": ("upperLetter", ". "), "i": ("lowerRoman", ". "), "I": ("upperRoman", ". ")}
_STYLES = {   # list-style-type → Word's name for the same numbers, and what follows the number
    "decimal": ("decimal", ". "), "decimal-leading-zero": ("decimalZero", ". "),
    "lower-alpha": ("lowerLetter", ". "), "lower-latin": ("lowerLetter", ". "),
    "upper-alpha": ("upperLetter", ". "), "upper-latin": ("upperLetter", ". "),
    "lower-roman": ("lowerRoman", ". "), "upper-roman": ("upperRoman", ". "),
    "cjk-heavenly-stem": ("ideographTraditional", "、"), "cjk-earthly-branch": ("ideographZodiac", "、"),
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "japanese-informal"),
                    ("chineseCountingThousand", "、")),
    "cjk-decimal": ("ideographDigital", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"), "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    **dict.fromkeys(("circled-decimal", "circled"), ("decimalEnclosedCircle", " ")),
    "fullwidth-decimal": ("decimalFullWidth", "．"),
}
_UNNUMBERED = frozenset(("none", "disc", "circle", "square"))
_OWN_MARK = re.compile(
    r"\s*(?:[（(〔【\[]?(?:[一二三四五六七八九十百零〇]{1,4}|\d{1,3}|[a-zA-Z])[）)〕】\]、.．，,:：]|第[一二三四五六七八九十百零\d]{1,5}[章节条篇部步、]"
    r"|[①-⑳⑴-⒛㈠-㈩]|[一二三四五六七八九十]{1,3}是)")


def item_numbers(ol: Node, sheet: Sheet = NO_SHEET) -> dict[Node, str]:
    """The label, such as `3. ` or `三、`, of every item of a list; none for a list shown without numbers, as a `<ul>` is
    unless its style says otherwise, and none where most items write their own."""
    items = [child for child in ol.elements() if child.tag == "li"]
    said = [_style(item, sheet, ("", "")) for item in items]
    style = _style(ol, sheet, _TYPES.get(ol.attrs.get("type", ""), _STYLES["decimal"]) if ol.tag == "ol" else None)
    if (style is None and not any(own and own[0] for own in said)) or not items:
        return {}
    marked = sum(1 for item in items if has_mark(item.words()[:20]))
    if marked * 2 > len(items):
        return {}
    backwards = "reversed" in ol.attrs
    number = _integer(ol.attrs.get("start"), len(items) if backwards else 1)
    labels = {}
    for item, own in zip(items, said, strict=True):
        number = _integer(item.attrs.get("value"), number)
        if own is not None and not own[0]:
            own = _TYPES.get(item.attrs.get("type", ""), style) if style is not None else None
        if own is not None and item.chars:
            labels[item] = format_number(number, own[0]) + own[1]
        number += -1 if backwards else 1
    return labels


def style_named(name: str) -> tuple[str, str] | None:
    """Word's name for the numbers of a counter style, and what follows them in a list; None for one without numbers."""
    return None if name in _UNNUMBERED else _STYLES.get(name, _STYLES["decimal"])


def has_mark(text: str) -> bool:
    """Whether a paragraph begins with a number mark of its own: 一、 （二） 3. 第四条 ⑤."""
    return _OWN_MARK.match(text) is not None


def _style(node: Node, sheet: Sheet, default: tuple[str, str] | None) -> tuple[str, str] | None:
    """The style that the page states for an element, else `default`; a quoted text stands for itself."""
    words = sheet.said(node).get("list-style", "") if sheet or "style" in node.attrs else ""
    for quoted, word in re.findall(r"[\"']([^\"']*)[\"']|([a-z-]+)", words.lower()):
        if quoted or word in _UNNUMBERED:
            return None
        if word in _STYLES:
            return _STYLES[word]
    return default


def _integer(words: str | None, default: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,9})", words or "")
    return int(found.group(1)) if found else default
