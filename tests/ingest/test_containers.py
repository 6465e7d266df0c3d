"""Containers of every kind, and each in others: what is found in them, and the reason for what is not."""
from __future__ import annotations

import io
import json
import shutil
import struct
import sys
import time
from pathlib import Path

import jihua
import pytest
from jihua.ingest.archive import rar
from jihua.ingest.archive.containers import KINDS
from jihua.ingest.archive.limits import Limits
from jihua.ingest.archive.members import Member, members
from jihua.ingest.pages.litter import beside_in_archive
from jihua.schema import DamagedError, Document, EncryptedError, PartError, TooLargeError, UnsupportedError
from make_archives import tarred, zipped
from make_containers import PAGE, PLAN, TITLE, mail, outlook, rar4, rar5, record, sevenzip, warc

A, B = PLAN.encode("gb18030"), PAGE.encode()
FILES = {"下发/计划.txt": A, "网页.html": B}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "formats"
PACKED_RAR = sorted(SHARED.glob("*/*.rar"))


def opened(data: bytes, name: str, **limits: int) -> list[Member]:
    return list(members(io.BytesIO(data), name, Limits(**limits), beside_in_archive))


FILTERS = {"lzma2": 33, "lzma": 0x4000000000000001, "bzip2": 49, "deflate": 50, "copy": 51, "zstd": 53, "brotli": 55, "deflate64": 56}


@pytest.mark.parametrize("method", FILTERS)
def test_7z_by_every_method(method: str) -> None:
    level = {"level": 3} if method in ("zstd", "brotli") else {"preset": 7} if method == "lzma2" else {}
    found = opened(sevenzip(FILES, [{"id": FILTERS[method], **level}]), "a.7z")
    assert {m.uri: m.data for m in found} == {f"a.7z!/{name}": data for name, data in FILES.items()}


def test_7z_with_filters_and_a_method_that_is_not_read() -> None:
    for filters in ([{"id": 4}, {"id": 33, "preset": 7}], [{"id": 3}, {"id": 33, "preset": 7}]):
        assert [m.data for m in opened(sevenzip(FILES, filters), "a.7z")] == [A, B]
    for one in opened(sevenzip(FILES, [{"id": 54, "order": 6, "mem": 20}]), "a.7z"):
        assert isinstance(one.error, UnsupportedError) and "(PPMd)" in str(one.error)


def test_7z_that_is_locked_broken_or_a_bomb() -> None:
    assert all(isinstance(m.error, EncryptedError) for m in opened(sevenzip(FILES, password="x"), "a.7z"))
    (whole,) = opened(sevenzip(FILES, password="x", hidden=True), "a.7z")
    assert isinstance(whole.error, EncryptedError) and whole.uri == "a.7z"
    copied = sevenzip(FILES, [{"id": 51}])
    hurt = opened(copied.replace("植树".encode("gb18030"), b"\0\0\0\0"), "a.7z")
    assert isinstance(hurt[0].error, DamagedError) and hurt[1].data == B
    assert all(m.error for m in opened(copied[:-40], "a.7z"))
    for filters in (None, [{"id": 53, "level": 3}], [{"id": 49}]):
        bomb = opened(sevenzip({"a.txt": A, "b.txt": bytes(20_000_000)}, filters), "a.7z")
        assert bomb[0].data == A and isinstance(bomb[1].error, TooLargeError) and "--max-ratio" in bomb[1].error.way_out
    (few,) = opened(sevenzip({f"{k}.txt": A for k in range(30)}), "a.7z", max_members=20)
    assert few.error is not None


def test_7z_files_that_are_left_out_are_gone_past() -> None:
    found = opened(sevenzip({"~$x.docx": bytes(range(256)) * 3000, "a.txt": A, ".x": B, "b.html": B}), "a.7z")
    assert [(m.left_out, m.data) for m in found] == [(True, b""), (False, A), (True, b""), (False, B)]


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "cp950"])
def test_rar_names_in_every_charset(charset: str) -> None:
    files = {"臺北市政府年度施政計畫.txt": A, "附件\\工作進度與經費分配表.txt": B} if charset == "cp950" else FILES
    wanted = [f"a.rar!/{name}".replace("\\", "/") for name in files]
    found = opened(rar4(files, charset), "a.rar")
    assert [m.uri for m in found] == wanted and [m.data for m in found] == [A, B]
    assert [(m.uri, m.data) for m in opened(rar5(FILES), "a.rar")] == [(f"a.rar!/{name}", data) for name, data in FILES.items()]


