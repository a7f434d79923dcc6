"""What a form counts: its own tables, or of another form's tables the rows that its sections name.

A written report has figures, and no tables. What these mean, the form that they are `figures_of` says, so both
reports give the same numbers; that they have to be given, and where and when, the written report's own clauses say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from enforcerules.model import Condition, Form, FormTable, Part, ResolvedRulebook, Row, RowValue
from enforcerules.model.reports import SectionFigure
from enforcerules.reports.figures import Cell

COUNTED = "counted"
"""The part, and its row, that counts the cases of a table of which a section asks no more than how many."""


@dataclass(frozen=True, slots=True)
class CountedForm:
    """A form with the tables by which it counts.

    Of a written report, `lent` are the rules of the other form, asked for their conditions only, and
    `clauses` those of the sections that take a row, by row.
    """

    form: Form
    tables: tuple[FormTable, ...]
    counts_when: Condition | None
    lent: frozenset[str]
    clauses: Mapping[str, tuple[str, ...]]


def counted_form(book: ResolvedRulebook, form: Form) -> CountedForm:
    """Return what `form` counts by."""
    own = tuple(table for table in form.tables if table.product is not None)
    if not any(section.figures for section in form.sections):
        return CountedForm(form, own, form.counts_when, frozenset(), {})
    lender = book.forms[form.figures_of] if form.figures_of is not None else form
    clauses: dict[str, tuple[str, ...]] = {}
    for section in form.sections:
        for figure in section.figures:
            for row in figure.rows or (COUNTED,):
                clauses[row] = tuple(dict.fromkeys((*clauses.get(row, ()), *section.bases)))
    tables = tuple(_cut_down(table, form, clauses) for table in lender.tables if table.product is not None)
    lent = frozenset(rule for table in tables for rule in _rules(table))
    return CountedForm(form, tables, lender.counts_when, lent, clauses)


def cells_of(tables: tuple[FormTable, ...], figure: SectionFigure) -> dict[str, list[tuple[Row, Cell]]]:
    """Return, by table, the cells that a figure is the sum of; none where the table has no such row."""
    wanted = figure.rows or (COUNTED,)
    return {
        table.id: [
            (row, Cell(table.id, part.id, row.id, column.id))
            for part in table.blocks
            for row in part.rows
            if row.id in wanted
            for column in _totals(table.part(part.across))
        ]
        for table in tables
    }


def _cut_down(table: FormTable, form: Form, wanted: Mapping[str, tuple[str, ...]]) -> FormTable:
    """Return a table with the wanted rows only, each with its total and no other column."""
    blocks = [
        replace(part, choose="any", rows=tuple(row for row in part.rows if row.id in wanted))
        for part in table.blocks
        if any(row.id in wanted for row in part.rows)
    ]
    axes = [part for part in table.parts if part not in table.blocks]
    first = next((axis for axis in axes if _totals(axis)), None)
    if COUNTED in wanted and first is not None:
        blocks.insert(0, _cases_of(table, form, first))
    used = {part.across for part in blocks}
    columns = [replace(axis, choose="any", rows=_totals(axis)) for axis in axes if axis.id in used]
    return replace(table, parts=(*columns, *blocks))


def _cases_of(table: FormTable, form: Form, axis: Part) -> Part:
    figure = next(figure for section in form.sections for figure in section.figures if not figure.rows)
    row = Row(COUNTED, figure.label, "件", None, RowValue("count", ()), (), {}, False, None, ())
    return Part(COUNTED, table.title, table.rule, False, "any", axis.id, (row,), table.bases)


def _totals(axis: Part | None) -> tuple[Row, ...]:
    return tuple(row for row in axis.rows if row.total) if axis is not None else ()


def _rules(table: FormTable) -> Iterator[str]:
    rows = [row.rule for part in table.parts for row in part.rows]
    yield from (rule for rule in (table.rule, *(part.rule for part in table.parts), *rows) if rule is not None)
