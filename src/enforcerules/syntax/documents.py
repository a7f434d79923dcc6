"""What may stand in each kind of rulebook file.

The models say which keys there are and of what shape; what names mean is for the passes. They also
give the JSON Schemas that editors use.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from enforcerules.text import Text

Products: TypeAlias = list[str] | Literal["any"]
Literal_: TypeAlias = Any


class Doc(BaseModel):
    """A block of a rulebook file. Unknown keys are refused, and no type is coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    every_doc: ClassVar[list[type[Doc]]] = []

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        Doc.every_doc.append(cls)

    @classmethod
    def keys(cls) -> list[str]:
        """Return the keys as they are written in YAML."""
        return [field.alias or name for name, field in cls.model_fields.items()]


class TextDoc(Doc):
    """One text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self) -> Text:
        """Return the text as a value."""
        return Text(self.zh, self.en)


# --- conditions ------------------------------------------------------------------------------------


class AllDoc(Doc):
    """Holds when every part holds."""

    all: list[ConditionDoc] = Field(min_length=1)


class AnyDoc(Doc):
    """Holds when some part holds."""

    any: list[ConditionDoc] = Field(min_length=1)


class NotDoc(Doc):
    """Holds when the part does not."""

    not_: ConditionDoc = Field(alias="not")


class FactDoc(Doc):
    """A test of one fact with exactly one operator."""

    fact: str
    is_: Any = Field(default=None, alias="is")
    is_not: Any = None
    in_: Any = Field(default=None, alias="in")
    not_in: Any = None
    has: Any = None
    has_any: Any = None
    has_all: Any = None
    has_none: Any = None
    at_least: Any = None
    more_than: Any = None
    at_most: Any = None
    less_than: Any = None
    on_or_after: Any = None
    before: Any = None
    known: bool | None = None

    @property
    def test(self) -> tuple[str, Any]:
        """The operator and its value."""
        (name,) = self.model_fields_set - {"fact"}
        return name.rstrip("_"), getattr(self, name)

    @model_validator(mode="after")
    def _one_operator(self) -> FactDoc:
        given = sorted(name.rstrip("_") for name in self.model_fields_set - {"fact"})
        if len(given) != 1:
            said = "、".join(given) or "无"
            raise PydanticCustomError(
                "said",
                "a test takes exactly one operator",
                {
                    "zh": f"一个判断只用一个运算符（现有：{said}）",
                    "en": f"a test takes exactly one operator (given: {', '.join(given) or 'none'})",
                    "hint_zh": "例如 {fact: goods_value, at_least: 500000}",
                    "hint_en": "such as {fact: goods_value, at_least: 500000}",
                },
            )
        return self


class FindingTestDoc(Doc):
    """A test of one finding."""

    finding: str
    is_: bool = Field(default=True, alias="is")


def _condition_kind(value: Any) -> str | None:
    if isinstance(value, str):
        return "<always>" if value == "always" else None
    if isinstance(value, BaseModel):
        kind = type(value).__name__
        return {"AllDoc": "<all>", "AnyDoc": "<any>", "NotDoc": "<not>", "FactDoc": "<fact>"}.get(kind, "<finding>")
    if isinstance(value, dict):
        return next((f"<{key}>" for key in ("all", "any", "not", "fact", "finding") if key in value), None)
    return None


ConditionDoc: TypeAlias = Annotated[
    Annotated[Literal["always"], Tag("<always>")]
    | Annotated[AllDoc, Tag("<all>")]
    | Annotated[AnyDoc, Tag("<any>")]
    | Annotated[NotDoc, Tag("<not>")]
    | Annotated[FactDoc, Tag("<fact>")]
    | Annotated[FindingTestDoc, Tag("<finding>")],
    Discriminator(
        _condition_kind,
        custom_error_type="condition_expected",
        custom_error_message="a condition is expected here",
    ),
]


# --- rulebook.yaml ---------------------------------------------------------------------------------


class FilesDoc(Doc):
    """Which files make up the rulebook, by kind, as paths from rulebook.yaml."""

    vocabulary: list[str]
    sources: list[str]
    parameters: list[str]
    actions: list[str]
    doubts: list[str]
    rules: list[str]
    forms: list[str]
    report_calendar: list[str]
    calendars: list[str]
    # worked cases decide nothing: loading a rulebook leaves them unread, running them reads them
    scenarios: list[str] = []


class RulebookDoc(Doc):
    """rulebook.yaml."""

    id: str
    version: str
    language: Literal[1]
    title: TextDoc
    default_place: str
    places: dict[str, TextDoc]
    files: FilesDoc


# --- vocabulary ------------------------------------------------------------------------------------


class EnumerationDoc(Doc):
    """The values a fact may take."""

    label: TextDoc
    values: dict[str, TextDoc] = Field(min_length=1)


class FactDefinitionDoc(Doc):
    """One fact of the vocabulary."""

    type: Literal["bool", "enum", "set", "money", "count", "date", "text"]
    of: str | None = None
    label: TextDoc
    ask: TextDoc
    evidence: TextDoc | None = None
    closed: Any = None
    judgement: bool = False
    default_from: str | None = None
    note: TextDoc | None = None


class FindingDoc(Doc):
    """A named conclusion, with the grounds it may rest on."""

    label: TextDoc
    grounds: dict[str, TextDoc] = {}


class InvariantDoc(Doc):
    """Something that is true of no real case."""

    id: str
    title: TextDoc
    never: ConditionDoc


class VocabularyDoc(Doc):
    """A file of vocabulary/."""

    enumerations: dict[str, EnumerationDoc] = {}
    facts: dict[str, FactDefinitionDoc] = {}
    findings: dict[str, FindingDoc] = {}
    labels: dict[str, TextDoc] = {}
    invariants: list[InvariantDoc] = []


# --- sources ---------------------------------------------------------------------------------------


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
    from_: str | None = Field(default=None, alias="from")
    day: date | None = Field(default=None, alias="date")

    @model_validator(mode="after")
    def _complete(self) -> ClockDoc:
        if self.kind == "within" and (self.days is None) == (self.hours is None):
            raise PydanticCustomError(
                "said",
                "days or hours",
                {"zh": "`within` 需写明 days 或 hours 之一", "en": "`within` takes either days or hours"},
            )
        if (self.kind == "by") != (self.day is not None):
            raise PydanticCustomError(
                "said", "date", {"zh": "`by` 与 date 必须同时出现", "en": "`by` and date go together"}
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
    windows: list[WindowDoc] | None = None
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
    clauses: dict[str, ClauseDoc]


class MoreClausesDoc(Doc):
    """A further file of a source."""

    clauses_of: str
    clauses: dict[str, ClauseDoc]


# --- parameters, actions, doubts -------------------------------------------------------------------


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
    object: str
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


# --- rules -----------------------------------------------------------------------------------------


class OutcomeDoc(Doc):
    """One thing a rule yields: exactly one verb."""

    establish: str | None = None
    ground: str | None = None
    status: Literal["planned", "done"] | None = None
    require: str | None = None
    once: ConditionDoc | None = None
    permit: str | None = None
    exempt: str | None = None
    forbid: str | None = None
    label: str | None = None
    warn: TextDoc | None = None

    VERBS: ClassVar = ("establish", "require", "permit", "exempt", "forbid", "label", "warn")

    @property
    def verb(self) -> str:
        """The one verb given."""
        return next(verb for verb in self.VERBS if getattr(self, verb) is not None)

    @model_validator(mode="after")
    def _one_verb(self) -> OutcomeDoc:
        verbs = [verb for verb in self.VERBS if getattr(self, verb) is not None]
        if len(verbs) != 1:
            raise PydanticCustomError(
                "said",
                "one verb",
                {
                    "zh": f"一项结果只用一个动词（现有：{'、'.join(verbs) or '无'}）",
                    "en": f"an outcome takes exactly one verb (given: {', '.join(verbs) or 'none'})",
                    "hint_zh": "establish、require、permit、exempt、forbid、label、warn 之一",
                    "hint_en": "one of establish, require, permit, exempt, forbid, label, warn",
                },
            )
        for name, verb in (("ground", "establish"), ("status", "establish"), ("once", "require")):
            if getattr(self, name) is not None and verbs[0] != verb:
                raise PydanticCustomError(
                    "said", "misplaced", {"zh": f"`{name}` 只用于 {verb}", "en": f"`{name}` goes with {verb} only"}
                )
        return self


Status: TypeAlias = Literal["draft", "reviewed", "approved"]


class RuleDoc(Doc):
    """One rule."""

    id: str
    title: TextDoc
    basis: list[str] = Field(min_length=1)
    when: ConditionDoc
    then: list[OutcomeDoc] = Field(min_length=1)
    overrides: list[str] = []
    doubts: list[str] = []
    status: Status = "draft"
    note: TextDoc | None = None


class RowDoc(Doc):
    """A row of a rule table: what is its own, and the values of the columns."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)

    id: str
    title: TextDoc
    basis: list[str] = Field(min_length=1)
    overrides: list[str] = []
    doubts: list[str] = []
    status: Status = "draft"
    note: TextDoc | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """The values that the table's condition and outcomes refer to."""
        return self.model_extra or {}


