"""The schemas that come with the rulebook are current, and every file says where its own is."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from enforcerules import CaseError, Rulebook, RulebookError, load_rulebook
from enforcerules.errors import Source
from enforcerules.schemas import case_schema, find_outdated, names_schema, refresh, rulebook_kinds, rulebook_schema
from enforcerules.schemas.files import blocks_of
from enforcerules.schemas.hover import BLOCKS
from enforcerules.schemas.hover_keys import KEYS_OF
from enforcerules.schemas.names import _KIND_OF, _KIND_WITHIN
from enforcerules.syntax.files import read_text
from enforcerules.syntax.rulebook import list_files
from enforcerules.syntax.validate import plain_data
from enforcerules.syntax.yaml import read_yaml
from tests.broken.folders import BASE, CASES, case_bytes, case_names, make_rulebook, rulebook_names
from tests.cli.running import run

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
OWN = ROOT / "examples" / "own-rulebook"
FILES = [
    path
    for folder in (RULES, OWN)
    for path in (folder / "rulebook.yaml", *(folder / name for names in list_files(folder).values() for name in names))
]
MARK = "# yaml-language-server: $schema="


def validator_at(path: Path) -> Draft7Validator:
    """Return the schema at `path`, which may refer to those beside it."""
    beside = {
        each.name: Resource.from_contents(json.loads(each.read_text(encoding="utf-8")))
        for each in path.parent.glob("*.json")
    }
    schema = json.loads(path.read_text(encoding="utf-8"))
    registry: Registry[Any] = Registry().with_resources(beside.items())
    return Draft7Validator(schema, registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)


def as_json(value: Any) -> Any:
    """Return what YAML holds as an editor sees it."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def content(path: Path) -> Any:
    source, faults = read_text(path)
    assert source is not None, faults
    document, _ = read_yaml(source)
    return None if document is None else as_json(plain_data(document.root))


def faults_of(validator: Draft7Validator, value: object) -> list[str]:
    return [f"{'/'.join(map(str, fault.path))}: {fault.message}" for fault in validator.iter_errors(value)]


# --- what is committed -----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["rules", "examples/own-rulebook"])
def test_schemas_and_first_lines_are_current(folder: str) -> None:
    book = load_rulebook(ROOT / folder).resolved
    outdated = [str(path.relative_to(ROOT)) for path, _ in find_outdated(book, ROOT / folder)]

    assert outdated == [], "run: python scripts/refresh_pages.py"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_is_valid_by_the_schema_that_its_first_line_names(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(MARK), "run: enforcerules schema --write rules"

    assert faults_of(validator_at(path.parent / first.removeprefix(MARK)), content(path)) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_valid_by_the_schema_that_it_names(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))

    assert (path.parent / case["$schema"]).resolve() == RULES / "schemas" / "case.schema.json"
    assert faults_of(validator_at(path.parent / case["$schema"]), case) == []


@pytest.mark.parametrize("path", sorted((RULES / "schemas").iterdir()), ids=lambda path: path.name)
def test_every_published_schema_is_valid_draft_07(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))

    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert path.name.endswith(".schema.json")
    Draft7Validator.check_schema(schema)


def test_nothing_else_lies_among_the_schemas() -> None:
    wanted = {*rulebook_kinds(), "names", "case", "classification"}

    assert {path.name for path in (RULES / "schemas").iterdir()} == {f"{name}.schema.json" for name in wanted}


# --- writing ---------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "small"))


def test_writing_adds_a_first_line_to_each_file_and_changes_no_other(small: Path) -> None:
    before = {path: path.read_text(encoding="utf-8") for path in small.rglob("*.yaml")}
    changed = refresh(load_rulebook(small).resolved, small)

    assert {path for path in changed if path.suffix == ".yaml"} == before.keys()
    for path, text in before.items():
        first, rest = path.read_text(encoding="utf-8").split("\n", 1)
        assert rest == text
        assert (path.parent / first.removeprefix(MARK)).is_file()
    assert (small / "more" / "rules.yaml").read_text().startswith(f"{MARK}../schemas/rules.schema.json\n")
    assert refresh(load_rulebook(small).resolved, small) == []


