from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.engines.agreement import AgreeingEngines
from enforcerules.engines.durable import DurableEngine, durable_available
from enforcerules.engines.protocol import Verdicts
from enforcerules.engines.reference import ReferenceEngine
from enforcerules.errors import DisagreementError, EngineUnavailableError
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    Facts,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ResolvedRulebook,
    situate,
)
from enforcerules.testing import random_facts
from enforcerules.values import Truth
from tests.engines.meanings import LINE, MEANINGS
from tests.engines.small_books import book_of, facts_of, rule
from tests.engines.test_two_rails import CONDITIONS

c_module = pytest.importorskip("durable_rules_engine")

MET, NOT_MET, OPEN = Truth.MET, Truth.NOT_MET, Truth.OPEN
FLAG, OTHER_FLAG = FactTest("flag", Operator.IS, True), FactTest("other_flag", Operator.IS, True)
CASES = int(os.environ.get("ENFORCERULES_CASES", "10000"))
SEED = int(os.environ.get("ENFORCERULES_SEED", "1"))


def decide(book: ResolvedRulebook, facts: Facts, engine: DurableEngine | None = None) -> Verdicts:
    """Return what durable_rules says, having seen that the reference says the same."""
    situation = situate(book, facts.place, facts.duty_date, facts.conduct_date)
    verdicts = (engine or DurableEngine(book)).decide(facts, situation)
    assert verdicts == ReferenceEngine(book).decide(facts, situation)
    return verdicts


# --- the whole rulebook --------------------------------------------------------------------------------


def test_both_engines_agree_on_the_rulebook_for_random_cases(rulebook: Rulebook) -> None:
    book, rng = rulebook.resolved, Random(SEED)
    engines = AgreeingEngines(book)
    seen: set[tuple[str, Truth]] = set()
    for _ in range(CASES):
        facts = random_facts(book, rng)
        seen.update(
            engines.decide(facts, situate(book, facts.place, facts.duty_date, facts.conduct_date)).holds.items()
        )

    # agreement says little about a rule that never came out each way
    assert CASES < 2000 or len(seen) > 0.95 * 3 * len(book.rules)


def test_memory_stays_flat(rulebook: Rulebook) -> None:
    resource = pytest.importorskip("resource")
    book, rng = rulebook.resolved, Random(SEED)
    engine = DurableEngine(book)
    facts = [random_facts(book, rng) for _ in range(50)]
    cases = [(each, situate(book, each.place, each.duty_date, each.conduct_date)) for each in facts]
    peaks = []
    for _ in range(8):
        for case in cases:
            engine.decide(*case)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

    # a state that is not freed takes some megabytes a case; the unit is the kilobyte, on macOS the byte
    assert peaks[-1] - peaks[2] < 50_000 * (1024 if sys.platform == "darwin" else 1)


# --- tests, conditions -----------------------------------------------------------------------------------


def test_every_test_of_a_fact_means_what_the_table_says() -> None:
    tests = list(dict.fromkeys(meaning.test for meaning in MEANINGS))
    names = {test: f"test-{number}" for number, test in enumerate(tests)}
    book = book_of(*(rule(names[test], test) for test in tests), limits={"CN": LINE})
    engine = DurableEngine(book)
    for meaning in MEANINGS:
        assert decide(book, facts_of(**meaning.known), engine).holds[names[meaning.test]] is meaning.expected, meaning


