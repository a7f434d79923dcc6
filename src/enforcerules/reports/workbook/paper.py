"""The workbook that is written: its sheets, fonts and cells. All text stays text, all numbers are exact.

What is written comes from ledgers that others filled in: nothing of it may become a formula or a link, and
nothing may be lost without a word because the file format cannot hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from enforcerules.errors import Diagnostic, EngineUnavailableError
from enforcerules.reports.saying import visible
from enforcerules.text import Text, width, wrap

Sheet: TypeAlias = Any
Format: TypeAlias = Any

BODY, TITLE = "宋体", "黑体"
SHADE = "#E7E6E6"
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_MOST_DIGITS = 15
_LONGEST_TEXT = 32_000
_FORMULA_SIGNS = ("=", "+", "-", "@")
_HIGHEST_ROW = 400.0
_LINE_HEIGHT = 1.4


class Paper:
    """A workbook being written; its sheets come in the order in which they are begun."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def sheet(self, wanted: str, *, long: bool = False) -> tuple[Sheet, str]:
        """Begin a sheet and return it with its name, which is `wanted` as far as a name may be so.

        A `long` sheet keeps nothing in memory; its rows are written from the top to the bottom.
        """
        name = self._name(wanted)
        # asked for when a sheet begins, so it may differ between the sheets of one book
        self._book.constant_memory = long
        sheet = self._book.add_worksheet(name)
        self._book.constant_memory = False
        sheet.set_paper(9)  # A4
        sheet.set_footer("&C&9&A　第 &P 页，共 &N 页")
        return sheet, name

    def _name(self, wanted: str) -> str:
        stem = _NOT_IN_NAMES.sub("-", plain(wanted)).strip("' ") or "表"
        name, number = stem[:_LONGEST_NAME].strip("' "), 1
        while name.casefold() in self._names:
            number += 1
            mark = f"~{number}"
            name = stem[: _LONGEST_NAME - len(mark)] + mark
        self._names.add(name.casefold())
        return name

    def format(self, **properties: Any) -> Format:
        """Return a cell format; the same properties give the same one."""
        properties = {
            "font_name": BODY,
            "font_family": 1,
            "font_size": 10,
            "valign": "vcenter",
            "text_wrap": True,
            **properties,
        }
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


@contextmanager
def new_paper(path: Path, *, title: str, unit: str, day: date) -> Iterator[Paper]:
    """Write a workbook; the same content gives the same bytes, and a failure leaves no file.

    Raises:
        EngineUnavailableError: when XlsxWriter is not installed.
        OSError: when the file cannot be written.

    """
    try:
        import xlsxwriter
    except ImportError:
        raise EngineUnavailableError(
            [
                Diagnostic(
                    "ER7062",
                    Text("没有安装 XlsxWriter，不能写工作簿", "XlsxWriter, which writes workbooks, is not installed"),
                    None,
                    Text("pip install 'enforcerules[reports]'", "pip install 'enforcerules[reports]'"),
                )
            ]
        ) from None
    unfinished = path.with_name(f".{path.name}.unfinished")
    # tried first: the library tells of a folder that is not there only at the end, and in its own words
    unfinished.touch()
    try:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(str(unfinished), options) as book:
            book.set_properties(
                {"title": plain(title), "company": plain(unit), "created": datetime(day.year, day.month, day.day)}
            )
            yield Paper(book)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return a text as a cell can hold it."""
    text = visible(text)
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "……（过长，全文见台账）"


def put_text(sheet: Sheet, row: int, column: int, text: str, paper: Paper, **properties: Any) -> None:
    """Write a text. One that looks like a formula stays text also when somebody edits the cell."""
    text = plain(text)
    if not text:
        sheet.write_blank(row, column, None, paper.format(**properties))
        return
    if text.startswith(_FORMULA_SIGNS):
        properties["quote_prefix"] = True
    sheet.write_string(row, column, text, paper.format(**properties))


def put_merged(sheet: Sheet, area: tuple[int, int, int, int], text: str, paper: Paper, **properties: Any) -> None:
    """Write a text over the cells from top left to bottom right, both included."""
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", paper.format(**properties))
    put_text(sheet, top, left, text, paper, **properties)


def is_exact(number: Decimal) -> bool:
    """Tell whether a spreadsheet holds and shows the number as it is: it keeps fifteen digits.

    >>> is_exact(Decimal("123456789.012345")), is_exact(Decimal("1234567890.012345"))
    (True, False)
    """
    return Decimal(f"{float(number):.{_MOST_DIGITS}G}") == number


def number_format(number: Decimal) -> str:
    """Return the format that shows every digit and rounds nothing.

    >>> number_format(Decimal("12.3400")), number_format(Decimal("7"))
    ('0.00', '0')
    """
    exponent = number.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "0." + "0" * places if places else "0"


def put_number(sheet: Sheet, row: int, column: int, number: Decimal, paper: Paper, **properties: Any) -> None:
    """Write a number, exactly: as text where a spreadsheet would drop digits."""
    if is_exact(number):
        properties |= {"num_format": number_format(number)}
        sheet.write_number(row, column, float(number), paper.format(**properties))
    else:
        sheet.write_string(row, column, f"{number:f}", paper.format(**properties))


def cells_in(columns: float, size: float = 10) -> int:
    """Return how many half-width signs stand beside one another in cells that are `columns` characters wide."""
    return max(2, int((columns * 7 - 5) / (size * 2 / 3)))


@lru_cache(maxsize=10_000)
def height_of(text: str, columns: float, size: float = 10) -> float:
    """Return how high a text stands, in points, in cells that are together `columns` characters wide."""
    cells = cells_in(columns, size)
    lines = sum(len(wrap(line, cells)) for line in plain(text).split("\n"))
    return lines * size * _LINE_HEIGHT + 4


def lay(text: str, columns: float, size: float = 10) -> str:
    """Return a text with its lines broken where it is printed, so that none begins with a full stop."""
    cells = cells_in(columns, size) - 2
    return "\n".join(part for line in plain(text).split("\n") for part in wrap(line, cells))


def fold(label: str, cells: int) -> str:
    r"""Return a label broken into lines where it is too wide: before a remark in brackets, else evenly.

    Spreadsheets break Chinese wherever the line is full, before a closing bracket too.

    >>> fold("大案要案情形（可多选）", 14), fold("无证生产", 6)
    ('大案要案情形\n（可多选）', '无证\n生产')
    """
    if width(label) <= cells:
        return label
    head, bracket, remark = label.rpartition("（")
    if head and width(head) <= cells and width(bracket + remark) <= cells:
        return f"{head}\n{bracket}{remark}"
    fewest = len(wrap(label, cells))
    narrowest = next(wide for wide in range(2, cells + 1) if len(wrap(label, wide)) <= fewest)
    return "\n".join(wrap(label, narrowest))


def rows_for(height: float) -> int:
    """Return how many rows of a sheet a text of that height needs: one row cannot be higher than a page."""
    return max(1, -(-int(height) // int(_HIGHEST_ROW)))
