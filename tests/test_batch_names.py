"""Which files a run takes and what their outputs are called."""
from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jihua.batch.find import find, readable
from jihua.batch.names import Names, output_names
from jihua.batch.write import write
from jihua.schema import JihuaError


@pytest.mark.parametrize(("uris", "names"), [
    (["a.txt", "a.md", "a"], ["a.txt.json", "a.md.json", "a.json"]),
    (["a.txt", "A.TXT", "a.txt"], ["a.txt.json", "A.TXT~2.json", "a.txt~3.json"]),
    (["x/y", "x/y.json/z"], ["x/y~2.json", "x/y.json/z.json"]),
    (["../../etc/passwd", "/etc/passwd"], ["etc/passwd.json", "etc/passwd~2.json"]),
    (["..", ".", ""], ["document.json", "document~2.json", "document~3.json"]),
    (["a\nb", "a\x1bb"], ["a_b.json", "a_b~2.json"]),
    (['a:b?c*d"e<f>g|h\\i.txt', "a_b_c_d_e_f_g_h_i.txt"], ["a_b_c_d_e_f_g_h_i.txt.json", "a_b_c_d_e_f_g_h_i.txt~2.json"]),
    (["C:/x/a.doc", "c_/x/a.doc"], ["C_/x/a.doc.json", "c_/x/a.doc~2.json"]),
    (["nul", "CON.txt", "aux .d/com1.x/a.b", "Conrad.txt", "com10", "lpt\u00b9"], [
        "_nul.json", "_CON.txt.json", "_aux .d/_com1.x/a.b.json", "Conrad.txt.json", "com10.json", "_lpt\u00b9.json"]),
    ([".jihua/ledger.sqlite", "a/.well-known/b"], ["_.jihua/ledger.sqlite.json", "a/_.well-known/b.json"]),
    (["a./b ", "x . ./c..", "a./b"], ["a_/b .json", "x____/c...json", "a_/b.json"]),
    (["w.warc.gz!/http://h.test:80/a/%E8%AE%A1.asp?id=5&p=2", "w.warc.gz!/https://h.test/", "w.warc.gz!/http://h.test", "http:/a", "x/http//a"], [
        "w.warc.gz!/h.test_80/a/计.asp_id=5&p=2.json", "w.warc.gz!/h.test.json", "w.warc.gz!/h.test~2.json", "http_/a.json", "x/http/a.json"]),
    (["w!/http://h/%B9%A4.html", "w!/http://h/a%2F..%2Fb"], ["w!/h/%B9%A4.html.json", "w!/h/a_.._b.json"]),
    (["e\u0301.txt", "\u00e9.txt"], ["e\u0301.txt.json", "\u00e9.txt~2.json"]),
])
def test_output_names(uris: list[str], names: list[str]) -> None:
    assert output_names(uris) == names


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), max_size=8))
def test_any_names_stay_apart_inside_and_writable(uris: list[str]) -> None:
    names = output_names(uris)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert all(part not in ("", ".", "..") and len(part.encode()) <= 255 for part in name.split("/"))
        assert name.endswith(".json") and not re.search(r'[\x00-\x1f\x7f\\\\:*?"<>|]', name)
        assert all(not part.endswith((".", " ")) and not re.fullmatch(r"(?:con|nul|aux|prn|com\d|lpt\d) *(?:\..*)?", part, re.I) for part in name.split("/"))
        assert len(name.encode()) <= 960


@given(st.lists(st.text("abc计划.- ~()（）", min_size=1, max_size=12).filter(lambda n: n.strip(". ")), min_size=1, max_size=6))
def test_ordinary_names_stay_as_they_are(parts: list[str]) -> None:
    *folders, last = (part.strip(". ") for part in parts)
    assert output_names(["/".join((*folders, last))]) == ["/".join((*folders, last + ".json"))]


def test_paths_that_are_too_long_are_cut_by_their_middle() -> None:
    deep = [f"{'计划' * 20}/" * 6 + f"{n}/a.txt" for n in (1, 2)]
    names = output_names(deep)
    assert names[0] != names[1] and names[0].startswith("计划" * 20 + "/") and names[0].endswith("/a.txt.json")
    assert all(len(name.encode()) <= 700 for name in names)
    inside = Names(["a.zip"]).inside("a.zip.json")
    inner = [inside.name("/".join("x" * 200 for _ in range(n))) for n in (3, 30, 31)]
    assert inner[0] == "a.zip!/" + "/".join(["x" * 200] * 3) + ".json"
    assert len(set(inner)) == 3 and all(len(name.encode()) <= 900 for name in inner)


def test_names_inside_an_archive_stay_apart_from_all_others() -> None:
    names = Names(["a.zip", "a.zip!/x", "A.ZIP"])
    assert names.first == ["a.zip.json", "a.zip!/x.json", "A.ZIP~2.json"]
    inside = names.inside("a.zip.json")
    assert [inside.name(n) for n in ("x", "X", "y", "y.json/z", "y.json/w", "x.json/../x", "", "/")] == [
        "a.zip!/x~2.json", "a.zip!/X~3.json", "a.zip!/y.json", "a.zip!/y.json~2/z.json", "a.zip!/y.json~2/w.json",
        "a.zip!/x.json~2/x.json", "a.zip.json", "a.zip!/document.json"]
    assert len({inside.name("same") for _ in range(5000)}) == 5000
    other = names.inside(names.first[2])
    assert [other.name(n) for n in ("x", "X")] == ["A.ZIP~2!/x.json", "A.ZIP~2!/X~2.json"]


def test_a_walk_is_sorted_and_leaves_litter_and_data_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "~$a.docx", ".git/x.txt", "truth.yaml", "old.JSON", "b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = find([tmp_path])
    assert [item.uri for item in found.files if not item.litter] == ["a.txt", "b/10.txt", "b/2.txt", "b.txt", "old.JSON"]
    assert found.left_out == 2
    assert [item.uri for item in find([tmp_path / "truth.yaml"]).files] == ["truth.yaml"]


def test_a_file_reached_twice_is_taken_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    os.symlink(tmp_path / "a.txt", tmp_path / "b.txt")
    os.symlink(tmp_path, tmp_path / "loop")
    assert [item.uri for item in find([tmp_path, tmp_path / "a.txt"]).files] == [f"{tmp_path.name}/a.txt"]


def test_a_name_in_another_encoding_is_read(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), "工作计划.txt".encode("gb18030")), "wb"):
        pass
    assert [item.uri for item in find([tmp_path]).files] == ["工作计划.txt"]
    assert readable(os.fsdecode(b"\xff\xff")) == "\\xff\\xff"


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "a.json"
    write(place, b"one")
    write(place, b"two")
    assert place.read_bytes() == b"two" and [p.name for p in place.parent.iterdir()] == ["a.json"]
    (tmp_path / "folder").mkdir()
    with pytest.raises(JihuaError, match="cannot be written"):
        write(tmp_path / "folder", b"x")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
