"""Sources with their clauses, parameters, actions and doubts."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from enforcerules.syntax.documents.blocks import Doc, Products, TextDoc, fault
from enforcerules.syntax.documents.conditions import ConditionDoc
from enforcerules.text import Text


class WindowDoc(Doc):
    """A period, both ends included, in which something is in force or in doubt."""

    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    status: Literal["in_force", "in_doubt"]
    doubt: str | None = None
    clause: str | None = None


class ClockDoc(Doc):
    """By when a duty is to be done, as the clause says it."""

    kind: Literal[
        "immediate", "prompt", "within", "by", "before_event", "priority", "as_needed", "set_by_agency", "recurring"
    ]
    text: TextDoc
    days: int | None = Field(default=None, ge=1)
    hours: int | None = Field(default=None, ge=1)
    counting: Literal["natural", "working"] = "natural"
    counting_clause: str | None = None
    counting_doubt: str | None = None
    moved_by: str | None = None
    from_: str | None = Field(default=None, alias="from")
    day: date | None = Field(default=None, alias="date")

    @model_validator(mode="after")
    def _complete(self) -> ClockDoc:
        if self.kind == "within" and (self.days is None) == (self.hours is None):
            raise fault(
                Text("`within` 需要 `days` 或者 `hours`，二者取一", "`within` takes either `days` or `hours`"),
                Text("写其中一项，例如 `days: 7`", "write one of them, such as `days: 7`"),
                at="kind",
            )
        if self.days is None and (self.counting_clause or self.counting_doubt):
            raise fault(
                Text("没有 `days`，就没有日数怎样算的问题", "without `days` there are no days to be counted"),
                Text("删去这一项", "remove it"),
                at="counting_clause" if self.counting_clause else "counting_doubt",
            )
        if self.moved_by and (self.days is None or self.counting == "working"):
            raise fault(
                Text(
                    "只有按自然日计算的期限，末日才可能是节假日", "only a period in natural days can end on a holiday"
                ),
                Text("删去 `moved_by`", "remove `moved_by`"),
                at="moved_by",
            )
        if self.kind == "by" and self.day is None:
            raise fault(
                Text("`by` 需要日期", "`by` takes a date"),
                Text("补上日期，例如 `date: 2022-12-31`", "add the date, such as `date: 2022-12-31`"),
                at="kind",
            )
        if self.kind != "by" and self.day is not None:
            raise fault(
                Text("`date` 只用于 `kind: by`", "`date` goes with `kind: by` only"),
                Text("改为 `kind: by`，或者删去 `date`", "write `kind: by`, or remove `date`"),
                at="date",
            )
        return self


class ClauseDoc(Doc):
    """One normative statement of a source."""

    at: str
    gist: TextDoc
    quote: str | None = Field(default=None, max_length=40)
    products: Products | None = None
    where: str | None = None
    governs: Literal["duty", "conduct"] | None = None
    windows: list[WindowDoc] | None = Field(default=None, min_length=1)
    addressees: list[str] = []
    clock: ClockDoc | None = None
    doubts: list[str] = []
    not_encoded: TextDoc | None = None
    note: TextDoc | None = None


class SourceDoc(Doc):
    """A document with its clause ledger, or the first file of it."""

    id: str
    title: TextDoc
    short: TextDoc
    number: str | None = None
    issuer: TextDoc
    kind: Literal["plan", "notice", "statute", "regulation", "interpretation", "measures", "news", "template"]
    where: str
    governs: Literal["duty", "conduct"] = "duty"
    products: Products
    windows: list[WindowDoc] = Field(min_length=1)
    provisional: bool = False
    note: TextDoc | None = None
    clause_count: int | None = Field(default=None, ge=1)
    clauses: dict[str, ClauseDoc]


class MoreClausesDoc(Doc):
    """A further file of a source."""

    clauses_of: str
    clauses: dict[str, ClauseDoc]


class ParameterValueDoc(Doc):
    """A value in a place and a period, with the clause that sets it."""

    where: str
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    value: Any
    clause: str


class ParameterDoc(Doc):
    """A dated, placed, cited value."""

    type: Literal["money", "count"]
    label: TextDoc
    values: list[ParameterValueDoc] = Field(min_length=1)
    note: TextDoc | None = None
    doubts: list[str] = []


class ParametersDoc(Doc):
    """parameters.yaml."""

    parameters: dict[str, ParameterDoc]


class ActionDoc(Doc):
    """A duty of the action catalogue."""

    title: TextDoc
    verb: TextDoc
    object: Literal[
        "case",
        "lead",
        "website",
        "enterprise",
        "product",
        "person",
        "information",
        "risk",
        "evidence",
        "request",
        "platform",
        "sample",
    ]
    by: str = "handling_agency"
    to: str | None = None
    report_row: str | None = None
    standing: bool = False
    done_when: ConditionDoc | None = None
    note: TextDoc | None = None


class ActionsDoc(Doc):
    """A file of the action catalogue."""

    actions: dict[str, ActionDoc]


class DoubtDoc(Doc):
    """A question that the documents leave open, and the reading chosen here."""

    question: TextDoc
    reading: TextDoc
    settle: TextDoc
    severity: Literal["warn", "info"]
    where: list[str] = Field(min_length=1)
    except_: list[str] = Field(default=[], alias="except")
    shows_when: ConditionDoc
    standing: bool = False
    clauses: list[str] = []
    note: TextDoc | None = None


class DoubtsDoc(Doc):
    """A file of the doubt register."""

    doubts: dict[str, DoubtDoc]
