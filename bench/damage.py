"""How much of a text comes back from each kind of damage: `python bench/damage.py [EVERY]`.

Takes each EVERY-th report of the corpus, damages it in every way of `tests/clean/simulate.py`, cleans it and counts
which of the undamaged text's runs of eight characters are there again. Damage of a part: the middle third of the text
is damaged, and of the rest nothing may change."""
from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import opencc
from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import clean
from pypinyin import Style, pinyin

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "clean"))
from simulate import KINDS, MARKS, damaged

CORPUS = ROOT.parent / "shared" / "corpus"
RUN = 8


def cleaned(text: str) -> str:
    """A text after cleaning."""
    return clean(SourceText(text, "text/plain", "text")).text


def runs(text: str) -> Counter[str]:
    """Runs of eight characters, blanks aside, with their numbers."""
    text = "".join(text.split())
    return Counter(text[i:i + RUN] for i in range(len(text) - RUN + 1))


def back(clean_text: str, restored: str) -> float:
    """The share of a text's runs that are there again."""
    wanted = runs(clean_text)
    return sum((wanted & runs(restored)).values()) / max(1, sum(wanted.values()))


def thirds(text: str) -> tuple[str, str, str]:
    """A text cut at line ends into three."""
    one = text.find("\n", len(text) // 3) + 1
    two = text.find("\n", 2 * len(text) // 3) + 1
    return text[:one], text[one:two], text[two:]


def glossed(texts: list[str], count: int) -> Callable[[str], str]:
    """The damage of a mirror that glosses `count` of the texts' characters."""
    common = [c for c, _ in Counter("".join(texts)).most_common(3_000) if "一" <= c <= "\u9fff" and len(c.encode("gbk", "ignore")) == 2]
    glosses = {c: pinyin(c, style=Style.TONE)[0][0] for c in Random(count).sample(common, count)}
    return lambda text: damaged(text.encode("gbk", "ignore").decode("gbk"), glosses)


def main(every: int) -> None:
    """Prints a row a kind: before and after for a whole text, after for a third of it, what changed beside it, characters a second."""
    texts = [cleaned(p.read_text(encoding="utf-8").split("---\n", 2)[-1]) for p in sorted((CORPUS / "reports").glob("*.md"))[::every]]
    taiwan = [opencc.OpenCC("s2tw").convert(text) for text in texts]
    kinds = {**KINDS, **MARKS, **{f"glosses-of-{n}": glossed(taiwan, n) for n in (30, 100, 300, 1_000)}}
    print(f"{len(texts)} documents, {sum(map(len, texts))} characters\n\n| kind | damaged | restored | a third restored | beside it unchanged | 1,000 characters/s |")
    print("|---|---|---|---|---|---|")
    for kind, damage in kinds.items():
        print(row(kind, damage, taiwan if kind.startswith(("big5", "glosses", "shift")) else texts), flush=True)


def row(kind: str, damage: Callable[[str], str], texts: list[str]) -> str:
    """The row of one kind."""
    before, whole, part, beside, seconds = [], [], [], 0, 0.0
    for text in texts:
        text = text.encode("gbk", "ignore").decode("gbk") if kind.startswith(("glosses", "shift")) else text
        hurt = damage(text)
        start = time.process_time()
        restored = cleaned(hurt)
        seconds += time.process_time() - start
        before.append(back(text, hurt))
        whole.append(back(text, restored))
        first, middle, last = thirds(text)
        mixed = cleaned(first + damage(middle) + last)
        beside += "".join(first.split()) in "".join(mixed.split()) and "".join(last.split()) in "".join(mixed.split())
        part.append(back(middle, mixed))
    count, speed = len(texts), sum(map(len, texts)) / seconds / 1000
    return (f"| {kind} | {sum(before) / count:.3f} | {sum(whole) / count:.3f} | {sum(part) / count:.3f} | {beside} of {count} | {speed:,.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
