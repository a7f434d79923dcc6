"""The parts of an answer are made without pydantic looking at their values: here it does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from enforcerules import Classification, Rulebook
from enforcerules.classification import GroundResult, Said, unchecked
from enforcerules.testing import CaseFacts
from tests.strategies import cases


@given(cases())
def test_an_answer_holds_what_its_types_say(rulebook: Rulebook, case: CaseFacts) -> None:
    answer = rulebook.classify(case)
    checked = Classification.model_validate(answer.model_dump(by_alias=True), strict=True)

    assert checked == answer
    # the keys too, in the same order
    assert json.dumps(checked.to_dict()) == json.dumps(answer.to_dict())


def test_no_two_parts_share_a_list(rulebook: Rulebook) -> None:
    lists: dict[int, str] = {}

    def go_through(value: object, where: str) -> None:
        if isinstance(value, list):
            assert id(value) not in lists, (lists[id(value)], where)
            lists[id(value)] = where
        inner = value if isinstance(value, (list, dict)) else getattr(value, "__dict__", None)
        for key, each in enumerate(inner) if isinstance(inner, list) else (inner or {}).items():
            go_through(each, f"{where}.{key}")

    answer = rulebook.classify({"jurisdiction": "500118", "duty_date": "2026-06-01", "product_categories": ["drug"]})
    go_through(answer.actions, "actions")
    go_through(answer.questions, "questions")
    go_through(answer.findings, "findings")
    go_through(answer.rules, "rules")
    go_through(answer.warnings, "warnings")


def test_what_is_made_unchecked_is_as_any_other() -> None:
    title = Said(zh="货值", en="value")
    checked = GroundResult(id="a", verdict="met", status=None, title=title, rules=["r"], clauses=[])
    made = unchecked(GroundResult)(id="a", verdict="met", status=None, title=title, rules=["r"], clauses=[])

    assert made == checked
    assert repr(made) == repr(checked)
    assert made.model_copy(update={"id": "b"}).id == "b"
    assert made.model_fields_set == checked.model_fields_set
    with pytest.raises(ValueError, match="frozen"):
        made.id = "c"  # type: ignore[misc]
