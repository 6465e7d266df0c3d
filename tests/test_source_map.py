"""The source map: every block of the text leads to its place in the file, whatever the file is."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from jihua import convert
from jihua.export.json import dumps, loads
from jihua.schema import Document, Place
from lxml import html

FIXTURES = sorted((Path(__file__).resolve().parents[1] / "fixtures").glob("*/source.*"))
FORMS = re.compile(
    r"line \d+|(?:[a-z ]+\d* )?paragraph \d+|(?:[a-z]+ \d+ )?table \d+(?: row \d+ cell \d+)?"
    r"|page \d+(?: table \d+ row \d+ cell \d+)?|(?:body|html)(?:/[a-z0-9]+\[\d+\])*(?: row \d+ cell \d+)?")
"""The forms that docs/contract.md lists."""


def words(document: Document, place: Place) -> str:
    """What stands there, without blanks."""
    return "".join(document.text[slice(*place.span)].split())


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: p.parent.name)
def test_the_places_cover_the_text_in_order(path: Path) -> None:
    document = convert(path)
    at = 0
    for place in document.source_map:
        assert FORMS.fullmatch(place.place), place.place
        assert at <= place.span[0] < place.span[1] <= len(document.text)
        at = place.span[1]
    covered = sum(len(words(document, place)) for place in document.source_map)
    assert covered >= 0.98 * len("".join(document.text.split()))


@pytest.mark.parametrize("path", [p for p in FIXTURES if p.suffix in (".txt", ".md")], ids=lambda p: p.parent.name)
def test_lines_are_those_that_an_editor_counts(path: Path) -> None:
    document = convert(path)
    lines = document.source_text().split("\n")
    for place in document.source_map:
        if place.place.startswith("line "):
            line = "".join(lines[int(place.place[5:]) - 1].split())
            assert words(document, place)[:4] in line or document.edits, place


@pytest.mark.parametrize("path", [p for p in FIXTURES if p.suffix == ".html"], ids=lambda p: p.parent.name)
def test_element_paths_are_xpaths(path: Path) -> None:
    document = convert(path)
    root = html.fromstring(path.read_bytes().decode(document.source.charset or "utf-8"))
    for place in document.source_map:
        found = root.xpath(re.sub(r"/?\b(tbody)\[\d+\]", "", place.place.split(" row ")[0]))
        held = "".join("".join(node.itertext()) for node in found)
        assert words(document, place)[-4:] in "".join(held.split()), place     # the label of a list is not in it


def test_boxes_of_a_pdf_hold_their_words() -> None:
    path = next(p for p in FIXTURES if p.suffix == ".pdf")
    document = convert(path)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(path)]
    high = [page.get_height() for page in pypdfium2.PdfDocument(path)]
    for place in document.source_map:
        assert place.page is not None and place.box is not None
        x0, top, x1, bottom = map(float, place.box)
        height = high[place.page - 1]
        held = pages[place.page - 1].get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
        assert words(document, place)[:6] in "".join(held.split()), place


def test_a_document_of_the_former_version_still_loads() -> None:
    document = convert("一、全年完成投资5亿元。".encode(), uri="plan.txt")
    former = json.loads(dumps(document))
    del former["source_map"]
    former["schema_version"] = "1.0"
    loaded = loads(json.dumps(former, ensure_ascii=False).encode())
    assert loaded.source_map == [] and loaded.text == document.text and loaded.schema_version == document.schema_version
