"""The test kit: cases of any rulebook for hypothesis, and assertions about what is decided of them.

    from hypothesis import given
    from enforcerules import load_rulebook
    from enforcerules.testing import assert_engines_agree, cases

    BOOK = load_rulebook("rules")

    @given(cases(BOOK))
    def test_both_engines_say_the_same(case):
        assert_engines_agree(BOOK, case)

It needs hypothesis: `pip install 'enforcerules[testing]'`. The plugin of pytest is beside it and does not import it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enforcerules.testing.assertions import (
        assert_engines_agree,
        assert_keeps,
        assert_learns,
        assert_survives_json,
    )
    from enforcerules.testing.generating import CaseFacts, random_facts
    from enforcerules.testing.strategies import Pair, cases, learning_pairs, rising_pairs, values

__all__ = [
    "CaseFacts",
    "Pair",
    "assert_engines_agree",
    "assert_keeps",
    "assert_learns",
    "assert_survives_json",
    "cases",
    "learning_pairs",
    "random_facts",
    "rising_pairs",
    "values",
]

_STRATEGIES = ("Pair", "cases", "learning_pairs", "rising_pairs", "values")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "strategies" if name in _STRATEGIES else "assertions" if name.startswith("assert") else "generating"
    try:
        found: object = getattr(import_module(f"enforcerules.testing.{home}"), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        raise ModuleNotFoundError(
            "enforcerules.testing 需要 hypothesis：pip install 'enforcerules[testing]'\n"
            "enforcerules.testing needs hypothesis: pip install 'enforcerules[testing]'",
            name="hypothesis",
        ) from None
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
