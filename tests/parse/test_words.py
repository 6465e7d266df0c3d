"""The door to jieba: recognised spans stay whole, nothing is written, the same text gives the same words."""
from __future__ import annotations

import subprocess
import sys

from jihua.parse.words import cut, first_verb, is_verb


def words(text: str, keep: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[a:b] for a, b in cut(text, keep)]


def test_recognised_spans_stay_whole() -> None:
    assert words("9月底前完成", ((0, 4),)) == ["9月底前", "完成"]
    assert words("每月不少于三次", ((2, 7),)) == ["每月", "不少于三次"]


def test_words_are_in_order_and_without_gaps() -> None:
    text = "压实主体责任，推进河长制 abc 12"
    spans = cut(text, ((3, 5), (4, 6)))
    assert "".join(text[a:b] for a, b in spans) == text
    assert [a for a, _ in spans[1:]] == [b for _, b in spans[:-1]]
    assert cut("") == []


def test_verbs() -> None:
    assert is_verb("压实") and is_verb("开展") and not is_verb("河长制") and not is_verb("")
    assert first_verb("要深耕茶叶产业", 1, 7) == (1, 3)
    assert first_verb("茶叶产业", 0, 4) is None


def test_reading_a_plan_does_not_load_jieba_before_it_is_asked() -> None:
    code = "import sys, jihua.parse.flow; sys.exit('jieba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
