"""The place that a plan is for: a province, prefecture, county or town that its title or issuer names."""
from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ..rules import read_toml
from ..view import matching_view

_NATIONAL = re.compile("^(?:中共中央|国务院)|届全国(?:人民代表大会|人大)")
_GENERIC = (("^省", "省$"), ("^市", "市$"), ("^自治区", "自治区$"), ("^(?:自治)?州", "州$"))
_OFTEN, _SHARE = 5, 0.6      # mentions, and their share of those of all places of the level, that tell a report's place
_PEOPLE = "朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜"
_KIND = re.compile(rf"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|(?:(?:{_PEOPLE})族?){{1,3}}自治州$|地区$|[省市盟县]$")
_LOCAL = re.compile(r"[一-鿿]{2,5}?(?:自治县|自治旗|特区|新区|县|区|旗|市|镇|乡|街道)(?<![社小园校辖库牧林矿灾景老地]区)(?![域级际场长容内外里庄])(?<![在由到从向和与及][县区市镇乡])")
_NOT_LOCAL = re.compile(r"^(?:关于|对|按|以|各|自治|行政|我|本|全|各|该|社|园|校|辖|城|地|景|开发|示范|试验|老|灾|山|库|牧|林|矿)")


@cache
def _names() -> dict[str, str]:
    """Full and short names → full name. A short name that two places share (吉林) is the larger one's."""
    names: dict[str, str] = {}
    for province, prefectures in read_toml("regions")["province"].items():
        for name in (province, *prefectures.split()):
            names[name] = name
            short = _KIND.sub("", name)
            if len(short) >= 2:
                names.setdefault(short, name)
            if name.endswith("自治州") and short:
                names.setdefault(f"{short}州", name)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_names(), key=lambda n: (-len(n), n))))


def region_of(*words: str | None) -> str | None:
    """The first of the texts that names a place decides; within it the innermost place of the gazetteer, or a county,
    town or district written out behind it. Simplified script; None where no place is named."""
    for text in words:
        if not text:
            continue
        view = matching_view(text)
        hits = list(_pattern().finditer(view))
        rest = view[hits[-1].end():] if hits else view
        local = _LOCAL.match(rest.lstrip(" "))
        if local and not _NOT_LOCAL.match(local.group()):
            return local.group()
        if hits:
            return _names()[hits[-1].group()]
        if _NATIONAL.search(view):
            return "全国"
    return None


def most_named(view: str, org: str) -> str | None:
    """The place that a report of a government without a name (市人民政府) is about: the one of its level that it names far
    more often than all others; None where no place stands out so."""
    level = next((kind for own, kind in _GENERIC if re.match(own, org)), None)
    if level is None:
        return None
    names = (_names()[hit.group()] for hit in _pattern().finditer(view))
    counts = Counter(name for name in names if re.search(level, name))
    if not counts:
        return None
    name, often = counts.most_common(1)[0]
    return name if often >= _OFTEN and often >= _SHARE * counts.total() else None
