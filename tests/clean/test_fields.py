"""What stands beside the text is cleaned like it; what the file's markup closes off is told from what it leaves open."""
from __future__ import annotations

from jihua.ingest.blocks import Block, BlockKind, SourceText
from jihua.ingest.clean import clean
from jihua.schema import Page


def test_glosses_leave_the_fields_of_the_page_too() -> None:
    page = Page(title="某網(wǎng)絡社區(qū)工作計劃", breadcrumb=["文山資料網(wǎng)", "計劃"], author="硚(qiáo)口")
    cleaned = clean(SourceText("建設(shè)社區(qū)，利用網(wǎng)絡。", "text/html", "html", page=page))
    assert cleaned.page.title == "某網絡社區工作計劃"
    assert cleaned.page.breadcrumb == ["文山資料網", "計劃"] and cleaned.page.author == "硚(qiáo)口"


def test_a_gloss_is_one_where_a_line_was_broken_before_it() -> None:
    cleaned = clean(SourceText("建設(shè)學習型社區\n(qū)工作計劃", "text/plain", "text"))
    assert cleaned.text == "建設學習型社區\n工作計劃"


def parted(kind: BlockKind) -> str:
    """A list's item that breaks off, and its rest in a block of a kind."""
    first, rest = "1、开展专题报道。曝光不文明交通行为，维护交通秩序，不断提升", "县城对外形象，营造良好氛围。"
    at = len(first) + 1
    blocks = (Block(0, at - 1, "list_item"), Block(at, at + len(rest), kind))
    return clean(SourceText(f"{first}\n{rest}", "text/html", "html", blocks=blocks)).text


def test_a_paragraph_may_be_the_rest_of_an_item_but_an_item_is_one() -> None:
    assert "提升县城" in parted("paragraph")
    assert "提升\n县城" in parted("list_item")