def test_rar_that_is_locked_broken_packed_or_in_volumes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert all(isinstance(m.error, EncryptedError) for m in opened(rar4(FILES, flags=4), "a.rar"))
    (locked,) = opened(rar4(FILES, main=0x80), "a.rar")
    assert isinstance(locked.error, EncryptedError)
    hurt = opened(rar5(FILES).replace("植树".encode("gb18030"), b"\0\0\0\0"), "a.rar")
    assert isinstance(hurt[-1].error, DamagedError)
    assert isinstance(opened(rar5(FILES)[:-90], "a.rar")[-1].error, DamagedError)
    monkeypatch.setattr(rar, "PROGRAMS", ())
    for one in opened(rar4(FILES, method=3), "a.rar"):
        assert isinstance(one.error, UnsupportedError) and "apt-get install unar" in one.error.way_out
    assert [m.data for m in opened(rar4(FILES), "a.rar")] == [A, B]
    (tmp_path / "a.part1.rar").write_bytes(rar4(FILES, main=0x111, flags=2))
    (first,) = jihua.members(tmp_path / "a.part1.rar")
    assert isinstance(first.error, UnsupportedError) and "a.part2.rar is missing" in str(first.error)


@pytest.mark.parametrize("path", PACKED_RAR, ids=lambda path: path.name)
def test_a_packed_rar_is_unpacked_by_a_program(path: Path) -> None:
    if not any(shutil.which(program[0]) for program in rar.PROGRAMS):
        return                              # a machine without any: the refusal is tested above
    for found in (list(jihua.members(path)), opened(path.read_bytes(), path.name)):
        assert all(m.error is None and m.data.startswith(b"PK") for m in found) and found


def test_a_program_that_stops_or_lies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = rar4(FILES, method=3)
    for program in (("false",), ("echo",), ("yes",)):
        monkeypatch.setattr(rar, "PROGRAMS", (program,))
        (one,) = opened(data, "a.rar")
        assert isinstance(one.error, DamagedError)
    monkeypatch.setattr(rar, "PROGRAMS", (("sleep", "60"),))
    monkeypatch.setattr(rar, "_SECONDS", .2)
    assert isinstance(opened(data, "a.rar")[0].error, DamagedError)


def test_a_program_has_time_while_its_files_are_converted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "unpack.py"
    script.write_text(f"import sys, time\nsys.stdout.buffer.write({A!r})\nsys.stdout.flush()\ntime.sleep(1.5)\nsys.stdout.buffer.write({B!r})")
    monkeypatch.setattr(rar, "PROGRAMS", ((sys.executable, str(script)),))
    monkeypatch.setattr(rar, "_SECONDS", 1.2)
    found = []
    for one in members(io.BytesIO(rar4(FILES, method=3)), "a.rar", Limits(), beside_in_archive):
        found.append(one.read())
        time.sleep(1.4)
    assert found == [A, B]


def test_the_ratio_counts_every_volume(tmp_path: Path) -> None:
    data = zipped({f"{k}.txt": b"".join(bytes([k, j, i]) * 4 for i in range(250) for j in range(250)) for k in range(16)})
    start, end = data.index(b"PK\1\2"), data.rfind(b"PK\5\6")
    tail = bytearray(data[end:])
    struct.pack_into("<HH", tail, 4, 1, 1)
    struct.pack_into("<I", tail, 16, 0)
    (tmp_path / "a.z01").write_bytes(data[:start])
    (tmp_path / "a.zip").write_bytes(data[start:end] + tail)
    assert [m.error for m in jihua.members(tmp_path / "a.zip")] == [None] * 16


