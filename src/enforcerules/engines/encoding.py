"""A case as integer fields, for engines that only know fields and numbers.

What is unknown has no field: a test of a missing field fails, on either rail.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from enforcerules.engines.operators import test_value
from enforcerules.model import FactTest, Situation, Value
from enforcerules.values import Amount, Truth

# values beyond it are cut to it, so that they fit a C long and still compare rightly with every bound below it
GREATEST = 2**62


class Given(NamedTuple):
    """All that a field can be read from: the case, where and when it is, and what is decided so far."""

    known: Mapping[str, Value]
    situation: Situation
    findings: Mapping[str, Truth]
    parts: AbstractSet[Part] = frozenset()


class Field(Protocol):
    """One integer of an encoded case. Equal fields are the same integer."""

    def read(self, given: Given) -> int | None:
        """Return the integer, or None when it is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """1 when the fact is known, else 0."""

    fact: str

    def read(self, given: Given) -> int | None:
        """Return the integer; it is always there."""
        return int(given.known.get(self.fact) is not None)


@dataclass(frozen=True, slots=True)
class Number:
    """A truth value as 1 or 0, a count as it is, a date as its ordinal."""

    fact: str

    def read(self, given: Given) -> int | None:
        """Return the integer, or None when the fact is unknown."""
        value = given.known.get(self.fact)
        if isinstance(value, date):
            return value.toordinal()
        return _fitting(int(value)) if isinstance(value, int) else None


@dataclass(frozen=True, slots=True)
class Choice:
    """An enumerated value or a text as the code that `codes` gives it; 0 for one that no rule names."""

    fact: str
    codes: Mapping[str, int] = field(compare=False)

    def read(self, given: Given) -> int | None:
        """Return the code, or None when the fact is unknown."""
        value = given.known.get(self.fact)
        return self.codes.get(value, 0) if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Member:
    """1 when the set has the member, else 0."""

    fact: str
    member: str

    def read(self, given: Given) -> int | None:
        """Return the integer, or None when the set is unknown."""
        value = given.known.get(self.fact)
        return int(self.member in value) if isinstance(value, frozenset) else None


@dataclass(frozen=True, slots=True)
class Size:
    """How many members the set has."""

    fact: str

    def read(self, given: Given) -> int | None:
        """Return the number, or None when the set is unknown."""
        value = given.known.get(self.fact)
        return len(value) if isinstance(value, frozenset) else None


@dataclass(frozen=True, slots=True)
class Low:
    """The lower bound of an amount, in fen."""

    fact: str

    def read(self, given: Given) -> int | None:
        """Return the bound, or None when the amount is unknown."""
        value = given.known.get(self.fact)
        return _fitting(value.low) if isinstance(value, Amount) else None


@dataclass(frozen=True, slots=True)
class High:
    """The upper bound of an amount, in fen."""

    fact: str

    def read(self, given: Given) -> int | None:
        """Return the bound, or None when there is none or the amount is unknown."""
        value = given.known.get(self.fact)
        return _fitting(value.high) if isinstance(value, Amount) and value.high is not None else None


@dataclass(frozen=True, slots=True)
class Exact:
    """An amount that is known to the fen."""

    fact: str

    def read(self, given: Given) -> int | None:
        """Return the amount, or None when it is known by bounds only or not at all."""
        value = given.known.get(self.fact)
        if not isinstance(value, Amount) or value != Amount.exactly(value.low):
            return None
        return _fitting(value.low)


@dataclass(frozen=True, slots=True)
class Compared:
    """1 or 0 as one fact passes a test against another.

    Decided here, because an engine that lets a missing field equal a missing field must not do it.
    """

    test: FactTest
    other: str

    def read(self, given: Given) -> int | None:
        """Return the integer, or None when the test is open."""
        value, other = given.known.get(self.test.fact), given.known.get(self.other)
        return None if value is None or other is None else _rail(test_value(self.test, value, other))


@dataclass(frozen=True, slots=True)
class InForce:
    """1 when the clause is in force there and then, 0 when not, leaving products aside."""

    clause: str

    def read(self, given: Given) -> int | None:
        """Return the integer, or None when it is in doubt or the place or the date is unknown."""
        return _rail(given.situation.clauses[self.clause])


@dataclass(frozen=True, slots=True)
class Measure:
    """The value of a parameter there and then, money in fen."""

    parameter: str

    def read(self, given: Given) -> int | None:
        """Return the value, or None when there is none or it is unknown."""
        return given.situation.parameters.get(self.parameter)


@dataclass(frozen=True, slots=True)
class Lacking:
    """1 when a parameter is not in force there and then, else 0, also where its value is unknown."""

    parameter: str

    def read(self, given: Given) -> int | None:
        """Return the integer; it is always there."""
        parameters = given.situation.parameters
        return int(self.parameter in parameters and parameters[self.parameter] is None)


@dataclass(frozen=True, slots=True)
class Established:
    """1 when the finding is established, 0 when it is not."""

    finding: str

    def read(self, given: Given) -> int | None:
        """Return the integer, or None while the finding is open."""
        return _rail(given.findings[self.finding])


@dataclass(frozen=True, slots=True)
class Part:
    """1 when a part of a condition, decided before the whole, holds."""

    number: int

    def read(self, given: Given) -> int | None:
        """Return the integer, or None when the part does not hold."""
        return 1 if self in given.parts else None


def _rail(found: Truth) -> int | None:
    return None if found is Truth.OPEN else int(found is Truth.MET)


def _fitting(number: int) -> int:
    return max(-GREATEST, min(GREATEST, number))
