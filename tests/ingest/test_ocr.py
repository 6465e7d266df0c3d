"""Scans, pictures and wrong text layers, read by OCR: the pages are made here, noise, slant, seals and all."""
from __future__ import annotations

import socket
import struct
import zlib
from base64 import b64decode
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import wrap
import wrap_pdf
import wrap_scan
from jihua import convert
from jihua.ingest.printed import image, scan
from jihua.ingest.blocks import SourceText
from jihua.ingest.printed.image import read_image
from jihua.ingest.printed.ofd import read_ofd
from jihua.ingest.printed.pdf import read_pdf
from jihua.schema import DamagedError, JihuaError, TooLargeError, UnsupportedError
from make_ofd import ofd, page
from make_pdf import HEIGHT, LEFT, WIDTH, Sheet
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
ocr = pytest.mark.skipif(not scan.installed(), reason="the extra ocr is not installed")
WORDS = ["清水镇2024年工作计划", "一、加强河道管理，全年清淤12公里。", "二、每月5日前上报进度，年底前完成验收。"]


def kinds(source: SourceText) -> list[tuple[str, str]]:
    return [(block.kind, "".join(source.text[block.start:block.end].split())) for block in source.blocks]


def codes(source: SourceText) -> list[str]:
    return [told.code for told in source.diagnostics]


@cache
def strip(turn: int = 0, red: bool = False) -> Image.Image:
    """A small page of a title and two numbered lines; with `red` a letterhead above and a seal over the last line."""
    sheet = Sheet()
    sheet.canvas.setPageSize((WIDTH, 300))
    if red:
        sheet.canvas.setFillColorRGB(.84, .16, .18)
        sheet.text(LEFT + 60, HEIGHT - 300 + 50, "清水镇人民政府文件", 30)
        sheet.canvas.setFillColorRGB(0, 0, 0)
    for i, words in enumerate(WORDS):
        sheet.text(LEFT + (90 if i == 0 else 32), HEIGHT - 300 + 120 + 40 * i, words, 20 if i == 0 else 16)
    picture = wrap_scan.scanned(sheet.bytes(), seals=(0,) if red else (), turn=turn)[0]
    if sum(picture.convert("L").histogram()[:60]) < 2000:
        pytest.skip("no Chinese font to draw pages with")
    return picture


@ocr
def test_a_scan_gives_the_plans_of_the_text() -> None:
    """Two pages of a plan of ours: every section, date and target of the text, and nothing else."""
    from test_wrapped import plans
    text = convert(ROOT / "fixtures" / "township" / "source.txt").source_text()
    data = wrap_scan.as_pdf(wrap_scan.scanned(wrap_pdf.pages(wrap.parts(text))))
    document = convert(data, uri="scan.pdf")
    found, wanted = plans(document), plans(convert(text.encode(), uri="plan.txt"))
    for plan, model in zip(found, wanted, strict=True):
        for part in ("title", "period", "kind", "dates", "targets", "actuals"):
            assert folded(plan[part]) == folded(model[part]), part
        assert [section[:3] for section in folded(plan["outline"])] == [section[:3] for section in folded(model["outline"])]
    assert document.source.ocr and document.source.reader == "pdf+rapidocr"
    assert not {"no-text", "page-without-text"} & {told.code for told in document.diagnostics}


def folded(found: object) -> object:
    """The same with every mark in half width."""
    import unicodedata
    if isinstance(found, list | tuple):
        return tuple(folded(one) for one in found)
    return unicodedata.normalize("NFKC", found) if isinstance(found, str) else found


@ocr
def test_a_letterhead_is_read_and_a_seal_set_aside_without_any_network(monkeypatch: pytest.MonkeyPatch) -> None:
    from jihua.ingest.ocr import engine

    def refuse(*_: object) -> None:
        raise AssertionError("a reader went to the network")

    engine._engine.cache_clear()
    monkeypatch.setattr(socket.socket, "connect", refuse)
    data = wrap_scan.as_image([strip(red=True)], "PNG")
    source = read_image(data, "x.png")
    texts = [text for kind, text in kinds(source) if kind != "furniture"]
    assert texts == ["清水镇人民政府文件", *WORDS]
    assert (source.media_type, source.reader, source.ocr) == ("image/png", "image+rapidocr", True)
    assert read_image(data, "x.png") == source


@ocr
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_turned_pages(turn: int) -> None:
    data = wrap_scan.as_pdf([strip(turn=turn)])
    assert [text for _, text in kinds(read_pdf(data, "x.pdf"))] == WORDS