def test_volumes_are_joined_where_they_lie_together(tmp_path: Path) -> None:
    for name, data in (("a.7z", sevenzip(FILES)), ("b.zip", zipped(FILES)), ("c.tar.gz", tarred(FILES, "w:gz"))):
        third = len(data) // 3 + 1
        for k in range(3):
            (tmp_path / f"{name}.{k + 1:03}").write_bytes(data[k * third:(k + 1) * third])
        found = list(jihua.members(tmp_path / f"{name}.001"))
        assert [(m.uri, m.data) for m in found] == [(f"{name}.001!/{n}", d) for n, d in FILES.items()]
        (part,) = jihua.members(tmp_path / f"{name}.002")
        assert isinstance(part.error, PartError) and f"{name}.001" in str(part.error)
        (tmp_path / f"{name}.002").unlink()
        (gap,) = jihua.members(tmp_path / f"{name}.001")
        assert isinstance(gap.error, UnsupportedError) and f"{name}.002 is missing" in str(gap.error)
        (tmp_path / f"{name}.001").unlink()
        (lost,) = jihua.members(tmp_path / f"{name}.003")
        assert isinstance(lost.error, UnsupportedError) and f"{name}.001 is missing" in str(lost.error)
    (tmp_path / "d.r00").write_bytes(rar4(FILES, main=1))
    (old,) = jihua.members(tmp_path / "d.r00")
    assert isinstance(old.error, UnsupportedError) and "d.rar is missing" in str(old.error)
    (inner,) = opened(zipped({"a.7z.001": sevenzip(FILES)}), "a.zip")
    assert isinstance(inner.error, UnsupportedError) and "in several" in str(inner.error)


