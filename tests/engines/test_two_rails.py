from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.engines.encoding import Given, High, Low, Number
from enforcerules.engines.reference import ReferenceEngine, decide_condition
from enforcerules.engines.two_rails import Lowering
from enforcerules.engines.two_valued import Check, Every, Some, TwoValued, checks
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
    ParameterRef,
    ResolvedRulebook,
    Situation,
    Value,
    Window,
    situate,
)
from enforcerules.testing import random_facts
from enforcerules.values import Amount, Truth
from tests.engines.meanings import LINE, MEANINGS, Meaning
from tests.engines.satisfied import satisfied
from tests.engines.small_books import book_of, clause, facts_of, rule

MET, NOT_MET, OPEN = Truth.MET, Truth.NOT_MET, Truth.OPEN
FLAG, OTHER_FLAG = FactTest("flag", Operator.IS, True), FactTest("other_flag", Operator.IS, True)
ABOVE_THE_LINE = FactTest("money", Operator.AT_LEAST, ParameterRef("line"))


def situation_of(book: ResolvedRulebook, facts: Facts) -> Situation:
    return situate(book, facts.place, facts.duty_date, facts.conduct_date)


def decide_on_rails(book: ResolvedRulebook, name: str, facts: Facts, findings: dict[str, Truth] | None = None) -> Truth:
    """Return what the rails of the rule come to; that both hold is an error."""
    rails = Lowering(book).rule(book.rules[name])
    given = Given(facts.known, situation_of(book, facts), findings or {})
    fields = {check.field: check.field.read(given) for rail in rails for check in checks(rail)}
    known = {field: number for field, number in fields.items() if number is not None}
    met, not_met = satisfied(rails.met, known), satisfied(rails.not_met, known)
    assert not (met and not_met)
    return MET if met else NOT_MET if not_met else OPEN


# --- tests of facts --------------------------------------------------------------------------------


@pytest.mark.parametrize("meaning", MEANINGS, ids=str)
def test_a_test_of_a_fact_means_the_same_on_rails(meaning: Meaning) -> None:
    book = book_of(rule("r", meaning.test), limits={"CN": LINE})

    assert decide_on_rails(book, "r", facts_of(**meaning.known)) is meaning.expected


@pytest.mark.parametrize("meaning", MEANINGS, ids=str)
def test_a_negated_test_of_a_fact_comes_out_the_other_way_round(meaning: Meaning) -> None:
    book = book_of(rule("r", Not(meaning.test)), limits={"CN": LINE})

    assert decide_on_rails(book, "r", facts_of(**meaning.known)) is ~meaning.expected


@pytest.mark.parametrize("meaning", MEANINGS, ids=str)
def test_the_table_of_meanings_is_what_the_reference_says(meaning: Meaning) -> None:
    book = book_of(rule("r", meaning.test), limits={"CN": LINE})
    facts = facts_of(**meaning.known)

    assert decide_condition(meaning.test, facts, {}, situation_of(book, facts)) is meaning.expected


def test_a_bound_too_large_for_rails_is_refused() -> None:
    book = book_of(rule("r", FactTest("money", Operator.AT_LEAST, 2**63)))

    with pytest.raises(ValueError, match="money is compared with 9223372036854775808, which is too large"):
        Lowering(book).rule(book.rules["r"])


def test_values_beyond_a_c_long_are_cut_to_fit_one() -> None:
    known: dict[str, Value] = {"money": Amount.exactly(10**25), "number": 10**30}
    given = Given(known, situation_of(book_of(), facts_of()), {})

    assert [field.read(given) for field in (Low("money"), High("money"), Number("number"))] == [2**62] * 3


# --- parameters, clauses, products, findings -----------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "expected"),
    [("500118", MET), ("350481", NOT_MET), ("110105", NOT_MET), (None, OPEN)],
)
def test_a_parameter_has_the_value_of_the_place(place: str | None, expected: Truth) -> None:
    book = book_of(rule("r", ABOVE_THE_LINE), limits={"500118": LINE, "350481": 10 * LINE})

    # in Chaoyang the parameter is not in force, which leaves the rule without its measure
    assert decide_on_rails(book, "r", facts_of(place, money=Amount.exactly(LINE))) is expected


def test_a_rule_whose_parameter_is_not_in_force_is_not_met_whatever_else_holds() -> None:
    book = book_of(rule("r", AnyOf((FLAG, ABOVE_THE_LINE))), limits={"500118": LINE})

    assert decide_on_rails(book, "r", facts_of("110105", flag=True)) is NOT_MET
    assert decide_on_rails(book, "r", facts_of("500118", flag=True)) is MET


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        ("500118", date(2022, 5, 6), MET),
        ("500118", date(2022, 5, 5), NOT_MET),
        ("500118", date(2023, 5, 6), OPEN),
        ("500118", None, OPEN),
        ("110105", date(2022, 5, 6), NOT_MET),
        (None, date(2022, 5, 6), OPEN),
        (None, date(2022, 5, 5), NOT_MET),
    ],
)
def test_a_rule_is_in_force_as_its_clause_is(place: str | None, day: date | None, expected: Truth) -> None:
    settled = Window(date(2022, 5, 6), date(2023, 5, 5), in_doubt=False, doubt=None)
    doubtful = Window(date(2023, 5, 6), None, in_doubt=True, doubt="G-1")
    plan = clause("plan", where="500118", windows=(settled, doubtful))
    book = book_of(rule("r", Always(), bases=("plan",)), clauses=(plan,))

    assert decide_on_rails(book, "r", facts_of(place, day)) is expected