@ocr
def test_a_character_that_was_passed_over_makes_its_line_doubtful() -> None:
    import numpy
    from jihua.ingest.ocr.engine import Line, Sign
    from jihua.ingest.ocr.scan import _judged
    signs = tuple(Sign(sign, x, 20) for sign, x in zip("镇二二四年", (20, 50, 110, 140, 170), strict=True))
    line = Line("镇二二四年", 0.99, ((0, 0), (200, 0), (200, 40), (0, 40)), signs)
    paper = numpy.full((40, 200, 3), 250, numpy.uint8)
    assert _judged(line, paper).confidence == 0.99
    paper[10:30, 78:82] = 0
    assert _judged(line, paper).confidence < 0.8


@ocr
def test_pages_of_a_tiff_up_to_the_limit() -> None:
    source = read_image(wrap_scan.as_image([strip(), strip()], "TIFF"), "x.tif", ocr_pages=1)
    assert [block.place for block in source.blocks] == ["page 1"] * 3
    left = [told for told in source.diagnostics if told.code == "page-without-text"]
    assert [told.message[:6] for told in left] == ["page 2"] and "--ocr-pages" in left[0].message


@ocr
def test_pictures_of_an_ofd() -> None:
    media = '<ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>'
    picture = page('<ofd:ImageObject ID="3" Boundary="0 0 210 106" CTM="210 0 0 106 0 0" ResourceID="4"/>')
    data = ofd(picture, resources=media, members={"Doc_0/a.jpg": wrap_scan.as_image([strip()], "JPEG")})     # type: ignore[dict-item]
    source = read_ofd(data, "x.ofd")
    assert [text for _, text in kinds(source)] == WORDS and source.reader == "ofd+rapidocr"


@ocr
def test_a_ruled_table_is_one() -> None:
    sheet = Sheet()
    sheet.canvas.setPageSize((WIDTH, 300))
    top = HEIGHT - 300
    sheet.grid([80, 180, 360, 500], [top + y for y in (60, 100, 140, 180)],
               [["序号", "任务", "责任单位"], ["1", "河道清淤", "水务站"], ["2", "道路维修", "村建办"]], 14)
    found = read_pdf(wrap_scan.as_pdf(wrap_scan.scanned(sheet.bytes(), seals=())), "x.pdf").tables
    assert [[cell.text for cell in row] for row in found[0].rows] == [["序号", "任务", "责任单位"], ["1", "河道清淤", "水务站"], ["2", "道路维修", "村建办"]]


@ocr
def test_blanks_that_show_are_read() -> None:
    sheet, gaps = Sheet(), {"一|指导思想": .25, "五|年度目标": .5, "十一月|底前完成": .04, "2024年3月5日|09:39": .5, "3月15|09:30": .25, "八日|目标": 0}
    sheet.canvas.setPageSize((WIDTH, 300))
    for i, (words, gap) in enumerate(gaps.items()):
        one, two = words.split("|")
        sheet.text(LEFT, HEIGHT - 300 + 40 + 36 * i, one, 14)
        sheet.text(LEFT + 14 * (gap + sum(.5 if sign.isascii() else 1 for sign in one)), HEIGHT - 300 + 40 + 36 * i, two, 14)
    source = read_pdf(wrap_scan.as_pdf(wrap_scan.scanned(sheet.bytes(), seals=())), "x.pdf")
    assert source.text.split("\n") == [words.replace("|", " " if gap > .2 else "") for words, gap in gaps.items()]


@ocr
def test_a_number_that_stands_before_its_line_is_read() -> None:
    import numpy
    from jihua.ingest.ocr.engine import Line, Sign
    from jihua.ingest.ocr.numbers import numbered
    sheet = Sheet()
    sheet.canvas.setPageSize((WIDTH, 300))
    for y, number in ((100, "一"), (150, "■")):
        sheet.text(LEFT, HEIGHT - 300 + y, number, 14)
        sheet.text(LEFT + 28, HEIGHT - 300 + y, "指导思想", 14)
    page = numpy.asarray(wrap_scan.scanned(sheet.bytes(), seals=(), degrees=0)[0])
    scale = 200 / 72
    for y, found in ((100, "一指导思想"), (150, "指导思想")):
        left, top, bottom = (LEFT + 28) * scale, (y - 14) * scale, (y + 4) * scale
        signs = tuple(Sign(sign, left + (i + .5) * 14 * scale, (y - 5) * scale) for i, sign in enumerate("指导思想"))
        corners = (left, top), (left + 56 * scale, top), (left + 56 * scale, bottom), (left, bottom)
        line = Line("指导思想", .99, corners, signs)
        assert numbered(line, page, [line]).text == found
        assert numbered(line, page, [line, Line("一", .9, ((0, top), (left, top), (left, bottom), (0, bottom)))]) == line


