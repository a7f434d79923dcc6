"""The tables that are filled in once a case: boxes ticked, lines filled, ready to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from enforcerules.model import FormTable, Part, Row
from enforcerules.reports.figures import Box, CaseSheet, Entry
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.saying import chinese_day, say_amount, say_fact
from enforcerules.reports.workbook.paper import (
    SHADE,
    TITLE,
    Paper,
    Sheet,
    cells_in,
    fold,
    height_of,
    put_merged,
    rows_for,
)
from enforcerules.reports.workbook.tables import head_lines, printed_title
from enforcerules.text import width

_ALONE = 30
"""Up to so many cases each has a sheet of its own; more of them stand one below the other."""
_PAGES_A_SHEET = 1000
_LABEL, _VALUE = 14.0, 30.0
_SCALE_OF_MANY = 90
_LINE, _TALL = 36.0, 300.0
_TICKED, _EMPTY, _OPEN = "☑", "☐", "？"
_TO_FILL = "（待填写）"
_BETWEEN = "　"
_INDENT = 2.5

_Place: TypeAlias = tuple[int, int, int, int]


def write_case_sheets(paper: Paper, filled: FilledForm, table: FormTable) -> list[str]:
    """Write the filled tables of all cases and return the names of their sheets."""
    sheets = [sheet for sheet in filled.sheets if sheet.table == table.id]
    stem = table.title.zh.split()[0]
    if not sheets:
        return [_write_none(paper, filled, table)]
    size = 1 if len(sheets) <= _ALONE else _PAGES_A_SHEET
    rest, names, number = iter(sheets), [], 0
    while group := list(islice(rest, size)):
        first, number = number + 1, number + len(group)
        wanted = f"{stem}-{first} {group[0].case}" if size == 1 else f"{stem}（第{first}—{number}件）"
        page, name = paper.sheet(wanted)
        names.append(name)
        _set_up(page)
        if size == 1:
            page.fit_to_pages(1, 0)
        else:
            # a program that fits pages to the paper passes over the breaks between the cases
            page.set_print_scale(_SCALE_OF_MANY)
        row, breaks = 0, []
        for sheet in group:
            row = _CasePage(paper, page, filled, table, sheet).write(row)
            breaks.append(row)
        page.set_h_pagebreaks(breaks[:-1])
    return names


def _set_up(page: Sheet) -> None:
    for column in range(4):
        page.set_column(column, column, _VALUE if column % 2 else _LABEL)
    page.set_portrait()
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    page.center_horizontally()


def _write_none(paper: Paper, filled: FilledForm, table: FormTable) -> str:
    page, name = paper.sheet(table.title.zh)
    _set_up(page)
    put_merged(page, (0, 0, 0, 3), printed_title(table), paper, font_name=TITLE, font_size=14, align="center")
    put_merged(page, (1, 0, 1, 3), "　".join(head_lines(filled)), paper, align="left")
    said = f"截至{chinese_day(filled.as_of)}，没有需要填写本表的案件。"
    waiting = sum(each.table == table.id for each in filled.unplaced)
    if waiting:
        said = f"截至{chinese_day(filled.as_of)}，没有确定要填写本表的案件；另有 {waiting} 件待定，见“未计入”表。"
    put_merged(page, (2, 0, 2, 3), said, paper, border=1, align="center")
    page.set_row(2, 40)
    return name


@dataclass(frozen=True, slots=True)
class _Field:
    """A label with what stands beside it; `note` explains what is not filled in."""

    label: str
    text: str
    note: str | None = None
    boxes: tuple[str, ...] = ()

    def folded(self, columns: float) -> _Field:
        """Return the field as it stands in a value `columns` wide: no box is parted from what it is for."""
        cells = cells_in(columns - _INDENT)
        lines: list[str] = []
        for box in self.boxes:
            if lines and width(f"{lines[-1]}{_BETWEEN}{box}") <= cells:
                lines[-1] += f"{_BETWEEN}{box}"
            else:
                lines.append(box)
        return replace(self, label=fold(self.label, cells_in(_LABEL)), text="\n".join(lines) or self.text)


class _CasePage:
    def __init__(self, paper: Paper, page: Sheet, filled: FilledForm, table: FormTable, sheet: CaseSheet) -> None:
        self.paper, self.page, self.filled, self.table, self.sheet = paper, page, filled, table, sheet
        self.entries = {entry.row: entry for entry in sheet.entries}

    def write(self, top: int) -> int:
        """Write the table of the case from the row `top` on, and return the row after it."""
        title, paper, page = printed_title(self.table), self.paper, self.page
        put_merged(page, (top, 0, top, 3), title, paper, font_name=TITLE, font_size=14, align="center")
        page.set_row(top, 30)
        first, *others = head_lines(self.filled)
        put_merged(page, (top + 1, 0, top + 1, 1), first, paper, align="left")
        put_merged(page, (top + 1, 2, top + 1, 3), "　".join(others), paper, align="right")
        page.set_row(top + 1, max(20, height_of(first, _LABEL + _VALUE)))
        row = top + 2
        lines = self._lines()
        for line in lines:
            row = self._write_line(row, line, last=line is lines[-1])
        return row

    def _lines(self) -> list[list[_Field]]:
        named = {part.id: part for part in self.table.parts if part.id in self.sheet.boxes}
        rows = {row.id: row for part in self.table.parts if part.id not in named for row in part.rows}
        wanted: Sequence[Sequence[str]] = self.table.lines or [[name] for name in (*rows, *named)]
        return [
            [self._boxes(named[name]) if name in named else self._entry(rows[name]) for name in line] for line in wanted
        ]

    def _write_line(self, top: int, line: list[_Field], *, last: bool) -> int:
        """Write a line of fields; the last field of a short line takes the columns that are left."""
        wide = [_VALUE] * (len(line) - 1) + [_VALUE + (_LABEL + _VALUE) * (2 - len(line))]
        line = [field.folded(columns) for field, columns in zip(line, wide, strict=True)]
        high = max(height_of(field.text, columns - _INDENT) for field, columns in zip(line, wide, strict=True))
        high = max(high + 8, *(height_of(field.label, _LABEL) for field in line), _TALL if last else _LINE)
        count = rows_for(high)
        bottom = top + count - 1
        for row in range(top, bottom + 1):
            self.page.set_row(row, high / count)
        for index, field in enumerate(line):
            right = 3 if index == len(line) - 1 else index * 2 + 1
            put_merged(
                self.page, (top, index * 2, bottom, index * 2), field.label, self.paper, border=1, align="center"
            )
            self._write_value((top, index * 2 + 1, bottom, right), field, at_top=last)
        return bottom + 1

    def _write_value(self, place: _Place, field: _Field, *, at_top: bool) -> None:
        looks = {"border": 1, "align": "left", "indent": 1, "valign": "top" if at_top else "vcenter"}
        top, left, *_ = place
        if field.note is not None:
            looks |= {"bg_color": SHADE} if not field.text else {}
            self.page.write_comment(top, left, field.note)
        put_merged(self.page, place, field.text, self.paper, **looks)

    # --- what is filled in -----------------------------------------------------------------------

    def _boxes(self, part: Part) -> _Field:
        labels = {row.id: (row.printed or row.label).zh for row in part.rows}
        boxes = self.sheet.boxes[part.id]
        marked = tuple(f"{_mark(box)}{labels[box.row]}" for box in boxes)
        still_open = any(box.ticked is None for box in boxes)
        note = "“？”处缺少事实，是否勾选待定。" if still_open else None
        return _Field(part.title.zh, _BETWEEN.join(marked), note, marked)

    def _entry(self, row: Row) -> _Field:
        entry = self.entries.get(row.id, Entry(row.id, {}))
        label = (row.printed or row.label).zh
        if len(entry.values) > 1:
            return _Field(label, self._elements(row, entry))
        name, value = next(iter(entry.values.items()), (None, None))
        if name is None or value is None:
            return _Field(label, "", note="台账没有填写。")
        if row.value is not None and row.value.kind == "amount" and isinstance(value, int):
            return _Field(label, say_amount(row, value))
        return _Field(label, say_fact(self.filled.book, name, value))

    def _elements(self, row: Row, entry: Entry) -> str:
        """Return a text made of several facts, each under its own heading; what nobody wrote is marked."""
        lines = []
        for name, value in entry.values.items():
            heading = self.filled.book.vocabulary.facts[name].label.zh
            said = say_fact(self.filled.book, name, value)
            if heading != row.label.zh:
                lines.append(f"{heading}：{said or _TO_FILL}")
            elif said:
                lines.append(said)
        return "\n".join(lines)


def _mark(box: Box) -> str:
    return _OPEN if box.ticked is None else _TICKED if box.ticked else _EMPTY
