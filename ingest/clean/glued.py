"""A title that has lost its line end: the text goes on behind it on its line. A line feed parts them."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context
from .fold import fold, lines

_KIND = "(?:计划|规划|方案|要点|意见|预案|总结|报告|安排|办法|打算|思路|纲要|措施|细则|通知)"
_BEGINS = "(?:一、|\\(一\\)|第一|1[、.](?!\\d)|为了?|根据|按照|随着|围绕|[今本新]学?[年期])"
_BARE = re.compile(rf"([^。;!?,:\n]{{2,56}}{_KIND}(?:\([^()\n]{{1,16}}\))?) {{1,4}}(?={_BEGINS})")
_BRACKETED = re.compile(rf"(\[[^\[\]。\n]{{2,50}}{_KIND}\]) {{0,4}}(?=[^\s\[])")
# `范文 篇1为了…`; the number may run into a year: `范文 篇120xx年…`
_PART = re.compile(rf"([^。;!?,:\n]{{0,40}}{_KIND}[^。;!?,:\n]{{0,8}}篇(?:\d{{1,2}}(?=(?:19|20)[\dx*×]{{2}} ?年)|\d{{1,2}}(?=[一-鿿])|[一二三四五六七八九十]{{1,2}}(?=为了?|根据|按照|随着|围绕))) {{0,4}}")
_TOP = 6                 # lines at the top among which a title stands
_LONG = 100              # characters of a line that is more than a title


def glued_titles(draft: Draft, context: Context) -> None:
    """A line feed behind the title with which a long line begins: `护理部工作计划 一、…`, `【社区工作计划】随着…`, `… 篇1为…`."""
    text, changes = draft.text, []
    for k, (start, end) in enumerate(lines(text)):
        if end - start < _LONG:
            continue
        line = fold(text[start:min(end, start + 2 * _LONG)])
        found = _PART.match(line) or (k < _TOP and (_BRACKETED.match(line) or _BARE.match(line))) or None
        if found:
            changes.append(Change(start + found.end(1), start + found.end(), "\n", "whitespace", "lost-break"))
    draft.change(changes)
