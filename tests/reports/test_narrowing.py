"""A rulebook narrowed to a form counts as the whole one does."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.reports import CaseKey
from enforcerules.reports.counted_form import counted_form
from enforcerules.reports.counting import count_case
from enforcerules.reports.narrowing import CountingBooks, narrow_to_form
from enforcerules.testing import CaseFacts
from tests.strategies import cases, filed_annex1_cases

KEY = CaseKey("1", "第1行")


FORMS = st.sampled_from(("annex1", "quarterly", "final", "yongan_summary"))


@given(st.one_of(cases(), filed_annex1_cases()), st.booleans(), FORMS)
def test_the_narrowed_rulebook_counts_as_the_whole_does(
    rulebook: Rulebook, facts: CaseFacts, closed: bool, name: str
) -> None:
    form = rulebook.resolved.forms[name]
    counted = counted_form(rulebook.resolved, form)
    narrow = Rulebook(narrow_to_form(rulebook.resolved, form))
    books = CountingBooks(narrow.resolved, form)
    case = rulebook.read_case(facts, today=date(2022, 9, 1), unknown="absent" if closed else "open")
    whole, *others = (
        count_case(decide(case), counted, KEY, date(2022, 9, 1))
        for decide in (rulebook.decide, narrow.decide, books.decide)
    )

    assert others == [whole, whole]


def test_most_rules_have_no_say_in_a_form(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    narrow = narrow_to_form(book, book.forms["annex1"])

    assert set(narrow.rules) < set(book.rules)
    assert {name for name in book.rules if name.startswith("annex1/")} <= set(narrow.rules)
    assert [name for stratum in narrow.strata for name in stratum] == [
        name for stratum in book.strata for name in stratum if name in narrow.rules
    ]
