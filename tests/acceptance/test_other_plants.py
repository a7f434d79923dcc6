"""Further faults, of other kinds: each told by `check`, or by a scenario, at the place where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from enforcerules import Rulebook, RulebookError
from enforcerules.errors import Span
from enforcerules.passes import draft_rulebook
from enforcerules.review.lint.gaps import find_values_out_of_step
from enforcerules.review.lint.places import Places
from enforcerules.review.lint.reports import (
    find_figures_added_twice,
    find_places_out_of_step,
    find_tables_of_other_products,
)
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.texts import find_repeated_titles, find_texts_in_another_language
from enforcerules.review.lint.weakness import Weakness
from enforcerules.review.scenarios import Variant, read_scenarios, run_variant
from tests.acceptance.planting import Place, Planted
from tests.wording import faults_of_wording

DRUG_TABLE = "reports/annex1/drug.yaml"
EXPIRED = "expired-drug-filed-directly"


@pytest.fixture
def copy(tmp_path: Path) -> Planted:
    return Planted(tmp_path / "rules")


def at(span: Span | None) -> tuple[str, int]:
    assert span is not None
    return span.source.path, span.line


# --- what keeps it from loading --------------------------------------------------------------------

UNSOUND: dict[str, tuple[Callable[[Planted], Place], str]] = {
    "a day off is missing": (lambda c: c.drop("holidays", 5, "days", 2, file="calendars/2022.yaml"), "ER4004"),
    "a make-up day is missing": (lambda c: c.drop("worked", 5, file="calendars/2022.yaml"), "ER4004"),
    "a make-up day is a weekday": (lambda c: c.put("worked", 0, to="2022-01-28", file="calendars/2022.yaml"), "ER4003"),
    "a clause too many": (
        lambda c: c.enter(
            "clauses",
            entry="002.new: {at: 一, gist: {zh: 甲, en: A}, not_encoded: {zh: 无, en: None}}",
            file="sources/002-wuyuan-plan.yaml",
        ),
        "ER2005",
    ),
    "a value of an enumeration is gone": (
        lambda c: c.drop("enumerations", "license_revocation", "values", "decided"),
        "ER1022",
    ),
    "a fact is gone": (lambda c: c.drop("facts", "case_amount"), "ER1010"),
    "an action is gone": (lambda c: c.drop("actions", "transfer_customs"), "ER1010"),
    "a doubt is gone": (lambda c: c.drop("doubts", "G-08"), "ER1010"),
    "a rule establishes what a person judges": (
        lambda c: c.put("rules", EXPIRED, "then", 0, to="{establish: sufficient_evidence, ground: expired}"),
        "ER1050",
    ),
    "a file of rules is not listed": (lambda c: c.drop("files", "rules", 3, file="rulebook.yaml"), "ER2001"),
    "rules override one another": (
        lambda c: c.enter("rules", "penalised-case-published", entry="overrides: [publication-waits-for-consent]"),
        "ER1060",
    ),
    "a place that no document has": (
        lambda c: c.put("parameters", "major_case_goods_value", "values", 1, "where", to="'350400'"),
        "ER4011",
    ),
    "a clause that there is not": (
        lambda c: c.put("rules", EXPIRED, "basis", 0, to="000.direct.expird"),
        "ER1010",
    ),
    "a ground of another finding": (
        lambda c: c.put("rules", EXPIRED, "then", 0, "ground", to="composition_mismatch"),
        "ER10",
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_a_fault_keeps_the_rulebook_from_loading(name: str, copy: Planted) -> None:
    plant, code = UNSOUND[name]
    plant(copy)

    with pytest.raises(RulebookError) as caught:
        copy.load()

    found = [fault for fault in caught.value.diagnostics if fault.code.startswith(code)]
    assert found, [fault.code for fault in caught.value.diagnostics]
    assert all((copy.folder / at(fault.span)[0]).is_file() for fault in found)


# --- weaknesses that need no search ----------------------------------------------------------------


def found_by(copy: Planted, find: Callable[[Subject], Iterator[Weakness]]) -> list[Weakness]:
    rulebook = copy.load()
    subject = Subject(rulebook, Places(draft_rulebook(copy.folder)), (), (), (), None)
    found = list(find(subject))
    assert [fault for weak in found for fault in faults_of_wording(weak.diagnostic)] == []
    return found


@dataclass(frozen=True)
class Weak:
    """A fault that leaves a rulebook which loads, and what looks for it."""

    plant: Callable[[Planted], Place]
    find: Callable[[Subject], Iterator[Weakness]]
    code: str
    named: str


WEAK = {
    "a report of another place": Weak(
        lambda c: c.put("reports", "monthly", "where", to="'361130'"), find_places_out_of_step, "ER6046", "monthly"
    ),
    "a form for the whole country": Weak(
        lambda c: c.put("where", to="CN", file="reports/annex1/form.yaml"),
        find_places_out_of_step,
        "ER6046",
        "annex1",
    ),
    "a table of another product": Weak(
        lambda c: c.put("tables", "drug", "product", to="device", file=DRUG_TABLE),
        find_tables_of_other_products,
        "ER6047",
        "annex1/drug",
    ),
    "a figure that two rows add": Weak(
        lambda c: c.put(
            "tables",
            "drug",
            "parts",
            "penalties",
            "rows",
            "fine_amount",
            "value",
            "amount",
            0,
            to="illegal_income",
            file=DRUG_TABLE,
        ),
        find_figures_added_twice,
        "ER6033",
        "annex1/drug/penalties",
    ),
    "two values with one label": Weak(
        lambda c: c.put("enumerations", "license_revocation", "values", "planned", to="{zh: 已吊销, en: Decided}"),
        find_repeated_titles,
        "ER6061",
        "decided",
    ),
    "two places with one name": Weak(
        lambda c: c.put("places", "361130", to="{zh: 全国, en: China}", file="rulebook.yaml"),
        find_repeated_titles,
        "ER6061",
        "361130",
    ),
    "Chinese and English changed round": Weak(
        lambda c: c.put("clauses", "002.scope", "gist", to="{zh: The campaign covers drugs, en: 行动针对药品}"),
        find_texts_in_another_language,
        "ER6062",
        "sources/002-wuyuan-plan.yaml:clauses.002.scope.gist",
    ),
    "a value that ends a day early": Weak(
        lambda c: c.put("parameters", "major_case_goods_value", "values", 0, "until", to="2023-05-04"),
        find_values_out_of_step,
        "ER6042",
        "major_case_goods_value",
    ),
    "a value carried to another place": Weak(
        lambda c: c.put("parameters", "major_case_goods_value", "values", 1, "where", to="'361130'"),
        find_places_out_of_step,
        "ER6046",
        "major_case_goods_value",
    ),
}


@pytest.mark.parametrize("name", WEAK)
def test_a_weakness_is_told_at_its_place(name: str, copy: Planted) -> None:
    weak = WEAK[name]
    assert [one for one in found_by(copy, weak.find) if one.code == weak.code] == []

    place = weak.plant(copy)

    found = [one for one in found_by(copy, weak.find) if one.code == weak.code and weak.named in one.of]
    assert found
    lines = {at(one.diagnostic.span) for one in found} | {at(s) for one in found for _, s in one.diagnostic.related}
    assert (place.file, place.line) in lines


# --- what a scenario tells ---------------------------------------------------------------------------

TOLD: dict[str, tuple[Callable[[Planted], Place], str]] = {
    "a report addressed elsewhere": (
        lambda c: c.put("reports", "monthly", "to", to="yongan_device_section"),
        "due-500118-monthly",
    ),
    "a due day that is gone": (lambda c: c.drop("reports", "quarterly", "due", 1), "due-500118-quarterly"),
    "a bracket moved on both sides": (
        lambda c: (
            c.put(*_row("v_10w_20w"), "when", "all", 0, "at_least", to="110000", file=DRUG_TABLE),
            c.put(*_row("v_lt_10w"), "when", "less_than", to="110000", file=DRUG_TABLE),
        )[0],
        "value-brackets-drug",
    ),
    "a doubt shown elsewhere": (lambda c: c.put("doubts", "G-08", "where", to="['350481']"), "S-40"),
    "a longer clock": (
        lambda c: c.put("clauses", "drug-admin-law-2019.100.2.decision", "clock", "days", to="8"),
        "seizure",
    ),
    "another ground of the final report": (
        lambda c: c.add("grounds", "f.ground.criminal_transfer", "when", "in", item="planned"),
        "line-of-yongchuan",
    ),
    "an attachment that is gone": (lambda c: c.drop("attachments", file="reports/final.yaml"), "line-of-yongchuan"),
    "another value when the world is closed": (
        lambda c: c.put("facts", "crime_suspected", "closed", to="true"),
        "line-of-yongan",
    ),
}


def _row(name: str) -> tuple[str, ...]:
    return ("tables", "drug", "parts", "value_row", "rows", name)


@pytest.fixture(scope="module")
def variants(rulebook: Rulebook) -> dict[str, list[Variant]]:
    found: dict[str, list[Variant]] = {}
    for variant in read_scenarios(rulebook):
        found.setdefault(variant.scenario, []).append(variant)
    return found


@pytest.mark.parametrize("name", TOLD)
def test_a_scenario_tells_it(name: str, copy: Planted, variants: dict[str, list[Variant]], rulebook: Rulebook) -> None:
    plant, scenario = TOLD[name]
    assert all(run_variant(rulebook, variant).passed for variant in variants[scenario])

    plant(copy)
    planted: Any = copy.load()

    assert not all(run_variant(planted, variant).passed for variant in variants[scenario])