def test_any_basis_in_force_will_do() -> None:
    local = clause("local", where="500118")
    book = book_of(rule("r", Always(), bases=("local", "always")), clauses=(local,))

    assert decide_on_rails(book, "r", facts_of("110105")) is MET
    assert decide_on_rails(book, "r", facts_of(None)) is MET


@pytest.mark.parametrize(
    ("products", "expected"),
    [({"drug"}, MET), ({"food", "device"}, MET), ({"food"}, NOT_MET), (set(), NOT_MET), (None, OPEN)],
)
def test_a_clause_for_some_products_needs_one_of_them(products: set[str] | None, expected: Truth) -> None:
    narrow = clause("narrow", products=frozenset({"drug", "device"}))
    book = book_of(rule("r", Always(), bases=("narrow",)), clauses=(narrow,))
    known = {} if products is None else {"product_categories": frozenset(products)}

    assert decide_on_rails(book, "r", facts_of(**known)) is expected


@pytest.mark.parametrize("found", Truth)
def test_a_finding_comes_through_as_it_is(found: Truth) -> None:
    book = book_of(
        rule("maker", FLAG, establishes="f"), rule("r", FindingTest("f")), rule("not-r", FindingTest("f", False))
    )

    assert decide_on_rails(book, "r", facts_of(), {"f": found}) is found
    assert decide_on_rails(book, "not-r", facts_of(), {"f": found}) is ~found


def test_a_rule_without_a_basis_is_never_met() -> None:
    book = book_of(rule("r", Always(), bases=()))

    assert decide_on_rails(book, "r", facts_of()) is NOT_MET


# --- whole conditions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "flag", "other", "expected"),
    [
        (AllOf((FLAG, OTHER_FLAG)), True, None, OPEN),
        (AllOf((FLAG, OTHER_FLAG)), False, None, NOT_MET),
        (AnyOf((FLAG, OTHER_FLAG)), True, None, MET),
        (AnyOf((FLAG, OTHER_FLAG)), False, None, OPEN),
        (Not(AnyOf((FLAG, OTHER_FLAG))), False, False, MET),
        (Not(AllOf((FLAG, Not(OTHER_FLAG)))), True, None, OPEN),
        (Not(AllOf((FLAG, Not(OTHER_FLAG)))), True, True, MET),
        (AllOf((FLAG, Not(FLAG))), None, None, OPEN),
        (AllOf(()), None, None, MET),
        (AnyOf(()), None, None, NOT_MET),
        (Not(Always()), None, None, NOT_MET),
    ],
)
def test_unknown_facts_leave_open_what_they_decide(
    condition: Condition, flag: bool | None, other: bool | None, expected: Truth
) -> None:
    given = {"flag": flag, "other_flag": other}
    facts = facts_of(**{name: value for name, value in given.items() if value is not None})

    assert decide_on_rails(book_of(rule("r", condition)), "r", facts) is expected


def test_conditions_are_lowered_flat_with_plain_checks_first() -> None:
    condition = AllOf((AnyOf((FLAG, AnyOf((OTHER_FLAG, FLAG)))), AllOf((OTHER_FLAG, FLAG))))
    book = book_of(rule("r", condition))

    assert shape(Lowering(book).condition(condition).met) == "other_flag=1 & flag=1 & (flag=1 | other_flag=1)"


def shape(condition: TwoValued) -> str:
    match condition:
        case Check(field, comparison, number):
            return f"{getattr(field, 'fact', field)}{comparison}{number}"
        case Every(parts):
            return " & ".join(f"({shape(part)})" if isinstance(part, Some) else shape(part) for part in parts)
        case Some(parts):
            return " | ".join(map(shape, parts))


LEAVES: list[Condition] = [*dict.fromkeys(meaning.test for meaning in MEANINGS), FindingTest("f"), Always()]
CONDITIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=4).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=12,
)


@given(CONDITIONS, st.sampled_from(Truth), st.randoms(use_true_random=False))
def test_rails_agree_with_the_reference_on_any_condition(condition: Condition, found: Truth, rng: Random) -> None:
    book = book_of(rule("r", condition), rule("f", FLAG, establishes="f"), limits={"CN": LINE})
    facts = random_facts(book, rng)
    situation = situation_of(book, facts)

    assert decide_on_rails(book, "r", facts, {"f": found}) is decide_condition(
        condition, facts, {"f": found}, situation
    )


def test_rails_agree_with_the_reference_on_the_rulebook(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    lowering, reference, rng = Lowering(book), ReferenceEngine(book), Random(1)
    rails = {name: lowering.rule(each) for name, each in book.rules.items()}
    for _ in range(50):
        facts = random_facts(book, rng)
        verdicts = reference.decide(facts, situation_of(book, facts))
        given = Given(facts.known, situation_of(book, facts), verdicts.findings)
        for name, (met, not_met) in rails.items():
            fields = {check.field: check.field.read(given) for rail in (met, not_met) for check in checks(rail)}
            known = {field: number for field, number in fields.items() if number is not None}
            expected = verdicts.holds[name]
            assert (satisfied(met, known), satisfied(not_met, known)) == (expected is MET, expected is NOT_MET), name
