"""Why: the rules that decided, what was near, and why rules one would expect do not apply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcerules.classification import Classification
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.page import Line, Section
from enforcerules.explaining.trace import MARKS, trace
from enforcerules.model import (
    Count,
    Establish,
    Exempt,
    FactTest,
    Operator,
    Outcome,
    ParameterRef,
    Require,
    Rule,
)
from enforcerules.model.conditions import tests
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, show_yuan

MOST_REASONS = 5
MOST_EXPECTED = 4
NEAR = 10
"""A threshold missed by less than one part in this many is near."""


def reasons(decision: Decision, *, full: bool) -> Section:
    """Return the rules that decided the most, each with its condition and the case's own values.

    Unless `full`, one rule for each finding, ground and duty that matters.
    """
    met = [
        decision.book.rules[name]
        for name, effect in decision.verdicts.effects.items()
        if effect is Truth.MET and not _counts(decision.book.rules[name])
    ]
    ranked = sorted(met, key=lambda rule: -_weight(decision, rule, rule.outcomes))
    shown: list[Rule] = []
    said: set[object] = set()
    for rule in ranked:
        new = [outcome for outcome in rule.outcomes if _said_by(outcome) not in said]
        if full or (_weight(decision, rule, new) > 1 and len(shown) < MOST_REASONS):
            shown.append(rule)
            said.update(_said_by(outcome) for outcome in rule.outcomes)
    lines = [
        Line(rule.title, tuple(decision.clauses(rule, Truth.MET)), "✓", trace(decision, rule.when)) for rule in shown
    ]
    return Section(Text("理由", "Why"), tuple(lines))


def _said_by(outcome: Outcome) -> object:
    """Two rules that call for one duty, or rest a finding on one ground, say the same."""
    return ("require", outcome.action) if isinstance(outcome, Require) else outcome


def _counts(rule: Rule) -> bool:
    return any(isinstance(outcome, Count) for outcome in rule.outcomes)


def _weight(decision: Decision, rule: Rule, outcomes: Iterable[Outcome]) -> int:
    """Rank outcomes by the heaviest: findings, exemptions, hand-overs; what only labels counts nothing."""
    weight = 0
    for outcome in outcomes:
        match outcome:
            case Establish(finding):
                # what only leads on to a penalty is told there
                weight = max(weight, 1 if finding in decision.book.penal_steps else 5)
            case Exempt():
                weight = max(weight, 4)
            case Require(action, once) if decision.book.actions[action].report_row and once is None:
                weight = max(weight, 3)
            case Require(action) if decision.book.actions[action].to:
                weight = max(weight, 2)
            case Require():
                weight = max(weight, 1)
    return weight


def one_rule(decision: Decision, name: str) -> Section:
    """Return one rule with its whole condition, whatever came of it."""
    rule = decision.book.rules[name]
    held = decision.verdicts.holds[name]
    basis = [Line(_in_force(decision, clause), (clause,), MARKS[decision.clause(clause)]) for clause in rule.bases]
    takers = [
        Line(Text(f"被“{other.title.zh}”取代", f"its outcomes are taken by '{other.title.en}'"), mark="✗")
        for other in (decision.book.rules[name] for name in decision.book.overriders.get(rule.id, ()))
        if decision.verdicts.effects[other.id] is Truth.MET
    ]
    lines = (*trace(decision, rule.when, whole=True), *basis, *takers)
    return Section(Text("这条规则", "This rule"), (Line(rule.title, (), MARKS[held], lines),))


def _in_force(decision: Decision, clause: str) -> Text:
    return {
        Truth.MET: Text("依据在此时此地有效", "the basis is in force here and then"),
        Truth.NOT_MET: Text("依据在此时此地不适用", "the basis does not apply here and then"),
        Truth.OPEN: Text("依据是否有效待定", "whether the basis is in force is open"),
    }[decision.clause(clause)]


def near(decision: Decision) -> Section:
    """Return the thresholds that were just missed."""
    found: dict[tuple[str, int], Line] = {}
    for name, held in decision.verdicts.holds.items():
        rule = decision.book.rules[name]
        if held is not Truth.NOT_MET or not decision.clauses(rule, Truth.MET):
            continue
        for test in tests(rule.when):
            if isinstance(test, FactTest) and (missed := _missed(decision, test)) is not None:
                bound, line = missed
                found.setdefault((test.fact, bound), line)
    return Section(Text("差一点达到的标准", "What was near"), tuple(found.values()))


def _missed(decision: Decision, test: FactTest) -> tuple[int, Line] | None:
    if test.operator is not Operator.AT_LEAST or not isinstance(test.operand, ParameterRef):
        return None
    bound = decision.situation.parameters.get(test.operand.name)
    value = decision.case.facts.known.get(test.fact)
    if bound is None or not isinstance(value, Amount) or not value.exact or not 0 < bound - value.low <= bound // NEAR:
        return None
    fact = decision.book.vocabulary.facts[test.fact].label
    label = decision.book.parameters[test.operand.name].label
    gap = show_yuan(bound - value.low)
    value_said = show_yuan(value.low)
    return bound, Line(
        Text(
            f"{fact.zh} {value_said}元，距{label.zh} {show_yuan(bound)}元差 {gap}元",
            f"{fact.en} {value_said} yuan, {gap} yuan short of {label.en} {show_yuan(bound)} yuan",
        )
    )


def expected(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return the rules one would expect and why they do not apply: taken by others, or not law there and then."""
    had = {action.id for action in result.actions if action.verdict == "met"}
    lines: list[Line] = []
    ranked: list[tuple[int, Rule]] = []
    for name, effect in decision.verdicts.effects.items():
        rule = decision.book.rules[name]
        if effect is not Truth.NOT_MET or _counts(rule):
            continue
        weight = _weight(decision, rule, [o for o in rule.outcomes if _missing(decision, o, had)])
        if decision.verdicts.holds[name] is Truth.MET and weight:
            lines += _taken(decision, rule)
        elif weight > 2 and decision.decide(rule.when) is Truth.MET and (full or _of_here(decision, rule)):
            ranked.append((weight, rule))
    ranked.sort(key=lambda item: -item[0])
    for _, rule in ranked[:MOST_EXPECTED]:
        why = _scope(decision, rule)
        lines.append(Line(Text(f"{rule.title.zh}：{why.zh}", f"{rule.title.en}: {why.en}"), rule.bases, "✗"))
    if len(ranked) > MOST_EXPECTED:
        rest = len(ranked) - MOST_EXPECTED
        lines.append(
            Line(
                Text(
                    f"另有 {rest} 条规则情形相符，但不在此时此地适用",
                    f"{rest} more rules fit the facts but are not law here and then",
                ),
                mark="…",
            )
        )
    return Section(Text("看似相关但不适用", "What does not apply, and why"), tuple(lines))


