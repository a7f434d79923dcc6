"""What is law is worked out once for all cases that share it, and for each of them it is as if for it alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given

from enforcerules import Rulebook
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.law import Law
from enforcerules.model import days_of_change, situate
from enforcerules.testing import CaseFacts
from enforcerules.values import Place
from tests.strategies import BOOK, cases

YONGCHUAN = Place("500118")


@given(cases())
def test_shared_law_says_what_law_for_the_case_alone_does(rulebook: Rulebook, case: CaseFacts) -> None:
    shared = rulebook.decide(rulebook.read_case(case))
    facts = shared.case.facts
    situation = situate(BOOK, facts.place, facts.duty_date, facts.conduct_date)
    alone = Decision(BOOK, shared.case, Law(BOOK, situation, facts), shared.verdicts)

    assert shared.situation.clauses == situation.clauses
    assert shared.situation.parameters == situation.parameters
    assert shared.situation.bases == situation.bases
    assert shared.law.doubts == alone.law.doubts
    for rule in BOOK.rules.values():
        assert shared.law.footing(rule.bases) == alone.law.footing(rule.bases)
        assert shared.needs(rule) == alone.needs(rule), rule.id


def test_between_two_days_of_change_the_law_is_the_same(rulebook: Rulebook) -> None:
    def law(day: date) -> Law:
        known = {"jurisdiction": YONGCHUAN.code, "duty_date": day.isoformat(), "conduct_date": day.isoformat()}
        return rulebook.decide(rulebook.read_case(known)).law

    begins = [date(1990, 1, 1), *(day for day in days_of_change(BOOK) if date(1990, 1, 1) < day < date(2099, 1, 1))]
    ends = [day - timedelta(days=1) for day in begins[1:]]
    for begin, end, following in zip(begins[:-1], ends, begins[1:], strict=True):
        assert law(begin) is law(end)
        assert law(end) is not law(following)
        assert law(end).situation.clauses == situate(BOOK, YONGCHUAN, end, end).clauses
