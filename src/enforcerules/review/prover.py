"""Deciding a red line: the search for a case that breaks it, which z3 finds or rules out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, Literal, NamedTuple

from enforcerules.model import ResolvedRulebook
from enforcerules.model.properties import AlwaysHolds, ExactlyOne, Monotone, NeverHolds, Property
from enforcerules.review.logic import Theory, World
from enforcerules.review.search import find_case

Verdict = Literal["proved", "refuted", "undecided", "vacuous"]
# what a red line without counterexample is, by whether there is a case that it speaks of
_WITHOUT_COUNTEREXAMPLE: dict[str, Verdict] = {"found": "proved", "none": "vacuous", "undecided": "undecided"}


class Finding(NamedTuple):
    """What z3 says of a red line. `facts` are those of a case that breaks it, `risen` of the risen one.

    `vacuous`: nothing breaks it, because there is no case of which its `when` is met.
    """

    verdict: Verdict
    facts: Mapping[str, Any] | None = None
    risen: Mapping[str, Any] | None = None


class Prover:
    """Decides red lines of one rulebook. For one thread."""

    def __init__(self, book: ResolvedRulebook, properties: Iterable[Property]) -> None:
        self.theory = Theory(book, properties)

    def decide(self, line: Property, seconds: float) -> Finding:
        """Decide one red line; undecided when `seconds` do not suffice."""
        z3 = self.theory.z3
        world = World(self.theory, "")
        formulas = [world.rails(line.when).met]
        worlds = [world]
        if isinstance(line.claim, Monotone):
            risen = World(self.theory, "risen ", shared=world, own=line.claim.fact)
            worlds.append(risen)
            formulas += [_rises(world, risen, line.claim.fact), risen.rails(line.when).met]
            dropped = [z3.And(world.rails(kept).met, z3.Not(risen.rails(kept).met)) for kept in line.claim.keeps]
            formulas.append(z3.Or(*dropped))
        else:
            formulas.append(_broken(world, line))
        found = find_case(worlds, formulas, seconds)
        match found.verdict:
            case "none":
                return self._not_vacuous(line, seconds)
            case "undecided":
                return Finding("undecided")
        facts, *more = found.cases
        return Finding("refuted", facts, more[0] if more else None)

    def _not_vacuous(self, line: Property, seconds: float) -> Finding:
        """Tell a red line that every case keeps from one that speaks of no case at all."""
        world = World(self.theory, "")
        found = find_case([world], [world.rails(line.when).met], seconds)
        return Finding(_WITHOUT_COUNTEREXAMPLE[found.verdict])


def _broken(world: World, line: Property) -> Any:
    z3 = world.theory.z3
    match line.claim:
        case AlwaysHolds(condition):
            return z3.Not(world.rails(condition).met)
        case NeverHolds(condition):
            return world.rails(condition).met
        case ExactlyOne(parts):
            rails = [world.rails(part) for part in parts]
            two = (z3.And(one.met, other.met) for one, other in combinations(rails, 2))
            return z3.Or(z3.And(*(part.not_met for part in rails)), *two)
    raise TypeError(f"{line.kind} is not of one case")


def _rises(world: World, risen: World, fact: str) -> Any:
    z3 = world.theory.z3
    low, high = world.variable(fact), risen.variable(fact)
    parts = [low.known, high.known]
    match world.theory.book.vocabulary.facts[fact].type:
        case "set":
            parts += [z3.Implies(low.members[name], high.members[name]) for name in low.members]
        case "bool":
            parts.append(z3.Implies(low.value == 1, high.value == 1))
        case "money":
            # both known to the fen: of what is known by bounds nobody can say that it rose
            parts += [low.bounded, low.value == low.high, high.bounded, high.value == high.high]
            parts.append(low.value <= high.value)
        case _:
            parts.append(low.value <= high.value)
    return z3.And(*parts)
