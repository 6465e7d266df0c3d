"""The matching view of a text: exactly as long, but in one width, one script, one kind of dash, space and bracket.

Rules match on the view; spans apply to the text. What rules may rely on: ASCII `, ; : ( ) [ ] ! ? % . - ~` and digits,
`。` and `、` as they are, `“ ”` for every double quote that has a side, `·` for every middle dot, `〇` for every circle
used as a zero, simplified characters, a blank for every odd space; line feed and tab stay.
"""
from __future__ import annotations

from functools import cache
from importlib.resources import files

_PAIRS = (
    "–-‐-‑-‒-―-−-—-－-─-━-﹣-➖-",                 # dashes; two of them stay two
    "～~〜~∼~˜~﹏~",
    "「“」”『“』”﹁“﹂”〝“〞”",
    "〔[〕]［[］]﹝[﹞]",
    "○〇◯〇",
    "　 \u00a0 \u2002 \u2003 \u2009 \u200a \u202f \u205f ",
    "﹐,﹑、﹒.﹔;﹕:﹖?﹗!﹙(﹚)︰:∶:",
    "＂\"＇'",
    "‘'’'",
    "麽么乾干",
)
_DOTS = "•・‧∙⋅●"


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for line in files(f"{__package__}.data").joinpath("simplify.txt").read_text(encoding="utf-8").splitlines():
        table[ord(line[0])] = line[1]
    for row in _PAIRS:
        table.update({ord(row[i]): row[i + 1] for i in range(0, len(row), 2)})
    table.update({ord(dot): "·" for dot in _DOTS})
    table[ord("·")] = "·"
    return table


def matching_view(text: str) -> str:
    """The view of `text`, character for character: `len(matching_view(text)) == len(text)`."""
    return text.translate(_table())
