"""A search, with hypothesis, for a case that breaks a red line."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcerules.model.properties import Monotone
from enforcerules.review.properties import RedLine
from enforcerules.review.proving import smallest_example
from enforcerules.rulebook import Rulebook
from enforcerules.testing.assertions import BrokenError, assert_keeps
from enforcerules.testing.strategies import Pair, rising_pairs
from enforcerules.testing.strategies import cases as cases_of

# a case has many facts, and one that contradicts itself is drawn again
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def assert_keeps_all(rulebook: Rulebook, red_line: RedLine, *, cases: int | None = None) -> None:
    """Assert that a red line is kept by every case of many made for it; how they are chosen hypothesis says.

    Args:
        rulebook: who answers.
        red_line: one of `enforcerules.testing.red_lines`.
        cases: how many; None for `max_examples` of the profile in force.

    Raises:
        BrokenError: with the smallest case that breaks it and that can be reached from the one found.

    """
    claim = red_line.content.claim
    if isinstance(claim, Monotone):
        drawn: st.SearchStrategy[Any] = rising_pairs(rulebook, claim.fact, aim=red_line)
    else:
        drawn = cases_of(rulebook, aim=red_line)

    def keeps(found: Any) -> None:
        if isinstance(found, Pair):
            assert_keeps(rulebook, red_line, found.before, risen=found.after[found.fact])
        else:
            assert_keeps(rulebook, red_line, found)

    # by its name hypothesis tells one search from another
    keeps.__name__ = "keeps_" + re.sub(r"\W", "_", red_line.id)
    most = settings().max_examples if cases is None else cases
    search = given(drawn)(keeps)
    settings(max_examples=most, deadline=None, suppress_health_check=_SLOW)(search)
    try:
        search()
    except BrokenError as error:
        raise BrokenError(red_line, smallest_example(rulebook, red_line.content, error.example)) from None
