"""Places by code."""

import pytest

from enforcerules.values import Place


def test_a_county_lies_in_its_prefecture_province_and_country() -> None:
    assert Place.parse("350481").within == ("350481", "350400", "350000", "CN")


def test_a_province_lies_only_in_the_country() -> None:
    assert Place.parse("350000").within == ("350000", "CN")


def test_the_country_is_a_place() -> None:
    assert Place.parse("CN").within == ("CN",)


@pytest.mark.parametrize("text", ["", "50011", "5001180", "cn", "050118", "５００１１８", "50011a"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        Place.parse(text)
