"""What written reports hold: the figures of the monthly form, the major cases, and the words for none and no change."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.errors import LedgerError
from enforcerules.reports import Cell, PreviousReport, Request, fill_form, read_previous
from enforcerules.testing import CaseFacts
from tests.reports.reports_in_words import QUARTER, ROWS, UNIT, YONGAN, figures, report, section
from tests.strategies import cases, filed_annex1_cases

# --- figures ---------------------------------------------------------------------------------------


def test_the_sections_are_filled_with_what_the_cases_add_up_to(rulebook: Rulebook) -> None:
    made = report(rulebook)

    assert figures(made, "transfer") == {"leads": ["1", "0", "0", "1"], "cases": ["1", "0", "0", "1"]}
    assert figures(made, "cases") == {
        "filed": ["2", "1", "0", "3"],
        "fines": ["12.345678", "0", "0", "12.345678"],
        "confiscated": ["0", "0", "0", "0"],
        "persons": ["2", "0", "0", "2"],
    }
    assert made.complete


@given(
    st.lists(st.one_of(cases(), filed_annex1_cases()), max_size=4),
    st.sampled_from(("quarterly", "final")),
    st.sampled_from(("open", "absent")),
)
def test_every_figure_is_that_of_the_same_cells_of_the_monthly_form(
    rulebook: Rulebook, rows: list[CaseFacts], name: str, unknown: str
) -> None:
    made = report(rulebook, name, rows, place="500118", unknown=unknown)
    wanted = Request("annex1", UNIT, QUARTER, "500118", made.filled.unknown)
    monthly = fill_form(rulebook, wanted, [(f"第{number}行", row) for number, row in enumerate(rows, 2)])
    parts = {row.id: part.id for table in monthly.counting_tables for part in table.blocks for row in part.rows}

    for written in made.sections:
        for figure, line in written.numbers:
            for number in line[:-1]:
                found = made.filled.figure(number.cells[0][1])
                if not figure.rows:
                    counted = monthly.tally.tables.get(str(number.product), [])
                    assert sorted(each.case for each in found.counted) == sorted(counted)
                    continue
                (row,) = figure.rows
                there = monthly.figure(Cell(str(number.product), parts[row], row, "total"))
                assert (found.known, found.value is None) == (there.known, there.value is None)
                assert [each.case for each in found.counted] == [each.case for each in there.counted]
                assert [each.case for each in found.lacking] == [each.case for each in there.lacking]


@given(st.permutations(ROWS), st.sampled_from(("open", "absent")))
def test_the_order_of_the_cases_is_irrelevant(rulebook: Rulebook, rows: list[dict[str, Any]], unknown: str) -> None:
    def told(given: Any) -> list[dict[str, Any]]:
        made = report(rulebook, rows=given, unknown=unknown)
        return [made.content_of(written) for written in made.sections]

    assert told(rows) == told(ROWS)


def test_a_number_names_its_cases_and_the_clause_of_the_report_that_asks_for_it(rulebook: Rulebook) -> None:
    data = report(rulebook).to_dict()
    (transfer,) = [one for one in data["sections"] if one["id"] == "transfer"]
    (drug,) = [one for one in transfer["numbers"] if one["figure"] == "cases" and one["product"] == "drug"]

    assert drug["cases"] == [{"case": "药-2", "adds": "1", "clauses": ["001.a2.transfer"]}]


def test_a_figure_that_lacks_a_fact_is_blank_and_says_which(rulebook: Rulebook) -> None:
    rows = [{name: value for name, value in ROWS[0].items() if name != "fine"}, ROWS[2]]
    made = report(rulebook, rows=rows, unknown="open")
    (handled,) = [one for one in made.to_dict()["sections"] if one["id"] == "cases"]
    (fines,) = [one for one in handled["numbers"] if one["figure"] == "fines" and one["product"] == "drug"]

    assert figures(made, "cases")["fines"] == [None, "0", "0", None]
    assert (fines["state"], fines["lacking"]) == ("open", [{"case": "药-1", "needs": ["fine"]}])
    assert not made.complete


# --- major cases -----------------------------------------------------------------------------------


def test_a_major_case_is_one_by_the_grounds_of_the_report_itself(rulebook: Rulebook) -> None:
    made = report(rulebook)
    grounds = {str(sheet.case): [box.row for box in sheet.boxes["grounds"] if box.ticked] for sheet in made.major_cases}

    # a revocation that is only planned makes table 1 of the monthly form, and no attachment here
    assert grounds == {"药-1": ["q.ground.value"], "药-2": ["q.ground.criminal_transfer"]}
    assert made.attachments == made.major_cases
    decided = report(rulebook, rows=[{**ROWS[2], "license_revocation": "decided"}])
    assert [sheet.clauses for sheet in decided.attachments] == [("001.a2.revoked",)]


@pytest.mark.parametrize(("value", "major"), [("49999.99", False), ("50000", True)])
@pytest.mark.parametrize(("name", "as_of"), [("interim", date(2023, 10, 23)), ("final", date(2024, 11, 1))])
def test_yongan_has_its_own_line_and_no_attachments(
    rulebook: Rulebook, value: str, major: bool, name: str, as_of: date
) -> None:
    rows = [{**YONGAN, "case_id": "安-1", "goods_value": value, "license_revocation": "planned"}]
    made = report(rulebook, name, rows, place="350481", as_of=as_of)

    assert [str(sheet.case) for sheet in made.major_cases] == (["安-1"] if major else [])
    assert section(made, "cases").cases == made.major_cases
    assert made.attachments == ()
    assert figures(made, "cases")["filed"] == ["0", "1", "0", "1"]


def test_the_summaries_of_one_form_bear_their_own_titles(rulebook: Rulebook) -> None:
    titles = [report(rulebook, name, [], place="350481").title.zh for name in ("interim", "final")]

    assert titles == ["药品安全巩固提升行动阶段性工作总结", "药品安全巩固提升行动工作总结"]


def test_cases_of_another_place_or_time_do_not_count(rulebook: Rulebook) -> None:
    made = report(rulebook, rows=[YONGAN | {"goods_value": "9000000"}])

    assert figures(made, "cases")["filed"] == ["0", "0", "0", "0"]
    assert made.major_cases == ()
    assert [each.left_out for each in made.filled.unplaced] == [True]


# --- none and no change ----------------------------------------------------------------------------


def test_a_section_without_anything_says_so_only_where_the_form_has_a_word(rulebook: Rulebook) -> None:
    quarterly, final = report(rulebook, rows=[]), report(rulebook, "final", [], place="500118")

    assert {name: section(quarterly, name).word for name in ("basic", "transfer", "cases")} == {
        "basic": None,
        "transfer": "none",
        "cases": "none",
    }
    assert [written.word for written in final.sections if written.word] == []
    assert figures(final, "transfer")["leads"] == ["0", "0", "0", "0"]


def test_none_is_not_said_while_a_case_is_open(rulebook: Rulebook) -> None:
    maybe = {"record_kind": "case", "jurisdiction": "500118", "duty_date": "2022-07-05", "case_id": "？"}
    made = report(rulebook, rows=[maybe], unknown="open")

    assert section(made, "transfer").word is None
    assert section(made, "cases").word is None


def _as_previous(made: Any, day: date) -> PreviousReport:
    return PreviousReport(day, {each["id"]: each["content"] for each in made.to_dict()["sections"]})


def test_what_is_as_it_was_reported_before_says_so(rulebook: Rulebook) -> None:
    before = _as_previous(report(rulebook), date(2022, 6, 20))
    same = report(rulebook, previous=before)
    fined = report(rulebook, rows=[{**ROWS[0], "fine": "200000"}, *ROWS[1:]], previous=before)
    told_more = report(rulebook, rows=[{**ROWS[0], "summary_control": "已封存。"}, *ROWS[1:]], previous=before)

    assert [section(same, name).word for name in ("transfer", "cases")] == ["unchanged", "unchanged"]
    assert same.attachments == ()
    for changed in (fined, told_more):
        assert [section(changed, name).word for name in ("transfer", "cases")] == ["unchanged", None]
        assert len(changed.attachments) == 2


def test_the_other_forms_have_no_word_for_no_change(rulebook: Rulebook) -> None:
    before = _as_previous(report(rulebook, "final", place="500118"), date(2022, 6, 20))
    made = report(rulebook, "final", place="500118", previous=before)

    assert [written.word for written in made.sections if written.word] == []


def test_the_report_before_is_read_from_its_data(rulebook: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "before.json"
    path.write_text(json.dumps(report(rulebook, as_of=date(2022, 6, 20)).to_dict()), encoding="utf-8")
    before = read_previous(path, form="quarterly", unit=UNIT, as_of=QUARTER)

    assert before.as_of == date(2022, 6, 20)
    assert before.contents == {
        each["id"]: each["content"] for each in report(rulebook, as_of=date(2022, 6, 20)).to_dict()["sections"]
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"form": "final"}, "不是 `quarterly` 的报告"),
        ({"unit": "另一个局"}, "另一个单位"),
        ({"as_of": "2022-09-20"}, "不早于"),
        ({"as_of": "soon"}, "不是书面报告的数据"),
        ({"sections": [1]}, "不是书面报告的数据"),
    ],
)
def test_what_is_no_earlier_report_of_the_unit_is_refused(
    rulebook: Rulebook, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    path = tmp_path / "before.json"
    data = report(rulebook, as_of=date(2022, 6, 20)).to_dict() | change
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    with pytest.raises(LedgerError) as caught:
        read_previous(path, form="quarterly", unit=UNIT, as_of=QUARTER)

    (fault,) = caught.value.diagnostics
    assert fault.code == "ER7080"
    assert said in fault.message.zh


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{", b"[" * 100_000, b"\xff\xfe", b'{"as_of": 1}'])
def test_what_is_no_report_at_all_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "before.json"
    path.write_bytes(data)

    with pytest.raises(LedgerError):
        read_previous(path, form="quarterly", unit=UNIT, as_of=QUARTER)
