"""The foot of a page: related links, neighbours, notices of copyright, the site's own foot; and offers anywhere."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Change, Draft
from ..rows import rows
from .context import Context
from .fold import fold, lines, whole_line
from .furniture import read_line

_REACH = 12_000          # characters from the end that are looked at
_TOLERATED = 12          # short lines passed over on the way up: a signature, a list of enclosures
_LINK_LENGTH = 60
_SENTENCE = re.compile(r"[。;!?]")
_OFFER = re.compile("VIP|vip|会员|會員|下载|下載|点击|點擊|积分|積分|本文[档檔]|[阅閱][读讀]|收藏"
                    "|精品|交流|[Ww]ord|WORD|编辑|編輯|[专專][业業]|整理|[实實]用文|文案|[资資]料|文[库庫]|豆丁|道客|[欢歡]迎下|爱问|莲山")


def page_tail(draft: Draft, context: Context) -> None:
    """Remove the furniture below the body."""
    text = draft.text
    start = text.rfind("\n", 0, max(0, len(text) - _REACH)) + 1
    spans = list(lines(text, start))
    cut = _related(text, spans)
    if cut is not None:
        draft.change([Change(max(0, spans[cut][0] - _indent(text, spans[cut][0])), len(text), "", "boilerplate", "related-links")])
        text, spans = draft.text, spans[:cut]
    changes: list[Change] = []
    for low, high, rule in sorted(_furniture(text, spans)):
        low, high = whole_line(text, low, high)
        low = max(low, changes[-1].end if changes else 0)
        if low < high:
            changes.append(Change(low, high, "", "boilerplate", rule))
    draft.change(changes)


def offers(draft: Draft, context: Context) -> None:
    """Remove a site's offers that stand on lines of their own anywhere: membership, downloads, links to specials."""
    text = draft.text
    changes: list[Change] = []
    patterns = [(r.id, r.pattern) for r in rows("furniture", "line") if r.more["zone"] == "any"]
    for start, end in lines(text):
        if end - start > 80 or _OFFER.search(text, start, end) is None:
            continue
        low, high = whole_line(text, start, end)
        if high - low > 80:
            continue
        line = fold(text[low:high]).strip()
        rule = next((name for name, pattern in patterns if pattern.fullmatch(line)), None)
        if rule and (not changes or low >= changes[-1].end):
            changes.append(Change(low, high, "", "boilerplate", rule))
    draft.change(changes)


def _indent(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)


def _related(text: str, spans: list[tuple[int, int]]) -> int | None:
    """The index of a line that opens a list of links running to the end of the page."""
    openers = [row.pattern for row in rows("furniture", "opener")]
    for k in range(len(spans) - 1, -1, -1):
        start, end = spans[k]
        if k == 0 and start == 0:
            return None
        line = fold(text[start:end])
        if len(line) < 80 and any(pattern.fullmatch(line) for pattern in openers):
            return k
        if len(line) > _LINK_LENGTH and not _foot_line(line) or "。" in line[:-1] and not _foot_line(line):
            return None
    return None


def _foot_line(line: str) -> bool:
    return any(row.pattern.fullmatch(line) for row in rows("furniture", "line") if row.more["zone"] in ("tail", "foot"))


def _furniture(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Furniture lines from the end upwards, until the body is met."""
    foot = False
    weak: list[tuple[int, int]] = []
    passed = 0
    for start, end in reversed(spans):
        line = fold(text[start:end])
        rule = _rule(line, foot)
        if rule:
            foot = foot or rule == "site-foot"
            yield from ((a, b, "tail-furniture") for a, b in weak)
            weak.clear()
            yield start, end, rule
            continue
        reading = read_line(line)
        if reading and (reading.strong or foot):
            yield from ((a, b, "tail-furniture") for a, b in weak)
            weak.clear()
            yield start, end, "tail-furniture"
        elif reading:
            weak.append((start, end))
        elif len(line) > 40 or _SENTENCE.search(line):
            return
        else:
            weak.clear()
            passed += 1
            if passed > _TOLERATED:
                return


def _rule(line: str, foot: bool) -> str | None:
    zones = ("tail", "any", "foot") if foot else ("tail", "any")
    return next((r.id for r in rows("furniture", "line") if r.more["zone"] in zones and r.pattern.fullmatch(line)), None)
