"""Condition documents → conditions: names resolved, types checked, at most three levels deep."""

from __future__ import annotations

from typing import Any

from enforcerules.errors import listed, nearest, quoted, suggest
from enforcerules.model import (
    AllOf,
    AnyOf,
    Condition,
    Fact,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
)
from enforcerules.model.conditions import ALWAYS, Operand
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import read_literal, read_member
from enforcerules.syntax import documents as d
from enforcerules.text import Text

DEEPEST = 3

_ORDER = ("at_least", "more_than", "at_most", "less_than")
_OPERATORS: dict[str, tuple[str, ...]] = {
    "bool": ("is", "is_not"),
    "enum": ("is", "is_not", "in", "not_in"),
    "set": ("is", "is_not", "has", "has_any", "has_all", "has_none"),
    "money": ("is", "is_not", "in", "not_in", *_ORDER),
    "count": ("is", "is_not", "in", "not_in", *_ORDER),
    "date": ("is", "on_or_after", "before"),
    "text": ("is", "is_not", "in", "not_in"),
}


def read_condition(draft: Draft, doc: Any, place: Place, *, may_ask_known: bool = False) -> Condition:
    """Return the condition that `doc` at `place` says; faults are recorded and read as `always`.

    `known` looks at the case file, not at the world: a fact that becomes known would turn it round. Only
    a doubt's `shows_when` may use it.
    """
    return _read(draft, doc, place, may_ask_known, 1)


def _read(draft: Draft, doc: Any, place: Place, may_ask_known: bool, depth: int) -> Condition:
    if isinstance(doc, (d.AllDoc, d.AnyDoc, d.NotDoc)) and depth == DEEPEST + 1:
        draft.fault(
            "ER1030",
            Text(f"条件嵌套超过 {DEEPEST} 层", f"the condition is nested more than {DEEPEST} levels deep"),
            place.span(),
            Text("把里面的部分设为一个命名的认定", "make the inner part a named finding"),
        )
    match doc:
        case d.AllDoc():
            inner = (place.inside("all", index) for index in range(len(doc.all)))
            parts = [_read(draft, part, at, may_ask_known, depth + 1) for part, at in zip(doc.all, inner, strict=True)]
            return AllOf(tuple(parts))
        case d.AnyDoc():
            inner = (place.inside("any", index) for index in range(len(doc.any)))
            parts = [_read(draft, part, at, may_ask_known, depth + 1) for part, at in zip(doc.any, inner, strict=True)]
            return AnyOf(tuple(parts))
        case d.NotDoc():
            return Not(_read(draft, doc.not_, place.inside("not"), may_ask_known, depth + 1))
        case d.FindingTestDoc():
            known = draft.knows("finding", doc.finding, place, "finding")
            return FindingTest(doc.finding, doc.is_) if known else ALWAYS
        case d.FactDoc():
            return _fact_test(draft, doc, place, may_ask_known)
    return ALWAYS


def _fact_test(draft: Draft, doc: d.FactDoc, place: Place, may_ask_known: bool) -> Condition:
    if not draft.knows("fact", doc.fact, place, "fact"):
        return ALWAYS
    fact = draft.facts[doc.fact]
    name, given = doc.test
    if name == "known":
        if not may_ask_known:
            draft.fault(
                "ER1031",
                Text("`known` 只能用于疑义的 `shows_when`", "`known` belongs in `shows_when` of a doubt only"),
                place.span("known", key=True),
                Text(
                    "去掉这个判断：未知的事实本来就使规则待定",
                    "remove the test: an unknown fact leaves a rule open anyway",
                ),
            )
        return FactTest(doc.fact, Operator.KNOWN, bool(given))
    if name not in _OPERATORS[fact.type]:
        usable = listed(_OPERATORS[fact.type])
        draft.fault(
            "ER1023",
            Text(
                f"`{name}` 不能用于 `{fact.type}` 类型的 {quoted(fact.name)}",
                f"`{name}` does not fit {quoted(fact.name)}, of type `{fact.type}`",
            ),
            place.span(name, key=True),
            Text(f"可用的运算符：{usable.zh}", f"the operators are: {usable.en}"),
        )
        return ALWAYS
    operand = _operand(draft, fact, name, given, place)
    return ALWAYS if operand is None else FactTest(doc.fact, Operator(name), operand)


