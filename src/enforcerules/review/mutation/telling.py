"""Is there a case that tells a changed rulebook from the unchanged one? z3 finds one or rules it out.

Two worlds share their facts: one is decided by the rulebook, the other by the changed one. What z3 finds is
a witness only when the reference engine gives two answers to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from enforcerules.deciding.classify import classify_decision
from enforcerules.model import Clause, Condition, Permit, Require, ResolvedRulebook, Rule, overridden
from enforcerules.model.conditions import ALWAYS
from enforcerules.model.properties import NeverHolds, Property
from enforcerules.review.fines import telling_amounts
from enforcerules.review.logic import Formulas, Theory, World
from enforcerules.review.mutation.mutation import Mutation
from enforcerules.review.search import find_case
from enforcerules.review.smallest import make_smallest
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text


class Told(NamedTuple):
    """Whether some case tells two rulebooks apart, and one such case."""

    verdict: Literal["found", "none", "undecided"]
    facts: Mapping[str, Any] | None = None


@dataclass
class Pair:
    """A rulebook and the changed one."""

    book: ResolvedRulebook
    changed: ResolvedRulebook
    mutation: Mutation
    _one: Rulebook = field(init=False)
    _other: Rulebook = field(init=False)

    def __post_init__(self) -> None:
        self._one, self._other = Rulebook(self.book), Rulebook(self.changed)

    def tell_apart(self, seconds: float) -> Told:
        """Return a case to which the two give different answers, or that there is none."""
        if any(change.section in ("facts", "report_calendar", "choices") for change in self.mutation.changes):
            # what is read into a case, which report falls due when and how two laws compare is not among the formulas
            return Told("undecided")
        # both lowerings must know every value that either condition names
        both = [Property("", Text("", ""), (), part, NeverHolds(part), (), None) for part in self._conditions()]
        before = World(Theory(self.book, both), "")
        after = World(Theory(self.changed, both), "", shared=before)
        z3 = before.theory.z3
        differing = list(self._differing(before, after))
        amounts = list(self._amounts(before))
        if amounts:
            # a range that is another for an amount known to the fen says more than that some rule penalises
            ranges = [z3.Or(*differing), z3.Or(*amounts), *_everything_known(before, after)]
            surely = find_case([before, after], ranges, seconds)
            if surely.verdict == "found" and self.differs(surely.cases[0]):
                return Told("found", surely.cases[0])
        surely = find_case([before, after], [z3.Or(*differing), *_everything_known(before, after)], seconds)
        found = surely if surely.verdict == "found" else find_case([before, after], [z3.Or(*differing)], seconds)
        if found.verdict == "none" and not self._fully_said():
            return Told("undecided")
        if found.verdict != "found":
            return Told(found.verdict)
        facts = found.cases[0]
        return Told("found", facts) if self.differs(facts) else Told("undecided")

    def _amounts(self, before: World) -> Iterator[Any]:
        """Yield between which exact amounts of its base a changed fine comes to another range."""
        z3 = before.theory.z3
        for change in self.mutation.changes:
            if change.section != "penalties":
                continue
            fine, now = self.book.penalties[change.name].fine, change.now.fine
            if fine is None or now is None:
                continue
            for bounds in telling_amounts(fine, now):
                if not bounds:
                    continue
                values = [(before.variable(base), low, high) for base, (low, high) in bounds.items()]
                yield z3.And(
                    *(
                        z3.And(value.bounded, value.value == value.high, value.value >= low, value.value <= high)
                        for value, low, high in values
                    )
                )

    def differs(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether the reference engine answers differently by the two."""
        return answer(self._one, facts) != answer(self._other, facts)

    def _differs_surely(self, facts: Mapping[str, Any]) -> bool:
        return settled(answer(self._one, facts)) != settled(answer(self._other, facts))

    def smallest(self, told: Told) -> dict[str, Any] | None:
        """Return the smallest case that tells the two apart, where one was found.

        A case that gets another answer for sure says more than one of which less is open.
        """
        if told.facts is None:
            return None
        tests = (self._ranges_differ, self._differs_surely, self.differs)
        return make_smallest(self.book, told.facts, next(test for test in tests if test(told.facts)))

    def _ranges_differ(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether a changed penalty is laid down by both, with two ranges that are known to the end."""
        changed = [change.name for change in self.mutation.changes if change.section == "penalties"]
        one, other = (_ranges(answer(book, facts), changed) for book in (self._one, self._other))
        return any(one[name] != other[name] for name in one.keys() & other.keys())

    def _fully_said(self) -> bool:
        """Tell whether the formulas say everything in which the answers can differ."""
        told = ("rules", "clauses", "parameters", "penalties")
        return all(change.section in told for change in self.mutation.changes)

    def _conditions(self) -> Iterator[Condition]:
        for change in self.mutation.changes:
            if change.section == "rules":
                for rule in (self.book.rules[change.name], change.now):
                    yield rule.when
                    yield from (o.once for o in rule.outcomes if isinstance(o, Require) and o.once is not None)
            elif change.section == "actions":
                for action in (self.book.actions[change.name], change.now):
                    yield action.done_when or ALWAYS
            elif change.section == "doubts":
                yield self.book.doubts[change.name].shows_when
            elif change.section == "forms":
                for form in (self.book.forms[change.name], change.now):
                    yield form.counts_when or ALWAYS
            elif change.section == "invariants":
                yield from (each.never for each in self.book.vocabulary.invariants if each.id == change.name)

    def _differing(self, before: World, after: World) -> Iterator[Any]:
        for change in self.mutation.changes:
            match change.section:
                case "rules":
                    yield from self._rule(before, after, self.book.rules[change.name], change.now)
                case "clauses":
                    yield from self._clause(before, after, self.book.clauses[change.name], change.now)
                case "parameters":
                    for rule in self.book.rules:
                        if change.name in self.book.rules[rule].parameters:
                            yield _apart(before, before.holds(rule), after.holds(rule))
                case "actions":
                    action = before.found("action", change.name)
                    yield before.theory.z3.Not(action.not_met)
                case "penalties":
                    # whichever law governs: by that of the decision it is laid down in a case of that day
                    yield before.theory.z3.Not(before.found("penalty", change.name).not_met)
                case "doubts":
                    yield before.rails(self.book.doubts[change.name].shows_when).met
                case "forms":
                    now, then = change.now.counts_when, self.book.forms[change.name].counts_when
                    yield _apart(before, before.rails(then or ALWAYS), after.rails(now or ALWAYS))

    def _rule(self, before: World, after: World, rule: Rule, now: Rule) -> Iterator[Any]:
        z3 = before.theory.z3
        one, other = before.effects(rule.id), after.effects(rule.id)
        yield _apart(before, before.holds(rule.id), after.holds(rule.id))
        if rule.outcomes != now.outcomes:
            yield z3.Not(one.not_met)
        for name in {*overridden(rule, self.book.rules)} ^ {*overridden(now, self.book.rules)}:
            yield _apart(before, before.effects(name), after.effects(name))
        for clause in {*rule.bases} ^ {*now.bases}:
            # a clause is told where its rule holds, or may hold, and the clause is in force
            held = z3.Or(z3.Not(before.holds(rule.id).not_met), z3.Not(after.holds(rule.id).not_met))
            yield z3.And(held, z3.Not(before.clause(clause).not_met))
        yield _apart(before, one, other)

    def _clause(self, before: World, after: World, clause: Clause, now: Clause) -> Iterator[Any]:
        z3 = before.theory.z3
        apart = _apart(before, before.clause(clause.id), after.clause(clause.id))
        for rule in self.book.rules.values():
            if clause.id not in rule.bases:
                continue
            yield _apart(before, before.holds(rule.id), after.holds(rule.id))
            yield z3.And(z3.Not(before.holds(rule.id).not_met), apart)
            if clause.clock != now.clock and any(isinstance(o, (Require, Permit)) for o in rule.outcomes):
                yield z3.And(z3.Not(before.effects(rule.id).not_met), z3.Not(before.clause(clause.id).not_met))


def answer(rulebook: Rulebook, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that a rulebook says of a case, but for which rulebook it is."""
    decision = rulebook.decide(rulebook.read_case(facts))
    found = classify_decision(decision, "reference").to_dict()
    del found["rulebook"]
    return found


def settled(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is met of an answer: rules with their clauses, duties, and whatever else follows."""
    kinds = ("actions", "permissions", "exemptions", "prohibitions", "labels")
    met: dict[str, Any] = {kind: [one for one in found[kind] if one["verdict"] == "met"] for kind in kinds}
    met["findings"] = {name: one for name, one in found["findings"].items() if one["verdict"] == "met"}
    met["penalties"] = [one for one in found["penalties"]["imposed"] if one["verdict"] == "met"]
    met["rules"] = found["rules"]["met"]
    met["report"] = {key: value for key, value in found["report"].items() if key != "open"}
    return met


def _ranges(found: Mapping[str, Any], names: Collection[str]) -> dict[str, tuple[str, str]]:
    imposed = (one for one in found["penalties"]["imposed"] if one["id"] in names and one["verdict"] == "met")
    fines = {one["id"]: one["fine"] for one in imposed if one["fine"] is not None}
    return {name: (fine["least"], fine["most"]) for name, fine in fines.items() if fine["most"] is not None}


def _everything_known(before: World, after: World) -> Iterator[Any]:
    """Say of each fact that the two worlds speak of that it is known: such a case is plainer to read."""
    for world in (before, after):
        for name in world.spoken_of():
            yield world.variable(name).known


def _apart(world: World, one: Formulas, other: Formulas) -> Any:
    z3 = world.theory.z3
    return z3.Or(z3.Xor(one.met, other.met), z3.Xor(one.not_met, other.not_met))
