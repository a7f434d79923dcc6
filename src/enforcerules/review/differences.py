"""An expectation held against an answer: what is not as it must be, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcerules.classification import Classification, FineResult, MeasureResult, PenaltyResult
from enforcerules.errors import Span
from enforcerules.syntax.documents import Doc
from enforcerules.syntax.nodes import Path
from enforcerules.syntax.rulebook import File
from enforcerules.syntax.scenario_documents import (
    ClockExpectDoc,
    DutyExpectDoc,
    ExpectDoc,
    RangeExpectDoc,
    RestsOnDoc,
    TermsExpectDoc,
)
from enforcerules.text import Text
from enforcerules.values import Amount, parse_yuan

Plain = str | bool | int | None | list[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected.

    `part` is the key of the expectation, `name` what it is about (None where the part is one value),
    `span` the place in the scenario file.
    """

    part: str
    name: str | None
    expected: Plain
    actual: Plain
    span: Span

    @property
    def message(self) -> Text:
        """The difference as one sentence."""
        about = self.part if self.name is None else f"{self.part} `{self.name}`"
        expected, actual = _quoted(self.expected), _quoted(self.actual)
        return Text(
            f"{about}：应为{expected.zh}，实为{actual.zh}", f"{about}: expected {expected.en}, found {actual.en}"
        )

    def to_dict(self) -> dict[str, object]:
        """Return the difference as plain JSON data."""
        return {
            "part": self.part,
            "name": self.name,
            "expected": self.expected,
            "actual": self.actual,
            "file": self.span.source.path,
            "line": self.span.line,
        }


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
    yield from _ranges(expect, answer, file, path)
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


def _ranges(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    penalties = {penalty.id: penalty for penalty in answer.penalties.imposed}
    for name, wanted in expect.ranges.items():
        penalty = penalties.get(name)
        fine = penalty.fine if penalty is not None else None
        for key, should, found in _range(wanted, penalty, fine):
            there = (key,) if key in wanted.model_fields_set else ()
            if should != found:
                yield Difference(f"ranges.{key}", name, should, found, file.span((*path, "ranges", name, *there)))
        named = (*wanted.measures, *wanted.optional_measures)
        for measure in dict.fromkeys((*wanted.terms, *named)):
            terms = wanted.terms.get(measure, TermsExpectDoc())
            at = (*path, "ranges", name, "terms", measure)
            yield from _terms(name, measure, terms, penalty, file, at, whole=measure in named)
    for key, actual in (("highest_fine", answer.penalties.highest_fine), ("penalty_law", answer.penalties.law)):
        if key in expect.model_fields_set and getattr(expect, key) != actual:
            yield Difference(key, None, getattr(expect, key), actual, file.span((*path, key)))


def _range(
    wanted: RangeExpectDoc, penalty: PenaltyResult | None, fine: FineResult | None
) -> Iterator[tuple[str, Plain, Plain]]:
    """Yield, for all that is compared of a penalty, its key, what is expected and what was found."""
    written = wanted.model_fields_set
    for key in ("counted", "least", "most"):
        if key in written:
            yield key, _yuan(getattr(wanted, key)), getattr(fine, key, None)
    if "may" in written or (fine is not None and not written.isdisjoint({"counted", "least", "most"})):
        yield "may", wanted.may, getattr(fine, "may", None)
    if "on" in written or (penalty is not None and written - {"terms"}):
        yield "on", wanted.on, penalty.on if penalty is not None else None
    if not written.isdisjoint({"measures", "optional_measures"}):
        for key, optional in (("measures", False), ("optional_measures", True)):
            found = [one.id for one in penalty.measures if one.may is optional] if penalty is not None else []
            yield key, sorted(getattr(wanted, key)), sorted(found)


def _terms(
    name: str,
    measure: str,
    terms: TermsExpectDoc,
    penalty: PenaltyResult | None,
    file: File,
    path: Path,
    *,
    whole: bool,
) -> Iterator[Difference]:
    """Yield in which way no measure of a kind is as expected; of several the first is told.

    All of its terms are compared, or only those written. That it is not there at all is told of the whole list.
    """
    measures = penalty.measures if penalty is not None else []
    alike = [_terms_of(one) for one in measures if one.id == measure]
    if whole and not alike:
        return
    alike = alike or [{}]
    keys = TermsExpectDoc.model_fields.keys() if whole else terms.model_fields_set
    wanted = {key: _plain_term(getattr(terms, key)) for key in TermsExpectDoc.model_fields if key in keys}
    ways = [[key for key, should in wanted.items() if found.get(key) != should] for found in alike]
    best = min(range(len(ways)), key=lambda index: len(ways[index]))
    for key in ways[best]:
        part = f"ranges.{measure}.{key}"
        yield Difference(part, name, wanted[key], alike[best].get(key), file.span((*path, key)))


def _terms_of(measure: MeasureResult) -> dict[str, Plain]:
    days = None if measure.least_days is None else [measure.least_days, measure.most_days]
    given = {"by": measure.by, "years": measure.years, "life": measure.life, "days": days}
    return {key: _plain_term(value) for key, value in given.items()}


def _plain_term(value: Any) -> Plain:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _yuan(given: Any) -> str | None:
    """Return a figure as answers write it; what is none is compared as it stands."""
    if given is None:
        return None
    try:
        return str(Amount.exactly(parse_yuan(str(given)))).replace(",", "")
    except ValueError:
        return str(given)


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


_WORDS = {
    "met": Text("成立", "met"),
    "not_met": Text("不成立", "not met"),
    "open": Text("待定", "open"),
    "due": Text("应办", "due"),
    "done": Text("已办", "done"),
    "conditional": Text("附条件", "conditional"),
    "overridden": Text("被替代", "overridden"),
    "not_overridden": Text("未被替代", "not overridden"),
    "shown": Text("提示", "shown"),
    "not_shown": Text("不提示", "not shown"),
    "asked": Text("提问", "asked"),
    "not_asked": Text("不提问", "not asked"),
}


def say_value(value: Plain) -> Text:
    """Return one side of a difference in words; ids stay as they are."""
    if value is None:
        return Text("无", "none")
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    if isinstance(value, list):
        return _joined(value)
    # the days left of a clock are a number
    return _WORDS.get(str(value), Text(str(value), str(value)))


def _quoted(value: Plain) -> Text:
    if isinstance(value, str) and value not in _WORDS:
        return Text(f" `{value}` ", f"`{value}`")
    return say_value(value)


def _joined(names: Iterable[str]) -> Text:
    names = list(names)
    return Text("、".join(names) or "无", ", ".join(names) or "none")