def _operand(draft: Draft, fact: Fact, name: str, given: Any, place: Place) -> Operand | None:
    if isinstance(given, dict):
        return _reference(draft, fact, name, given, place)
    if name == "has":
        return read_member(draft, fact, given, place, name)
    if name not in ("in", "not_in", "has_any", "has_all", "has_none"):
        return read_literal(draft, fact, given, place, name)
    if not isinstance(given, list):
        shown = quoted(given)[1:-1]
        draft.fault(
            "ER1021",
            Text(f"`{name}` 后应为列表，而不是 {quoted(given)}", f"`{name}` takes a list, not {quoted(given)}"),
            place.span(name),
            Text(f"写成 `[{shown}]`", f"write `[{shown}]`"),
        )
        return None
    if not given:
        draft.fault(
            "ER1021",
            Text(f"`{name}` 的列表是空的", f"the list of `{name}` is empty"),
            place.span(name),
            Text("至少写一个值；“没有任何值”写 `is: []`", "write at least one value; write `is: []` for none at all"),
        )
        return None
    if name in ("in", "not_in"):
        members = [read_literal(draft, fact, m, place, name, i) for i, m in enumerate(given)]
        return None if None in members else frozenset(members)  # type: ignore[return-value]
    found = [read_member(draft, fact, m, place, name, i) for i, m in enumerate(given)]
    return None if None in found else frozenset(str(member) for member in found)


def _reference(draft: Draft, fact: Fact, name: str, given: dict[str, Any], place: Place) -> Operand | None:
    word = next(iter(given), "")
    other = given.get(word)
    if len(given) != 1 or word not in ("parameter", "fact") or not isinstance(other, str):
        meant = nearest(word, ("parameter", "fact")) if len(given) == 1 and isinstance(other, str) else None
        draft.fault(
            "ER1021",
            Text(f"`{name}` 的值不能是 {quoted(given)}", f"the value of `{name}` cannot be {quoted(given)}"),
            place.span(name),
            suggest(meant)
            if meant
            else Text("写一个值、`{parameter: …}` 或者 `{fact: …}`", "write a value, `{parameter: …}` or `{fact: …}`"),
        )
        return None
    if not draft.knows(word, other, place, name, word):
        return None
    comparable = ("money", "count") if word == "parameter" else ("money", "count", "date")
    if word == "parameter":
        type_ = draft.documents["parameter"][other].content.type
        fits = type_ == fact.type and name in ("is", "is_not", *_ORDER)
        kind = Text("参数", "the parameter")
    else:
        type_ = draft.facts[other].type
        fits = type_ == fact.type and fact.type in comparable and name not in ("in", "not_in")
        kind = Text("事实", "the fact")
    if fits:
        return ParameterRef(other) if word == "parameter" else FactRef(other)
    said = Text(
        f"`{fact.type}` 类型的 {quoted(fact.name)} 不能用 `{name}` 与{kind.zh} {quoted(other)}（`{type_}`）比较",
        f"{quoted(fact.name)}, of type `{fact.type}`, cannot be compared by `{name}` "
        f"with {kind.en} {quoted(other)}, of type `{type_}`",
    )
    types = listed(comparable)
    hint = Text(f"两边应为同一类型：{types.zh} 之一", f"both are of one type out of {types.en}")
    if type_ == fact.type and type_ in comparable:
        operators = listed(operator for operator in _OPERATORS[fact.type] if operator not in ("in", "not_in"))
        hint = Text(f"可用的运算符：{operators.zh}", f"the operators are: {operators.en}")
    draft.fault("ER1024", said, place.span(name), hint)
    return None
