"""The test kit: cases of any rulebook for hypothesis, assertions about what is decided of them, a plugin of pytest.

    from hypothesis import given
    from enforcerules import load_rulebook
    from enforcerules.testing import assert_engines_agree, cases

    BOOK = load_rulebook("rules")

    @given(cases(BOOK))
    def test_both_engines_say_the_same(case):
        assert_engines_agree(BOOK, case)

It needs hypothesis and pytest: `pip install 'enforcerules[testing]'`. Nothing else of enforcerules imports them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enforcerules.review.properties import RedLine
    from enforcerules.testing.assertions import (
        BrokenError,
        assert_engines_agree,
        assert_keeps,
        assert_learns,
        assert_survives_json,
        red_lines,
    )
    from enforcerules.testing.generating import CaseFacts, random_facts
    from enforcerules.testing.searching import assert_keeps_all
    from enforcerules.testing.strategies import Pair, cases, learning_pairs, rising_pairs, values

_HOMES = {
    "BrokenError": "testing.assertions",
    "CaseFacts": "testing.generating",
    "Pair": "testing.strategies",
    "RedLine": "review.properties",
    "assert_engines_agree": "testing.assertions",
    "assert_keeps": "testing.assertions",
    "assert_keeps_all": "testing.searching",
    "assert_learns": "testing.assertions",
    "assert_survives_json": "testing.assertions",
    "cases": "testing.strategies",
    "learning_pairs": "testing.strategies",
    "random_facts": "testing.generating",
    "red_lines": "testing.assertions",
    "rising_pairs": "testing.strategies",
    "values": "testing.strategies",
}

__all__ = [
    "BrokenError",
    "CaseFacts",
    "Pair",
    "RedLine",
    "assert_engines_agree",
    "assert_keeps",
    "assert_keeps_all",
    "assert_learns",
    "assert_survives_json",
    "cases",
    "learning_pairs",
    "random_facts",
    "red_lines",
    "rising_pairs",
    "values",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"enforcerules.{_HOMES[name]}")
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise ModuleNotFoundError(
            "enforcerules.testing 需要 hypothesis：pip install 'enforcerules[testing]'\n"
            "enforcerules.testing needs hypothesis: pip install 'enforcerules[testing]'",
            name="hypothesis",
        ) from None
    found: object = getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