def test_a_zip_in_parts_is_joined(tmp_path: Path) -> None:
    data = b"PK\7\10" + zipped(FILES | {"三.txt": bytes(range(256))}, packed=False)
    end = data.rfind(b"PK\5\6")
    start, cut = data.index(b"PK\1\2"), len(data) // 3
    listed, at = bytearray(data[start:end]), 0
    while at < len(listed):
        place = struct.unpack_from("<I", listed, at + 42)[0] + 4
        struct.pack_into("<H", listed, at + 34, place // cut)
        struct.pack_into("<I", listed, at + 42, place % cut)
        at += 46 + struct.unpack_from("<H", listed, at + 28)[0]
    last = start // cut
    tail = bytearray(data[end:])
    struct.pack_into("<HH", tail, 4, last, last)
    struct.pack_into("<I", tail, 16, start % cut)
    parts = [data[k * cut:min(start, (k + 1) * cut)] for k in range(last + 1)]
    parts[-1] += bytes(listed) + bytes(tail)
    for k, part in enumerate(parts):
        (tmp_path / ("a.zip" if k == last else f"a.z{k + 1:02}")).write_bytes(part)
    assert [(m.uri, m.data) for m in jihua.members(tmp_path / "a.zip")][:2] == [(f"a.zip!/{n}", d) for n, d in FILES.items()]
    assert [type(m.error) for m in jihua.members(tmp_path / "a.z01")] == [PartError]
    (tmp_path / f"a.z{last:02}").rename(tmp_path / "other")
    (lost,) = jihua.members(tmp_path / "a.zip")
    assert isinstance(lost.error, UnsupportedError) and f"a.z{last:02} is missing" in str(lost.error)
    (tmp_path / "other").rename(tmp_path / f"a.z{last:02}")
    (tmp_path / "a.zip").rename(tmp_path / "b.zip")
    assert [str(m.error).partition(": ")[2][:27] for m in jihua.members(tmp_path / "a.z01")] == ["the volume a.zip is missing"]
    with pytest.raises(UnsupportedError):
        jihua.convert(tmp_path / "b.zip")


def test_a_mail_is_a_document_and_holds_what_is_attached(tmp_path: Path) -> None:
    inner = mail({"内.txt": A}, text="三、另一封信。")
    path = tmp_path / "信.eml"
    path.write_bytes(mail({"附件.html": B, "包.zip": zipped({"x.txt": A})}, inner).as_bytes())
    found = list(jihua.members(path))
    assert [m.uri for m in found] == ["信.eml", "信.eml!/附件.html", "信.eml!/包.zip!/x.txt", "信.eml!/3.eml", "信.eml!/3.eml!/内.txt"]
    assert found[1].data == B and found[2].data == found[4].data == A
    own = jihua.convert(found[0].read(), uri=found[0].uri)
    assert own.page.title == TITLE and "另一封信" not in own.text
    assert "另一封信" in jihua.convert(found[3].read(), uri=found[3].uri).text


def test_mail_in_7z_in_mail_and_all_in_zip() -> None:
    data = zipped({"a.eml": mail({"b.7z": sevenzip({"c.rar": rar5({"d.txt": A})})}).as_bytes(), "e.warc": warc(
        record("http://e.example/1.htm", PAGE.encode("gb18030")), packed=False)})
    assert [m.uri for m in opened(data, "x.zip", max_depth=4)] == [
        "x.zip!/a.eml", "x.zip!/a.eml!/b.7z!/c.rar!/d.txt", "x.zip!/e.warc!/http://e.example/1.htm"]
    deep = [m for m in opened(data, "x.zip") if m.error]
    assert [m.uri for m in deep] == ["x.zip!/a.eml!/b.7z!/c.rar"] and isinstance(deep[0].error, TooLargeError)


def test_what_stops_an_inner_archive_does_not_stop_the_outer() -> None:
    data = zipped({"a.7z": sevenzip(FILES, password="x", hidden=True), "b.rar": rar4(FILES, main=0x80), "c.txt": A,
                   "d.json": b'{"data": [', "e.txt": A})
    found = opened(data, "x.zip")
    assert [type(m.error).__name__ for m in found] == ["EncryptedError", "EncryptedError", "NoneType", "DamagedError", "NoneType"]
    assert [m.error.source for m in found if m.error] == ["x.zip!/a.7z", "x.zip!/b.rar", "x.zip!/d.json"]


LETTER = {"0037001F": f"转发: {TITLE}".encode("utf-16-le"), "1000001E": PLAN.encode("gb18030")}


def test_an_outlook_message_and_what_is_attached(tmp_path: Path) -> None:
    path = tmp_path / "信.msg"
    path.write_bytes(outlook(LETTER, {"附件.html": B, "包.zip": zipped({"x.txt": A})}, inner=LETTER | {"10130102": PAGE.encode("gb18030")}))
    found = list(jihua.members(path))
    assert [m.uri for m in found] == ["信.msg", "信.msg!/附件.html", "信.msg!/包.zip!/x.txt", f"信.msg!/{TITLE}.html"]
    document = jihua.convert(path)
    assert (document.page.title, document.page.published, document.source.reader) == (TITLE, "2024-03-04T10:00:05", "outlook")
    assert "植树5000株" in document.text and [p.title for p in document.plans] == [TITLE]
    assert [d.message for d in document.diagnostics if d.code == "reader-note"] == [f"attached, and no part of this text: {n}" for n in ("附件.html", "包.zip", TITLE)]
    last = found[-1]
    assert "植树5000株" in jihua.convert(last.read(), uri=last.uri, origin=last.origin).text


def test_a_message_whose_text_is_rich_text() -> None:
    words = "".join(f"\\'{byte:02x}" for byte in "一、植树五千株。".encode("gb18030"))
    page = ("{\\rtf1\\ansi\\ansicpg936\\fromhtml1{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p>}\\htmlrtf {\\b\\htmlrtf0 " + words
            + "\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}\\par {\\*\\htmltag <p>}\\u20108 ?\\'a1\\'a2{\\*\\htmltag </p>}}")
    plain = "{\\rtf1\\ansi\\ansicpg936 " + words + "\\par }"
    for rich, expected in ((page, "一、植树五千株。\n二、"), (plain, "一、植树五千株。")):
        data = rich.encode()
        packed = (len(data) + 12).to_bytes(4, "little") + len(data).to_bytes(4, "little") + b"MELA" + bytes(4) + data
        text = jihua.convert(outlook({"10090102": packed}), uri="a.msg").text
        assert [line for line in text.split("\n") if line] == expected.split("\n")


def test_rich_text_with_rare_characters_and_other_stand_ins() -> None:
    from jihua.ingest.mail.outlook_rtf import page_in
    rtf = rb"{\rtf1\fromhtml1{\*\htmltag <p>}\u-10176?\u-9216?x\uc0\u20013 ab\uc2\u25991\'a1\'a2c}"
    assert page_in(rtf, None) == ("html", "<p>\U00020000x\u4e2dab\u6587c")


def test_packed_rich_text_is_unpacked_as_the_specification_shows() -> None:
    from jihua.ingest.mail.outlook_rtf import unpacked
    data = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
    assert unpacked(data, 1000) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    again = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked(again, 1000) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    with pytest.raises(ValueError):
        unpacked(b"\0" * 20, 10)


def test_content_decides_inside_each_container() -> None:
    rtf = ("{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\'{b:02x}" for b in "一、植树五千株。".encode("gb18030")) + "\\par }").encode()
    files = {"a.doc": B, "b.doc": rtf, "c.txt": zipped({"x.txt": A})}
    for name, data in (("x.7z", sevenzip(files)), ("x.rar", rar4(files)), ("x.zip", zipped(files)), ("x.eml", mail(files).as_bytes()),
                       ("x.msg", outlook(LETTER, files))):
        found = [m for m in opened(data, name) if m.uri != name]
        assert [m.uri.removeprefix(f"{name}!/") for m in found] == ["a.doc", "b.doc", "c.txt!/x.txt"]
        kinds = [jihua.convert(m.read(), uri=m.uri).source.media_type for m in found]
        assert kinds == ["text/html", "application/rtf", "text/plain"], name


