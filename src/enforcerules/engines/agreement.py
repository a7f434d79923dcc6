"""Both engines at once: an answer only where they agree, an error that shows the case where they do not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from enforcerules.engines.durable import DurableEngine
from enforcerules.engines.protocol import Verdicts
from enforcerules.engines.reference import ReferenceEngine
from enforcerules.errors import Diagnostic, DisagreementError
from enforcerules.model import Facts, ResolvedRulebook, Situation, Value
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, write_yuan

_MOST_SHOWN = 3
_ZH = {Truth.MET: "成立", Truth.NOT_MET: "不成立", Truth.OPEN: "待定", None: "没有回答"}
_EN = {Truth.MET: "met", Truth.NOT_MET: "not met", Truth.OPEN: "open", None: "no answer"}


class AgreeingEngines:
    """Decides with the reference engine and with durable_rules, and compares every verdict.

    Raises:
        EngineUnavailableError: ER9001 when durable_rules is not installed or does not import.

    """

    name = "both"

    def __init__(self, book: ResolvedRulebook) -> None:
        self._reference = ReferenceEngine(book)
        self._durable = DurableEngine(book)

    def decide(self, facts: Facts, situation: Situation) -> Verdicts:
        """Return the verdicts for `facts`.

        Raises:
            DisagreementError: ER9002, with the rules that differ and the case.

        """
        verdicts = self._reference.decide(facts, situation)
        check_agreement(facts, verdicts, self._durable.decide(facts, situation))
        return verdicts


def check_agreement(facts: Facts, reference: Verdicts, durable: Verdicts) -> None:
    """Return when the verdicts are the same.

    Raises:
        DisagreementError: ER9002, with the first rules and findings that differ, and the case as JSON
            that can be read again.

    """
    differing = list(_differing(reference, durable))
    if not differing:
        return
    case = case_json(facts)
    first = differing[:_MOST_SHOWN]
    zh = "；".join(f"{words.zh}：reference {_ZH[one]}，durable {_ZH[two]}" for words, one, two in first)
    en = "; ".join(f"{words.en}: reference {_EN[one]}, durable {_EN[two]}" for words, one, two in first)
    message = Text(
        f"两个引擎有 {len(differing)} 处不一致（{zh}），案件为 {case}",
        f"the engines differ in {len(differing)} places ({en}) for the case {case}",
    )
    hint = Text("这是程序的错误，请连同案件一起报告", "this is a fault of the program; report it with the case")
    raise DisagreementError([Diagnostic("ER9002", message, hint=hint)])


_Difference = tuple[Text, Truth | None, Truth | None]


def _differing(reference: Verdicts, durable: Verdicts) -> Iterator[_Difference]:
    yield from _compare(Text("规则 {} 的条件", "the condition of rule {}"), reference.holds, durable.holds)
    yield from _compare(Text("规则 {} 的效果", "the effect of rule {}"), reference.effects, durable.effects)
    yield from _compare(Text("认定 {}", "the finding {}"), reference.findings, durable.findings)


def _compare(words: Text, one: Mapping[str, Truth], two: Mapping[str, Truth]) -> Iterator[_Difference]:
    for name in {**one, **two}:
        if one.get(name) is not two.get(name):
            yield Text(words.zh.format(name), words.en.format(name)), one.get(name), two.get(name)


def case_json(facts: Facts) -> str:
    """Return the known facts as compact JSON, which reads back as the same facts."""
    apart = {
        "jurisdiction": facts.place.code if facts.place else None,
        "duty_date": facts.duty_date,
        "conduct_date": facts.conduct_date,
    }
    known = {name: value for name, value in apart.items() if value is not None} | dict(facts.known)
    return json.dumps({name: as_json(known[name]) for name in sorted(known)}, ensure_ascii=False, separators=(",", ":"))


def as_json(value: Value) -> Any:
    """Return a value as a case file holds it.

    >>> as_json(Amount(50_000_000, None)), as_json(frozenset({"drug"}))
    ({'at_least': 500000}, ['drug'])
    """
    match value:
        case Amount(about=int(about)):
            return {"about": write_yuan(about)}
        case Amount(low, high) if low == high:
            return write_yuan(low)
        case Amount(low, None):
            return {"at_least": write_yuan(low)}
        case Amount(low, int(high)):
            return {"at_least": write_yuan(low), "at_most": write_yuan(high)}
        case frozenset():
            return sorted(value)
        case date():
            return value.isoformat()
    return value
