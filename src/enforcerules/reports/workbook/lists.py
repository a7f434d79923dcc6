"""Sheets that are lists: one line an entry, with a frozen heading and a filter, over several sheets if need be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from enforcerules.reports.checks import CheckResult
from enforcerules.reports.figures import CaseKey
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.workbook.paper import (
    Format,
    Paper,
    Sheet,
    cells_in,
    height_of,
    is_exact,
    number_format,
    plain,
)

_MOST_LINES = 1_000_000
_MOST_NAMED = 50
_LINE, _HIGHEST = 18.0, 400.0
_FORMULA_SIGNS = ("=", "+", "-", "@")


class ListSheet:
    """A list being written from the top to the bottom; it goes on in a further sheet when one is full."""

    def __init__(self, paper: Paper, name: str, columns: Sequence[tuple[str, float]], said: str) -> None:
        self._paper, self._wanted, self._columns, self._said = paper, name, columns, said
        self._head = paper.format(bold=True, border=1, align="center", bg_color="#DDEBF7")
        self._text = paper.format(border=1, valign="top")
        self._quoted = paper.format(border=1, valign="top", quote_prefix=True)
        self._numbers: dict[str, Format] = {}
        self._room = [cells_in(wide) for _, wide in columns]
        self._sheet: Sheet
        self.names: list[str] = []
        self._begin()

    def _begin(self) -> None:
        self._sheet, name = self._paper.sheet(self._wanted, long=True)
        self.names.append(name)
        for column, (_, wide) in enumerate(self._columns):
            self._sheet.set_column(column, column, wide)
        self._sheet.write_string(0, 0, self._said, self._paper.format(text_wrap=False))
        for column, (heading, _) in enumerate(self._columns):
            self._sheet.write_string(1, column, heading, self._head)
        self._sheet.freeze_panes(2, 0)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0, 1)
        self._row = 2

    def put(self, values: Sequence[str | Decimal]) -> None:
        """Write one line."""
        if self._row - 2 == _MOST_LINES:
            self.end()
            self._begin()
        sheet, row = self._sheet, self._row
        height = _LINE
        for column, value in enumerate(values):
            # most texts fit a line, which is seen without breaking them
            if not isinstance(value, Decimal) and ("\n" in value or 2 * len(value) > self._room[column]):
                height = max(height, min(height_of(value, self._columns[column][1]), _HIGHEST))
        if height > _LINE:
            sheet.set_row(row, height)
        for column, value in enumerate(values):
            if isinstance(value, Decimal):
                self._put_number(row, column, value)
            elif value.startswith(_FORMULA_SIGNS):
                sheet.write_string(row, column, plain(value), self._quoted)
            else:
                sheet.write_string(row, column, plain(value), self._text)
        self._row += 1

    def _put_number(self, row: int, column: int, value: Decimal) -> None:
        if not is_exact(value):
            self._sheet.write_string(row, column, f"{value:f}", self._text)
            return
        shown = number_format(value)
        if shown not in self._numbers:
            self._numbers[shown] = self._paper.format(border=1, valign="top", num_format=shown)
        self._sheet.write_number(row, column, float(value), self._numbers[shown])

    @property
    def next_line(self) -> str:
        """A link to the line that is written next."""
        if self._row - 2 == _MOST_LINES:
            self.end()
            self._begin()
        return f"internal:'{self.names[-1]}'!A{self._row + 1}"

    def end(self) -> None:
        """Put the filter on what was written."""
        self._sheet.autofilter(1, 0, max(self._row - 1, 1), len(self._columns) - 1)


_VERDICTS = {"holds": "相符", "fails": "不符", "unknown": "待核", "note": "提示"}


def write_checks(paper: Paper, filled: FilledForm, checks: Sequence[CheckResult]) -> str:
    """Write what was checked, and return the name of the sheet."""
    columns = (("表", 24.0), ("核对什么", 44.0), ("结论", 8.0), ("核对情况", 40.0), ("涉及的案件", 44.0))
    said = "相符：核对无误。不符：须改正后再报。待核：有案件缺少事实，补充后再核。提示：不是差错，请知悉。"
    sheet = ListSheet(paper, "核对", columns, said)
    titles = {table.id: table.title.zh for table in filled.form.tables}
    for check in checks:
        where = titles.get(check.table or "", "全部")
        sheet.put((where, check.said.zh, _VERDICTS[check.verdict], check.found.zh, name_cases(check.cases)))
    sheet.end()
    return sheet.names[0]


def name_cases(cases: Sequence[CaseKey]) -> str:
    """Return the numbers of cases as a list, cut when it is long."""
    named = "、".join(str(case) for case in cases[:_MOST_NAMED])
    return f"{named}等 {len(cases)} 件" if len(cases) > _MOST_NAMED else named


def write_unplaced(paper: Paper, filled: FilledForm) -> str:
    """Write the cases that are not counted, and why; return the name of the first sheet."""
    columns = (
        ("案件编号", 24.0),
        ("案件名称", 40.0),
        ("情形", 8.0),
        ("表", 24.0),
        ("栏目", 16.0),
        ("原因", 30.0),
        ("要补充的事实", 44.0),
    )
    said = "待定：补充右列事实后才能计入。不计：按填报规则不计入本表。"
    sheet = ListSheet(paper, "未计入", columns, said)
    tables = {table.id: table for table in (*filled.form.tables, *filled.counting_tables)}
    facts = filled.book.vocabulary.facts
    for each in filled.unplaced:
        table = tables.get(each.table or "")
        part = table.part(each.part) if table else None
        needs = "、".join(facts[need].label.zh if need in facts else need for need in each.needs)
        sheet.put(
            (
                str(each.case),
                each.name or "",
                "不计" if each.left_out else "待定",
                table.title.zh if table else "",
                part.title.zh if part else "",
                each.reason.zh,
                needs,
            )
        )
    sheet.end()
    return sheet.names[0]
