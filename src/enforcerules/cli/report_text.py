"""A filled form for the terminal: the tables that count, the cases with a sheet, what is not counted."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.model import FormTable, Part, Row
from enforcerules.reports import Cell, FilledForm
from enforcerules.text import Language, Text, pad, width

_OPEN = Text("待补", "open")
_GAP = 2


def render_form(filled: FilledForm, language: Language) -> str:
    """Return the form as text."""
    lines = [filled.form.title[language], f"{filled.unit}  {filled.as_of}"]
    for table in filled.counting_tables:
        lines += ["", table.title[language], *_table(filled, table, language)]
    for table in filled.case_tables:
        sheets = [sheet for sheet in filled.sheets if sheet.table == table.id]
        lines += ["", f"{table.title[language]}{Text('：', ': ')[language]}{len(sheets)}"]
        for sheet in sheets:
            name = filled.tally.names.get(sheet.case)
            lines.append(f"  {sheet.case}  {name or ''}".rstrip())
    if filled.unplaced:
        lines += ["", Text("未计入", "not counted")[language]]
    facts = filled.book.vocabulary.facts
    for each in filled.unplaced:
        needs = [facts[need].label[language] if need in facts else need for need in each.needs]
        why = f" ({', '.join(needs)})" if needs and language == "en" else f"（{'、'.join(needs)}）" if needs else ""
        lines.append(f"  {each.case}  {each.reason[language]}{why}")
    return "\n".join(lines)


def _table(filled: FilledForm, table: FormTable, language: Language) -> Iterator[str]:
    for axis in dict.fromkeys(part.across for part in table.blocks):
        found = table.part(axis)
        if found is None:
            continue
        rows = [(part, row) for part in table.blocks if part.across == axis for row in part.rows]
        heads = [column.label[language] for column in found.rows]
        cells = [[_shown(filled, table, part, row, column, language) for column in found.rows] for part, row in rows]
        first = max(width(row.label[language]) for _, row in rows)
        wide = [max(width(text) for text in (head, *column)) for head, *column in zip(heads, *cells, strict=True)]
        yield pad("", first + 2) + "".join(_right(head, cell) for head, cell in zip(heads, wide, strict=True))
        for (_, row), line in zip(rows, cells, strict=True):
            values = "".join(_right(text, cell) for text, cell in zip(line, wide, strict=True))
            yield pad(f"  {row.label[language]}", first + 2) + values


def _right(text: str, cells: int) -> str:
    return " " * (_GAP + cells - width(text)) + text


def _shown(filled: FilledForm, table: FormTable, part: Part, row: Row, column: Row, language: Language) -> str:
    cell = Cell(table.id, part.id, row.id, column.id)
    fill = filled.form.fill
    match filled.state(cell):
        case "open":
            return _OPEN[language]
        case "not_applicable":
            return fill.get("not_applicable", "/")
    number = filled.number(cell, row)
    return f"{number:f}" if number else fill.get("none", "0")
