"""The words a rulebook and its cases may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from enforcerules.model.conditions import Condition
from enforcerules.model.facts import Value
from enforcerules.text import Text

FactType = Literal["bool", "enum", "set", "money", "count", "date", "text"]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The values that a fact may take, with their labels."""

    name: str
    label: Text
    values: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class ClosedWhen:
    """What an absent fact is taken to be in a closed world where the case gives `fact` as one of `among`."""

    fact: str
    among: frozenset[str]
    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """One item of a case.

    `closed` is the value taken when the world is closed, None where there is none; it is `presumed` where it
    says more than that there is none, so that no report may count on it. `closed_when` goes before it, and
    a report counts on it too, since another fact of the case says it. `default_from` names the fact that
    gives the value when this one is absent; a `judgement` is a person's to make.
    `round` says when in an inquiry it is asked, from 1: what the product is before what the police did.
    """

    name: str
    type: FactType
    enumeration: Enumeration | None
    label: Text
    ask: Text
    evidence: Text | None
    closed: Value | None
    judgement: bool
    default_from: str | None
    round: int
    presumed: bool = False
    closed_when: ClosedWhen | None = None


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding as part of a sentence: that it is so, and that it is not."""

    met: Text
    not_met: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """A named conclusion, with the labels of its grounds.

    `said` puts it into words where "found: LABEL" would say it badly, as with a threshold that is reached.
    """

    name: str
    label: Text
    grounds: Mapping[str, Text]
    said: FindingWords | None = None


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that is true of no real case; where it holds, the case contradicts itself."""

    id: str
    title: Text
    never: Condition


@dataclass(frozen=True)
class Vocabulary:
    """Facts, enumerations, findings, labels and invariants by name."""

    facts: Mapping[str, Fact]
    enumerations: Mapping[str, Enumeration]
    findings: Mapping[str, Finding]
    labels: Mapping[str, Text]
    invariants: tuple[Invariant, ...]

    @cached_property
    def taken_from_others(self) -> tuple[Fact, ...]:
        """The facts that another gives when they are absent, each after the one it is taken from."""

        def steps(fact: Fact) -> int:
            return 0 if fact.default_from is None else 1 + steps(self.facts[fact.default_from])

        return tuple(sorted((fact for fact in self.facts.values() if fact.default_from is not None), key=steps))

    @cached_property
    def closing(self) -> tuple[Fact, ...]:
        """The facts that have a value when the world is closed, whatever else is known or only sometimes."""
        return tuple(fact for fact in self.facts.values() if fact.closed is not None or fact.closed_when is not None)
