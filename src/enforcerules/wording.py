"""Conditions, outcomes and values in words.

A rule is said as one plain sentence from its condition and outcomes, so that what is read is what is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

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
    Finding,
    FindingTest,
    FindingWords,
    Forbid,
    Not,
    Operator,
    Outcome,
    ParameterRef,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
    Rule,
    Value,
    Warn,
)
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, show_yuan

STRENGTHS = {
    "analogy": Text("（类推，请确认）", " (by analogy, to be confirmed)"),
    "label_only": Text("（仅依栏名）", " (by its label only)"),
    "explicit": Text("", ""),
}
"""How firmly a case stands in a key area."""


def say_condition(book: ResolvedRulebook, condition: Condition, *, inner: bool = False) -> Text:
    """Return a condition in words; `inner` puts brackets around an alternative."""
    match condition:
        case Always():
            return Text("任何情况", "in every case")
        case FactTest():
            return say_test(book, condition)
        case FindingTest(finding, expected):
            return say_finding(book.vocabulary.findings[finding], Truth.MET if expected else Truth.NOT_MET)
        case Not(part):
            said = say_condition(book, part, inner=True)
            return Text(f"并非（{said.zh}）", f"not ({said.en})")
        case AllOf(parts) if len(parts) == 1:
            return say_condition(book, parts[0], inner=inner)
        case AllOf(parts):
            first = say_condition(book, parts[0], inner=True)
            texts = [first, *(_after(book, part, previous) for previous, part in pairwise(parts))]
            return Text("".join(t.zh for t in texts), "".join(t.en for t in texts))
        case AnyOf(parts) if len(parts) == 1:
            return say_condition(book, parts[0], inner=inner)
        case AnyOf(parts):
            texts = [_alternative(book, part) for part in parts]
            joined = Text("，或者".join(t.zh for t in texts), " or ".join(t.en for t in texts))
            return Text(f"（{joined.zh}）", f"({joined.en})") if inner else joined


def say_finding(finding: Finding, verdict: Truth) -> Text:
    """Return how a finding stands as part of a sentence: in words of its own, or that it is found or not."""
    zh, en = finding.label.zh, small(finding.label.en)
    so = finding.said or FindingWords(Text(f"已认定为{zh}", f"found: {en}"), Text(f"未认定为{zh}", f"not found: {en}"))
    if verdict is Truth.OPEN:
        return Text(f"是否{so.met.zh}，待定", f"open whether {so.met.en}")
    return so.met if verdict is Truth.MET else so.not_met


def _alternative(book: ResolvedRulebook, part: Condition) -> Text:
    said = say_condition(book, part, inner=True)
    several = isinstance(part, AllOf) and len(part.parts) > 1
    return Text(f"（{said.zh}）", f"({said.en})") if several else said


_BOUNDS = {Operator.AT_LEAST, Operator.MORE_THAN, Operator.AT_MOST, Operator.LESS_THAN}


def _only_known(condition: Condition) -> bool:
    """Tell whether a test asks no more than that a figure is known: every one is at least 0."""
    match condition:
        case FactTest(_, Operator.AT_LEAST, int(bound)):
            return bound == 0
    return False


def _after(book: ResolvedRulebook, part: Condition, previous: Condition) -> Text:
    """Return a part of a conjunction with what joins it to the one before; two bounds of a fact are one range."""
    said = say_condition(book, part, inner=True)
    match previous, part:
        case FactTest(one, first), FactTest(two, second) if one == two and {first, second} <= _BOUNDS:
            if not _only_known(previous):
                label = book.vocabulary.facts[two].label
                return Text(f"、{said.zh.removeprefix(label.zh)}", f" and{said.en.removeprefix(small(label.en))}")
    return Text(f"，且{said.zh}", f" and {said.en}")


def small(label: str) -> str:
    """Return a label as it stands inside an English sentence.

    >>> small("Value of goods"), small("TCM granules")
    ('value of goods', 'TCM granules')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def say_test(book: ResolvedRulebook, test: FactTest) -> Text:
    """Return one test in words, with the parameter's name where it is compared with one."""
    fact = book.vocabulary.facts[test.fact]
    operand = test.operand
    if isinstance(operand, ParameterRef):
        bound = book.parameters[operand.name].label
        return _bounded(fact, test.operator, Text(bound.zh, f"“{bound.en}”"))
    if isinstance(operand, FactRef):
        other = book.vocabulary.facts[operand.name].label
        return _bounded(fact, test.operator, Text(other.zh, small(other.en)))
    if fact.type == "bool":
        yes = operand == (test.operator is Operator.IS)
        said = f"'{fact.label.en}' {'applies' if yes else 'does not apply'}"
        return Text(fact.label.zh if yes else _denied(fact.label.zh), said)
    return _compare(fact, test)


