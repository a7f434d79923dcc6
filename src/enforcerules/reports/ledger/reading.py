"""A ledger, row by row: the facts of each case, or everything that is wrong with its row."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from enforcerules.errors import Cell, Diagnostic, LedgerError, quoted
from enforcerules.model import ResolvedRulebook
from enforcerules.reports.ledger.cells import RawCell, RawRow
from enforcerules.reports.ledger.headings import Headings, TableColumn
from enforcerules.reports.ledger.layout import EXAMPLE_MARKS, Layout
from enforcerules.reports.ledger.limits import MOST_ROWS
from enforcerules.reports.ledger.values import Said, ValueReader
from enforcerules.text import Text

LedgerKind = Literal["xlsx", "csv", "jsonl"]

_MOST_ACTIVE = 8


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of a ledger.

    `facts` are those of a case file, ready for `Rulebook.read_case`; None where the row has `faults`, or is
    no case, which a notice then says. `notices` are what a person should know though it is no fault.
    """

    sheet: str | None
    number: int
    facts: Mapping[str, Any] | None
    faults: tuple[Diagnostic, ...] = ()
    notices: tuple[Diagnostic, ...] = ()


class Ledger(ABC):
    """A ledger file. Going through it reads its rows, each time anew, one at a time.

    `faults` are those of its headings: every row with something in such a column has a fault of its own, so
    that nothing is lost. `notices` are about the file as a whole.
    """

    def __init__(self, path: Path, kind: LedgerKind, sheet: str | None = None, encoding: str | None = None) -> None:
        self.path, self.kind, self.sheet, self.encoding = path, kind, sheet, encoding
        self.columns: tuple[TableColumn, ...] = ()
        self.faults: tuple[Diagnostic, ...] = ()
        self.notices: tuple[Diagnostic, ...] = ()

    @abstractmethod
    def __iter__(self) -> Iterator[LedgerRow]: ...


