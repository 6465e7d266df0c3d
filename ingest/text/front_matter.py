"""YAML front matter → page metadata."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from ...schema import Diagnostic, Page
from ...schema.diagnose import diagnostic
from ..timestamp import iso_stamp

_BLOCK = re.compile(r"\s{0,20}---[ \t]*+\r?\n(?P<yaml>.{0,65536}?)^(?:-{3,}|\.\.\.)[ \t]*+(?:\r?\n|\Z)", re.S | re.M)
_PAIR = re.compile(r"^[\w-]{1,40}[ \t]*+:(?:\s|$)", re.M)
_KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("title", "标题", "名称")),
    ("author", ("authors", "author", "作者", "发文机关", "发布机构", "发布机关")),
    ("published", ("publication_date", "published", "date", "发布日期", "发布时间", "日期")),
    ("url", ("source", "link", "url", "permalink", "来源", "链接")),
    ("site", ("site", "site_name", "source", "来源", "网站")),
    ("category", ("categories", "category", "分类", "类别")),
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where front matter ends (0: there is none) and what it says."""

    end: int = 0
    page: Page = field(default_factory=Page)
    diagnostics: tuple[Diagnostic, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The metadata between `---` lines at the start of a text. Broken YAML is passed over with a diagnostic."""
    found = _BLOCK.match(text)
    if not found or not (_PAIR.search(found["yaml"]) or not found["yaml"].strip()):
        return FrontMatter()
    try:
        values = yaml.load(found["yaml"], Loader=yaml.BaseLoader)   # strings only: 2021-02-30 is no error here
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(getattr(error, "problem", "") or error).splitlines()[0][:80]
        note = diagnostic("reader-note", f"the front matter is no YAML ({reason}); only its plain lines were read")
        return FrontMatter(found.end(), _page(_plain_pairs(found["yaml"])), (note,))
    return FrontMatter(found.end(), _page(values) if isinstance(values, Mapping) else Page())


def _plain_pairs(block: str) -> dict[object, object]:
    pairs = (line.partition(":") for line in block.splitlines() if _PAIR.match(line))
    return {key.strip(): value.strip().strip("'\"") for key, _, value in pairs}


def _page(values: Mapping[object, object]) -> Page:
    lower = {str(key).strip().lower(): value for key, value in values.items()}
    said: dict[str, str] = {}
    for name, keys in _KEYS:
        words = (_words(lower.get(key)) for key in keys)
        kept = next((k for w in words if w for k in [_fitting(name, w)] if k), None)
        if kept:
            said[name] = kept
    return Page.model_validate(said)


def _fitting(name: str, words: str) -> str | None:
    """The words if they are of the field's kind: a source is a site's name or an address."""
    if name == "published":
        return iso_stamp(words)
    if name in ("url", "site"):
        is_address = re.match(r"(?:https?|ftp)://|www\.", words) is not None
        return words if is_address == (name == "url") else None
    return words


def _words(value: object) -> str:
    """A value as one line: a list's items joined by 、."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return "、".join(filter(None, (_words(v) for v in value if isinstance(v, str))))
    return ""
