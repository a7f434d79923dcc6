"""What a fine comes to: floors and tiers to the fen, bounds of the base, and which of two fines is the higher."""

from __future__ import annotations

import pytest

from enforcerules.deciding.fines import FineRange, range_of, surely_higher
from enforcerules.model import Fine
from enforcerules.values import Amount, parse_yuan

FLOOR = Fine("goods_value", floor=100_000_00, under=None, amount=None, percent=(1500, 3000), may=False)
TIERS = Fine("goods_value", None, under=10_000_00, amount=(50_000_00, 150_000_00), percent=(1500, 3000), may=False)
FIXED = Fine(None, None, None, amount=(0, 50_000_00), percent=None, may=False)
PERCENT = Fine("income", None, None, amount=None, percent=(30, 300), may=False)


def yuan(low: str, high: str | None = None) -> Amount:
    return Amount(parse_yuan(low), parse_yuan(high or low))


def at_least(low: str) -> Amount:
    return Amount(parse_yuan(low), None)


def shown(found: FineRange) -> tuple[str | None, str, str | None]:
    """Return a range in yuan: the base as it counts, the least, the most."""
    counted, (least, most) = found.counted, (found.least, found.most)
    return (
        None if counted is None else str(counted),
        str(Amount.exactly(least)),
        None if most is None else str(Amount.exactly(most)),
    )


@pytest.mark.parametrize(
    ("fine", "value", "expected"),
    [
        # 货值金额不足十万元的，按十万元计算
        (FLOOR, yuan("0"), ("100,000", "1,500,000", "3,000,000")),
        (FLOOR, yuan("99999.99"), ("100,000", "1,500,000", "3,000,000")),
        (FLOOR, yuan("100000"), ("100,000", "1,500,000", "3,000,000")),
        (FLOOR, yuan("100000.01"), ("100,000.01", "1,500,000.15", "3,000,000.30")),
        # 不足一万元的定额，一万元以上的倍数
        (TIERS, yuan("0"), ("0", "50,000", "150,000")),
        (TIERS, yuan("9999.99"), ("9,999.99", "50,000", "150,000")),
        (TIERS, yuan("10000"), ("10,000", "150,000", "300,000")),
        (TIERS, yuan("10000.01"), ("10,000.01", "150,000.15", "300,000.30")),
        (FIXED, None, (None, "0", "50,000")),
        (FIXED, yuan("7"), (None, "0", "50,000")),
    ],
)
def test_a_range_turns_to_the_fen(fine: Fine, value: Amount | None, expected: tuple[str | None, str, str]) -> None:
    assert shown(range_of(fine, value)) == expected


@pytest.mark.parametrize(
    ("base", "least", "most"),
    [("0.01", "0.01", "0.03"), ("0.03", "0.01", "0.09"), ("0.04", "0.02", "0.12"), ("33.33", "10", "99.99")],
)
def test_parts_of_a_fen_fall_inside_the_range(base: str, least: str, most: str) -> None:
    """Thirty per cent of 0.01 yuan are 0.3 fen: the least that is lawful is a whole fen."""
    assert shown(range_of(PERCENT, yuan(base)))[1:] == (least, most)


def test_where_no_whole_fen_is_lawful_the_next_one_is() -> None:
    third = Fine("income", None, None, None, percent=(33, 33), may=False)

    assert shown(range_of(third, yuan("1.00")))[1:] == ("0.33", "0.33")
    # a third of 0.01 yuan lies between none and one fen
    assert shown(range_of(third, yuan("0.01")))[1:] == ("0.01", "0.01")


@pytest.mark.parametrize(
    ("fine", "value", "expected"),
    [
        (FLOOR, None, (None, "1,500,000", None)),
        (TIERS, None, (None, "50,000", None)),
        (PERCENT, None, (None, "0", None)),
        (FLOOR, at_least("50000"), ("≥100,000", "1,500,000", None)),
        (FLOOR, at_least("200000"), ("≥200,000", "3,000,000", None)),
        (FLOOR, yuan("50000", "80000"), ("100,000", "1,500,000", "3,000,000")),
        (FLOOR, yuan("50000", "200000"), ("100,000–200,000", "1,500,000", "6,000,000")),
        (TIERS, yuan("0", "9999.99"), ("0–9,999.99", "50,000", "150,000")),
        (TIERS, yuan("9999.99", "10000"), ("9,999.99–10,000", "50,000", "300,000")),
        (TIERS, at_least("10000"), ("≥10,000", "150,000", None)),
    ],
)
def test_bounds_of_the_base_bound_the_range(
    fine: Fine, value: Amount | None, expected: tuple[str | None, str, str | None]
) -> None:
    assert shown(range_of(fine, value)) == expected


def test_a_rough_figure_is_no_bound() -> None:
    found = range_of(FLOOR, Amount(0, None, 620_000_00))

    assert (found.least, found.most) == (1_500_000_00, None)


# --- which is the higher -----------------------------------------------------------------------------


def test_of_two_known_ranges_the_most_decides_then_the_least() -> None:
    low = Fine(None, None, None, (10_000_00, 50_000_00), None, may=False)
    facts = {"goods_value": yuan("20000")}

    assert surely_higher(FLOOR, TIERS, facts)
    assert not surely_higher(TIERS, FLOOR, facts)
    assert surely_higher(low, FIXED, facts)
    assert not surely_higher(FIXED, low, facts)
    assert surely_higher(low, low, facts)


def test_of_one_base_that_is_not_known_the_one_that_is_higher_everywhere_is() -> None:
    twenty = Fine("goods_value", None, None, None, (1000, 2000), may=False)

    assert surely_higher(FLOOR, twenty, {})
    assert not surely_higher(twenty, FLOOR, {})
    # below ten thousand the floor is higher, and nowhere lower
    assert surely_higher(FLOOR, TIERS, {})


def test_lines_that_cross_are_not_surely_one_above_the_other() -> None:
    steep = Fine("goods_value", None, None, None, (100, 5000), may=False)

    assert not surely_higher(FLOOR, steep, {})
    assert not surely_higher(steep, FLOOR, {})


def test_a_fine_that_leaps_at_its_tier_is_compared_a_fen_before_it() -> None:
    leaping = Fine("goods_value", None, 1000_00, (0, 100_00), (1500, 3000), may=False)
    rising = Fine("goods_value", None, None, None, (1, 100), may=False)

    # 999.99 yuan are fined with up to 100 yuan by the one, up to 999.99 by the other
    assert not surely_higher(leaping, rising, {})


def test_of_two_bases_one_of_which_is_not_known_nothing_is_sure() -> None:
    facts = {"goods_value": yuan("20000")}

    assert not surely_higher(FLOOR, PERCENT, facts)
    assert not surely_higher(PERCENT, FLOOR, facts)
    # not even of a fixed range and a multiple of what is not known
    assert not surely_higher(FIXED, PERCENT, facts)
