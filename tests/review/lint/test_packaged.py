"""The packaged rulebook, as it is and with faults put into it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from enforcerules import RulebookError, load_rulebook
from enforcerules.review.lint import find_weaknesses
from tests.cli.running import ROOT
from tests.review.lint.books import change, find, line_of, place
from tests.wording import faults_of_wording

pytest.importorskip("z3")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "rules", tmp_path / "rules")


def test_every_weakness_of_the_packaged_rulebook_is_accepted() -> None:
    found = list(find_weaknesses(load_rulebook()))

    assert [weak for weak in found if weak.accepted is None] == []
    assert [fault for weak in found for fault in faults_of_wording(weak.diagnostic)] == []


def test_faults_put_into_a_copy_are_each_found_at_their_place(copy: Path) -> None:
    # a rule that nothing can meet any more
    change(
        copy, "common/online.yaml", "when: {fact: online, is: true}\n", "when: {fact: product_categories, is: [drug]}\n"
    )
    # a rule that forbids what another requires
    duty = "then: [{require: police_early_intervention}]"
    change(copy, "common/police.yaml", duty, duty.replace("}]", "}, {forbid: police_verify_and_reply}]"))
    # a value that ends a day before its clause
    change(copy, "parameters.yaml", "from: 2022-05-06, until: 2023-05-05", "from: 2022-05-06, until: 2023-05-04")

    found = {weak.code: weak for weak in find(copy) if weak.accepted is None and weak.code not in ("ER6001", "ER6002")}

    assert found["ER6011"].of == ("online-cleanup-operations",)
    assert place(found["ER6011"]) == line_of(copy, "common/online.yaml", "id: online-cleanup-operations")
    assert found["ER6021"].of == ("police-verify-and-reply", "police-intervene-early")
    assert place(found["ER6021"]) == line_of(copy, "common/police.yaml", "id: police-verify-and-reply")
    case = found["ER6021"].case
    assert case is not None
    assert case.keys() == {"jurisdiction", "as_of", "product_categories", "police_received_lead"}
    assert place(found["ER6042"]) == line_of(copy, "parameters.yaml", "until: 2023-05-04")
    assert "`500118` on 2023-05-05" in found["ER6042"].diagnostic.message.en


def test_an_action_that_no_rule_yields_any_more_is_missed_by_its_scenarios(copy: Path) -> None:
    change(copy, "common/case-duties.yaml", "{require: three_systems}", "{warn: {zh: 提示, en: A hint}}")

    with pytest.raises(RulebookError) as caught:
        find(copy)

    assert {fault.code for fault in caught.value.diagnostics} == {"ER5001"}
    places = {(fault.span.source.path, fault.span.line) for fault in caught.value.diagnostics if fault.span}
    assert line_of(copy, "scenarios/duties-casework.yaml", "actions_due: [three_systems]") in places


def test_a_clause_taken_out_of_the_ledger_is_missed_where_it_is_cited(copy: Path) -> None:
    source = copy / "sources/001-yongchuan-plan/plan.yaml"
    text = source.read_text(encoding="utf-8")
    begin = text.index("  001.samr.risk:\n")
    end = text.index("\n  001.", begin) + 1
    source.write_text(text[:begin] + text[end:], encoding="utf-8")

    with pytest.raises(RulebookError) as caught:
        load_rulebook(copy)

    spans = {(fault.code, str(fault.span)) for fault in caught.value.diagnostics}
    (file, line) = line_of(copy, "common/risk.yaml", "basis: [001.samr.risk]")
    (counted, at) = line_of(copy, "sources/001-yongchuan-plan/plan.yaml", "clause_count:")
    assert spans == {("ER1010", f"{file}:{line}:13"), ("ER2005", f"{counted}:{at}:15")}
