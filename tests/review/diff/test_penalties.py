"""What a changed penalty means: said with old and new figures, and shown by a case that is penalised otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from enforcerules.model import Fine
from enforcerules.review.diff.compare import RulebookDiff, compare_rulebooks, load_edition
from enforcerules.review.diff.document import render_text
from enforcerules.review.diff.packet import build_packet
from enforcerules.review.fines import telling_amounts
from enforcerules.review.theory import z3_available
from tests.penalty_books import PENALTIES, RULES, WORDS, write_penalty_book

needs_z3 = pytest.mark.skipif(not z3_available(), reason="needs z3")


def compared(folder: Path, **parts: str) -> RulebookDiff:
    old = write_penalty_book(folder / "old")
    new = write_penalty_book(folder / "new", **parts)
    return compare_rulebooks(load_edition(old, "old"), load_edition(new, "new"))


def edited(folder: Path, old: str, new: str) -> RulebookDiff:
    assert old in PENALTIES
    return compared(folder, penalties=PENALTIES.replace(old, new))


def shown(found: RulebookDiff, part: str) -> tuple[str, str] | None:
    """Return what the first witness has of a penalty before and after."""
    changes = {change.name: change for change in found.witnesses[0].changes}
    change = changes.get(part)
    return None if change is None else tuple(_said(one) for one in (change.old, change.new))  # type: ignore[return-value]


def _said(value: object) -> str:
    return value["en"] if isinstance(value, dict) else str(value)


@needs_z3
@pytest.mark.parametrize(
    ("old", "new", "part", "before", "after"),
    [
        (
            "counted_as_at_least: 100000",
            "counted_as_at_least: 200000",
            "fake_drugs.fine",
            "1,500,000 to 3,000,000 yuan, counted as 100,000 yuan",
            "3,000,000 to 6,000,000 yuan, counted as 200,000 yuan",
        ),
        ("under: 10000", "under: 9000", "expired_old.fine", "50,000 to 150,000 yuan", "135,000 to 270,000 yuan"),
        (
            "amount: {least: 50000, most: 150000}",
            "amount: {least: 60000, most: 150000}",
            "expired_old.fine",
            "50,000 to 150,000 yuan",
            "60,000 to 150,000 yuan",
        ),
        (
            "percent: {least: 30, most: 300}",
            "percent: {least: 30, most: 200}",
            "fake_drugs_persons.fine",
            "3,000 to 30,000 yuan",
            "3,000 to 20,000 yuan",
        ),
        ("may: true, amount", "amount", "expired_new.fine", "possibly 0 to 50,000 yuan", "0 to 50,000 yuan"),
        (
            "years: 10, life: true",
            "years: 10",
            "fake_drugs_persons.ban_from_trade",
            "must, 10 years, for life",
            "must, 10 years",
        ),
        ("by: police, may: true}", "may: true}", "fake_drugs.revoke_permit.by", "['police']", "['handling_agency']"),
        (
            "days: {least: 5, most: 15}",
            "days: {least: 5, most: 10}",
            "fake_drugs_persons.detention",
            "may, 5 to 15 days",
            "may, 5 to 10 days",
        ),
        ("      - {do: confiscate_goods}\n", "", "fake_drugs.confiscate_goods", "must", "None"),
        ("    on: persons\n", "", "fake_drugs_persons.on", "persons", "unit"),
        ("{base: income, percent", "{base: goods_value, percent", "fake_drugs_persons.base", "income", "goods_value"),
    ],
)
def test_a_changed_penalty_is_shown_by_a_case(
    tmp_path: Path, old: str, new: str, part: str, before: str, after: str
) -> None:
    found = edited(tmp_path, old, new)

    (change,) = found.changes
    (meaning,) = found.outcomes
    assert (found.outcome, change.kind, change.status) == ("changed", "penalty", "changed")
    assert (meaning.kind, meaning.name, meaning.verdict) == ("penalty", change.name, "otherwise")
    assert shown(found, part) == (before, after)


@needs_z3
def test_a_case_that_shows_another_base_has_another_range(tmp_path: Path) -> None:
    found = edited(tmp_path, "{base: income, percent", "{base: goods_value, percent")

    ranges = shown(found, "fake_drugs_persons.fine")
    assert ranges is not None
    assert ranges[0] != ranges[1]


@needs_z3
def test_a_note_and_a_title_are_words(tmp_path: Path) -> None:
    found = edited(tmp_path, "The new law is milder", "Milder")

    assert found.outcome == "same"
    assert [part.weight for part in found.changes[0].parts] == ["words"]


@needs_z3
def test_another_penalty_of_a_rule_is_no_longer_laid_down_and_newly_laid_down(tmp_path: Path) -> None:
    found = compared(tmp_path, rules=RULES.replace("penalise: expired_new", "penalise: fake_drugs"))

    verdicts = {meaning.name: meaning.verdict for meaning in found.outcomes}
    assert verdicts == {"expired_new": "less", "fake_drugs": "more"}


@needs_z3
def test_a_new_penalty_is_added_with_all_that_it_lays_down(tmp_path: Path) -> None:
    more = PENALTIES + "  more:\n    title: {zh: 另一项, en: More}\n    measures: [{do: warning}]\n"
    found = compared(tmp_path, penalties=more, rules=RULES.replace("penalise: expired_new", "penalise: more"))

    change = next(change for change in found.changes if change.kind == "penalty")
    assert (change.name, change.status) == ("more", "added")
    assert change.clauses == ("law.61",)
    assert {part.part for part in change.parts} == {"title", "on", "measures.warning"}


@needs_z3
def test_how_one_chooses_among_penalties_is_meaning(tmp_path: Path) -> None:
    basis = PENALTIES.replace("lighter_law: {basis: [law.37]}", "lighter_law: {basis: [law.29, law.37]}")
    order = WORDS.replace("      warning: {zh: 警告, en: Warning}\n", "").replace(
        "      detention", "      warning: {zh: 警告, en: Warning}\n      detention"
    )

    found = compared(tmp_path, penalties=basis, words=order)

    assert [(change.kind, change.name) for change in found.changes] == [
        ("choice", "lighter_law"),
        ("choice", "severity"),
    ]
    assert found.outcome == "changed"


@needs_z3
def test_the_packet_says_the_figures_in_both_languages(tmp_path: Path) -> None:
    found = edited(tmp_path, "counted_as_at_least: 100000", "counted_as_at_least: 200000")

    english, chinese = (render_text(build_packet(found), language) for language in ("en", "zh"))
    assert "changed penalty fake_drugs: Selling fake drugs" in english
    assert "penalised otherwise (case 1)" in english
    assert "200,000 yuan" in english
    assert "修改处罚 fake_drugs：销售假药" in chinese
    assert "处罚的幅度或者种类不同（例1）" in chinese
    assert "counted_as_at_least: 200000" in chinese


@needs_z3
def test_the_same_files_are_the_same(tmp_path: Path) -> None:
    old = write_penalty_book(tmp_path)
    shutil.copytree(old, tmp_path / "again")

    assert compare_rulebooks(load_edition(old), load_edition(tmp_path / "again")).outcome == "identical"


# --- where two ranges differ -------------------------------------------------------------------------

_PLAIN = Fine("goods_value", floor=None, under=None, amount=None, percent=(1000, 2000), may=False)


def test_two_fines_that_are_alike_differ_nowhere() -> None:
    assert list(telling_amounts(_PLAIN, _PLAIN)) == []


def test_a_floor_tells_below_it_only() -> None:
    other = Fine("goods_value", floor=100_00, under=None, amount=None, percent=(1000, 2000), may=False)

    assert list(telling_amounts(_PLAIN, other)) == [{"goods_value": (1, 9999)}]


def test_fixed_ranges_differ_whatever_the_amount() -> None:
    fines = [Fine(None, None, None, (0, most), None, may=False) for most in (100, 200)]

    assert list(telling_amounts(*fines)) == [{}]
