"""A rulebook as logic: z3 decides a red line for all cases at once.

The conditions are those of the two rails, so there is one lowering for every engine that is not the
reference. What is added here is what a case may be: which values a fact takes, which facts stand in for
others, which cases contradict themselves, which places and days there are. Only what a red line can reach
is told to z3.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from enforcerules.engines.encoding import (
    Choice,
    Compared,
    Established,
    Exact,
    High,
    InForce,
    Known,
    Lacking,
    Low,
    Measure,
    Member,
    Number,
    Size,
)
from enforcerules.engines.two_rails import Rails
from enforcerules.engines.two_valued import Check, Comparison, Every, Some, TwoValued
from enforcerules.model import FactTest, Operator, Require, Window
from enforcerules.model.conditions import facts_of
from enforcerules.model.properties import (
    AnswerTest,
    EveryPart,
    Opposite,
    PropertyCondition,
    SomePart,
)
from enforcerules.review.theory import Theory, showing_performance
from enforcerules.review.witnesses import Unknown, Variable, domain_of, write_value

__all__ = ["Formulas", "Theory", "World"]

_COMPARE: dict[Comparison, Callable[[Any, Any], Any]] = {
    Comparison.EQUAL: operator.eq,
    Comparison.UNEQUAL: operator.ne,
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE_THAN: operator.gt,
    Comparison.AT_MOST: operator.le,
    Comparison.LESS_THAN: operator.lt,
}


class Formulas(NamedTuple):
    """When something is surely met, and when it is surely not met, as z3 says it."""

    met: Any
    not_met: Any


@dataclass
class World:
    """One case: its facts as variables, and what follows from them.

    With `shared`, it is that other case but for the fact `own`. With `reading`, it is a case of which another
    rulebook may take the facts for others, and what is so of every case is not said here.
    """

    theory: Theory
    name: str
    shared: World | None = None
    own: str | None = None
    reading: Callable[[World, str], Variable] | None = None
    _variables: dict[str, Variable] = field(default_factory=dict)
    _checks: dict[Check, Any] = field(default_factory=dict)
    _holds: dict[str, Formulas] = field(default_factory=dict)
    _effects: dict[str, Formulas] = field(default_factory=dict)
    _found: dict[tuple[str, str], Formulas] = field(default_factory=dict)

    # --- the facts -------------------------------------------------------------------------------

    def variable(self, fact: str) -> Variable:
        """Return the variable of a fact, which from then on is part of the case."""
        found = self._variables.get(fact)
        if found is None:
            if self.reading is not None:
                found = self.reading(self, fact)
            elif self.shared is not None and fact != self.own:
                found = self.shared.variable(fact)
            else:
                found = Variable.declare(self.theory.z3, self.theory.book, self.name, fact)
            self._variables[fact] = found
        return found

    def spoken_of(self) -> frozenset[str]:
        """Return the facts that are part of the case by now."""
        return frozenset(self._variables)

    def believable(self) -> list[Any]:
        """Return what is so of every case: values a fact can have, defaults taken, no contradiction."""
        z3, book = self.theory.z3, self.theory.book
        asserted: list[Any] = []
        seen: set[str] = set()
        invariants = list(book.vocabulary.invariants)
        while fresh := self._variables.keys() - seen:
            seen |= fresh
            for name in sorted(fresh):
                asserted += domain_of(z3, book, self.theory.lowering, self.theory.places, name, self._variables[name])
                asserted += self._default(name)
            for invariant in [each for each in invariants if not seen.isdisjoint(facts_of(each.never))]:
                invariants.remove(invariant)
                asserted.append(z3.Not(self.rails(invariant.never).met))
        return asserted

    def _default(self, name: str) -> list[Any]:
        z3, facts = self.theory.z3, self.theory.book.vocabulary.facts
        if name == "duty_date" and "as_of" in facts:
            # a case without `as_of` is looked at on its duty date
            return [z3.Implies(self.variable(name).known, self.variable("as_of").known)]
        if name == self.own:
            # what takes its value from the fact that rises may take another in the risen case
            for other in facts.values():
                if other.default_from == name:
                    self.variable(other.name)
        source = facts[name].default_from
        if source is None:
            return []
        given, taken = self.variable(source), self.variable(name)
        if not given.members:
            return [z3.Implies(given.known, taken.known)]
        enumeration = facts[name].enumeration
        fitting = [m for n, m in given.members.items() if enumeration is None or n in enumeration.values]
        single = z3.And(z3.PbEq([(m, 1) for m in given.members.values()], 1), z3.Or(*fitting))
        return [z3.Implies(z3.And(given.known, single), taken.known)]

    def facts(self, model: Any) -> dict[str, Any]:
        """Return the facts of the case that `model` describes, as a case file holds them."""
        written = {}
        for name in self.theory.book.vocabulary.facts:
            variable = self._variables.get(name)
            if variable is not None and self.theory.z3.is_true(model.eval(variable.known, model_completion=True)):
                written[name] = write_value(self.theory, model, name, variable)
        return written

    # --- conditions ------------------------------------------------------------------------------

    def rails(self, condition: PropertyCondition) -> Formulas:
        """Return when a condition of a red line is met and when it is not."""
        z3 = self.theory.z3
        match condition:
            case EveryPart(parts):
                found = [self.rails(part) for part in parts]
                return Formulas(z3.And(*(f.met for f in found)), z3.Or(*(f.not_met for f in found)))
            case SomePart(parts):
                found = [self.rails(part) for part in parts]
                return Formulas(z3.Or(*(f.met for f in found)), z3.And(*(f.not_met for f in found)))
            case Opposite(part):
                inner = self.rails(part)
                return Formulas(inner.not_met, inner.met)
            case AnswerTest():
                return self._answer(condition)
        return self._formulas(self.theory.lowering.condition(condition))

    def _formulas(self, rails: Rails) -> Formulas:
        return Formulas(self._formula(rails.met), self._formula(rails.not_met))

    def _formula(self, condition: TwoValued) -> Any:
        match condition:
            case Every(parts):
                return self.theory.z3.And(*map(self._formula, parts))
            case Some(parts):
                return self.theory.z3.Or(*map(self._formula, parts))
            case Check():
                found = self._checks.get(condition)
                if found is None:
                    found = self._checks[condition] = self._check(condition)
                return found

    def _check(self, check: Check) -> Any:
        z3 = self.theory.z3
        compare, number = _COMPARE[check.comparison], check.number

        def of(formulas: Formulas) -> Any:
            parts = (formulas.met, formulas.not_met)
            return z3.Or(*(part for part, value in zip(parts, (1, 0), strict=True) if compare(value, number)))

        match check.field:
            case Known(fact):
                known = self.variable(fact).known
                return of(Formulas(known, z3.Not(known)))
            case Choice("jurisdiction", codes):
                place = self.variable("jurisdiction")
                fitting = [compare(codes.get(code, 0), number) for code in self.theory.places.codes]
                return z3.And(place.known, z3.Or(*(place.value == i for i, fits in enumerate(fitting) if fits)))
            case Number(fact) | Choice(fact) | Low(fact):
                variable = self.variable(fact)
                return z3.And(variable.known, compare(variable.value, number))
            case High(fact):
                variable = self.variable(fact)
                return z3.And(variable.known, variable.bounded, compare(variable.high, number))
            case Exact(fact):
                variable = self.variable(fact)
                exact = z3.And(variable.bounded, variable.value == variable.high)
                return z3.And(variable.known, exact, compare(variable.value, number))
            case Member(fact, member):
                variable = self.variable(fact)
                inside = variable.members[member]
                return z3.And(variable.known, of(Formulas(inside, z3.Not(inside))))
            case Size(fact):
                variable = self.variable(fact)
                size = z3.Sum(*(z3.If(inside, 1, 0) for inside in variable.members.values()))
                return z3.And(variable.known, compare(size, number))
            case Compared(test, other):
                return of(self._compared(test, other))
            case InForce(clause):
                return of(self.in_force(clause))
            case Measure(parameter):
                return self._measure(parameter, number)
            case Lacking(parameter):
                lacking = self._lacking(parameter)
                return of(Formulas(lacking, z3.Not(lacking)))
            case Established(finding):
                return of(self.found("finding", finding))
        raise TypeError(f"{check.field} has no meaning for z3")

    def _compared(self, test: FactTest, other: str) -> Formulas:
        z3 = self.theory.z3
        one, two = self.variable(test.fact), self.variable(other)
        both = z3.And(one.known, two.known)
        equal = test.operator in (Operator.IS, Operator.IS_NOT)
        if self.theory.book.vocabulary.facts[test.fact].type != "money":
            kind = {
                Operator.IS: Comparison.EQUAL,
                Operator.IS_NOT: Comparison.UNEQUAL,
                Operator.ON_OR_AFTER: Comparison.AT_LEAST,
                Operator.BEFORE: Comparison.LESS_THAN,
            }.get(test.operator)
            compare = _COMPARE[kind or Comparison[test.operator.name]]
            holds = compare(one.value, two.value)
            return Formulas(z3.And(both, holds), z3.And(both, z3.Not(holds)))
        if equal:
            exact = z3.And(one.bounded, two.bounded, one.value == one.high, two.value == two.high)
            met = z3.And(both, exact, one.value == two.value)
            apart = z3.Or(z3.And(one.bounded, one.high < two.value), z3.And(two.bounded, two.high < one.value))
            found = Formulas(met, z3.And(both, apart))
            return found if test.operator is Operator.IS else Formulas(found.not_met, found.met)
        if test.operator in (Operator.AT_MOST, Operator.MORE_THAN):
            one, two = two, one
        at_least = Formulas(
            z3.And(both, two.bounded, one.value >= two.high), z3.And(both, one.bounded, one.high < two.value)
        )
        turned = test.operator in (Operator.LESS_THAN, Operator.MORE_THAN)
        return Formulas(at_least.not_met, at_least.met) if turned else at_least

    # --- where and when --------------------------------------------------------------------------

    def in_force(self, name: str) -> Formulas:
        """Return when a clause is in force there and then, leaving products aside."""
        z3, clause = self.theory.z3, self.theory.book.clauses[name]
        here = self._here(clause.where)
        day = self._optional("conduct_date" if clause.governs == "conduct" else "duty_date")
        settled = all(w.since is None and w.until is None and not w.in_doubt for w in clause.windows)
        covered = z3.Or(*(self._covers(w, day) for w in clause.windows))
        surely = z3.Or(*(self._covers(w, day) for w in clause.windows if not w.in_doubt))
        now = Formulas(
            z3.Or(z3.And(day.known, surely), z3.And(z3.Not(day.known), z3.BoolVal(settled))),
            z3.And(day.known, z3.Not(covered)),
        )
        return Formulas(z3.And(here.met, now.met), z3.Or(here.not_met, now.not_met))

    def _optional(self, fact: str) -> Variable:
        return self.variable(fact) if fact in self.theory.book.vocabulary.facts else Unknown(self.theory.z3)

    def _here(self, where: str) -> Formulas:
        z3 = self.theory.z3
        if where == "CN":
            return Formulas(z3.BoolVal(True), z3.BoolVal(False))
        place = self._optional("jurisdiction")
        inside = z3.Or(*(place.value == index for index in self.theory.places.inside(where)))
        return Formulas(z3.And(place.known, inside), z3.And(place.known, z3.Not(inside)))

    def _covers(self, window: Window, day: Variable) -> Any:
        parts = []
        if window.since is not None:
            parts.append(day.value >= window.since.toordinal())
        if window.until is not None:
            parts.append(day.value <= window.until.toordinal())
        return self.theory.z3.And(*parts)

    def _measure(self, parameter: str, number: int) -> Any:
        """Return when the parameter has the value `number` there and then."""
        z3 = self.theory.z3
        values = self.theory.book.parameters[parameter].values
        place, day = self._optional("jurisdiction"), self._optional("duty_date")
        both = z3.And(place.known, day.known)
        cases = []
        if [(v.where, v.window.since, v.window.until) for v in values] == [("CN", None, None)]:
            cases.append(z3.And(z3.Not(both), z3.BoolVal(values[0].value == number)))
        for index in range(len(self.theory.places.codes)):
            passed: list[Any] = []
            for value in self.theory.places.ranked(index, values):
                covers = self._covers(value.window, day)
                if value.value == number:
                    cases.append(z3.And(both, place.value == index, covers, *passed))
                passed.append(z3.Not(covers))
        return z3.Or(*cases)

    def _lacking(self, parameter: str) -> Any:
        z3 = self.theory.z3
        values = self.theory.book.parameters[parameter].values
        place, day = self._optional("jurisdiction"), self._optional("duty_date")
        cases = [
            z3.And(
                place.value == index,
                *(z3.Not(self._covers(v.window, day)) for v in self.theory.places.ranked(index, values)),
            )
            for index in range(len(self.theory.places.codes))
        ]
        return z3.And(place.known, day.known, z3.Or(*cases))

    # --- rules and what they yield ---------------------------------------------------------------

    def holds(self, rule: str) -> Formulas:
        """Return when a rule holds, whether or not another takes its outcomes."""
        found = self._holds.get(rule)
        if found is None:
            found = self._holds[rule] = self._formulas(self.theory.lowering.rule(self.theory.book.rules[rule]))
        return found

    def effects(self, rule: str) -> Formulas:
        """Return when the outcomes of a rule follow."""
        found = self._effects.get(rule)
        if found is None:
            z3 = self.theory.z3
            found = self.holds(rule)
            over = [self.effects(other) for other in self.theory.book.overriders.get(rule, ())]
            if over:
                met = z3.And(found.met, *(other.not_met for other in over))
                found = Formulas(met, z3.Or(found.not_met, *(other.met for other in over)))
            self._effects[rule] = found
        return found

    def found(self, kind: str, name: str) -> Formulas:
        """Return when something follows: a finding, a duty, a permission and so on."""
        found = self._found.get((kind, name))
        if found is None:
            z3 = self.theory.z3
            met, not_met = [], []
            for rule, outcome in self.theory.yields.get((kind, name), ()):
                effect = self.effects(rule)
                once = outcome.once if isinstance(outcome, Require) else None
                met.append(effect.met if once is None else z3.And(effect.met, self.rails(once).met))
                not_met.append(effect.not_met)
            found = self._found[kind, name] = Formulas(z3.Or(*met), z3.And(*not_met))
        return found

    def _answer(self, test: AnswerTest) -> Formulas:
        z3 = self.theory.z3
        match test.kind:
            case "rule":
                found = self.effects(test.name)
            case "row":
                found = self.holds(test.name)
            case "clause_in_force":
                found = self.clause(test.name)
            case "unfounded":
                unfounded = self._unfounded(test.name)
                found = Formulas(unfounded, z3.Not(unfounded))
            case _:
                found = self.found(test.kind, test.name)
        match test.expected:
            case "met":
                return found
            case "not_met":
                return Formulas(found.not_met, found.met)
            case "open":
                settled = z3.Or(found.met, found.not_met)
                return Formulas(z3.Not(settled), settled)
        shown = [self.rails(condition).met for condition in showing_performance(self.theory.book, test.name)]
        performed = z3.Or(*shown)
        if test.expected == "done":
            holds = z3.And(z3.Not(found.not_met), performed)
        else:
            holds = z3.And(found.met, z3.Not(performed))
        return Formulas(holds, z3.Not(holds))

    def clause(self, name: str) -> Formulas:
        """Return when a clause is in force for the case: there, then, for its products."""
        z3 = self.theory.z3
        found, products = self.in_force(name), self.theory.book.clauses[name].products
        if products is None:
            return found
        test = FactTest("product_categories", Operator.HAS_ANY, products)
        under = self._formulas(self.theory.lowering.condition(test))
        return Formulas(z3.And(found.met, under.met), z3.Or(found.not_met, under.not_met))

    def _unfounded(self, kind: str) -> Any:
        z3 = self.theory.z3
        rules = {rule for (one, _), yielding in self.theory.yields.items() if one == kind for rule, _ in yielding}
        return z3.Or(
            *(
                z3.And(
                    self.effects(rule).met,
                    *(z3.Not(self.clause(clause).met) for clause in self.theory.book.rules[rule].bases),
                )
                for rule in sorted(rules)
            )
        )
