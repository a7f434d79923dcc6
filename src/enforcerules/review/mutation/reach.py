"""What a red line rests on, so that only that is proved again which a change can reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from enforcerules.model import (
    AddLabel,
    Condition,
    Establish,
    Exempt,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
)
from enforcerules.model.conditions import findings_of, parameters_of
from enforcerules.model.properties import (
    AlwaysHolds,
    AnswerTest,
    EveryPart,
    Monotone,
    NeverHolds,
    Property,
    PropertyCondition,
    SomePart,
    claimed,
    leaves,
)

_YIELDS: dict[type[Outcome], tuple[str, str]] = {
    Require: ("action", "action"),
    Permit: ("permission", "action"),
    Exempt: ("exemption", "action"),
    Forbid: ("prohibition", "action"),
    Penalise: ("penalty", "penalty"),
    AddLabel: ("label", "label"),
    Establish: ("finding", "finding"),
}

Entry: TypeAlias = tuple[str, str]
"""The section and the name of something in a rulebook."""


@dataclass
class Reach:
    """Which entries of a rulebook a red line, or a part of one, rests on."""

    book: ResolvedRulebook
    _yielding: dict[Entry, list[str]] = field(default_factory=dict)
    _known: dict[PropertyCondition, frozenset[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for rule in self.book.rules.values():
            for outcome in rule.outcomes:
                if type(outcome) in _YIELDS:
                    kind, name = _YIELDS[type(outcome)]
                    self._yielding.setdefault((kind, getattr(outcome, name)), []).append(rule.id)

    def of(self, line: Property) -> frozenset[Entry]:
        """Return what the red line rests on. That a case contradicts itself is a part of every one."""
        invariants = {("invariants", each.id) for each in self.book.vocabulary.invariants}
        return frozenset(invariants).union(*(self.of_part(part) for part in (line.when, *claimed(line.claim))))

    def of_part(self, condition: PropertyCondition) -> frozenset[Entry]:
        """Return what one condition of a red line rests on."""
        found = self._known.get(condition)
        if found is None:
            gathered: set[Entry] = set()
            for leaf in leaves(condition):
                if isinstance(leaf, AnswerTest):
                    self._answer(leaf, gathered)
                else:
                    self._condition(leaf, gathered)
            found = self._known[condition] = frozenset(gathered)
        return found

    def narrow(self, line: Property, entries: frozenset[Entry]) -> Property | None:
        """Return what of a red line, which holds, may no longer hold when `entries` change; None for nothing.

        Of a claim with several parts only those are left that the entries can reach.
        """
        if entries.isdisjoint(self.of(line)):
            return None
        everything = not entries.isdisjoint(self.of_part(line.when)) or any(one[0] == "invariants" for one in entries)
        if everything:
            return line
        match line.claim:
            case Monotone(fact, keeps):
                return replace(line, claim=Monotone(fact, self._reached(keeps, entries)))
            case AlwaysHolds(EveryPart(parts)):
                return replace(line, claim=AlwaysHolds(EveryPart(self._reached(parts, entries))))
            case NeverHolds(SomePart(parts)):
                return replace(line, claim=NeverHolds(SomePart(self._reached(parts, entries))))
        return line

    def _reached(
        self, parts: tuple[PropertyCondition, ...], entries: frozenset[Entry]
    ) -> tuple[PropertyCondition, ...]:
        return tuple(part for part in parts if not entries.isdisjoint(self.of_part(part)))

    # --- what one condition rests on -------------------------------------------------------------

    def _answer(self, test: AnswerTest, found: set[Entry]) -> None:
        match test.kind:
            case "rule" | "row":
                self._rules((test.name,), found)
            case "clause_in_force":
                found.add(("clauses", test.name))
            case "unfounded":
                # that nothing follows without law in force is so of every rulebook, by what a rule means
                pass
            case _:
                if test.expected in ("due", "done"):
                    found.add(("actions", test.name))
                self._rules(self._yielding.get((test.kind, test.name), ()), found)

    def _rules(self, names: Iterable[str], found: set[Entry]) -> None:
        for name in names:
            if ("rules", name) in found:
                continue
            found.add(("rules", name))
            rule = self.book.rules[name]
            found |= {("clauses", clause) for clause in rule.bases}
            for condition in _conditions(rule.when, rule.outcomes):
                self._condition(condition, found)
            self._rules(self.book.overriders.get(name, ()), found)

    def _condition(self, condition: Condition, found: set[Entry]) -> None:
        found |= {("parameters", name) for name in parameters_of(condition)}
        for finding in findings_of(condition):
            self._rules(self._yielding.get(("finding", finding), ()), found)


def _conditions(when: Condition, outcomes: Iterable[Outcome]) -> Iterator[Condition]:
    yield when
    yield from (o.once for o in outcomes if isinstance(o, Require) and o.once is not None)