@given(st.lists(CONDITIONS, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_both_engines_agree_on_any_conditions(conditions: list[Condition], rng: Random) -> None:
    rules = [rule(f"r{number}", condition) for number, condition in enumerate(conditions)]
    book = book_of(*rules, rule("maker", FLAG, establishes="f"), limits={"500118": LINE, "CN": 2 * LINE})
    engine = DurableEngine(book)
    for _ in range(5):
        decide(book, random_facts(book, rng), engine)
    engine.close()


def _numbers(operator: Operator, count: int) -> tuple[Condition, ...]:
    return tuple(FactTest("number", operator, number) for number in range(count))


_LETTERS = frozenset(f"m{number}" for number in range(300))
WIDE: dict[str, Condition] = {
    "a set that has all of 300": FactTest("colours", Operator.HAS_ALL, _LETTERS),
    "a set that has any of 300": FactTest("colours", Operator.HAS_ANY, _LETTERS),
    "a set that is one of 300": FactTest("colours", Operator.IS, _LETTERS),
    "an any of 200": AnyOf(_numbers(Operator.IS, 200)),
    "an all of 200": AllOf(_numbers(Operator.AT_LEAST, 200)),
    "70 that all hold": AnyOf(_numbers(Operator.AT_LEAST, 70)),
    "40 groups": AnyOf(tuple(AllOf((FLAG, AnyOf((OTHER_FLAG, each)))) for each in _numbers(Operator.IS, 40))),
    "20 alternatives in each of 2": AllOf(
        (AnyOf(_numbers(Operator.AT_LEAST, 20)), AnyOf(_numbers(Operator.IS_NOT, 20)))
    ),
    "16 groups in a row": AllOf(tuple(AnyOf((FLAG, each)) for each in _numbers(Operator.IS, 16))),
}


@pytest.mark.parametrize("condition", WIDE.values(), ids=WIDE)
def test_conditions_beyond_the_limits_of_durable_rules_are_decided_all_the_same(condition: Condition) -> None:
    rules = [rule(f"r{number}", each) for number, each in enumerate((condition, Not(condition)))]
    book = book_of(*rules)
    engine = DurableEngine(book)
    for number in (0, 7, 15, 39, 40, 199, 200):
        for flags in ({}, {"flag": True}, {"flag": False, "other_flag": True}):
            decide(book, facts_of(number=number, **flags), engine)
    for letters in (_LETTERS, _LETTERS - {"m7"}, _LETTERS | {"m300"}, frozenset({"m7"}), frozenset({"m300"})):
        decide(book, facts_of(colours=letters), engine)
    decide(book, facts_of(), engine)


def test_more_rules_on_one_fact_than_a_node_holds_are_decided() -> None:
    rules = [rule(f"r{number}", AllOf((FLAG, each))) for number, each in enumerate(_numbers(Operator.AT_LEAST, 600))]
    verdicts = decide(book_of(*rules), facts_of(flag=True, number=300))

    assert sum(verdict is MET for verdict in verdicts.holds.values()) == 301


# --- overrides, findings, strata -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flag", "other", "effect"),
    [
        (True, True, NOT_MET),
        (True, False, MET),
        (True, None, OPEN),
        (None, True, NOT_MET),
        (None, False, OPEN),
        (False, None, NOT_MET),
    ],
)
def test_a_rule_has_no_effect_where_another_takes_it(flag: bool | None, other: bool | None, effect: Truth) -> None:
    book = book_of(rule("general", FLAG), rule("special", OTHER_FLAG, overrides=("general",)))
    known = {name: value for name, value in (("flag", flag), ("other_flag", other)) if value is not None}

    verdicts = decide(book, facts_of(**known))

    assert verdicts.effects["general"] is effect
    assert verdicts.holds["general"] is (OPEN if flag is None else MET if flag else NOT_MET)


@pytest.mark.parametrize(
    ("flag", "other", "effect"), [(True, True, MET), (True, False, NOT_MET), (True, None, OPEN), (None, True, MET)]
)
def test_an_overridden_overrider_takes_nothing(flag: bool | None, other: bool | None, effect: Truth) -> None:
    book = book_of(
        rule("general", Always()),
        rule("special", FLAG, overrides=("general",)),
        rule("most-special", OTHER_FLAG, overrides=("special",)),
    )
    known = {name: value for name, value in (("flag", flag), ("other_flag", other)) if value is not None}

    assert decide(book, facts_of(**known)).effects["general"] is effect


@pytest.mark.parametrize(
    ("flag", "other", "last"), [(True, None, MET), (False, False, NOT_MET), (False, None, OPEN), (None, None, OPEN)]
)
def test_findings_pass_from_stratum_to_stratum(flag: bool | None, other: bool | None, last: Truth) -> None:
    book = book_of(
        rule("one", FLAG, establishes="first"),
        rule("another", OTHER_FLAG, establishes="first"),
        rule("then", FindingTest("first"), establishes="second"),
        rule("last", FindingTest("second"), establishes="third"),
        rule("not-last", FindingTest("second", False)),
    )
    known = {name: value for name, value in (("flag", flag), ("other_flag", other)) if value is not None}

    verdicts = decide(book, facts_of(**known))

    assert verdicts.findings == {"first": last, "second": last, "third": last}
    assert verdicts.holds["not-last"] is ~last


def test_a_rule_that_is_overridden_establishes_nothing() -> None:
    book = book_of(
        rule("general", Always(), establishes="found"),
        rule("special", FLAG, overrides=("general",)),
        rule("reader", FindingTest("found")),
    )

    assert decide(book, facts_of(flag=True)).findings == {"found": NOT_MET}
    assert decide(book, facts_of()).findings == {"found": OPEN}
    assert decide(book, facts_of(flag=False)).holds["reader"] is MET


def test_a_finding_that_no_rule_establishes_is_not_met() -> None:
    book = book_of(rule("reader", FindingTest("nothing")), rule("not-reader", FindingTest("nothing", False)))

    assert decide(book, facts_of()).holds == {"reader": NOT_MET, "not-reader": MET}


def test_a_rulebook_without_rules_is_decided() -> None:
    assert decide(book_of(), facts_of()) == Verdicts({}, {}, {})


# --- both at once ----------------------------------------------------------------------------------------


def test_a_difference_between_the_engines_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_of(rule("r", FLAG), rule("other", OTHER_FLAG))
    engines, facts = AgreeingEngines(book), facts_of(flag=True)
    situation = situate(book, facts.place, facts.duty_date, facts.conduct_date)
    assert engines.decide(facts, situation).holds == {"other": OPEN, "r": MET}
    monkeypatch.setattr(DurableEngine, "decide", lambda *_: Verdicts({"other": OPEN, "r": OPEN}, {}, {}))

    with pytest.raises(DisagreementError, match="the condition of rule r: reference met, durable open"):
        engines.decide(facts, situation)


# --- life of an engine -----------------------------------------------------------------------------------


@pytest.fixture
def freed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that every ruleset joins when it is freed."""
    handles: list[int] = []
    delete = c_module.delete_ruleset

    def note(handle: int) -> None:
        handles.append(handle)
        delete(handle)

    monkeypatch.setattr(c_module, "delete_ruleset", note)
    return handles


def test_an_engine_frees_its_rulesets_when_it_is_let_go(freed: list[int]) -> None:
    engine: DurableEngine | None = DurableEngine(book_of(rule("r", FLAG)))
    decide(book_of(rule("r", FLAG)), facts_of(flag=True), engine)
    del engine
    gc.collect()

    assert len(freed) == 1


def test_a_closed_engine_can_be_used_again(freed: list[int]) -> None:
    book = book_of(rule("r", FLAG))
    engine = DurableEngine(book)
    engine.close()
    decide(book, facts_of(flag=True), engine)
    engine.close()
    engine.close()
    decide(book, facts_of(flag=True), engine)

    assert len(freed) == 1


@pytest.mark.parametrize("step", ["assert_fact", "start_action_for_state", "complete_and_start_action", "delete_state"])
def test_a_case_after_one_that_was_broken_off_is_decided_as_ever(
    step: str, monkeypatch: pytest.MonkeyPatch, freed: list[int]
) -> None:
    book = book_of(rule("r", FLAG))
    engine = DurableEngine(book)
    with monkeypatch.context() as broken:
        broken.setattr(c_module, step, _interrupt)
        with pytest.raises(KeyboardInterrupt):
            decide(book, facts_of(flag=True), engine)

    assert len(freed) == 1
    assert decide(book, facts_of(flag=False), engine).holds == {"r": NOT_MET}


def _interrupt(*_: Any) -> None:
    raise KeyboardInterrupt


def test_threads_share_an_engine(rulebook: Rulebook) -> None:
    book, rng = rulebook.resolved, Random(SEED)
    engine = DurableEngine(book)
    cases = [random_facts(book, rng) for _ in range(20)]
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for facts in cases:
                decide(book, facts, engine)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures


def test_text_that_looks_like_json_does_no_harm() -> None:
    text = '"},{"id":1,\\'
    book = book_of(rule("r", FactTest("word", Operator.IS, text)))

    assert decide(book, facts_of(word=text)).holds["r"] is MET
    assert decide(book, facts_of(word=text[1:])).holds["r"] is NOT_MET


# --- where it is not installed -----------------------------------------------------------------------------


def test_without_durable_rules_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)

    with pytest.raises(EngineUnavailableError) as caught:
        DurableEngine(book_of())

    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "ER9001"
    assert diagnostic.hint is not None
    assert diagnostic.hint.en == (
        "run pip install durable-rules==2.0.28 (it needs a C compiler; on Python 3.13 and later with "
        "CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject)"
    )


def test_asking_whether_it_is_there_does_not_import_it() -> None:
    program = (
        "import sys; from enforcerules.engines.durable import durable_available; "
        "print(durable_available(), 'durable_rules_engine' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert durable_available()
    assert done.stdout.split() == ["True", "False"]
