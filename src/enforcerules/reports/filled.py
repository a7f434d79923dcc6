"""A form filled in: the tally of the cases of a unit up to a day, with its checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

from enforcerules.case import Unknown
from enforcerules.model import Form, FormTable, Part, ResolvedRulebook, Row
from enforcerules.reports.counted_form import counted_form
from enforcerules.reports.figures import NOTHING, CaseSheet, Cell, Figure, Unplaced
from enforcerules.reports.tally import Tally

State: TypeAlias = Literal["value", "open", "not_applicable"]

_FEN_A_WAN = 1_000_000
_FEN_A_YUAN = 100


@dataclass(frozen=True)
class FilledForm:
    """One form of one unit, filled in.

    `not_applicable` holds what cannot occur at the unit: `TABLE`, `TABLE/ROW` or `TABLE/COLUMN`. `as_of` is
    the date of the report; `unit` the name of the reporting unit; `unknown` what an absent fact meant, and
    `assume` what was declared of blank facts.
    """

    book: ResolvedRulebook
    form: Form
    unit: str
    as_of: date
    tally: Tally
    not_applicable: frozenset[str] = frozenset()
    unknown: Unknown = "open"
    assume: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def figures(self) -> Mapping[Cell, Figure]:
        """The cells to which some case adds or may add."""
        return self.tally.figures()

    @cached_property
    def sheets(self) -> tuple[CaseSheet, ...]:
        """The sheets of single cases."""
        return self.tally.sheets()

    @cached_property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """What is not counted, and why."""
        return self.tally.unplaced()

    @cached_property
    def counting_tables(self) -> tuple[FormTable, ...]:
        """The tables that count; the others are filled in once a case."""
        return counted_form(self.book, self.form).tables

    @property
    def case_tables(self) -> tuple[FormTable, ...]:
        """The tables that are filled in once a case."""
        return tuple(table for table in self.form.tables if table.product is None)

    @property
    def complete(self) -> bool:
        """Whether no case lacks a fact that decides a cell or its place."""
        return all(figure.value is not None for figure in self.figures.values()) and all(
            each.left_out for each in self.unplaced
        )

    def figure(self, cell: Cell) -> Figure:
        """Return the content of a cell."""
        return self.figures.get(cell, NOTHING)

    def state(self, cell: Cell) -> State:
        """Return whether a cell holds a number, waits for a fact, or cannot occur at the unit."""
        if not self.not_applicable.isdisjoint((cell.table, f"{cell.table}/{cell.row}", f"{cell.table}/{cell.column}")):
            return "not_applicable"
        return "open" if self.figure(cell).value is None else "value"

    def number(self, cell: Cell, row: Row) -> Decimal | None:
        """Return the number of a cell in the unit of its row, exactly; None unless there is one."""
        value = self.figure(cell).value if self.state(cell) == "value" else None
        return None if value is None else in_unit(value, row)

    def cells(self, table: FormTable) -> Iterator[tuple[Part, Row, Row, Cell]]:
        """Yield every cell of a table as printed: its part, row and column."""
        for part in table.blocks:
            axis = table.part(part.across)
            for row in part.rows:
                for column in axis.rows if axis else ():
                    yield part, row, column, Cell(table.id, part.id, row.id, column.id)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain JSON data; amounts in the unit of their row, as text."""
        book = self.book
        return {
            "format": 1,
            "rulebook": {"id": book.id, "version": book.version, "sha256": book.sha256},
            "form": self.form.id,
            "title": self.form.title.to_dict(),
            "unit": self.unit,
            "as_of": self.as_of.isoformat(),
            "unknown": self.unknown,
            "assume": dict(self.assume),
            "complete": self.complete,
            "tables": [self._table(table) for table in self.counting_tables],
            "sheets": [_sheet(sheet) for sheet in self.sheets],
            "unplaced": [unplaced_to_dict(each) for each in self.unplaced],
        }

    def _table(self, table: FormTable) -> dict[str, Any]:
        cells = []
        for part, row, column, cell in self.cells(table):
            figure = self.figure(cell)
            number = self.number(cell, row)
            cells.append(
                {
                    "part": part.id,
                    "row": row.id,
                    "column": column.id,
                    "state": self.state(cell),
                    "value": None if number is None else str(number),
                    "unit": row.unit,
                    "cases": [
                        {
                            "case": str(each.case),
                            "adds": str(in_unit(each.amount, row)),
                            "clauses": list(each.clauses),
                            "weak": {conduct: column.strength[conduct] for conduct in each.weak},
                        }
                        for each in figure.counted
                    ],
                    "lacking": [{"case": str(each.case), "needs": list(each.needs)} for each in figure.lacking],
                }
            )
        cases = sorted(self.tally.tables.get(table.id, ()))
        return {
            "id": table.id,
            "code": table.code,
            "title": table.title.to_dict(),
            "cases": [str(c) for c in cases],
            "cells": cells,
        }


def in_unit(value: int, row: Row) -> Decimal:
    """Return a number in the unit of its row: an amount, kept in fen, in yuan or ten thousand yuan, exactly."""
    if row.value is None or row.value.kind != "amount":
        return Decimal(value)
    return Decimal(value) / (_FEN_A_WAN if row.unit == "万元" else _FEN_A_YUAN)


def _sheet(sheet: CaseSheet) -> dict[str, Any]:
    return {
        "case": str(sheet.case),
        "table": sheet.table,
        "boxes": {part: {box.row: box.ticked for box in boxes} for part, boxes in sheet.boxes.items()},
        "entries": {entry.row: dict(entry.values) for entry in sheet.entries},
        "clauses": list(sheet.clauses),
    }


def unplaced_to_dict(each: Unplaced) -> dict[str, Any]:
    """Return what is not counted as plain JSON data."""
    return {
        "case": str(each.case),
        "name": each.name,
        "table": each.table,
        "part": each.part,
        "needs": list(each.needs),
        "reason": each.reason.to_dict(),
        "left_out": each.left_out,
    }
