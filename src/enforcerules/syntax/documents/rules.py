"""Rules and rule tables."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator

from enforcerules.errors import listed
from enforcerules.syntax.documents.blocks import Doc, TextDoc, fault
from enforcerules.syntax.documents.conditions import ConditionDoc
from enforcerules.text import Text


class OutcomeDoc(Doc):
    """One thing a rule yields: exactly one verb."""

    establish: str | None = None
    ground: str | None = None
    status: Literal["planned", "done"] | None = None
    require: str | None = None
    once: ConditionDoc | None = None
    once_said: TextDoc | None = None
    permit: str | None = None
    exempt: str | None = None
    forbid: str | None = None
    penalise: str | None = None
    label: str | None = None
    warn: TextDoc | None = None

    VERBS: ClassVar = ("establish", "require", "permit", "exempt", "forbid", "penalise", "label", "warn")

    @property
    def verb(self) -> str:
        """The one verb given."""
        return next(verb for verb in self.VERBS if getattr(self, verb) is not None)

    @model_validator(mode="after")
    def _one_verb(self) -> OutcomeDoc:
        verbs = [verb for verb in self.VERBS if getattr(self, verb) is not None]
        if len(verbs) != 1:
            raise fault(
                Text(
                    f"一项结果只用一个动词，这里有 {listed(verbs).zh}",
                    f"an outcome takes one verb, and here are {listed(verbs).en}",
                )
                if verbs
                else Text("这项结果没有动词", "this outcome has no verb"),
                Text(
                    f"只写 {listed(self.VERBS).zh} 之一，每项结果各起一行 `- `",
                    f"write one of {listed(self.VERBS).en}, each outcome on a line of its own with `- `",
                ),
            )
        belongs = {"ground": "establish", "status": "establish", "once": "require", "once_said": "require"}
        for name, verb in belongs.items():
            if getattr(self, name) is not None and verbs[0] != verb:
                raise fault(
                    Text(f"`{name}` 只用于 `{verb}`", f"`{name}` goes with `{verb}` only"),
                    Text(f"删去 `{name}`", f"remove `{name}`"),
                    at=name,
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
    overrides_penalties: bool = False
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
    overrides_penalties: bool = False
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
        Annotated[Annotated[RuleDoc, Tag("<rule>")] | Annotated[TableDoc, Tag("<table>")], Discriminator(_rule_kind)]
    ]
