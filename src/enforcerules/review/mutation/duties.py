"""The ways in which what surrounds the rules may be wrong by one step: actions, doubts, words, due dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from enforcerules.model import Action, Doubt, Due, Fact, Form, Require, ResolvedRulebook
from enforcerules.model.conditions import ALWAYS, facts_of
from enforcerules.review.mutation.conditions import alter
from enforcerules.review.mutation.mutation import Changed, Kind, Mutation, Section
from enforcerules.review.mutation.places import Places
from enforcerules.text import Text

_AGENCIES = "agency"


def list_of_duties(book: ResolvedRulebook, places: Places) -> Iterator[Mutation]:
    """Yield every change of actions, doubts, defaults, invariants, forms and the report calendar."""
    duties = {o.action for rule in book.rules.values() for o in rule.outcomes if isinstance(o, Require)}
    agencies = list(book.vocabulary.enumerations[_AGENCIES].values) if _AGENCIES in book.vocabulary.enumerations else []
    for action in book.actions.values():
        if action.id in duties:
            yield from _of(places, "actions", action.id, _action(book, action, agencies))
    for doubt in book.doubts.values():
        yield from _of(places, "doubts", doubt.id, _doubt(doubt))
    for form in book.forms.values():
        yield from _of(places, "forms", form.id, _form(book, form))
    asked = {name for rule in book.rules.values() for name in facts_of(rule.when)}
    for fact in book.vocabulary.facts.values():
        # the dates that say what is in force are read by no condition
        if fact.name in asked or fact.default_from is not None:
            yield from _of(places, "facts", fact.name, _fact(fact))
    for invariant in book.vocabulary.invariants:
        said = Text(f"删去矛盾：{invariant.title.zh}", f"the contradiction is dropped: {invariant.title.en}")
        yield from _of(places, "invariants", invariant.id, iter([("vocabulary", (), "dropped", said, None)]))
    for due in book.report_calendar:
        yield from _of(places, "report_calendar", f"{due.where}/{due.id}", _due(due))


_Changes = Iterator[tuple[Kind, tuple[str | int, ...], str, Text, Any]]


def _of(places: Places, section: Section, name: str, changes: _Changes) -> Iterator[Mutation]:
    for kind, path, what, said, now in changes:
        dotted = ".".join(map(str, path))
        place = places.of(section, name, *path)
        changed = (Changed(section, name, now),)
        yield Mutation(f"{name}#{dotted}:{what}", kind, section, name, said, place, changed)


def _action(book: ResolvedRulebook, action: Action, agencies: Sequence[str]) -> _Changes:
    if action.by in agencies:
        other = _next(action.by, agencies, action.to)
        said = Text(f"由谁办：{action.by} → {other}", f"by {action.by} → by {other}")
        yield "duty", ("by",), f"as-{other}", said, replace(action, by=other)
    if action.to is not None:
        said = Text(f"删去对象 {action.to}", f"the addressee {action.to} is dropped")
        yield "duty", ("to",), "dropped", said, replace(action, to=None)
        if action.to in agencies:
            other = _next(action.to, agencies, action.by)
            said = Text(f"向谁办：{action.to} → {other}", f"to {action.to} → to {other}")
            yield "duty", ("to",), f"as-{other}", said, replace(action, to=other)
    if action.report_row is not None:
        said = Text(f"不再计入报表行 {action.report_row}", f"no longer counted in the row {action.report_row}")
        yield "duty", ("report_row",), "dropped", said, replace(action, report_row=None)
    if action.done_when is not None:
        said = Text("事实表明已办的，不再算已办", "what the facts show as performed no longer counts as done")
        yield "duty", ("done_when",), "never", said, replace(action, done_when=None)
        for altered in alter(book, action.done_when):
            now = replace(action, done_when=altered.condition)
            yield altered.kind, ("done_when", *altered.path), altered.what, altered.said, now


def _next(name: str, names: Sequence[str], taken: str | None) -> str:
    at = names.index(name)
    return next(other for other in (*names[at + 1 :], *names[:at], name) if other != taken)


def _doubt(doubt: Doubt) -> _Changes:
    yield "doubt", (), "dropped", Text("不再提示", "it is no longer shown"), None
    if doubt.shows_when != ALWAYS and not doubt.standing:
        said = Text("不论案情一律提示", "it is shown whatever the case")
        yield "doubt", ("shows_when",), "always", said, replace(doubt, shows_when=ALWAYS)
    for index, code in enumerate(doubt.excepted):
        rest = tuple(other for other in doubt.excepted if other != code)
        said = Text(f"在 {code} 也提示", f"it is shown in {code} too")
        yield "doubt", ("except", index), "dropped", said, replace(doubt, excepted=rest)
    for index, code in enumerate(doubt.where):
        rest = tuple(other for other in doubt.where if other != code)
        if rest:
            said = Text(f"在 {code} 不再提示", f"it is no longer shown in {code}")
            yield "doubt", ("where", index), "dropped", said, replace(doubt, where=rest)


def _form(book: ResolvedRulebook, form: Form) -> _Changes:
    if form.counts_when is not None:
        for altered in alter(book, form.counts_when):
            now = replace(form, counts_when=altered.condition)
            yield altered.kind, ("counts_when", *altered.path), altered.what, altered.said, now


def _fact(fact: Fact) -> _Changes:
    if fact.default_from is not None:
        said = Text(f"不再取自 {fact.default_from}", f"no longer taken from {fact.default_from}")
        yield "vocabulary", ("default_from",), "dropped", said, replace(fact, default_from=None)
    if fact.closed is not None:
        said = Text("删去闭世界的值", "the value when the world is closed is dropped")
        yield "vocabulary", ("closed",), "dropped", said, replace(fact, closed=None)
    taken = fact.closed_when
    if taken is not None:
        said = Text(f"{taken.fact} 不再带出它的值", f"{taken.fact} no longer implies its value")
        yield "vocabulary", ("closed_when",), "dropped", said, replace(fact, closed_when=None)
        for member in sorted(taken.among) if len(taken.among) > 1 else ():
            said = Text(f"{taken.fact} 为 {member} 时不再带出", f"{taken.fact} no longer implies it by {member}")
            now = replace(taken, among=taken.among - {member})
            yield "vocabulary", ("closed_when",), f"without-{member}", said, replace(fact, closed_when=now)


def _due(due: Due) -> _Changes:
    for index, day in enumerate(due.days):
        for days in (-1, 1):
            other = day + timedelta(days=days)
            moved = tuple(sorted((*due.days[:index], other, *due.days[index + 1 :])))
            yield (
                "calendar",
                ("due", index),
                f"{days:+d}d",
                Text(f"{day} → {other}", f"{day} → {other}"),
                replace(due, days=moved),
            )
    if due.days:
        yield "calendar", (), "dropped", Text("不再报送", "it no longer falls due"), None