class TableDoc(Doc):
    """Rules of one shape in which only values differ."""

    table: str
    when: ConditionDoc
    then: list[OutcomeDoc] = Field(min_length=1)
    rows: list[RowDoc] = Field(min_length=1)
    note: TextDoc | None = None


def _rule_kind(value: Any) -> str:
    return "<table>" if isinstance(value, TableDoc) or (isinstance(value, dict) and "table" in value) else "<rule>"


class RulesDoc(Doc):
    """A file of rules."""

    rules: list[
        Annotated[
            Annotated[RuleDoc, Tag("<rule>")] | Annotated[TableDoc, Tag("<table>")], Discriminator(_rule_kind)
        ]
    ]


# --- report forms ----------------------------------------------------------------------------------


class RowValueDoc(Doc):
    """What a counted case adds to a row."""

    count: Literal["case"] | None = None
    amount: list[str] | None = None
    number: str | list[str] | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> RowValueDoc:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError(
                "said",
                "one kind",
                {
                    "zh": "value 只写 count、amount、number、text 之一",
                    "en": "a value takes exactly one of count, amount, number, text",
                },
            )
        return self


class FormRowDoc(Doc):
    """A row, column or box of a form."""

    id: str
    label: TextDoc
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


class PartDoc(Doc):
    """A block of rows."""

    id: str
    title: TextDoc
    basis: list[str] = Field(min_length=1)
    when: ConditionDoc | None = None
    when_alone: bool = False
    choose: Literal["one", "any"] = "any"
    rows: list[FormRowDoc] = Field(min_length=1)
    doubts: list[str] = []


