"""Do the names in an expectation exist? Otherwise "not met" would hold for ever."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from enforcerules.errors import Diagnostic, did_you_mean
from enforcerules.model import Count, Establish, Exempt, Forbid, Permit, Require, ResolvedRulebook, Warn
from enforcerules.syntax.nodes import Path
from enforcerules.syntax.rulebook import File
from enforcerules.syntax.scenario_documents import ExpectDoc
from enforcerules.text import Text


class _Kind(NamedTuple):
    said: Text
    known: Collection[str]
    # names that exist but that no rule of the rulebook can bring about
    idle: Collection[str] = ()


_KIND_OF = {
    "clauses_met": "clause",
    "clauses_open": "clause",
    "clauses_not_met": "clause",
    "findings": "finding",
    "findings_open": "finding",
    "no_findings": "finding",
    "actions": "action",
    "actions_due": "action",
    "actions_done": "action",
    "actions_conditional": "action",
    "no_actions": "action",
    "clocks": "timed",
    "permissions": "permission",
    "permissions_open": "permission",
    "no_permissions": "permission",
    "exemptions": "exemption",
    "exemptions_open": "exemption",
    "no_exemptions": "exemption",
    "prohibitions": "prohibition",
    "prohibitions_open": "prohibition",
    "no_prohibitions": "prohibition",
    "labels": "label",
    "labels_open": "label",
    "no_labels": "label",
    "overridden": "rule",
    "rows": "counted",
    "no_rows": "counted",
    "duties": "action",
    "grounds": "finding",
    "next_due": "report",
    "warnings": "warning",
    "no_warnings": "warning",
    "questions": "fact",
    "no_questions": "fact",
}
_REPORT_KIND_OF = {
    "form": "form",
    "tables": "table",
    "counted_in": "table",
    "attachments": "form",
    "stage": "row",
    "source_row": "row",
    "value_row": "row",
    "key_areas": "row",
    "transfer_rows": "row",
    "list_rows": "row",
    "grounds": "row",
}

_RESTS_ON_KIND_OF = {
    "findings": "finding",
    "actions": "action",
    "permissions": "permission",
    "exemptions": "exemption",
    "prohibitions": "prohibition",
    "labels": "label",
    "rows": "counted",
}


def check_names(book: ResolvedRulebook, expect: ExpectDoc, file: File, path: Path) -> Iterator[Diagnostic]:
    """Yield a fault for every name in `expect`, which stands at `path`, that the rulebook does not know."""
    kinds = _kinds(book)
    for key, kind in _KIND_OF.items():
        yield from _check(kinds[kind], getattr(expect, key), file, (*path, key))
    if expect.report is not None:
        for key, kind in _REPORT_KIND_OF.items():
            yield from _check(kinds[kind], getattr(expect.report, key), file, (*path, "report", key))
    for part in ("rests_on", "no_rests_on"):
        for key, kind in _RESTS_ON_KIND_OF.items():
            found = getattr(getattr(expect, part), key, {})
            yield from _check(kinds[kind], found, file, (*path, part, key))
            for name, clauses in found.items():
                yield from _check(kinds["clause"], clauses, file, (*path, part, key, name))
    for action, duty in expect.duties.items():
        for key in ("actor", "addressee"):
            yield from _check(kinds["agency"], getattr(duty, key), file, (*path, "duties", action, key))
        yield from _check(kinds["row"], duty.report_row, file, (*path, "duties", action, "report_row"))
    for finding, grounds in expect.grounds.items():
        if finding in book.vocabulary.findings:
            known = _Kind(Text("事由", "ground"), book.vocabulary.findings[finding].grounds)
            yield from _check(known, grounds, file, (*path, "grounds", finding))
    for action, clock in expect.clocks.items():
        yield from _check(kinds["clause"], clock.clause, file, (*path, "clocks", action, "clause"))


def _kinds(book: ResolvedRulebook) -> dict[str, _Kind]:
    outcomes = [outcome for rule in book.rules.values() for outcome in rule.outcomes]
    cited = {clause for rule in book.rules.values() for clause in rule.bases}
    established = {outcome.finding for outcome in outcomes if isinstance(outcome, Establish)}

    def acts(*made: type[Require | Permit | Exempt | Forbid]) -> _Kind:
        used = {outcome.action for outcome in outcomes if isinstance(outcome, made)}
        return _Kind(Text("应办事项", "action"), book.actions, book.actions.keys() - used)

    words = book.vocabulary
    warned = {rule.id for rule in book.rules.values() if any(isinstance(o, Warn) for o in rule.outcomes)}
    warned |= {invariant.id for invariant in words.invariants} | book.doubts.keys()
    tables = [table for form in book.forms.values() for table in form.tables]
    rows = {row.id for table in tables for part in table.parts for row in part.rows}
    rows |= {row.id for form in book.forms.values() for row in form.grounds}
    return {
        "clause": _Kind(Text("条款", "clause"), book.clauses, book.clauses.keys() - cited),
        "finding": _Kind(
            Text("认定", "finding"), book.vocabulary.findings, book.vocabulary.findings.keys() - established
        ),
        "action": acts(Require),
        "timed": acts(Require, Permit),
        "permission": acts(Permit),
        "exemption": acts(Exempt),
        "prohibition": acts(Forbid),
        "label": _Kind(Text("标签", "label"), words.labels),
        "rule": _Kind(Text("规则", "rule"), book.rules, book.rules.keys() - book.overriders.keys()),
        "report": _Kind(Text("报告", "report"), {due.id for due in book.report_calendar}),
        "warning": _Kind(Text("疑义或者提示", "doubt or warning"), warned),
        "fact": _Kind(Text("事实", "fact"), words.facts),
        "form": _Kind(Text("报表", "form"), book.forms),
        "table": _Kind(Text("表", "table"), {table.id for table in tables}),
        "row": _Kind(Text("报表行", "row of a form"), rows),
        "counted": _Kind(
            Text("报表行", "row of a form"),
            {rule.id for rule in book.rules.values() if any(isinstance(o, Count) for o in rule.outcomes)},
        ),
        "agency": _Kind(
            Text("机关", "agency"),
            words.enumerations["agency"].values if "agency" in words.enumerations else book.vocabulary.enumerations,
        ),
    }


def _check(kind: _Kind, names: Any, file: File, path: Path) -> Iterator[Diagnostic]:
    if names is None:
        return
    if isinstance(names, str):
        places: list[tuple[str, Path]] = [(names, path)]
    elif isinstance(names, dict):
        places = [(name, (*path, name)) for name in names]
    else:
        places = [(name, (*path, index)) for index, name in enumerate(names)]
    for name, at in places:
        span = file.span(at, key=isinstance(names, dict))
        if name not in kind.known:
            said = Text(f"没有名为 `{name}` 的{kind.said.zh}", f"there is no {kind.said.en} `{name}`")
            otherwise = Text("改正名称，或者在规则库中补上它", "correct the name, or add it to the rulebook")
            yield Diagnostic("ER1010", said, span, did_you_mean(name, kind.known) or otherwise)
        elif name in kind.idle:
            said = Text(f"没有规则能得出 `{name}`", f"no rule can yield `{name}`")
            yield Diagnostic(
                "ER5001",
                said,
                span,
                Text("这样的期望不起作用；换成规则用到的名称", "this expects nothing; name something that a rule uses"),
            )
