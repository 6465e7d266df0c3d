"""jihua (计划): archives of legacy Chinese plans into validated JSON.

>>> import jihua
>>> document = jihua.convert("青溪镇2024年工作计划\\n一、全年完成投资5亿元以上。\\n二、每月5日前上报进度。".encode())
>>> document.plans[0].targets[0].value
Decimal('500000000')
"""
from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .export.json import dumps, loads
    from .pipeline import Limits, Member
    from .schema import (
        DamagedError,
        Document,
        EncryptedError,
        JihuaError,
        Origin,
        PartError,
        TooLargeError,
        UnsupportedError,
    )

__version__ = "0.1.0"
__all__ = ["DamagedError", "Document", "EncryptedError", "JihuaError", "Limits", "Member", "Origin", "PartError", "TooLargeError",
           "UnsupportedError", "__version__", "convert", "dumps", "loads", "members"]
_FROM = {"Limits": ".pipeline", "Member": ".pipeline", "dumps": ".export.json", "loads": ".export.json"}     # the others: .schema


def __getattr__(name: str) -> Any:
    """Types, errors, and documents as JSON (`dumps`, `loads`): their modules load when the first is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FROM.get(name, ".schema"), __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def convert(source: str | Path | bytes, *, uri: str | None = None, max_bytes: int | None = None,
            origin: Origin | None = None, neighbours: Callable[[str], bytes | None] | None = None,
            ocr_pages: int | None = None) -> Document:
    """The Document of a file or of its bytes.

    - `uri` is what the result calls its source; without it the file's name, or `""` for bytes.
    - `max_bytes` is the largest source that is read, 64,000,000 where it is not given.
    - `origin` is what a container says of the file (a member's `origin`): address, title, date, charset.
    - `neighbours` gives the files beside a web page that goes on in others (下一页, frames), which are put together with it: a name
      as the page writes it to bytes or None. A member has its own; a path's are in its folder.
    - `ocr_pages` is how many of its pages that are pictures are recognised, where the extra `ocr` is installed (50; docs/ocr.md).

    Archives are refused: `members` opens them. The same source gives the same Document, whatever the machine. Raises JihuaError,
    with source, place and way out, for whatever cannot be converted: UnsupportedError, DamagedError, EncryptedError, TooLargeError,
    and PartError for a later page of an article, which its first page has (docs/errors.md)."""
    from .pipeline import MAX_BYTES, OCR_PAGES  # the rooms load only when something is converted
    from .pipeline import convert as run
    return run(source, uri=uri, max_bytes=max_bytes or MAX_BYTES, origin=origin, neighbours=neighbours,
               ocr_pages=OCR_PAGES if ocr_pages is None else ocr_pages)


def members(source: str | Path, *, uri: str | None = None, **limits: int) -> Iterator[Member]:
    """The files of an archive (zip, tar, gz, bz2, xz, 7z, rar), a mail, a web archive or a crawler's dump, and of those in it,
    one at a time; of any other file, the file itself.

    Each has a `uri` such as `a.zip!/dir/b.doc`, and `read()`, which gives its bytes or raises the JihuaError that stands in
    their way; litter, such as hidden and lock files, is `left_out`, with a `reason` where there is one to tell. `origin` and
    `neighbours` are for `convert`:

        for member in jihua.members("pages.warc.gz"):
            if not member.left_out:
                document = jihua.convert(member.read(), uri=member.uri, origin=member.origin, neighbours=member.neighbours)

    `limits` are those of `Limits`: `max_bytes` (of one file), `max_unpacked`, `max_members`, `max_ratio` and `max_depth`
    (docs/containers.md). Raises nothing itself: what cannot be opened is a member that cannot be read. An unknown limit is a TypeError."""
    from .pipeline import Limits
    from .pipeline import members as run
    return run(source, uri=uri, limits=Limits(**limits))