@dataclass(slots=True)
class RowReader:
    """Turns the rows of one table into cases."""

    book: ResolvedRulebook
    layout: Layout
    headings: Headings
    place: Cell
    merged: deque[tuple[int, int, str]] = field(default_factory=deque)
    hidden: bool = False
    _readers: dict[int, tuple[TableColumn, ValueReader]] = field(default_factory=dict)
    _active: list[tuple[int, int, str]] = field(default_factory=list)
    _case_ids: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        for column in self.headings.columns:
            self._readers[column.number] = (column, ValueReader(self.book, column.column))

    def read(self, row: RawRow) -> LedgerRow | None:
        """Return a row, None for one that is empty or above the cases.

        Raises:
            LedgerError: when there are more rows than a ledger may have.

        """
        if row.number <= self.headings.last_row:
            return None
        cells = [cell for cell in row.cells if cell.kind != "text" or not _is_blank(cell)]
        if not cells and not row.fault:
            return None
        self._count += 1
        if self._count > MOST_ROWS:
            raise LedgerError([_too_many_rows(self.place)])
        # a running number may stand before the word
        for cell in cells[:3]:
            if cell.kind == "text" and self.layout.is_total(cell.text):
                return self._passed_over(row, cell, "ER7043", _TOTAL)
            if cell.kind == "text" and cell.text.strip() in EXAMPLE_MARKS:
                return self._passed_over(row, cell, "ER7044", _EXAMPLE)
        return self._case(row, cells)

    def _case(self, row: RawRow, cells: list[RawCell]) -> LedgerRow:
        facts: dict[str, Any] = {}
        faults: list[Diagnostic] = list(self._faults_of_row(row))
        notices: list[Diagnostic] = []
        for cell in cells:
            found = self._readers.get(cell.column)
            if found is None:
                if cell.column not in self.headings.own:
                    faults.append(self._astray(row, cell))
                continue
            column, reader = found
            if cell.formula:
                said = _FORMULAS[cell.formula]
                (notices if cell.formula == "cached" else faults).append(self._at(row, cell, column.heading, said))
                if cell.formula != "cached":
                    continue
            reading = reader.read(cell.kind, cell.text)
            for said in reading.faults:
                faults.append(self._at(row, cell, column.heading, said))
            for said in reading.notices:
                notices.append(self._at(row, cell, column.heading, said))
            if not reading.empty and not reading.faults:
                facts[column.column.fact.name] = reading.value
        if row.hidden:
            notices.append(Diagnostic("ER7042", _HIDDEN, severity="note", cell=self._row_cell(row)))
        faults += self._repeated(row, facts)
        if not facts and not faults:
            return LedgerRow(self.place.sheet, row.number, None, (), tuple(notices))
        return LedgerRow(self.place.sheet, row.number, None if faults else facts, tuple(faults), tuple(notices))

    def _faults_of_row(self, row: RawRow) -> Iterator[Diagnostic]:
        while self.merged and self.merged[0][0] <= row.number:
            self._active.append(self.merged.popleft())
            if len(self._active) > _MOST_ACTIVE:
                # the row is not read anyway; what reaches furthest down tells which others are not
                self._active.sort(key=lambda entry: -entry[1])
                self._active.pop()
        self._active = [entry for entry in self._active if entry[1] >= row.number]
        for _, _, reference in self._active:
            said = quoted(reference)
            message = Text(
                f"合并单元格 {said}：说不清属于哪一行、哪一栏", f"merged cells {said}: it cannot be told whose they are"
            )
            hint = Text("取消合并，每案一行逐格填写", "take the cells apart, and fill in each row")
            yield Diagnostic("ER7026", message, hint=hint, cell=self._row_cell(row))
        if row.fault is not None:
            yield Diagnostic("ER7002", _ROW_FAULTS[row.fault], hint=_SHORTEN, cell=self._row_cell(row))

    def _repeated(self, row: RawRow, facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
        case_id = facts.get("case_id")
        if not isinstance(case_id, str):
            return
        first = self._case_ids.setdefault(case_id, row.number)
        if first != row.number:
            column = next(c for c in self.headings.columns if c.column.fact.name == "case_id")
            place = self.place
            cell = Cell(place.path, place.sheet, row.number, column.number, column.heading, case_id)
            said = quoted(case_id)
            yield Diagnostic(
                "ER7029",
                Text(f"编号 {said} 与第{first}行重复", f"the number {said} is that of row {first} too"),
                hint=Text("同一案只留一行；不同的案改编号", "keep one row a case; give another case another number"),
                cell=cell,
            )

    def _astray(self, row: RawRow, cell: RawCell) -> Diagnostic:
        wrong = self.headings.faulty.get(cell.column)
        if wrong is not None:
            said = Said("ER7014", _UNDER_FAULTY, wrong.hint)
            return self._at(row, cell, wrong.cell.heading if wrong.cell else None, said)
        return self._at(row, cell, None, _NO_HEADING)

    def _passed_over(self, row: RawRow, cell: RawCell, code: str, message: Text) -> LedgerRow:
        notice = self._at(row, cell, self.headings.heading(cell.column), Said(code, message, severity="note"))
        return LedgerRow(self.place.sheet, row.number, None, (), (notice,))

    def _at(self, row: RawRow, cell: RawCell, heading: str | None, said: Said) -> Diagnostic:
        shown = cell.text if len(cell.text) <= 80 else cell.text[:79] + "…"
        place = Cell(self.place.path, self.place.sheet, row.number, cell.column, heading, shown)
        return Diagnostic(said.code, said.message, None, said.hint, (), said.severity, place)

    def _row_cell(self, row: RawRow) -> Cell:
        return Cell(self.place.path, self.place.sheet, row.number)


def _is_blank(cell: RawCell) -> bool:
    return not cell.text.strip("\u200b\ufeff \t\r\n\xa0\u3000") and not cell.formula


def _too_many_rows(place: Cell) -> Diagnostic:
    message = Text(f"台账超过 {MOST_ROWS} 行", f"the ledger has more than {MOST_ROWS} rows")
    return Diagnostic("ER7002", message, hint=Text("按年度拆开", "split it by year"), cell=place)


_TOTAL = Text("合计行，不是案件，没有读", "a row of totals is no case, and was not read")
_EXAMPLE = Text("示例行，不计入", "the example row is not counted")
_HIDDEN = Text("隐藏的行，照样读入", "the row is hidden, and was read all the same")
_UNDER_FAULTY = Text("该列的标题有误，这一格没有读", "the heading of this column is wrong, and the cell was not read")
_NO_HEADING = Said(
    "ER7013",
    Text("这一列没有标题，不知道填的是什么", "this column has no heading, and nobody knows what it is about"),
    Text("补上标题，或者清空单元格", "add a heading, or empty the cell"),
)
_TYPE_VALUE = Text("核对后，直接填写值", "check the value, and type it")
_FORMULAS = {
    "cached": Said(
        "ER7041",
        Text("公式：读入的是保存时的结果，请核对", "this formula was read as its saved result, which is to be checked"),
        severity="note",
    ),
    "empty": Said("ER7024", Text("公式没有保存结果", "the formula has no saved result"), _TYPE_VALUE),
    "external": Said(
        "ER7024",
        Text(
            "公式取自另一个文件或者网络，说不准是否最新",
            "the formula looks into another file or the network, which may have changed",
        ),
        _TYPE_VALUE,
    ),
}
_SHORTEN = Text("删去多余的列，缩短文字", "remove needless columns, and shorten the text")
_ROW_FAULTS = {
    "columns": Text("这一行的列太多", "the row has too many columns"),
    "long": Text("这一行有一格的文字过长", "a cell of the row holds too long a text"),
}
