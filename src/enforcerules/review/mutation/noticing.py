"""Does a scenario notice a change? Decided again only where the change can reach the case.

The verdicts on every variant are kept. For a change, what it touches is decided once more with those
verdicts: where that comes out as before, so does everything that rests on it, and the variant cannot
notice. Only for the others is the whole answer made anew and held against what the scenario expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from enforcerules.case import Case
from enforcerules.deciding.category import find_deadlines
from enforcerules.deciding.classify import classify_decision, day_of_decision
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.law import Law
from enforcerules.deciding.penalties import find_penalties
from enforcerules.deciding.warnings import find_warnings
from enforcerules.engines.reference import product_verdicts
from enforcerules.model import (
    AddLabel,
    Clause,
    Count,
    Doubt,
    Establish,
    Exempt,
    Forbid,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
    Rule,
    situate,
)
from enforcerules.model.book import in_force
from enforcerules.model.conditions import facts_of
from enforcerules.review.differences import find_differences
from enforcerules.review.mutation.mutation import Mutation, change_rulebook
from enforcerules.review.scenarios import Variant, read_variant
from enforcerules.rulebook import Rulebook
from enforcerules.values import Truth, any_of

_BY_NAME = (Require, Permit, Exempt, Forbid)


@dataclass(frozen=True, slots=True)
class Kept:
    """A variant with what was decided about it, and every name that its expectation mentions."""

    variant: Variant
    case: Case
    decision: Decision
    called: frozenset[str]
    named: frozenset[str]


def keep_decisions(rulebook: Rulebook, variants: Iterable[Variant]) -> tuple[Kept, ...]:
    """Decide each variant once, by the unchanged rulebook."""
    found = []
    for variant in variants:
        case = read_variant(rulebook, variant)
        decision = rulebook.decide(case)
        effects = decision.verdicts.effects
        called = frozenset(
            outcome.action
            for rule in rulebook.resolved.rules.values()
            if effects[rule.id] is not Truth.NOT_MET
            for outcome in rule.outcomes
            if isinstance(outcome, Require)
        )
        found.append(
            Kept(variant, case, decision, called, frozenset(_names(variant.expect.model_dump(exclude_unset=True))))
        )
    return tuple(found)


def _names(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield str(key)
                yield from _names(inner)
        case list():
            for inner in value:
                yield from _names(inner)


@dataclass
class Noticing:
    """A changed rulebook put to the scenarios."""

    book: ResolvedRulebook
    kept: Sequence[Kept]
    mutation: Mutation
    changed: ResolvedRulebook = field(init=False)
    _resting: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.changed = change_rulebook(self.book, self.mutation)

    def first_to_notice(self) -> Variant | None:
        """Return a variant that fails under the change, or None when none does."""
        for one in self._likely_first():
            if self.reaches(one):
                case = self._read(one.variant) if self.mutation.section == "facts" else one.case
                if fails(self._rulebook, one.variant, case):
                    return one.variant
        return None

    @cached_property
    def _rulebook(self) -> Rulebook:
        return Rulebook(self.changed)

    def _read(self, variant: Variant) -> Case:
        """Read a case anew: where the vocabulary is another, something else may be taken for what is not given."""
        return read_variant(self._rulebook, variant)

    def _likely_first(self) -> list[Kept]:
        """Order the variants so that those come first whose expectation speaks of what is changed."""
        about = frozenset(self._about())
        return sorted(self.kept, key=lambda one: -len(about & one.named))

    def _about(self) -> Iterator[str]:
        for change in self.mutation.changes:
            yield change.name
            yield change.name.rpartition("/")[2]
            for entry in (getattr(self.book, change.section, {}), {change.name: change.now}):
                rule = entry.get(change.name) if isinstance(entry, dict) else None
                if isinstance(rule, Rule):
                    yield from _names_in(rule)
            if change.section == "facts":
                for rule in self.book.rules.values():
                    if change.name in facts_of(rule.when):
                        yield from _names_in(rule)

    # --- can the change reach the case? ----------------------------------------------------------

    def reaches(self, kept: Kept) -> bool:
        """Tell whether the answer about a variant may be another one. False is certain."""
        return any(
            self._reaches(one, change.section, change.name, change.now)
            for one in _by_both_laws(kept)
            for change in self.mutation.changes
        )

    def _reaches(self, kept: Kept, section: str, name: str, now: object) -> bool:
        match section:
            case "rules":
                return not isinstance(now, Rule) or self._rule(kept.decision, self.book.rules[name], now)
            case "clauses":
                return not isinstance(now, Clause) or self._clause(kept, self.book.clauses[name], now)
            case "parameters":
                facts = kept.case.facts
                before = kept.decision.situation.parameters
                after = situate(self.changed, facts.place, facts.duty_date, facts.conduct_date).parameters
                return before != after
            case "actions":
                return name in kept.called
            case "penalties":
                return any(outcome.penalty == name for _, outcome, _ in kept.decision.outcomes(Penalise))
            case "choices":
                return bool(kept.decision.outcomes(Penalise))
            case "doubts" if isinstance(now, Doubt) or now is None:
                return self._shown(kept.decision) != self._shown(self._same_verdicts(kept.decision))
            case "invariants":
                return self._shown(kept.decision) != self._shown(self._same_verdicts(kept.decision))
            case "report_calendar":
                return find_deadlines(kept.decision) != find_deadlines(self._same_verdicts(kept.decision))
            case "facts":
                return name not in kept.case.given and self._read(kept.variant).facts != kept.case.facts
        return True

    def _same_verdicts(self, decision: Decision) -> Decision:
        law = Law(self.changed, decision.situation, decision.case.facts)
        return Decision(self.changed, decision.case, law, decision.verdicts)

    @staticmethod
    def _shown(decision: Decision) -> list[tuple[str, bool]]:
        return [(warning.id, warning.standing) for warning in find_warnings(decision, find_penalties(decision, ()))]

    def _clause(self, kept: Kept, before: Clause, now: Clause) -> bool:
        decision = kept.decision
        found = decision.situation.clauses[before.id]
        facts = kept.case.facts
        if before.clock != now.clock and found is not Truth.NOT_MET:
            # a clock is told of what a rule yields that rests on the clause
            effects = decision.verdicts.effects
            if any(effects[rule] is not Truth.NOT_MET for rule in self._resting_on(before.id)):
                return True
        if before.where != now.where:
            return facts.place is None or found is Truth.NOT_MET
        day = facts.conduct_date if now.governs == "conduct" else facts.duty_date
        products = decision.law.products[before.products]
        if found is not Truth.NOT_MET and products is not product_verdicts(self.changed, facts)[now.products]:
            return True
        if before.windows == now.windows and before.governs == now.governs:
            return False
        if facts.place is not None and now.where not in facts.place.within:
            return False
        here = Truth.OPEN if facts.place is None and now.where != "CN" else Truth.MET
        # a doubt about the period may be told even where the force is as before
        return (here & in_force(now.windows, day)) is not found or found is Truth.OPEN

    def _resting_on(self, clause: str) -> tuple[str, ...]:
        if clause not in self._resting:
            self._resting[clause] = tuple(rule.id for rule in self.book.rules.values() if clause in rule.bases)
        return self._resting[clause]

    def _rule(self, decision: Decision, before: Rule, now: Rule) -> bool:
        verdicts = decision.verdicts
        held = self._held(decision, now)
        if held is not verdicts.holds[now.id]:
            return True
        if held is Truth.NOT_MET:
            return False
        if before.outcomes != now.outcomes or (before.overrides, before.overrides_penalties) != (
            now.overrides,
            now.overrides_penalties,
        ):
            return True
        if _force(decision, before.bases) != _force(decision, now.bases):
            return True
        if held is Truth.MET or before.when == now.when:
            return held is not Truth.MET and before.bases != now.bases
        # an open rule asks for what it needs
        other = self._same_verdicts(decision)
        return decision.needs(before) != other.needs(now)

    def _held(self, decision: Decision, rule: Rule) -> Truth:
        situation = decision.situation
        if any(situation.parameters.get(name, 0) is None for name in rule.parameters):
            return Truth.NOT_MET
        # a clause that is not in force there does nothing for its rule
        basis = any_of(decision.clause(name) for name in rule.bases)
        return basis if basis is Truth.NOT_MET else basis & decision.decide(rule.when)


def _names_in(rule: Rule) -> Iterator[str]:
    """Yield what an expectation may say of a rule: its clauses, and what it yields."""
    yield from rule.bases
    yield from rule.overrides
    for outcome in rule.outcomes:
        match outcome:
            case Establish(finding):
                yield finding
            case AddLabel(label):
                yield label
            case Penalise(penalty):
                yield penalty
            case Count(row=row) if row:
                yield row
            case _ if isinstance(outcome, _BY_NAME):
                yield outcome.action


def _by_both_laws(kept: Kept) -> Iterator[Kept]:
    """Yield a variant as decided, and by the law of the day of the decision where that day is later.

    That law is looked at even where it is the same: the change may be what makes it another.
    """
    yield kept
    facts, day = kept.case.facts, day_of_decision(kept.case)
    if facts.conduct_date is None or day is None or day <= facts.conduct_date:
        return
    decision = kept.decision.later
    if decision is None:
        case = replace(kept.case, facts=replace(facts, conduct_date=day))
        law = Law(kept.decision.book, kept.decision.situation, case.facts)
        decision = Decision(kept.decision.book, case, law, kept.decision.verdicts)
    yield replace(kept, case=decision.case, decision=decision)


def _force(decision: Decision, bases: Sequence[str]) -> list[tuple[str, Truth]]:
    found = ((name, decision.clause(name)) for name in bases)
    return [(name, force) for name, force in found if force is not Truth.NOT_MET]


def fails(rulebook: Rulebook, variant: Variant, case: Case | None = None) -> bool:
    """Tell whether a variant fails; `case` spares reading it again where the vocabulary is the same."""
    decision = rulebook.decide(case or read_variant(rulebook, variant))
    answer = classify_decision(decision, "reference")
    path = (*variant.path, "expect")
    return next(find_differences(variant.expect, answer, variant.file, path), None) is not None