def _of_here(decision: Decision, rule: Rule) -> bool:
    """Tell whether a rule is of the case's place; that another place has another rule is no news."""
    place = decision.case.facts.place
    within = place.within if place else ("CN",)
    return any(decision.book.clauses[name].where in within for name in rule.bases)


def _missing(decision: Decision, outcome: Outcome, had: set[str]) -> bool:
    match outcome:
        case Establish(finding):
            return decision.verdicts.findings[finding] is not Truth.MET
        case Require(action):
            return action not in had
    return False


def _taken(decision: Decision, rule: Rule) -> Iterator[Line]:
    for taker in decision.book.overriders.get(rule.id, ()):
        if decision.verdicts.effects[taker] is Truth.MET:
            title = decision.book.rules[taker].title
            text = Text(f"{rule.title.zh}：由“{title.zh}”取代", f"{rule.title.en}: taken over by '{title.en}'")
            yield Line(text, tuple(decision.clauses(rule, Truth.MET)), "✗")


def _scope(decision: Decision, rule: Rule) -> Text:
    """Say why no basis of a rule is in force for the case: place, period or product."""
    book, facts = decision.book, decision.case.facts
    clauses = [book.clauses[name] for name in rule.bases]
    within = facts.place.within if facts.place else ("CN",)
    here = [clause for clause in clauses if clause.where in within]
    if not here:
        places = dict.fromkeys(clause.where for clause in clauses)
        zh = "、".join(book.places[p].zh if p in book.places else p for p in places)
        en = ", ".join(book.places[p].en if p in book.places else p for p in places)
        return Text(f"只在{zh}适用", f"law only in {en}")
    current = [clause for clause in here if decision.situation.clauses[clause.id] is Truth.MET]
    if current:
        return Text("不适用于该类产品", "not for this kind of product")
    windows = [window for clause in here for window in clause.windows if not window.in_doubt]
    said = dict.fromkeys(f"{w.since or '…'}—{w.until or '…'}" for w in windows)
    return Text(f"只在 {'、'.join(said)} 有效", f"in force only {', '.join(said)}")
