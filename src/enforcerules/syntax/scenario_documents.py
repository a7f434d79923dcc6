"""What may stand in a file of scenarios/: worked cases and what the rulebook must say about them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from enforcerules.syntax.documents import Doc, TextDoc
from enforcerules.syntax.documents.blocks import fault
from enforcerules.text import Text

Verdict: TypeAlias = Literal["met", "not_met", "open"]
GroundState: TypeAlias = Literal["met", "open", "planned", "done"]
Names: TypeAlias = Annotated[list[str], Field(default_factory=list)]
Facts: TypeAlias = Annotated[dict[str, Any], Field(default_factory=dict)]


class MajorCaseExpectDoc(Doc):
    """Whether the case is a major case, and whether only the default for places without a plan says so."""

    verdict: Verdict
    provisional: bool | None = None


class ClockExpectDoc(Doc):
    """By when an action is to be done, or may be. What is not written is not compared."""

    kind: str | None = None
    due: date | None = None
    safe_by: date | None = None
    last_working_day: date | None = None
    state: Literal["running", "overdue", "done", "unknown"] | None = None
    days_left: int | None = None
    clause: str | None = None


class DutyExpectDoc(Doc):
    """Who does what an action names, to whom it goes, the row that counts it. What is not written is not compared."""

    actor: str | None = None
    addressee: str | None = None
    report_row: str | None = None


class TermsExpectDoc(Doc):
    """What a measure is in particular: who decides on it, for how long; `days` from and to.

    Of a measure that `measures` or `optional_measures` names all of it is compared, else only what is written.
    """

    by: str = "handling_agency"
    years: int | None = None
    life: bool = False
    days: list[int] | None = None


class RangeExpectDoc(Doc):
    """What a penalty comes to, in yuan: the base as it counts, the least and the most; `on` is on whom it is.

    `may` is whether the fine may be but need not be. `measures` are all that must be imposed and
    `optional_measures` all that may be, in any order; of the two what is not written is empty once the other is.
    `terms` are what measures are in particular. With a figure the fine must be imposed unless `may` says otherwise,
    and with figures or measures the penalty is on the unit unless `on` does. What else is not written is not compared.
    """

    counted: Any = None
    least: Any = None
    most: Any = None
    measures: Names
    optional_measures: Names
    on: Literal["unit", "persons"] = "unit"
    may: bool = False
    terms: Annotated[dict[str, TermsExpectDoc], Field(default_factory=dict)]


class RestsOnDoc(Doc):
    """By name, clauses from which something follows; it may rest on others as well."""

    findings: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    actions: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    permissions: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    exemptions: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    prohibitions: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    penalties: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    labels: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    rows: Annotated[dict[str, list[str]], Field(default_factory=dict)]


class ReportExpectDoc(Doc):
    """Where the case is counted. What is not written is not compared; `null` means that there is none.

    Lists are compared whole, without regard to order.
    """

    form: str | None = None
    tables: Names
    counted: Verdict | None = None
    counted_in: str | None = None
    major_case_form: bool | None = None
    stage: str | None = None
    source_row: str | None = None
    value_row: str | None = None
    key_areas: Names
    transfer_rows: Names
    list_rows: Names
    grounds: Names
    attachments: Names


class ExpectDoc(Doc):
    """What must come out. A list names things that must be so; others may be so as well.

    Every kind of thing is three-valued: it is met, it is open (an action: conditional), or, under `no_…`
    and `…_not_met`, it is neither. `actions` does not ask whether an action is due or done.
    """

    clauses_met: Names
    clauses_open: Names
    clauses_not_met: Names
    findings: Names
    findings_open: Names
    no_findings: Names
    major_case: MajorCaseExpectDoc | None = None
    actions: Names
    actions_due: Names
    actions_done: Names
    actions_conditional: Names
    no_actions: Names
    clocks: Annotated[dict[str, ClockExpectDoc], Field(default_factory=dict)]
    duties: Annotated[dict[str, DutyExpectDoc], Field(default_factory=dict)]
    rests_on: RestsOnDoc | None = None
    no_rests_on: RestsOnDoc | None = None
    grounds: Annotated[dict[str, dict[str, GroundState]], Field(default_factory=dict)]
    permissions: Names
    permissions_open: Names
    no_permissions: Names
    exemptions: Names
    exemptions_open: Names
    no_exemptions: Names
    prohibitions: Names
    prohibitions_open: Names
    no_prohibitions: Names
    penalties: Names
    penalties_open: Names
    no_penalties: Names
    ranges: Annotated[dict[str, RangeExpectDoc], Field(default_factory=dict)]
    highest_fine: str | None = None
    penalty_law: Literal["conduct", "decision", "undecided"] | None = None
    labels: Names
    labels_open: Names
    no_labels: Names
    overridden: Names
    rows: Names
    no_rows: Names
    report: ReportExpectDoc | None = None
    next_due: dict[str, date | None] | None = None
    reports_to: Annotated[dict[str, list[str]], Field(default_factory=dict)]
    warnings: Names
    no_warnings: Names
    questions: Names
    no_questions: Names

    @model_validator(mode="after")
    def _something(self) -> ExpectDoc:
        if not self.model_fields_set:
            raise PydanticCustomError(
                "said",
                "nothing expected",
                {
                    "zh": "没有写明期望的结果",
                    "en": "nothing is expected here",
                    "hint_zh": "例如 {actions: [file_directly]}",
                    "hint_en": "such as {actions: [file_directly]}",
                },
            )
        return self


# what must not follow where something is not as it must be for what is expected to follow
_OPPOSITE = {
    "clauses_met": "clauses_not_met",
    "findings": "no_findings",
    "actions": "no_actions",
    "actions_due": "no_actions",
    "permissions": "no_permissions",
    "exemptions": "no_exemptions",
    "prohibitions": "no_prohibitions",
    "penalties": "no_penalties",
    "labels": "no_labels",
    "rows": "no_rows",
    "warnings": "no_warnings",
    "rests_on": "no_rests_on",
}


def opposite(expect: ExpectDoc) -> ExpectDoc | None:
    """Return the expectation that none of what is expected follows; None where nothing is expected to."""
    found: dict[str, Any] = {}
    for key, turned in _OPPOSITE.items():
        if key in expect.model_fields_set:
            value = getattr(expect, key)
            found[turned] = [*found.get(turned, ()), *value] if isinstance(value, list) else value
    return ExpectDoc(**found) if found else None


# which kind of name each key holds
KINDS_IN_EXPECT = {
    "clauses_met": "clause",
    "clauses_open": "clause",
    "clauses_not_met": "clause",
    "findings": "finding",
    "findings_open": "finding",
    "no_findings": "finding",
    "actions": "action",
    "actions_due": "action",
    "actions_done": "action",
    "actions_conditional": "action",
    "no_actions": "action",
    "clocks": "timed",
    "permissions": "permission",
    "permissions_open": "permission",
    "no_permissions": "permission",
    "exemptions": "exemption",
    "exemptions_open": "exemption",
    "no_exemptions": "exemption",
    "prohibitions": "prohibition",
    "prohibitions_open": "prohibition",
    "no_prohibitions": "prohibition",
    "penalties": "penalty",
    "penalties_open": "penalty",
    "no_penalties": "penalty",
    "ranges": "penalty",
    "highest_fine": "penalty",
    "labels": "label",
    "labels_open": "label",
    "no_labels": "label",
    "overridden": "rule",
    "rows": "row_rule",
    "no_rows": "row_rule",
    "duties": "action",
    "grounds": "finding",
    "next_due": "report",
    "reports_to": "report",
    "warnings": "warning",
    "no_warnings": "warning",
    "questions": "fact",
    "no_questions": "fact",
}
KINDS_IN_REPORT = {
    "form": "form",
    "tables": "table",
    "counted_in": "table",
    "attachments": "form",
    "stage": "row",
    "source_row": "row",
    "value_row": "row",
    "key_areas": "row",
    "transfer_rows": "row",
    "list_rows": "row",
    "grounds": "row",
}
KINDS_IN_RANGE = {"measures": "measure", "optional_measures": "measure", "terms": "measure"}
KINDS_IN_TERMS = {"by": "agency"}
KINDS_IN_RESTS_ON = {
    "findings": "finding",
    "actions": "action",
    "permissions": "permission",
    "exemptions": "exemption",
    "prohibitions": "prohibition",
    "penalties": "penalty",
    "labels": "label",
    "rows": "row_rule",
}
KINDS_IN_DUTY = {"actor": "agency", "addressee": "agency", "report_row": "row"}


class VariantDoc(Doc):
    """One case: the scenario's facts with these in their place, and what must come out."""

    name: TextDoc
    facts: Facts
    expect: ExpectDoc
    note: TextDoc | None = None


