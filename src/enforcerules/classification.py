"""The answer about one case: typed, frozen, and stable as JSON.

Ids of actions, labels, findings and report rows are those of the rulebook. Texts come in both
languages. A `verdict` is `met`, `not_met` or `open`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field

Verdict = Literal["met", "not_met", "open"]
Strength = Literal["explicit", "label_only", "analogy"]


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


P = ParamSpec("P")
Made = TypeVar("Made", bound=_Result)


def unchecked(model: Callable[P, Made]) -> Callable[P, Made]:
    """Return what makes a `model` of its fields, named in their order, just as they are.

    For the hundreds of parts that every answer has, whose types mypy has seen: for pydantic to look at each value
    again takes four times as long as all else about them.
    """
    kind = cast("type[Made]", model)
    fields, put = set(kind.model_fields), object.__setattr__

    def make(*_: P.args, **values: P.kwargs) -> Made:
        made = kind.__new__(kind)
        put(made, "__dict__", values)
        put(made, "__pydantic_fields_set__", fields)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made

    return make


class Said(_Result):
    """A text in both languages."""

    zh: str
    en: str


class RulebookStamp(_Result):
    """Which rulebook answered."""

    id: str
    version: str
    sha256: str


class Assumed(_Result):
    """A value the case did not give; `because` is `closed`, `today` or the fact it was taken from."""

    fact: str
    value: Any
    because: str


class GroundResult(_Result):
    """One ground of a finding; `status` says whether it is planned or done, where that matters."""

    id: str
    verdict: Verdict
    status: Literal["planned", "done"] | None
    title: Said
    rules: list[str]
    clauses: list[str]


class MajorCase(_Result):
    """Whether the case is a major case; `provisional` when only the default for places without a plan says so."""

    verdict: Verdict
    provisional: bool
    grounds: list[GroundResult]


class DirectFiling(_Result):
    """Whether the case is filed directly, without a laboratory test."""

    verdict: Verdict
    grounds: list[GroundResult]


class FindingResult(_Result):
    """A named conclusion with its grounds."""

    verdict: Verdict
    title: Said
    grounds: list[GroundResult]
    rules: list[str]


class ClockResult(_Result):
    """By when. `from` is the date the period runs from, where the case gives it; `due` its last day.

    `state` and `days_left` are as of the day of the case. The last day moves only where the clause `moved_by` has it
    move, from the public holiday `moved_from`. `day_off` says which day off it is, or was before it moved, and
    `last_working_day` is the working day on or before that.
    """

    kind: str
    text: Said
    from_: date | None = Field(alias="from")
    due: date | None
    safe_by: date | None
    state: Literal["running", "overdue", "done", "unknown"]
    days_left: int | None
    counting: Literal["natural", "working"] | None
    counting_clause: str | None
    counting_doubt: str | None
    moved_from: date | None
    moved_by: str | None
    day_off: Said | None
    last_working_day: date | None
    clause: str


class ActionResult(_Result):
    """A duty. `conditional` ones depend on the facts in `needs`, on the doubts, or on `once`."""

    id: str
    verdict: Verdict
    state: Literal["due", "done", "conditional"]
    title: Said
    verb: Said
    object: str
    actor: str
    addressee: str
    clock: ClockResult | None
    report_row: str | None
    standing: bool
    rules: list[str]
    clauses: list[str]
    needs: list[str]
    doubts: list[str]
    once: Said | None


class EffectResult(_Result):
    """An exemption, a prohibition or a label."""

    id: str
    verdict: Verdict
    title: Said
    rules: list[str]
    clauses: list[str]
    needs: list[str]


class PermissionResult(EffectResult):
    """Something that may be done, with the time for it."""

    clock: ClockResult | None


class FineResult(_Result):
    """A fine, in yuan and per cent: the base with its value, how it counts, and the lawful range.

    A base below `floor` counts as that; one below `under` has the fixed range. `most` is null where the base is not
    known or has no upper bound. Where in the range the fine lies is for people to decide.
    """

    base: str | None
    value: str | None
    counted: str | None
    least_percent: int | None
    most_percent: int | None
    floor: str | None
    under: str | None
    least: str
    most: str | None
    may: bool


class MeasureResult(_Result):
    """A penalty other than a fine: who decides on it, and for how long."""

    id: str
    title: Said
    by: str
    may: bool
    years: int | None
    life: bool
    least_days: int | None
    most_days: int | None


class PenaltyResult(_Result):
    """What the law lays down for an act of the case, on the unit or on the persons responsible."""

    id: str
    verdict: Verdict
    title: Said
    on: Literal["unit", "persons"]
    fine: FineResult | None
    measures: list[MeasureResult]
    rules: list[str]
    clauses: list[str]
    needs: list[str]
    doubts: list[str]


class PenaltiesResult(_Result):
    """The penalties of the case, and by which law: that of the day of the conduct, or of the decision where lighter.

    `by_other_law` is empty where both say the same. `undecided` leaves the choice to people; `imposed` is then by the
    law of the day of the conduct. `highest_fine` is the one fine for one act that breaks several provisions.
    `held_back_by` are prohibitions of the case that come before any penalty: none in place of a transfer.
    """

    law: Literal["conduct", "decision", "undecided"]
    law_clauses: list[str]
    imposed: list[PenaltyResult]
    by_other_law: list[PenaltyResult]
    highest_fine: str | None
    highest_fine_clauses: list[str]
    held_back_by: list[str]


class Deadline(_Result):
    """The next day a report falls due: in time for certain by `safe_by`, at the latest on `due`."""

    report: str
    title: Said
    to: list[str]
    due: date
    safe_by: date
    holiday: Said | None
    clauses: list[str]


class KeyArea(_Result):
    """A key-area column, and how firmly the case belongs there."""

    id: str
    strength: Strength


class Cells(_Result):
    """Where one product table counts the case; null where a fact is missing."""

    table: str
    stage: str | None
    source_row: str | None
    value_row: str | None
    key_areas: list[KeyArea]


class OpenCell(_Result):
    """A place in the report that cannot be settled yet."""

    table: str
    part: str
    needs: list[str]
    reason: Said


class ReportCategory(_Result):
    """Where the case is counted in the campaign's reports.

    The single values are those of the table that counts the case; `cells` holds every table it
    belongs to. `grounds` are the boxes of the forms that apply; `attachments` the written reports that
    take the case on a sheet of its own.
    """

    form: str | None
    tables: list[str]
    counted: Verdict
    counted_in: str | None
    major_case_form: bool | None
    stage: str | None
    source_row: str | None
    value_row: str | None
    key_areas: list[str]
    transfer_rows: list[str]
    list_rows: list[str]
    grounds: list[str]
    attachments: list[str]
    cells: list[Cells]
    deadlines: list[Deadline]
    open: list[OpenCell]


class Question(_Result):
    """A fact whose answer would change an outcome."""

    fact: str
    ask: Said
    evidence: Said | None
    decides: list[str]
    because: list[str]


class WarningResult(_Result):
    """A doubt about the documents that touches the case, or a contradiction in it.

    `standing` ones are about the documents as a whole and touch every case there.
    """

    id: str
    severity: Literal["warn", "info"]
    standing: bool
    message: Said
    clauses: list[str]


class MetRule(_Result):
    """A rule that holds, with its clauses in force; `in_doubt` are further ones whose force is doubtful.

    Where `overridden_by` is not empty, those rules have taken its outcomes.
    """

    id: str
    clauses: list[str]
    in_doubt: list[str]
    overridden_by: list[str]


class OpenRule(_Result):
    """A rule that may hold: which facts it needs, and which doubts about its force keep it open."""

    id: str
    clauses: list[str]
    needs: list[str]
    doubts: list[str]


class RuleVerdicts(_Result):
    """Every rule that holds or may hold; the others do not."""

    met: list[MetRule]
    open: list[OpenRule]


class Classification(_Result):
    """Everything the rulebook says about one case."""

    case_id: str | None
    as_of: date | None
    duty_date: date | None
    conduct_date: date | None
    jurisdiction: str | None
    rulebook: RulebookStamp
    engine: str
    assumptions: list[Assumed]
    major_case: MajorCase
    direct_filing: DirectFiling
    findings: dict[str, FindingResult]
    actions: list[ActionResult]
    permissions: list[PermissionResult]
    exemptions: list[EffectResult]
    prohibitions: list[EffectResult]
    penalties: PenaltiesResult
    labels: list[EffectResult]
    report: ReportCategory
    questions: list[Question]
    warnings: list[WarningResult]
    rules: RuleVerdicts = Field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON data: dates as ISO text, nothing left out."""
        return self.model_dump(mode="json", by_alias=True)
