from __future__ import annotations

from random import Random

import pytest

from enforcerules import Rulebook
from enforcerules.engines.agreement import case_json, check_agreement
from enforcerules.engines.protocol import Verdicts
from enforcerules.errors import DisagreementError
from enforcerules.model import Facts
from enforcerules.testing import random_facts
from enforcerules.values import Amount, Truth
from tests.engines.small_books import facts_of

MET, NOT_MET, OPEN = Truth.MET, Truth.NOT_MET, Truth.OPEN
FACTS = facts_of("500118", colours=frozenset({"red", "blue"}), money=Amount(30_000_001, None), flag=True)


def test_equal_verdicts_agree_in_any_order() -> None:
    check_agreement(
        FACTS, Verdicts({"a": MET, "b": OPEN}, {"a": MET}, {}), Verdicts({"b": OPEN, "a": MET}, {"a": MET}, {})
    )


def test_a_disagreement_names_the_rules_both_answers_and_the_case() -> None:
    reference = Verdicts({"a": MET, "b": MET, "c": OPEN}, {"a": MET, "b": OPEN}, {"found": MET})
    durable = Verdicts({"a": MET, "b": OPEN}, {"a": NOT_MET, "b": OPEN}, {"found": OPEN})

    with pytest.raises(DisagreementError) as caught:
        check_agreement(FACTS, reference, durable)

    case = (
        '{"colours":["blue","red"],"conduct_date":"2022-07-10","duty_date":"2022-07-10","flag":true,'
        '"jurisdiction":"500118","money":{"at_least":"300000.01"}}'
    )
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "ER9002"
    assert diagnostic.message.en == (
        "the engines differ in 4 places (the condition of rule b: reference met, durable open; "
        "the condition of rule c: reference open, durable no answer; "
        f"the effect of rule a: reference met, durable not met) for the case {case}"
    )
    assert diagnostic.message.zh == (
        "两个引擎有 4 处不一致（规则 b 的条件：reference 成立，durable 待定；"
        "规则 c 的条件：reference 待定，durable 没有回答；"
        f"规则 a 的效果：reference 成立，durable 不成立），案件为 {case}"
    )


def test_the_case_in_the_message_reads_back_as_the_same_case(rulebook: Rulebook) -> None:
    rng = Random(3)
    for _ in range(50):
        facts = random_facts(rulebook.resolved, rng)
        read = rulebook.read_case(case_json(facts)).facts

        # what one fact lets take for granted of another is added when a case is read
        assert {name: read.known[name] for name in facts.known} == facts.known
        assert Facts({}, read.place, read.duty_date, read.conduct_date) == Facts(
            {}, facts.place, read.duty_date, read.conduct_date
        )
