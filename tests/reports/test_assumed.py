"""What a blank cell of a ledger means in a report: none, or what the unit declares, never what is presumed."""

from __future__ import annotations

from typing import Any

import pytest

from enforcerules import Rulebook
from enforcerules.reports import Cell, FilledForm
from tests.reports.workbooks import ROWS, fill

_FULL = {**ROWS[0], "case_amount": "700000"}


def _without(*facts: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in _FULL.items() if name not in facts}]


def _known(filled: FilledForm, row: str, column: str = "total") -> int | None:
    (part,) = {part.id for table in filled.counting_tables for part in table.parts for r in part.rows if r.id == row}
    return filled.figure(Cell("drug", part, row, column)).value


@pytest.mark.parametrize(
    ("fact", "row", "column"),
    [
        ("case_source", "src_onsite_inspection", "total"),
        ("goods_value", "v_lt_10w", "total"),
        ("case_amount", "case_amount", "total"),
    ],
)
def test_what_is_only_presumed_is_never_counted(rulebook: Rulebook, fact: str, row: str, column: str) -> None:
    filled = fill(rulebook, _without(fact), unknown="absent")

    assert _known(filled, row, column) is None
    needs = {need for figure in filled.figures.values() for each in figure.lacking for need in each.needs}
    assert fact in needs


@pytest.mark.parametrize("fact", ["record_kind", "progress", "product_categories"])
def test_a_case_is_not_placed_by_presumption(rulebook: Rulebook, fact: str) -> None:
    row = {name: value for name, value in _FULL.items() if name not in (fact, "primary_product")}
    filled = fill(rulebook, [row], unknown="absent")

    assert filled.tally.tables == {}
    assert any(fact in each.needs for each in filled.unplaced if not each.left_out)


def test_what_is_none_is_taken_as_none(rulebook: Rulebook) -> None:
    rows = _without("fined_entities", "fine")

    assert _known(fill(rulebook, rows, unknown="open"), "fine_amount") is None
    assert _known(fill(rulebook, rows, unknown="absent"), "fine_amount") == 0


@pytest.mark.parametrize("unknown", ["open", "absent"])
def test_the_unit_declares_what_a_blank_cell_is(rulebook: Rulebook, unknown: str) -> None:
    declared = {"case_source": "sampling", "case_amount": "12.34"}
    filled = fill(rulebook, _without("case_source", "case_amount"), unknown=unknown, assume=declared)

    assert _known(filled, "src_sampling") == 1
    assert _known(filled, "case_amount") == 1234
    assert filled.to_dict()["assume"] == declared


def test_what_a_case_says_goes_before_what_is_declared(rulebook: Rulebook) -> None:
    rows = [_FULL, {**_FULL, "case_id": "2", "case_source": None}]
    filled = fill(rulebook, rows, unknown="absent", assume={"case_source": "sampling"})

    assert _known(filled, "src_sampling") is None
    assert _known(filled, "src_complaint") is None
    assert filled.figure(Cell("drug", "source_row", "src_complaint", "total")).known == 1


@pytest.mark.parametrize(("transfer", "counted"), [("transferred", 1), ("accepted", 1), ("returned_admin", 0)])
def test_a_transfer_made_says_that_a_crime_is_suspected(rulebook: Rulebook, transfer: str, counted: int) -> None:
    rows = [{**_FULL, "criminal_transfer": transfer}]

    assert _known(fill(rulebook, rows, unknown="absent"), "x_police_cases") == counted
    assert _known(fill(rulebook, rows, unknown="open"), "x_police_cases") is None


@pytest.mark.parametrize("suspected", [False, None])
def test_what_is_said_of_suspicion_goes_before_what_the_transfer_implies(
    rulebook: Rulebook, suspected: bool | None
) -> None:
    rows = [{**_FULL, "criminal_transfer": "transferred", "crime_suspected": suspected}]

    assert _known(fill(rulebook, rows, unknown="absent"), "x_police_cases") == (0 if suspected is False else None)
