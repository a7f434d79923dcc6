"""What may stand in a file of properties: red lines, and conditions that also speak of the answer."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from enforcerules.errors import listed
from enforcerules.syntax.documents import Doc, FactDoc, FindingTestDoc, TextDoc
from enforcerules.syntax.documents.blocks import fault
from enforcerules.text import Text


class AllLineDoc(Doc):
    """Holds when every part holds."""

    all: list[LineDoc] = Field(min_length=1)


class AnyLineDoc(Doc):
    """Holds when some part holds."""

    any: list[LineDoc] = Field(min_length=1)


class NotLineDoc(Doc):
    """Holds when the part does not."""

    not_: LineDoc = Field(alias="not")


class AnswerDoc(Doc):
    """What the answer says of one thing: exactly one kind of thing, and how it stands."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "action",
        "permission",
        "exemption",
        "prohibition",
        "penalty",
        "label",
        "rule",
        "row",
        "clause_in_force",
        "unfounded",
    )

    action: str | None = None
    permission: str | None = None
    exemption: str | None = None
    prohibition: str | None = None
    penalty: str | None = None
    label: str | None = None
    rule: str | None = None
    row: str | None = None
    clause_in_force: str | None = None
    unfounded: Literal["action", "permission", "exemption", "prohibition", "penalty", "finding"] | None = None
    is_: Literal["met", "not_met", "open", "due", "done"] = Field(default="met", alias="is")

    @property
    def named(self) -> tuple[str, str]:
        """The kind of thing, and its name."""
        (kind,) = [kind for kind in self.KINDS if getattr(self, kind) is not None]
        return kind, getattr(self, kind)

    @model_validator(mode="after")
    def _one_thing(self) -> AnswerDoc:
        given = [kind for kind in self.KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            zh, en = listed(given or self.KINDS)
            raise fault(
                Text(f"一个判断只针对一项，这里有 {zh}", f"a test is of one thing, and here are {en}"),
                Text("用 `all:` 或者 `any:` 连接几个判断", "join several tests by `all:` or `any:`"),
            )
        if self.is_ in ("due", "done") and given != ["action"]:
            raise fault(
                Text(f"`{self.is_}` 只用于应办事项", f"`{self.is_}` is for actions only"),
                Text("用 `met`、`not_met` 或者 `open`", "use `met`, `not_met` or `open`"),
                at="is",
            )
        return self


_TAGS = {"AllLineDoc": "<all>", "AnyLineDoc": "<any>", "NotLineDoc": "<not>", "FactDoc": "<fact>"}


def _line_kind(value: Any) -> str | None:
    if isinstance(value, str):
        return "<always>" if value == "always" else None
    if isinstance(value, BaseModel):
        name = type(value).__name__
        return _TAGS.get(name, "<finding>" if name == "FindingTestDoc" else "<answer>")
    if isinstance(value, dict):
        known = next((key for key in ("all", "any", "not", "fact", "finding") if key in value), None)
        if known is not None:
            return f"<{known}>"
        return "<answer>" if any(kind in value for kind in AnswerDoc.KINDS) else None
    return None


LineDoc: TypeAlias = Annotated[
    Annotated[Literal["always"], Tag("<always>")]
    | Annotated[AllLineDoc, Tag("<all>")]
    | Annotated[AnyLineDoc, Tag("<any>")]
    | Annotated[NotLineDoc, Tag("<not>")]
    | Annotated[FactDoc, Tag("<fact>")]
    | Annotated[FindingTestDoc, Tag("<finding>")]
    | Annotated[AnswerDoc, Tag("<answer>")],
    Discriminator(
        _line_kind,
        custom_error_type="condition_expected",
        custom_error_message="a condition is expected here",
    ),
]


KeptKind: TypeAlias = Literal["action", "permission", "exemption", "prohibition", "penalty", "label", "finding"]


class RowsOfDoc(Doc):
    """The rows of one part of a form, as `form/table/part`."""

    rows_of: str


class MonotoneDoc(Doc):
    """What stays met when a fact rises: every thing of the kinds, and the conditions."""

    fact: str
    keeps: Annotated[list[KeptKind], Field(default_factory=list)]
    and_: list[LineDoc] = Field(default_factory=list, alias="and")

    @model_validator(mode="after")
    def _something(self) -> MonotoneDoc:
        if not self.keeps and not self.and_:
            raise fault(
                Text("没有写明什么保持不变", "nothing is said to stay met"),
                Text("例如 `keeps: [action]`", "such as `keeps: [action]`"),
            )
        return self


class PropertyDoc(Doc):
    """A red line with exactly one claim."""

    CLAIMS: ClassVar[tuple[str, ...]] = ("always", "never", "exactly_one", "monotone")

    id: str
    title: TextDoc
    basis: list[str] = Field(min_length=1)
    when: LineDoc | None = None
    always: LineDoc | None = None
    never: LineDoc | None = None
    exactly_one: list[LineDoc] | RowsOfDoc | None = None
    monotone: MonotoneDoc | None = None
    doubts: Annotated[list[str], Field(default_factory=list)]
    note: TextDoc | None = None

    @model_validator(mode="after")
    def _one_claim(self) -> PropertyDoc:
        given = [name for name in self.CLAIMS if getattr(self, name) is not None]
        if len(given) != 1:
            zh, en = listed(given or self.CLAIMS)
            raise fault(
                Text(f"一条红线只写其中一种：{zh}", f"a red line claims one of {en}"),
                Text("分成几条", "write several red lines")
                if given
                else Text("例如 `never: {action: …}`", "such as `never: {action: …}`"),
            )
        return self


class PropertiesDoc(Doc):
    """A file of properties."""

    properties: list[PropertyDoc] = Field(min_length=1)
