"""Strategies of hypothesis for the cases of any rulebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from enforcerules.engines.agreement import as_json
from enforcerules.errors import did_you_mean, quoted
from enforcerules.model import Fact, Value
from enforcerules.review.properties import RedLine, has_risen
from enforcerules.rulebook import Rulebook
from enforcerules.testing.generating import CaseFacts, Generator
from enforcerules.testing.steering import Below, Steering, pick
from enforcerules.testing.turning_points import turning_points
from enforcerules.values import Amount

_RISING = ("money", "count", "date", "set", "bool")


class Pair(NamedTuple):
    """Two cases that differ in one fact: one that has risen, or one that became known."""

    before: CaseFacts
    after: CaseFacts
    fact: str


@lru_cache(maxsize=4096)
def _index(below: int) -> st.SearchStrategy[int]:
    return st.sampled_from(range(below))


def _below(draw: st.DrawFn) -> Below:
    return lambda number: draw(_index(number))


def values(rulebook: Rulebook, fact: str, *, boundary: bool = True, exact: bool = False) -> st.SearchStrategy[Any]:
    """Return values of a fact, as a case file holds them.

    Args:
        rulebook: whose vocabulary has the fact.
        fact: its name.
        boundary: figures and days lie at what some rule compares them with, and one off; otherwise they are round.
        exact: amounts are exact; otherwise some are bounds or rough figures.

    Raises:
        ValueError: when the vocabulary has no such fact.

    """
    found = _fact(rulebook, fact)
    points = turning_points(rulebook.resolved)

    @st.composite
    def drawn(draw: st.DrawFn) -> Any:
        return as_json(Steering(points, _below(draw), boundary=boundary, exact=exact).value(found))

    return drawn()


def cases(
    rulebook: Rulebook,
    *,
    complete: bool = False,
    boundary: bool = True,
    products: Collection[str] | None = None,
    given: Mapping[str, Any] | None = None,
    aim: RedLine | None = None,
) -> st.SearchStrategy[CaseFacts]:
    """Return cases of a rulebook, none of which its invariants refute.

    Nearly all of them are steered towards some rule, where and when it is law, or just past it; with `aim`, towards
    what that red line speaks of.

    Args:
        rulebook: whose vocabulary and rules the cases are made of.
        complete: every fact is known, and amounts are exact; otherwise some or most facts are unknown.
        boundary: figures and days lie at the thresholds, parameter values and edges of periods, or one off them;
            otherwise they are round.
        products: the case is of these product categories, one or several of them; None for any or unknown.
        given: facts that each case has, as a case file holds them; None is not known, and a strategy is drawn from.
        aim: one of `enforcerules.testing.red_lines`.

    Raises:
        ValueError: when the vocabulary has no such fact or product category.
        CaseError: when drawn from, if a fact that is given is none that a case can have.

    """
    wanted = None if products is None else frozenset(products)
    if wanted is not None:
        enumeration = _fact(rulebook, "product_categories").enumeration
        _check(wanted, enumeration.values if enumeration is not None else ())
    for name in given or {}:
        _fact(rulebook, name)
    line = None if aim is None else aim.content
    generator = Generator(rulebook, complete=complete, boundary=boundary, products=wanted, aim=line)

    @st.composite
    def drawn(draw: st.DrawFn) -> CaseFacts:
        known = {
            name: draw(value) if isinstance(value, st.SearchStrategy) else value
            for name, value in (given or {}).items()
        }
        case = generator.case(_below(draw), known)
        assume(case is not None)
        return case or {}

    return drawn()


def rising_pairs(rulebook: Rulebook, fact: str, **of_cases: Any) -> st.SearchStrategy[Pair]:
    """Return a case and the same case in which a fact has risen or stayed: for what is monotone.

    An amount or count is higher or equal, a day later, a set has more members, a no becomes a yes.

    Args:
        rulebook: whose cases they are.
        fact: the fact that rises.
        of_cases: what `cases` takes.

    Raises:
        ValueError: when the vocabulary has no such fact, or its type does not rise.

    """
    found = _fact(rulebook, fact)
    if found.type not in _RISING:
        raise ValueError(f"{fact} is of type {found.type}, which does not rise")
    points = turning_points(rulebook.resolved)
    generated = cases(rulebook, **of_cases)

    @st.composite
    def drawn(draw: st.DrawFn) -> Pair:
        steering = Steering(points, _below(draw), boundary=of_cases.get("boundary", True), exact=True)
        low, high = _in_order(steering.value(found), steering.value(found))
        case = draw(generated)
        before, after = {**case, fact: as_json(low)}, {**case, fact: as_json(high)}
        assume(Generator(rulebook).is_consistent(before) and Generator(rulebook).is_consistent(after))
        return Pair(before, after, fact)

    return drawn()


def _in_order(one: Value, other: Value) -> tuple[Value, Value]:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one, one | other
    return (one, other) if has_risen(one, other) else (other, one)


def learning_pairs(rulebook: Rulebook, **of_cases: Any) -> st.SearchStrategy[Pair]:
    """Return a case, and the same case with one more fact known: for what learning must not reverse.

    An amount is at times known by a bound before it is known exactly. What the first case takes from another
    fact it has in the second too: nothing that was assumed turns out to be otherwise.

    Args:
        rulebook: whose cases they are.
        of_cases: what `cases` takes.

    """
    generated = cases(rulebook, **of_cases)
    facts = rulebook.resolved.vocabulary.facts

    @st.composite
    def drawn(draw: st.DrawFn) -> Pair:
        after = draw(generated)
        below = _below(draw)
        names = [name for name, value in after.items() if value is not None]
        assume(names)
        fact = pick(below, names)
        before = {name: value for name, value in after.items() if name != fact}
        whole = rulebook.read_case(after).facts.known
        exact = whole[fact]
        if facts[fact].type == "money" and isinstance(exact, Amount) and exact.exact and below(2):
            before[fact] = {pick(below, ("at_least", "at_most", "about")): as_json(exact)}
        part = rulebook.read_case(before).facts.known
        assume(all(name == fact or whole.get(name) == value for name, value in part.items()))
        assume(fact not in part or fact in before)
        return Pair(before, after, fact)

    return drawn()


def _fact(rulebook: Rulebook, name: str) -> Fact:
    facts = rulebook.resolved.vocabulary.facts
    _check({name}, facts)
    return facts[name]


def _check(names: Collection[str], known: Collection[str]) -> None:
    for name in sorted(set(names) - set(known)):
        meant = did_you_mean(name, known)
        raise ValueError(f"the rulebook has no {quoted(name)}{f'; {meant.en}' if meant else ''}")
