"""Condition documents → conditions: names resolved, types checked, at most three levels deep."""

from __future__ import annotations

from typing import Any

from enforcerules.errors import did_you_mean
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
from enforcerules.passes.literals import read_literal, read_member, shown
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
    if isinstance(doc, (d.AllDoc, d.AnyDoc, d.NotDoc)) and depth > DEEPEST:
        draft.fault(
            "ER1030",
            Text(f"条件嵌套超过 {DEEPEST} 层", f"the condition is nested more than {DEEPEST} levels deep"),
            place.span(),
            Text("把里面的部分设为一个命名的认定", "make the inner part a named finding"),
        )
        return ALWAYS
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
            draft.knows("finding", doc.finding, place, "finding")
            return FindingTest(doc.finding, doc.is_)
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
                Text("`known` 只能用于疑义的 shows_when", "`known` belongs in a doubt's shows_when only"),
                place.span("known", key=True),
                Text("未知的事实本来就使规则待定", "an unknown fact leaves a rule open anyway"),
            )
        return FactTest(doc.fact, Operator.KNOWN, bool(given))
    if name not in _OPERATORS[fact.type]:
        usable = _OPERATORS[fact.type]
        draft.fault(
            "ER1023",
            Text(f"`{name}` 不能用于 {fact.type} 类型的 `{fact.name}`", f"`{name}` does not fit `{fact.name}`, a {fact.type}"),
            place.span(name, key=True),
            Text(f"可用：{'、'.join(usable)}", f"these fit: {', '.join(usable)}"),
        )
        return ALWAYS
    operand = _operand(draft, fact, name, given, place)
    return ALWAYS if operand is None else FactTest(doc.fact, Operator(name), operand)


def _operand(draft: Draft, fact: Fact, name: str, given: Any, place: Place) -> Operand | None:
    at = place.span(name)
    if isinstance(given, dict):
        return _reference(draft, fact, name, given, place)
    if name == "has":
        return read_member(draft, fact, given, at)
    if name in ("in", "not_in"):
        if not isinstance(given, list) or not given:
            draft.fault("ER1021", Text(f"`{name}` 后应为列表", f"`{name}` takes a list"), at)
            return None
        members = [read_literal(draft, fact, m, place.span(name, i)) for i, m in enumerate(given)]
        return None if None in members else frozenset(members)  # type: ignore[arg-type]
    if name in ("has_any", "has_all", "has_none"):
        if not isinstance(given, list) or not given:
            draft.fault("ER1021", Text(f"`{name}` 后应为列表", f"`{name}` takes a list"), at)
            return None
        found = [read_member(draft, fact, m, place.span(name, i)) for i, m in enumerate(given)]
        return None if None in found else frozenset(str(member) for member in found)
    return read_literal(draft, fact, given, at)


def _reference(draft: Draft, fact: Fact, name: str, given: dict[str, Any], place: Place) -> Operand | None:
    if set(given) == {"parameter"}:
        parameter = str(given["parameter"])
        if not draft.knows("parameter", parameter, place, name, "parameter"):
            return None
        type_ = draft.documents["parameter"][parameter].content.type
        if type_ == fact.type and name in ("is", "is_not", *_ORDER):
            return ParameterRef(parameter)
        text = Text(f"参数 `{parameter}` 不能与 `{fact.name}` 这样比较", f"`{fact.name}` cannot be compared with `{parameter}` this way")
        draft.fault("ER1024", text, place.span(name))
        return None
    if set(given) == {"fact"}:
        other = str(given["fact"])
        if not draft.knows("fact", other, place, name, "fact"):
            return None
        if draft.facts[other].type == fact.type and fact.type in ("money", "count", "date"):
            return FactRef(other)
        text = Text(f"`{fact.name}` 不能与 `{other}` 比较", f"`{fact.name}` cannot be compared with `{other}`")
        draft.fault("ER1024", text, place.span(name))
        return None
    word = next(iter(given), "")
    draft.fault(
        "ER1021",
        Text(f"这里应为值、{{parameter: …}} 或 {{fact: …}}，不是 `{shown(given)}`", f"a value, {{parameter: …}} or {{fact: …}} is expected here, not `{shown(given)}`"),
        place.span(name),
        did_you_mean(word, ("parameter", "fact")),
    )
    return None
