"""The ways in which the law's reach may be wrong by one step: periods, products, places, values, clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from enforcerules.model import Clause, Clock, Parameter, Permit, Require, ResolvedRulebook, Window
from enforcerules.review.mutation.conditions import move_number
from enforcerules.review.mutation.mutation import Changed, Kind, Mutation
from enforcerules.review.mutation.places import Places
from enforcerules.text import Text
from enforcerules.values.money import show_yuan

_DAY = timedelta(days=1)


def list_of_law(book: ResolvedRulebook, places: Places) -> Iterator[Mutation]:
    """Yield every change of sources, clauses and parameters that some rule or report rests on."""
    used = {name for rule in book.rules.values() for name in rule.bases}
    used |= {name for form in book.forms.values() for name in form.bases}
    used |= {name for due in book.report_calendar for name in due.bases}
    clauses = [clause for clause in book.clauses.values() if clause.id in used]
    for source in book.sources:
        of_it = [clause for clause in clauses if clause.source == source]
        yield from _shared(book, places, source, of_it)
    timed = {name for rule in book.rules.values() if _tells_by_when(rule.outcomes) for name in rule.bases}
    for clause in clauses:
        yield from _own(book, places, clause)
        if clause.clock is not None and clause.id in timed:
            yield from _clock(book, places, clause, clause.clock)
    for parameter in book.parameters.values():
        yield from _parameter(places, parameter)


def _tells_by_when(outcomes: Sequence[object]) -> bool:
    return any(isinstance(outcome, (Require, Permit)) for outcome in outcomes)


# --- what a source says once for its clauses, and a clause for itself --------------------------------


def _shared(book: ResolvedRulebook, places: Places, source: str, clauses: Sequence[Clause]) -> Iterator[Mutation]:
    for key in _KEYS:
        heirs = [clause for clause in clauses if not places.written("clauses", clause.id, key)]
        # all of them have it from the same line
        for what, said, first, path in _changes(book, heirs[0], key) if heirs else ():
            kind: Kind = "window" if key in ("windows", "governs") else "scope"
            changed = (Changed("clauses", one.id, _like(one, first, key)) for one in heirs)
            place = places.of("sources", source, *path)
            yield Mutation(f"{source}#{_dotted(path)}:{what}", kind, "sources", source, said, place, tuple(changed))


def _like(clause: Clause, first: Clause, key: str) -> Clause:
    match key:
        case "windows":
            return replace(clause, windows=first.windows)
        case "products":
            return replace(clause, products=first.products)
        case "governs":
            return replace(clause, governs=first.governs)
    return replace(clause, where=first.where)


def _own(book: ResolvedRulebook, places: Places, clause: Clause) -> Iterator[Mutation]:
    for key in _KEYS:
        if places.written("clauses", clause.id, key):
            kind: Kind = "window" if key in ("windows", "governs") else "scope"
            for what, said, now, path in _changes(book, clause, key):
                yield _of_clause(places, clause, kind, path, what, said, now)


def _of_clause(
    places: Places, clause: Clause, kind: Kind, path: tuple[str | int, ...], what: str, said: Text, now: Clause
) -> Mutation:
    name = f"{clause.id}#{_dotted(path)}:{what}"
    place = places.of("clauses", clause.id, *path)
    return Mutation(name, kind, "clauses", clause.id, said, place, (Changed("clauses", clause.id, now),))


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


_KEYS = ("windows", "products", "governs", "where")
_Changes: TypeAlias = Iterator[tuple[str, Text, Clause, tuple[str | int, ...]]]


def _named(book: ResolvedRulebook) -> frozenset[str]:
    """Return the products that some clause is limited to."""
    return frozenset(product for scope in book.product_scopes for product in scope or ())


def _changes(book: ResolvedRulebook, clause: Clause, key: str) -> _Changes:
    match key:
        case "windows":
            return _windows(clause)
        case "products":
            return _products(clause, _named(book))
        case "governs":
            return _governs(book, clause)
    return _where(clause)


def _windows(clause: Clause) -> _Changes:
    for index, what, said, windows in move_windows(clause.windows):
        yield what, said, replace(clause, windows=windows), ("windows", index)


def move_windows(windows: tuple[Window, ...]) -> Iterator[tuple[int, str, Text, tuple[Window, ...]]]:
    """Yield the periods with one end a day early or late, or open, or with a doubt lifted or put.

    Where one period ends the day before another begins, both move: a gap or an overlap is no slip but a fault.
    """
    for index, window in enumerate(windows):
        before = next((i for i, other in enumerate(windows) if _follows(window, other)), None)
        if window.since is not None:
            for days in (-1, 1):
                moved = _set(windows, index, since=window.since + days * _DAY)
                if before is not None:
                    moved = _set(moved, before, until=window.since + (days - 1) * _DAY)
                yield index, f"from{days:+d}d", _day_said("起", "from", window.since, days), moved
            if before is None:
                said = Text(f"起点 {window.since} 删去", f"the first day {window.since} is dropped")
                yield index, "from-open", said, _set(windows, index, since=None)
        if window.until is not None and not any(_follows(other, window) for other in windows):
            for days in (-1, 1):
                said = _day_said("止", "until", window.until, days)
                yield index, f"until{days:+d}d", said, _set(windows, index, until=window.until + days * _DAY)
            said = Text(f"止日 {window.until} 删去", f"the last day {window.until} is dropped")
            yield index, "until-open", said, _set(windows, index, until=None)
        turned = Text("存疑的期间改为有效", "the doubt about the period is lifted")
        if not window.in_doubt:
            turned = Text("有效的期间改为存疑", "the period is put in doubt")
        yield index, "doubt", turned, _set(windows, index, in_doubt=not window.in_doubt)


def _follows(window: Window, other: Window) -> bool:
    return window.since is not None and other.until is not None and other.until + _DAY == window.since


def _set(windows: tuple[Window, ...], index: int, **fields: object) -> tuple[Window, ...]:
    return (*windows[:index], replace(windows[index], **fields), *windows[index + 1 :])  # type: ignore[arg-type]


def _day_said(zh: str, en: str, day: date, days: int) -> Text:
    now = day + days * _DAY
    return Text(f"{zh}日 {day} → {now}", f"{en} {day} → {now}")


def _products(clause: Clause, named: frozenset[str]) -> _Changes:
    scope = clause.products
    if scope is None:
        return
    for product in sorted(scope):
        if len(scope) > 1:
            said = Text(f"适用的产品中删去 {product}", f"the product {product} is dropped")
            yield f"without-{product}", said, replace(clause, products=scope - {product}), ("products",)
    for product in sorted(named - scope):
        said = Text(f"适用的产品中加入 {product}", f"the product {product} is added")
        yield f"with-{product}", said, replace(clause, products=scope | {product}), ("products",)
    said = Text("改为适用于任何产品", "opened to any product")
    yield "any-product", said, replace(clause, products=None), ("products",)


def _governs(book: ResolvedRulebook, clause: Clause) -> _Changes:
    other = "duty" if clause.governs == "conduct" else "conduct"
    if f"{other}_date" not in book.vocabulary.facts:
        return
    dates = {"duty": Text("办理之日", "day of the duty"), "conduct": Text("行为之日", "day of the conduct")}
    said = Text(f"是否施行改看{dates[other].zh}", f"in force by the {dates[other].en}")
    yield other, said, replace(clause, governs="duty" if other == "duty" else "conduct"), ("governs",)


def _where(clause: Clause) -> _Changes:
    if clause.where != "CN":
        said = Text(f"地区 {clause.where} → CN", f"the place {clause.where} → CN")
        yield "CN", said, replace(clause, where="CN"), ("where",)


# --- clocks ----------------------------------------------------------------------------------------

_OTHER_KIND = {"immediate": "prompt", "prompt": "immediate", "within": "prompt", "by": "prompt"}


def _clock(book: ResolvedRulebook, places: Places, clause: Clause, clock: Clock) -> Iterator[Mutation]:
    for what, said, now in _clocks(book, clock):
        yield _of_clause(places, clause, "clock", ("clock",), what, said, replace(clause, clock=now))


def _clocks(book: ResolvedRulebook, clock: Clock) -> Iterator[tuple[str, Text, Clock | None]]:
    text = clock.text
    yield "dropped", Text(f"删去期限“{text.zh}”", f"the clock '{text.en}' is dropped"), None
    kind = _OTHER_KIND.get(clock.kind, "prompt")
    yield kind, Text(f"期限 {clock.kind} → {kind}", f"the clock {clock.kind} → {kind}"), replace(clock, kind=kind)
    if clock.kind == "by" and clock.day is not None:
        for days in (-1, 1):
            said = _day_said("至", "by", clock.day, days)
            yield f"{days:+d}d", said, replace(clock, day=clock.day + days * _DAY)
    if clock.kind != "within":
        return
    if clock.days is not None:
        for number in (clock.days - 1, clock.days + 1):
            said = Text(f"{clock.days}日 → {number}日", f"{clock.days} days → {number} days")
            yield f"{number}d", said, replace(clock, days=number)
        other = not clock.working_days
        names = {True: Text("工作日", "working days"), False: Text("自然日", "calendar days")}
        said = Text(
            f"{names[clock.working_days].zh} → {names[other].zh}", f"{names[clock.working_days].en} → {names[other].en}"
        )
        yield "working" if other else "calendar", said, replace(clock, working_days=other)
    if clock.moved_by is not None:
        said = Text("末日为节假日的不再顺延", "a last day that is a holiday no longer moves")
        yield "unmoved", said, replace(clock, moved_by=None)
    if clock.hours is not None:
        # due days are told, not hours: a day more or less
        for number in (clock.hours - 24, clock.hours + 24):
            said = Text(f"{clock.hours}小时 → {number}小时", f"{clock.hours} hours → {number} hours")
            yield f"{number}h", said, replace(clock, hours=number)
    dates = [fact.name for fact in book.vocabulary.facts.values() if fact.type == "date"]
    if clock.since in dates and len(dates) > 1:
        other_fact = dates[(dates.index(clock.since) + 1) % len(dates)]
        said = Text(f"起算 {clock.since} → {other_fact}", f"from {clock.since} → from {other_fact}")
        yield f"from-{other_fact}", said, replace(clock, since=other_fact)


# --- parameters ------------------------------------------------------------------------------------


def _parameter(places: Places, parameter: Parameter) -> Iterator[Mutation]:
    for index, value in enumerate(parameter.values):
        found: list[tuple[Kind, str, Text, object]] = []
        for number, what in move_number(value.value):
            shown = [show_yuan(n) if parameter.type == "money" else str(n) for n in (value.value, number)]
            said = Text(" → ".join(shown), " → ".join(shown))
            found.append(("threshold", what, said, replace(value, value=number)))
        for _, what, said, (window,) in move_windows((value.window,)):
            if what != "doubt":
                found.append(("window", what, said, replace(value, window=window)))
        if len(parameter.values) > 1:
            said = Text(f"删去 {value.where} 的值", f"the value for {value.where} is dropped")
            found.append(("threshold", "dropped", said, None))
        for kind, what, said, now in found:
            kept = (*parameter.values[:index], *([now] if now is not None else []), *parameter.values[index + 1 :])
            changed = replace(parameter, values=kept)  # type: ignore[arg-type]
            path = ("values", index)
            yield Mutation(
                f"{parameter.name}#{_dotted(path)}:{what}",
                kind,
                "parameters",
                parameter.name,
                Text(f"{parameter.label.zh}：{said.zh}", f"{parameter.label.en}: {said.en}"),
                places.of("parameters", parameter.name, *path),
                (Changed("parameters", parameter.name, changed),),
            )
