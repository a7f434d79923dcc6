"""The workbook that people fill in: headings with help, lists to choose from, groups to fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from enforcerules.errors import Diagnostic, EngineUnavailableError
from enforcerules.model import ResolvedRulebook
from enforcerules.reports.ledger.amounts import Figure
from enforcerules.reports.ledger.guide import explain_column, height, write_guide
from enforcerules.reports.ledger.layout import EXAMPLE_MARKS, Column, Layout
from enforcerules.reports.ledger.limits import MOST_ROWS
from enforcerules.reports.ledger.writing import Cells
from enforcerules.text import Text, shorten, width

LISTS = "选项"
_TITLES, _HEADINGS, _KEYS, _FIRST = 0, 1, 2, 3
_A3 = 8
_MOST_MESSAGE, _MOST_TITLE = 255, 32
_YES_NO = ("是", "否", "不明")
# the same cases make the same bytes, whenever they are written
_CREATED = datetime(2022, 1, 1)
_WIDTHS = {"bool": 10, "date": 12, "money": 15, "count": 10, "enum": 20, "set": 22, "text": 18}
_WIDE = {"case_id": 24, "case_name": 34, "summary": 40, "planned_penalty": 30}
_COLOURS = ("#1F4E79", "#DDEBF7", "#FFF2CC", "#7F7F7F")


def write_workbook(
    book: ResolvedRulebook, layout: Layout, path: Path, rows: Iterable[Cells], *, remark: Text | None = None
) -> None:
    """Write a ledger workbook.

    Raises:
        EngineUnavailableError: when XlsxWriter is not installed.

    """
    writer = import_xlsxwriter()
    workbook = writer.Workbook(
        str(path),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    workbook.set_properties({"title": layout.title.zh, "comments": f"{book.id} {book.version}", "created": _CREATED})
    try:
        _LedgerSheet(workbook, book, layout).write(rows)
        write_guide(workbook, book, layout, remark)
    except BaseException:
        # half a ledger must not look like a whole one; closing also removes the library's own files
        workbook.filename = BytesIO()
        workbook.close()
        raise
    workbook.close()


def import_xlsxwriter() -> Any:
    """Return the module.

    Raises:
        EngineUnavailableError: when it is not installed.

    """
    try:
        import xlsxwriter
    except ImportError as error:
        message = Text("没有安装 XlsxWriter，不能写工作簿", "XlsxWriter, which writes workbooks, is not installed")
        hint = Text(
            "`pip install 'enforcerules[reports]'`；也可以写成 `.csv`",
            "`pip install 'enforcerules[reports]'`; or write `.csv`",
        )
        raise EngineUnavailableError([Diagnostic("ER7062", message, hint=hint)]) from error
    return xlsxwriter


class _LedgerSheet:
    """The sheet of cases, and the lists that its cells are chosen from."""

    def __init__(self, workbook: Any, book: ResolvedRulebook, layout: Layout) -> None:
        self._workbook, self._book, self._layout = workbook, book, layout
        self._sheet = workbook.add_worksheet(layout.title.zh)
        self._columns = list(layout.columns())
        self._formats: dict[tuple[str, bool], Any] = {}

    def write(self, rows: Iterable[Cells]) -> None:
        self._write_headings()
        count = 0
        for count, row in enumerate(rows, 1):
            self._write_row(_FIRST + count - 1, row)
        self._lay_out(max(count, 1))
        self._write_lists(_FIRST, max(_FIRST + count, MOST_ROWS))

    # --- headings ------------------------------------------------------------------------------

    def _write_headings(self) -> None:
        dark, light, _, grey = _COLOURS
        title = self._workbook.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": dark, "valign": "vcenter"}
        )
        heading = self._workbook.add_format(
            {"bold": True, "bg_color": light, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
        )
        key = self._workbook.add_format({"font_color": grey, "font_size": 8})
        sheet, number = self._sheet, 0
        for group in self._layout.groups:
            for index, column in enumerate(group.columns):
                options: dict[str, Any] = {}
                if group.folded:
                    # the first column of a folded group stays in sight, with the group's title over it
                    options = {"level": 1, "hidden": True} if index else {"collapsed": True}
                sheet.set_column(number, number, _width(column), self._format(column), options)
                number += 1
        number = 0
        sheet.set_row(_TITLES, 20)
        for group in self._layout.groups:
            for index in range(len(group.columns)):
                sheet.write_string(_TITLES, number, group.title.zh if index == 0 else "", title)
                number += 1
        sheet.set_row(_HEADINGS, 48)
        for number, column in enumerate(self._columns):
            sheet.write_string(_HEADINGS, number, column.heading.zh, heading)
            sheet.write_comment(
                _HEADINGS, number, explain_column(self._book, column).zh, {"author": "", "x_scale": 2.2, "y_scale": 1.8}
            )
        sheet.set_row(_KEYS, None, None, {"hidden": True})
        for number, column in enumerate(self._columns):
            sheet.write_string(_KEYS, number, column.key, key)

    def _format(self, column: Column, *, example: bool = False) -> Any:
        kind = column.fact.type
        found = self._formats.get((kind, example))
        if found is None:
            number = {"money": "#,##0.00####", "count": "0", "date": "yyyy-mm-dd"}.get(kind, "@")
            look: dict[str, Any] = {"num_format": number, "valign": "top", "text_wrap": kind in ("text", "enum", "set")}
            look |= {"border": 4, "border_color": "#BFBFBF"}
            if kind in ("bool", "date"):
                look["align"] = "center"
            if example:
                look |= {"italic": True, "font_color": _COLOURS[3], "bg_color": _COLOURS[2]}
            found = self._formats[(kind, example)] = self._workbook.add_format(look)
        return found

    # --- rows ----------------------------------------------------------------------------------

    def _write_row(self, number: int, row: Cells) -> None:
        example = any(shown == EXAMPLE_MARKS[0] for _, _, shown in row)
        texts = [(shown, _width(column)) for _, column, shown in row if isinstance(shown, str)]
        self._sheet.set_row(number, height(texts))
        for at, column, shown in row:
            form = self._format(column, example=example)
            if isinstance(shown, Figure):
                self._sheet.write_number(number, at, float(shown.digits), form)
            elif isinstance(shown, str):
                self._sheet.write_string(number, at, shown, form)
            elif isinstance(shown, date):
                self._sheet.write_datetime(number, at, datetime(shown.year, shown.month, shown.day), form)
            else:
                self._sheet.write_number(number, at, shown, form)

    def _lay_out(self, count: int) -> None:
        sheet, last = self._sheet, len(self._columns) - 1
        sheet.freeze_panes(_FIRST, 2)
        sheet.autofilter(_HEADINGS, 0, _FIRST + count - 1, last)
        sheet.outline_settings(True, True, False, False)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.fit_to_pages(1, 0)
        # what a person wants on paper is what stands first
        sheet.print_area(_TITLES, 0, _FIRST + count - 1, len(self._layout.groups[0].columns) - 1)
        sheet.repeat_rows(_TITLES, _HEADINGS)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_footer(f"&L{self._layout.title.zh}&R第 &P 页，共 &N 页")
        sheet.set_zoom(90)

    # --- lists to choose from ------------------------------------------------------------------

    def _write_lists(self, first: int, last: int) -> None:
        lists = self._workbook.add_worksheet(LISTS)
        lists.hide()
        places: dict[str, str] = {}
        chosen: list[tuple[str, list[str]]] = [("bool", list(_YES_NO))]
        for column in self._columns:
            enumeration = column.fact.enumeration
            if enumeration is not None and enumeration.name not in (name for name, _ in chosen):
                labels = [text.zh for text in enumeration.values.values()]
                chosen.append((enumeration.name, labels))
        for number, (name, labels) in enumerate(chosen):
            letters = _letters(number)
            places[name] = f"={LISTS}!${letters}$2:${letters}${len(labels) + 1}"
        for row in range(1 + max(len(labels) for _, labels in chosen)):
            for number, (name, labels) in enumerate(chosen):
                if row == 0:
                    lists.write_string(0, number, f"{LISTS}：{name}")
                elif row <= len(labels):
                    lists.write_string(row, number, labels[row - 1])
        for number, column in enumerate(self._columns):
            self._sheet.data_validation(first, number, last, number, self._help(column, places))

    def _help(self, column: Column, places: dict[str, str]) -> dict[str, Any]:
        """Return what a cell offers and checks. Nothing is forbidden here: `ledger check` says what is wrong."""
        fact = column.fact
        shown = {
            "input_title": shorten(column.heading.zh, _MOST_TITLE),
            "input_message": explain_column(self._book, column).zh[:_MOST_MESSAGE],
            "error_type": "warning",
            "ignore_blank": True,
        }
        match fact.type:
            case "bool":
                return {"validate": "list", "source": places["bool"], **shown}
            case "enum" if fact.enumeration:
                return {"validate": "list", "source": places[fact.enumeration.name], **shown}
            case "set" if fact.enumeration:
                # a list offers one value; several are typed
                return {"validate": "list", "source": places[fact.enumeration.name], **shown, "show_error": False}
            case "date":
                return {"validate": "date", "criteria": ">=", "value": date(1949, 1, 1), **shown}
            case "count":
                return {"validate": "integer", "criteria": ">=", "value": 0, **shown}
        return {"validate": "any", **shown}


def _width(column: Column) -> float:
    # two lines and the arrow of the filter
    heading = width(column.heading.zh) / 2 + 5
    return max(_WIDE.get(column.fact.name, _WIDTHS[column.fact.type]), min(heading, 20))


def _letters(number: int) -> str:
    from enforcerules.errors import Cell

    return Cell("", column=number + 1).letters or "A"
