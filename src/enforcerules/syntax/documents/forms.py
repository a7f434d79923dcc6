"""Report forms, the report calendar and the calendars of holidays."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from enforcerules.syntax.documents.blocks import Doc, TextDoc, fault
from enforcerules.syntax.documents.conditions import ConditionDoc
from enforcerules.text import Text


class RowValueDoc(Doc):
    """What a counted case adds to a row."""

    count: Literal["case"] | None = None
    amount: list[str] | None = None
    number: str | list[str] | None = None
    text: str | list[str] | None = None
    report: Literal["unit", "as_of"] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> RowValueDoc:
        if [self.count, self.amount, self.number, self.text, self.report].count(None) != 4:
            kinds = Text(
                "`count`、`amount`、`number`、`text`、`report`", "`count`, `amount`, `number`, `text`, `report`"
            )
            raise fault(
                Text("`value` 只写一种取值", "a `value` is of one kind"),
                Text(f"只写 {kinds.zh} 之一", f"write one of {kinds.en}"),
            )
        return self


class FormRowDoc(Doc):
    """A row, column or box of a form."""

    id: str
    label: TextDoc
    printed: TextDoc | None = None
    unit: str | None = None
    when: ConditionDoc | None = None
    value: RowValueDoc | None = None
    action: str | None = None
    actions: list[str] = []
    strength: dict[str, Literal["label_only", "analogy"]] = {}
    total: bool = False
    of_which: str | None = None
    filled_by: Literal["person"] | None = None
    basis: list[str] = []
    doubts: list[str] = []


class CornerDoc(Doc):
    """What stands above the names of the rows: what they are, perhaps divided from what the columns are."""

    rows: TextDoc
    columns: TextDoc | None = None


class PartDoc(Doc):
    """A block of rows."""

    id: str
    title: TextDoc
    basis: list[str] = Field(min_length=1)
    when: ConditionDoc | None = None
    when_alone: bool = False
    across: str | None = None
    heading: Literal["beside", "inside", "shared", "none"] = "beside"
    corner: CornerDoc | None = None
    choose: Literal["one", "any"] = "any"
    rows: list[FormRowDoc] = Field(min_length=1)
    doubts: list[str] = []


class FormTableDoc(Doc):
    """One table of a form."""

    id: str
    code: str
    title: TextDoc
    printed: TextDoc | None = None
    product: str | None = None
    across: str | None = None
    basis: list[str] = Field(min_length=1)
    when: ConditionDoc
    lines: list[list[str]] = []
    parts: list[PartDoc] = Field(min_length=1)
    remarks: list[TextDoc] = []
    doubts: list[str] = []


class SectionFigureDoc(Doc):
    """A number of a section: rows of the form that `figures_of` names, summed; without rows, its counted cases."""

    id: str
    label: TextDoc
    rows: list[str] = []


class SectionDoc(Doc):
    """A section of a written report; `asks` says what people have to write there."""

    id: str
    title: TextDoc
    heading: bool = False
    basis: list[str] = []
    filled_by: Literal["person", "figures", "cases"] | None = None
    asks: TextDoc | None = None
    figures: list[SectionFigureDoc] = []


class FormNoteDoc(Doc):
    """A filling rule of a form."""

    id: str
    text: TextDoc
    printed: TextDoc | None = None
    basis: list[str] = Field(min_length=1)
    doubts: list[str] = []


class AttachmentsDoc(Doc):
    """That each case with one of the form's grounds is reported on a sheet of its own, and under which title."""

    title: TextDoc
    basis: list[str] = Field(min_length=1)


class FormDoc(Doc):
    """A report form, or the first file of one."""

    form: str
    title: TextDoc
    annex: TextDoc | None = None
    where: str
    basis: list[str] = Field(min_length=1)
    counts_when: ConditionDoc | None = None
    counts_basis: list[str] = []
    header: list[FormRowDoc] = []
    fill: dict[str, str] = {}
    fill_basis: dict[str, list[str]] = {}
    notes_title: TextDoc | None = None
    notes: list[FormNoteDoc] = []
    tables: list[FormTableDoc] = []
    sections: list[SectionDoc] = []
    figures_of: str | None = None
    grounds: list[FormRowDoc] = []
    case_rows: list[FormRowDoc] = []
    attachments: AttachmentsDoc | None = None
    doubts: list[str] = []


class MoreTablesDoc(Doc):
    """A further file of a form."""

    tables_of: str
    tables: list[FormTableDoc] = Field(min_length=1)


class DueDoc(Doc):
    """A report that falls due; `printed` is its title where the form serves several reports."""

    id: str
    title: TextDoc
    printed: TextDoc | None = None
    form: str | None = None
    where: str
    to: str | list[str] = []
    basis: list[str] = Field(min_length=1)
    due: list[date]
    clock_text: TextDoc
    doubts: list[str] = []


class ReportCalendarDoc(Doc):
    """The report calendar."""

    reports: list[DueDoc]


class NoticeDoc(Doc):
    """The State Council notice a year's holidays come from."""

    number: str | None = None
    title: TextDoc


class HolidayDoc(Doc):
    """A public holiday with all its days off."""

    name: TextDoc
    days: list[date] = Field(min_length=1)
    count: int | None = Field(default=None, ge=1)


class CalendarDoc(Doc):
    """One year's public holidays and make-up working days."""

    year: int
    notice: NoticeDoc
    holidays: list[HolidayDoc]
    worked: list[date]
    worked_count: int | None = Field(default=None, ge=0)
    note: TextDoc | None = None