@ocr
@pytest.mark.parametrize(("shown", "white", "blanks"), [
    ("一指导思想", (.3, .1, .08, .1), {1}),
    ("工作计划", (.9, .95, .9), set()),                # letters spaced for looks
    ("按照统一部署抓好落实", (.35, .4, .3, .38, .42, .35, .3, .5, .36), set()),      # a line spread to be full
    ("按照统一部署抓好落实", (.35, .4, .3, .38, 1.1, .35, .3, .5, .36), {5}),
    ("三月底日常", (.22, .21, .35, .1), set()),
    ("2024年工作", (.1, .1, .08, .3, .28, .1), set()),      # figures stand off by a quarter in Word
    ("1121", (.3, .24, .22), set()), ("0509", (.08, .25, .08), {2}), ("共12个", (.6, .1, .05), {1}),
])
def test_white_that_is_a_blank(shown: str, white: tuple[float, ...], blanks: set[int]) -> None:
    from jihua.ingest.ocr.blanks import _wide, _written
    assert _wide(shown, white) == blanks
    assert _written(shown, blanks).replace(" ", "") == shown and _written(shown, blanks).count(" ") == len(blanks)


def layered(layer: str) -> bytes:
    """A scan with a text layer of these words."""
    sheet = Sheet()
    sheet.canvas.setPageSize((WIDTH, 300))
    from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
    sheet.canvas.drawImage(ImageReader(strip()), 0, 0, WIDTH, 300)
    text = sheet.canvas.beginText(LEFT, 200)
    text.setFont("STSong-Light", 16)
    text.setTextRenderMode(3)
    for i in range(0, len(layer), 24):
        text.textLine(layer[i:i + 24])
    sheet.canvas.drawText(text)
    return sheet.bytes()


WRONG = "清水镇20I4年工作计划一、加强河道管理全年清淤l2公里二、每月S日前上报进度20I4年底前完成验收"


@ocr
def test_a_wrong_layer_is_replaced_and_a_good_one_kept() -> None:
    source = read_pdf(layered(WRONG), "x.pdf")
    assert [text for _, text in kinds(source)] == WORDS and "text-layer-replaced" in codes(source)
    good = read_pdf(layered("".join(WORDS)), "x.pdf")
    assert not good.ocr and not {"text-layer-replaced", "text-layer-wrong"} & set(codes(good))


def test_a_wrong_layer_is_told_where_it_cannot_be_replaced() -> None:
    source = read_pdf(layered(WRONG), "x.pdf", ocr_pages=0)
    assert "20I4" in source.text and "text-layer-wrong" in codes(source)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "installed", lambda: False)
    monkeypatch.setattr(image, "installed", lambda: False)
    with pytest.raises(UnsupportedError) as caught:
        read_image(wrap_scan.as_image([strip()], "PNG"), "x.png")
    assert caught.value.source == "x.png" and 'pip install "jihua[ocr]"' in caught.value.way_out
    source = read_pdf(wrap_scan.as_pdf([strip()]), "x.pdf")
    assert codes(source) == ["no-text"] and 'pip install "jihua[ocr]"' in source.diagnostics[0].message


def bomb() -> bytes:
    """A PNG that says it is 60,000 pixels wide and high."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
            + b"\x00\x00\x00\x00IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")))


@ocr
def test_hostile_pictures() -> None:
    with pytest.raises(TooLargeError) as caught:
        read_image(bomb(), "x.png")
    assert caught.value.source == "x.png" and caught.value.place == "page 1"
    for data in (b"\xff\xd8\xff\xe0" + bytes(50), wrap_scan.as_image([strip()], "PNG")[:4000], b"II*\x00" + bytes(30), b"BM" + bytes(60)):
        with pytest.raises(DamagedError):
            read_image(data, "x.png")


@ocr
def test_a_picture_without_text_says_so() -> None:
    out = BytesIO()
    Image.new("RGB", (400, 300), (250, 250, 250)).save(out, "WEBP")
    source = read_image(out.getvalue(), "x.webp")
    assert (source.text, codes(source)) == ("", ["no-text"])
    pixel = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
    try:
        assert not read_image(pixel, "x.gif").text
    except JihuaError as error:
        assert error.source == "x.gif"


@pytest.mark.parametrize(("read", "written"), [
    ("加强管理,提高水平:", "加强管理，提高水平："), ("(一)总体要求", "（一）总体要求"), ("共12,000人(其中35人)", "共12,000人（其中35人）"),
    ("2024-07-05 09:39", "2024-07-05 09:39"), ("完成(2024年)", "完成（2024年）"), ("A(b)c", "A(b)c"), ("文明.新风", "文明.新风"), ("1.修路;", "1.修路；"),
])
def test_marks_beside_chinese_are_full_width(read: str, written: str) -> None:
    from jihua.ingest.ocr.widths import widened
    assert widened(read) == written and len(read) == len(written)
