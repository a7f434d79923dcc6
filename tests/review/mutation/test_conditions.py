"""The ways in which a condition may be wrong: each operator changes what it names, and nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

from enforcerules.model import AllOf, AnyOf, Condition, FactTest, FindingTest, Not, Operator, ParameterRef
from enforcerules.model.conditions import ALWAYS
from enforcerules.review.mutation.conditions import alter
from tests.engines.small_books import book_of, rule

FLAG = FactTest("flag", Operator.IS, True)
OTHER = FactTest("other_flag", Operator.IS, True)
NUMBER = FactTest("number", Operator.AT_LEAST, 3)


def _altered(condition: Condition) -> dict[str, Condition]:
    book = book_of(rule("found", FLAG, establishes="found"), limits={"CN": 500})
    found = list(alter(book, condition))
    named = {".".join(map(str, (*one.path, one.what))): one.condition for one in found}
    assert len(named) == len(found)
    assert condition not in named.values()
    return named


@pytest.mark.parametrize(
    ("operator", "whats"),
    [
        (Operator.AT_LEAST, {"more_than", "less_than", "-1", "x10", "/10"}),
        (Operator.MORE_THAN, {"at_least", "at_most", "+1", "x10", "/10"}),
        (Operator.AT_MOST, {"less_than", "more_than", "+1", "x10", "/10"}),
        (Operator.LESS_THAN, {"at_most", "at_least", "-1", "x10", "/10"}),
        (Operator.IS, {"is_not", "-1", "+1", "x10", "/10"}),
    ],
)
def test_an_amount_moves_to_both_sides_and_by_a_digit(operator: Operator, whats: set[str]) -> None:
    assert _altered(FactTest("money", operator, 500)).keys() == {*whats, "dropped"}


def test_one_fen_more_is_not_told_apart_from_the_bound_left_out() -> None:
    found = _altered(FactTest("money", Operator.AT_LEAST, 500))

    assert found["more_than"] == FactTest("money", Operator.MORE_THAN, 500)
    assert "+1" not in found


def test_no_amount_becomes_negative() -> None:
    assert _altered(FactTest("number", Operator.AT_LEAST, 0)).keys() == {"more_than", "less_than", "dropped"}


def test_a_parameter_keeps_its_value_here_and_changes_where_it_is_written() -> None:
    assert _altered(FactTest("money", Operator.AT_LEAST, ParameterRef("line"))).keys() == {
        "more_than",
        "less_than",
        "dropped",
    }


def test_a_day_moves_by_one() -> None:
    found = _altered(FactTest("day", Operator.BEFORE, date(2022, 5, 6)))

    assert found["-1d"] == FactTest("day", Operator.BEFORE, date(2022, 5, 5))
    assert found.keys() == {"on_or_after", "-1d", "+1d", "dropped"}


def test_a_list_loses_each_member_and_turns_into_all_and_none() -> None:
    found = _altered(FactTest("colours", Operator.HAS_ANY, frozenset({"red", "blue"})))

    assert found.keys() == {"has_all", "has_none", "without-red", "without-blue", "dropped"}


def test_of_one_member_some_and_all_are_the_same() -> None:
    assert "has_all" not in _altered(FactTest("colours", Operator.HAS_ANY, frozenset({"red"})))


def test_a_value_becomes_the_next_of_its_enumeration() -> None:
    assert _altered(FactTest("colour", Operator.IS, "blue"))["as-red"] == FactTest("colour", Operator.IS, "red")


def test_a_join_turns_and_loses_each_part() -> None:
    found = _altered(AllOf((FLAG, OTHER)))

    assert found["any"] == AnyOf((FLAG, OTHER))
    assert found["all.0.dropped"] == OTHER
    assert found["all.1.dropped"] == FLAG
    assert found["all.0.is_not"] == AllOf((FactTest("flag", Operator.IS_NOT, True), OTHER))


def test_a_negation_is_taken_away_and_changed_inside() -> None:
    found = _altered(Not(AnyOf((FLAG, NUMBER))))

    assert found["affirmed"] == AnyOf((FLAG, NUMBER))
    assert found["not.all"] == Not(AllOf((FLAG, NUMBER)))
    assert found["not.any.1.x10"] == Not(AnyOf((FLAG, FactTest("number", Operator.AT_LEAST, 30))))


def test_a_finding_is_turned_and_dropped() -> None:
    assert _altered(FindingTest("found")) == {"turned": FindingTest("found", expected=False), "dropped": ALWAYS}


def test_no_condition_has_no_changes() -> None:
    assert _altered(ALWAYS) == {}