def test_a_method_of_zip_that_is_not_read_is_named() -> None:
    data = zipped({"a.txt": A}).replace(struct.pack("<HH", 8, 0), struct.pack("<HH", 9, 0))
    (one,) = opened(data, "a.zip")
    assert isinstance(one.error, UnsupportedError) and "(Deflate64)" in str(one.error)


def test_the_page_on_containers_names_every_opener() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "containers.md").read_text(encoding="utf-8")
    assert not [module for _, module, _ in KINDS if f"`{module}`" not in page]


def test_own_output_is_no_source(tmp_path: Path) -> None:
    document = jihua.convert(PLAN.encode(), uri="a.txt").model_dump_json()
    (tmp_path / "a.txt.json").write_text(document, encoding="utf-8")
    (tmp_path / "part-0.jsonl").write_text(document + "\n" + document + "\n", encoding="utf-8")
    (tmp_path / "tasks.csv").write_text("document_id,plan_id,quote\n" + f"x,p1,{PLAN * 3!r}\n", encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        (one,) = jihua.members(path)
        assert one.left_out and "converted" in one.reason, path
    (tmp_path / "package.json").write_text(json.dumps({"name": "x", "description": "y"}))
    (data,) = jihua.members(tmp_path / "package.json")
    assert data.left_out and data.reason == "holds no column of texts"


def test_the_same_text_gives_the_same_plans_from_every_container() -> None:
    text = jihua.convert(Path(__file__).resolve().parents[2] / "fixtures" / "school" / "source.txt").source_text()
    wanted = told(jihua.convert(text.encode(), uri="plan.txt"))
    gbk = text.encode("gb18030")
    for name, data in (
            ("a.zip", zipped({"下发/计划.txt": gbk}, "gb18030")), ("a.7z", sevenzip({"下发/计划.txt": gbk})), ("a.rar", rar4({"下发/计划.txt": gbk})),
            ("b.rar", rar5({"下发/计划.txt": gbk})), ("a.eml", mail({"计划.txt": gbk}, text="请查收。").as_bytes()),
            ("a.msg", outlook({"1000001E": "请查收。".encode("gb18030")}, {"计划.txt": gbk})),
            ("b.msg", outlook({"1000001E": gbk})), ("b.eml", mail({}, text=text).as_bytes()),
            ("a.warc", warc(record("http://e.example/1.txt", gbk, "Content-Type: text/plain; charset=gb2312"))),
            ("a.jsonl", json.dumps({"content": text}, ensure_ascii=False).encode() + b'\n{"content": "x"}\n'),
            ("a.csv", ('id,正文\n1,"' + text.replace('"', '""') + '"\n').encode("gb18030"))):
        found = [m for m in opened(data, name) if len(m.data) > 500 or not m.uri.endswith((".eml", ".msg"))]
        kept = [m for m in found if name.startswith("b.") or m.uri != name]
        assert told(jihua.convert(kept[0].read(), uri=kept[0].uri, origin=kept[0].origin))[1:] == wanted[1:], name


def told(document: Document) -> tuple[object, ...]:
    """What is compared: title, outline, dates, quantities and tasks of the plan."""
    plan = document.plans[0]
    return (plan.title, [s.number.raw if s.number else "" for s in plan.sections], [(d.edtf, d.quote) for d in plan.dates],
            [(q.value, q.unit, q.op) for q in (*plan.targets, *plan.actuals)], [t.quote for t in plan.tasks])
