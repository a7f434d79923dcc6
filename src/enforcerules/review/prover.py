"""Deciding a red line: the search for a case that breaks it, which z3 finds or rules out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, Literal, NamedTuple

from enforcerules.model import ResolvedRulebook
from enforcerules.model.properties import AlwaysHolds, ExactlyOne, Monotone, NeverHolds, Property
from enforcerules.review.logic import Theory, World

Verdict = Literal["proved", "refuted", "undecided", "vacuous"]


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
        solver = z3.Solver()
        solver.set("timeout", max(1, int(seconds * 1000)))
        risen: World | None = None
        if isinstance(line.claim, Monotone):
            risen = World(self.theory, "risen ", shared=world, own=line.claim.fact)
            solver.add(_rises(world, risen, line.claim.fact))
            solver.add(world.rails(line.when).met, risen.rails(line.when).met)
            dropped = [z3.And(world.rails(kept).met, z3.Not(risen.rails(kept).met)) for kept in line.claim.keeps]
            solver.add(z3.Or(*dropped))
        else:
            solver.add(world.rails(line.when).met, _broken(world, line))
        # the risen case first: what it needs to know of the other becomes part of that
        for each in (risen, world):
            if each is not None:
                solver.add(*each.believable())
        found = solver.check()
        if found == z3.unsat:
            return self._not_vacuous(line, seconds)
        if found != z3.sat:
            return Finding("undecided")
        model = solver.model()
        return Finding("refuted", world.facts(model), risen.facts(model) if risen else None)

    def _not_vacuous(self, line: Property, seconds: float) -> Finding:
        """Tell a red line that every case keeps from one that speaks of no case at all."""
        world = World(self.theory, "")
        solver = self.theory.z3.Solver()
        solver.set("timeout", max(1, int(seconds * 1000)))
        solver.add(world.rails(line.when).met)
        solver.add(*world.believable())
        found = solver.check()
        if found == self.theory.z3.sat:
            return Finding("proved")
        return Finding("vacuous" if found == self.theory.z3.unsat else "undecided")


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
