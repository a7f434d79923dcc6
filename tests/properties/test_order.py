"""Order of rules and of set members is irrelevant, and the same case always gets the same answer."""

from __future__ import annotations

import dataclasses
import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.testing import CaseFacts
from tests.strategies import BOOK, cases

SEEDS = st.integers(0, 2**16)


def _reordered(seed: int) -> Rulebook:
    order = random.Random(seed)
    names = order.sample(sorted(BOOK.rules), len(BOOK.rules))
    return Rulebook(
        dataclasses.replace(
            BOOK,
            rules={name: BOOK.rules[name] for name in names},
            strata=tuple(tuple(order.sample(stratum, len(stratum))) for stratum in BOOK.strata),
        )
    )


REORDERED = [_reordered(seed) for seed in range(3)]


def _shuffled_text(facts: CaseFacts, seed: int) -> str:
    """Write a case as JSON with its facts and the members of its sets in another order."""
    order = random.Random(seed)
    names = sorted(facts)
    order.shuffle(names)
    mixed = {n: order.sample(facts[n], len(facts[n])) if isinstance(facts[n], list) else facts[n] for n in names}
    return json.dumps(mixed, ensure_ascii=False)


def _without_order(value: Any) -> Any:
    """Return JSON data with every list sorted, so that only what is said is compared, not where."""
    if isinstance(value, dict):
        return {key: _without_order(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((_without_order(inner) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value


@given(cases(), st.sampled_from(REORDERED))
def test_the_order_of_rules_does_not_matter(rulebook: Rulebook, case: CaseFacts, reordered: Rulebook) -> None:
    first, second = rulebook.classify(case).to_dict(), reordered.classify(case).to_dict()

    assert _without_order(second) == _without_order(first)


@given(cases(), SEEDS)
def test_the_order_of_facts_and_of_set_members_does_not_matter(rulebook: Rulebook, case: CaseFacts, seed: int) -> None:
    assert rulebook.classify(_shuffled_text(case, seed)) == rulebook.classify(json.dumps(case))


@given(cases(), st.sampled_from(("open", "absent")))
def test_the_same_case_gets_the_same_answer_every_time(rulebook: Rulebook, case: CaseFacts, unknown: Any) -> None:
    text = json.dumps(case, ensure_ascii=False)
    again = Rulebook(BOOK)

    first = rulebook.classify(text, unknown=unknown)

    assert rulebook.classify(text, unknown=unknown).to_dict() == first.to_dict()
    assert again.classify(case, unknown=unknown).to_dict() == first.to_dict()
