"""Two rulebooks over one case: what each takes its facts for, so that z3 decides both at once.

A world of one rulebook needs no more than that a fact which stands in for another makes that other known.
Two rulebooks may differ in just that, so here each world's facts follow from what the case gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from enforcerules.engines.two_rails import Lowering
from enforcerules.model import Invariant, ResolvedRulebook
from enforcerules.model.conditions import facts_of
from enforcerules.review.diff.joint import JointVocabulary, Side
from enforcerules.review.logic import Formulas, Theory, World
from enforcerules.review.witnesses import Places, Variable, domain_of, write_value


class GivenCase:
    """The facts that a case gives in so many words, as variables, in the vocabulary of both rulebooks."""

    def __init__(self, z3: Any, book: ResolvedRulebook, lowering: Lowering, places: Places) -> None:
        self.z3, self.book, self.lowering, self.places = z3, book, lowering, places
        self.variables: dict[str, Variable] = {}

    def variable(self, name: str) -> Variable:
        """Return the variable of a fact, which from then on the case may give."""
        found = self.variables.get(name)
        if found is None:
            found = self.variables[name] = Variable.declare(self.z3, self.book, "", name)
        return found

    def domains(self) -> list[Any]:
        """Return which values the facts may have."""
        return [
            asserted
            for name, variable in self.variables.items()
            for asserted in domain_of(self.z3, self.book, self.lowering, self.places, name, variable)
        ]

    def facts(self, model: Any) -> dict[str, Any]:
        """Return the case that `model` describes."""
        known = (
            (name, self.variables[name])
            for name in self.book.vocabulary.facts
            if name in self.variables and self.z3.is_true(model.eval(self.variables[name].known, model_completion=True))
        )
        return {name: write_value(self, model, name, variable) for name, variable in known}


class Pair:
    """The old and the new rulebook before one case. For one thread."""

    def __init__(self, joint: JointVocabulary) -> None:
        self.joint = joint
        theories = Theory(joint.old, beside=joint.new), Theory(joint.new, beside=joint.old)
        self.theory = theories[1]
        self.given = GivenCase(self.theory.z3, joint.whole, self.theory.lowering, self.theory.places)
        self.old = World(theories[0], "old ", reading=partial(self._read, "old"))
        self.new = World(theories[1], "new ", reading=partial(self._read, "new"))

    def world(self, side: Side) -> World:
        """Return the case as one rulebook takes it."""
        return self.old if side == "old" else self.new

    def believable(self) -> list[Any]:
        """Return what is so of every case: values it can have, and no contradiction by both rulebooks."""
        z3, asserted = self.theory.z3, []
        left: dict[Side, list[Invariant]] = {"old": [], "new": []}
        for side in left:
            left[side] = list(self.joint.book(side).vocabulary.invariants)
        possible: dict[Side, list[Any]] = {"old": [], "new": []}
        changed = True
        while changed:
            changed = False
            for side, invariants in left.items():
                world = self.world(side)
                for invariant in list(invariants):
                    if not world.spoken_of().isdisjoint(facts_of(invariant.never)):
                        invariants.remove(invariant)
                        possible[side].append(z3.Not(world.rails(invariant.never).met))
                        changed = True
        asserted.append(z3.Or(z3.And(*possible["old"]), z3.And(*possible["new"])))
        return asserted + self.given.domains()

    def facts(self, model: Any) -> Mapping[str, Any]:
        """Return the case that `model` describes, as a joint case file holds it."""
        return self.given.facts(model)

    def rule(self, side: Side, name: str) -> Formulas:
        """Return when the outcomes of a rule follow; those of a rule that is not there never do."""
        if name not in self.joint.book(side).rules:
            return Formulas(self.theory.z3.BoolVal(False), self.theory.z3.BoolVal(True))
        return self.world(side).effects(name)

    # --- how a rulebook reads the case -----------------------------------------------------------

    def _read(self, side: Side, world: World, name: str) -> Variable:
        """Return the variable of a fact: as given, else taken from the fact that stands in for it."""
        given, fact = self._own(side, name), world.theory.book.vocabulary.facts[name]
        if name == "as_of" and "duty_date" in world.theory.book.vocabulary.facts:
            # a case without `as_of` is looked at on the duty date that it gives
            return self._or_else(given, self._own(side, "duty_date"))
        if fact.default_from is None or fact.type == "set":
            return given
        return self._or_else(given, self._standing_in(side, world, name, fact.default_from))

    def _own(self, side: Side, name: str) -> Variable:
        """Return what is given of a fact, without the values that the rulebook has no word for."""
        z3, given = self.theory.z3, self.given.variable(self.joint.name(side, name))
        fact = self.joint.book(side).vocabulary.facts[name]
        joint = self.joint.whole.vocabulary.facts[self.joint.name(side, name)]
        if fact.enumeration is None or joint.enumeration is None:
            return given
        foreign = joint.enumeration.values.keys() - fact.enumeration.values.keys()
        if not foreign:
            return given
        if given.members:
            own = {member: inside for member, inside in given.members.items() if member not in foreign}
            without = [z3.Not(given.members[member]) for member in sorted(foreign)]
            return Variable(z3.And(given.known, z3.Or(z3.And(*without), *own.values())), members=own)
        codes = self.theory.lowering.codes(name)
        known = z3.And(given.known, *(given.value != codes[value] for value in sorted(foreign)))
        return Variable(known, given.value)

    def _or_else(self, given: Variable, other: Variable) -> Variable:
        z3 = self.theory.z3
        known = z3.Or(given.known, other.known)
        value = z3.If(given.known, given.value, other.value)
        if given.bounded is None:
            return Variable(known, value)
        bounded = z3.If(given.known, given.bounded, other.bounded)
        return Variable(known, value, bounded, z3.If(given.known, given.high, other.high))

    def _standing_in(self, side: Side, world: World, name: str, source: str) -> Variable:
        """Return what a fact takes from its source: nothing that its enumeration does not have."""
        z3, taken = self.theory.z3, world.variable(source)
        facts = self.joint.book(side).vocabulary.facts
        enumeration, codes = facts[name].enumeration, self.theory.lowering.codes(name)
        if taken.members:
            fitting = {m: v for m, v in taken.members.items() if enumeration is None or m in enumeration.values}
            single = z3.And(z3.PbEq([(inside, 1) for inside in taken.members.values()], 1), z3.Or(*fitting.values()))
            value = z3.Sum(*(z3.If(inside, codes.get(member, 0), 0) for member, inside in fitting.items()))
            return Variable(z3.And(taken.known, single), value)
        if enumeration is None:
            return taken
        numbers = self.theory.lowering.codes(source)
        known, value = z3.BoolVal(False), z3.IntVal(0)
        for member in enumeration.values:
            if member in numbers:
                here = taken.value == numbers[member]
                known, value = z3.Or(known, here), z3.If(here, codes.get(member, 0), value)
        return Variable(z3.And(taken.known, known), value)