def test_a_wrong_first_line_is_put_right_and_line_ends_stay(small: Path) -> None:
    path = small / "doubts.yaml"
    path.write_bytes(f"{MARK}elsewhere.json\r\n".encode() + path.read_bytes().replace(b"\n", b"\r\n"))
    text = path.read_bytes()
    refresh(load_rulebook(small).resolved, small)

    assert path.read_bytes() == text.replace(b"elsewhere.json", b"schemas/doubts.schema.json")


def test_a_new_name_makes_the_schema_of_names_outdated_and_no_other(small: Path) -> None:
    refresh(load_rulebook(small).resolved, small)
    (small / "more" / "words.yaml").write_text(
        f"{MARK}../schemas/vocabulary.schema.json\nlabels: {{new: {{zh: 新, en: New}}}}\n", encoding="utf-8"
    )

    assert [path.name for path, _ in find_outdated(load_rulebook(small).resolved, small)] == ["names.schema.json"]


def test_the_command_writes_and_says_what_it_wrote(small: Path) -> None:
    first, second = (run("schema", "--write", small, env={"ENFORCERULES_LANG": "en"}) for _ in range(2))

    assert first.exit_code == second.exit_code == 0
    assert str(small / "schemas" / "names.schema.json") in first.stdout.splitlines()
    assert first.stdout.splitlines()[-1] == f"files brought up to date: {len(first.stdout.splitlines()) - 1}"
    assert second.stdout == "everything is up to date; nothing was changed\n"


def test_the_command_tells_what_cannot_be_written(small: Path) -> None:
    (small / "schemas").write_text("a file, not a folder", encoding="utf-8")
    result = run("schema", "--write", small, env={"ENFORCERULES_LANG": "en"})

    assert result.exit_code == 1
    assert result.stderr.startswith("error: cannot write")


# --- names -----------------------------------------------------------------------------------------


def test_every_place_of_a_name_is_a_key_of_a_file() -> None:
    keys = {
        f"{name}.{key}"
        for kind in rulebook_kinds()
        for name, block in blocks_of(rulebook_schema(kind), kind)
        for key in block.get("properties", {})
    }

    assert _KIND_OF.keys() | _KIND_WITHIN.keys() <= keys
    assert KEYS_OF.keys() <= keys


@pytest.mark.parametrize("kind", rulebook_kinds())
def test_every_block_and_key_is_explained_in_both_languages(kind: str) -> None:
    for name, block in blocks_of(rulebook_schema(kind), kind):
        for said in (block, *block.get("properties", {}).values()):
            zh, en = said["description"].split("\n")
            assert any("\u4e00" <= character <= "\u9fff" for character in zh), name
            assert en.replace("…", "").isascii(), name
    assert {name for name, _ in blocks_of(rulebook_schema(kind), kind)} <= BLOCKS.keys()


def _rule(**changes: Any) -> dict[str, Any]:
    rule = {
        "id": "a",
        "title": {"zh": "标题", "en": "title"},
        "basis": ["plan.value"],
        "when": {"fact": "conduct", "is": "expired"},
        "then": [{"require": "transfer_case_police"}],
    }
    return {"rules": [{**rule, **changes}]}


def test_the_schema_of_a_rulebook_takes_its_names_only() -> None:
    book = load_rulebook(BASE).resolved
    open_, named = (Draft7Validator(rulebook_schema("rules", of)) for of in (None, book))
    wrong: list[dict[str, Any]] = [
        {"basis": ["plan.valu"]},
        {"when": {"fact": "conducts", "is": "expired"}},
        {"when": {"fact": "conduct", "is": "expire"}},
        {"when": {"fact": "conduct", "in": ["expired", "fake"]}},
        {"when": {"fact": "product_categories", "has_any": ["drugs"]}},
        {"when": {"finding": "major"}},
        {"then": [{"require": "transfer"}]},
        {"then": [{"label": "priorities"}]},
        {"then": [{"establish": "urgent", "ground": "value"}]},
        {"overrides": ["nothing"]},
        {"doubts": ["G-77"]},
    ]

    assert faults_of(named, _rule()) == []
    assert faults_of(named, _rule(when={"fact": "conduct", "is": {"column": "conduct"}})) == []
    assert [change for change in wrong if faults_of(open_, _rule(**change))] == []
    assert [change for change in wrong if not faults_of(named, _rule(**change))] == []


