"""What no scenario goes through: rules that never hold, thresholds and days on which the answer may turn.

Of a threshold the value itself counts, and the nearest one on either side: one fen, one, or one day away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from enforcerules.errors import Span, listed
from enforcerules.model import (
    Clause,
    Fact,
    FactTest,
    Operator,
    ParameterRef,
    ParameterValue,
    Rule,
    Value,
    Window,
)
from enforcerules.model.conditions import asks_only_if_known
from enforcerules.model.properties import AnswerTest, EveryPart, SomePart
from enforcerules.model.situation import value_in_force
from enforcerules.review.lint.subject import FIRST_DAY, LAST_DAY, Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.text import Text
from enforcerules.values import Amount, Truth, write_yuan
from enforcerules.wording import say_test

_ORDER = (
    Operator.AT_LEAST,
    Operator.MORE_THAN,
    Operator.AT_MOST,
    Operator.LESS_THAN,
    Operator.ON_OR_AFTER,
    Operator.BEFORE,
)


def find_rules_without_scenario(subject: Subject) -> Iterator[Weakness]:
    """Yield the rules, and the rows of forms, that hold in no scenario."""
    held = {name for d in subject.decisions for name, verdict in d.verdicts.holds.items() if verdict is Truth.MET}
    for rule in subject.book.rules.values():
        if rule.id not in held:
            yield weakness(
                "ER6001",
                "warning",
                (rule.id,),
                Text(f"规则 `{rule.id}` 在任何算例中都不成立", f"the rule `{rule.id}` holds in no scenario"),
                subject.places.rule(rule.id),
                Text("写一个它成立的算例", "write a scenario in which it holds"),
            )


def find_impossible_scenarios(subject: Subject) -> Iterator[Weakness]:
    """Yield the scenarios whose case contradicts itself, where they do not expect to be warned of it."""
    for variant, decision in zip(subject.variants, subject.decisions, strict=True):
        for invariant in subject.book.vocabulary.invariants:
            if invariant.id in variant.expect.warnings or decision.decide(invariant.never) is not Truth.MET:
                continue
            yield weakness(
                "ER6004",
                "warning",
                (variant.id, invariant.id),
                Text(
                    f"算例 `{variant.scenario}`“{variant.name.zh}”自相矛盾：{invariant.title.zh}",
                    f"the scenario `{variant.scenario}`, '{variant.name.en}', contradicts itself: {invariant.title.en}",
                ),
                variant.span("name"),
                Text("改正事实；有意如此的，在 `warnings` 中写明", "correct its facts, or expect it under `warnings`"),
            )


# --- thresholds --------------------------------------------------------------------------------------


class _Threshold(NamedTuple):
    """A value on which a test of a rule turns. `limit` is the parameter's, where it comes from one."""

    rule: Rule
    test: FactTest
    span: Span
    value: int
    limit: ParameterValue | None


def find_thresholds_without_scenarios(subject: Subject) -> Iterator[Weakness]:
    """Yield the thresholds of rules that lack a scenario just below, exactly at or just above them.

    Only scenarios count in which the rule is law. A value that no such case can have is not asked for.
    """
    seen = _values_seen(subject)
    for threshold in dict.fromkeys(_thresholds(subject)):
        rule, test, span, value, limit = threshold
        fact = subject.book.vocabulary.facts[test.fact]
        wanted = [near for near in (value - 1, value, value + 1) if near >= 0]
        there: Collection[int] = seen.get((rule.id, test.fact, limit), ())
        missing = [near for near in wanted if near not in there and _possible(subject, threshold, near)]
        if not missing:
            continue
        shown = listed(_show(fact, near) for near in missing)
        said = say_test(subject.book, test)
        where = Text("", "")
        if limit is not None:
            where = Text(f"（`{limit.where}` 的值）", f" (the value for `{limit.where}`)")
        yield weakness(
            "ER6002",
            "warning",
            (rule.id, test.fact),
            Text(
                f"规则 `{rule.id}` 的界限“{said.zh}”{where.zh}没有算例取 {shown.zh}",
                f"the threshold '{said.en}'{where.en} of the rule `{rule.id}` has no scenario at {shown.en}",
            ),
            span,
            Text(
                f"在该规则适用的地区和日期，写 `{test.fact}` 取这些值的算例",
                f"write scenarios with these values of `{test.fact}`, where and when the rule is law",
            ),
        )


def _thresholds(subject: Subject) -> Iterator[_Threshold]:
    for rule in subject.book.rules.values():
        for written in subject.places.conditions(rule):
            for test, place in written.tests():
                if test.operator not in _ORDER:
                    continue
                if isinstance(test.operand, ParameterRef):
                    for limit in subject.book.parameters[test.operand.name].values:
                        if _is_law_with(subject, rule, test.operand.name, limit):
                            yield _Threshold(rule, test, place.span(), limit.value, limit)
                elif isinstance(test.operand, date):
                    yield _Threshold(rule, test, place.span(), test.operand.toordinal(), None)
                elif isinstance(test.operand, int) and not asks_only_if_known(test):
                    yield _Threshold(rule, test, place.span(), test.operand, None)


