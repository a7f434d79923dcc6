from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from operator import ge, gt, le, lt, ne
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcerules.engines import packing
from enforcerules.engines.encoding import Field, Member, Part
from enforcerules.engines.packing import pack
from enforcerules.engines.two_valued import Check, Comparison, TwoValued, every, some
from tests.engines.satisfied import satisfied

FIELDS = tuple(Member("letters", letter) for letter in "abcdefgh")
CHECKS = st.builds(Check, st.sampled_from(FIELDS), st.sampled_from(Comparison), st.integers(0, 2))
CONDITIONS: st.SearchStrategy[TwoValued] = st.recursive(
    CHECKS,
    lambda inner: st.lists(inner, max_size=5).flatmap(lambda parts: st.sampled_from([every(parts), some(parts)])),
    max_leaves=25,
)
COMPARE: dict[str, Callable[[int, int], bool]] = {"$neq": ne, "$gte": ge, "$gt": gt, "$lte": le, "$lt": lt}
KNOWN = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 2))


def fired(conditions: Iterable[tuple[int, TwoValued]], known: Mapping[Field, int]) -> set[int]:
    """Return what the packed rulesets yield, run as they are written."""
    fields = dict(known)
    found: set[int] = set()
    for rulesets in pack(conditions):
        yields: set[int | Part] = set()
        for ruleset in rulesets:
            sent = {**ruleset.always} | {
                name: fields[field] for field, name in ruleset.names.items() if field in fields
            }
            assert len(ruleset.names) + len(ruleset.always) <= 252
            for name, rule in json.loads(ruleset.definition).items():
                if holds(rule["all"][0]["m"], sent) and name in ruleset.yields:
                    yields.add(ruleset.yields[name])
        fields |= {each: 1 for each in yields if isinstance(each, Part)}
        found |= {each for each in yields if isinstance(each, int)}
    return found


def holds(pattern: dict[str, Any], sent: Mapping[str, int]) -> bool:
    ((operator, inner),) = pattern.items()
    if operator == "$and":
        return all(holds(part, sent) for part in inner)
    if operator == "$or":
        return any(holds(part, sent) for part in inner)
    if not operator.startswith("$"):
        return bool(sent.get(operator) == inner)
    ((name, number),) = inner.items()
    return name in sent and COMPARE[operator](sent[name], number)


@pytest.fixture(params=["limits of durable_rules", "tiny limits"])
def limits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "tiny limits":
        for name, limit in (("FIELDS", 4), ("GROUPS", 2), ("RULES", 2), ("PENDING", 3), ("NESTED", 2), ("FIRINGS", 2)):
            monkeypatch.setattr(packing, f"MOST_{name}", limit)


@pytest.mark.usefixtures("limits")
def test_packed_conditions_yield_what_holds() -> None:
    @given(st.lists(CONDITIONS, max_size=6), KNOWN)
    def check(conditions: list[TwoValued], known: dict[Field, int]) -> None:
        expected = {number for number, each in enumerate(conditions) if satisfied(each, known)}
        assert fired(enumerate(conditions), known) == expected

    check()


def test_wide_conditions_are_taken_apart_within_the_limits() -> None:
    fields = [Member("letters", str(number)) for number in range(300)]
    held = [Check(field, Comparison.EQUAL, 1) for field in fields]
    pairs = every(some(pair) for pair in zip(held[::2], held[1::2], strict=True))
    conditions = [every(held), some(held), pairs]
    known: dict[Field, int] = dict.fromkeys(fields, 1)

    assert fired(enumerate(conditions), known) == {0, 1, 2}
    assert fired(enumerate(conditions), known | {fields[0]: 0}) == {1, 2}
    assert fired(enumerate(conditions), known | {fields[0]: 0, fields[1]: 0}) == {1}
    assert fired(enumerate(conditions), {}) == set()
    assert fired(enumerate(held), known) == set(range(300))


def test_rounds_are_needed_only_where_a_rule_could_fire_too_often() -> None:
    held = [Check(Member("letters", str(number)), Comparison.EQUAL, 1) for number in range(18)]
    pairs = [some(pair) for pair in zip(held[::2], held[1::2], strict=True)]

    assert len(pack([("256 ways", every(pairs[:8]))])) == 1
    assert len(pack([("512 ways", every(pairs))])) == 2


def test_no_two_names_have_the_same_hash() -> None:
    # durable_rules knows fields by their 32-bit hashes only
    names = [f"f{number}" for number in range(packing.MOST_FIELDS)] + [f"g{n}" for n in range(packing.MOST_GROUPS)]
    names += [packing.SENTINEL, "id", "sid", "$s", "$forward", "$and", "$or", "$neq", "$gte", "$gt", "$lte", "$lt"]

    assert [pair for pair in combinations(names, 2) if fnv(pair[0]) == fnv(pair[1])] == []


def fnv(name: str) -> int:
    found = 0x811C9DC5
    for byte in name.encode():
        found = (found ^ byte) * 16777619 % 2**32
    return found
