"""Headings without a number: those that the file's markup shows, those that every plan knows (前言), and short lines
between paragraphs where a plan sets several of them alike."""
from __future__ import annotations

import re
from collections.abc import Sequence, Set

from ..model import Line
from ..rules import load

_STOP = re.compile(r"[。;:!?,、.\-]$")
_SHORT = 45          # a line with markup that is longer is a sentence in bold, not a heading
_PLAIN = (4, 30)     # characters of a heading that only its place shows
_LONG = 50           # characters of a paragraph that such a heading may stand before
_ENDED = "。!?;”)"
_LISTED = re.compile(r"(?:附件)?[0-9]{1,2} ?[.、:]")
_TOPIC = re.compile("[一-鿿、]{0,12}(?:思想|目标|任务|措施|重点|工作|内容|要求|安排|制度|情况|原则|步骤|方法|保障|目的|意义|背景|分析|计划|教育|管理|建设):")
_LABEL = re.compile(r"[一-鿿]{2,8}:.")      # 主办单位:县教育局 tells of the item above
_NO_WORDS = re.compile(r"[0-9a-zA-Z\s.,:/%()\-]*$")


def unnumbered(view: str, lines: Sequence[Line], marked: set[int], closed: set[int], begun: Set[int] = frozenset()
               ) -> dict[int, tuple[str, int]]:
    """Form and markup level of each line that is a heading without a number. `marked` lines bear a number; `closed`
    ones (tables, contents) are never headings; at the lines `begun` a series begins that begins again elsewhere."""
    out: dict[int, tuple[str, int]] = {}
    plain: list[int] = []
    stages: list[int] = []
    for k, line in enumerate(lines):
        if k in marked or k in closed or line.end - line.start > _SHORT:
            continue
        words = view[line.start:line.end]
        look = _form(line, words)
        if look == ("bold", 0) and not _heads(view, lines, marked, k):
            continue
        if look == ("stage", 0):
            stages.append(k)
        elif look is not None:
            out[k] = look
        elif k + 1 in begun and _bare(lines[k], words):
            out[k] = ("plain1", 0)
        elif _plain(view, lines, marked, k, words):
            plain.append(k)
    out |= {k: ("plain1", 0) for k in _labels(view, lines, marked | closed)}
    for form, found in (("plain", plain), ("stage", stages)):
        if len(found) >= 2:
            out |= {k: (form, 0) for k in found}
    return out


def _labels(view: str, lines: Sequence[Line], closed: Set[int]) -> list[int]:
    """Headings that end with a colon, 指导思想: … 工作目标: …, where two or more different ones part the whole plan: the
    first stands before the first number. A list of names (组长: 副组长:) is none."""
    found = [k for k, line in enumerate(lines[:-1]) if k not in closed and line.end - line.start <= _PLAIN[1]
             and _TOPIC.fullmatch(view, line.start, line.end)]
    found = [k for k in found if k + 1 not in found]
    words = [view[lines[k].start:lines[k].end] for k in found]
    if len(found) < 2 or len(set(words)) < len(words) or found[0] > min(closed, default=len(lines)):
        return []
    return found


def _form(line: Line, words: str) -> tuple[str, int] | None:
    hit = load("outline").match(words, 0)
    value = hit.rule.value if hit else ""
    if value in ("none", "farewell", "attached") or _NO_WORDS.match(words):
        return None
    if line.heading:
        return ("annex", 1) if value == "annex" else (f"head{line.heading}", line.heading)
    if value:
        return value, 0
    return ("bold", 0) if line.bold and not _STOP.search(words) else None


def attachments(view: str, lines: Sequence[Line]) -> set[int]:
    """The lines that only list what is attached: 附件:1.… and the numbered names below it. They bear no marks."""
    out: set[int] = set()
    for k, line in enumerate(lines):
        words = view[line.start:line.end] if line.end - line.start <= 2 * _SHORT else ""
        hit = load("outline").match(words, 0) if words else None
        listed = k - 1 in out and _LISTED.match(words) is not None and not words.endswith("。")
        if listed or (hit is not None and hit.rule.value == "attached"):
            out.add(k)
    return out


