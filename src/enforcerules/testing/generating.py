"""Cases of a rulebook from a source of choices: of hypothesis, or of a random generator."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from enforcerules.engines.agreement import as_json
from enforcerules.engines.reference import decide_condition
from enforcerules.model import Fact, Facts, ResolvedRulebook, Situation, Value
from enforcerules.model.conditions import facts_of, findings_of, parameters_of
from enforcerules.model.properties import Property
from enforcerules.rulebook import Rulebook
from enforcerules.testing.aiming import facts_for
from enforcerules.testing.steering import Below, Steering, pick
from enforcerules.testing.turning_points import TurningPoints, turning_points
from enforcerules.values import Amount, Place, Truth

CaseFacts = dict[str, Any]
"""A case as a case file holds it: facts by name."""

_MOST_ATTEMPTS = 8
_NOWHERE = Situation({}, {}, {})
_DATES = ("as_of", "duty_date", "conduct_date")


class Generator:
    """Makes cases of one rulebook; what it takes is described at `enforcerules.testing.cases`."""

    def __init__(
        self,
        rulebook: Rulebook,
        *,
        complete: bool = False,
        boundary: bool = True,
        products: frozenset[str] | None = None,
        aim: Property | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._book = rulebook.resolved
        self._points = turning_points(self._book)
        self._complete, self._boundary, self._products, self._aim = complete, boundary, products, aim

    def case(self, below: Below, given: Mapping[str, Any]) -> CaseFacts | None:
        """Return a case with the facts `given`, or None where these choices lead to none that can be."""
        steering = Steering(self._points, below, boundary=self._boundary, exact=self._complete, products=self._products)
        known = draw_facts(self._points, steering, below, complete=self._complete, aim=self._aim)
        if self._products:
            known["product_categories"] = self._of_products(known.get("product_categories"), below)
        # the order of the vocabulary, so that the same facts make the same text
        written = {name: as_json(known[name]) for name in self._book.vocabulary.facts if name in known}
        return self._consistent({**written, **given}, given)

    def is_consistent(self, case: CaseFacts) -> bool:
        """Tell whether no invariant refutes a case."""
        return not self._contradicting(case)

    def _of_products(self, drawn: Value | None, below: Below) -> Value:
        wanted = self._products or frozenset()
        found = drawn & wanted if isinstance(drawn, frozenset) else frozenset()
        return found or frozenset((pick(below, sorted(wanted)),))

    def _consistent(self, case: CaseFacts, given: Mapping[str, Any]) -> CaseFacts | None:
        """Return the case without what contradicts itself."""
        kept = {*given, *(("product_categories",) if self._products else ())}
        for attempt in range(_MOST_ATTEMPTS):
            wrong = self._contradicting(case)
            if not wrong:
                return case
            loose = sorted(wrong - kept)
            if self._complete:
                rng = Random(attempt)
                steering = Steering(self._points, rng.randrange, boundary=self._boundary, exact=True)
                facts = self._book.vocabulary.facts
                case = case | {
                    name: as_json(_usual(facts[name], steering) if attempt == 0 else steering.value(facts[name]))
                    for name in loose
                }
            else:
                case = {name: value for name, value in case.items() if name not in loose}
        return None

    def _contradicting(self, case: CaseFacts) -> frozenset[str]:
        """Return the facts of the first invariant that the case breaks."""
        invariants = self._book.vocabulary.invariants
        if not invariants:
            return frozenset()
        read = self._rulebook.read_case(case)
        if any(findings_of(invariant.never) or parameters_of(invariant.never) for invariant in invariants):
            decision = self._rulebook.decide(read)
            broken = (one.never for one in invariants if decision.decide(one.never) is Truth.MET)
        else:
            # of facts alone: to decide every rule would take ten times as long
            broken = (
                one.never for one in invariants if decide_condition(one.never, read.facts, {}, _NOWHERE) is Truth.MET
            )
        return next((facts_of(never) for never in broken), frozenset())


def draw_facts(
    points: TurningPoints, steering: Steering, below: Below, *, complete: bool, aim: Property | None = None
) -> dict[str, Value]:
    """Return facts: those that meet some rule or a red line, a few others, and now and then most of the rest."""
    facts = points.book.vocabulary.facts
    known: dict[str, Value] = {}
    aimed = aim is not None and below(8) < 7
    rule = steering.rule() if not aimed and below(16) < 15 else None
    if aim is not None and aimed:
        known = facts_for(aim, points.book, steering, below)
    elif rule is not None:
        known = steering.facts_meeting(rule)
    else:
        known = {name: steering.day() for name in _DATES if name in facts}
    if "jurisdiction" in facts and "jurisdiction" not in known and below(8) < 7:
        known["jurisdiction"] = steering.place()
    names = list(facts)
    for _ in range(below(5)):
        name = pick(below, names)
        known[name] = steering.value(facts[name])
    if complete or below(3) == 2:
        known = _filled(points, known, below(1 << 16), exact=complete)
    if not complete:
        for _ in range(below(4)):
            known.pop(pick(below, names), None)
    return known


def _filled(points: TurningPoints, known: dict[str, Value], seed: int, *, exact: bool) -> dict[str, Value]:
    """Return the facts with all others: as where nothing is written for seed 0, otherwise at random."""
    rng = Random(seed)
    steering = Steering(points, rng.randrange, exact=exact)
    found = dict(known)
    for fact in points.book.vocabulary.facts.values():
        if fact.name in found:
            continue
        usual = seed == 0 or rng.random() < 0.7
        source = found.get(fact.default_from) if fact.default_from else None
        if isinstance(source, frozenset):
            source = min(source, default=None)
        if source is not None and (fact.enumeration is None or source in fact.enumeration.values):
            found[fact.name] = source
        else:
            found[fact.name] = _usual(fact, steering) if usual else steering.value(fact)
    return found


def _usual(fact: Fact, steering: Steering) -> Value:
    """Return what a fact is where nothing is written of it."""
    if fact.closed is not None and not (isinstance(fact.closed, Amount) and not fact.closed.exact):
        return fact.closed
    return False if fact.type == "bool" else steering.value(fact)


def random_facts(book: ResolvedRulebook, rng: Random) -> Facts:
    """Return a case as the engines see it, without hypothesis and not looking at invariants.

    For comparing engines and for measuring: many cases, fast, the same for the same `rng`.
    """
    points = turning_points(book)
    steering = Steering(points, rng.randrange)
    known = draw_facts(points, steering, rng.randrange, complete=False)

    def apart(name: str, otherwise: Value) -> Any:
        # a rulebook made for a test may do without the fact, and still has law that begins and ends
        return known.get(name) if name in book.vocabulary.facts else pick(rng.randrange, (otherwise, None))

    place = apart("jurisdiction", steering.place())
    days = [apart(name, steering.day()) for name in ("duty_date", "conduct_date")]
    return Facts(known, Place(place) if place else None, *days)