def _denied(zh: str) -> str:
    """Return the opposite of what a label of a yes-or-no fact says.

    >>> _denied("违法主体已查实"), _denied("系登记市场主体"), _denied("定性存疑")
    ('违法主体未查实', '不是登记市场主体', '不属于“定性存疑”')
    """
    if zh.startswith(("有", "系")):
        return ("没有" if zh[0] == "有" else "不是") + zh[1:]
    return zh.replace("已", "未", 1) if "已" in zh else f"不属于“{zh}”"


def _bounded(fact: Fact, operator: Operator, bound: Text) -> Text:
    """Return a comparison with something that has a name."""
    zh, en = {
        Operator.AT_LEAST: ("达到", "reaches"),
        Operator.MORE_THAN: ("超过", "is more than"),
        Operator.AT_MOST: ("不超过", "is at most"),
        Operator.LESS_THAN: ("未达到", "stays below"),
        Operator.ON_OR_AFTER: ("不早于", "is not before"),
        Operator.BEFORE: ("早于", "is before"),
        Operator.IS: ("等于", "is"),
        Operator.IS_NOT: ("不等于", "is not"),
    }[operator]
    return Text(f"{fact.label.zh}{zh}{bound.zh}", f"{small(fact.label.en)} {en} {bound.en}")


def _compare(fact: Fact, test: FactTest) -> Text:
    zh, en = fact.label.zh, small(fact.label.en)
    operand = test.operand
    # labels of sets are plural or not: Conducts, Product features, Impact
    head = re.split(r" (?:of|for) ", fact.label.en)[0]
    includes = "include" if head.endswith("s") and not head.endswith("ss") else "includes"
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
                return Text(f"{zh}包括{any_zh}", f"{en} {includes} {any_en}")
            case Operator.HAS_ALL:
                return Text(f"{zh}同时包括{values.zh}", f"{en} {includes} all of {values.en}")
            case Operator.HAS_NONE:
                return Text(f"{zh}不包括{values.zh}", f"{en} {includes} none of {values.en}")
        if not operand:
            empty = test.operator is Operator.IS
            return Text(f"{'没有' if empty else '有'}{zh}", f"there {'are no' if empty else 'are some'} {en}")
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
            return Text(f"{zh}包括{value.zh}", f"{en} {includes} {value.en}")
        case Operator.ON_OR_AFTER:
            return Text(f"{zh}在{value.zh}或以后", f"{en} on or after {value.en}")
        case Operator.BEFORE:
            return Text(f"{zh}早于{value.zh}", f"{en} before {value.en}")
        case Operator.AT_LEAST if _only_known(test):
            return Text(f"{zh}已查明", f"{en} is known")
        # the bound itself counts in 以上 and 以下 (Civil Code art. 1259)
        case Operator.AT_LEAST:
            return Text(f"{zh}在{value.zh}以上", f"{en} is at least {value.en}")
        case Operator.MORE_THAN:
            return Text(f"{zh}超过{value.zh}", f"{en} is more than {value.en}")
        case Operator.AT_MOST:
            return Text(f"{zh}在{value.zh}以下", f"{en} is at most {value.en}")
        case Operator.LESS_THAN:
            return Text(f"{zh}不满{value.zh}", f"{en} is less than {value.en}")
    same = test.operator is Operator.IS
    return Text(f"{zh}{'为' if same else '不是'}{value.zh}", f"{en} {'is' if same else 'is not'} {value.en}")


def _operand(fact: Fact, operand: object) -> Text:
    if fact.type == "money" and isinstance(operand, int):
        return Text(f"{show_yuan(operand)}元", f"{show_yuan(operand)} yuan")
    if isinstance(operand, str):
        return _quoted(fact, operand)
    shown = operand.isoformat() if isinstance(operand, date) else str(operand)
    return Text(shown, shown)


