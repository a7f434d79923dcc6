"""Conditions, outcomes and values in words.

A rule is said as one plain sentence from its condition and outcomes, so that what is read is what is run.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from enforcerules.model import (
    AddLabel,
    AllOf,
    Always,
    AnyOf,
    Condition,
    Count,
    Establish,
    Exempt,
    Fact,
    FactRef,
    FactTest,
    FindingTest,
    Forbid,
    Not,
    Operator,
    Outcome,
    ParameterRef,
    Permit,
    Require,
    ResolvedRulebook,
    Rule,
    Value,
    Warn,
)
from enforcerules.text import Text
from enforcerules.values import Amount, show_yuan

_SIGNS = {
    Operator.AT_LEAST: "≥",
    Operator.MORE_THAN: "＞",
    Operator.AT_MOST: "≤",
    Operator.LESS_THAN: "＜",
    Operator.IS: "＝",
    Operator.IS_NOT: "≠",
}


def say_condition(book: ResolvedRulebook, condition: Condition, *, inner: bool = False) -> Text:
    """Return a condition in words; `inner` puts brackets around an alternative."""
    match condition:
        case Always():
            return Text("任何情况", "in every case")
        case FactTest():
            return say_test(book, condition)
        case FindingTest(finding, expected):
            label = book.vocabulary.findings[finding].label
            return Text(f"{'已' if expected else '未'}认定{label.zh}", f"{'' if expected else 'not '}found: {label.en}")
        case Not(part):
            said = say_condition(book, part, inner=True)
            return Text(f"并非（{said.zh}）", f"not ({said.en})")
        case AllOf(parts) if len(parts) == 1:
            return say_condition(book, parts[0], inner=inner)
        case AllOf(parts):
            texts = [say_condition(book, part, inner=True) for part in parts]
            return Text("，且".join(t.zh for t in texts), " and ".join(t.en for t in texts))
        case AnyOf(parts) if len(parts) == 1:
            return say_condition(book, parts[0], inner=inner)
        case AnyOf(parts):
            texts = [say_condition(book, part, inner=True) for part in parts]
            joined = Text("，或者".join(t.zh for t in texts), " or ".join(t.en for t in texts))
            return Text(f"（{joined.zh}）", f"({joined.en})") if inner else joined


def say_test(book: ResolvedRulebook, test: FactTest) -> Text:
    """Return one test in words, with the parameter's name where it is compared with one."""
    fact = book.vocabulary.facts[test.fact]
    zh, en = fact.label
    operand = test.operand
    if isinstance(operand, ParameterRef):
        bound = book.parameters[operand.name].label
        return Text(f"{zh} {_SIGNS[test.operator]} {bound.zh}", f"{en} {_SIGNS[test.operator]} {bound.en}")
    if isinstance(operand, FactRef):
        other = book.vocabulary.facts[operand.name].label
        if fact.type == "date":
            later = test.operator is Operator.ON_OR_AFTER
            return Text(
                f"{zh}{'不早于' if later else '早于'}{other.zh}",
                f"{en} {'not before' if later else 'before'} {other.en}",
            )
        return Text(f"{zh} {_SIGNS[test.operator]} {other.zh}", f"{en} {_SIGNS[test.operator]} {other.en}")
    if fact.type == "bool":
        yes = operand == (test.operator is Operator.IS)
        return Text(f"{zh}：{'是' if yes else '否'}", f"{en}: {'yes' if yes else 'no'}")
    return _compare(fact, test)


def _compare(fact: Fact, test: FactTest) -> Text:
    zh, en = fact.label
    operand = test.operand
    if isinstance(operand, frozenset):
        values = _listed(fact, operand)
        few = len(operand) == 1
        any_zh, any_en = (values.zh, values.en) if few else (f"{values.zh}之一", f"any of {values.en}")
        match test.operator:
            case Operator.IN:
                return Text(f"{zh}为{any_zh}", f"{en} is {any_en}")
            case Operator.NOT_IN:
                return Text(f"{zh}不是{values.zh}", f"{en} is none of {values.en}")
            case Operator.HAS_ANY:
                return Text(f"{zh}包括{any_zh}", f"{en} includes {any_en}")
            case Operator.HAS_ALL:
                return Text(f"{zh}同时包括{values.zh}", f"{en} includes all of {values.en}")
            case Operator.HAS_NONE:
                return Text(f"{zh}不包括{values.zh}", f"{en} includes none of {values.en}")
        if not operand:
            empty = test.operator is Operator.IS
            return Text(f"{'没有' if empty else '有'}{zh}", f"{'no' if empty else 'some'} {en}")
        equal = test.operator is Operator.IS
        return Text(
            f"{zh}{'恰为' if equal else '不恰为'}{values.zh}",
            f"{en} {'is exactly' if equal else 'is not exactly'} {values.en}",
        )
    value = _operand(fact, operand)
    match test.operator:
        case Operator.KNOWN:
            return Text(f"{zh}{'已知' if operand else '未知'}", f"{en} {'known' if operand else 'unknown'}")
        case Operator.HAS:
            return Text(f"{zh}包括{value.zh}", f"{en} includes {value.en}")
        case Operator.ON_OR_AFTER:
            return Text(f"{zh}在{value.zh}或以后", f"{en} on or after {value.en}")
        case Operator.BEFORE:
            return Text(f"{zh}早于{value.zh}", f"{en} before {value.en}")
        case Operator.IS | Operator.IS_NOT if fact.type in ("enum", "text", "date"):
            same = test.operator is Operator.IS
            return Text(f"{zh}{'为' if same else '不是'}{value.zh}", f"{en} {'is' if same else 'is not'} {value.en}")
    return Text(f"{zh} {_SIGNS[test.operator]} {value.zh}", f"{en} {_SIGNS[test.operator]} {value.en}")


