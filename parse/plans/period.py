"""What a plan is for, in time: from its title, else its opening lines, else the one year that its body speaks of."""
from __future__ import annotations

import re
from dataclasses import dataclass

from ..numerals import digits, number
from ..view import matching_view

_Y = r"(?:[12][0-9]{3}|[一二][〇零九八七][〇零一二三四五六七八九]{2})"
_M = r"(?:(?:19|20|21)(?:[xX*_×?]{2}|[0-9][xX*×?]|- ?-|~)|二〇(?:××|xx|XX|\*\*))"
_ANY = rf"(?:{_Y}|{_M})"
_RANGE = re.compile(rf"({_Y}) ?年?(?:度)? ?(?:-{{1,2}}|~|至|到|、) ?({_Y}|[0-9]{{2}}(?![0-9])) ?(?:学年|年|\)|$|[^0-9])")
_PART = re.compile(rf"({_ANY}) ?年度?(?:第?([一二三四1-4])季度|([上下])半年|([0-9]{{1,2}}|十[一二]?|[一二三四五六七八九])月份?(?![0-9]*日))")
_YEAR = re.compile(rf"({_ANY}) ?(?:学年|年)(?!(?:以)?[前来后底]|版)")
_BARE = re.compile(rf"(?<![0-9])({_Y})(?![0-9年.])")
_PART_LEFT = re.compile("([上下])半年|第?([一二三四])季度")
_REVIEW = re.compile("(?:总结|回顾|汇报|执行情况|完成情况|实施情况|开展情况)[)”\"]?(?:以?及|和|与|暨|、)")
_LEADING = re.compile(r"(?:19[5-9]|20[0-4])[0-9](?=[一-鿿])(?![年户人名亩米元个工项])")
_ROC_RANGE = re.compile(r"(?<![0-9])([89][0-9]|1[0-3][0-9]) ?年?度?(?:至|到|-{1,2}|~) ?([89][0-9]|1[0-3][0-9]) ?(?:学年度|年度|年)")
_FIVE = re.compile(r"[“\"]?(十?[一二三四五六七八九十])五[”\"]?(?=规划|计划|期间|时期|发展|国民|[”\"])|第(十?[一二三四五六七八九十])个五年(?:计划|规划)")
_EARLY = {1: (1953, 1957), 2: (1958, 1962), 3: (1966, 1970), 4: (1971, 1975), 5: (1976, 1980), 6: (1981, 1985),
          7: (1986, 1990), 8: (1991, 1995), 9: (1996, 2000)}
_ROC = re.compile(r"(民国)? ?(一百[一二]?十?[一二三四五六七八九]?|[八九]十[一二三四五六七八九]?|1[0-3][0-9]|[89][0-9]) ?(?:学年度|年度|年)")
_CN = {c: k for k, c in enumerate("〇一二三四五六七八九十")}
_SPEECH = re.compile(rf"({_Y})年[0-9一二三四五六七八九十]{{1,3}}月[0-9一二三四五六七八九十]{{1,3}}日|(?<=\()({_Y})年[0-9一二三四五六七八九十]{{1,3}}月(?=[ )])")


@dataclass(frozen=True, slots=True)
class When:
    """An EDTF period and the stretch of the searched words that gives it."""

    edtf: str
    start: int
    end: int


def period_in(view: str, start: int = 0, end: int | None = None) -> When | None:
    """The first period that a title or opening names, in the matching view: 2024/2028, 2021, 20XX, 2022-33."""
    end = len(view) if end is None else end
    for pattern, read in ((_RANGE, _range), (_FIVE, _five), (_PART, _part), (_YEAR, _year)):
        for found in pattern.finditer(view, start, end):
            edtf = read(found)
            if edtf:
                return When(edtf, found.start(), found.end())
    return None


def roc_year(words: str, *, sure: bool) -> When | None:
    """A year of the Republic of China (一百一十二年度 = 2023); without 民国 before it only where it is `sure`."""
    for found in _ROC.finditer(matching_view(words)):
        value = number(found.group(2))
        if value and (sure or found.group(1)):
            return When(str(int(value) + 1911), found.start(), found.end())
    return None


def planned(view: str) -> int:
    """Where the words of a title begin that name what is planned: behind 工作总结和, 执行情况与 of an earlier time."""
    found = _REVIEW.search(view)
    return found.end() if found and period_in(view, found.end()) else 0


def carried(view: str) -> When | None:
    """The part of the year that a title plans for behind what it reviews, the year told once: 2024年上半年总结和下半年计划."""
    review, year = _REVIEW.search(view), _YEAR.search(view) or _LEADING.match(view)
    part = _PART_LEFT.search(view, review.end()) if review else None
    if part is None or year is None or year.start() > part.start() or period_in(view, review.end() if review else 0):
        return None
    half, quarter = part.groups()
    code = (40 if half == "上" else 41) if half else 32 + _CN[quarter]
    return When(f"{year_digits(year.group(1) if year.re is _YEAR else year.group())}-{code}", *part.span())


def leading_year(words: str) -> When | None:
    """A year without 年 that a title begins with: 2018工会工作计划."""
    found = _LEADING.match(matching_view(words))
    return When(found.group(), found.start(), found.end()) if found else None


def roc_range(view: str, start: int = 0, end: int | None = None) -> When | None:
    """Years of the Republic of China, from one to another: 98至101年度 = 2009/2012."""
    for found in _ROC_RANGE.finditer(view, start, len(view) if end is None else end):
        one, two = int(found.group(1)) + 1911, int(found.group(2)) + 1911
        if one < two:
            return When(f"{one}/{two}", found.start(), found.end())
    return None


def bare_year(words: str) -> When | None:
    """A year without 年, as titles have it in brackets: (2010)."""
    found = _BARE.search(matching_view(words))
    return When(year_digits(found.group(1)), found.start(), found.end()) if found else None


def year_digits(words: str) -> str:
    """The year in digits, an X for each that is masked."""
    plain = digits(words) if words[0] in "一二" else words
    if plain is not None and plain.isdigit():
        return plain
    head = "20" if words[0] == "二" else words[:2]
    return (head + re.sub(r"[^0-9]", "X", words[2:])).ljust(4, "X")[:4]


def _range(found: re.Match[str]) -> str | None:
    one, two = year_digits(found.group(1)), found.group(2)
    two = one[:2] + two if len(two) == 2 else year_digits(two)
    return f"{one}/{two}" if one < two else None


def _part(found: re.Match[str]) -> str:
    year, quarter, half, month = found.groups()
    if quarter:
        return f"{year_digits(year)}-{32 + int(_CN.get(quarter, quarter))}"
    if half:
        return f"{year_digits(year)}-{40 if half == '上' else 41}"
    value = int(month) if month.isdigit() else sum(_CN[c] for c in month)
    return f"{year_digits(year)}-{value:02d}" if 1 <= value <= 12 else year_digits(year)


def _year(found: re.Match[str]) -> str:
    return year_digits(found.group(1))


def _five(found: re.Match[str]) -> str | None:
    word = found.group(1) or found.group(2)
    number = sum(_CN[c] for c in word)
    one, two = _EARLY.get(number, (2001 + 5 * (number - 10), 2005 + 5 * (number - 10)))
    return f"{one}/{two}"


def speech_date(words: str) -> re.Match[str] | None:
    """The day, or in a bracket the month, in which a report was given, as its heading has it."""
    return _SPEECH.search(matching_view(words))
