"""The penalty catalogue: what the law lays down for an act, as figures and measures."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from enforcerules.syntax.documents.blocks import Doc, TextDoc, fault
from enforcerules.text import Text


class AmountRangeDoc(Doc):
    """From which amount to which; no `least` is no lower bound (五万元以下)."""

    least: Any = None
    most: Any


class NumberRangeDoc(Doc):
    """From which number to which."""

    least: int = Field(ge=1)
    most: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> NumberRangeDoc:
        if self.least > self.most:
            raise fault(
                Text("下限高于上限", "the lower bound is above the upper one"),
                Text("核对条文，改正两个数", "compare with the text and correct the two numbers"),
                at="least",
            )
        return self


class FineDoc(Doc):
    """A fine: a multiple of an amount of the case, a range in yuan, or one of the two by that amount."""

    base: str | None = None
    counted_as_at_least: Any = None
    under: Any = None
    amount: AmountRangeDoc | None = None
    times: NumberRangeDoc | None = None
    percent: NumberRangeDoc | None = None
    may: bool = False

    @model_validator(mode="after")
    def _fits(self) -> FineDoc:
        multiple = self.times or self.percent
        said: tuple[Text, Text, str] | None = None
        if self.times is not None and self.percent is not None:
            said = (
                Text("`times` 和 `percent` 只写一个", "there is either `times` or `percent`"),
                Text("倍数用 `times`，百分比用 `percent`", "multiples are `times`, parts of a hundred `percent`"),
                "percent",
            )
        elif multiple is None and self.amount is None:
            said = (
                Text("罚款没有数额", "the fine has no figures"),
                Text("写 `times`、`percent` 或者 `amount`", "write `times`, `percent` or `amount`"),
                "",
            )
        elif (multiple is None) != (self.base is None):
            said = (
                Text("`base` 与倍数一起写", "`base` and a multiple go together"),
                Text(
                    "写明以哪一项金额为基数，例如 `base: goods_value`", "name the amount, such as `base: goods_value`"
                ),
                "base" if self.base is not None else "",
            )
        elif (self.under is None) != (self.amount is None or multiple is None):
            said = (
                Text("`under` 与 `amount`、倍数一起写", "`under` goes with both `amount` and a multiple"),
                Text("不足 `under` 的按 `amount`，其余按倍数", "below `under` it is `amount`, else the multiple"),
                "under" if self.under is not None else "amount",
            )
        elif self.counted_as_at_least is not None and (multiple is None or self.under is not None):
            said = (
                Text(
                    "`counted_as_at_least` 只用于单纯的倍数",
                    "`counted_as_at_least` goes with a multiple and nothing else",
                ),
                Text("“按……计算”与分档罚款是两种规定", "a floor and two tiers are different rules"),
                "counted_as_at_least",
            )
        if said is not None:
            raise fault(said[0], said[1], at=said[2])
        return self


class MeasureDoc(Doc):
    """A penalty other than a fine; `may` where it can be imposed but need not be."""

    do: str
    by: str = "handling_agency"
    may: bool = False
    years: int | None = Field(default=None, ge=1)
    life: bool = False
    days: NumberRangeDoc | None = None


class PenaltyDoc(Doc):
    """What the law lays down for one act."""

    title: TextDoc
    on: Literal["unit", "persons"] = "unit"
    fine: FineDoc | None = None
    measures: list[MeasureDoc] = []
    note: TextDoc | None = None

    @model_validator(mode="after")
    def _something(self) -> PenaltyDoc:
        if self.fine is None and not self.measures:
            raise fault(
                Text("没有写明处罚什么", "no penalty is laid down here"),
                Text("写 `fine:` 或者 `measures:`", "write `fine:` or `measures:`"),
            )
        return self


class PenaltyChoiceDoc(Doc):
    """The law by which one chooses among penalties, and what is doubtful about it."""

    basis: list[str] = Field(min_length=1)
    doubts: list[str] = []


class PenaltiesDoc(Doc):
    """A file of the penalty catalogue."""

    lighter_law: PenaltyChoiceDoc | None = None
    one_fine: PenaltyChoiceDoc | None = None
    held_back_by: list[str] = []
    penalties: dict[str, PenaltyDoc] = {}
