"""What comes out of an archive: names, bytes, limits, damage."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
from collections.abc import Callable

import pytest
from jihua.ingest.archive.limits import Limits
from jihua.ingest.archive.members import Member, members
from jihua.ingest.archive.zip_tar import archive_kind
from jihua.ingest.pages.litter import beside_in_archive
from jihua.ingest.sniff import sniff
from jihua.schema import DamagedError, EncryptedError, JihuaError, TooLargeError, UnsupportedError
from make_archives import locked, tarred, word_like, zipped

A, B = "一、植树五千株。".encode(), "二、修路三公里。".encode("gb18030")
FILES = {"工作计划.txt": A, "附件/第二批.txt": B}


def opened(data: bytes, name: str = "a.zip", **limits: int) -> list[Member]:
    return list(members(io.BytesIO(data), name, Limits(**limits), beside_in_archive))


def errors(data: bytes, **limits: int) -> list[JihuaError]:
    return [m.error for m in opened(data, **limits) if m.error is not None]


@pytest.mark.parametrize(("charset", "marked"), [("gb18030", False), ("utf-8", False), ("utf-8", True)])
def test_names_are_read_in_the_charset_of_whoever_packed_them(charset: str, marked: bool) -> None:
    found = opened(zipped(FILES, charset, marked=marked))
    assert {m.uri: m.data for m in found} == {f"a.zip!/{name}": data for name, data in FILES.items()}


def test_names_in_big5_and_with_backslashes() -> None:
    files = {"臺北市政府年度施政計畫.txt": A, "附件\\工作進度與經費分配表.txt": B}
    assert [m.uri for m in opened(zipped(files, "cp950"))] == [
        "a.zip!/臺北市政府年度施政計畫.txt", "a.zip!/附件/工作進度與經費分配表.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_tar_in_all_its_wrappings(mode: str, charset: str) -> None:
    assert {m.uri: m.data for m in opened(tarred(FILES, mode, charset), "x")} == {f"x!/{n}": d for n, d in FILES.items()}


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_one_compressed_file(pack: Callable[[bytes], bytes], ending: str) -> None:
    (member,) = opened(pack(A), f"folder/计划.txt.{ending}")
    assert (member.uri, member.data) == (f"folder/计划.txt.{ending}!/计划.txt", A)


def test_archives_in_archives_are_opened_to_the_stated_depth() -> None:
    data = zipped({"c.txt": A})
    for name in ("c.zip", "b.zip"):
        data = zipped({name: data, "z.txt": B})
    assert [m.uri for m in opened(data)] == ["a.zip!/b.zip!/c.zip!/c.txt", "a.zip!/b.zip!/z.txt", "a.zip!/z.txt"]
    found = opened(zipped({"0.tgz": tarred({"x.zip": data}, "w:gz"), "y.txt": A}))
    assert isinstance(found[0].error, TooLargeError) and "--max-depth" in found[0].error.way_out
    assert found[0].uri == "a.zip!/0.tgz!/x.zip!/b.zip" and found[-1].data == A
    assert not errors(zipped({"0.tgz": tarred({"x.zip": data}, "w:gz")}), max_depth=5)


def test_office_packages_are_documents_not_archives() -> None:
    assert archive_kind(io.BytesIO(word_like())) == ""
    assert [m.data for m in opened(zipped({"a.docx": word_like()}))] == [word_like()]


def test_litter_is_left_out_unread_and_folders_and_links_are_no_files() -> None:
    files = {name: A for name in ("~$a.docx", "__MACOSX/._a.txt", ".DS_Store", ".git/x.txt", "d/old.yaml", "d/a.txt")} | {"d/package.json": b"{}"}
    found = opened(zipped({"d/": b"", **files}))
    assert [m.uri for m in found if not m.left_out] == ["a.zip!/d/a.txt"]
    assert sum(m.left_out for m in found) == 6 and not any(m.data for m in found if m.left_out)
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo("x")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    (error,) = errors(out.getvalue())
    assert isinstance(error, UnsupportedError) and "holds no file" in str(error)


def test_a_locked_member_is_named_and_the_reading_goes_on() -> None:
    outer = zipped({"b.zip": locked(zipped({"机密.txt": A}, "gb18030")), "c.txt": B})
    first, second = opened(outer)
    assert isinstance(first.error, EncryptedError) and first.error.source == "a.zip!/b.zip!/机密.txt"
    with pytest.raises(EncryptedError):
        first.read()
    assert second.read() == B


def test_every_limit_is_named_with_its_option() -> None:
    many = zipped({f"{k}.txt": A for k in range(30)})
    bomb = gzip.compress(bytes(20_000_000))
    for data, limits, option, came in (
        (many, {"max_members": 20}, "--max-members", 20),
        (many, {"max_unpacked": 10 * len(A)}, "--max-unpacked", 10),
        (zipped({"a.txt": A, "b.txt": bytes(20_000_000)}), {}, "--max-ratio", 1),
        (tarred({"a.txt": A, "b.txt": bytes(20_000_000)}, "w:gz"), {}, "--max-ratio", 1),
        (tarred({"a.txt": A, "b.txt": bytes(20_000_000)}, "w:xz"), {"max_bytes": 100}, "--max-ratio", 1),
        (zipped({"a.txt": A, "b.gz": bomb}), {}, "--max-ratio", 1),
        (bomb, {}, "--max-ratio", 0),
    ):
        found = opened(data, **limits)
        assert isinstance(found[-1].error, TooLargeError) and option in found[-1].error.way_out, option
        assert [m.data for m in found if m.error is None] == [A] * came
    assert [m.data for m in opened(bomb, max_ratio=2000)] == [bytes(20_000_000)]


def test_a_member_beyond_the_limit_costs_itself_only() -> None:
    found = opened(zipped({"a.txt": bytes(1000), "b.txt": A}), max_bytes=100)
    assert isinstance(found[0].error, TooLargeError) and "--max-bytes" in found[0].error.way_out and found[1].data == A
    inner = zipped({"b.txt": A, "c.txt": bytes(range(250)) * 4}, packed=False)
    assert next(m.data for m in opened(zipped({"b.zip": inner}), max_bytes=100)) == A    # an archive is no document


def test_a_long_list_of_members_is_refused_before_it_is_read() -> None:
    data = zipped({f"{'长' * 60}{k}": b"" for k in range(40)})
    (error,) = errors(data, max_members=10)
    assert isinstance(error, TooLargeError) and "--max-members" in error.way_out


def test_a_header_that_would_fill_the_memory_is_refused() -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 2_000_000
    (error,) = errors(header.tobuf(tarfile.USTAR_FORMAT) + bytes(3_000_000))
    assert isinstance(error, TooLargeError)


@pytest.mark.parametrize("whole", [tarred(FILES, "w:gz"), tarred(FILES, "w:xz"), gzip.compress(A * 90)], ids=["tgz", "txz", "gz"])
def test_a_cut_off_archive_is_one_error(whole: bytes) -> None:
    (error,) = errors(whole[:len(whole) * 2 // 3])
    assert isinstance(error, DamagedError) and error.way_out


def test_a_broken_member_of_a_zip_costs_itself_only() -> None:
    data = zipped({"a.txt": b"x" * 90, "b.txt": A}, packed=False).replace(b"x" * 90, b"y" * 90)
    first, second = opened(data)
    assert isinstance(first.error, DamagedError) and first.uri == "a.zip!/a.txt" and second.data == A


def test_the_formats_are_told_where_no_run_opens_them() -> None:
    for data, kind in ((bz2.compress(A), "bzip2"), (lzma.compress(A), "xz"), (gzip.compress(A), "gzip")):
        assert sniff(data).endswith(kind)


def test_mutated_archives_end_in_members_or_errors() -> None:
    seeds = [zipped({"a.txt": A * 9, "b.zip": zipped(FILES, "gb18030")}), tarred(FILES), tarred(FILES, "w:gz"),
             tarred(FILES, "w:bz2"), tarred(FILES, "w:xz"), locked(zipped(FILES))]
    chance = random.Random(4)
    for k in range(600):
        data = bytearray(seeds[k % len(seeds)])
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[:chance.randrange(len(data) // 2, len(data) + 1)])
        if archive_kind(io.BytesIO(cut)):
            for member in opened(cut, max_unpacked=5_000_000):
                assert member.error is None or (member.error.source and member.error.way_out)
                member.uri.encode()
