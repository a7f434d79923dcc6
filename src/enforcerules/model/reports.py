"""Report forms as data: tables, parts, rows, and when each report is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from enforcerules.model.conditions import Condition
from enforcerules.text import Text

Heading: TypeAlias = Literal["beside", "inside", "shared", "none"]


@dataclass(frozen=True, slots=True)
class RowValue:
    """What a counted case adds to a row: one, a sum of money facts, a sum of counts, or a text.

    For `count`, `facts` is empty. A `report` value is no fact of a case but one of the report itself: `facts`
    names the reporting `unit` or `as_of`, the date.
    """

    kind: Literal["count", "amount", "number", "text", "report"]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row, column or box of a form.

    `rule` is the id of the rule that decides it, None for a row that is always there. `actions` are the
    duties that it counts. `strength` says, by conduct, where a key area rests on its label alone or on
    analogy. `total` marks the sum column; `of_which` the row that this one is part of. `printed` is what the
    form prints where the label says more; in the head of a form, `{}` stands for the value.
    """

    id: str
    label: Text
    unit: str | None
    rule: str | None
    value: RowValue | None
    actions: tuple[str, ...]
    strength: Mapping[str, str]
    total: bool
    of_which: str | None
    doubts: tuple[str, ...]
    printed: Text | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A block of rows. Where `choose` is one, exactly one row holds for a counted case.

    `alone`: what its rule says does not depend on the table's own condition, so records count in it that are
    no cases, such as leads. `across` names the part whose rows are the columns of this one.

    `heading` says how the title is printed: `beside` its rows; `inside`, beside its rows within those of the
    part before; `shared`, not at all, its rows going on under the title of the part before; `none`, its rows
    taking its place. `corner` is what a part that gives columns prints above the rows' names: one text, or
    two with a line between them, that for the rows first.
    """

    id: str
    title: Text
    rule: str | None
    alone: bool
    choose: Literal["one", "any"]
    across: str | None
    rows: tuple[Row, ...]
    bases: tuple[str, ...]
    heading: Heading = "beside"
    corner: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form; `product` is the product category whose cases it takes.

    Of a table that is filled in once a case, `lines` are the printed lines, each naming parts of boxes and
    rows of parts that facts fill. `printed` is the title as the form prints it where that is another;
    `remarks` are printed below the filled table.
    """

    id: str
    code: str
    title: Text
    product: str | None
    rule: str | None
    parts: tuple[Part, ...]
    bases: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = ()
    printed: Text | None = None
    remarks: tuple[Text, ...] = ()

    @property
    def blocks(self) -> tuple[Part, ...]:
        """The parts that are printed as rows; the others are their columns."""
        columns = {part.across for part in self.parts}
        return tuple(part for part in self.parts if part.id not in columns)

    def part(self, name: str | None) -> Part | None:
        """Return the part `name`, or None."""
        return next((part for part in self.parts if part.id == name), None)


@dataclass(frozen=True, slots=True)
class SectionFigure:
    """A number of a written report: the sum of `rows` of the form it counts by; without rows, its counted cases."""

    id: str
    label: Text
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a written report; a bare heading is filled by nobody. `asks` is what people have to write."""

    id: str
    title: Text
    filled_by: Literal["person", "figures", "cases"] | None
    figures: tuple[SectionFigure, ...]
    bases: tuple[str, ...]
    asks: Text | None = None


@dataclass(frozen=True, slots=True)
class FormNote:
    """A filling rule of a form; `printed` is the sentence that the form itself prints."""

    id: str
    text: Text
    bases: tuple[str, ...]
    printed: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A report form of one place.

    `annex` is printed above the title. `attachment_rule` decides which cases are reported one by one, under
    `attachment_title`; `counts_when` which cases the tables count, None for every case. `figures_of` names the
    form whose rows the figures of the sections are, and `case_rows` are what is said of each case that has one
    of the grounds.
    """

    id: str
    title: Text
    where: str
    counts_when: Condition | None
    tables: tuple[FormTable, ...]
    grounds: tuple[Row, ...]
    sections: tuple[Section, ...]
    attachment_rule: str | None
    fill: Mapping[str, str]
    notes: tuple[FormNote, ...]
    header: tuple[Row, ...]
    bases: tuple[str, ...]
    notes_title: Text | None = None
    annex: Text | None = None
    figures_of: str | None = None
    case_rows: tuple[Row, ...] = ()
    attachment_title: Text | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A report that falls due: to whom, in which form, on which days. No days means without a fixed date.

    `printed` is the title that the report bears where its form serves several reports.
    """

    id: str
    title: Text
    form: str | None
    where: str
    to: tuple[str, ...]
    days: tuple[date, ...]
    text: Text
    bases: tuple[str, ...]
    doubts: tuple[str, ...]
    printed: Text | None = None
