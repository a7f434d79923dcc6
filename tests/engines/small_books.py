"""Rulebooks of a few rules, made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from graphlib import TopologicalSorter

from enforcerules import load_rulebook
from enforcerules.model import (
    Clause,
    Condition,
    Enumeration,
    Establish,
    Fact,
    Facts,
    Finding,
    Outcome,
    Parameter,
    ParameterValue,
    ResolvedRulebook,
    Rule,
    Value,
    Vocabulary,
    Window,
)
from enforcerules.model.conditions import findings_of
from enforcerules.model.vocabulary import FactType
from enforcerules.text import Text
from enforcerules.values import Place

NO_TEXT = Text("", "")
TODAY = date(2022, 7, 10)
COLOURS = ("red", "green", "blue")

FACTS: dict[str, FactType] = {
    "flag": "bool",
    "other_flag": "bool",
    "colour": "enum",
    "word": "text",
    "colours": "set",
    "number": "count",
    "other_number": "count",
    "money": "money",
    "other_money": "money",
    "day": "date",
    "other_day": "date",
    "product_categories": "set",
}


def rule(
    name: str,
    when: Condition,
    *,
    establishes: str | None = None,
    overrides: tuple[str, ...] = (),
    bases: tuple[str, ...] = ("always",),
) -> Rule:
    """Return a rule with little but its condition."""
    outcomes: tuple[Outcome, ...] = (Establish(establishes, None, None),) if establishes else ()
    return Rule(name, NO_TEXT, bases, when, outcomes, overrides, (), "draft", None, "")


EVER = Window(None, None, in_doubt=False, doubt=None)


def clause(
    name: str,
    *,
    where: str = "CN",
    windows: tuple[Window, ...] = (EVER,),
    products: frozenset[str] | None = None,
) -> Clause:
    """Return a clause that is in force there and then."""
    some = next(iter(load_rulebook().resolved.clauses.values()))
    return replace(some, id=name, where=where, governs="duty", products=products, windows=windows)


def book_of(
    *rules: Rule, clauses: tuple[Clause, ...] = (), limits: Mapping[str, int] | None = None
) -> ResolvedRulebook:
    """Return a rulebook over `FACTS` with these rules, in strata.

    It has the findings that its rules establish or read, a money parameter `line` whose value `limits`
    gives by place, and the clause `always`.
    """
    enumeration = Enumeration("colour", NO_TEXT, dict.fromkeys(COLOURS, NO_TEXT))
    some = next(iter(load_rulebook().resolved.vocabulary.facts.values()))
    facts: dict[str, Fact] = {}
    for name, type_ in FACTS.items():
        of = enumeration if type_ in ("enum", "set") else None
        facts[name] = replace(some, name=name, type=type_, enumeration=of, closed=None, default_from=None)
    makers: dict[str, list[str]] = {name: [] for each in rules for name in findings_of(each.when)}
    overriders: dict[str, list[str]] = {}
    for each in rules:
        for outcome in each.outcomes:
            if isinstance(outcome, Establish):
                makers.setdefault(outcome.finding, []).append(each.id)
        for other in each.overrides:
            overriders.setdefault(other, []).append(each.id)
    needs = {
        each.id: {maker for name in findings_of(each.when) for maker in makers[name]} | set(overriders.get(each.id, ()))
        for each in rules
    }
    values = [ParameterValue(where, EVER, value, "always") for where, value in (limits or {}).items()]
    return replace(
        load_rulebook().resolved,
        vocabulary=Vocabulary(facts, {}, {name: Finding(name, NO_TEXT, {}) for name in makers}, {}, ()),
        clauses={each.id: each for each in (clause("always"), *clauses)},
        parameters={"line": Parameter("line", "money", NO_TEXT, tuple(values), ())},
        rules={each.id: each for each in rules},
        strata=_strata(needs),
        overriders={name: tuple(found) for name, found in overriders.items()},
    )


def _strata(needs: Mapping[str, set[str]]) -> tuple[tuple[str, ...], ...]:
    sorter = TopologicalSorter(needs)
    sorter.prepare()
    strata = []
    while sorter.is_active():
        ready = tuple(sorted(sorter.get_ready()))
        strata.append(ready)
        sorter.done(*ready)
    return tuple(strata)


def facts_of(place: str | None = "CN", day: date | None = TODAY, /, **known: Value) -> Facts:
    """Return a case there and then, with `known` facts."""
    return Facts(known, Place(place) if place else None, day, day)
