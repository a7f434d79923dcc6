"""Amounts are read exactly or not at all."""

import pytest

from enforcerules.engines.operators import test_value as passes
from enforcerules.model import FactTest, Operator
from enforcerules.values import Amount, Truth, parse_yuan, show_yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("0.01", 1),
        ("499999.99", 49_999_999),
        ("500000", 50_000_000),
        ("620,000", 62_000_000),
        ("62万", 62_000_000),
        ("62万元", 62_000_000),
        ("0.5万元", 500_000),
        ("1.2亿元", 12_000_000_000),
        ("5元", 500),
    ],
)
def test_an_amount_is_read_to_the_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("", " 5", "5 ", "-1", "+1", "1e3", "NaN", "Infinity", "１００", "1_000", "5.", ".5"),
        *("1,00", "62 万", "五万", "1.234", "0.0000001万"),
    ],
)
def test_what_is_not_plainly_an_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not an amount|finer"):
        parse_yuan(text)


def test_showing_and_reading_agree() -> None:
    for fen in (0, 1, 99, 100, 49_999_999, 12_345_678_901):
        assert parse_yuan(show_yuan(fen)) == fen


def _at_least(value: Amount, bound: int) -> Truth:
    return passes(FactTest("goods_value", Operator.AT_LEAST, bound), value, bound)


def test_a_lower_bound_decides_only_thresholds_below_it() -> None:
    published = Amount(30_000_000, None)

    assert _at_least(published, 20_000_000) is Truth.MET
    assert _at_least(published, 30_000_000) is Truth.MET
    assert _at_least(published, 50_000_000) is Truth.OPEN


def test_an_upper_bound_decides_only_thresholds_above_it() -> None:
    published = Amount(0, 30_000_000)

    assert _at_least(published, 30_000_001) is Truth.NOT_MET
    assert _at_least(published, 30_000_000) is Truth.OPEN


def test_a_rough_figure_decides_nothing() -> None:
    assert _at_least(Amount(0, None, about=90_000_000), 50_000_000) is Truth.OPEN


def test_equality_with_a_range_is_open_inside_and_false_outside() -> None:
    test = FactTest("goods_value", Operator.IS, 500)

    assert passes(test, Amount(400, 600), 500) is Truth.OPEN
    assert passes(test, Amount(501, 600), 500) is Truth.NOT_MET
    assert passes(test, Amount.exactly(500), 500) is Truth.MET
