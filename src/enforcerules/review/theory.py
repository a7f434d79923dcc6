"""What is the same for every case of a rulebook, as z3 sees it. Nothing else in the package imports z3."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import Any

from enforcerules.engines.two_rails import Lowering
from enforcerules.errors import Diagnostic, EngineUnavailableError
from enforcerules.model import (
    AddLabel,
    Condition,
    Establish,
    Exempt,
    FactTest,
    Forbid,
    Operator,
    Outcome,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
)
from enforcerules.model.properties import ANY, AnswerTest, Property, claimed, leaves
from enforcerules.review.witnesses import Places
from enforcerules.text import Text

_YIELDS: dict[str, tuple[type[Outcome], str]] = {
    "action": (Require, "action"),
    "permission": (Permit, "action"),
    "exemption": (Exempt, "action"),
    "prohibition": (Forbid, "action"),
    "penalty": (Penalise, "penalty"),
    "label": (AddLabel, "label"),
    "finding": (Establish, "finding"),
}


def load_z3() -> Any:
    """Return z3.

    Raises:
        EngineUnavailableError: when it is not installed.

    """
    try:
        return importlib.import_module("z3")
    except ImportError as error:
        message = Text(f"z3 未安装，或不能导入：{error}", f"z3 is not installed or does not import: {error}")
        hint = Text("运行 pip install z3-solver", "run pip install z3-solver")
        raise EngineUnavailableError([Diagnostic("ER9003", message, hint=hint)]) from error


def z3_available() -> bool:
    """Tell whether z3 is installed and imports."""
    try:
        load_z3()
    except EngineUnavailableError:
        return False
    return True


class Theory:
    """What is the same for every case of a rulebook: its conditions lowered, its places, who yields what.

    With `beside`, another rulebook is looked at together with this one: the theories of the two give the
    same numbers to the same places and to the same values of a fact.
    """

    def __init__(
        self, book: ResolvedRulebook, properties: Iterable[Property] = (), *, beside: ResolvedRulebook | None = None
    ) -> None:
        self.z3 = load_z3()
        self.book = book
        books = (book,) if beside is None else (book, beside)
        self.places = Places(*books)
        more = [condition for each in books for condition in _conditions_of(each)]
        self.lowering = Lowering(book, [*more, *_conditions_in(properties), *_told_apart(*books)])
        self.yields: dict[tuple[str, str], list[tuple[str, Outcome]]] = {}
        for rule in book.rules.values():
            for outcome in rule.outcomes:
                for key in keys_of(outcome):
                    self.yields.setdefault(key, []).append((rule.id, outcome))
                if isinstance(outcome, Penalise):
                    self.yields.setdefault(("penalty", ANY), []).append((rule.id, outcome))


def keys_of(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the kind and name of each thing that an outcome brings about."""
    for kind, (type_, name) in _YIELDS.items():
        if isinstance(outcome, type_):
            yield kind, getattr(outcome, name)
    if isinstance(outcome, Establish) and outcome.ground is not None:
        yield "ground", f"{outcome.finding}/{outcome.ground}"


def _conditions_of(book: ResolvedRulebook) -> Iterator[Condition]:
    yield from (invariant.never for invariant in book.vocabulary.invariants)
    for rule in book.rules.values():
        yield rule.when
        yield from (o.once for o in rule.outcomes if isinstance(o, Require) and o.once is not None)
    for name in book.actions:
        yield from showing_performance(book, name)


def _conditions_in(properties: Iterable[Property]) -> Iterator[Condition]:
    for line in properties:
        for condition in (line.when, *claimed(line.claim)):
            yield from (leaf for leaf in leaves(condition) if not isinstance(leaf, AnswerTest))


def _told_apart(*books: ResolvedRulebook) -> Iterator[Condition]:
    """Yield a test of each value that must have a number of its own.

    That is a value that not all the rulebooks have, and one that may pass from one fact to another.
    """
    named: dict[str, list[frozenset[str]]] = {}
    for book in books:
        facts = book.vocabulary.facts
        for fact in facts.values():
            if fact.enumeration is not None:
                named.setdefault(fact.name, []).append(frozenset(fact.enumeration.values))
                if fact.default_from is not None and facts[fact.default_from].type == "enum":
                    for name in (fact.name, fact.default_from):
                        yield from (FactTest(name, Operator.IS, value) for value in fact.enumeration.values)
    for name, found in named.items():
        for value in sorted(frozenset().union(*found) - found[0].intersection(*found)):
            yield FactTest(name, Operator.IS, value)


def showing_performance(book: ResolvedRulebook, name: str) -> Iterator[Condition]:
    """Yield the conditions each of which shows that a duty is performed."""
    action, facts = book.actions[name], book.vocabulary.facts

    def can_be(fact: str, value: str | None) -> bool:
        enumeration = facts[fact].enumeration if fact in facts else None
        return enumeration is not None and value in enumeration.values

    if can_be("actions_done", name):
        yield FactTest("actions_done", Operator.HAS, name)
    if action.to is not None and can_be("handling_agency_kind", action.to):
        yield FactTest("handling_agency_kind", Operator.IS, action.to)
    if action.to is not None and action.report_row is not None and can_be("notified_by", action.to):
        yield FactTest("notified_by", Operator.HAS, action.to)
    if action.done_when is not None:
        yield action.done_when
