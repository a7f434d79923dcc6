"""A ledger file of any kind → its rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from enforcerules.errors import Cell, Diagnostic, LedgerError, did_you_mean, listed, quoted
from enforcerules.model import ResolvedRulebook
from enforcerules.reports.ledger.headings import SEARCHED_ROWS, Headings, find_headings, no_headings
from enforcerules.reports.ledger.json_lines import JsonLedger
from enforcerules.reports.ledger.layout import Layout
from enforcerules.reports.ledger.reading import Ledger, LedgerRow, RowReader
from enforcerules.reports.ledger.text_table import ENCODINGS, TextLedger
from enforcerules.reports.ledger.unpacking import refuse
from enforcerules.reports.ledger.workbook import HiddenColumns, Sheet, Workbook
from enforcerules.rulebook import Rulebook
from enforcerules.syntax.files import read_text
from enforcerules.text import Text

WORKBOOKS = (".xlsx", ".xlsm")
TABLES = (".csv", ".tsv", ".txt")
LINES = (".jsonl", ".ndjson", ".json")
_OTHER_FORMATS = (".xls", ".et", ".ods", ".xlsb", ".numbers")
_LEAST_HEADINGS = 2


def read_ledger(
    rulebook: Rulebook,
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    stream: BinaryIO | None = None,
) -> Ledger:
    """Open a ledger; its rows are read one at a time while going through it.

    Args:
        rulebook: whose vocabulary the ledger uses.
        path: an xlsx workbook, CSV or JSON lines, told by the end of its name.
        sheet: of a workbook, when several sheets look like ledgers.
        encoding: of CSV, `utf-8` or `gb18030`; found out when not given.
        stream: JSON lines that are no file, such as standard input; they are read once, and `path` only names
            them in messages.

    Raises:
        LedgerError: when the file is no ledger, cannot be read, or is too large. Going through the rows
            raises it too, where only a later part of the file shows it.

    """
    path = Path(path)
    book = rulebook.resolved
    if stream is not None:
        return JsonLedger(book, path, stream)
    layout = Layout(book)
    try:
        with path.open("rb"):
            pass
    except (OSError, ValueError):
        _, faults = read_text(path)
        raise LedgerError(faults) from None
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS or suffix in _OTHER_FORMATS:
        # the content says better than the name what is wrong with it
        return WorkbookLedger(book, layout, path, sheet)
    if sheet is not None:
        message = Text("只有工作簿才有工作表", "only a workbook has sheets")
        raise refuse(path, "ER7007", message, Text("不写工作表", "name no sheet"))
    if suffix in TABLES:
        if encoding is not None and encoding not in ENCODINGS:
            known = listed(ENCODINGS)
            message = Text(f"没有编码 {quoted(encoding)}", f"there is no encoding {quoted(encoding)}")
            raise refuse(path, "ER7004", message, Text(f"可用：{known.zh}", f"it is one of {known.en}"))
        return TextLedger(book, layout, path, encoding)
    if suffix in LINES:
        return JsonLedger(book, path)
    names = listed((*WORKBOOKS, *TABLES, *LINES))
    message = Text("看不出这是哪一种台账", "the name does not tell what kind of ledger this is")
    raise refuse(path, "ER7001", message, Text(f"文件名以 {names.zh} 结尾", f"let the name end in one of {names.en}"))


class WorkbookLedger(Ledger):
    """A ledger in a sheet of a workbook."""

    def __init__(self, book: ResolvedRulebook, layout: Layout, path: Path, asked: str | None) -> None:
        super().__init__(path, "xlsx")
        self._book, self._layout = book, layout
        workbook = Workbook(path)
        try:
            self._sheet, self._headings, hidden = self._choose(workbook, asked)
            # said after the rows, a merged range could not take back those already given
            self._merged = [entry for entry in workbook.merged(self._sheet) if entry[1] > self._headings.last_row]
        finally:
            workbook.close()
        self.sheet = self._sheet.name
        self.columns, self.faults = self._headings.columns, tuple(self._headings.faulty.values())
        self.notices = (*self._headings.notices, *_hidden_notices(path, self._sheet, self._headings, hidden))

    def __iter__(self) -> Iterator[LedgerRow]:
        workbook = Workbook(self.path)
        try:
            place = Cell(str(self.path), self._sheet.name)
            reader = RowReader(self._book, self._layout, self._headings, place, deque(self._merged))
            for row in workbook.rows(self._sheet):
                read = reader.read(row)
                if read is not None:
                    yield read
        finally:
            workbook.close()

    def _choose(self, workbook: Workbook, asked: str | None) -> tuple[Sheet, Headings, HiddenColumns]:
        sheets = workbook.sheets
        if asked is not None:
            sheets = [sheet for sheet in sheets if sheet.name == asked]
            if not sheets:
                raise self._no_sheet(workbook, asked)
        found = []
        for sheet in sheets:
            hidden = HiddenColumns()
            place = Cell(str(self.path), sheet.name)
            rows = list(islice(workbook.rows(sheet, hidden), SEARCHED_ROWS))
            headings = find_headings(self._layout, rows, place, least=_LEAST_HEADINGS)
            if headings is not None:
                found.append((sheet, headings, hidden))
        if len(found) == 1:
            return found[0]
        if not found:
            visible = next((sheet.name for sheet in sheets if not sheet.hidden), None)
            raise LedgerError([no_headings(self._layout, Cell(str(self.path), visible))])
        names = listed([sheet.name for sheet, _, _ in found])
        message = Text(f"有几张工作表都像台账：{names.zh}", f"several sheets look like ledgers: {names.en}")
        hint = Text("用 `--sheet` 指明一张，或者并成一张", "name one with `--sheet`, or make them one")
        raise refuse(self.path, "ER7006", message, hint)

    def _no_sheet(self, workbook: Workbook, asked: str) -> LedgerError:
        names = [sheet.name for sheet in workbook.sheets]
        shown = listed(names)
        hint = did_you_mean(asked, names) or Text(f"有这些工作表：{shown.zh}", f"the sheets are: {shown.en}")
        message = Text(f"没有工作表 {quoted(asked)}", f"there is no sheet {quoted(asked)}")
        return refuse(self.path, "ER7007", message, hint)


def _hidden_notices(path: Path, sheet: Sheet, headings: Headings, hidden: HiddenColumns) -> Iterator[Diagnostic]:
    if sheet.hidden:
        message = Text("工作表是隐藏的，照样读入", "the sheet is hidden, and was read all the same")
        yield Diagnostic("ER7042", message, severity="note", cell=Cell(str(path), sheet.name))
    for column in headings.columns:
        if column.number in hidden:
            message = Text("列是隐藏的，照样读入", "the column is hidden, and was read all the same")
            yield Diagnostic(
                "ER7042",
                message,
                severity="note",
                cell=Cell(str(path), sheet.name, None, column.number, column.heading),
            )
