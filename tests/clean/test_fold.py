"""The folded copy is as long as the text and the same whether its characters are many or rare."""
from __future__ import annotations

from jihua.ingest.clean.fold import fold


def test_one_width_and_script() -> None:
    assert fold("《ＧＤＰ》增長：３％　（計劃）") == "<GDP>增长:3% (计划)"


def test_beyond_the_first_plane() -> None:
    common = "".join(map(chr, range(0x10000)))
    assert fold(common + "𠮷") == fold(common) + fold("𠮷")
    assert len(fold(common)) == len(common)
