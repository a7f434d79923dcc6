"""Duties, permissions, exemptions, prohibitions and labels, each with its rules, clauses and clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from enforcerules.classification import ActionResult, EffectResult, PermissionResult, Said, Verdict, unchecked
from enforcerules.deciding.clocks import DutyState, clock_of
from enforcerules.deciding.decision import Decision, gather
from enforcerules.model import AddLabel, Exempt, Forbid, Outcome, Permit, Require, Rule
from enforcerules.text import Text
from enforcerules.values import any_of
from enforcerules.values.truth import MET, NOT_MET, OPEN, Truth
from enforcerules.wording import say_condition

_action_result = unchecked(ActionResult)
_effect_result = unchecked(EffectResult)

VERDICTS: dict[Truth, Verdict] = {MET: "met", NOT_MET: "not_met", OPEN: "open"}

Kind = TypeVar("Kind", bound=Outcome)


@lru_cache(maxsize=8192)
def said(text: Text) -> Said:
    """Return a text as part of the answer."""
    return Said(zh=text.zh, en=text.en)


class _Call(NamedTuple):
    """A rule that calls for a duty. A duty waits when all but its `once` is settled."""

    rule: Rule
    outcome: Require
    effect: Truth
    waits: bool


def find_actions(decision: Decision) -> list[ActionResult]:
    """Return the duties that follow or may follow, the particular ones first, in the catalogue's order."""
    found: dict[str, list[_Call]] = {}
    for rule, outcome, effect in decision.outcomes(Require):
        ready = outcome.once is None or decision.decide(outcome.once) is MET
        call = _Call(rule, outcome, effect if ready else OPEN, effect is MET and not ready)
        found.setdefault(outcome.action, []).append(call)
    results = [_action(decision, name, found[name]) for name in decision.book.actions if name in found]
    return sorted(results, key=lambda action: (action.verdict != "met", action.standing))


def _action(decision: Decision, name: str, calls: list[_Call]) -> ActionResult:
    action = decision.book.actions[name]
    verdict = any_of([call.effect for call in calls])
    is_open = verdict is OPEN
    # a duty that only waits for its moment is nearer than one whose facts are unknown
    deciding = [call for call in calls if call.effect is verdict and call.waits] if is_open else []
    waiting = deciding[0].outcome if deciding else None
    deciding = deciding or [call for call in calls if call.effect is verdict]
    rules = [call.rule for call in deciding]
    clauses = decision.clauses_behind(rules, verdict)
    once = _moment(decision, waiting) if waiting is not None else None
    state: DutyState = "done" if _performed(decision, name) else "conditional" if is_open else "due"
    return _action_result(
        id=name,
        verdict=VERDICTS[verdict],
        state=state,
        title=said(action.title),
        verb=said(action.verb),
        object=action.object,
        actor=action.by,
        addressee=action.to or action.by,
        clock=clock_of(decision, clauses, state),
        report_row=action.report_row,
        standing=action.standing,
        rules=[rule.id for rule in rules],
        clauses=clauses,
        needs=gather(decision.needs, rules) if is_open else [],
        doubts=gather(decision.doubts, rules) if is_open else [],
        once=said(once) if once else None,
    )


def _moment(decision: Decision, outcome: Require) -> Text | None:
    if outcome.said is not None or outcome.once is None:
        return outcome.said
    return say_condition(decision.book, outcome.once)


def _performed(decision: Decision, name: str) -> bool:
    known = decision.case.facts.known
    done = known.get("actions_done")
    if isinstance(done, frozenset) and name in done:
        return True
    action = decision.book.actions[name]
    # nothing is handed to the agency that handles the case anyway, nor back to the one it came from
    if action.to is not None and known.get("handling_agency_kind") == action.to:
        return True
    senders = known.get("notified_by")
    if action.report_row is not None and isinstance(senders, frozenset) and action.to in senders:
        return True
    shows = action.done_when
    return shows is not None and decision.decide(shows) is MET


def find_permissions(decision: Decision) -> list[PermissionResult]:
    """Return what may be done, with the time for it."""
    return [_permission(decision, effect) for effect in _effects(decision, Permit, lambda outcome: outcome.action)]


def _permission(decision: Decision, effect: EffectResult) -> PermissionResult:
    state: DutyState = "due" if effect.verdict == "met" else "conditional"
    clock = clock_of(decision, effect.clauses, "done" if _performed(decision, effect.id) else state)
    return PermissionResult(**dict(effect), clock=clock)


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
        verdict = any_of([effect for _, effect in found[name]])
        deciding = [rule for rule, effect in found[name] if effect is verdict]
        labels = decision.book.vocabulary.labels
        title = labels[name] if kind is AddLabel else decision.book.actions[name].title
        results.append(
            _effect_result(
                id=name,
                verdict=VERDICTS[verdict],
                title=said(title),
                rules=[rule.id for rule in deciding],
                clauses=decision.clauses_behind(deciding, verdict),
                needs=gather(decision.needs, deciding) if verdict is OPEN else [],
            )
        )
    return results
