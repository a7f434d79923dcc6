"""What a rule asks of a case: a tree of tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Operator(StrEnum):
    """The closed set of tests. Legal wording: 以上 is at_least, 超过 more_than, 以下 at_most, 不满 less_than."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    HAS = "has"
    HAS_ANY = "has_any"
    HAS_ALL = "has_all"
    HAS_NONE = "has_none"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ON_OR_AFTER = "on_or_after"
    BEFORE = "before"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """The value that a parameter has at the case's place and date."""

    name: str


@dataclass(frozen=True, slots=True)
class FactRef:
    """The value of another fact of the case."""

    name: str


# money stands here as fen
Operand: TypeAlias = bool | int | str | date | frozenset[str] | frozenset[int] | ParameterRef | FactRef


@dataclass(frozen=True, slots=True)
class FactTest:
    """One test of one fact."""

    fact: str
    operator: Operator
    operand: Operand


@dataclass(frozen=True, slots=True)
class FindingTest:
    """Whether a finding is established, or (`expected` false) is not."""

    finding: str
    expected: bool = True


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for every case."""


Condition: TypeAlias = FactTest | FindingTest | AllOf | AnyOf | Not | Always
ALWAYS = Always()


def both(first: Condition, second: Condition) -> Condition:
    """Return the condition that holds when both do, as flat as it can be."""
    parts: list[Condition] = []
    for condition in (first, second):
        match condition:
            case Always():
                pass
            case AllOf(inner):
                parts.extend(inner)
            case _:
                parts.append(condition)
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def tests(condition: Condition) -> Iterator[FactTest | FindingTest]:
    """Yield every test in the tree, left to right."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)
        case FactTest() | FindingTest():
            yield condition
        case Always():
            pass


def asks_only_if_known(condition: Condition) -> bool:
    """Tell whether a condition can be open and met but never not met: that an amount or count is at least 0."""
    match condition:
        case FactTest(_, Operator.AT_LEAST, 0):
            return True
    return False


def facts_of(condition: Condition) -> frozenset[str]:
    """Return the names of all facts the condition reads."""
    names = set()
    for test in tests(condition):
        if isinstance(test, FactTest):
            names.add(test.fact)
            if isinstance(test.operand, FactRef):
                names.add(test.operand.name)
    return frozenset(names)


def parameters_of(condition: Condition) -> frozenset[str]:
    """Return the names of all parameters the condition reads."""
    return frozenset(
        test.operand.name
        for test in tests(condition)
        if isinstance(test, FactTest) and isinstance(test.operand, ParameterRef)
    )


def findings_of(condition: Condition) -> frozenset[str]:
    """Return the names of all findings the condition reads."""
    return frozenset(test.finding for test in tests(condition) if isinstance(test, FindingTest))
