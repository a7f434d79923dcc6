"""Duties, permissions, exemptions, prohibitions and labels, each with its rules, clauses and clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from enforcerules.classification import ActionResult, EffectResult, Said, Verdict
from enforcerules.deciding.clocks import clock_of
from enforcerules.deciding.decision import Decision, in_order
from enforcerules.wording import say_condition
from enforcerules.model import AddLabel, Exempt, Forbid, Outcome, Permit, Require, Rule
from enforcerules.text import Text
from enforcerules.values import Truth, any_of

VERDICTS: dict[Truth, Verdict] = {Truth.MET: "met", Truth.NOT_MET: "not_met", Truth.OPEN: "open"}

Kind = TypeVar("Kind", bound=Outcome)


def said(text: Text) -> Said:
    """Return a text as part of the answer."""
    return Said.model_construct(zh=text.zh, en=text.en)


def find_actions(decision: Decision) -> list[ActionResult]:
    """Return the duties that follow or may follow, the particular ones first, in the catalogue's order."""
    found: dict[str, list[tuple[Rule, Require, Truth]]] = {}
    for rule, outcome, effect in decision.outcomes(Require):
        if outcome.once is not None and decision.decide(outcome.once) is not Truth.MET:
            effect = Truth.OPEN
        found.setdefault(outcome.action, []).append((rule, outcome, effect))
    results = [_action(decision, name, found[name]) for name in decision.book.actions if name in found]
    return sorted(results, key=lambda action: (action.verdict != "met", action.standing))


def _action(decision: Decision, name: str, found: list[tuple[Rule, Require, Truth]]) -> ActionResult:
    action = decision.book.actions[name]
    verdict = any_of(effect for _, _, effect in found)
    deciding = [rule for rule, _, effect in found if effect is verdict]
    force = (Truth.MET,) if verdict is Truth.MET else (Truth.MET, Truth.OPEN)
    clauses = in_order(clause for rule in deciding for clause in decision.clauses(rule, *force))
    performed = _performed(decision, name)
    once = None
    if verdict is Truth.OPEN:
        waiting = [outcome.once for _, outcome, _ in found if outcome.once is not None]
        once = say_condition(decision.book, waiting[0]) if waiting else None
    is_open = verdict is Truth.OPEN
    return ActionResult.model_construct(
        id=name,
        verdict=VERDICTS[verdict],
        state="done" if performed else "conditional" if is_open else "due",
        title=said(action.title),
        verb=said(action.verb),
        object=action.object,
        actor=action.by,
        addressee=action.to or action.by,
        clock=clock_of(decision, clauses),
        report_row=action.report_row,
        standing=action.standing,
        rules=[rule.id for rule in deciding],
        clauses=clauses,
        needs=in_order(need for rule in deciding for need in decision.needs(rule)) if is_open else [],
        doubts=in_order(doubt for rule in deciding for doubt in decision.doubts(rule)) if is_open else [],
        once=said(once) if once else None,
    )


def _performed(decision: Decision, name: str) -> bool:
    done = decision.case.facts.known.get("actions_done")
    if isinstance(done, frozenset) and name in done:
        return True
    shows = decision.book.actions[name].done_when
    return shows is not None and decision.decide(shows) is Truth.MET


def find_permissions(decision: Decision) -> list[EffectResult]:
    """Return what may be done."""
    return _effects(decision, Permit, lambda outcome: outcome.action)


def find_exemptions(decision: Decision) -> list[EffectResult]:
    """Return what need not be done."""
    return _effects(decision, Exempt, lambda outcome: outcome.action)


def find_prohibitions(decision: Decision) -> list[EffectResult]:
    """Return what must not be done."""
    return _effects(decision, Forbid, lambda outcome: outcome.action)


def find_labels(decision: Decision) -> list[EffectResult]:
    """Return the labels of the case."""
    return _effects(decision, AddLabel, lambda outcome: outcome.label)


def _effects(decision: Decision, kind: type[Kind], name_of: Callable[[Kind], str]) -> list[EffectResult]:
    found: dict[str, list[tuple[Rule, Truth]]] = {}
    for rule, outcome, effect in decision.outcomes(kind):
        found.setdefault(name_of(outcome), []).append((rule, effect))
    results = []
    for name in sorted(found):
        verdict = any_of(effect for _, effect in found[name])
        deciding = [rule for rule, effect in found[name] if effect is verdict]
        force = (Truth.MET,) if verdict is Truth.MET else (Truth.MET, Truth.OPEN)
        labels = decision.book.vocabulary.labels
        title = labels[name] if kind is AddLabel else decision.book.actions[name].title
        results.append(
            EffectResult.model_construct(
                id=name,
                verdict=VERDICTS[verdict],
                title=said(title),
                rules=[rule.id for rule in deciding],
                clauses=in_order(clause for rule in deciding for clause in decision.clauses(rule, *force)),
                needs=in_order(need for rule in deciding for need in decision.needs(rule))
                if verdict is Truth.OPEN
                else [],
            )
        )
    return results
