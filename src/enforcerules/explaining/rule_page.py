"""One rule of the rulebook, said in full."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.laid_down import say_penalty
from enforcerules.explaining.page import Line, Page, Section, cite, doubt_line
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Clause,
    Condition,
    FactTest,
    FindingTest,
    Not,
    Outcome,
    Penalise,
    ResolvedRulebook,
    Rule,
)
from enforcerules.model.conditions import parameters_of
from enforcerules.text import Text
from enforcerules.values import show_yuan
from enforcerules.wording import say_condition, say_outcome, say_rule


def rule_page(book: ResolvedRulebook, rule: Rule) -> Page:
    """Return the page of one rule: its sentence, condition, outcomes, clauses, overrides and doubts."""
    doubts = dict.fromkeys([*rule.doubts, *(d for name in rule.bases for d in book.clauses[name].doubts)])
    sections = [
        Section(Text("条件", "Condition"), tuple(_tree(book, rule.when))),
        Section(Text("参数", "Parameters"), tuple(_parameters(book, rule.when))),
        Section(Text("结果", "Outcomes"), tuple(_outcome(book, outcome) for outcome in rule.outcomes)),
        Section(Text("依据", "Basis"), tuple(_clause(book, book.clauses[name]) for name in rule.bases)),
        Section(Text("与其他规则", "Other rules"), tuple(_others(book, rule))),
        Section(Text("疑义", "Doubts"), tuple(doubt_line(book, name) for name in doubts)),
        Section(Text("说明", "Note"), (Line(rule.note),) if rule.note else ()),
    ]
    footer = (
        Line(
            Text(
                f"{rule.id} · {rule.place} · 状态：{rule.status}", f"{rule.id} · {rule.place} · status: {rule.status}"
            ),
            mark="",
        ),
    )
    return Page(rule.title, Line(say_rule(book, rule), mark=""), tuple(sections), footer)


def _outcome(book: ResolvedRulebook, outcome: Outcome) -> Line:
    """Return an outcome; a penalty with everything that it lays down."""
    if not isinstance(outcome, Penalise):
        return Line(say_outcome(book, outcome))
    return Line(say_outcome(book, outcome), inner=(Line(say_penalty(book, book.penalties[outcome.penalty])),))


def _tree(book: ResolvedRulebook, condition: Condition) -> Iterator[Line]:
    match condition:
        case AllOf(parts):
            yield Line(Text("同时具备：", "all of:"), inner=tuple(line for part in parts for line in _tree(book, part)))
        case AnyOf(parts):
            yield Line(Text("具备之一：", "any of:"), inner=tuple(line for part in parts for line in _tree(book, part)))
        case Not(part):
            yield Line(Text("并非：", "not:"), inner=tuple(_tree(book, part)))
        case FactTest() | FindingTest() | Always():
            yield Line(say_condition(book, condition))


def _parameters(book: ResolvedRulebook, condition: Condition) -> Iterator[Line]:
    for name in sorted(parameters_of(condition)):
        parameter = book.parameters[name]
        for value in parameter.values:
            place = book.places.get(value.where, Text(value.where, value.where))
            shown = f"{show_yuan(value.value)}元" if parameter.type == "money" else str(value.value)
            period = f"{value.window.since or '…'}—{value.window.until or '…'}"
            text = Text(
                f"{parameter.label.zh}：{place.zh} {shown}（{period}）",
                f"{parameter.label.en}: {place.en} {shown} ({period})",
            )
            yield Line(text, (value.clause,))


def _clause(book: ResolvedRulebook, clause: Clause) -> Line:
    place = book.places.get(clause.where, Text(clause.where, clause.where))
    inner = []
    for window in clause.windows:
        period = f"{window.since or '…'}—{window.until or '…'}"
        doubt = window.doubt or ""
        zh = f"{place.zh}，{period}，{'效力存疑 ' + doubt if window.in_doubt else '有效'}"
        en = f"{place.en}, {period}, {'in doubt ' + doubt if window.in_doubt else 'in force'}"
        inner.append(Line(Text(zh, en), mark="–"))
    if clause.quote:
        inner.append(Line(Text(f"原文：“{clause.quote}”", f"text: “{clause.quote}”"), mark="–"))
    cited = cite(book, (clause.id,))
    return Line(
        Text(f"{clause.id} {cited.zh}：{clause.gist.zh}", f"{clause.id} {cited.en}: {clause.gist.en}"),
        inner=tuple(inner),
    )


def _others(book: ResolvedRulebook, rule: Rule) -> Iterator[Line]:
    if rule.overrides_penalties:
        yield Line(Text("取代一切处罚规则", "takes the outcomes of every rule that penalises"))
    for name in rule.overrides:
        title = book.rules[name].title
        yield Line(Text(f"取代 {name}：{title.zh}", f"takes the outcomes of {name}: {title.en}"))
    for name in book.overriders.get(rule.id, ()):
        title = book.rules[name].title
        yield Line(Text(f"被取代于 {name}：{title.zh}", f"yields to {name}: {title.en}"))
