"""A written report made ready: what the program fills into each section, and what is left to people.

A section is filled with figures, with the major cases, or with the word of the form for "none" or "unchanged".
The word stands only where nothing is open: what is not known is neither none nor unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, TypeAlias

from enforcerules.model import Due, Row
from enforcerules.model.reports import Section, SectionFigure
from enforcerules.reports.counted_form import cells_of
from enforcerules.reports.counting import MAJOR_CASES
from enforcerules.reports.figures import CaseKey, CaseSheet, Cell
from enforcerules.reports.filled import FilledForm, in_unit, unplaced_to_dict
from enforcerules.reports.previous import PreviousReport
from enforcerules.text import Text

NumberState: TypeAlias = Literal["value", "open", "not_applicable"]
Word: TypeAlias = Literal["none", "unchanged"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a figure: that of a product category, or of all where `product` is None.

    `not_applicable`: the form counts no such thing for the product. `open`: some case lacks a fact.
    """

    product: str | None
    state: NumberState
    value: Decimal | None
    cells: tuple[tuple[Row, Cell], ...]


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section with what is filled in; `word` takes its place where there is none, or nothing new."""

    section: Section
    numbers: tuple[tuple[SectionFigure, tuple[Number, ...]], ...]
    cases: tuple[CaseSheet, ...]
    word: Word | None


@dataclass(frozen=True)
class WrittenReport:
    """A written report of one unit: a filled form without tables, for one entry of the report calendar."""

    filled: FilledForm
    due: Due
    previous: PreviousReport | None = None

    @property
    def title(self) -> Text:
        """The title that the report bears."""
        return self.due.printed or self.filled.form.title

    @property
    def products(self) -> tuple[str, ...]:
        """The product categories that have numbers of their own, in the order of the tables."""
        return tuple(table.product for table in self.filled.counting_tables if table.product is not None)

    @property
    def major_cases(self) -> tuple[CaseSheet, ...]:
        """The cases that have one of the form's grounds, in the order of their numbers."""
        return tuple(sheet for sheet in self.filled.sheets if sheet.table == MAJOR_CASES)

    @property
    def perhaps_major(self) -> tuple[CaseKey, ...]:
        """The cases of which it is open whether they are reported as major cases."""
        return tuple(each.case for each in self.filled.unplaced if each.table == MAJOR_CASES)

    @property
    def complete(self) -> bool:
        """Whether no case lacks a fact that decides a number, or its place."""
        return self.filled.complete

    @cached_property
    def sections(self) -> tuple[WrittenSection, ...]:
        """Every section of the form."""
        return tuple(self._section(section) for section in self.filled.form.sections)

    @cached_property
    def attachments(self) -> tuple[CaseSheet, ...]:
        """The cases on sheets of their own: none where the form asks for none, or where nothing has changed."""
        if self.filled.form.attachment_rule is None:
            return ()
        return tuple(case for each in self.sections if each.word is None for case in each.cases)

    def _section(self, section: Section) -> WrittenSection:
        numbers = tuple((figure, self._numbers(figure)) for figure in section.figures)
        cases = self.major_cases if section.filled_by == "cases" else ()
        content = WrittenSection(section, numbers, cases, None)
        return WrittenSection(section, numbers, cases, self._word(content))

    def _numbers(self, figure: SectionFigure) -> tuple[Number, ...]:
        by_table = cells_of(self.filled.counting_tables, figure)
        found = []
        for table in self.filled.counting_tables:
            cells = by_table[table.id]
            found.append(self._number(table.product, cells))
        everything = [cell for cells in by_table.values() for cell in cells]
        return (*found, self._number(None, everything))

    def _number(self, product: str | None, cells: list[tuple[Row, Cell]]) -> Number:
        if not cells:
            return Number(product, "not_applicable", None, ())
        values = [self.filled.number(cell, row) for row, cell in cells]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return Number(product, "open", None, tuple(cells))
        return Number(product, "value", sum(known, Decimal(0)), tuple(cells))

    def _word(self, content: WrittenSection) -> Word | None:
        numbers = [number for _, line in content.numbers for number in line]
        with_cases = content.section.filled_by == "cases"
        settled = all(each.left_out or (each.table == MAJOR_CASES and not with_cases) for each in self.filled.unplaced)
        if not (numbers or with_cases) or not settled:
            return None
        if any(number.state == "open" for number in numbers):
            return None
        fill = self.filled.form.fill
        if "none" in fill and not content.cases and not any(number.value for number in numbers):
            return "none"
        before = self.previous.contents.get(content.section.id) if self.previous is not None else None
        return "unchanged" if "unchanged" in fill and before == self.content_of(content) else None

    # --- as data ---------------------------------------------------------------------------------

    def content_of(self, written: WrittenSection) -> dict[str, Any]:
        """Return what a section tells, as plain JSON data: the same content means that nothing has changed."""
        return {
            "figures": {
                figure.id: {
                    number.product or "total": None if number.value is None else f"{number.value:f}" for number in line
                }
                for figure, line in written.numbers
            },
            "cases": [self._case(sheet) for sheet in written.cases],
        }

    def _case(self, sheet: CaseSheet) -> dict[str, Any]:
        rows = {row.id: row for row in self.filled.form.case_rows}
        return {
            "case": str(sheet.case),
            "grounds": [box.row for box in sheet.boxes["grounds"] if box.ticked],
            "grounds_open": [box.row for box in sheet.boxes["grounds"] if box.ticked is None],
            "entries": {
                entry.row: {name: _plain(rows[entry.row], value) for name, value in entry.values.items()}
                for entry in sheet.entries
            },
            "clauses": list(sheet.clauses),
        }

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain JSON data; amounts in the unit of their row, as text."""
        filled, book = self.filled, self.filled.book
        return {
            "format": 1,
            "rulebook": {"id": book.id, "version": book.version, "sha256": book.sha256},
            "report": self.due.id,
            "place": self.due.where,
            "form": filled.form.id,
            "title": self.title.to_dict(),
            "unit": filled.unit,
            "as_of": filled.as_of.isoformat(),
            "previous": self.previous.as_of.isoformat() if self.previous is not None else None,
            "unknown": filled.unknown,
            "complete": self.complete,
            "sections": [self._section_to_dict(written) for written in self.sections],
            "attachments": [str(sheet.case) for sheet in self.attachments],
            "unplaced": [unplaced_to_dict(each) for each in filled.unplaced],
        }

    def _section_to_dict(self, written: WrittenSection) -> dict[str, Any]:
        section = written.section
        return {
            "id": section.id,
            "title": section.title.to_dict(),
            "filled_by": section.filled_by,
            "word": written.word,
            "content": self.content_of(written),
            "numbers": list(self._traces(written)),
            "clauses": list(section.bases),
        }

    def _traces(self, written: WrittenSection) -> Iterator[dict[str, Any]]:
        for figure, line in written.numbers:
            for number in line:
                if number.product is None:
                    continue
                yield {
                    "figure": figure.id,
                    "label": figure.label.to_dict(),
                    "product": number.product,
                    "state": number.state,
                    "cases": [
                        {
                            "case": str(each.case),
                            "adds": f"{in_unit(each.amount, row):f}",
                            "clauses": list(each.clauses),
                        }
                        for row, cell in number.cells
                        for each in self.filled.figure(cell).counted
                    ],
                    "lacking": [
                        {"case": str(each.case), "needs": list(each.needs)}
                        for _, cell in number.cells
                        for each in self.filled.figure(cell).lacking
                    ],
                }


def _plain(row: Row, value: Any) -> Any:
    if row.value is not None and row.value.kind == "amount" and isinstance(value, int):
        return f"{in_unit(value, row):f}"
    return list(value) if isinstance(value, tuple) else value
