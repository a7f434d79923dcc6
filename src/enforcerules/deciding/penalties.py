"""The penalties of a case: what the law lays down, the fine once, and which law where it changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from enforcerules.classification import (
    EffectResult,
    FineResult,
    MeasureResult,
    PenaltiesResult,
    PenaltyResult,
    unchecked,
)
from enforcerules.deciding.actions import VERDICTS, said
from enforcerules.deciding.decision import Decision, in_order
from enforcerules.deciding.fines import range_of, surely_higher
from enforcerules.deciding.lighter import Governing, governing_law
from enforcerules.model import Choice, Fine, Measure, Penalise, Penalty, Rule
from enforcerules.model.penalties import MEASURES
from enforcerules.values import Amount, Truth, any_of

_penalty_result = unchecked(PenaltyResult)
_fine_result = unchecked(FineResult)
_measure_result = unchecked(MeasureResult)


def find_penalties(decision: Decision, prohibitions: Iterable[EffectResult]) -> PenaltiesResult:
    """Return the penalties of the case by the law that governs it, and by the other law where they differ."""
    law: Governing = "conduct"
    imposed, other = penalties_under(decision), []
    if decision.later is not None:
        there = penalties_under(decision.later)
        if not _same(imposed, there):
            law, other = governing_law(decision, imposed, there), there
    if law == "decision":
        imposed, other = other, imposed
    compared = law != "conduct" or bool(other)
    fines = [one for one in imposed if one.verdict == "met" and one.on == "unit" and one.fine is not None]
    return PenaltiesResult(
        law=law,
        law_clauses=_in_force(decision, decision.book.lighter_law) if compared else [],
        imposed=imposed,
        by_other_law=other,
        highest_fine=_highest(decision, fines),
        highest_fine_clauses=_in_force(decision, decision.book.one_fine) if len(fines) > 1 else [],
        held_back_by=[
            one.id
            for one in prohibitions
            if imposed and one.verdict == "met" and one.id in decision.book.penalties_held_back_by
        ],
    )


def _in_force(decision: Decision, choice: Choice) -> list[str]:
    return [clause for clause in choice.clauses if decision.clause(clause) is not Truth.NOT_MET]


def penalties_under(decision: Decision) -> list[PenaltyResult]:
    """Return the penalties by the law that this decision rests on, the certain ones first."""
    found: dict[str, list[tuple[Rule, Truth]]] = {}
    for rule, outcome, effect in decision.outcomes(Penalise):
        found.setdefault(outcome.penalty, []).append((rule, effect))
    results = [_penalty(decision, decision.book.penalties[name], found[name]) for name in sorted(found)]
    return sorted(results, key=lambda one: (one.verdict != "met", one.on != "unit"))


def _penalty(decision: Decision, penalty: Penalty, found: list[tuple[Rule, Truth]]) -> PenaltyResult:
    verdict = any_of(effect for _, effect in found)
    is_open = verdict is Truth.OPEN
    rules = [rule for rule, effect in found if effect is verdict]
    force = (Truth.MET, Truth.OPEN) if is_open else (Truth.MET,)
    return _penalty_result(
        id=penalty.id,
        verdict=VERDICTS[verdict],
        title=said(penalty.title),
        on=penalty.on,
        fine=_fine(decision, penalty.fine) if penalty.fine is not None else None,
        measures=[_measure(decision, measure) for measure in penalty.measures],
        rules=[rule.id for rule in rules],
        clauses=in_order(clause for rule in rules for clause in decision.clauses(rule, *force)),
        needs=in_order(need for rule in rules for need in decision.needs(rule)) if is_open else [],
        doubts=in_order(doubt for rule in rules for doubt in decision.doubts(rule)) if is_open else [],
    )


def _fine(decision: Decision, fine: Fine) -> FineResult:
    value = _amount(decision, fine.base)
    found = range_of(fine, value)
    return _fine_result(
        base=fine.base,
        value=_yuan(value),
        counted=_yuan(found.counted),
        least_percent=fine.percent[0] if fine.percent else None,
        most_percent=fine.percent[1] if fine.percent else None,
        floor=_yuan(fine.floor),
        under=_yuan(fine.under),
        least=_yuan(found.least) or "0",
        most=_yuan(found.most),
        may=fine.may,
    )


def _amount(decision: Decision, base: str | None) -> Amount | None:
    value = decision.case.facts.known.get(base) if base is not None else None
    return value if isinstance(value, Amount) else None


def _yuan(value: Amount | int | None) -> str | None:
    if value is None:
        return None
    amount = Amount.exactly(value) if isinstance(value, int) else value
    return str(amount).replace(",", "")


def _measure(decision: Decision, measure: Measure) -> MeasureResult:
    label = decision.book.vocabulary.enumerations[MEASURES].values[measure.do]
    return _measure_result(
        id=measure.do,
        title=said(label),
        by=measure.by,
        may=measure.may,
        years=measure.years,
        life=measure.life,
        least_days=measure.days[0] if measure.days else None,
        most_days=measure.days[1] if measure.days else None,
    )


def _highest(decision: Decision, found: list[PenaltyResult]) -> str | None:
    """Return the penalty with the highest fine; None where one is not surely so, or there is none."""
    penalties = decision.book.penalties
    fines = {one.id: fine for one in found if (fine := penalties[one.id].fine) is not None}
    facts = {
        fine.base: amount
        for fine in fines.values()
        if fine.base is not None and (amount := _amount(decision, fine.base)) is not None
    }
    for name, fine in fines.items():
        if all(surely_higher(fine, other, facts) for other in fines.values()):
            return name
    return None


def _same(here: list[PenaltyResult], there: list[PenaltyResult]) -> bool:
    return [(one.id, one.verdict) for one in here] == [(one.id, one.verdict) for one in there]