def _heads(view: str, lines: Sequence[Line], marked: set[int], k: int) -> bool:
    """Whether a bold line heads anything: behind a paragraph, or before one or an item. Speaker and date do not."""
    after = k + 1 < len(lines) and (k + 1 in marked or lines[k + 1].end - lines[k + 1].start >= _LONG)
    return after or any(view[line.end - 1] in _ENDED and line.end - line.start >= _LONG for line in lines[max(0, k - 3):k])


def _plain(view: str, lines: Sequence[Line], marked: set[int], k: int, words: str) -> bool:
    """A short line without a stop, between the end of one paragraph and the beginning of a long one or of an item."""
    if not k < len(lines) - 1 or not _bare(lines[k], words):
        return False
    if not k:
        return k + 1 in marked
    before, after = lines[k - 1], lines[k + 1]
    ended = view[before.end - 1] in _ENDED and before.end - before.start >= _LONG
    return ended and (k + 1 in marked or after.end - after.start >= _LONG)


def _bare(line: Line, words: str) -> bool:
    """Whether a line could be a heading by its length and its end."""
    if not _PLAIN[0] <= len(words) <= _PLAIN[1] or _STOP.search(words) or "\t" in words or _LABEL.match(words):
        return False
    return line.kind not in ("right", "quote", "list_item") and load("outline").match(words, 0) is None


def contents(view: str, lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents: those that the file marks, those that leaders end, a run of three or more lines
    near the top that all come back later as lines, page numbers aside, and what stands between 目录 and its first line's return."""
    out = {k for k, line in enumerate(lines) if line.kind == "toc" or _LEADER.search(view, max(line.start, line.end - _TAIL), line.end)}
    keys = [_key(view[line.start:line.end]) if line.end - line.start <= 60 else "" for line in lines]
    last = {key: k for k, key in enumerate(keys) if key}
    run: list[int] = []
    out |= _decimals(keys, last)
    for k, key in enumerate(keys[:400]):
        if _CONTENTS.search(view, max(lines[k].start, lines[k].end - _TAIL), lines[k].end):
            out |= _listed(keys, k)
        if key and last[key] > k + 2:
            run.append(k)
            continue
        out |= _ended(run, keys, last)
        run = []
    return out | _ended(run, keys, last)


def _listed(keys: Sequence[str], k: int) -> set[int]:
    """The lines behind a line 目录 up to where the first of them comes back; none where a line of text comes before that."""
    for at in range(k + 1, len(keys)):
        if not keys[at]:
            return set()
        if at > k + 3 and keys[at] == keys[k + 1]:
            return set(range(k + 1, at))
    return set()


def _decimals(keys: Sequence[str], last: dict[str, int]) -> set[int]:
    """The bare lines from a first 1.1 (and the chapter above it) to where 1.1 comes back, its chapter 1 above it."""
    first = next((k for k, key in enumerate(keys[:400]) if key.startswith("1.1") and key[3:4] not in ".0123456789"), None)
    back = last[keys[first]] if first is not None else 0
    if first is None or back < first + _FEWEST or not all(keys[k] for k in range(first, back)):
        return set()
    start = first - 1 if first and keys[first - 1] else first
    return set(range(start, back - 1 if keys[back - 1].startswith("1") else back))


def _ended(run: list[int], keys: Sequence[str], last: dict[str, int]) -> set[int]:
    """The run, if it is long enough and what comes back stands behind it as a whole."""
    return set(run) if len(run) >= 3 and all(last[keys[k]] > run[-1] for k in run) else set()


_TAIL = 60           # characters of a line's end
_FEWEST = 6          # lines of such contents
_LEADER = re.compile(r"(?:…{2,}|[.·]{5,}|_{5,}|-{6,})[ .…·_0-9()-]*+$")
_CONTENTS = re.compile(r"目 {0,4}[录次]$")
_LEADERS = re.compile(r"[\s.·…\-_0-9()]+$")
_POINT = re.compile(r"^([0-9]{1,2})[.、](?![0-9])")


def _key(words: str) -> str:
    """A heading's words by which contents and text are told to be one; empty for what is no heading."""
    bare = _POINT.sub(r"\1", _LEADERS.sub("", words[:60]).replace(" ", ""))
    return "" if len(bare) < 3 or bare[-1] in "。;!?," else bare