def _scenario(**changes: Any) -> dict[str, Any]:
    return {"scenarios": [{"id": "s", "title": {"zh": "甲", "en": "a"}, "world": "open", "facts": {}, **changes}]}


def _expect(**expect: Any) -> dict[str, Any]:
    return _scenario(expect=expect)


_GROUP = {"id": "g", "title": {"zh": "甲", "en": "a"}}
# of each kind of file, what is right, and what has a name that the rulebook does not have
NAMES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("scenarios", _expect(rows=["monthly/drug"]), _expect(rows=["monthly/drugs"])),
    (
        "scenarios",
        _expect(rests_on={"actions": {"transfer_case_police": ["plan.police"]}}),
        _expect(rests_on={"actions": {"transfer_case_police": ["plan.polis"]}}),
    ),
    ("scenarios", _expect(rests_on={"findings": {"urgent": []}}), _expect(rests_on={"findings": {"urgency": []}})),
    (
        "scenarios",
        _expect(duties={"transfer_case_police": {"addressee": "police"}}),
        _expect(duties={"transfer_case_police": {"addressee": "court"}}),
    ),
    (
        "scenarios",
        _expect(grounds={"major_case": {"goods_value": "met"}}),
        _expect(grounds={"major_case": {"value": "met"}}),
    ),
    (
        "scenarios",
        _scenario(expect={"labels": ["priority"]}, each={"conduct": ["expired"]}),
        _scenario(expect={"labels": ["priority"]}, each={"conduct": ["expire"]}),
    ),
    (
        "scenarios",
        _scenario(expect={"labels": ["priority"]}, but=[{"online": True}]),
        _scenario(expect={"labels": ["priority"]}, but=[{"on_line": True}]),
    ),
    (
        "case_ledger",
        {"ledger": "l", "title": {"zh": "甲", "en": "a"}, "groups": [{**_GROUP, "columns": [{"fact": "fine"}]}]},
        {"ledger": "l", "title": {"zh": "甲", "en": "a"}, "groups": [{**_GROUP, "columns": [{"fact": "fines"}]}]},
    ),
]


