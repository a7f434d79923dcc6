"""What a rule's outcomes depend on, as a digest: where two rulebooks have the same, no case tells them apart.

So z3 is asked only about what depends on something that changed: through findings, overrides, parameters,
windows of clauses, and the words of the vocabulary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from enforcerules.model import (
    AllOf,
    AnyOf,
    Condition,
    Establish,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    ParameterRef,
    Require,
    ResolvedRulebook,
    Window,
)
from enforcerules.review.theory import keys_of, showing_performance
from enforcerules.text import Text

Key = tuple[str, str]


def digest(content: Any) -> str:
    """Return a hash of plain content."""
    return hashlib.sha256(repr(content).encode()).hexdigest()


def canonical(value: Any) -> Any:
    """Return content as plain data in which order says nothing, so that equal meaning compares equal.

    >>> canonical(("b", "a")) == canonical(("a", "b"))
    True
    """
    match value:
        case AllOf(parts) | AnyOf(parts):
            return (type(value).__name__, *_in_order(parts))
        case Text():
            return ("Text", *value)
        case Mapping():
            return tuple(sorted((str(key), canonical(item)) for key, item in value.items()))
        case tuple() | list() | frozenset() | set():
            return _in_order(value)
        case date():
            return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *((f.name, canonical(getattr(value, f.name))) for f in fields(value)))
    return value


def _in_order(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted({repr(found): found for found in map(canonical, values)}.items()))


class Signatures:
    """The digests of one rulebook."""

    def __init__(self, book: ResolvedRulebook) -> None:
        self._book = book
        self._rules: dict[str, str] = {}
        self._makers: dict[str, list[str]] = {}
        self._yields: dict[Key, list[tuple[str, Condition | None]]] = {}
        for rule in book.rules.values():
            for outcome in rule.outcomes:
                if isinstance(outcome, Establish):
                    self._makers.setdefault(outcome.finding, []).append(rule.id)
                once = outcome.once if isinstance(outcome, Require) else None
                for key in keys_of(outcome):
                    self._yields.setdefault(key, []).append((rule.id, once))

    @property
    def keys(self) -> frozenset[Key]:
        """Everything that some rule brings about, by kind and name."""
        return frozenset(self._yields)

    def rule(self, name: str) -> str | None:
        """Return the digest of when the outcomes of a rule follow, None where there is no such rule."""
        rule = self._book.rules.get(name)
        if rule is None:
            return None
        found = self._rules.get(name)
        if found is None:
            bases = sorted({self.clause(clause) for clause in rule.bases})
            over = sorted(str(self.rule(other)) for other in self._book.overriders.get(name, ()))
            found = self._rules[name] = digest((self.condition(rule.when), bases, over))
        return found

    def yielded(self, key: Key) -> str | None:
        """Return the digest of when something follows, None where no rule yields it."""
        if key not in self._yields:
            return None
        return digest(sorted((str(self.rule(name)), self._optional(once)) for name, once in self._yields[key]))

    def performance(self, action: str) -> str | None:
        """Return the digest of when an action is shown to be performed."""
        if action not in self._book.actions:
            return None
        return digest(sorted(map(self.condition, showing_performance(self._book, action))))

    def clause(self, name: str) -> str:
        """Return the digest of where, when and for what a clause is in force."""
        clause = self._book.clauses[name]
        windows = sorted(map(repr, map(_window, clause.windows)))
        read = self._facts(
            "conduct_date" if clause.governs == "conduct" else "duty_date",
            *(["jurisdiction"] if clause.where != "CN" else []),
            *(["product_categories"] if clause.products is not None else []),
        )
        return digest((clause.where, clause.governs, canonical(clause.products), windows, read))

    def in_force(self, clauses: Iterable[str]) -> str:
        """Return the digest of when one of the clauses is in force."""
        return digest(sorted({self.clause(name) for name in clauses}))

    def clause_or_none(self, name: str) -> str | None:
        """Return the digest of a clause, None where there is no such clause."""
        return self.clause(name) if name in self._book.clauses else None

    def condition_or_none(self, condition: Condition) -> str | None:
        """Return the digest of a condition of another rulebook, None where it names what is not here."""
        try:
            return self.condition(condition)
        except KeyError:
            return None

    def condition(self, condition: Condition) -> str:
        """Return the digest of when a condition holds."""
        match condition:
            case AllOf(parts) | AnyOf(parts):
                return digest((type(condition).__name__, sorted({self.condition(part) for part in parts})))
            case Not(part):
                return digest(("Not", self.condition(part)))
            case FindingTest(finding, expected):
                makers = sorted(str(self.rule(name)) for name in self._makers.get(finding, ()))
                return digest(("Finding", makers, expected))
            case FactTest(fact, operator, operand):
                return digest(("Fact", self.fact(fact), str(operator), self._operand(operand)))
        return "always"

    def fact(self, name: str) -> str:
        """Return the digest of what a fact may be and what stands in for it."""
        fact = self._book.vocabulary.facts[name]
        values = sorted(fact.enumeration.values) if fact.enumeration else None
        source = self.fact(fact.default_from) if fact.default_from is not None else None
        # a case without `as_of` takes its duty date
        given = "duty_date" in self._book.vocabulary.facts if name == "as_of" else None
        return digest((name, fact.type, values, source, given))

    def _facts(self, *names: str) -> list[str]:
        """Return the digests of those of the facts that the vocabulary has."""
        return [self.fact(name) for name in names if name in self._book.vocabulary.facts]

    @cached_property
    def invariants(self) -> frozenset[str]:
        """The digests of what no case is."""
        return frozenset(self.condition(invariant.never) for invariant in self._book.vocabulary.invariants)

    def _optional(self, condition: Condition | None) -> str:
        return "" if condition is None else self.condition(condition)

    def _operand(self, operand: Any) -> Any:
        match operand:
            case ParameterRef(name):
                parameter = self._book.parameters[name]
                values = (repr((value.where, _window(value.window), value.value)) for value in parameter.values)
                return sorted(values), self._facts("duty_date", "jurisdiction")
            case FactRef(name):
                return self.fact(name)
        return canonical(operand)


def _window(window: Window) -> tuple[Any, ...]:
    return canonical(window.since), canonical(window.until), window.in_doubt
