"""How much of a text comes back from each kind of damage: `python bench/damage.py [EVERY]`.

Takes each EVERY-th report of the corpus, damages it in every way of `tests/clean/simulate.py`, cleans it and counts
which of the undamaged text's runs of eight characters are there again. Damage of a part: the middle third of the text
is damaged, and of the rest nothing may change."""
from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import opencc

from jihua.ingest.blocks import SourceText
from jihua.ingest.clean import clean

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "clean"))
from simulate import KINDS  # noqa: E402

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


def main(every: int) -> None:
    """Prints a row a kind: whole text, a third of it, what changed beside it, characters a second."""
    texts = [cleaned(p.read_text(encoding="utf-8").split("---\n", 2)[-1]) for p in sorted((CORPUS / "reports").glob("*.md"))[::every]]
    taiwan = [opencc.OpenCC("s2tw").convert(text) for text in texts]
    print(f"{len(texts)} documents, {sum(map(len, texts))} characters\n\n| kind | whole | a third | beside it unchanged | 1,000 characters/s |\n|---|---|---|---|---|")
    for kind, damage in KINDS.items():
        whole, part, beside, seconds = [], [], 0, 0.0
        for text in taiwan if kind.startswith("big5") else texts:
            start = time.process_time()
            restored = cleaned(damage(text))
            seconds += time.process_time() - start
            whole.append(back(text, restored))
            first, middle, last = thirds(text)
            mixed = cleaned(first + damage(middle) + last)
            beside += first.strip() in mixed and last.strip() in mixed
            part.append(back(middle, mixed))
        speed = sum(map(len, texts)) / seconds / 1000
        print(f"| {kind} | {sum(whole) / len(whole):.3f} | {sum(part) / len(part):.3f} | {beside} of {len(texts)} | {speed:,.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
