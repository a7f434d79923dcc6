"""What the reader must be warned of: doubts about the documents, and contradictions in the case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from enforcerules.case import Case
from enforcerules.classification import PenaltiesResult, Said, WarningResult, unchecked
from enforcerules.deciding.actions import said
from enforcerules.deciding.decision import Decision
from enforcerules.engines.reference import decide_condition
from enforcerules.model import Doubt, Facts, Warn
from enforcerules.text import Text
from enforcerules.values.truth import MET, NOT_MET, OPEN

_warning_result = unchecked(WarningResult)


def find_warnings(decision: Decision, penalties: PenaltiesResult) -> list[WarningResult]:
    """Return the warnings: contradictions first, then what bears on this case, then standing doubts."""
    warnings = [*_contradictions(decision), *_rule_warnings(decision)]
    forced = _forced(decision) | _of_choosing(decision, penalties)
    for doubt in decision.book.doubts.values():
        if doubt.id in forced or (doubt.id in decision.law.doubts and _shows(decision, doubt)):
            warnings.append(
                _warning_result(
                    id=doubt.id,
                    severity=doubt.severity,
                    standing=doubt.standing and doubt.id not in forced,
                    message=_message(doubt.question, doubt.reading),
                    clauses=list(doubt.clauses),
                )
            )
    return sorted(warnings, key=lambda warning: (warning.standing, warning.severity != "warn"))


@lru_cache(maxsize=1024)
def _message(question: Text, reading: Text) -> Said:
    return Said(zh=f"{question.zh}{reading.zh}", en=f"{question.en} {reading.en}")


def _forced(decision: Decision) -> set[str]:
    """Doubts that bear on this case whatever their own condition: about periods, and of provisional defaults."""
    doubts: set[str] = set()
    for name, held in decision.verdicts.holds.items():
        if held is NOT_MET:
            continue
        rule = decision.book.rules[name]
        footing = decision.law.footing(rule.bases)
        if held is OPEN and footing.doubts and decision.condition(rule) is MET:
            doubts.update(footing.doubts)
        if decision.verdicts.effects[name] is MET:
            doubts.update(footing.provisional)
    return doubts


def _of_choosing(decision: Decision, penalties: PenaltiesResult) -> set[str]:
    """Doubts about how one chooses among penalties, where the case makes one choose."""
    lighter = decision.book.lighter_law.doubts if penalties.law_clauses else ()
    once = decision.book.one_fine.doubts if penalties.highest_fine_clauses else ()
    return {*lighter, *once}


def _shows(decision: Decision, doubt: Doubt) -> bool:
    return doubt.standing or decision.decide(doubt.shows_when) is MET


def _contradictions(decision: Decision) -> Iterator[WarningResult]:
    # what was only assumed cannot contradict what was said
    given = _given(decision.case)
    for invariant in decision.book.vocabulary.invariants:
        if decide_condition(invariant.never, given, decision.verdicts.findings, decision.situation) is MET:
            message = Text(f"案件自相矛盾：{invariant.title.zh}", f"the case contradicts itself: {invariant.title.en}")
            yield _warning_result(id=invariant.id, severity="warn", standing=False, message=said(message), clauses=[])


def _given(case: Case) -> Facts:
    return Facts(case.given, case.facts.place, case.facts.duty_date, case.facts.conduct_date)


def _rule_warnings(decision: Decision) -> Iterator[WarningResult]:
    for rule, outcome, effect in decision.outcomes(Warn):
        if effect is MET:
            yield _warning_result(
                id=rule.id,
                severity="warn",
                standing=False,
                message=said(outcome.message),
                clauses=decision.clauses(rule, MET),
            )
