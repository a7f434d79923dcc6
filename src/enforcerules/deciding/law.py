"""What is law for a case, rule by rule. It depends on no more than place, dates and kind of product."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from functools import cached_property

from enforcerules.engines.reference import clause_verdict, product_verdicts
from enforcerules.model import Facts, ResolvedRulebook, Rule, Situation
from enforcerules.model.conditions import facts_of, findings_of
from enforcerules.values.truth import MET, NOT_MET, OPEN, Truth

_UNREAD: frozenset[str] = frozenset({""})


@dataclass(frozen=True, slots=True)
class Footing:
    """What a rule rests on: its clauses in force, those in doubt, and both together, in the order written.

    Where none is in force, `needs` are the unknown facts that keep the others open, and `doubts` the doubts about
    periods that do; sorted. `provisional` are the doubts about clauses in force that are only a default.
    """

    met: tuple[str, ...]
    open: tuple[str, ...]
    live: tuple[str, ...]
    needs: tuple[str, ...]
    doubts: tuple[str, ...]
    provisional: tuple[str, ...]


@dataclass
class Law:
    """What is in force for all cases that agree with `facts` in place, period and products, worked out when asked.

    Of the facts no others are looked at, and of the dates only the period of the law in which they lie.
    """

    book: ResolvedRulebook
    situation: Situation
    facts: Facts
    products: dict[frozenset[str] | None, Truth] = field(init=False)
    _clauses: dict[str, Truth] = field(init=False, default_factory=dict)
    _footings: dict[tuple[str, ...], Footing] = field(init=False, default_factory=dict)
    _reads: dict[str, frozenset[str] | None] = field(init=False, default_factory=dict)
    needs_untouched: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    """By rule, the unknown facts that keep it open for all these cases that do not touch it."""

    def __post_init__(self) -> None:
        self.products = product_verdicts(self.book, self.facts)

    def clause(self, name: str) -> Truth:
        """Return whether a clause is in force."""
        found = self._clauses.get(name)
        if found is None:
            found = self._clauses[name] = clause_verdict(self.book, name, self.situation, self.products)
        return found

    def footing(self, bases: tuple[str, ...]) -> Footing:
        """Return what a rule with these bases rests on."""
        found = self._footings.get(bases)
        if found is None:
            found = self._footings[bases] = self._find_footing(bases)
        return found

    def touches(self, known: Set[str], rule: Rule) -> bool:
        """Tell whether these facts have a say in a rule: it reads one of them or a finding, or may be overridden."""
        reads = self._reads.get(rule.id, _UNREAD)
        if reads is _UNREAD:
            reads = self._reads[rule.id] = self._find_reads(rule)
        return reads is None or not reads.isdisjoint(known)

    def _find_reads(self, rule: Rule) -> frozenset[str] | None:
        apart = rule.id in self.book.overriders or findings_of(rule.when)
        return None if apart else facts_of(rule.when)

    def _find_footing(self, bases: tuple[str, ...]) -> Footing:
        met = tuple(name for name in bases if self.clause(name) is MET)
        live = tuple(name for name in bases if self.clause(name) is not NOT_MET)
        clauses = self.book.clauses
        unsettled = () if met else live
        return Footing(
            met,
            tuple(name for name in live if name not in met),
            live,
            needs=_sorted(need for name in unsettled for need in self._needs(name)),
            doubts=_sorted(doubt for name in unsettled for doubt in self._window_doubts(name)),
            provisional=_sorted(doubt for name in met if clauses[name].provisional for doubt in clauses[name].doubts),
        )

    def _needs(self, name: str) -> Iterable[str]:
        clause, facts = self.book.clauses[name], self.facts
        if self.products[clause.products] is OPEN:
            yield "product_categories"
        if clause.where != "CN" and facts.place is None:
            yield "jurisdiction"
        if clause.governs == "conduct" and facts.conduct_date is None:
            yield "conduct_date"
        if clause.governs == "duty" and facts.duty_date is None:
            yield "duty_date"

    def _window_doubts(self, name: str) -> Iterable[str]:
        clause = self.book.clauses[name]
        day = self.facts.conduct_date if clause.governs == "conduct" else self.facts.duty_date
        if day is not None:
            for window in clause.windows:
                if window.in_doubt and window.doubt and window.covers(day):
                    yield window.doubt

    @cached_property
    def doubts(self) -> frozenset[str]:
        """The doubts that the documents leave here, whatever a case may be."""
        within = frozenset(self.facts.place.within if self.facts.place else ("CN",))
        found = set()
        for doubt in self.book.doubts.values():
            if within.isdisjoint(doubt.where) or not within.isdisjoint(doubt.excepted):
                continue
            live = any(self.situation.clauses[clause] is not NOT_MET for clause in doubt.clauses)
            if live or not doubt.clauses or not (doubt.standing or "CN" not in doubt.where):
                found.add(doubt.id)
        return frozenset(found)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