@pytest.mark.parametrize(("kind", "right", "wrong"), NAMES, ids=[str(number) for number in range(len(NAMES))])
def test_names_within_expectations_and_ledgers_are_those_of_the_rulebook(
    kind: str, right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    open_, named = (Draft7Validator(rulebook_schema(kind, of)) for of in (None, load_rulebook(BASE).resolved))

    assert faults_of(named, right) == []
    assert faults_of(named, wrong) != []
    assert faults_of(open_, wrong) == []


def test_a_scenario_expects_something_and_a_weakness_is_about_something() -> None:
    because = {"zh": "甲", "en": "a"}
    accepted, scenarios = (Draft7Validator(rulebook_schema(kind)) for kind in ("accepted", "scenarios"))

    assert faults_of(accepted, {"accepted": [{"code": "ER6051", "of": "a", "because": because}]}) == []
    assert faults_of(accepted, {"accepted": [{"code": "ER6051", "because": because}]}) != []
    assert faults_of(accepted, {"accepted": [{"code": "ER6051", "of": "a", "each": ["b"], "because": because}]}) != []
    assert faults_of(scenarios, _scenario()) != []


def test_names_are_offered_with_their_labels() -> None:
    names = names_schema(load_rulebook(BASE).resolved)["definitions"]

    assert names["finding"]["enum"] == ["major_case", "urgent"]
    assert names["finding"]["enumDescriptions"] == ["大案要案 Major case", "急办 Urgent"]
    assert names["value_of_conduct"]["enum"] == ["fake_drug", "expired"]
    # a rulebook without names of a kind takes any
    assert names["parameter"]["enum"] == ["major_case_goods_value"]


@pytest.mark.parametrize("kind", rulebook_kinds())
def test_a_schema_of_a_rulebook_stands_alone_and_takes_its_files(kind: str) -> None:
    book = load_rulebook().resolved
    validator = Draft7Validator(rulebook_schema(kind, book))
    names = ["rulebook.yaml"] if kind == "rulebook" else list_files(RULES)[kind]

    for name in names:
        assert faults_of(validator, content(RULES / name)) == [], name
    assert json.loads(run("schema", "rulebook", kind, "--rulebook", RULES).stdout) == rulebook_schema(kind, book)


# --- what is broken --------------------------------------------------------------------------------


def _structural(name: str, folder: Path) -> list[tuple[str, Path]]:
    """Return the files of a faulty rulebook that are YAML with a fault of form: their kinds and paths."""
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder)
    faulty = {
        fault.span.source.path for fault in caught.value.diagnostics if fault.span and fault.code.startswith("ER01")
    }
    if not faulty:
        return []
    kinds = {name: kind for kind, names in list_files_of(folder).items() for name in names}
    found = [(kinds.get(path, "rulebook"), folder / path) for path in sorted(faulty)]
    return [(kind, path) for kind, path in found if content(path) is not None]


def list_files_of(folder: Path) -> dict[str, list[str]]:
    try:
        return list_files(folder)
    except RulebookError:
        return {}


def test_what_is_wrong_in_form_is_refused_by_the_schema_too(tmp_path: Path) -> None:
    seen = []
    for name in rulebook_names():
        for kind, path in _structural(name, make_rulebook(name, tmp_path / name)):
            validator = Draft7Validator(rulebook_schema(kind), format_checker=Draft7Validator.FORMAT_CHECKER)
            assert faults_of(validator, content(path)), f"{name}: {path.name}"
            seen.append(name)

    assert len(seen) > 25


# a day that does not exist, bounds crossed: no schema can say so
UNSAYABLE = {"ER3005", "ER3004", "ER3006"}


def test_a_wrong_case_is_refused_by_the_schema_too() -> None:
    book = load_rulebook(BASE)
    validator = Draft7Validator(case_schema(book.resolved), format_checker=Draft7Validator.FORMAT_CHECKER)
    seen = []
    for name in case_names():
        codes, case = _read_wrongly(book, name)
        if case is not None and all(code.startswith("ER3") for code in codes) and not codes & UNSAYABLE:
            assert faults_of(validator, case), name
            seen.append(name)

    assert len(seen) >= 5


def _read_wrongly(book: Rulebook, name: str) -> tuple[set[str], Any]:
    with pytest.raises(CaseError) as caught:
        book.read_case(Source(name, case_bytes(name).decode()) if (CASES / f"{name}.json").is_file() else b"")
    codes = {fault.code for fault in caught.value.diagnostics}
    if not (CASES / f"{name}.json").is_file():
        return codes, None
    try:
        return codes, json.loads(case_bytes(name))
    except ValueError:
        return codes, None


# --- the key of a case that is no fact --------------------------------------------------------------


def test_a_case_may_name_its_schema(rulebook: Rulebook) -> None:
    case = {"as_of": "2022-07-10", "jurisdiction": "500118", "goods_value": "62万"}

    for way in ({"$schema": "case.schema.json", **case}, json.dumps({"$schema": "case.schema.json", **case})):
        assert rulebook.classify(way).to_dict() == rulebook.classify(case).to_dict()
        assert "$schema" not in rulebook.read_case(way).given


def test_a_key_that_is_nearly_that_one_is_told(rulebook: Rulebook) -> None:
    with pytest.raises(CaseError, match="ER3001"):
        rulebook.read_case({"schema": "case.schema.json"})
