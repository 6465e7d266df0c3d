"""Write the generated data files of this folder: `python -m jihua.parse.data.generate` (needs the `dev` extra).

simplify.txt: one pair a line, a traditional character and its simplified form, from the OpenCC table of characters
(Apache-2.0), one to one; a test compares the file with the installed table. It lies in `schema/`, for every room.
lunar.txt: one line a lunar year 1900–2100: year, its first day as MMDD, its leap month (0 for none) and its months in
order, 大 of 30 and 小 of 29 days, the leap month after the one whose name it bears. terms.txt: year and the days of the
24 solar terms from 小寒, two in every month. Both are computed with borax (MIT).
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


def lunar_years() -> list[str]:
    """Lines of lunar.txt."""
    from borax.calendars.lunardate import LCalendars, LunarDate
    out = []
    for year in range(1900, 2101):
        first = LunarDate(year, 1, 1).to_solar_date()
        leap = LCalendars.leap_month(year)
        lengths = [days for _, days, _ in LCalendars.iter_year_month(year)]
        months = "".join("大" if days == 30 else "小" for days in lengths)
        out.append(f"{year} {first:%m%d} {leap} {months}")
    return out


def term_days() -> list[str]:
    """Lines of terms.txt."""
    from borax.calendars.lunardate import TERMS_CN, TermUtils
    return [f"{year} " + "".join(f"{TermUtils.nth_term_day(year, k).day:02}" for k in range(len(TERMS_CN)))
            for year in range(1900, 2101)]


def main() -> None:
    """Write every generated file."""
    (HERE / "lunar.txt").write_text("\n".join(lunar_years()) + "\n", encoding="utf-8")
    (HERE / "terms.txt").write_text("\n".join(term_days()) + "\n", encoding="utf-8")
    (HERE.parents[1] / "schema" / "simplify.txt").write_text("\n".join(simplify_pairs()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
