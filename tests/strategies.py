"""Cases of the packaged rulebook, from the test kit."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from enforcerules import load_rulebook, testing
from enforcerules.testing import CaseFacts
from enforcerules.testing.turning_points import turning_points

RULEBOOK = load_rulebook()
BOOK = RULEBOOK.resolved
VOCABULARY = BOOK.vocabulary.facts

cases = partial(testing.cases, RULEBOOK)
learning_pairs = partial(testing.learning_pairs, RULEBOOK)
rising_pairs = partial(testing.rising_pairs, RULEBOOK)
values = partial(testing.values, RULEBOOK)


@st.composite
def filed_annex1_cases(draw: st.DrawFn) -> CaseFacts:
    """Return filed cases of one product where and when the monthly form is in force, their cells all known."""
    form = BOOK.clauses[BOOK.forms["annex1"].bases[0]]
    points = turning_points(BOOK)
    inside = [
        day
        for day in (points.day, *points.window_days)
        if any(window.covers(day) and not window.in_doubt for window in form.windows)
    ]
    product = draw(st.sampled_from(("drug", "device", "cosmetic")))
    day = draw(st.sampled_from(inside)).isoformat()
    known = {
        "jurisdiction": form.where,
        "as_of": day,
        "duty_date": day,
        "record_kind": "case",
        "progress": ["filed"],
        "product_categories": [product],
        "primary_product": product,
        "primary_stage": values("primary_stage"),
        "case_source": values("case_source"),
        "goods_value": values("goods_value", exact=True),
    }
    return draw(cases(given=known))