def show_operand(book: ResolvedRulebook, test: FactTest) -> Text:
    """Return what a fact is compared with, in words."""
    match test.operand:
        case ParameterRef(name):
            return book.parameters[name].label
        case FactRef(name):
            return book.vocabulary.facts[name].label
        case bool(yes):
            return Text("是" if yes else "否", "yes" if yes else "no")
        case frozenset(members):
            return _listed(book.vocabulary.facts[test.fact], members) if members else Text("无", "none")
    return _operand(book.vocabulary.facts[test.fact], test.operand)


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
        if value.about is not None:
            return Text(f"约{show_yuan(value.about)}元", f"about {show_yuan(value.about)} yuan")
        if value.high is None:
            return Text(f"至少{show_yuan(value.low)}元", f"at least {show_yuan(value.low)} yuan")
        return Text(f"{value}元", f"{value} yuan")
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
            because = Text("", "")
            if why is not None:
                planned = Text("（拟）", " (planned)") if status == "planned" else Text("", "")
                because = Text(f"（事由：{why.zh}{planned.zh}）", f" (ground: {small(why.en)}{planned.en})")
            so = found.said.met if found.said else Text(f"认定为{found.label.zh}", f"found: {small(found.label.en)}")
            return Text(f"{so.zh}{because.zh}", f"{so.en}{because.en}")
        case Require(action, once, moment):
            duty = _of_action(book, action, "应当", "required")
            later = moment or (say_condition(book, once) if once else None)
            when = Text(f"（待{later.zh}后）", f" (once {later.en})") if later else Text("", "")
            return Text(f"{duty.zh}{when.zh}", f"{duty.en}{when.en}")
        case Permit(action):
            return _of_action(book, action, "可以", "permitted")
        case Exempt(action):
            return _of_action(book, action, "不必", "not needed")
        case Forbid(action):
            return _of_action(book, action, "不得", "forbidden")
        case Penalise(penalty):
            title = book.penalties[penalty].title
            return Text(f"按“{title.zh}”处罚", f"penalised as '{small(title.en)}'")
        case AddLabel(label):
            title = book.vocabulary.labels[label]
            return Text(f"标为“{title.zh}”", f"labelled '{title.en}'")
        case Warn(message):
            return Text(f"提示：{message.zh.removesuffix('。')}", f"note: {message.en.removesuffix('.')}")
        case Count():
            return _counted(book, outcome)


def _of_action(book: ResolvedRulebook, action: str, zh: str, en: str) -> Text:
    title = book.actions[action].title
    return Text(f"{zh}{title.zh}", f"{en}: {small(title.en)}")


def _counted(book: ResolvedRulebook, count: Count) -> Text:
    form = book.forms[count.form]
    zh, en = f"《{form.title.zh}》", f"'{form.title.en}'"
    if count.table == "attachment":
        return Text(f"随{zh}一案一报", f"reported on a sheet of its own with {en}")
    if count.table == "grounds":
        row = next(row for row in form.grounds if row.id == count.row)
        return Text(f"在{zh}中作为“{row.label.zh}”的案件上报", f"reported in {en} under '{row.label.en}'")
    table = next((table for table in form.tables if table.id == count.table), None)
    if table is None:
        return Text(f"计入{zh}", f"counted in {en}")
    zh, en = f"{zh}{table.title.zh}", f"{en}, {table.title.en}"
    part = table.part(count.part) if count.part else None
    if part is not None:
        zh, en = f"{zh}“{part.title.zh}”栏", f"{en}, '{part.title.en}'"
        label = next((row.label for row in part.rows if row.id == count.row), None)
        if label is not None:
            zh, en = f"{zh}“{label.zh}”", f"{en}, '{label.en}'"
    return Text(f"计入{zh}", f"counted in {en}")


def say_rule(book: ResolvedRulebook, rule: Rule) -> Text:
    """Return a rule as one plain sentence."""
    outcomes = [say_outcome(book, outcome) for outcome in rule.outcomes]
    zh, en = "；".join(o.zh for o in outcomes), "; ".join(o.en for o in outcomes)
    if isinstance(rule.when, Always):
        return Text(f"任何情况下，{zh}。", f"In every case, {en}.")
    when = say_condition(book, rule.when)
    return Text(f"凡{when.zh}的，{zh}。", f"When {when.en}, {en}.")