class ScenarioDoc(Doc):
    """A worked case with its variants.

    In a `closed` world a fact that is not written has the vocabulary's closed-world value, in an `open`
    one it is unknown. A fact written as null is unknown in both.

    With `expect` the case as it stands is a variant. Then `each` gives, by fact, values of which each by
    itself must come to the same; `also` facts which in place of the case's own come to the same; and `but`
    facts which undo what follows.
    """

    id: str
    title: TextDoc
    world: Literal["closed", "open"]
    facts: Facts
    expect: ExpectDoc | None = None
    each: Annotated[dict[str, list[Any]], Field(default_factory=dict)]
    also: Annotated[list[dict[str, Any]], Field(default_factory=list)]
    but: Annotated[list[dict[str, Any]], Field(default_factory=list)]
    variants: Annotated[list[VariantDoc], Field(default_factory=list)]
    note: TextDoc | None = None

    @model_validator(mode="after")
    def _something(self) -> ScenarioDoc:
        if self.expect is None and (self.each or self.also or self.but or not self.variants):
            raise fault(
                Text("没有写明期望的结果", "nothing is expected here"),
                Text("写上 `expect:`，或者写 `variants:`", "give `expect:`, or `variants:`"),
            )
        if self.but and self.expect is not None and opposite(self.expect) is None:
            raise fault(
                Text("`but` 没有可以不再得出的结果", "there is nothing that `but` could undo"),
                Text("在 `expect` 中写明得出什么，例如 `actions:`", "say in `expect` what follows, such as `actions:`"),
            )
        return self


class ScenariosDoc(Doc):
    """A file of scenarios/."""

    scenarios: list[ScenarioDoc] = Field(min_length=1)
