"""Random edits to small rulebooks: what is called equivalent is so of random cases, and the rest is shown."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.engines.reference import ReferenceEngine
from enforcerules.model import (
    AllOf,
    AnyOf,
    Condition,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ResolvedRulebook,
    Rule,
    situate,
)
from enforcerules.model.penalties import NO_CHOICE
from enforcerules.testing import random_facts
from tests.engines.meanings import LINE, MEANINGS
from tests.engines.small_books import book_of, rule
from tests.review.diff.editing import Decided, between

pytest.importorskip("z3")

# `known` belongs in doubts and red lines
LEAVES = [meaning.test for meaning in MEANINGS if meaning.test.operator is not Operator.KNOWN]


def random_condition(rng: Random, findings: tuple[str, ...], depth: int = 2) -> Condition:
    """A condition over the facts of small rulebooks and over findings."""
    chosen = rng.random()
    if depth == 0 or chosen < 0.4:
        if findings and rng.random() < 0.3:
            return FindingTest(rng.choice(findings), rng.random() < 0.7)
        return rng.choice(LEAVES)
    if chosen < 0.5:
        return Not(random_condition(rng, findings, depth - 1))
    parts = tuple(random_condition(rng, findings, depth - 1) for _ in range(rng.choice((2, 2, 3))))
    return AllOf(parts) if rng.random() < 0.5 else AnyOf(parts)


def random_edit(rng: Random, condition: Condition, findings: tuple[str, ...]) -> Condition:
    """A condition with one thing otherwise, or the same thing written otherwise."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            match rng.choice(("turn", "drop", "order", "twice", "inside")):
                case "turn":
                    return AnyOf(parts) if isinstance(condition, AllOf) else AllOf(parts)
                case "drop":
                    return type(condition)(parts[1:])
                case "order":
                    return type(condition)(tuple(reversed(parts)))
                case "twice":
                    return Not(Not(condition))
            first, *rest = parts
            return type(condition)((random_edit(rng, first, findings), *rest))
        case Not(part):
            return part if rng.random() < 0.3 else Not(random_edit(rng, part, findings))
        case FindingTest(finding, expected):
            return FindingTest(finding, not expected)
        case FactTest(fact, operator, _):
            same = [leaf for leaf in LEAVES if leaf.fact == fact and leaf.operator is not operator]
            return rng.choice([*same, random_condition(rng, findings, 0)])
    return condition


def small_book(rules: list[Rule]) -> ResolvedRulebook:
    """A rulebook of these rules and of nothing else."""
    book = book_of(*rules, limits={"CN": LINE})
    return replace(
        book,
        forms={},
        doubts={},
        actions={},
        penalties={},
        lighter_law=NO_CHOICE,
        one_fine=NO_CHOICE,
        penalties_held_back_by=(),
        report_calendar=(),
    )


def random_books(rng: Random) -> tuple[Rulebook, Rulebook]:
    """Two rulebooks of which one is the other with small edits."""
    rules = [
        rule("base", random_condition(rng, ()), establishes="major_case"),
        rule("other", random_condition(rng, ()), establishes="direct_filing"),
        rule("exception", random_condition(rng, ()), overrides=("other",)),
        rule("above", random_condition(rng, ("major_case", "direct_filing")), establishes="above"),
        rule("top", random_condition(rng, ("above", "major_case")), establishes="top"),
    ]
    changed = []
    for one in rules:
        findings = {"above": ("major_case", "direct_filing"), "top": ("above", "major_case")}.get(one.id, ())
        edited = one
        if rng.random() < 0.35:
            edited = replace(one, when=random_edit(rng, one.when, findings))
        if one.id == "exception" and rng.random() < 0.2:
            edited = replace(edited, overrides=())
        changed.append(edited)
    if rng.random() < 0.15:
        changed = [one for one in changed if one.id != "exception"]
    return Rulebook(small_book(rules)), Rulebook(small_book(changed))


def equivalent_rules(found: Decided) -> set[str]:
    """The rules that z3 calls equivalent, and those that it need not be asked about."""
    names = found.old.resolved.rules.keys() & found.new.resolved.rules.keys()
    return names - {meaning.name for meaning in found.meanings.rules if meaning.shifts}


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_what_is_called_equivalent_comes_out_alike_in_random_cases(seed: int) -> None:
    rng = Random(seed)
    old, new = random_books(rng)
    found = between(old, new)
    alike = equivalent_rules(found)
    engines = ReferenceEngine(old.resolved), ReferenceEngine(new.resolved)
    for _ in range(60):
        # the small rulebooks have no places and no days
        facts = replace(
            random_facts(rng.choice((old, new)).resolved, rng), place=None, duty_date=None, conduct_date=None
        )
        one, other = (
            engine.decide(facts, situate(book.resolved, None, None, None))
            for engine, book in zip(engines, (old, new), strict=True)
        )
        for name in alike:
            assert one.effects[name] is other.effects[name]


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_what_differs_is_shown_by_cases_that_both_rulebooks_confirm(seed: int) -> None:
    found = between(*random_books(Random(seed)))

    if any(meaning.shifts for meaning in (*found.meanings.rules, *found.meanings.outcomes)):
        found.confirm()
    else:
        assert found.meanings.witnesses == ()