class FormTableDoc(Doc):
    """One table of a form."""

    id: str
    code: str
    title: TextDoc
    product: str | None = None
    basis: list[str] = Field(min_length=1)
    when: ConditionDoc
    parts: list[PartDoc] = Field(min_length=1)
    doubts: list[str] = []


class SectionDoc(Doc):
    """A section of a written report."""

    id: str
    title: TextDoc
    heading: bool = False
    basis: list[str] = []
    filled_by: Literal["person", "figures", "cases"] | None = None
    figures: dict[str, list[str]] = {}


class FormNoteDoc(Doc):
    """A filling rule printed with a form."""

    id: str
    text: TextDoc
    basis: list[str] = Field(min_length=1)
    doubts: list[str] = []


class AttachmentsDoc(Doc):
    """That each case with one of the form's grounds is reported on a sheet of its own."""

    basis: list[str] = Field(min_length=1)


class FormDoc(Doc):
    """A report form, or the first file of one."""

    form: str
    title: TextDoc
    where: str
    basis: list[str] = Field(min_length=1)
    counts_when: ConditionDoc | None = None
    counts_basis: list[str] = []
    header: list[FormRowDoc] = []
    fill: dict[str, str] = {}
    fill_basis: dict[str, list[str]] = {}
    notes: list[FormNoteDoc] = []
    tables: list[FormTableDoc] = []
    sections: list[SectionDoc] = []
    grounds: list[FormRowDoc] = []
    attachments: AttachmentsDoc | None = None
    doubts: list[str] = []


class MoreTablesDoc(Doc):
    """A further file of a form."""

    tables_of: str
    tables: list[FormTableDoc] = Field(min_length=1)


class DueDoc(Doc):
    """A report that falls due."""

    id: str
    title: TextDoc
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


class CalendarDoc(Doc):
    """One year's public holidays and make-up working days."""

    year: int
    notice: NoticeDoc
    holidays: list[HolidayDoc]
    worked: list[date]
    note: TextDoc | None = None
