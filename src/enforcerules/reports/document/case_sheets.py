"""What the report says of a major case: on a sheet of its own, or in the section where the form has none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from enforcerules.model import Row
from enforcerules.reports.document.paper import HEADING_FONT, TO_FILL, Paper, put
from enforcerules.reports.figures import CaseSheet, EntryValue
from enforcerules.reports.saying import say_amount, say_fact
from enforcerules.reports.written import WrittenReport

_LABEL_WIDTH, _VALUE_WIDTH = 38, 118
_TICKED, _EMPTY, _OPEN = "☑", "☐", "？"
_NAMING = ({"case_id"}, {"case_name"})


class Piece(NamedTuple):
    """A fact as it is said: under a heading of its own where its row takes several, "" where it is not known."""

    heading: str
    said: str


@dataclass(frozen=True)
class CaseTexts:
    """The words for the cases of one report."""

    report: WrittenReport

    def name(self, sheet: CaseSheet) -> str:
        """Return the name of a case with its number."""
        name = self.report.filled.tally.names.get(sheet.case)
        return f"{name}（{sheet.case}）" if name else str(sheet.case)

    def grounds(self, sheet: CaseSheet) -> str:
        """Return the grounds that the case has."""
        labels = {row.id: row.label.zh for row in self.report.filled.form.grounds}
        return "、".join(labels[box.row] for box in sheet.boxes["grounds"] if box.ticked)

    def boxes(self, sheet: CaseSheet) -> list[str]:
        """Return every ground of the form with its box."""
        labels = {row.id: row.label.zh for row in self.report.filled.form.grounds}
        marks = {True: _TICKED, False: _EMPTY, None: _OPEN}
        return [f"{marks[box.ticked]}{labels[box.row]}" for box in sheet.boxes["grounds"]]

    def fields(self, sheet: CaseSheet) -> Iterator[tuple[Row, list[Piece]]]:
        """Yield everything that is said of a case, row by row."""
        rows = {row.id: row for row in self.report.filled.form.case_rows}
        for entry in sheet.entries:
            row = rows[entry.row]
            pieces = [self._piece(row, name, value) for name, value in entry.values.items()]
            # a summary in one piece is not asked for where its elements are
            yield row, [piece for piece in pieces if piece.heading or piece.said] or pieces

    def lines(self, sheet: CaseSheet) -> Iterator[str]:
        """Yield what the text of a report says of a case below its name."""
        short, long = list[str](), list[str]()
        for row, pieces in self.fields(sheet):
            if row.value is not None and set(row.value.facts) in _NAMING:
                continue
            for heading, said in pieces:
                if said:
                    (long if len(pieces) > 1 or "\n" in said else short).append(f"{heading or row.label.zh}：{said}")
        if short:
            yield f"{'；'.join(short)}。"
        for text in long:
            yield from text.split("\n")

    def missing(self, sheet: CaseSheet) -> list[str]:
        """Return the headings of what is not known of a case."""
        return [heading or row.label.zh for row, pieces in self.fields(sheet) for heading, said in pieces if not said]

    def _piece(self, row: Row, name: str, value: EntryValue) -> Piece:
        book = self.report.filled.book
        heading = book.vocabulary.facts[name].label.zh
        alone = row.value is None or len(row.value.facts) == 1 or heading == row.label.zh
        amount = row.value is not None and row.value.kind == "amount" and isinstance(value, int)
        said = say_amount(row, value) if amount and isinstance(value, int) else say_fact(book, name, value)
        return Piece("" if alone else heading, said)


def write_attachment(paper: Paper, texts: CaseTexts, sheet: CaseSheet, number: int, *, alone: bool) -> None:
    """Write the sheet of one case on a page of its own; `alone` where it is the only one."""
    form = texts.report.filled.form
    paper.paragraph("附件" if alone else f"附件{number}", indent=False, new_page=True, font=HEADING_FONT)
    paper.paragraph(form.attachment_title.zh if form.attachment_title is not None else "", "title", indent=False)
    fields = list(texts.fields(sheet))
    table = paper.table(len(fields) + 2, [_LABEL_WIDTH, _VALUE_WIDTH])
    contents = [
        ("填报单位", [texts.report.filled.unit]),
        ("大案要案情形", texts.boxes(sheet)),
        *((row.label.zh, [_line(piece) for piece in pieces]) for row, pieces in fields),
    ]
    for row, (label, lines) in zip(table.rows, contents, strict=True):
        first, second = row.cells
        put(first, label, font=HEADING_FONT)
        put(second, "\n".join(lines), align="left")


def _line(piece: Piece) -> str:
    return f"{piece.heading}：{piece.said or TO_FILL}" if piece.heading else piece.said or TO_FILL