def _is_law_with(subject: Subject, rule: Rule, parameter: str, limit: ParameterValue) -> bool:
    given = subject.book.parameters[parameter]
    return any(
        rule.id in setting.situation.bases and value_in_force(given, setting.place, setting.since) is limit
        for setting in subject.settings
    )


def _values_seen(subject: Subject) -> dict[tuple[str, str, ParameterValue | None], set[int]]:
    """Return the values that facts have in the scenarios for which a rule is law, with each limit in force."""
    tests: dict[str, set[tuple[str, str | None]]] = {}
    for threshold in _thresholds(subject):
        operand = threshold.test.operand
        name = operand.name if isinstance(operand, ParameterRef) else None
        tests.setdefault(threshold.rule.id, set()).add((threshold.test.fact, name))
    seen: dict[tuple[str, str, ParameterValue | None], set[int]] = {}
    for decision, law in zip(subject.decisions, subject.law, strict=True):
        facts = decision.case.facts
        for rule in law & tests.keys():
            for fact, name in tests[rule]:
                value = _number(facts.known.get(fact))
                limit = None
                if name is not None and facts.place is not None and facts.duty_date is not None:
                    limit = value_in_force(subject.book.parameters[name], facts.place, facts.duty_date)
                if value is not None:
                    seen.setdefault((rule, fact, limit), set()).add(value)
    return seen


def _number(value: Value | None) -> int | None:
    match value:
        case Amount():
            return value.low if value.exact else None
        case date():
            return value.toordinal()
        case int():
            return value
    return None


def _possible(subject: Subject, threshold: _Threshold, near: int) -> bool:
    """Tell whether a case can have the value while the rule is law; where nobody can say, it is taken to."""
    if subject.questions is None:
        return True
    fact = subject.book.vocabulary.facts[threshold.test.fact]
    operator, operand = Operator.IS, date.fromordinal(near) if fact.type == "date" else near
    law = SomePart(tuple(AnswerTest("clause_in_force", clause) for clause in threshold.rule.bases))
    return subject.questions.ask(EveryPart((law, FactTest(fact.name, operator, operand)))) != "none"


def _show(fact: Fact, number: int) -> str:
    match fact.type:
        case "money":
            return str(write_yuan(number))
        case "date":
            return date.fromordinal(number).isoformat()
    return str(number)


# --- first and last days -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Period:
    """The periods that several clauses share."""

    source: str
    where: str
    governs: str
    windows: tuple[Window, ...]


def find_days_without_scenario(subject: Subject) -> Iterator[Weakness]:
    """Yield the periods of clauses on whose first or last day, or the day beside it, there is no scenario."""
    cited = {clause for rule in subject.book.rules.values() for clause in rule.bases}
    periods: dict[_Period, list[str]] = {}
    for clause in subject.book.clauses.values():
        if clause.id in cited:
            period = _Period(clause.source, clause.where, clause.governs, clause.windows)
            periods.setdefault(period, []).append(clause.id)
    days = cache(lambda where, governs: _days_seen(subject, where, governs))
    for period, clauses in periods.items():
        missing = sorted(_turning_days(period.windows) - days(period.where, period.governs))
        if not missing:
            continue
        shown = listed(day.isoformat() for day in missing)
        name, span = _where_written(subject, period, subject.book.clauses[clauses[0]])
        fact = "conduct_date" if period.governs == "conduct" else "duty_date"
        yield weakness(
            "ER6003",
            "warning",
            (name,),
            Text(
                f"`{name}` 的期间在 {shown.zh} 变化，在 `{period.where}` 没有这几日的算例",
                f"the periods of `{name}` change on {shown.en}, days of which `{period.where}` has no scenario",
            ),
            span,
            Text(
                f"写 `{fact}` 为这几日的算例：期间的首日、末日，以及前后各一日",
                f"write scenarios with these days as `{fact}`: first and last day, and the day before or after",
            ),
        )


def _turning_days(windows: tuple[Window, ...]) -> set[date]:
    one = timedelta(days=1)
    found: set[date] = set()
    for window in windows:
        if window.since is not None and window.since > FIRST_DAY:
            found |= {window.since - one, window.since}
        if window.until is not None and window.until < LAST_DAY:
            found |= {window.until, window.until + one}
    return found


def _days_seen(subject: Subject, where: str, governs: str) -> set[date]:
    found = set()
    for decision in subject.decisions:
        facts = decision.case.facts
        day = facts.conduct_date if governs == "conduct" else facts.duty_date
        if day is not None and facts.place is not None and where in facts.place.within:
            found.add(day)
    return found


def _where_written(subject: Subject, period: _Period, clause: Clause) -> tuple[str, Span]:
    if period.windows == subject.book.sources[period.source].windows:
        return period.source, subject.places.of("source", period.source, "windows", key=True)
    return clause.id, subject.places.of("clause", clause.id, "windows", key=True)
