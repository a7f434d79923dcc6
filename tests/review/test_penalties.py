"""Red lines and failures about penalties: proved for every case, kept as scenarios, explained with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcerules import RulebookError, load_rulebook
from enforcerules.review.keeping import keep_scenario
from enforcerules.review.properties import read_properties
from enforcerules.review.proving import prove_properties
from enforcerules.review.scenarios import read_scenarios, run_scenarios
from tests.penalty_books import write_penalty_book

LINES = """\
properties:
  - id: kept
    title: {zh: 行为日在旧法期间的不按新法处罚, en: No penalty by the new law for an act under the old one}
    basis: [law.60]
    when: {fact: conduct_date, before: 2023-01-01}
    never: {penalty: expired_new}
  - id: founded
    title: {zh: 处罚都有施行中的依据, en: Every penalty rests on law in force}
    basis: [law.50]
    never: {unfounded: penalty}
  - id: rising
    title: {zh: 货值升高不减少处罚, en: More goods take no penalty away}
    basis: [law.50]
    monotone: {fact: goods_value, keeps: [penalty]}
  - id: broken
    title: {zh: 假药一律处罚责任人员, en: Fake drugs always cost the persons}
    basis: [law.51]
    when: {fact: conduct, is: fake_drug}
    always: {penalty: fake_drugs_persons}
"""


def test_red_lines_about_penalties_are_proved_or_refuted_by_a_case(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    folder = write_penalty_book(tmp_path, properties=LINES)
    rulebook = load_rulebook(folder)
    proofs = {
        proof.line.id: proof for proof in prove_properties(rulebook, read_properties(rulebook, folder), seconds=20)
    }

    assert {name: proof.verdict for name, proof in proofs.items()} == {
        "kept": "proved",
        "founded": "proved",
        "rising": "proved",
        "broken": "refuted",
    }
    kept = keep_scenario(rulebook, proofs["broken"], tmp_path / "kept").read_text(encoding="utf-8")
    assert '"penalties": ["fake_drugs_persons"]' in kept


def test_what_the_law_governs_and_the_highest_fine_are_compared(tmp_path: Path) -> None:
    scenarios = """\
scenarios:
  - id: wrong
    title: {zh: 全错, en: All wrong}
    world: open
    facts: {conduct: expired, as_of: 2023-03-01, conduct_date: 2022-12-31, decided_on: 2023-03-01, goods_value: 5000}
    variants:
      - name: {zh: 甲, en: A}
        facts: {}
        expect:
          penalty_law: conduct
          highest_fine: expired_old
          penalties: [expired_old]
          ranges: {expired_new: {counted: 5000, least: null, most: 5万}, expired_old: {least: 50000}}
          rests_on: {penalties: {expired_new: [law.60]}}
"""
    folder = write_penalty_book(tmp_path, scenarios=scenarios)
    rulebook = load_rulebook(folder)
    (result,) = run_scenarios(rulebook, read_scenarios(rulebook, folder))

    assert sorted(((one.part, one.name or ""), one.expected, one.actual) for one in result.differences) == [
        (("highest_fine", ""), "expired_old", "expired_new"),
        (("penalties", "expired_old"), "met", "not_met"),
        (("penalty_law", ""), "conduct", "decision"),
        (("ranges.counted", "expired_new"), "5000", None),
        (("ranges.least", "expired_new"), None, "0"),
        (("ranges.least", "expired_old"), "50000", None),
        (("ranges.may", "expired_new"), False, True),
        (("rests_on.penalties", "expired_new"), ["law.60"], ["law.61"]),
    ]


def test_on_whom_it_is_and_the_terms_of_its_measures_are_compared(tmp_path: Path) -> None:
    scenarios = """\
