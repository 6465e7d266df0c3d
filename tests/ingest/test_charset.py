"""Bytes → text by mark, by strict decoding, by label and by evidence."""
from __future__ import annotations

import time

import pytest
from jihua.ingest.text.charset import declared_charset, decode

SIMPLE = "社区居委会今年要办好三件实事：一是修路，二是植树，三是安装路灯。"
TRADITIONAL = "社區居委會今年要辦好三件實事：一是修路，二是植樹，三是安裝路燈。"


def codes(data: bytes, declared: str | None = None) -> list[str]:
    return [d.code for d in decode(data, declared).diagnostics]


@pytest.mark.parametrize(("text", "charset"), [
    (SIMPLE, "utf-8"), (SIMPLE, "utf-8-sig"), (SIMPLE, "gb18030"), (SIMPLE, "utf-16"), (SIMPLE, "utf-16-le"),
    (SIMPLE, "utf-16-be"),
    (SIMPLE, "utf-32"), (TRADITIONAL, "utf-8"), (TRADITIONAL, "cp950"), (TRADITIONAL, "gb18030"), (TRADITIONAL, "utf-16-be"),
])
def test_round_trip_without_a_label(text: str, charset: str) -> None:
    assert decode((text + "\r\n1. ").encode(charset)).text == text + "\r\n1. "


@pytest.mark.parametrize("words", ["工作计划要点", "植树造林三百亩", "召开居民大会", "村务公开", "计划", "每月检查一次。"])
def test_few_words_are_enough(words: str) -> None:
    decoded = decode(words.encode("gb18030"))
    assert (decoded.text, decoded.charset, decoded.diagnostics) == (words, "gb18030", ())


@pytest.mark.parametrize("words", ["工作計畫要點", "植樹造林三百畝", "召開居民大會", "鄉鎮公所", "每月檢查一次。"])
def test_few_traditional_words_are_enough(words: str) -> None:
    assert decode(words.encode("cp950")).text == words


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "cp936", "GB_2312-80", "gb18030"])
def test_gb_labels_all_mean_gb18030(label: str) -> None:
    rare = "本市喆某镕某甴㐀，计划如下。"
    decoded = decode(rare.encode("gb18030"), label)
    assert (decoded.text, decoded.charset, decoded.diagnostics) == (rare, "gb18030", ())


def test_hong_kong_characters_of_big5() -> None:
    words = "深水埗區啓德工作計畫，全年檢討。"
    assert decode(words.encode("big5hkscs"), "big5").text == words


def test_a_wrong_label_is_noted_and_not_believed() -> None:
    assert codes(SIMPLE.encode(), "gb2312") == ["charset-declared-wrong"]
    assert decode(SIMPLE.encode("gb18030"), "utf-8").text == SIMPLE
    assert codes(SIMPLE.encode("gb18030"), "big5") == ["charset-declared-wrong"]
    assert codes(SIMPLE.encode("gb18030"), "iso-8859-1") == ["charset-declared-wrong"]
    assert decode(SIMPLE.encode(), "no-such-charset").diagnostics == ()


def test_broken_bytes_leave_utf8_what_it_is() -> None:
    data = bytearray((SIMPLE * 10).encode())
    data[100] = 0xFF
    decoded = decode(bytes(data), "gb2312")
    assert decoded.charset == "utf-8" and decoded.lost > 0 and decoded.text.endswith(SIMPLE * 8)
    assert [d.code for d in decoded.diagnostics] == ["charset-declared-wrong", "charset-lost-bytes"]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_a_text_cut_in_a_character_keeps_its_charset(charset: str, cut: int) -> None:
    decoded = decode((SIMPLE * 3).encode(charset)[:-cut])
    assert decoded.charset == charset and decoded.lost <= 1 and decoded.text.startswith(SIMPLE * 2)


def test_a_lost_byte_amid_gbk_is_counted() -> None:
    data = SIMPLE.encode("gb18030")
    decoded = decode(data + b"\xb0\n" + data)
    assert decoded.charset == "gb18030" and decoded.lost == 1 and decoded.text.count("\ufffd") == 1


def test_a_replacement_character_in_the_file_is_not_counted_as_lost() -> None:
    assert decode(f"{SIMPLE}\ufffd".encode()).diagnostics == ()


@pytest.mark.parametrize(("words", "charset"), [
    ("東京都の計画について、令和五年度の事業を進める", "shift_jis"), ("東京都の計画について、令和五年度の事業を進める", "euc_jp"),
    ("Le café était très bien situé près de l’hôtel", "cp1252"), ("Über die Straße gehen müssen größere Leute", "latin-1"),
    ("The mayor’s “plan” – in short", "cp1252"),
])
def test_other_scripts_do_not_turn_into_chinese(words: str, charset: str) -> None:
    assert decode(words.encode(charset)).text == words


@pytest.mark.parametrize(("words", "charset"), [("План работы на следующий год", "cp1251"), ("한국의 사업 계획 문서입니다", "euc_kr")])
def test_what_cannot_be_told_is_believed_or_noted(words: str, charset: str) -> None:
    assert decode(words.encode(charset), charset).text == words
    assert "reader-note" in codes(words.encode(charset))


def test_seven_bit_chinese() -> None:
    assert decode("工作计划".encode("hz")).text == "工作计划"
    assert decode(b"a ~{ b ~} c").text == "a ~{ b ~} c"


@pytest.mark.parametrize(("head", "label"), [
    (b'<meta charset="GBK">', "GBK"), (b"<META http-equiv=Content-Type content='text/html; charset=gb2312'>", "gb2312"),
    (b"<?xml version='1.0' encoding='big5'?>", "big5"), (b"<p>charset=gbk</p>", None),
])
def test_declared_charset(head: bytes, label: str | None) -> None:
    assert declared_charset(head) == label


def test_large_and_hostile_bytes_are_fast() -> None:
    begun = time.perf_counter()
    for data in (b"\xff" * 2_000_000, b"\x81" * 2_000_000, b"\xe4\xb8" * 1_000_000, bytes(2_000_000), b"\xd6\xd0\x00" * 600_000):
        decode(data, "gb2312")
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize("label", ["punycode", "idna", "unicode_escape", "raw-unicode-escape", "undefined", "rot13", "zlib", "mbcs"])
def test_a_label_that_is_no_charset_says_nothing(label: str) -> None:
    data = "全年完成植树五千株以上。".encode("gb18030")
    assert decode(data, label).text == decode(data).text
    assert decode(b"a" * 1000 + b"\xff", label).text.startswith("a" * 1000)
