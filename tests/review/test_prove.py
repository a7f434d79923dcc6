"""Red lines: each claim proved and refuted, counterexamples as the reference engine sees them, faults caught."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from enforcerules import EngineUnavailableError, Rulebook, RulebookError, load_rulebook
from enforcerules.errors import Source, Span
from enforcerules.model import (
    AllOf,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
    ResolvedRulebook,
    Window,
)
from enforcerules.model.conditions import ALWAYS
from enforcerules.model.properties import (
    AlwaysHolds,
    AnswerTest,
    Claim,
    ExactlyOne,
    Monotone,
    NeverHolds,
    Opposite,
    Property,
    PropertyCondition,
)
from enforcerules.review.keeping import keep_scenario
from enforcerules.review.properties import (
    Counterexample,
    Proof,
    RedLine,
    answers,
    breaks,
    read_properties,
)
from enforcerules.review.proving import prove_properties
from enforcerules.review.scenarios import read_scenarios, run_scenarios
from enforcerules.rulebook import packaged_folder
from tests.engines.small_books import NO_TEXT, book_of, clause, rule

pytest.importorskip("z3")

NOWHERE = Span(Source("properties.yaml", ""), 1, 1)
RICH = FactTest("money", Operator.AT_LEAST, ParameterRef("line"))


def _prove(book: ResolvedRulebook, claim: Claim, when: PropertyCondition = ALWAYS, seconds: float = 30) -> Proof:
    line = RedLine(Property("line", NO_TEXT, ("always",), when, claim, (), None), NOWHERE)
    rulebook = Rulebook(book)
    (proof,) = prove_properties(rulebook, [line], seconds=seconds)
    if proof.counterexample is not None:
        assert breaks(rulebook, line.content, proof.counterexample)
    return proof


def _facts(proof: Proof) -> dict[str, Any]:
    assert proof.verdict == "refuted"
    assert proof.counterexample is not None
    return dict(proof.counterexample.facts)


# --- each claim --------------------------------------------------------------------------------------


def test_always_is_proved_where_the_rule_says_so_and_refuted_where_it_says_more() -> None:
    book = book_of(rule("r", RICH, establishes="major"), limits={"CN": 500_000_00})

    assert _prove(book, AlwaysHolds(FindingTest("major")), RICH).verdict == "proved"
    more = FactTest("money", Operator.AT_LEAST, 400_000_00)
    assert _facts(_prove(book, AlwaysHolds(FindingTest("major")), more)) == {"money": 400_000}


def test_the_bound_itself_is_a_case() -> None:
    above = FactTest("money", Operator.MORE_THAN, 500_000_00)
    book = book_of(rule("r", above, establishes="major"))
    reached = FactTest("money", Operator.AT_LEAST, 500_000_00)

    assert _facts(_prove(book, AlwaysHolds(FindingTest("major")), reached)) == {"money": 500_000}


def test_an_open_answer_is_no_always_and_no_never() -> None:
    flag = FactTest("flag", Operator.IS, True)
    book = book_of(rule("r", flag, establishes="found"))

    # nothing need be known for the finding to be open
    assert _facts(_prove(book, AlwaysHolds(Opposite(FindingTest("found"))))) == {}
    assert _facts(_prove(book, NeverHolds(FindingTest("found")))) == {"flag": True}


def test_never_is_proved_across_an_override() -> None:
    flag, other = FactTest("flag", Operator.IS, True), FactTest("other_flag", Operator.IS, True)
    general, special = rule("general", flag, establishes="found"), rule("special", other, overrides=("general",))

    assert _prove(book_of(general, special), NeverHolds(FindingTest("found")), other).verdict == "proved"
    without = book_of(general, rule("special", other))
    assert _facts(_prove(without, NeverHolds(FindingTest("found")), other)) == {"flag": True, "other_flag": True}


@pytest.mark.parametrize(
    ("bounds", "verdict"), [((10, 10), "proved"), ((10, 11), "refuted"), ((11, 10), "refuted")], ids=str
)
def test_exactly_one_sees_gaps_and_overlaps(bounds: tuple[int, int], verdict: str) -> None:
    known = FactTest("number", Operator.AT_LEAST, 0)
    below = FactTest("number", Operator.LESS_THAN, bounds[0])
    above = FactTest("number", Operator.AT_LEAST, bounds[1])
    book = book_of(rule("low", below, establishes="low"), rule("high", above, establishes="high"))

    proof = _prove(book, ExactlyOne((FindingTest("low"), FindingTest("high"))), known)

    assert proof.verdict == verdict
    assert verdict == "proved" or _facts(proof) == {"number": 10}


def test_monotone_is_refuted_where_a_higher_figure_loses_something() -> None:
    rises = book_of(rule("r", FactTest("money", Operator.AT_LEAST, 100_00), establishes="found"))
    falls = book_of(rule("r", FactTest("money", Operator.LESS_THAN, 100_000_00), establishes="found"))
    claim = Monotone("money", (FindingTest("found"),))

    assert _prove(rises, claim).verdict == "proved"
    proof = _prove(falls, claim)
    assert _facts(proof) == {"money": 0}
    assert proof.counterexample is not None
    assert proof.counterexample.risen == 100_000


def test_monotone_goes_through_sets_and_truth_values() -> None:
    red = FactTest("colours", Operator.HAS, "red")
    alone = AllOf((red, FactTest("colours", Operator.HAS_NONE, frozenset({"blue"}))))
    book = book_of(rule("r", red, establishes="red"), rule("a", alone, establishes="alone"))

    assert _prove(book, Monotone("colours", (FindingTest("red"),))).verdict == "proved"
    proof = _prove(book, Monotone("colours", (FindingTest("alone"),)))
    assert _facts(proof) == {"colours": ["red"]}
    assert proof.counterexample is not None
    assert sorted(proof.counterexample.risen) == ["blue", "red"]
    unset = book_of(rule("r", FactTest("flag", Operator.IS, False), establishes="found"))
    assert _facts(_prove(unset, Monotone("flag", (FindingTest("found"),)))) == {"flag": False}


def test_windows_and_doubts_are_gone_through() -> None:
    since, until = date(2022, 5, 6), date(2022, 11, 30)
    windows = (
        Window(since, until, in_doubt=False, doubt=None),
        Window(until + timedelta(days=1), date(2023, 5, 5), in_doubt=True, doubt=None),
    )
    plan = clause("plan", where="500118", windows=windows)
    small = book_of(rule("r", ALWAYS, establishes="found", bases=("plan",)), clauses=(plan,))
    names = ("jurisdiction", "as_of", "duty_date", "conduct_date")
    facts = {**small.vocabulary.facts, **{name: load_rulebook().resolved.vocabulary.facts[name] for name in names}}
    book = replace(small, vocabulary=replace(small.vocabulary, facts=facts))

    in_force = AnswerTest("clause_in_force", "plan")
    assert _prove(book, AlwaysHolds(FindingTest("found")), in_force).verdict == "proved"
    assert _prove(book, NeverHolds(AnswerTest("unfounded", "finding"))).verdict == "proved"
    assert _facts(_prove(book, NeverHolds(FindingTest("found")))) == {"jurisdiction": "500118", "as_of": "2022-05-06"}
    doubtful = FactTest("duty_date", Operator.ON_OR_AFTER, until + timedelta(days=1))
    assert _prove(book, NeverHolds(FindingTest("found")), doubtful).verdict == "proved"
    assert _prove(book, NeverHolds(AnswerTest("rule", "r", "open")), doubtful).verdict == "refuted"
    # where no vocabulary has a place, nobody can know that the plan is in force
    assert _prove(small, NeverHolds(FindingTest("found"))).verdict == "proved"


def test_a_red_line_about_no_case_is_vacuous_and_not_proved() -> None:
    flag = FactTest("flag", Operator.IS, True)
    book = book_of(rule("r", flag, establishes="found"))

    assert _prove(book, AlwaysHolds(FindingTest("found")), AllOf((flag, Not(flag)))).verdict == "vacuous"


def test_a_timeout_is_undecided() -> None:
    from enforcerules.review.prover import Prover

    line = Property("line", NO_TEXT, (), ALWAYS, NeverHolds(FindingTest("found")), (), None)
    prover = Prover(book_of(rule("r", FactTest("flag", Operator.IS, True), establishes="found")), [line])
    z3 = prover.theory.z3
    given: list[int] = []

    class Solver:
        def set(self, name: str, value: int) -> None:
            assert name == "timeout"
            given.append(value)

        def add(self, *formulas: object) -> None: ...

        def check(self) -> object:
            return z3.unknown

    class Impatient:
        def __init__(self) -> None:
            self.Solver = Solver

        def __getattr__(self, name: str) -> object:
            return getattr(z3, name)

    prover.theory.z3 = Impatient()

    assert prover.decide(line, 2.5).verdict == "undecided"
    assert given == [2500]


def test_without_z3_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)

    with pytest.raises(EngineUnavailableError) as caught:
        _prove(book_of(rule("r", ALWAYS, establishes="found")), NeverHolds(FindingTest("found")))

    (fault,) = caught.value.diagnostics
    assert fault.code == "ER9003"
    assert fault.hint is not None
    assert "pip install z3-solver" in fault.hint.en


# --- the packaged rulebook ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proofs(rulebook: Rulebook) -> dict[str, Proof]:
    return {proof.line.id: proof for proof in prove_properties(rulebook, read_properties(rulebook))}


def test_there_are_red_lines_of_every_kind(rulebook: Rulebook) -> None:
    lines = read_properties(rulebook)

    assert len(lines) >= 30
    assert {line.content.kind for line in lines} == {"always", "never", "exactly_one", "monotone"}


def test_the_packaged_rulebook_keeps_its_red_lines(proofs: dict[str, Proof]) -> None:
    verdicts = {name: proof.verdict for name, proof in proofs.items()}

    assert {name for name, verdict in verdicts.items() if verdict != "proved"} == set()


# --- planted faults ----------------------------------------------------------------------------------


def _planted(folder: Path, file: str, change: Callable[[str], str]) -> Rulebook:
    shutil.copytree(packaged_folder(), folder, dirs_exist_ok=True)
    path = folder / file
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    return load_rulebook(folder)


def _replace(old: str, new: str, after: str = "") -> Callable[[str], str]:
    def change(text: str) -> str:
        at = text.index(after)
        assert old in text[at:]
        return text[:at] + text[at:].replace(old, new, 1)

    return change


PLANTED: dict[str, tuple[str, Callable[[str], str], str, dict[str, Any]]] = {
    "one more nought": (
        "parameters.yaml",
        _replace("value: 500000, clause: 001.t1.value", "value: 5000000, clause: 001.t1.value"),
        "major-at-half-a-million-in-yongchuan",
        {"jurisdiction": "500118", "goods_value": 500000},
    ),
    "at_least to more_than": (
        "common/major-case.yaml",
        _replace("at_least", "more_than", "id: goods-value-makes-major-case"),
        "major-at-the-line-in-yongan",
        {"jurisdiction": "350481", "goods_value": 50000},
    ),
    "any to all": (
        "common/superiors-and-discipline.yaml",
        _replace("any:", "all:", "id: major-matter-reported-to-named-superiors"),
        "major-case-reported-to-superiors",
        {"jurisdiction": "500118", "goods_value": 500000},
    ),
    "a dropped override": (
        "common/online.yaml",
        _replace("    overrides: [unfound-online-seller-listed-as-abnormal]\n", ""),
        "only-a-registered-seller-is-listed-as-abnormal",
        {"jurisdiction": "500118", "online": True, "seller_identified": False, "seller_registered_entity": False},
    ),
    "a direct filing for devices": (
        "sources/000-national-notice.yaml",
        _replace("products: [drug]", "products: [drug, device]", "  000.direct.expired:"),
        "no-test-waived-for-devices-and-cosmetics",
        # its defects are not known: even an open waiver is one too many
        {"product_categories": ["device"]},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_caught(tmp_path: Path, name: str) -> None:
    file, change, wanted, facts = PLANTED[name]
    rulebook = _planted(tmp_path, file, change)
    lines = [line for line in read_properties(rulebook, tmp_path) if line.id == wanted]

    (proof,) = prove_properties(rulebook, lines)

    assert {fact: value for fact, value in _facts(proof).items() if fact in facts} == facts
    assert proof.counterexample is not None
    assert breaks(rulebook, proof.line.content, proof.counterexample)
    assert "properties.yaml" in str(proof.line.span)
    # as it stands, the packaged rulebook answers the same case rightly
    assert not breaks(load_rulebook(), proof.line.content, proof.counterexample)


def test_a_kept_counterexample_fails_until_the_rule_is_mended(tmp_path: Path) -> None:
    file, change, wanted, _ = PLANTED["at_least to more_than"]
    rulebook = _planted(tmp_path, file, change)
    (proof,) = prove_properties(rulebook, [x for x in read_properties(rulebook, tmp_path) if x.id == wanted])
    kept = keep_scenario(rulebook, proof, tmp_path / "kept")
    root = (tmp_path / "rulebook.yaml").read_text(encoding="utf-8")
    listed = root[: root.index("  scenarios:")] + "  scenarios: [kept/" + kept.name + "]\n"
    (tmp_path / "rulebook.yaml").write_text(listed, encoding="utf-8")

    assert [result.passed for result in run_scenarios(rulebook, read_scenarios(rulebook, tmp_path))] == [False]
    mended = load_rulebook()
    assert [result.passed for result in run_scenarios(mended, read_scenarios(mended, tmp_path))] == [True]


# --- what is wrong with a file of properties -----------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("never: {action: publish_cas}", "ER1010", "there is no action `publish_cas`"),
        ("never: {row: annex1/drugs}", "ER1010", "there is no rule `annex1/drugs`"),
        ("never: {prohibition: seize}", "ER5001", "no rule can yield `seize`"),
        ("never: {fact: goods_value, has: 1}", "ER1023", "`has` does not fit `goods_value`, of type `money`"),
        ("never: {action: seize, permission: seize}", "ER0100", "a test is of one thing"),
        ("exactly_one: {rows_of: annex1/drug/rows}", "ER1010", "no form has a part `annex1/drug/rows`"),
        ("monotone: {fact: case_id, keeps: [action]}", "ER1023", "`case_id`, of type `text`, does not rise"),
        ("note: {zh: 无, en: none}", "ER0100", "a red line claims one of"),
    ],
)
def test_what_is_wrong_with_a_red_line_is_told_at_its_place(
    rulebook: Rulebook, tmp_path: Path, line: str, code: str, said: str
) -> None:
    root = (packaged_folder() / "rulebook.yaml").read_text(encoding="utf-8")
    listed = root[: root.index("  scenarios:")] + "  properties: [p.yaml]\n"
    (tmp_path / "rulebook.yaml").write_text(listed, encoding="utf-8")
    head = "properties:\n  - id: a\n    title: {zh: 甲, en: a}\n    basis: [001.t1.value]\n    "
    (tmp_path / "p.yaml").write_text(f"{head}{line}\n", encoding="utf-8")

    with pytest.raises(RulebookError) as caught:
        read_properties(rulebook, tmp_path)

    (fault,) = caught.value.diagnostics
    assert said in fault.message.en
    assert fault.span is not None
    assert fault.span.source.path == "p.yaml"
    assert code[:3] == fault.code[:3]


def test_a_proof_by_hand_agrees_with_the_answers(rulebook: Rulebook) -> None:
    """A case at the line, one fen below it, and what the red lines say of both."""
    lines = {line.id: line.content for line in read_properties(rulebook)}
    line = lines["major-at-the-line-in-yongchuan"]
    case = {"jurisdiction": "500118", "as_of": "2022-07-10", "product_categories": ["drug"]}
    at, below = ({**case, "goods_value": value} for value in (500000, "499999.99"))

    assert answers(rulebook, line, Counterexample(at))[0].truth(line.when).value == "met"
    assert answers(rulebook, line, Counterexample(below))[0].truth(line.when).value == "not_met"


def test_a_kept_counterexample_is_a_scenario_that_says_what_is_so(tmp_path: Path) -> None:
    drop = _replace("    overrides: [penalised-case-published]\n", "", after="id: publication-waits-for-consent")
    rulebook = _planted(tmp_path / "rules", "common/publicity.yaml", drop)
    lines = [line for line in read_properties(rulebook) if line.id == "no-publication-at-once-before-consent"]
    (proof,) = prove_properties(rulebook, lines)

    assert proof.counterexample is not None
    assert breaks(rulebook, proof.line.content, proof.counterexample)
    path = keep_scenario(rulebook, proof, tmp_path)

    root = (packaged_folder() / "rulebook.yaml").read_text(encoding="utf-8")
    listed = root[: root.index("  scenarios:")] + f"  scenarios: [{path.name}]\n"
    (tmp_path / "rulebook.yaml").write_text(listed, encoding="utf-8")
    (result,) = run_scenarios(rulebook, read_scenarios(rulebook, tmp_path))
    assert result.passed