scenarios:
  - id: persons
    title: {zh: 责任人员, en: Persons}
    world: open
    facts: {conduct: fake_drug, grave: true, as_of: 2022-07-10}
    variants:
      - name: {zh: 对, en: right}
        facts: {}
        expect:
          ranges:
            fake_drugs:
              on: unit
              may: false
              measures: [confiscate_goods]
              optional_measures: [revoke_permit]
              terms: {revoke_permit: {by: police}}
            fake_drugs_persons:
              on: persons
              terms: {ban_from_trade: {years: 10, life: true}, detention: {by: police, days: [5, 15]}}
      - name: {zh: 没有写的, en: what is not written}
        facts: {}
        expect:
          ranges:
            fake_drugs: {measures: [confiscate_goods], optional_measures: [revoke_permit]}
            fake_drugs_persons: {measures: [ban_from_trade], optional_measures: [detention]}
      - name: {zh: 错, en: wrong}
        facts: {}
        expect:
          ranges:
            fake_drugs: {on: persons, may: true, optional_measures: [confiscate_goods], terms: {warning: {by: police}}}
            fake_drugs_persons:
              terms: {ban_from_trade: {years: 5, life: false}, detention: {by: handling_agency, days: [5, 10]}}
"""
    folder = write_penalty_book(tmp_path, scenarios=scenarios)
    rulebook = load_rulebook(folder)
    right, unwritten, wrong = run_scenarios(rulebook, read_scenarios(rulebook, folder))

    assert right.differences == ()
    assert [(one.part, one.name, one.expected, one.actual) for one in unwritten.differences] == [
        ("ranges.revoke_permit.by", "fake_drugs", "handling_agency", "police"),
        ("ranges.on", "fake_drugs_persons", "unit", "persons"),
        ("ranges.ban_from_trade.years", "fake_drugs_persons", None, "10"),
        ("ranges.ban_from_trade.life", "fake_drugs_persons", False, True),
        ("ranges.detention.by", "fake_drugs_persons", "handling_agency", "police"),
        ("ranges.detention.days", "fake_drugs_persons", None, ["5", "15"]),
    ]
    assert [(one.part, one.name, one.expected, one.actual) for one in wrong.differences] == [
        ("ranges.may", "fake_drugs", True, False),
        ("ranges.on", "fake_drugs", "persons", "unit"),
        ("ranges.measures", "fake_drugs", [], ["confiscate_goods"]),
        ("ranges.optional_measures", "fake_drugs", ["confiscate_goods"], ["revoke_permit"]),
        ("ranges.warning.by", "fake_drugs", "police", None),
        ("ranges.ban_from_trade.years", "fake_drugs_persons", "5", "10"),
        ("ranges.ban_from_trade.life", "fake_drugs_persons", False, True),
        ("ranges.detention.by", "fake_drugs_persons", "handling_agency", "police"),
        ("ranges.detention.days", "fake_drugs_persons", ["5", "10"], ["5", "15"]),
    ]


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("{ranges: {fake_drugs: {terms: {revoke_permt: {by: police}}}}}", "revoke_permit"),
        ("{ranges: {fake_drugs: {terms: {revoke_permit: {by: polise}}}}}", "police"),
        ("{penalties: [fake_drug]}", "fake_drugs"),
        ("{ranges: {expired_od: {least: 1}}}", "expired_old"),
        ("{ranges: {fake_drugs: {measures: [confiscate]}}}", "confiscate_goods"),
        ("{highest_fine: expired_nwe}", "expired_new"),
    ],
)
def test_a_name_of_a_penalty_that_is_not_there_is_told_with_the_one_meant(
    tmp_path: Path, expected: str, told: str
) -> None:
    scenarios = f"""\
scenarios:
  - id: wrong
    title: {{zh: 错, en: Wrong}}
    world: open
    facts: {{}}
    variants:
      - {{name: {{zh: 甲, en: A}}, facts: {{}}, expect: {expected}}}
"""
    folder = write_penalty_book(tmp_path, scenarios=scenarios)
    with pytest.raises(RulebookError) as caught:
        read_scenarios(load_rulebook(folder), folder)

    (fault,) = caught.value.diagnostics
    assert fault.hint is not None
    assert f"`{told}`" in fault.hint.en
