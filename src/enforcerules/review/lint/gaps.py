"""What is missing for a part of the time or in a place: parameters, calendars, clauses, rules to be overridden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from enforcerules.errors import Span, listed
from enforcerules.model import ParameterValue, Rule, Window
from enforcerules.model.situation import force
from enforcerules.review.coverage import ever_meet
from enforcerules.review.lint.subject import FIRST_DAY, LAST_DAY, Setting, Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.text import Text
from enforcerules.values import Place, Truth

_DAY = timedelta(days=1)
Stretch = tuple[date, date]


def find_parameters_missing(subject: Subject) -> Iterator[Weakness]:
    """Yield the rules whose clauses are in force, in a place on some days, without the parameter they need."""
    for rule in subject.book.rules.values():
        for name in sorted(rule.parameters):
            without: dict[str, list[Stretch]] = {}
            for setting in subject.settings:
                if _is_due(rule, setting) and setting.situation.parameters[name] is None:
                    without.setdefault(setting.place.code, []).append((setting.since, setting.until))
            for place, days in without.items():
                said = _say(_joined(days))
                yield weakness(
                    "ER6041",
                    "error",
                    (rule.id, name),
                    Text(
                        f"规则 `{rule.id}` 的依据在 `{place}` {said.zh}有效，参数 `{name}` 却没有值：规则因此不适用",
                        f"the basis of the rule `{rule.id}` is in force in `{place}` {said.en}, where the parameter "
                        f"`{name}` has no value: so the rule is not law",
                    ),
                    subject.places.rule(rule.id),
                    Text("补上这段期间的值", "add a value for these days"),
                    related=((Text("参数", "the parameter"), subject.places.of("parameter", name)),),
                )


def _is_due(rule: Rule, setting: Setting) -> bool:
    return any(setting.situation.clauses[clause] is not Truth.NOT_MET for clause in rule.bases)


def find_values_out_of_step(subject: Subject) -> Iterator[Weakness]:
    """Yield the values of parameters whose days are not those of the clause that they cite.

    A later value of the same place may take the days that an earlier one leaves.
    """
    for parameter in subject.book.parameters.values():
        for index, value in enumerate(parameter.values):
            clause = subject.book.clauses[value.clause]
            same_place = [other.window for other in parameter.values if other.where == value.where]
            law = _days(clause.windows)
            lacking, beyond = _without(law, _days(tuple(same_place))), _without(_days((value.window,)), law)
            span = subject.places.block("parameter", parameter.name).span("values", index)
            names = (parameter.name, value.clause)
            if lacking:
                said = _say(lacking)
                yield weakness(
                    "ER6042",
                    "error",
                    names,
                    Text(
                        f"参数 `{parameter.name}` 在 `{value.where}` {said.zh}没有值，而条款 `{value.clause}` 有效："
                        "此时用了上级地区的值，或者没有值",
                        f"the parameter `{parameter.name}` has no value for `{value.where}` {said.en}, when the clause "
                        f"`{value.clause}` is in force: a wider place's value counts then, or none",
                    ),
                    span,
                    Text("使值的期间与条款的期间一致", "let the value have the days of the clause"),
                    related=_clause(subject, value),
                )
            if beyond:
                said = _say(beyond)
                yield weakness(
                    "ER6042",
                    "error",
                    names,
                    Text(
                        f"参数 `{parameter.name}` 在 `{value.where}` {said.zh}有值，而条款 `{value.clause}` 此时无效",
                        f"the parameter `{parameter.name}` has a value for `{value.where}` {said.en}, when the clause "
                        f"`{value.clause}` is not in force",
                    ),
                    span,
                    Text("使值的期间与条款的期间一致", "let the value have the days of the clause"),
                    related=_clause(subject, value),
                )


def _clause(subject: Subject, value: ParameterValue) -> tuple[tuple[Text, Span], ...]:
    return ((Text("条款", "the clause"), subject.places.of("clause", value.clause)),)


def find_years_without_calendar(subject: Subject) -> Iterator[Weakness]:
    """Yield the clauses that count in working days in a year that has no calendar.

    Years after the last calendar are left out: their notices are not published yet.
    """
    years = subject.book.calendar.years
    last = max(years, default=0)
    for clause in subject.book.clauses.values():
        if clause.clock is None or not clause.clock.working_days:
            continue
        needed = {
            year for since, until in _days(clause.windows) for year in range(since.year, min(until.year, last) + 1)
        }
        missing = sorted(needed - years.keys()) if years else sorted(needed)
        if missing or not years:
            said = listed(_years(missing))
            zh, en = (said.zh, said.en) if missing else ("任何一年", "any year")
            yield weakness(
                "ER6043",
                "warning",
                (clause.id,),
                Text(
                    f"条款 `{clause.id}` 以工作日计期，而 {zh} 没有工作日历：届满日算不出",
                    f"the clause `{clause.id}` counts in working days, and there is no calendar for {en}: its last "
                    "day cannot be computed",
                ),
                subject.places.of("clause", clause.id, "clock", key=True),
                Text("按放假通知补上该年的 `calendars`", "add `calendars` for the year from its holiday notice"),
            )


def _years(years: list[int]) -> Iterator[str]:
    """Yield years, those in a row as one."""
    begins = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    for first, last in zip(begins, ends, strict=True):
        yield str(first) if first == last else f"{first}–{last}"


def find_due_days_without_law(subject: Subject) -> Iterator[Weakness]:
    """Yield the reports with days on which no clause that orders them is, or may be, in force there."""
    for report in subject.book.report_calendar:
        where, clauses = Place(report.where), [subject.book.clauses[name] for name in report.bases]
        idle = [
            day.isoformat()
            for day in report.days
            if all(force(clause, where, day) is Truth.NOT_MET for clause in clauses)
        ]
        if idle:
            name, days = f"{report.where}/{report.id}", listed(idle)
            yield weakness(
                "ER6045",
                "error",
                (name,),
                Text(
                    f"报表 `{name}` 的报送日 {days.zh} 当天没有一条依据有效：报送日程不会列出",
                    f"no clause of the report `{name}` is in force on {days.en}: no list of due reports has it",
                ),
                subject.places.of("due", name, "due", key=True),
                Text("改正日期、`where` 或者条款的期间", "correct the day, `where` or the period of the clause"),
            )


def find_overrides_that_never_meet(subject: Subject) -> Iterator[Weakness]:
    """Yield the overrides of rules that are never law in one place on one day with the overriding one."""
    for rule in subject.rules:
        for other in rule.overrides:
            if not ever_meet(subject.book, rule, subject.book.rules[other]):
                yield weakness(
                    "ER6044",
                    "warning",
                    (rule.id, other),
                    Text(
                        f"规则 `{rule.id}` 排除 `{other}`，两者却从不在同一地区、同一天有效",
                        f"the rule `{rule.id}` overrides `{other}`, yet the two are never law in one place on one day",
                    ),
                    subject.places.override(rule, other),
                    Text("删去这一项，或者核对两者依据的期间", "remove it, or look at the periods of both"),
                )


# --- days --------------------------------------------------------------------------------------------


def _days(windows: tuple[Window, ...]) -> list[Stretch]:
    return _joined([(window.since or FIRST_DAY, window.until or LAST_DAY) for window in windows])


def _joined(days: list[Stretch]) -> list[Stretch]:
    """Return stretches in order, those that touch as one."""
    found: list[Stretch] = []
    for since, until in sorted(days):
        if found and since <= found[-1][1] + _DAY:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


def _without(days: list[Stretch], taken: list[Stretch]) -> list[Stretch]:
    """Return the days that are in the first stretches and in none of the second."""
    left: list[Stretch] = []
    for since, until in days:
        begin = since
        for first, last in taken:
            if last < begin or first > until:
                continue
            if begin < first:
                left.append((begin, first - _DAY))
            begin = last + _DAY
            if last >= until:
                break
        if begin <= until:
            left.append((begin, until))
    return left


def _say(days: list[Stretch]) -> Text:
    zh, en = [], []
    for since, until in days:
        if (since, until) == (FIRST_DAY, LAST_DAY):
            zh.append("始终")
            en.append("at all times")
        elif since == until:
            zh.append(f"在 {since} ")
            en.append(f"on {since}")
        elif until == LAST_DAY:
            zh.append(f"自 {since} 起")
            en.append(f"from {since} on")
        elif since == FIRST_DAY:
            zh.append(f"至 {until} 止")
            en.append(f"until {until}")
        else:
            zh.append(f"自 {since} 至 {until} ")
            en.append(f"from {since} to {until}")
    return Text("、".join(zh), ", ".join(en))
