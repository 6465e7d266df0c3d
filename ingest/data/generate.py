"""Write the generated data files of this folder: `python -m jihua.ingest.data.generate` (needs the `dev` extra).

sequences.txt: the characters, then the two-character sequences, of the words of jieba's dictionary (MIT) by the natural
logarithm of how often they occur: a line holds the logarithm, a blank and all of that logarithm without separator; the
sequences begin where the logarithm rises again.
"""
from __future__ import annotations

import math
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from ...schema import RuleError

HERE = Path(__file__).parent
LEAST = 50        # occurrences below which a sequence is noise of names and rare compounds
HAN = ("\u4e00", "\u9fff")


def folder(package: str) -> Path:
    """Where a package is installed; only its data files are read, it is not imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuleError(f"{package} is not installed", way_out="pip install -e .[dev]")
    return Path(spec.origin).parent


def sequence_rows() -> list[str]:
    """One line a logarithm, most frequent first: the number, a blank, and the characters or pairs in code point order."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for line in (folder("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, often, *_ = line.split(" ")
        if all(HAN[0] <= c <= HAN[1] for c in word):
            for i, char in enumerate(word):
                singles[char] += int(often)
                if i:
                    pairs[word[i - 1:i + 1]] += int(often)
    return [*_grouped(singles, 5, 1), *_grouped(pairs, 2, LEAST)]


def _grouped(counts: Counter[str], parts: int, least: int) -> list[str]:
    """Lines of what occurs `least` times or more, by the logarithm rounded to one of `parts` parts of 1."""
    by_log: dict[float, list[str]] = {}
    for words, often in counts.items():
        if often >= least:
            by_log.setdefault(round(math.log(often) * parts) / parts, []).append(words)
    return [f"{log} {''.join(sorted(group))}" for log, group in sorted(by_log.items(), reverse=True)]


def main() -> None:
    """Write every generated file."""
    (HERE / "sequences.txt").write_text("\n".join(sequence_rows()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
