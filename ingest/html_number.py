"""The numbers of `<ol>` items as a reader of the page sees them: they stand nowhere in its text.

HTML Living Standard 4.4.5 (start, type, reversed, value) and CSS Counter Styles 3 for `list-style-type`."""
from __future__ import annotations

import re

from .html_node import Node
from .numbering_formats import format_number

_TYPES = {"a": ("lowerLetter", ". "), "A": ("upperLetter", ". "), "i": ("lowerRoman", ". "), "I": ("upperRoman", ". ")}
_STYLES = {   # list-style-type → Word's name for the same numbers, and what follows the number
    "decimal": ("decimal", ". "),
    "lower-alpha": ("lowerLetter", ". "), "lower-latin": ("lowerLetter", ". "),
    "upper-alpha": ("upperLetter", ". "), "upper-latin": ("upperLetter", ". "),
    "lower-roman": ("lowerRoman", ". "), "upper-roman": ("upperRoman", ". "),
    "cjk-heavenly-stem": ("ideographTraditional", "、"), "cjk-earthly-branch": ("ideographZodiac", "、"),
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal"),
                    ("chineseCountingThousand", "、")),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
}
_UNNUMBERED = frozenset(("none", "disc", "circle", "square"))
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s{0,9}:([^;]*)")
_OWN_MARK = re.compile(
    r"\s*(?:[（(〔【\[]?(?:[一二三四五六七八九十百零〇]{1,4}|\d{1,3}|[a-zA-Z])[）)〕】\]、.．，,:：]|第[一二三四五六七八九十百零\d]{1,5}[章节条篇部步、]"
    r"|[①-⑳⑴-⒛㈠-㈩]|[一二三四五六七八九十]{1,3}是)")


def item_numbers(ol: Node) -> dict[Node, str]:
    """The label, such as `3. ` or `三、`, of every item of an ordered list; none for a list shown without numbers, and
    none where most items write their own."""
    items = [child for child in ol.elements() if child.tag == "li"]
    style = _style(ol)
    if style is None or not items:
        return {}
    marked = sum(1 for item in items if has_mark(item.words()[:20]))
    if marked * 2 > len(items):
        return {}
    backwards = "reversed" in ol.attrs
    number = _integer(ol.attrs.get("start"), len(items) if backwards else 1)
    labels = {}
    for item in items:
        number = _integer(item.attrs.get("value"), number)
        own = _style(item, style, item.attrs.get("type"))
        if own is not None and item.chars:
            labels[item] = format_number(number, own[0]) + own[1]
        number += -1 if backwards else 1
    return labels


def has_mark(text: str) -> bool:
    """Whether a paragraph begins with a number mark of its own: 一、 （二） 3. 第四条 ⑤."""
    return _OWN_MARK.match(text) is not None


def _style(node: Node, default: tuple[str, str] = ("decimal", ". "), kind: str | None = None) -> tuple[str, str] | None:
    stated = _LIST_STYLE.search(node.attrs.get("style", "").lower())
    for word in re.findall(r"[a-z-]+", stated.group(1)) if stated else ():
        if word in _UNNUMBERED:
            return None
        if word in _STYLES:
            return _STYLES[word]
    return _TYPES.get(kind or node.attrs.get("type", ""), default)


def _integer(words: str | None, default: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,9})", words or "")
    return int(found.group(1)) if found else default
