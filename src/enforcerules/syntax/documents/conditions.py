"""Conditions: trees of tests."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from enforcerules.errors import listed
from enforcerules.syntax.documents.blocks import Doc, fault
from enforcerules.text import Text


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
            raise fault(
                Text(
                    f"一个判断只用一个运算符，这里有 {listed(given).zh}",
                    f"a test takes one operator, and here are {listed(given).en}",
                )
                if given
                else Text("这个判断没有运算符", "this test has no operator"),
                Text("例如 `{fact: goods_value, at_least: 500000}`", "such as `{fact: goods_value, at_least: 500000}`"),
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
