"""A ledger as CSV: UTF-8 with or without a byte order mark, or GB18030, as Excel and WPS save it in Chinese."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from enforcerules.errors import Cell, LedgerError
from enforcerules.model import ResolvedRulebook
from enforcerules.reports.ledger.cells import RawCell, RawRow
from enforcerules.reports.ledger.headings import SEARCHED_ROWS, Headings, find_headings, no_headings
from enforcerules.reports.ledger.layout import Layout
from enforcerules.reports.ledger.limits import LARGEST_LEDGER, LONGEST_CELL, MOST_COLUMNS
from enforcerules.reports.ledger.reading import Ledger, LedgerRow, RowReader
from enforcerules.reports.ledger.unpacking import refuse
from enforcerules.text import Text

ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = (",", "\t", ";")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PIECE = 1024 * 1024
_SAVE = Text("另存为“CSV UTF-8”，或者存为 `xlsx`", "save it as CSV UTF-8, or as `xlsx`")


class TextLedger(Ledger):
    """A ledger in a CSV file."""

    def __init__(self, book: ResolvedRulebook, layout: Layout, path: Path, encoding: str | None) -> None:
        super().__init__(path, "csv", None, find_encoding(path, encoding))
        self._book, self._layout = book, layout
        self._delimiter, self._headings = self._find_headings()
        self.columns, self.notices = self._headings.columns, self._headings.notices
        self.faults = tuple(self._headings.faulty.values())

    def __iter__(self) -> Iterator[LedgerRow]:
        reader = RowReader(self._book, self._layout, self._headings, Cell(str(self.path)))
        for row in self._rows(self._delimiter):
            read = reader.read(row)
            if read is not None:
                yield read

    def _find_headings(self) -> tuple[str, Headings]:
        """Return what separates the cells, which is what makes the most headings known, and the headings."""
        best: tuple[str, Headings] | None = None
        broken: LedgerError | None = None
        place = Cell(str(self.path))
        for delimiter in _DELIMITERS:
            rows: list[RawRow] = []
            try:
                rows.extend(islice(self._rows(delimiter), SEARCHED_ROWS))
            except LedgerError as error:
                # the rows before it are read all the same, and it is told in its place
                broken = broken or error
            found = find_headings(self._layout, rows, place, least=1)
            if found is not None and (best is None or len(found.columns) > len(best[1].columns)):
                best = delimiter, found
        if best is None:
            raise broken or LedgerError([no_headings(self._layout, place)])
        return best

    def _rows(self, delimiter: str) -> Iterator[RawRow]:
        codec = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        with self.path.open(encoding=codec, newline="") as file:
            lines = csv.reader(file, delimiter=delimiter, strict=True)
            number = 0
            try:
                for number, values in enumerate(lines, 1):
                    yield _row(number, values)
            except csv.Error as error:
                message = Text(
                    f"第{number + 1}行的引号不成对，或者有一格过长，后面的读不出来",
                    f"from row {number + 1} on nothing can be read: an unmatched quotation mark, or too long a cell",
                )
                hint = Text("改正引号，或者存为 `xlsx`", "put the quotation marks right, or save it as `xlsx`")
                raise refuse(self.path, "ER7030", message, hint) from error


def _row(number: int, values: list[str]) -> RawRow:
    cells = [RawCell(column, "text", value) for column, value in enumerate(values, 1) if value]
    row = RawRow(number, cells)
    if cells and cells[-1].column > MOST_COLUMNS:
        row.fault, row.cells = "columns", cells[:10]
    elif any(len(cell.text) > 4 * LONGEST_CELL for cell in cells):
        row.fault = "long"
    return row


def find_encoding(path: Path, asked: str | None) -> str:
    """Return how a text file is encoded: as asked, else UTF-8 where every byte allows it, else GB18030.

    A text in GB18030 with a few Chinese words in it is practically never valid UTF-8.

    Raises:
        LedgerError: when it is neither, or not what was asked.

    """
    size = path.stat().st_size
    if size > LARGEST_LEDGER:
        limit = LARGEST_LEDGER // 1024**2
        message = Text(f"文件超过 {limit} MB", f"the file is larger than {limit} MB")
        raise refuse(path, "ER7002", message, Text("按年度拆开", "split it by year"))
    with path.open("rb") as file:
        begin = file.read(8)
    if not begin:
        raise refuse(path, "ER7001", Text("文件是空的", "the file is empty"), _SAVE)
    if begin[:2] in _UTF_16:
        raise refuse(path, "ER7004", Text("文件是 UTF-16 编码", "the file is UTF-16 text"), _SAVE)
    if begin[:2] == b"PK" or begin.startswith(b"\xd0\xcf\x11\xe0"):
        message = Text("这不是文本，而是工作簿", "this is a workbook, not a text")
        raise refuse(path, "ER7001", message, Text("把文件名改为 `.xlsx`", "let its name end in `.xlsx`"))
    for encoding in (asked,) if asked is not None else ENCODINGS:
        if _decodes(path, encoding):
            return encoding
    message = Text("文件不是 UTF-8，也不是 GB18030 编码", "the file is neither UTF-8 nor GB18030 text")
    if asked is not None:
        message = Text(f"文件不是 {asked} 编码", f"the file is not {asked} text")
    raise refuse(path, "ER7004", message, _SAVE)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True
