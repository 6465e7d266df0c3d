"""jihua (计划): archives of legacy Chinese plans into validated JSON.

>>> import jihua
>>> document = jihua.convert("青溪镇2024年工作计划\\n一、全年完成投资5亿元以上。\\n二、每月5日前上报进度。".encode())
>>> document.plans[0].targets[0].value
Decimal('500000000')
"""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .pipeline import Member
    from .schema import Document, Origin

__version__ = "0.1.0"
__all__ = ["__version__", "convert", "members"]


def convert(source: str | Path | bytes, *, uri: str | None = None, max_bytes: int | None = None,
            origin: Origin | None = None, neighbours: Callable[[str], bytes | None] | None = None,
            ocr_pages: int | None = None) -> Document:
    """The Document of a file or of its bytes.

    `uri` is what the result calls its source; without it the file's name, or `""` for bytes; `origin` is what its container
    says of it (a member's `origin`). A web page that goes on in other files (下一页, frames) is put together from those beside
    it; for bytes `neighbours` gives them: a name as the page writes it to bytes or None. Pages that are pictures are recognised
    where the extra `ocr` is installed, at most `ocr_pages` of them (50 where it is not given; docs/ocr.md). Raises
    `jihua.schema.JihuaError`, with source, place and way out, for whatever cannot be converted, and for sources of more than `max_bytes` (64 MB where it is not given)."""
    from .pipeline import MAX_BYTES, OCR_PAGES, convert as run   # the rooms load only when something is converted
    return run(source, uri=uri, max_bytes=max_bytes or MAX_BYTES, origin=origin, neighbours=neighbours,
               ocr_pages=OCR_PAGES if ocr_pages is None else ocr_pages)


def members(source: str | Path, *, uri: str | None = None, **limits: int) -> Iterator[Member]:
    """The files of an archive (zip, tar, gz, bz2, xz, 7z, rar), a mail, a web archive or a crawler's dump, and of those in it,
    one at a time; of any other file, the file itself.

    Each has a `uri` such as `a.zip!/dir/b.doc`, and `read()`, which gives its bytes or raises the JihuaError that stands in
    their way; litter, such as hidden and lock files, is marked `left_out`. `limits` are `max_bytes` (of one file),
    `max_unpacked`, `max_members`, `max_ratio` and `max_depth` (docs/containers.md)."""
    from .pipeline import Limits, members as run
    return run(source, uri=uri, limits=Limits(**limits))
