"""The same text gives the same plans, whatever file it is wrapped in."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import wrap
from jihua import convert
from jihua.schema import Document, Plan, Quantity, Section
from jihua.schema.script import simplified

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
CARRIERS = wrap.carriers()
SOURCES = [*(ROOT / "fixtures" / name / "source.txt" for name in ("school", "damaged", "taiwan")), *sorted(SEEDS.glob("*.txt"))]
GLOSS = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
FURNITURE = ("首页", "分享到", "上一篇", "下一篇", "相关推荐", "热门文章", "热点文章", "版权", "ICP备", "打印", "字体", "索引号",
             "发文机关", "主办单位", "All Rights Reserved", "投稿", "演讲稿")


@cache
def texts() -> dict[str, str]:
    """The texts by name; the aggregation is that of the fixture's page, as a text file would hold it."""
    found = {f"{path.parent.name}/{path.name}": convert(path).source_text() for path in SOURCES}
    page = convert(ROOT / "fixtures" / "aggregation" / "source.html")
    lines = [f"{page.page.title}\n\n时间:2021-03-09 08:15:40 街道工作计划 我要投稿\n", *page.text.splitlines()[1:]]
    related = ["【街道年度工作计划】相关文章:", "街道年度工作计划03-20", "街道安全工作计划范文10-30", "最新街道的工作计划04-28"]
    return {**found, "aggregation": "\n\n".join([*lines, *related])}


@cache
def expected(name: str) -> list[dict[str, Any]]:
    """What the text gives as a plain file."""
    return plans(convert(texts()[name].encode(), uri="plan.txt"))


_BIG5 = str.maketrans({"・": "·", "著": "着"})      # signs that Big5 has in this form only


def bare(words: str) -> str:
    """Words without their blanks, in simplified characters."""
    return "".join(words.translate(simplified()).translate(_BIG5).split())


def plans(document: Document) -> list[dict[str, Any]]:
    """All that is compared of a document, by the plan; no offsets."""
    return [{
        "title": bare(plan.title or ""), "period": plan.period and plan.period.edtf, "kind": plan.kind,
        "outline": list(outline(document, plan.sections)),
        "dates": [(d.type, d.edtf, d.rrule, bare(d.quote)) for d in plan.dates],
        "targets": [quantity(q) for q in plan.targets], "actuals": [quantity(q) for q in plan.actuals],
        "tasks": [bare(t.quote) for t in plan.tasks],
    } for plan in document.plans]


def outline(document: Document, sections: list[Section], parent: str = "") -> Iterator[tuple[str, str, str, list[str]]]:
    """Every section in reading order: the parent's number, the own one, the first words of its heading and paragraphs."""
    for section in sections:
        number = bare(section.number.raw) if section.number else ""
        bodies = [bare(document.text[slice(*span)])[:12] for span in section.paragraphs]
        yield parent, number, bare(section.heading.text)[:12] if section.heading else "", bodies
        yield from outline(document, section.children, f"{parent}{number}")


def quantity(found: Quantity) -> tuple[object, ...]:
    """A quantity without its place."""
    name = bare(found.indicator.text) if found.indicator else ""
    return name, found.op, found.value, found.value_high, bare(found.unit or ""), found.status, bare(found.quote)


def words_of(document: Document, plan: Plan) -> str:
    """The text of a plan."""
    return document.text[slice(*plan.span)]


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("name", texts())
def test_a_wrapped_text_gives_the_plans_of_the_plain_text(name: str, carrier: str) -> None:
    file_name, make = CARRIERS[carrier]
    if carrier == "text, Big5" and GLOSS.search(texts()[name]):
        pytest.skip("Big5 has no letters with tone marks")
    document = convert(make(wrap.parts(texts()[name])), uri=file_name)
    found, wanted = plans(document), expected(name)
    assert [p["title"] for p in found] == [p["title"] for p in wanted]
    for plan, model, whole in zip(found, wanted, document.plans, strict=True):
        for part in model:
            assert plan[part] == model[part], (plan["title"], part)
        assert not [f for f in FURNITURE if f in words_of(document, whole) and f not in texts()[name]]
