"""Characters that a program has written as escapes (`%u4e2d`, `\\u4e2d`), and the marks of text that was lost on the way."""
from __future__ import annotations

import re

from ..draft import Change, Draft
from .context import Context, GapNote
from .loss import LOST, tell

_ESCAPE = re.compile(r"(?:(?:%u|\\u)[0-9A-Fa-f]{4}){1,64}+")
_CODE = re.compile(r"[0-9A-Fa-f]{4}")
_CHINESE = re.compile("[\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uff65]")
_FEWEST = 2              # Chinese characters so written that make a page of them
_REPLACED = re.compile("(?:锟斤拷){2,}+锟?斤?|(?:锟斤拷)+锟斤?")
_MARKS = re.compile(r"(?<=[\u4e00-\u9fff，、；：。])\?{4,}+(?=[\u4e00-\u9fff，、；。])")


def escapes(draft: Draft, context: Context) -> None:
    """Put each character in the place of its escape."""
    text = draft.text
    if "\\u" not in text and "%u" not in text:
        return
    found = [(m, _read(m.group())) for m in _ESCAPE.finditer(text)]
    if sum(len(_CHINESE.findall(words)) for _, words in found) >= _FEWEST:
        draft.change(Change(m.start(), m.end(), words, "mojibake", "escape") for m, words in found if words)


def _read(escaped: str) -> str:
    """The characters of a run of escapes (UTF-16); nothing where it is none, or a control is among them."""
    words = b"".join(int(code, 16).to_bytes(2, "big") for code in _CODE.findall(escaped.replace("u", " "))).decode("utf-16-be", "ignore")
    return words if words and words.isprintable() or words.strip("\u3000\xa0") == "" else ""


def lost_runs(draft: Draft, context: Context) -> None:
    """`锟斤拷锟斤拷` is what U+FFFD became: the text is gone. `????` between two words stands for lost ones."""
    text = draft.text
    if "锟斤拷" in text:
        changes = [Change(m.start(), m.end(), LOST * -(-len(m.group()) // 3), "lost_byte", "replaced-characters")
                   for m in _REPLACED.finditer(text)]
        for change in changes:
            tell(draft, context, change)
        draft.change(changes)
    if "????" in draft.text:
        for m in _MARKS.finditer(draft.text):
            low, high = draft.source_offset(m.start()), draft.source_offset(m.end())
            context.gaps.append(GapNote(low, len(m.group()), m.group()[:20]))
            context.damaged.append((low, high))
            context.note(draft, "lost-byte", "question marks stand for characters that are lost", m.start(), m.end())
