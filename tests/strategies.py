"""Cases as a case system would send them, drawn from the vocabulary with hypothesis, so that they shrink.

Any fact may be unknown. Amounts and days lie at the bounds of some rule or window, or just beside them.
Half of the cases are steered towards some rule: chance alone would rarely meet one.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from enforcerules import load_rulebook
from enforcerules.model import (
    AllOf,
    AnyOf,
    Condition,
    Establish,
    Fact,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
    Rule,
)
from enforcerules.model.conditions import ALWAYS, tests

BOOK = load_rulebook().resolved
VOCABULARY = BOOK.vocabulary.facts
PLACES = ("500118", "361130", "350481", "110105", "500100", "CN")
SOME_DAY = date(2022, 7, 10)

CaseFacts = dict[str, Any]


def _conditions() -> Iterator[Condition]:
    yield from (rule.when for rule in BOOK.rules.values())
    yield from (action.done_when for action in BOOK.actions.values() if action.done_when)


@cache
def bounds(name: str) -> tuple[int, ...]:
    """The figures that some rule compares the fact `name` with, zero among them; money in fen."""
    figures = {0}
    for condition in _conditions():
        for test in tests(condition):
            if not isinstance(test, FactTest) or test.fact != name:
                continue
            operand = test.operand
            if isinstance(operand, ParameterRef):
                figures |= {value.value for value in BOOK.parameters[operand.name].values}
            elif isinstance(operand, frozenset):
                figures |= {member for member in operand if isinstance(member, int)}
            elif isinstance(operand, int):
                figures.add(int(operand))
    return tuple(sorted(figures))


@cache
def edges() -> tuple[date, ...]:
    """The first and last day of every window, the days beside them, and a day amid the campaigns."""
    days = {SOME_DAY}
    windows = [window for clause in BOOK.clauses.values() for window in clause.windows]
    windows += [value.window for parameter in BOOK.parameters.values() for value in parameter.values]
    for window in windows:
        for edge in (window.since, window.until):
            if edge is not None:
                days |= {edge - timedelta(days=1), edge, edge + timedelta(days=1)}
    return tuple(sorted(days))


def yuan(fen: int) -> str:
    """Write an amount as a case system does."""
    return f"{fen // 100}.{fen % 100:02d}"


def figures(name: str) -> st.SearchStrategy[int]:
    """Figures at the bounds of a fact and one off them."""
    beside = {max(0, bound + step) for bound in bounds(name) for step in (-1, 0, 1)}
    return st.sampled_from(sorted(beside))


def amounts(name: str) -> st.SearchStrategy[Any]:
    """Amounts: exact, between bounds, with one bound only, and about."""
    exact = figures(name)
    pair = st.tuples(exact, exact).map(sorted)
    return st.one_of(
        exact.map(yuan),
        exact.map(yuan),
        pair.map(lambda both: {"at_least": yuan(both[0]), "at_most": yuan(both[1])}),
        exact.map(lambda fen: {"at_least": yuan(fen)}),
        exact.map(lambda fen: {"at_most": yuan(fen)}),
        exact.map(lambda fen: {"about": yuan(fen)}),
    )


@cache
def values(name: str) -> st.SearchStrategy[Any]:
    """Return values of the fact `name`, as JSON."""
    fact = VOCABULARY[name]
    match fact.type:
        case "bool":
            return st.booleans()
        case "enum":
            return st.sampled_from(_members(fact))
        case "set":
            return st.lists(st.sampled_from(_members(fact)), unique=True, max_size=3)
        case "money":
            return amounts(name)
        case "count":
            return figures(name)
        case "date":
            return st.sampled_from(edges()).map(date.isoformat)
        case "text":
            return st.sampled_from(PLACES) if name == "jurisdiction" else st.sampled_from(("", "甲", 'a "b" {c}\\'))


def _members(fact: Fact) -> list[str]:
    return list(fact.enumeration.values) if fact.enumeration else []


@st.composite
def cases(draw: st.DrawFn, *, most_known: bool = False) -> CaseFacts:
    """Return a case. With `most_known`, few facts are unknown; otherwise few or many."""
    names = st.sampled_from(sorted(VOCABULARY))
    chosen = draw(st.lists(names, unique=True, max_size=12))
    known = set(VOCABULARY) - set(chosen) if most_known or draw(st.booleans()) else set(chosen)
    # the order of the vocabulary, so that the same choices give the same text
    facts = {name: draw(values(name)) for name in VOCABULARY if name in known}
    if draw(st.booleans()):
        facts |= draw(steered_facts())
    return facts


@st.composite
def steered_facts(draw: st.DrawFn) -> CaseFacts:
    """Return facts that mostly meet some rule where and when it is law."""
    rule = BOOK.rules[draw(st.sampled_from(sorted(BOOK.rules)))]
    facts = _satisfying(draw, rule.when)
    return facts | _where_and_when(draw, rule, facts)


def _where_and_when(draw: st.DrawFn, rule: Rule, facts: Mapping[str, Any]) -> CaseFacts:
    clause = BOOK.clauses[draw(st.sampled_from(rule.bases))]
    window = draw(st.sampled_from(clause.windows))
    day = draw(st.sampled_from([day for day in (window.since, window.until, SOME_DAY) if day and window.covers(day)]))
    there: CaseFacts = {"as_of": day.isoformat(), "duty_date": day.isoformat(), "conduct_date": day.isoformat()}
    if clause.where != "CN":
        there["jurisdiction"] = clause.where
    if clause.products and "product_categories" not in facts:
        there["product_categories"] = [draw(st.sampled_from(sorted(clause.products)))]
    return there


def _satisfying(draw: st.DrawFn, condition: Condition) -> CaseFacts:
    match condition:
        case AllOf(parts):
            facts: CaseFacts = {}
            for part in parts:
                for name, value in _satisfying(draw, part).items():
                    both = isinstance(value, list) and isinstance(facts.get(name), list)
                    facts[name] = sorted({*facts[name], *value}) if both else value
            return facts
        case AnyOf(parts):
            return _satisfying(draw, draw(st.sampled_from(parts)))
        case FindingTest(finding, expected):
            return _satisfying(draw, draw(st.sampled_from(_establishing(finding)))) if expected else {}
        case FactTest():
            return {condition.fact: _passing(draw, condition)}
        case Not():
            return {}
    return {}


def _establishing(finding: str) -> list[Condition]:
    found = [
        rule.when
        for rule in BOOK.rules.values()
        if any(isinstance(outcome, Establish) and outcome.finding == finding for outcome in rule.outcomes)
    ]
    return found or [ALWAYS]


def _passing(draw: st.DrawFn, test: FactTest) -> Any:
    fact, operand = VOCABULARY[test.fact], test.operand
    if isinstance(operand, (ParameterRef, FactRef)) or test.operator is Operator.KNOWN:
        return draw(values(test.fact))
    if fact.type == "set":
        members = sorted(map(str, operand)) if isinstance(operand, frozenset) else [str(operand)]
        if test.operator is Operator.HAS_NONE or not members:
            return []
        return members if test.operator in (Operator.IS, Operator.HAS_ALL) else [draw(st.sampled_from(members))]
    chosen = draw(st.sampled_from(sorted(operand, key=str))) if isinstance(operand, frozenset) else operand
    if fact.type == "money":
        return yuan(int(chosen))  # type: ignore[call-overload]
    return chosen.isoformat() if isinstance(chosen, date) else chosen


@st.composite
def filed_annex1_cases(draw: st.DrawFn) -> CaseFacts:
    """Return filed cases of one product where and when the monthly form is in force, their cells all known."""
    facts: CaseFacts = draw(cases())
    form = BOOK.clauses[BOOK.forms["annex1"].bases[0]]
    inside = [day for day in edges() if any(w.covers(day) and not w.in_doubt for w in form.windows)]
    product = draw(st.sampled_from(("drug", "device", "cosmetic")))
    day = draw(st.sampled_from(inside)).isoformat()
    facts.pop("primary_product", None)
    return facts | {
        "jurisdiction": form.where,
        "as_of": day,
        "duty_date": day,
        "record_kind": "case",
        "progress": ["filed"],
        "product_categories": [product],
        "primary_stage": draw(values("primary_stage")),
        "case_source": draw(values("case_source")),
        "goods_value": yuan(draw(figures("goods_value"))),
    }


def shuffled_text(facts: CaseFacts, seed: int) -> str:
    """Write a case as JSON with its facts and the members of its sets in another order."""
    order = random.Random(seed)
    names = sorted(facts)
    order.shuffle(names)
    mixed = {n: order.sample(facts[n], len(facts[n])) if isinstance(facts[n], list) else facts[n] for n in names}
    return json.dumps(mixed, ensure_ascii=False)
