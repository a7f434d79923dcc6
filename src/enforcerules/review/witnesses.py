"""What a case may hold, as z3 sees it, and how a solution becomes a case file.

The formulas are built with the z3 that is handed in, so that only one module imports it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from enforcerules.case import FIRST_YEAR, LAST_YEAR
from enforcerules.engines.two_rails import Lowering
from enforcerules.model import Fact, ParameterValue, ResolvedRulebook
from enforcerules.values import Place, write_yuan
from enforcerules.values.money import LARGEST_FEN

_LARGEST_COUNT = 10**12 - 1
_DAYS = (date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal())
# of places that no document names any will do
_ELSEWHERE = ("110105", "310101", "440305", "610113")


class Places:
    """The places that make a difference: those a document names, one that none names, and the country."""

    def __init__(self, *books: ResolvedRulebook) -> None:
        named: set[str] = set()
        for book in books:
            named |= {clause.where for clause in book.clauses.values()} | set(book.places)
            named |= {value.where for parameter in book.parameters.values() for value in parameter.values}
        elsewhere = next(code for code in _ELSEWHERE if not named & set(Place(code).within) - {"CN"})
        self.codes = (elsewhere, *sorted(named - {"CN"}), "CN")

    def inside(self, where: str) -> list[int]:
        """Return which places lie in `where`."""
        return [index for index, code in enumerate(self.codes) if where in Place(code).within]

    def ranked(self, index: int, values: tuple[ParameterValue, ...]) -> list[ParameterValue]:
        """Return the values for a place, in the order in which the first that is in force counts."""
        within = Place(self.codes[index]).within
        here = [value for value in values if value.where in within]
        return sorted(here, key=lambda v: (within.index(v.where), -(v.window.since or date.min).toordinal()))


class TheoryOfValues(Protocol):
    """What turns a solution into the values of a case file."""

    @property
    def z3(self) -> Any:
        """What says what is true of a solution."""

    @property
    def book(self) -> ResolvedRulebook:
        """The rulebook whose vocabulary the case uses."""

    @property
    def lowering(self) -> Lowering:
        """What gives values their numbers."""

    @property
    def places(self) -> Places:
        """What gives places their numbers."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact: whether it is known, and its value.

    A truth value is 0 or 1, a day its ordinal, an enumerated value its code, a place its number, an amount
    its lower bound; `high` is the upper one, which there is when `bounded`.
    """

    known: Any
    value: Any = None
    bounded: Any = None
    high: Any = None
    members: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def declare(cls, z3: Any, book: ResolvedRulebook, world: str, name: str) -> Variable:
        """Return fresh variables for a fact."""
        fact, called = book.vocabulary.facts[name], f"{world}{name}"
        known = z3.Bool(f"{called} known")
        if fact.type == "set":
            values = fact.enumeration.values if fact.enumeration else ()
            return cls(known, members={member: z3.Bool(f"{called} has {member}") for member in values})
        value = z3.Int(called)
        if fact.type == "money":
            return cls(known, value, z3.Bool(f"{called} bounded"), z3.Int(f"{called} at most"))
        return cls(known, value)


def Unknown(z3: Any) -> Variable:  # noqa: N802 - stands where a Variable does
    """Return the variable of a fact that the vocabulary does not have: never known."""
    return Variable(z3.BoolVal(False), z3.IntVal(0))


def domain_of(
    z3: Any, book: ResolvedRulebook, lowering: Lowering, places: Places, name: str, variable: Variable
) -> list[Any]:
    """Return which values the fact may have."""
    fact, value = book.vocabulary.facts[name], variable.value
    match fact.type:
        case "set":
            return []
        case "bool":
            low, high = 0, 1
        case "count":
            low, high = 0, _LARGEST_COUNT
        case "date":
            low, high = _DAYS
        case "money":
            bound = z3.And(variable.high >= value, variable.high <= LARGEST_FEN)
            return [value >= 0, value <= LARGEST_FEN, z3.Implies(variable.bounded, bound)]
        case _ if name == "jurisdiction":
            low, high = 0, len(places.codes) - 1
        case _:
            codes = lowering.codes(fact.name)
            low, high = int(fact.enumeration is not None and not _unnamed(fact, codes)), len(codes)
    return [value >= low, value <= high]


def _unnamed(fact: Fact, codes: dict[str, int]) -> list[str]:
    if fact.enumeration is None:
        # one more than there are named ones is enough to find one that is not
        words = ("甲" * length for length in range(1, len(codes) + 2))
        return [next(word for word in words if word not in codes)]
    return [name for name in fact.enumeration.values if name not in codes]


def write_value(theory: TheoryOfValues, model: Any, name: str, variable: Variable) -> Any:
    """Return the value that `model` gives a fact, as a case file holds it."""
    fact = theory.book.vocabulary.facts[name]

    def number(term: Any) -> int:
        return int(model.eval(term, model_completion=True).as_long())

    def true(term: Any) -> bool:
        return bool(theory.z3.is_true(model.eval(term, model_completion=True)))

    match fact.type:
        case "set":
            return [member for member, inside in variable.members.items() if true(inside)]
        case "bool":
            return number(variable.value) == 1
        case "count":
            return number(variable.value)
        case "date":
            return date.fromordinal(number(variable.value)).isoformat()
        case "money":
            low = write_yuan(number(variable.value))
            if not true(variable.bounded):
                return {"at_least": low}
            high = write_yuan(number(variable.high))
            return low if low == high else {"at_least": low, "at_most": high}
        case _ if name == "jurisdiction":
            return theory.places.codes[number(variable.value)]
    codes = theory.lowering.codes(fact.name)
    code = number(variable.value)
    named = next((word for word, known in codes.items() if known == code), None)
    return _unnamed(fact, codes)[0] if named is None else named
