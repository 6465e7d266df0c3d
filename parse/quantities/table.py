"""Quantities of a data table: a row's label is the indicator, the head row says year, unit and whether it is reached."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from ...schema import Cell, Table
from ...schema.plan import Op, Status
from ..model import PlanText, Sentence
from ..view import matching_view
from .amount import Amount
from .concept import concept_of
from .pairs import Reading
from .spot import COUNTED, PLAIN, Token, spot
from .when import first_year
from .words import units

_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})年?")
_UNIT = re.compile(r"\(([^()]{1,12})\)|单位:([^ ]{1,10})")
_ASIDE = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|[\s*<>≥≤+-])+")       # what a cell may hold beside its number
_REACHED = re.compile("完成|实际|基期|现状|上年|实绩|执行")
_TIMES = re.compile("第?[一二三四1-4]季度|[上下]半年|全年|[0-9一二三四五六七八九十]{1,3}月份?|(?:19|20)[0-9]{2}年|合计|总计|小计")
_PARTS = (("一季度", "33"), ("二季度", "34"), ("三季度", "35"), ("四季度", "36"), ("上半年", "40"), ("下半年", "41"))
# Heads that say in what respect the label is measured, and name nothing of their own.
_RESPECT = re.compile("目标|指标|数值|数量|数据|计划|规划|预期|实际|完成|增速|增长|年均|累计|比重|比例|百分比|金额|总量|任务|值$|数$|基期|备注|内容|项目|小计|合计|标准|分值|权重|单位|水平|[0-9]")
_NATURE = re.compile("约束性|预期性")
_SCALES = {"万": 10**4, "亿": 10**8, "千": 10**3, "百": 100}


@dataclass(frozen=True, slots=True)
class _Column:
    year: int | None
    unit: str
    reached: bool


class Rows:
    """Reads the rows of a plan's data tables: those with a head row and numbers in cells of their own."""

    def __init__(self, plan: PlanText) -> None:
        self._plan = plan

    def is_data(self, sentence: Sentence) -> bool:
        """Whether the row, not the head row, holds a label and at least one cell that is a number and nothing else."""
        cells = self._cells(sentence)
        if sentence.row is None or len(cells) < 2:
            return False
        head = self._plan.tables[sentence.row[0]].header
        return [c.text for c in cells] != head and any(self._number(c) for c in cells[1:])

    def amounts(self, sentence: Sentence, index: int, readings: Sequence[Reading]) -> list[Amount]:
        """One amount a numeric cell."""
        cells = self._cells(sentence)
        table = self._plan.tables[sentence.row[0]] if sentence.row else None
        if table is None:
            return []
        label = self._label(cells)
        first = next((k for k, cell in enumerate(cells) if cell is label), len(cells))    # once: a row may have 20,000 cells
        out = []
        for column, cell in enumerate(cells):
            token = self._number(cell) if column > first else None
            if token is not None and label is not None:
                out.append(self._amount(sentence, index, table, cells, column, label, token))
        return out

    def _cells(self, sentence: Sentence) -> list[Cell]:
        if sentence.row is None:
            return []
        table, row = sentence.row
        return self._plan.tables[table].rows[row]

    def _number(self, cell: Cell) -> Token | None:
        """The cell's number, if it holds one and nothing else, and that no year."""
        low, high = cell.span
        view = self._plan.view
        token = next(iter(spot(view, self._plan.text, low, high)), None) if high - low < 40 else None
        if token is None or not token.digits or _YEAR.fullmatch(view[low:high].strip()):
            return None
        rest = view[low:token.start] + view[max(token.end, token.high):high]
        return token if not rest or _ASIDE.fullmatch(rest) else None

    def _label(self, cells: Sequence[Cell]) -> Cell | None:
        """The first cell that is words, a number of the row aside."""
        return next((c for c in cells if c.text.strip() and not re.fullmatch(r"[\W\d]*", c.text) and self._number(c) is None), None)

    def _amount(
        self, sentence: Sentence, index: int, table: Table, cells: Sequence[Cell], column: int, label: Cell, token: Token,
    ) -> Amount:
        head = self._column(table, column)
        unit_words = self._unit_words(table, cells, label, head)
        value, unit, code = _measured(token, unit_words)
        year = head.year
        status: Status = "actual" if head.reached or (year and year < (first_year(self._plan) or 0)) else "target"
        name = _bare(label.text)
        what = _bare(table.header[column]) if column < len(table.header) else ""
        time = _TIMES.fullmatch(name) is not None
        if what and year is None and (time or not _RESPECT.search(what)) and not head.reached:
            name = what if time else name + what     # the head names what is measured, the label when or where
        nature = next((m.group() for c in cells if (m := _NATURE.search(c.text))), None)
        amount = Amount(
            start=token.start, end=max(token.end, token.high), rule="quantity-table", op=cast(Op, token.op), value=value,
            value_high=token.value_high, unit=unit, unit_code=code, indicator=name or None, status=status,
            due=self._due(year, name if not time else _bare(label.text)) if status == "target" else None, modality=nature,
            node=sentence.node, sentence=index, why=("indicator: the row's label", f"{status}: the column's head"),
        )
        at = self._plan.view.find(name, *label.span) if name else -1
        amount.indicator_span = (at, at + len(name)) if at >= 0 else None
        if amount.indicator_span:
            amount.indicator = self._plan.text[slice(*amount.indicator_span)]
        if head.year is None and re.search("增速|增长|年均", "".join(table.header[column:column + 1])) and unit == "%":
            amount.change, amount.per = "increase", "P1Y" if "年均" in table.header[column] else None
        amount.concept = concept_of(amount, name)
        return amount

    def _due(self, year: int | None, label: str) -> str | None:
        """By when: the column's year, the label's quarter or half of the plan's year, else the plan's own period."""
        part = next((code for word, code in _PARTS if word in label), None)
        if year is None and part and self._plan.year:
            return f"{self._plan.year}-{part}"
        if year is not None:
            return str(year)
        return (self._plan.period.split("/")[-1] or None) if self._plan.period else None

    def _column(self, table: Table, column: int) -> _Column:
        head = matching_view(table.header[column]) if column < len(table.header) else ""
        year = _YEAR.search(head)
        unit = _UNIT.search(head)
        words = (unit.group(1) or unit.group(2)) if unit else "%" if "百分比" in head or "比重" in head else ""
        return _Column(int(year.group(1)) if year else None, words,
                       _REACHED.search(head) is not None)

    def _unit_words(self, table: Table, cells: Sequence[Cell], label: Cell, head: _Column) -> str:
        """Where the unit is written: in the label's bracket, in a unit column, in the column's head."""
        own = _UNIT.search(matching_view(label.text))
        if own:
            return own.group(1) or own.group(2) or ""
        for k, title in enumerate(table.header):
            if "单位" in title and "责任" not in title and k < len(cells):
                return matching_view(cells[k].text).strip()
        return head.unit


def _bare(words: str) -> str:
    """A label or head without its unit and number."""
    return _UNIT.sub("", matching_view(words).strip()).strip(" \t\n*0123456789.、()")


def _measured(token: Token, words: str) -> tuple[Decimal, str, str | None]:
    """Value, unit and code of a cell's number, in the unit that the table names where the cell has none."""
    if token.unit not in (PLAIN, COUNTED) or not words:
        return token.value, token.unit_text, token.unit.code
    value, at = token.value, 0
    while at < len(words) - 1 and words[at] in _SCALES:
        value *= _SCALES[words[at]]
        at += 1
    found = units().at(words, at, len(words))
    if found is None:
        return value, words[at:] if at < len(words) else "", None
    return value, found[1].name or found[0], found[1].code
