"""Web pages: all that is shown, in reading order, with the page's own text told from its furniture."""
from __future__ import annotations

from ..blocks import BlockKind, SourceText
from ..compose import Composer
from ..text.charset import declared_charset, decode
from .blocks import Item, items_of
from .css import sheet_of
from .main import kinds, shown, with_title
from .page import is_info, page_of
from .site import address, sited
from .tree import tree


def read_html(data: bytes, name: str = "", *, charset: str | None = None, url: str | None = None) -> SourceText:
    """The text of a page with its menus, marked as such, its data tables and its metadata. `charset` is the label of
    whatever brought the page, which goes before its own, `url` the address that it names."""
    decoded = decode(data, charset or declared_charset(data))
    root, heads = tree(decoded.text)
    items = shown(items_of(root, sheet_of(heads)))
    for item in items:
        item.info = is_info(item)
    site = sited(decoded.text, root, address(decoded.text, heads, url))
    chosen = kinds(items, root, site.body)
    page = page_of(heads, items, chosen)
    if site.title or site.published:
        page = page.model_copy(update={"title": site.title or page.title, "published": site.published or page.published})
    chosen = with_title(items, chosen, page.title or "")
    composer = Composer()
    for item, kind in zip(items, chosen, strict=True):
        _write(composer, item, kind, item.node.place())
    root.release()
    return SourceText(composer.text, "text/html", "html", decoded.charset, tuple(composer.blocks),
                      tuple(composer.tables), page, diagnostics=decoded.diagnostics)


def _write(composer: Composer, item: Item, kind: BlockKind, place: str) -> None:
    """One item as a block or a table; a table that is furniture as one block a row."""
    if item.rows is not None and kind == "cell":
        composer.table(item.rows, place)
        return
    lines = item.text.split("\n") if item.rows is not None else [item.text]
    for line in lines:
        composer.block(line, kind, level=item.level, place=place, bold=item.bold, align=item.align,
                       links=min(item.links, len(line)))
