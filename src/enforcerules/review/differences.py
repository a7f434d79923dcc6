"""An expectation held against an answer: what is not as it must be, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from enforcerules.classification import Classification
from enforcerules.review.difference import Difference
from enforcerules.review.ranges import find_range_differences
from enforcerules.syntax.documents import Doc
from enforcerules.syntax.nodes import Path
from enforcerules.syntax.rulebook import File
from enforcerules.syntax.scenario_documents import (
    ClockExpectDoc,
    DutyExpectDoc,
    ExpectDoc,
    RestsOnDoc,
)

# which states fit a list of the expectation, and the kind of thing it lists
_LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "clauses_met": ("clause", ("met",)),
    "clauses_open": ("clause", ("open",)),
    "clauses_not_met": ("clause", ("not_met",)),
    "findings": ("finding", ("met",)),
    "findings_open": ("finding", ("open",)),
    "no_findings": ("finding", ("not_met",)),
    "actions": ("action", ("due", "done")),
    "actions_due": ("action", ("due",)),
    "actions_done": ("action", ("done",)),
    "actions_conditional": ("action", ("conditional",)),
    "no_actions": ("action", ("not_met",)),
    "permissions": ("permission", ("met",)),
    "permissions_open": ("permission", ("open",)),
    "no_permissions": ("permission", ("not_met",)),
    "exemptions": ("exemption", ("met",)),
    "exemptions_open": ("exemption", ("open",)),
    "no_exemptions": ("exemption", ("not_met",)),
    "prohibitions": ("prohibition", ("met",)),
    "prohibitions_open": ("prohibition", ("open",)),
    "no_prohibitions": ("prohibition", ("not_met",)),
    "penalties": ("penalty", ("met",)),
    "penalties_open": ("penalty", ("open",)),
    "no_penalties": ("penalty", ("not_met",)),
    "labels": ("label", ("met",)),
    "labels_open": ("label", ("open",)),
    "no_labels": ("label", ("not_met",)),
    "overridden": ("rule", ("overridden",)),
    "rows": ("row", ("met",)),
    "no_rows": ("row", ("not_met",)),
    "warnings": ("warning", ("shown",)),
    "no_warnings": ("warning", ("not_shown",)),
    "questions": ("question", ("asked",)),
    "no_questions": ("question", ("not_asked",)),
}
_OTHERWISE = {"warning": "not_shown", "question": "not_asked", "rule": "not_overridden"}


def find_differences(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    """Yield what in `answer` is not as `expect`, which stands at `path`, says."""
    states = _states(answer)
    for part, (kind, fitting) in _LISTS.items():
        for index, name in enumerate(getattr(expect, part)):
            state = states[kind].get(name, _OTHERWISE.get(kind, "not_met"))
            if state not in fitting:
                yield Difference(part, name, fitting[0], state, file.span((*path, part, index)))
    if expect.major_case is not None:
        yield from _values("major_case", expect.major_case, answer.major_case, file, (*path, "major_case"))
    if expect.report is not None:
        yield from _values("report", expect.report, answer.report, file, (*path, "report"))
    yield from _clocks(expect, answer, file, (*path, "clocks"))
    yield from _duties(expect, answer, file, (*path, "duties"))
    yield from find_range_differences(expect, answer, file, path)
    yield from _rests_on(expect, answer, file, path)
    yield from _grounds(expect, answer, file, (*path, "grounds"))
    yield from _next_due(expect, answer, file, (*path, "next_due"))
    yield from _reports_to(expect, answer, file, (*path, "reports_to"))


def _states(answer: Classification) -> Mapping[str, Mapping[str, str]]:
    return {
        "clause": _clauses(answer),
        "finding": {name: finding.verdict for name, finding in answer.findings.items()},
        # a duty that may never arise is conditional, even where it was performed already
        "action": {a.id: a.state if a.verdict == "met" else "conditional" for a in answer.actions},
        "permission": {effect.id: effect.verdict for effect in answer.permissions},
        "exemption": {effect.id: effect.verdict for effect in answer.exemptions},
        "prohibition": {effect.id: effect.verdict for effect in answer.prohibitions},
        "penalty": {penalty.id: penalty.verdict for penalty in answer.penalties.imposed},
        "label": {effect.id: effect.verdict for effect in answer.labels},
        "rule": {rule.id: "overridden" for rule in answer.rules.met if rule.overridden_by},
        "row": {rule.id: "met" for rule in answer.rules.met} | {rule.id: "open" for rule in answer.rules.open},
        "warning": {warning.id: "shown" for warning in answer.warnings},
        "question": {question.fact: "asked" for question in answer.questions},
    }


def _clauses(answer: Classification) -> dict[str, str]:
    """Return the clauses that a rule which holds rests on (met), or one which may hold (open)."""
    rules = answer.rules
    doubtful = [*(c for rule in rules.open for c in rule.clauses), *(c for rule in rules.met for c in rule.in_doubt)]
    return dict.fromkeys(doubtful, "open") | {clause: "met" for rule in rules.met for clause in rule.clauses}


def _values(part: str, expected: Doc, actual: Any, file: File, path: Path) -> Iterator[Difference]:
    for key in type(expected).model_fields:
        if key not in expected.model_fields_set:
            continue
        wanted, found = getattr(expected, key), getattr(actual, key)
        if isinstance(wanted, list):
            wanted, found = sorted(wanted), sorted(found)
        if wanted != found:
            yield Difference(f"{part}.{key}", None, wanted, found, file.span((*path, key)))


def _clocks(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    clocks = {permission.id: permission.clock for permission in answer.permissions}
    clocks |= {action.id: action.clock for action in answer.actions}
    for action, wanted in expect.clocks.items():
        clock = clocks.get(action)
        for key in ClockExpectDoc.model_fields:
            if key not in wanted.model_fields_set:
                continue
            should, found = _day(getattr(wanted, key)), _day(getattr(clock, key, None))
            if should != found:
                yield Difference(f"clocks.{key}", action, should, found, file.span((*path, action, key)))


def _duties(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    actions = {action.id: action for action in answer.actions}
    for action, wanted in expect.duties.items():
        for key in DutyExpectDoc.model_fields:
            should, found = getattr(wanted, key), getattr(actions.get(action), key, None)
            if key in wanted.model_fields_set and should != found:
                yield Difference(f"duties.{key}", action, should, found, file.span((*path, action, key)))


def _rests_on(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    for part in ("rests_on", "no_rests_on"):
        wanted: RestsOnDoc | None = getattr(expect, part)
        found = _resting(answer) if wanted is not None else {}
        for kind in RestsOnDoc.model_fields:
            for name, clauses in getattr(wanted, kind, {}).items():
                actual = found[kind].get(name, [])
                fits = set(clauses) <= set(actual) if part == "rests_on" else set(clauses).isdisjoint(actual)
                if not fits:
                    yield Difference(f"{part}.{kind}", name, clauses, actual, file.span((*path, part, kind, name)))


def _resting(answer: Classification) -> dict[str, dict[str, list[str]]]:
    """Return the clauses from which follows whatever is met, by kind and name."""
    kinds = ("actions", "permissions", "exemptions", "prohibitions", "labels")
    found = {kind: {one.id: one.clauses for one in getattr(answer, kind) if one.verdict == "met"} for kind in kinds}
    found["penalties"] = {one.id: one.clauses for one in answer.penalties.imposed if one.verdict == "met"}
    found["findings"] = {
        name: [clause for ground in finding.grounds if ground.verdict == "met" for clause in ground.clauses]
        for name, finding in answer.findings.items()
    }
    found["rows"] = {rule.id: rule.clauses for rule in answer.rules.met}
    return found


def _grounds(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    for finding, grounds in expect.grounds.items():
        of_it = answer.findings[finding].grounds if finding in answer.findings else []
        found = {one.id: one.status or "met" if one.verdict == "met" else "open" for one in of_it}
        # the grounds of a finding are compared whole: another one is a difference
        for ground in {**grounds, **found}:
            should, actual = grounds.get(ground), found.get(ground)
            if should != actual:
                yield Difference(f"grounds.{finding}", ground, should, actual, file.span((*path, finding, ground)))


def _next_due(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    due = {deadline.report: deadline.due for deadline in answer.report.deadlines}
    wanted = expect.next_due
    if wanted is None:
        return
    # an empty block says that no report falls due at all
    for report in wanted or due:
        should, found = _day(wanted.get(report)), _day(due.get(report))
        if should != found:
            yield Difference("next_due", report, should, found, file.span((*path, report)))


def _reports_to(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    found = {deadline.report: sorted(deadline.to) for deadline in answer.report.deadlines}
    for report, agencies in expect.reports_to.items():
        if sorted(agencies) != found.get(report):
            yield Difference("reports_to", report, sorted(agencies), found.get(report), file.span((*path, report)))


def _day(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