def _operand(fact: Fact, operand: object) -> Text:
    if fact.type == "money" and isinstance(operand, int):
        return Text(f"{show_yuan(operand)}元", f"{show_yuan(operand)} yuan")
    if isinstance(operand, str):
        return _quoted(fact, operand)
    shown = operand.isoformat() if isinstance(operand, date) else str(operand)
    return Text(shown, shown)


def _listed(fact: Fact, members: Iterable[object]) -> Text:
    order = list(fact.enumeration.values) if fact.enumeration else []
    ranked = sorted(members, key=lambda m: (order.index(m) if m in order else 0, m))
    texts = [_operand(fact, member) for member in ranked]
    joiner = "" if fact.enumeration else "、"
    return Text(joiner.join(t.zh for t in texts), ", ".join(t.en for t in texts))


def _quoted(fact: Fact, value: str) -> Text:
    label = fact.enumeration.values[value] if fact.enumeration else Text(value, value)
    return Text(f"“{label.zh}”", f"'{label.en}'")


def show_value(fact: Fact, value: Value) -> Text:
    """Return a case's value in words: labels for ids, yuan with separators, 是 and 否."""
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    if isinstance(value, Amount):
        about = str(value).replace("约", "about ")
        return Text(f"{value}元", f"{about} yuan")
    if isinstance(value, frozenset):
        if not value:
            return Text("无", "none")
        order = list(fact.enumeration.values) if fact.enumeration else []
        texts = [fact.enumeration.values[m] if fact.enumeration else Text(m, m) for m in sorted(value, key=order.index)]
        return Text("、".join(t.zh for t in texts), ", ".join(t.en for t in texts))
    if isinstance(value, str):
        return fact.enumeration.values[value] if fact.enumeration else Text(value, value)
    shown = value.isoformat() if isinstance(value, date) else str(value)
    return Text(shown, shown)


def say_outcome(book: ResolvedRulebook, outcome: Outcome) -> Text:
    """Return what a rule yields in words."""
    match outcome:
        case Establish(finding, ground, status):
            found = book.vocabulary.findings[finding]
            why = found.grounds.get(ground or "")
            planned = Text("（拟）", " (planned)") if status == "planned" else Text("", "")
            because = (
                Text(f"（事由：{why.zh}{planned.zh}）", f" (ground: {why.en}{planned.en})") if why else Text("", "")
            )
            return Text(f"认定{found.label.zh}{because.zh}", f"establishes: {found.label.en}{because.en}")
        case Require(action, once, moment):
            title = book.actions[action].title
            later = moment or (say_condition(book, once) if once else None)
            when = Text(f"（待{later.zh}后）", f" (once {later.en})") if later else Text("", "")
            return Text(f"应当{title.zh}{when.zh}", f"requires: {title.en}{when.en}")
        case Permit(action):
            return _of_action(book, action, "可以", "permits: ")
        case Exempt(action):
            return _of_action(book, action, "不必", "no need of: ")
        case Forbid(action):
            return _of_action(book, action, "不得", "forbids: ")
        case AddLabel(label):
            title = book.vocabulary.labels[label]
            return Text(f"标为“{title.zh}”", f"labels as '{title.en}'")
        case Warn(message):
            return Text(f"提示：{message.zh}", f"warns: {message.en}")
        case Count(form, table, part, row):
            name = "/".join(step for step in (form, table, part, row) if step)
            return Text(f"计入报表 {name}", f"counted in {name}")


def _of_action(book: ResolvedRulebook, action: str, zh: str, en: str) -> Text:
    title = book.actions[action].title
    return Text(f"{zh}{title.zh}", f"{en}{title.en}")


def say_rule(book: ResolvedRulebook, rule: Rule) -> Text:
    """Return a rule as one plain sentence."""
    outcomes = [say_outcome(book, outcome) for outcome in rule.outcomes]
    zh, en = "；".join(o.zh for o in outcomes), "; ".join(o.en for o in outcomes)
    if isinstance(rule.when, Always):
        return Text(f"任何情况下，{zh}。", f"In every case: {en}.")
    when = say_condition(book, rule.when)
    return Text(f"{when.zh}的，{zh}。", f"When {when.en}: {en}.")
