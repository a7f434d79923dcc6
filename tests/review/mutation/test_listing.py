"""All changes of a rulebook: which there are, where they are written, and what comes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enforcerules import Rulebook
from enforcerules.model import Clause, Count, FactTest, Operator, Require, ResolvedRulebook, Rule, Window, conditions
from enforcerules.review.mutation.law import move_windows
from enforcerules.review.mutation.listing import list_mutations
from enforcerules.review.mutation.mutation import KINDS, Mutation, change_rulebook
from enforcerules.review.mutation.places import find_places
from enforcerules.rulebook import packaged_folder
from tests.engines.small_books import book_of, clause, rule
from tests.review.mutation.small_rulebook import small_trial

FLAG = FactTest("flag", Operator.IS, True)


def _bare(*rules: Rule, clauses: tuple[Clause, ...] = ()) -> ResolvedRulebook:
    """Return a rulebook of rules alone, without forms, doubts and reports."""
    return replace(book_of(*rules, clauses=clauses), forms={}, doubts={}, actions={}, report_calendar=())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Mutation]:
    """Return the changes of the small rulebook by id."""
    found = small_trial(tmp_path_factory.mktemp("small")).mutations
    return {mutation.id: mutation for mutation in found}


@pytest.mark.parametrize(
    "name",
    [
        "goods-value-makes-major-case#when:more_than",
        "goods-value-makes-major-case#when:dropped",
        "goods-value-makes-major-case#basis.0:dropped",
        "goods-value-makes-major-case#basis.0:as-plan.police",
        "goods-value-makes-major-case#then.0:dropped",
        "major-case-to-police#when:turned",
        "major-case-to-police#then.0:permit",
        "conduct-is-urgent/fake#when:as-expired",
        "monthly/drug#when:has_none",
        "monthly/drug/value/large#when:x10",
        "plan#windows.0:from+1d",
        "plan#windows.0:until-open",
        "plan#products:any-product",
        "plan#where:CN",
        "plan.police#clock:4d",
        "plan.police#clock:working",
        "plan.police#clock:from-as_of",
        "major_case_goods_value#values.0:x10",
        "major_case_goods_value#values.0:until-1d",
        "transfer_case_police#to:dropped",
        "G-01#:dropped",
        "duty_date#default_from:dropped",
        "fine-needs-goods#:dropped",
        "500118/monthly#due.1:-1d",
    ],
)
def test_each_kind_of_change_is_made(small: dict[str, Mutation], name: str) -> None:
    if name not in small:
        raise AssertionError(sorted(small))
    assert small[name].kind in KINDS


def test_changes_stand_where_they_are_written(small: dict[str, Mutation]) -> None:
    assert small["goods-value-makes-major-case#when:more_than"].place == "rules.yaml:5:11"
    assert small["plan#windows.0:from+1d"].place == "plan.yaml:9:5"
    assert small["conduct-is-urgent/fake#when:as-expired"].place == "rules.yaml:16:11"


def test_a_change_is_said_in_both_languages(small: dict[str, Mutation]) -> None:
    said = small["monthly/drug/value/large#when:x10"].said

    assert said.zh == "货值金额超过100,000元 → 货值金额超过1,000,000元"
    assert said.en == "value of goods is more than 100,000 yuan → value of goods is more than 1,000,000 yuan"


def test_what_a_source_says_once_changes_for_all_its_clauses(small: dict[str, Mutation]) -> None:
    assert {change.name for change in small["plan#windows.0:from+1d"].changes} == {
        "plan.value",
        "plan.police",
        "plan.table",
    }


def test_what_a_row_has_from_its_table_changes_with_the_table(small: dict[str, Mutation]) -> None:
    changed = small["monthly/drug#when:has_none"].of("rules")

    assert changed.keys() == {"monthly/drug", "monthly/drug/value", "monthly/drug/value/large"}
    for each in changed.values():
        operators = [test.operator for test in conditions.tests(each.when) if isinstance(test, FactTest)]
        assert operators[0] is Operator.HAS_NONE
    assert not [name for name in small if name.startswith("monthly/drug/value/large#when.all.0")]


def test_a_period_moves_with_the_one_that_follows_it() -> None:
    first = Window(date(2022, 5, 6), date(2022, 11, 30), in_doubt=False, doubt=None)
    second = Window(date(2022, 12, 1), None, in_doubt=True, doubt="G-25")
    found = {(index, what): windows for index, what, _, windows in move_windows((first, second))}

    assert found[1, "from+1d"] == (
        replace(first, until=date(2022, 12, 1)),
        replace(second, since=date(2022, 12, 2)),
    )
    assert (0, "until+1d") not in found
    assert (1, "from-open") not in found
    assert found[0, "from-open"][0].since is None


def test_an_exception_dropped_leaves_no_overrider() -> None:
    book = _bare(rule("general", FLAG, establishes="found"), rule("special", FLAG, overrides=("general",)))
    (mutation,) = [one for one in list_mutations(book) if one.kind == "exception"]

    changed = change_rulebook(book, mutation)

    assert changed.overriders == {}
    assert book.overriders == {"general": ("special",)}
    assert changed.rules["general"] is book.rules["general"]


def test_a_basis_becomes_the_next_clause_of_its_source() -> None:
    book = _bare(rule("r", FLAG), clauses=(clause("next"),))
    names = [one.id for one in list_mutations(book) if one.kind == "basis"]

    assert names == ["r#basis.0:dropped", "r#basis.0:as-next"]


def test_an_action_and_its_moment_change(rulebook: Rulebook) -> None:
    found = {one.id: one for one in list_mutations(rulebook.resolved)}
    changed = found["suspected-crime-must-go-to-the-police#then.0:at-once"].of("rules")
    (outcome, *_) = changed["suspected-crime-must-go-to-the-police"].outcomes

    assert outcome == Require("transfer_case_police")


def test_every_change_of_the_packaged_rulebook_is_one_and_the_same_each_time(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    first = list_mutations(book, find_places(packaged_folder()))

    assert [one.id for one in first] == [one.id for one in list_mutations(book, find_places(packaged_folder()))]
    assert len({one.id for one in first}) == len(first)
    assert 10_000 < len(first) < 25_000
    assert all(one.place and one.said.zh and one.said.en and one.changes for one in first)
    assert {one.kind for one in first} == KINDS.keys()


def test_a_row_counted_as_its_neighbour_is_still_a_row(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    name = "annex1/drug/value_row/v_lt_10w"
    (mutation,) = [one for one in list_mutations(book) if one.owner == name and one.kind == "outcome"]
    changed = change_rulebook(book, mutation)

    assert changed.rules[name].when == book.rules["annex1/drug/value_row/v_10w_20w"].when
    assert changed.rules[name].outcomes == (Count("annex1", "drug", "value_row", "v_lt_10w"),)
    assert sorted(name for stratum in changed.strata for name in stratum) == sorted(book.rules)


def test_a_rulebook_without_files_has_no_places() -> None:
    assert all(one.place == "" for one in list_mutations(_bare(rule("r", FLAG))))
