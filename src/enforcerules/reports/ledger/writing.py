"""Cases → a ledger file that reads back as the same cases."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from enforcerules.case import Case
from enforcerules.errors import Cell, Diagnostic, LedgerError, listed, quoted
from enforcerules.model import Value
from enforcerules.reports.ledger.amounts import Figure
from enforcerules.reports.ledger.layout import EXAMPLE_MARKS, Column, Layout
from enforcerules.reports.ledger.limits import LONGEST_CELL, MOST_ROWS
from enforcerules.reports.ledger.opening import LINES, WORKBOOKS
from enforcerules.reports.ledger.showing import Shown, ValueWriter, as_json
from enforcerules.reports.ledger.unpacking import refuse
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text

Cells = list[tuple[int, Column, Shown]]
"""The cells of a row that hold something: the number of the column from 0, its fact, and what stands there."""


def write_ledger(
    rulebook: Rulebook,
    path: str | Path,
    cases: Iterable[Mapping[str, Any]] = (),
    *,
    example: bool = False,
    remark: Text | None = None,
) -> None:
    """Write cases as a ledger: an xlsx workbook, CSV (UTF-8 with a byte order mark) or JSON lines, by the name.

    Args:
        rulebook: whose vocabulary the cases use.
        path: the file to write; one that is there is replaced.
        cases: facts by name, as `Rulebook.read_case` takes them; they are taken one at a time.
        example: an example row before the cases, which reading passes over; not in JSON lines.
        remark: said first on the sheet of instructions of a workbook.

    Raises:
        CaseError: when a case is wrong.
        LedgerError: when the name does not tell the kind, or a case does not fit: a text too long for a cell,
            more cases than a ledger may have.
        EngineUnavailableError: when a workbook is to be written and XlsxWriter is not installed.

    """
    path = Path(path)
    layout = Layout(rulebook.resolved)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        # the library comes as an extra, and is slow to import
        from enforcerules.reports.ledger.new_workbook import write_workbook

        rows = _rows(rulebook, layout, path, cases, example=example, plain=False)
        write_workbook(rulebook.resolved, layout, path, rows, remark=remark)
    elif suffix == ".csv":
        _write_csv(layout, path, _rows(rulebook, layout, path, cases, example=example, plain=True))
    elif suffix in LINES:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for case, unknown in _read(rulebook, path, cases):
                given = {name: as_json(value) for name, value in case.given.items()} | dict.fromkeys(unknown)
                file.write(json.dumps(given, ensure_ascii=False, separators=(",", ":")) + "\n")
    else:
        names = listed((WORKBOOKS[0], ".csv", LINES[0]))
        message = Text(f"不能写成 {quoted(suffix)} 文件", f"a ledger cannot be written as {quoted(suffix)}")
        hint = Text(f"文件名以 {names.zh} 结尾", f"let the name end in one of {names.en}")
        raise refuse(path, "ER7063", message, hint)


def _read(rulebook: Rulebook, path: Path, cases: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Case, tuple[str, ...]]]:
    """Yield each case, with the names of the facts that it gives as unknown."""
    for count, given in enumerate(cases, 1):
        if count > MOST_ROWS:
            message = Text(f"案件超过 {MOST_ROWS} 件", f"there are more than {MOST_ROWS} cases")
            raise refuse(path, "ER7002", message, Text("按年度拆开", "split it by year"))
        yield rulebook.read_case(given), tuple(name for name, value in given.items() if value is None)


def _rows(
    rulebook: Rulebook,
    layout: Layout,
    path: Path,
    cases: Iterable[Mapping[str, Any]],
    *,
    example: bool,
    plain: bool,
) -> Iterator[Cells]:
    columns = list(layout.columns())
    writers = [ValueWriter(rulebook.resolved, layout, column) for column in columns]

    def cells(values: Mapping[str, Value | None]) -> Cells:
        found: Cells = []
        for number, (column, writer) in enumerate(zip(columns, writers, strict=True)):
            if column.fact.name in values:
                shown = writer.show(values[column.fact.name], plain=plain)
                found.append((number, column, shown))
        return found

    if example:
        shown = cells(layout.example)
        at = next((number for number, column in enumerate(columns) if column.fact.name == "case_id"), 0)
        yield [(at, columns[at], EXAMPLE_MARKS[0]), *(entry for entry in shown if entry[0] != at)]
    for row, (case, unknown) in enumerate(_read(rulebook, path, cases), 1):
        found = cells({**case.given, **dict.fromkeys(unknown)})
        for _, column, text in found:
            if isinstance(text, str) and len(text) > LONGEST_CELL:
                raise LedgerError([_too_long(path, row, column)])
        # a row without anything would not be a case any more
        yield found or [(0, columns[0], writers[0].show(None))]


def _too_long(path: Path, row: int, column: Column) -> Diagnostic:
    label = column.fact.label
    return Diagnostic(
        "ER7060",
        Text(
            f"第{row}案的“{label.zh}”超过 {LONGEST_CELL} 字，一个单元格放不下",
            f"`{label.en}` of case {row} has more than {LONGEST_CELL} characters, too many for a cell",
        ),
        hint=Text("缩短，或者写成 JSON（`.jsonl`）", "shorten it, or write JSON lines (`.jsonl`)"),
        cell=Cell(str(path)),
    )


def _write_csv(layout: Layout, path: Path, rows: Iterable[Cells]) -> None:
    headings = [column.heading.zh for column in layout.columns()]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(headings)
        for row in rows:
            line = [""] * len(headings)
            for number, _, shown in row:
                line[number] = shown.digits if isinstance(shown, Figure) else str(shown)
            lines.writerow(line)
