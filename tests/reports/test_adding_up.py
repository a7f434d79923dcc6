"""What holds of the report of any ledger, whatever its cases are."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.case import Unknown
from enforcerules.reports import FilledForm, Request, add_up, check_form, fill_form
from enforcerules.reports.collect import PlacedCase
from enforcerules.testing import CaseFacts
from tests.strategies import cases, filed_annex1_cases

AS_OF = date(2022, 10, 31)
UNKNOWN: tuple[Unknown, ...] = ("open", "absent")


def placed(found: list[CaseFacts]) -> list[PlacedCase]:
    """Give each case a row and a number of its own, some of them none."""
    numbered = [{**case, "case_id": None if row % 4 == 3 else f"永练〔2022〕{row}号"} for row, case in enumerate(found)]
    return [(f"第{row}行", case) for row, case in enumerate(numbered, 2)]


ledgers = st.lists(st.one_of(filed_annex1_cases(), filed_annex1_cases(), cases()), max_size=8).map(placed)
meanings = st.sampled_from(UNKNOWN)


def fill(rulebook: Rulebook, ledger: list[PlacedCase], unknown: Unknown) -> FilledForm:
    return fill_form(rulebook, Request("annex1", "永川区市场监督管理局", AS_OF, "500118", unknown), ledger)


@given(ledger=ledgers, unknown=meanings)
def test_totals_are_the_sums_of_their_stages(rulebook: Rulebook, ledger: list[PlacedCase], unknown: Unknown) -> None:
    filled = fill(rulebook, ledger, unknown)

    for table in filled.counting_tables:
        for part, row, column, cell in filled.cells(table):
            axis = table.part(part.across)
            if not column.total or axis is None:
                continue
            stages = [filled.figure(cell._replace(column=stage.id)) for stage in axis.rows if not stage.total]
            whole = filled.figure(cell)
            if all(stage.value is not None for stage in stages) and whole.value is not None:
                assert whole.value == sum(stage.known for stage in stages), row.id
            assert {each.case for stage in stages for each in stage.counted} <= {each.case for each in whole.counted}
    assert not [check for check in check_form(filled) if check.verdict == "fails"]


@given(ledger=ledgers, unknown=meanings)
def test_the_list_of_a_cell_adds_up_to_it(rulebook: Rulebook, ledger: list[PlacedCase], unknown: Unknown) -> None:
    filled = fill(rulebook, ledger, unknown)
    rows = {
        (table.id, part.id, row.id): row.value
        for table in filled.counting_tables
        for part, row, *_ in filled.cells(table)
    }

    for cell, figure in filled.figures.items():
        listed = [each.case for each in figure.counted]
        assert len(set(listed)) == len(listed)
        assert figure.known == sum(each.amount for each in figure.counted)
        assert all(each.amount and each.clauses for each in figure.counted)
        assert not set(listed) & {each.case for each in figure.lacking}
        counts = rows[cell[:3]]
        if counts is not None and counts.kind == "count":
            assert figure.known == len(listed)


@given(ledger=ledgers, unknown=meanings, rng=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(
    rulebook: Rulebook, ledger: list[PlacedCase], unknown: Unknown, rng: Random
) -> None:
    shuffled = list(ledger)
    rng.shuffle(shuffled)

    assert fill(rulebook, shuffled, unknown).to_dict() == fill(rulebook, ledger, unknown).to_dict()


@given(ledger=ledgers, unknown=meanings, data=st.data())
def test_two_halves_add_up_to_the_report_of_the_whole(
    rulebook: Rulebook, ledger: list[PlacedCase], unknown: Unknown, data: st.DataObject
) -> None:
    first = [case for case in ledger if data.draw(st.booleans())]
    second = [case for case in ledger if case not in first]
    whole = fill(rulebook, ledger, unknown)
    halves = [fill(rulebook, half, unknown).tally for half in (first, second)]

    both = FilledForm(whole.book, whole.form, whole.unit, whole.as_of, add_up(halves), whole.not_applicable, unknown)
    assert both.to_dict() == whole.to_dict()


@given(ledger=ledgers, unknown=meanings)
def test_every_case_is_counted_or_listed_with_a_reason(
    rulebook: Rulebook, ledger: list[PlacedCase], unknown: Unknown
) -> None:
    filled = fill(rulebook, ledger, unknown)
    counted = {case for found in filled.tally.tables.values() for case in found}
    figures = {each.case for figure in filled.figures.values() for each in figure.counted}

    assert len(filled.tally.names) == len(ledger)
    assert set(filled.tally.names) == counted | figures | {each.case for each in filled.unplaced}
