"""Cases of any rulebook: each can be, is as it was asked for, and together they try the rules both ways."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook, load_rulebook
from enforcerules.review.properties import Answer, has_risen, read_properties
from enforcerules.testing import Pair, cases, learning_pairs, random_facts, rising_pairs, values
from enforcerules.testing.generating import Generator
from enforcerules.testing.steering import Steering
from enforcerules.testing.turning_points import turning_points
from enforcerules.values import Amount, Truth
from tests.broken.folders import BASE
from tests.penalty_books import write_penalty_book

STALLS = load_rulebook(Path(__file__).parents[2] / "examples" / "own-rulebook")
SMALL = load_rulebook(BASE)
CAMPAIGNS = load_rulebook()
BOOKS = [STALLS, SMALL, CAMPAIGNS]
by_id = pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.resolved.id)


def exact(case: dict[str, Any], book: Rulebook) -> bool:
    return all(not isinstance(value, Amount) or value.exact for value in book.read_case(case).facts.known.values())


# --- cases -----------------------------------------------------------------------------------------


@by_id
def test_a_case_can_be_read_and_does_not_contradict_itself(book: Rulebook) -> None:
    @given(cases(book))
    def can_be(case: dict[str, Any]) -> None:
        assert not Answer(book.decide(book.read_case(case))).contradicts_itself()

    can_be()


@by_id
def test_a_complete_case_knows_every_fact_exactly(book: Rulebook) -> None:
    @given(cases(book, complete=True))
    def is_complete(case: dict[str, Any]) -> None:
        assert case.keys() == book.resolved.vocabulary.facts.keys()
        assert exact(case, book)

    is_complete()


@given(cases(SMALL, products=["drug"]))
def test_a_case_is_of_the_products_asked_for(case: dict[str, Any]) -> None:
    assert case["product_categories"] == ["drug"]


@given(cases(SMALL, given={"goods_value": "62万", "online": None, "suspects": st.sampled_from([3, 4])}))
def test_a_case_has_the_facts_that_are_given(case: dict[str, Any]) -> None:
    assert (case["goods_value"], case["online"]) == ("62万", None)
    assert case["suspects"] in (3, 4)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"products": ["drugs"]}, "no `drugs`; did you mean"),
        ({"given": {"goods_valu": 1}}, "no `goods_valu`; did you mean"),
    ],
)
def test_a_name_that_the_rulebook_does_not_have_is_told(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        cases(SMALL, **wrong)


def test_a_rulebook_without_products_has_no_cases_of_them() -> None:
    with pytest.raises(ValueError, match="no `product_categories`"):
        cases(STALLS, products=["drug"])


# --- values at the boundary ------------------------------------------------------------------------


def drawn(strategy: st.SearchStrategy[Any], most: int = 400) -> set[Any]:
    found: set[Any] = set()

    @given(st.lists(strategy, min_size=20, max_size=20))
    def collect(several: list[Any]) -> None:
        if len(found) < most:
            found.update(several)

    collect()
    return found


def test_amounts_lie_at_the_line_and_one_fen_off() -> None:
    at_the_line = drawn(values(STALLS, "takings", exact=True))
    round_ones = drawn(values(STALLS, "takings", exact=True, boundary=False))

    assert at_the_line == {0, "0.01", "9999.99", 10000, "10000.01"}
    assert 10000 in round_ones
    assert all(isinstance(amount, int) for amount in round_ones)


def test_amounts_lie_at_the_floors_and_tiers_of_fines_and_one_fen_off(tmp_path: Path) -> None:
    book = load_rulebook(write_penalty_book(tmp_path))
    points = turning_points(book.resolved)
    assert points.fined["fake_drugs"] == ("goods_value", (10_000_000,))
    assert points.fined["fake_drugs_persons"] == ("income", ())
    assert "expired_new" not in points.fined

    rule = book.resolved.rules["expired-drugs-by-the-old-law"]
    rng = Random(7)
    steering = Steering(points, rng.randrange)
    found = [steering.facts_meeting(rule).get("goods_value") for _ in range(60)]
    drawn = {amount.low for amount in found if isinstance(amount, Amount)}
    assert drawn == {999_999, 1_000_000, 1_000_001, 0, 1}
    assert None in found


def test_days_lie_at_the_edges_of_periods_and_one_off() -> None:
    edges = {"2024-02-29", "2024-03-01", "2024-03-02", "2025-02-27", "2025-02-28", "2025-03-01"}

    assert drawn(values(STALLS, "as_of")) == edges


def test_values_of_a_fact_that_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="no `taking`; did you mean"):
        values(STALLS, "taking")


@by_id
def test_nearly_every_rule_comes_out_both_ways(book: Rulebook) -> None:
    generator, rng = Generator(book), Random(1)
    seen: set[tuple[str, Truth]] = set()
    for _ in range(1500):
        case = generator.case(rng.randrange, {})
        assert case is not None
        seen.update(book.decide(book.read_case(case)).verdicts.holds.items())
    both = [name for name in book.resolved.rules if {(name, Truth.MET), (name, Truth.NOT_MET)} <= seen]

    assert len(both) >= 0.8 * len(book.resolved.rules)


def test_cases_aimed_at_a_red_line_mostly_fall_under_it() -> None:
    under = total = 0
    for line in read_properties(CAMPAIGNS):
        generator, rng = Generator(CAMPAIGNS, aim=line.content), Random(1)
        for _ in range(4):
            case = generator.case(rng.randrange, {})
            assert case is not None
            answer = Answer(CAMPAIGNS.decide(CAMPAIGNS.read_case(case)))
            under, total = under + (answer.truth(line.content.when) is Truth.MET), total + 1

    assert under > 0.5 * total


def test_the_same_generator_gives_the_same_facts() -> None:
    first, second = ([random_facts(SMALL.resolved, rng) for _ in range(5)] for rng in (Random(3), Random(3)))

    assert first == second


def test_turning_points_begin_with_the_plainest() -> None:
    points = turning_points(STALLS.resolved)

    assert points.day == date(2024, 3, 1)
    assert points.places[0] == "990101"
    assert points.beside("takings") == (1000000, 0, 999999, 1000001, 1)


# --- pairs -----------------------------------------------------------------------------------------


@given(rising_pairs(SMALL, "goods_value"))
def test_a_fact_rises_and_nothing_else_changes(pair: Pair) -> None:
    low, high = (SMALL.read_case(case).facts.known["goods_value"] for case in (pair.before, pair.after))

    assert has_risen(low, high)
    assert {**pair.before, "goods_value": None} == {**pair.after, "goods_value": None}


@pytest.mark.parametrize(("fact", "told"), [("conduct", "does not rise"), ("conducts", "did you mean")])
def test_what_cannot_rise_is_refused(fact: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        rising_pairs(SMALL, fact)


@given(learning_pairs(SMALL))
def test_what_is_learned_takes_nothing_back(pair: Pair) -> None:
    before, after = (SMALL.read_case(case).facts.known for case in (pair.before, pair.after))

    assert after[pair.fact] != before.get(pair.fact)
    assert {name: after[name] for name in before if name != pair.fact} == {
        name: value for name, value in before.items() if name != pair.fact
    }
