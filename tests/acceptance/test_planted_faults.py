"""Faults planted in a copy of the packaged rulebook, each told by the tools that must tell it, at its place.

`test` and `prove` are asked about the scenario and the red line that watch over what is planted, as somebody
who works on it would; `check` for the kind of weakness. `diff` and `mutate` are told nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from enforcerules import Rulebook
from enforcerules.errors import render
from enforcerules.review.diff.changes import find_changes
from enforcerules.review.diff.excerpts import locate
from enforcerules.review.lint.contradictions import find_contradicting_rules
from enforcerules.review.lint.idle import find_rules_never_met
from enforcerules.review.lint.subject import read_subject
from enforcerules.review.mutation.judging import Judge, prepare_trial
from enforcerules.review.mutation.mutation import Mutation
from enforcerules.rulebook import packaged_folder
from tests.acceptance.planting import Place, Planted
from tests.cli.running import run

pytest.importorskip("z3")


@dataclass(frozen=True)
class Plant:
    """A fault: how it is planted, the entry that it is in, and who must tell it.

    `told` is what `test` and `prove` must name with its place: the entry itself, or the rule that yields it.
    """

    put: Callable[[Planted], Place]
    entry: tuple[str, str]
    scenario: str
    red_line: str | None
    mutation: str
    told: tuple[str, str]


RESERVED = "reserved-information-left-to-the-state-or-province"
SUPERIORS = "major-matter-reported-to-named-superiors"
VALUE = "goods-value-makes-major-case"
WUYUAN = "sources/002-wuyuan-plan.yaml"

PLANTS = {
    "one nought too many": Plant(
        lambda copy: copy.put("parameters", "major_case_goods_value", "values", 0, "value", to="5000000"),
        ("parameter", "major_case_goods_value"),
        "S-01",
        "major-at-half-a-million-in-yongchuan",
        "major_case_goods_value#values.0:x10",
        ("parameter", "major_case_goods_value"),
    ),
    "at_least becomes more_than": Plant(
        lambda copy: copy.rename("rules", VALUE, "when", "at_least", to="more_than"),
        ("rule", VALUE),
        "S-04",
        "major-at-the-line-in-yongan",
        f"{VALUE}#when:more_than",
        ("rule", VALUE),
    ),
    "any becomes all": Plant(
        lambda copy: copy.rename("rules", SUPERIORS, "when", "any", to="all"),
        ("rule", SUPERIORS),
        "S-01",
        "major-case-reported-to-superiors",
        f"{SUPERIORS}#when:all",
        ("rule", SUPERIORS),
    ),
    "a dropped exception": Plant(
        lambda copy: copy.drop("rules", RESERVED, "overrides", 0),
        ("rule", RESERVED),
        "publication-where-release-is-restricted",
        "no-publication-at-once-while-local-release-is-forbidden",
        f"{RESERVED}#overrides.0:without-penalised-case-published",
        ("rule", "penalised-case-published"),
    ),
    "a period that ends a day early": Plant(
        lambda copy: copy.put("windows", 2, "until", to="2022-11-29", file=WUYUAN),
        ("source", "002"),
        "S-17",
        "wuyuan-plan-for-drugs",
        "002#windows.2:until-1d",
        ("clause", "002."),
    ),
    "a period that begins a day late": Plant(
        lambda copy: copy.put("windows", 1, "from", to="2022-03-22", file=WUYUAN),
        ("source", "002"),
        "S-17",
        "wuyuan-plan-for-drugs",
        "002#windows.1:from+1d",
        ("clause", "002."),
    ),
    "filing without a test opened to devices": Plant(
        lambda copy: copy.add("clauses", "000.direct.expired", "products", item="device"),
        ("clause", "000.direct.expired"),
        "direct-filing-heads",
        "no-test-waived-for-devices-and-cosmetics",
        "000.direct.expired#products:with-device",
        ("rule", "expired-drug-filed-directly"),
    ),
    "an action addressed to the wrong authority": Plant(
        lambda copy: copy.put("actions", "transfer_case_police", "to", to="procuratorate"),
        ("action", "transfer_case_police"),
        "duty-transfer-case-police",
        None,
        "transfer_case_police#to",
        ("action", "transfer_case_police"),
    ),
}


@pytest.fixture(params=PLANTS)
def plant(request: pytest.FixtureRequest) -> Plant:
    return PLANTS[request.param]


@pytest.fixture
def copy(tmp_path: Path) -> Planted:
    return Planted(tmp_path / "rules")


@pytest.fixture(scope="module")
def judge(rulebook: Rulebook) -> tuple[Judge, dict[str, Mutation]]:
    trial = prepare_trial(rulebook)
    return trial.judge(3), {mutation.id: mutation for mutation in trial.mutations}


def where(copy: Planted, told: tuple[str, str], place: Place) -> str:
    """Return how a report names what it tells: the place of the edit, or of the rule that yields it."""
    kind, name = told
    if kind == "rule":
        place = copy.place("rules", name)
    elif kind == "action":
        place = copy.place("actions", name)
    elif kind == "clause":
        # the periods stand with the source
        place = copy.place("windows", file=place.file)
    return f"{place.file}:{place.line}:"


def standing(page: str, told: tuple[str, str]) -> set[str]:
    """Return the places that a page gives for what it tells."""
    kind, name = told
    lines = (line.split() for line in page.splitlines())
    return {words[-1] for words in lines if len(words) == 3 and words[0] == kind and words[1].startswith(name)}


# --- each told by its tools --------------------------------------------------------------------------


def test_test_shows_a_scenario_that_fails_and_where_the_fault_is(plant: Plant, copy: Planted) -> None:
    place = plant.put(copy)

    result = run("test", copy.folder, "--only", plant.scenario, "--engine", "reference", "--lang", "en")

    assert result.exit_code == 1, result.stdout + result.stderr
    scenario = copy.place("scenarios", plant.scenario)
    assert f"✗ {plant.scenario}[" in result.stdout
    assert f"  {scenario.file}:" in result.stdout
    assert any(each.startswith(where(copy, plant.told, place)) for each in standing(result.stdout, plant.told))


@pytest.mark.parametrize("name", [name for name, plant in PLANTS.items() if plant.red_line is not None])
def test_prove_shows_a_red_line_that_is_broken_and_where_the_fault_is(name: str, copy: Planted) -> None:
    plant = PLANTS[name]
    place = plant.put(copy)

    result = run("prove", copy.folder, "--property", plant.red_line or "", "--lang", "en")

    assert result.exit_code == 1, result.stdout + result.stderr
    assert result.stdout.startswith(f"refuted  {plant.red_line}  ")
    line = copy.place("properties", plant.red_line or "")
    assert f"--> {line.file}:{line.line}:" in result.stdout
    assert any(each.startswith(where(copy, plant.told, place)) for each in standing(result.stdout, plant.told))


def test_diff_shows_the_entry_with_the_lines_before_and_after(plant: Plant, copy: Planted, rulebook: Rulebook) -> None:
    before = copy.place(*_path(plant.entry), file=_file(copy, plant.entry))
    place = plant.put(copy)

    places = locate(packaged_folder()), locate(copy.folder)
    changes = find_changes(rulebook.resolved, copy.load().resolved, places)

    change = next(change for change in changes if (change.kind, change.name) == plant.entry)
    assert change.status == "changed"
    assert change.weights & {"decided", "answer"}
    assert change.old is not None
    assert change.new is not None
    assert (change.old.file, change.old.line) == (before.file, before.line)
    assert change.new.file == place.file
    assert change.old.text != change.new.text


def test_mutate_plants_the_same_fault_and_somebody_notices(
    plant: Plant, copy: Planted, judge: tuple[Judge, dict[str, Mutation]]
) -> None:
    who, mutations = judge
    (mutation,) = [one for name, one in mutations.items() if name.startswith(plant.mutation)][:1]
    place = plant.put(copy)

    fate = who.judge(mutation)

    assert fate.killed
    assert fate.by
    assert mutation.place.split(":")[0] == place.file


def test_an_exception_of_which_nothing_is_left_is_told_where_a_scenario_expects_it(copy: Planted) -> None:
    copy.drop("rules", "unregistered-online-seller-not-listed", "overrides")

    result = run("test", copy.folder, "--lang", "en")

    assert result.exit_code == 1
    assert "error[ER5001]: no rule overrides `unfound-online-seller-listed-as-abnormal`" in result.stdout
    assert "--> scenarios/precedence.yaml:" in result.stdout


# --- what `check` tells ------------------------------------------------------------------------------


def test_a_rule_made_unreachable_is_told_at_its_id(copy: Planted) -> None:
    name = "earlier-penalties-keep-running"
    # a case that is yet to be handed over is not with the police: the vocabulary says so
    copy.put(
        *("rules", name, "when"),
        to="{all: [{fact: criminal_transfer, is: planned}, {fact: agencies_with_case, has: police}]}",
    )
    subject = read_subject(copy.load(), copy.folder, 20)
    assert subject.questions is not None

    found = [weak for weak in find_rules_never_met(subject, subject.questions) if weak.of == (name,)]

    (weak,) = found
    place = copy.place("rules", name)
    assert weak.code == "ER6011"
    assert f"--> {place.file}:{place.line}:" in render([weak.diagnostic], "en")
    assert name in weak.diagnostic.message.en


def test_two_rules_that_contradict_are_told_with_a_case(copy: Planted) -> None:
    rule = (
        "{id: rich-case-kept-from-the-police, title: {zh: 特例, en: A special case}, basis: [transfer-rules-2020.3.1], "
        "when: {all: [{fact: crime_suspected, is: true}, {fact: goods_value, more_than: 7777777}]}, "
        "then: [{forbid: transfer_case_police}]}"
    )
    copy.add("rules", item=rule, file="drugs.yaml")
    subject = read_subject(copy.load(), copy.folder, 20)
    assert subject.questions is not None

    found = list(find_contradicting_rules(subject, subject.questions))

    told = {weak.of: weak for weak in found if weak.code == "ER6021" and "rich-case-kept-from-the-police" in weak.of}
    weak = told["suspected-crime-must-go-to-the-police", "rich-case-kept-from-the-police"]
    page = render([weak.diagnostic], "en")
    one = copy.place("rules", "suspected-crime-must-go-to-the-police")
    other = copy.place("rules", "rich-case-kept-from-the-police", file="drugs.yaml")
    assert f"--> {one.file}:{one.line}:" in page
    assert f"--> {other.file}:{other.line}:" in page
    answer = subject.rulebook.classify(dict(weak.case or {}))
    assert "transfer_case_police" in {action.id for action in answer.actions if action.verdict == "met"}
    assert "transfer_case_police" in {one.id for one in answer.prohibitions if one.verdict == "met"}


def test_a_used_clause_removed_from_the_ledger_is_told_where_it_is_cited(copy: Planted) -> None:
    copy.drop("clauses", "000.direct.expired")

    result = run("check", copy.folder, "--lang", "en")

    assert result.exit_code == 1
    place = copy.place("rules", "expired-drug-filed-directly", "basis")
    assert "error[ER1010]: there is no clause `000.direct.expired`" in result.stdout
    assert f"--> {place.file}:{place.line}:" in result.stdout


def test_an_unused_clause_removed_from_the_ledger_is_missed_in_the_count(copy: Planted) -> None:
    file = "sources/000-national-notice.yaml"
    name = next(name for name, clause in copy.value("clauses", file=file).items() if "not_encoded" in clause)
    copy.drop("clauses", name, file=file)

    result = run("check", copy.folder, "--lang", "en")

    assert result.exit_code == 1
    place = copy.place("clause_count", file=file)
    assert "error[ER2005]: the source `000` has 39 clauses, and its ledger 38" in result.stdout
    assert f"--> {place.file}:{place.line}:" in result.stdout


def _path(entry: tuple[str, str]) -> tuple[str, ...]:
    kind, name = entry
    return ("id",) if kind == "source" else (f"{kind}s", name)


def _file(copy: Planted, entry: tuple[str, str]) -> str | None:
    return WUYUAN if entry[0] == "source" else None
