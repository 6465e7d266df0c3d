"""One plain text as the files in which such texts are kept: web pages, Word, PDF, Markdown, other charsets.

`CARRIERS` maps each carrier's name to a function from the text's `Parts` to the bytes of a file. The words of the plans
stay as they are; what surrounds them is the carrier's own.
"""
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

CRUMBS = re.compile(r".{0,20}(?:>>|&gt;)")
INFO = re.compile(r"(?:發表)?(?:时间|時間)[:：]")
RELATED = re.compile(r"【.{1,40}】相关文章[:：]")
MEMBER = re.compile(r"\S{2,30} 篇\d{1,2}")
DEFAULT_CRUMBS = "您的位置：首页 > 工作计划 > 正文"


@dataclass(frozen=True)
class Parts:
    """What a page is made of: `lines` are the text's paragraphs with their indents, without blank lines."""

    title: str
    crumbs: str
    info: str
    lines: list[str]
    related: list[str]

    def plain(self) -> list[str]:
        """The paragraphs below the title, with what stood on the page around them."""
        return [*([self.info] if self.info else []), *self.lines, *self.related]


def parts(text: str) -> Parts:
    """A text taken apart: a breadcrumb, the title, a line with the date, the body, related articles."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    crumbs = lines.pop(0).strip() if CRUMBS.match(lines[0]) else ""
    title = lines.pop(0).strip()
    info = lines.pop(0).strip() if INFO.match(lines[0].strip()) else ""
    end = next((i for i, line in enumerate(lines) if RELATED.fullmatch(line.strip())), len(lines))
    return Parts(title, crumbs, info, lines[:end], [line.strip() for line in lines[end:]])


def is_member(line: str) -> bool:
    """Whether a line is the heading of a plan in an aggregation."""
    return MEMBER.fullmatch(line.strip()) is not None


def markdown(page: Parts) -> bytes:
    """Markdown: headings for the title and the members, its own signs escaped."""
    def escaped(words: str) -> str:
        return re.sub(r"([\\*_`<\[\]])", r"\\\1", words.strip())

    body = [f"## {escaped(line)}" if is_member(line) else escaped(line) for line in page.plain()]
    return "\n\n".join([f"# {escaped(page.title)}", *body, ""]).encode()


def plain(page: Parts, charset: str) -> bytes:
    """The text in another charset, each paragraph on a line, lines ended as in DOS."""
    return "\r\n".join([*([page.crumbs] if page.crumbs else []), page.title, *page.plain(), ""]).encode(charset)


def carriers() -> dict[str, tuple[str, Callable[[Parts], bytes]]]:
    """Every carrier's file name and maker, by its name."""
    import wrap_docx
    import wrap_html
    import wrap_office
    import wrap_pdf
    return {
        "html, layout of divs": ("page.html", wrap_html.divs),
        "html, layout of tables": ("page.htm", wrap_html.tables),
        "html, portal": ("t2024_1.shtml", wrap_html.portal),
        "html, line breaks": ("view.html", wrap_html.breaks),
        "html, saved by Word": ("plan.htm", wrap_html.office),
        "docx, typed numbers": ("plan.docx", wrap_docx.typed),
        "docx, automatic numbers": ("plan.docx", wrap_docx.automatic),
        "pdf": ("plan.pdf", wrap_pdf.pages),
        "markdown": ("plan.md", markdown),
        "text, GBK": ("plan.txt", lambda page: plain(page, "gb18030")),
        "text, UTF-16": ("plan.txt", lambda page: plain(page, "utf-16")),
        "text, Big5": ("plan.txt", wrap_office.big5),
        "doc": ("plan.doc", wrap_office.doc),
        "wps": ("计划.wps", wrap_office.doc),
        "rtf, typed numbers": ("plan.rtf", wrap_office.rtf),
        "rtf, automatic numbers": ("plan.rtf", wrap_office.rtf_automatic),
        "odt": ("plan.odt", wrap_office.odt),
        "ofd": ("plan.ofd", wrap_office.ofd),
        "mhtml": ("page.mht", wrap_office.mhtml),
    }
