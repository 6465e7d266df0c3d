"""The documents on a page that gathers no numbered plans: a notice, its attachments, or one document alone.

A document begins at a heading that names a kind of plan, and that the text shows to be one: a notice cites it in 《》,
a line 附件 stands before it, or it is set as the first document's heading is and the numbering begins again behind it.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Line
from .kinds import ends_in_kind
from .title import LONGEST, first_half, is_numbered, is_stopped, unspaced

NEWS = re.compile(r".{0,12}(?:本报|新华社|中新社|中新网|人民网|央视网|记者|通讯员).{0,40}(?:电|讯|报道|摄)|近日,?.{2,40}(?:印发|发布|出台)了")
_ORDER = re.compile(r"(?:印发|转发|下发)给你们|请.{0,12}(?:结合|遵照|认真).{0,20}(?:执行|落实|实施)")
_ANNEX = re.compile(r"附 ?件 ?[0-9一二三四五六七八九十]{0,2} ?[:.]?$")
_CITED = re.compile(r"《([^《》\n]{4,60})》")
_BRACKET = re.compile(r"(?<=.{4})\([^()]{1,20}\)$")
_FIRST_MARK = re.compile(r"第一[章条篇部节]|一[、.]|\(一\)|1[、.]|第1[章条]")
_REPORT = re.compile("报告|总结")
_PART = re.compile("(?:[12][0-9]{3}年度?|今年|明年|下一?年度?|今后[一-鿿]{0,4}|下一步)的?(?:政府|我[市省县区]|全[市省县区])?(?:主要|重点)?工作的?"
                   "(?:建议|安排|计划|打算|思路|任务|目标|重点|举措|措施|意见)[一-鿿]{0,8}")
_TOLD = re.compile(r"(?:全文|主要内容|原文)(?:公布|发布|刊登)?如下")
_BODY = 30               # characters that must follow a heading
_TOP = 14                # lines at the top that may cite what is attached


def documents(view: str, lines: Sequence[Line], page: str = "") -> list[tuple[Line, ...]]:
    """The lines of each document in order. What only reports on a document (an agency's news, an editor's note before
    its heading, a quotation of the notice that sent it) is in none. `page` is the page's title in the matching view: a
    notice in quotation form is a document of its own where the page is called by it."""
    heads = _heads(view, lines)
    start = _prelude(view, lines, heads[0] if heads else _after_note(view, lines), page)
    bounds = [*start, *heads[1:], len(lines)] if heads else [*start, len(lines)]
    return [tuple(lines[a:b]) for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


def _prelude(view: str, lines: Sequence[Line], first: int, page: str) -> list[int]:
    """Where the first document begins, or the notice before it and it."""
    before = lines[:first]
    words = [view[line.start:line.end] for line in before]
    if not before:
        return [first]
    if any(NEWS.match(w) for w in words):
        return [first]
    if all(line.kind == "quote" for line in before):
        named = page.replace(" ", "")
        return [*[k for k, w in enumerate(words) if named and w.replace(" ", "") == named][:1], first]
    if any(_ORDER.search(w) for w in words) and sum(map(len, words)) > _BODY:
        return [0, first]
    return [0]


def _after_note(view: str, lines: Sequence[Line]) -> int:
    """The first line behind an editor's note in quotation form at the top; 0 where there is none."""
    k = 0
    while k < len(lines) and lines[k].kind == "quote":
        k += 1
    told = any(p.search(view, line.start, line.end) for line in lines[:k] for p in (NEWS, _TOLD, _ORDER))
    return k if 0 < k < len(lines) and (k > 2 or told) else 0


def _heads(view: str, lines: Sequence[Line]) -> list[int]:
    cited = _cited(view, lines)
    out: list[int] = []
    for k, line in enumerate(lines):
        words = unspaced(view[line.start:line.end])
        if line.kind in ("quote", "toc") or len(words) > LONGEST or is_stopped(words) or is_numbered(words):
            continue
        whole = words
        if k and (first_half(view, lines[k - 1], line) or _core(view[lines[k - 1].start:lines[k - 1].end] + words) in cited):
            k -= 1
            whole = view[lines[k].start:lines[k].end] + words
        named = cited.get(_core(whole), line.start) < lines[k].start or (not out and _core(whole) in cited)
        if not named and not ends_in_kind(words):
            continue
        after_annex = k > 0 and _ANNEX.match(view, lines[k - 1].start, lines[k - 1].end) is not None
        k -= int(after_annex)
        if not out:
            if k < _TOP and (named or _class(line)):
                out.append(k)
            elif k < _TOP:
                out.append(k)
        elif k > out[-1] + 1 and _has_body(lines, k) and (
                named or after_annex or (not _is_part(view, lines[out[0]], words) and _alike(line, lines[out[0]]) and _begins_again(view, lines, out[-1], k))):
            out.append(k)
    return out


def _is_part(view: str, first: Line, words: str) -> bool:
    """Whether a heading is a part of the report that the page begins with: 2008年政府工作建议."""
    return _REPORT.search(view, first.start, first.end) is not None and _PART.fullmatch(words) is not None


def _cited(view: str, lines: Sequence[Line]) -> dict[str, int]:
    """The documents that the top names in 《》, each with where it does so first."""
    top = [line for line in lines[:_TOP] if line.kind != "quote"]
    found = [(_core(m.group(1)), m.start()) for line in top for m in _CITED.finditer(view, line.start, line.end)]
    return dict(reversed(found))


def _core(name: str) -> str:
    """A document's name without blanks, and without its years or (试行) in a bracket, which a line of their own may tell."""
    return _BRACKET.sub("", name.replace(" ", ""))


def sends_out(view: str, group: Sequence[Line]) -> bool:
    """Whether lines are a notice that sends out a document: 现印发给你们."""
    return any(_ORDER.search(view, line.start, line.end) for line in group)


def _class(line: Line) -> tuple[int, bool, bool]:
    return line.heading, line.bold, line.kind in ("title", "center")


def _alike(one: Line, two: Line) -> bool:
    """Set alike, and not as running text is."""
    return _class(one) == _class(two) and (0 < one.heading <= 2 or one.kind in ("title", "center") or one.bold)


def _has_body(lines: Sequence[Line], k: int) -> bool:
    return sum(line.end - line.start for line in lines[k + 1:k + 40]) >= _BODY


def _begins_again(view: str, lines: Sequence[Line], before: int, k: int) -> bool:
    """Whether the numbering behind `k` begins at one as it did behind the heading before."""
    one, two = _mark_after(view, lines, before, k), _mark_after(view, lines, k, len(lines))
    return one is not None and one == two


def _mark_after(view: str, lines: Sequence[Line], k: int, stop: int) -> str | None:
    for line in lines[k + 1:stop]:
        words = view[line.start:line.end]
        if is_numbered(words):
            found = _FIRST_MARK.match(words)
            return found.group() if found else None
    return None
