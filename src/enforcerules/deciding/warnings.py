"""What the reader must be warned of: doubts about the documents, and contradictions in the case."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.case import Case
from enforcerules.classification import PenaltiesResult, WarningResult
from enforcerules.deciding.actions import said
from enforcerules.deciding.decision import Decision
from enforcerules.engines.reference import decide_condition
from enforcerules.model import Doubt, Facts, Warn
from enforcerules.text import Text
from enforcerules.values import Truth


def find_warnings(decision: Decision, penalties: PenaltiesResult) -> list[WarningResult]:
    """Return the warnings: contradictions first, then what bears on this case, then standing doubts."""
    warnings = [*_contradictions(decision), *_rule_warnings(decision)]
    forced = _forced(decision) | _of_choosing(decision, penalties)
    place = decision.case.facts.place
    within = frozenset(place.within if place else ("CN",))
    for doubt in decision.book.doubts.values():
        if _touches(decision, doubt, forced, within):
            warnings.append(
                WarningResult(
                    id=doubt.id,
                    severity=doubt.severity,
                    standing=doubt.standing and doubt.id not in forced,
                    message=said(
                        Text(f"{doubt.question.zh}{doubt.reading.zh}", f"{doubt.question.en} {doubt.reading.en}")
                    ),
                    clauses=list(doubt.clauses),
                )
            )
    return sorted(warnings, key=lambda warning: (warning.standing, warning.severity != "warn"))


def _forced(decision: Decision) -> set[str]:
    """Doubts that bear on this case whatever their own condition: about periods, and of provisional defaults."""
    doubts: set[str] = set()
    for name, held in decision.verdicts.holds.items():
        if held is Truth.NOT_MET:
            continue
        rule = decision.book.rules[name]
        if held is Truth.OPEN and decision.condition(rule) is Truth.MET:
            doubts |= set(decision.doubts(rule))
        if decision.verdicts.effects[name] is Truth.MET:
            for clause in decision.clauses(rule, Truth.MET):
                if decision.book.clauses[clause].provisional:
                    doubts |= set(decision.book.clauses[clause].doubts)
    return doubts


def _of_choosing(decision: Decision, penalties: PenaltiesResult) -> set[str]:
    """Doubts about how one chooses among penalties, where the case makes one choose."""
    lighter = decision.book.lighter_law.doubts if penalties.law_clauses else ()
    once = decision.book.one_fine.doubts if penalties.highest_fine_clauses else ()
    return {*lighter, *once}


def _touches(decision: Decision, doubt: Doubt, forced: set[str], within: frozenset[str]) -> bool:
    if doubt.id in forced:
        return True
    if within.isdisjoint(doubt.where) or not within.isdisjoint(doubt.excepted):
        return False
    live = any(decision.situation.clauses[clause] is not Truth.NOT_MET for clause in doubt.clauses)
    if not live and doubt.clauses and (doubt.standing or "CN" not in doubt.where):
        return False
    if doubt.standing:
        return True
    return decision.decide(doubt.shows_when) is Truth.MET


def _contradictions(decision: Decision) -> Iterator[WarningResult]:
    # what was only assumed cannot contradict what was said
    given = _given(decision.case)
    for invariant in decision.book.vocabulary.invariants:
        if decide_condition(invariant.never, given, decision.verdicts.findings, decision.situation) is Truth.MET:
            message = Text(f"案件自相矛盾：{invariant.title.zh}", f"the case contradicts itself: {invariant.title.en}")
            yield WarningResult(id=invariant.id, severity="warn", standing=False, message=said(message), clauses=[])


def _given(case: Case) -> Facts:
    return Facts(case.given, case.facts.place, case.facts.duty_date, case.facts.conduct_date)


def _rule_warnings(decision: Decision) -> Iterator[WarningResult]:
    for rule, outcome, effect in decision.outcomes(Warn):
        if effect is Truth.MET:
            yield WarningResult(
                id=rule.id,
                severity="warn",
                standing=False,
                message=said(outcome.message),
                clauses=decision.clauses(rule, Truth.MET),
            )
