"""How far to the next step: amounts that alone keep a finding from reaching further than it does."""

from __future__ import annotations

from enforcerules.deciding.decision import Decision
from enforcerules.explaining.page import Line, Section
from enforcerules.model import AllOf, Establish, FactTest, FindingTest, Operator, Rule
from enforcerules.model.conditions import Condition, tests
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, show_yuan


def next_steps(decision: Decision) -> Section:
    """Return, for each amount, the nearest line that a finding already made would reach next.

    Only what lacks nothing but the amount is a step: a line that other facts rule out as well is no news.
    """
    nearest: dict[str, tuple[int, Line]] = {}
    for name, held in decision.verdicts.holds.items():
        rule = decision.book.rules[name]
        if held is not Truth.NOT_MET or not decision.clauses(rule, Truth.MET) or not _adds_a_ground(decision, rule):
            continue
        test = _only_lack(decision, rule)
        value = decision.case.facts.known.get(test.fact) if test else None
        if test is None or not isinstance(test.operand, int) or not isinstance(value, Amount) or not value.exact:
            continue
        gap = test.operand - value.low
        if test.fact not in nearest or gap < nearest[test.fact][0]:
            nearest[test.fact] = (gap, _line(decision, rule, test.fact, value.low, test.operand))
    lines = tuple(line for _, line in nearest.values())
    return Section(Text("离下一标准还差多少", "How far to the next line"), lines)


def _only_lack(decision: Decision, rule: Rule) -> FactTest | None:
    """Return the one test of an amount that is all a rule on a finding already made lacks."""
    if not isinstance(rule.when, AllOf):
        return None
    failing = [part for part in rule.when.parts if decision.decide(part) is not Truth.MET]
    if len(failing) != 1 or not any(_is_made(decision, test) for test in tests(rule.when)):
        return None
    (part,) = failing
    return part if isinstance(part, FactTest) and part.operator is Operator.AT_LEAST else None


def _is_made(decision: Decision, test: Condition) -> bool:
    return isinstance(test, FindingTest) and test.expected and decision.decide(test) is Truth.MET


def _adds_a_ground(decision: Decision, rule: Rule) -> bool:
    """Tell whether a rule would rest a finding on a ground that no rule met gives it."""
    given = {
        outcome
        for name, effect in decision.verdicts.effects.items()
        if effect is Truth.MET
        for outcome in decision.book.rules[name].outcomes
        if isinstance(outcome, Establish)
    }
    return any(isinstance(outcome, Establish) and outcome not in given for outcome in rule.outcomes)


def _line(decision: Decision, rule: Rule, fact: str, value: int, bound: int) -> Line:
    label = decision.book.vocabulary.facts[fact].label
    had, line, gap = show_yuan(value), show_yuan(bound), show_yuan(bound - value)
    return Line(
        Text(
            f"{label.zh} {had}元，距 {line}元差 {gap}元：{rule.title.zh}",
            f"{label.en} {had} yuan, {gap} yuan short of {line} yuan: {rule.title.en}",
        ),
        tuple(decision.clauses(rule, Truth.MET)),
    )
