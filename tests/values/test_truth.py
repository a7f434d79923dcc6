"""Strong Kleene logic."""

from itertools import product

import pytest

from enforcerules.values import Truth, all_of, any_of

M, N, O = Truth.MET, Truth.NOT_MET, Truth.OPEN  # noqa: E741


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [(M, M, M, M), (M, O, O, M), (M, N, N, M), (O, O, O, O), (O, N, N, O), (N, N, N, N)],
)
def test_conjunction_and_disjunction_follow_the_tables(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    assert one & other is both
    assert other & one is both
    assert one | other is either
    assert other | one is either


def test_many_parts_agree_with_parts_taken_two_by_two() -> None:
    for parts in product((M, N, O), repeat=3):
        assert all_of(parts) is parts[0] & parts[1] & parts[2]
        assert any_of(parts) is parts[0] | parts[1] | parts[2]


def test_negation_swaps_and_leaves_open_open() -> None:
    assert (~M, ~N, ~O) == (N, M, O)
