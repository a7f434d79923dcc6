"""The JSON Schemas are valid draft-07, and say what the readers do."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from enforcerules import CaseError, Rulebook, load_rulebook
from enforcerules.errors import Source
from enforcerules.schemas import (
    case_schema,
    classification_schema,
    rulebook_kinds,
    rulebook_schema,
)
from enforcerules.syntax.documents import FilesDoc
from enforcerules.syntax.validate import plain_data
from enforcerules.syntax.yaml import read_yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
BOOK = load_rulebook()
SCHEMA = case_schema(BOOK.resolved)
CASE = Draft7Validator(SCHEMA, format_checker=Draft7Validator.FORMAT_CHECKER)


def _faults(validator: Draft7Validator, value: object) -> list[str]:
    return [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in validator.iter_errors(value)]


def _reads(book: Rulebook, case: dict[str, Any]) -> bool:
    try:
        book.read_case(json.dumps(case))
    except CaseError:
        return False
    return True


# --- cases -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "schema",
    [SCHEMA, classification_schema(), *map(rulebook_schema, rulebook_kinds())],
    ids=["case", "classification", *rulebook_kinds()],
)
def test_every_schema_is_valid_draft_07(schema: dict[str, Any]) -> None:
    Draft7Validator.check_schema(schema)

    text = json.dumps(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert not any(word in text for word in ('"$defs"', '"prefixItems"', "#/$defs/", '"dependentRequired"'))


def test_beside_a_reference_stands_nothing() -> None:
    def look(schema: object) -> None:
        if isinstance(schema, dict):
            assert "$ref" not in schema or len(schema) == 1
            for inner in schema.values():
                look(inner)
        elif isinstance(schema, list):
            for inner in schema:
                look(inner)

    for schema in (SCHEMA, classification_schema(), *map(rulebook_schema, rulebook_kinds())):
        look(schema)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_cases_are_valid(path: Path) -> None:
    assert _faults(CASE, json.loads(path.read_text(encoding="utf-8"))) == []


def test_every_fact_is_described_in_both_languages_and_may_be_null() -> None:
    facts = BOOK.resolved.vocabulary.facts

    assert list(SCHEMA["properties"]) == ["$schema", *facts]
    for name, fact in facts.items():
        described = SCHEMA["properties"][name]
        assert described["title"] == f"{fact.label.zh} {fact.label.en}"
        assert fact.ask.zh in described["description"]
        assert fact.ask.en in described["description"]
        assert _faults(CASE, {name: None}) == []
        if fact.enumeration and fact.type == "enum":
            assert described["enum"] == [*fact.enumeration.values, None]
            assert len(described["enumDescriptions"]) == len(described["enum"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"good_value": 1},
        {"goods_value": -1},
        {"goods_value": "62 万"},
        {"goods_value": "0.001"},
        {"goods_value": {}},
        {"goods_value": {"about": "1", "at_least": "1"}},
        {"goods_value": {"at_least": None}},
        {"goods_value": True},
        {"product_categories": "drug"},
        {"product_categories": ["medicine"]},
        {"record_kind": "Case"},
        {"online": "yes"},
        {"as_of": "2022-7-10"},
        {"as_of": "2022-02-30"},
        {"as_of": "1948-12-31"},
        {"as_of": 20220710},
        {"jurisdiction": 500118},
        {"jurisdiction": "50011"},
        {"fined_entities": 1.5},
        {"fined_entities": -1},
        [],
    ],
    ids=str,
)
def test_what_is_wrong_is_refused_by_schema_and_reader(wrong: Any) -> None:
    assert _faults(CASE, wrong)
    assert not _reads(BOOK, wrong)


_digits = st.text("0123456789", max_size=17)
_written = st.builds(
    lambda whole, decimals, unit: whole + (f".{decimals}" if decimals is not None else "") + unit,
    st.one_of(_digits, st.sampled_from(["1,000", "12,00", ",100", "999,999,999,999,999", "1,000,000", "-1", "１"])),
    st.none() | st.text("01234567890", max_size=12),
    st.sampled_from(["", "元", "万", "万元", "亿", "亿元", " 元", "千", "e3"]),
)


@given(_written)
@example("1.2300000")
@example("0.123456万")
@example("0.1234567万")
@example("0.0000000001亿")
@example("0.00000000001亿")
def test_schema_and_reader_agree_on_every_amount(written: str) -> None:
    assert (not _faults(CASE, {"goods_value": written})) == _reads(BOOK, {"goods_value": written})


_anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**13),
    st.decimals(0, 10**15, places=2).map(float),
    st.text(max_size=12),
    st.dates(date(1940, 1, 1), date(2110, 1, 1)).map(date.isoformat),
    st.sampled_from(["500118", "CN", "000000", "drug", "case", "filed", "62万"]),
    st.lists(st.sampled_from(["drug", "device", "expired", "filed", ""]), max_size=3),
    st.dictionaries(st.sampled_from(["at_least", "at_most", "about", "x"]), st.sampled_from(["1", 2, None, "万"])),
)


@given(st.sampled_from(sorted(BOOK.resolved.vocabulary.facts)), _anything)
def test_what_the_reader_takes_the_schema_takes(fact: str, value: object) -> None:
    case = {fact: value}

    assert not _reads(BOOK, case) or _faults(CASE, case) == []


@given(st.dates(date(1940, 1, 1), date(2110, 1, 1)))
@example(date(1949, 1, 1))
@example(date(1948, 12, 31))
@example(date(2100, 12, 31))
@example(date(2101, 1, 1))
def test_schema_and_reader_agree_on_every_day(day: date) -> None:
    case = {"as_of": day.isoformat()}

    assert (not _faults(CASE, case)) == _reads(BOOK, case)


# --- rulebook files --------------------------------------------------------------------------------


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _content(name: str) -> Any:
    document, faults = read_yaml(Source(name, (ROOT / "rules" / name).read_text(encoding="utf-8")))
    assert document is not None
    assert not faults
    return _as_json(plain_data(document.root))


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    assert set(rulebook_kinds()) == {"rulebook", *FilesDoc.model_fields}


@pytest.mark.parametrize("kind", rulebook_kinds())
def test_the_files_of_the_rulebook_are_valid(kind: str) -> None:
    validator = Draft7Validator(rulebook_schema(kind))
    names = ["rulebook.yaml"] if kind == "rulebook" else _content("rulebook.yaml")["files"].get(kind, [])

    for name in names:
        assert _faults(validator, _content(name)) == [], name


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("rules", {"rules": [{"id": "a"}]}),
        ("rules", {"rules": [], "extra": 1}),
        ("vocabulary", {"facts": {"a": {"type": "float"}}}),
        ("parameters", {"parameters": {"a": {"type": "money"}}}),
        ("doubts", {}),
        ("rulebook", {"id": "a"}),
    ],
)
def test_a_faulty_file_is_refused(kind: str, wrong: object) -> None:
    assert _faults(Draft7Validator(rulebook_schema(kind)), wrong)


def _rule(**changes: Any) -> dict[str, Any]:
    text = {"zh": "标题", "en": "title"}
    when = {"fact": "goods_value", "at_least": 5}
    return {"rules": [{"id": "a", "title": text, "basis": ["b"], "when": when, "then": [{"require": "c"}], **changes}]}


def test_a_test_takes_one_operator_and_an_outcome_one_verb() -> None:
    validator = Draft7Validator(rulebook_schema("rules"))

    assert _faults(validator, _rule()) == []
    assert _faults(validator, _rule(when={"fact": "goods_value"}))
    assert _faults(validator, _rule(when={"fact": "goods_value", "at_least": 5, "at_most": 6}))
    assert _faults(validator, _rule(then=[{"require": "c", "permit": "d"}]))
    assert _faults(validator, _rule(then=[{"ground": "c"}]))


# --- classifications -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_answer_is_valid(path: Path) -> None:
    validator = Draft7Validator(classification_schema(), format_checker=Draft7Validator.FORMAT_CHECKER)

    assert _faults(validator, BOOK.classify(path.read_text(encoding="utf-8")).to_dict()) == []


def test_an_answer_with_less_or_more_is_not() -> None:
    validator = Draft7Validator(classification_schema())
    answer = BOOK.classify({"as_of": "2022-07-10"}).to_dict()

    assert _faults(validator, {**answer, "more": 1})
    assert _faults(validator, {name: value for name, value in answer.items() if name != "warnings"})
