"""Why a rule holds: its condition as a tree with the case's own values."""

from __future__ import annotations

from enforcerules.deciding.decision import Decision
from enforcerules.explaining.page import Line
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    Establish,
    Fact,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
)
from enforcerules.model.conditions import Operand, tests
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, show_yuan
from enforcerules.wording import say_finding, say_test, show_value

MARKS = {Truth.MET: "✓", Truth.NOT_MET: "✗", Truth.OPEN: "?"}

_SIGNS = {
    Truth.MET: {Operator.AT_LEAST: "≥", Operator.MORE_THAN: "＞", Operator.AT_MOST: "≤", Operator.LESS_THAN: "＜"},
    Truth.NOT_MET: {Operator.AT_LEAST: "＜", Operator.MORE_THAN: "≤", Operator.AT_MOST: "＞", Operator.LESS_THAN: "≥"},
}


def trace(decision: Decision, condition: Condition, *, whole: bool = False) -> tuple[Line, ...]:
    """Return the tests that decided a condition, with the case's values.

    Branches that made no difference are left out unless `whole`: of alternatives that hold the ones
    that hold, of requirements that fail the ones that fail.
    """
    verdict = decision.decide(condition)
    match condition:
        case Always():
            return (Line(Text("不问情形，一律适用", "applies whatever the case"), mark=MARKS[verdict]),)
        case FactTest():
            return (Line(say_tested(decision, condition), mark=MARKS[verdict]),)
        case FindingTest():
            return (_finding_line(decision, condition, verdict),)
        case Not(part):
            lines = trace(decision, part, whole=whole)
            return (Line(Text("并非：", "not:"), mark=MARKS[verdict], inner=lines),)
        case AllOf(parts):
            chosen = [p for p in parts if whole or verdict is not Truth.NOT_MET or decision.decide(p) is verdict]
            return tuple(line for part in chosen for line in trace(decision, part, whole=whole))
        case AnyOf(parts):
            chosen = [p for p in parts if whole or verdict is Truth.NOT_MET or decision.decide(p) is verdict]
            if verdict is Truth.MET and not whole:
                # one alternative that holds is reason enough: the plainest
                chosen = [min(chosen, key=lambda part: len(list(tests(part))))]
            if len(chosen) == 1:
                return trace(decision, chosen[0], whole=whole)
            lines = tuple(line for part in chosen for line in trace(decision, part, whole=whole))
            heading = (
                Text("以下各项都不成立：", "none of these:")
                if verdict is Truth.NOT_MET
                else Text("以下之一：", "one of these:")
            )
            return (Line(heading, mark=MARKS[verdict], inner=lines),)


def _finding_line(decision: Decision, test: FindingTest, verdict: Truth) -> Line:
    finding, found = decision.book.vocabulary.findings[test.finding], decision.verdicts.findings[test.finding]
    clauses = tuple(
        clause
        for rule, outcome, effect in decision.outcomes(Establish)
        if outcome.finding == test.finding and effect is Truth.MET
        for clause in decision.clauses(rule, Truth.MET)
    )
    if finding.said is not None:
        said = say_finding(finding, found)
        return Line(Text(said.zh, said.en[:1].upper() + said.en[1:]), clauses, MARKS[verdict])
    # beside facts and their values a mere name reads best with its state after it
    state = {
        Truth.MET: Text("已认定", "found"),
        Truth.NOT_MET: Text("未认定", "not found"),
        Truth.OPEN: Text("尚待认定", "open"),
    }[found]
    label = finding.label
    return Line(Text(f"{label.zh}：{state.zh}", f"{label.en}: {state.en}"), clauses, MARKS[verdict])


def say_tested(decision: Decision, test: FactTest) -> Text:
    """Return one test with the value the case gives, such as `货值金额 620,000元 ≥ 500,000元`."""
    facts = decision.book.vocabulary.facts
    fact, value = facts[test.fact], decision.case.facts.known.get(test.fact)
    bound = _bound(decision, fact, test.operand)
    if value is None:
        asked = say_test(decision.book, test)
        if bound is not None and isinstance(test.operand, ParameterRef):
            asked = Text(f"{asked.zh}（{bound.zh}）", f"{asked.en} ({bound.en})")
        return Text(f"{asked.zh}——未知", f"{asked.en} — unknown")
    shown = show_value(fact, value)
    verdict = decision.decide(test)
    if fact.type in ("money", "count") and bound is not None:
        sign = _SIGNS.get(verdict, _SIGNS[Truth.MET]).get(test.operator)
        if sign is not None:
            open_ = Text("，尚不能判断是否", ", it cannot be told whether") if verdict is Truth.OPEN else Text("", "")
            return Text(
                f"{fact.label.zh} {shown.zh}{open_.zh} {sign} {bound.zh}",
                f"{fact.label.en} {shown.en}{open_.en} {sign} {bound.en}",
            )
    if fact.type == "bool":
        return Text(f"{fact.label.zh}：{shown.zh}", f"{fact.label.en}: {shown.en}")
    if isinstance(value, frozenset):
        return _say_set(fact, test, value, shown)
    if verdict is Truth.MET:
        return Text(f"{fact.label.zh}：{shown.zh}", f"{fact.label.en}: {shown.en}")
    asked = say_test(decision.book, test)
    return Text(f"{fact.label.zh}：{shown.zh}（要求：{asked.zh}）", f"{fact.label.en}: {shown.en} (asked: {asked.en})")


def _bound(decision: Decision, fact: Fact, operand: Operand) -> Text | None:
    number: object = operand
    if isinstance(operand, ParameterRef):
        number = decision.situation.parameters.get(operand.name)
    elif isinstance(operand, FactRef):
        found = decision.case.facts.known.get(operand.name)
        number = found.low if isinstance(found, Amount) and found.exact else found
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    if fact.type == "money":
        return Text(f"{show_yuan(number)}元", f"{show_yuan(number)} yuan")
    return Text(str(number), str(number))


def _say_set(fact: Fact, test: FactTest, value: frozenset[str], shown: Text) -> Text:
    wanted = test.operand if isinstance(test.operand, frozenset) else frozenset({test.operand})
    common = frozenset(member for member in value if member in wanted)
    if test.operator in (Operator.HAS, Operator.HAS_ANY, Operator.HAS_ALL) and common:
        named = show_value(fact, common)
        return Text(f"{fact.label.zh}：{named.zh}", f"{fact.label.en}: {named.en}")
    if test.operator is Operator.HAS_NONE and common:
        named = show_value(fact, common)
        return Text(f"{fact.label.zh}中有{named.zh}", f"{fact.label.en} includes {named.en}")
    if test.operator in (Operator.HAS, Operator.HAS_ANY, Operator.HAS_ALL):
        few = len(wanted) <= 3
        names = show_value(fact, frozenset(str(member) for member in wanted)) if few else None
        lacking = names or Text(f"所列 {len(wanted)} 项", f"any of the {len(wanted)} listed")
        return Text(
            f"{fact.label.zh}（{shown.zh}）不含{lacking.zh}", f"{fact.label.en} ({shown.en}) lacks {lacking.en}"
        )
    return Text(f"{fact.label.zh}：{shown.zh}", f"{fact.label.en}: {shown.en}")
