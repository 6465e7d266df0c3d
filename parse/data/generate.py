"""Write the generated data files of this folder: `python -m jihua.parse.data.generate` (needs the `dev` extra).

simplify.txt: one pair a line, a traditional character and its simplified form, from the OpenCC table of characters
(Apache-2.0), one to one; a test compares the file with the installed table.
"""
from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def simplify_pairs() -> list[str]:
    """Pairs of the OpenCC table in which both sides are one character and differ."""
    import opencc
    table = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if "\t" in line)
    pairs = {old: new.split()[0] for old, new in rows}
    return [old + new for old, new in sorted(pairs.items()) if len(old) == len(new) == 1 and old != new]


def main() -> None:
    """Write every generated file."""
    (HERE / "simplify.txt").write_text("\n".join(simplify_pairs()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
