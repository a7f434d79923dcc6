"""Do the names in an expectation exist? Otherwise "not met" would hold for ever."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from enforcerules.errors import Diagnostic, did_you_mean
from enforcerules.model import Establish, Exempt, Forbid, Penalise, Permit, Require, ResolvedRulebook
from enforcerules.model.names import names_of
from enforcerules.syntax.nodes import Path
from enforcerules.syntax.rulebook import File
from enforcerules.syntax.scenario_documents import (
    KINDS_IN_DUTY,
    KINDS_IN_EXPECT,
    KINDS_IN_RANGE,
    KINDS_IN_REPORT,
    KINDS_IN_RESTS_ON,
    KINDS_IN_TERMS,
    ExpectDoc,
)
from enforcerules.text import Text

_RULE = Text("规则", "rule")


class _Kind(NamedTuple):
    said: Text
    known: Collection[str]
    # names that exist but that no rule of the rulebook can bring about
    idle: Collection[str] = ()

    def said_idle(self, name: str) -> Text:
        """Say that a name is one of `idle`."""
        if self.said == _RULE:
            return Text(f"没有规则排除 `{name}`", f"no rule overrides `{name}`")
        return Text(f"没有规则能得出 `{name}`", f"no rule can yield `{name}`")


class Names:
    """The names that expectations may use, of one rulebook."""

    def __init__(self, book: ResolvedRulebook) -> None:
        self.book = book
        self.kinds = _kinds(book)


def check_names(names: Names, expect: ExpectDoc, file: File, path: Path) -> Iterator[Diagnostic]:
    """Yield a fault for every name in `expect`, which stands at `path`, that the rulebook does not know."""
    book, kinds = names.book, names.kinds
    for key, kind in KINDS_IN_EXPECT.items():
        yield from _check(kinds[kind], getattr(expect, key), file, (*path, key))
    if expect.report is not None:
        for key, kind in KINDS_IN_REPORT.items():
            yield from _check(kinds[kind], getattr(expect.report, key), file, (*path, "report", key))
    for part in ("rests_on", "no_rests_on"):
        for key, kind in KINDS_IN_RESTS_ON.items():
            found = getattr(getattr(expect, part), key, {})
            yield from _check(kinds[kind], found, file, (*path, part, key))
            for name, clauses in found.items():
                yield from _check(kinds["clause"], clauses, file, (*path, part, key, name))
    for penalty, wanted in expect.ranges.items():
        for key, kind in KINDS_IN_RANGE.items():
            yield from _check(kinds[kind], getattr(wanted, key), file, (*path, "ranges", penalty, key))
        for measure, terms in wanted.terms.items():
            for key, kind in KINDS_IN_TERMS.items():
                yield from _check(
                    kinds[kind], getattr(terms, key), file, (*path, "ranges", penalty, "terms", measure, key)
                )
    for action, duty in expect.duties.items():
        for key, kind in KINDS_IN_DUTY.items():
            yield from _check(kinds[kind], getattr(duty, key), file, (*path, "duties", action, key))
    for report, agencies in expect.reports_to.items():
        yield from _check(kinds["agency"], agencies, file, (*path, "reports_to", report))
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
    penalised = {outcome.penalty for outcome in outcomes if isinstance(outcome, Penalise)}
    known = names_of(book)

    def acts(*made: type[Require | Permit | Exempt | Forbid]) -> _Kind:
        used = {outcome.action for outcome in outcomes if isinstance(outcome, made)}
        return _Kind(Text("应办事项", "action"), book.actions, book.actions.keys() - used)

    return {
        "clause": _Kind(Text("条款", "clause"), known["clause"], book.clauses.keys() - cited),
        "finding": _Kind(Text("认定", "finding"), known["finding"], known["finding"].keys() - established),
        "action": acts(Require),
        "timed": acts(Require, Permit),
        "permission": acts(Permit),
        "exemption": acts(Exempt),
        "prohibition": acts(Forbid),
        "penalty": _Kind(Text("处罚", "penalty"), book.penalties, book.penalties.keys() - penalised),
        "measure": _Kind(Text("处罚种类", "measure"), known["measure"]),
        "label": _Kind(Text("标签", "label"), known["label"]),
        "rule": _Kind(_RULE, book.rules, book.rules.keys() - book.overriders.keys()),
        "report": _Kind(Text("报告", "report"), known["report"]),
        "warning": _Kind(Text("疑义或者提示", "doubt or warning"), known["warning"]),
        "fact": _Kind(Text("事实", "fact"), known["fact"]),
        "form": _Kind(Text("报表", "form"), known["form"]),
        "table": _Kind(Text("表", "table"), known["table"]),
        "row": _Kind(Text("报表行", "row of a form"), known["row"]),
        "row_rule": _Kind(Text("报表行", "row of a form"), known["row_rule"]),
        "agency": _Kind(Text("机关", "agency"), known["agency"] or book.vocabulary.enumerations),
    }


def _check(kind: _Kind, names: Any, file: File, path: Path) -> Iterator[Diagnostic]:
    if not names:
        return
    if isinstance(names, str):
        places: list[tuple[str, Path]] = [(names, path)]
    elif isinstance(names, dict):
        places = [(name, (*path, name)) for name in names]
    else:
        places = [(name, (*path, index)) for index, name in enumerate(names)]
    for name, at in places:
        if name in kind.known and name not in kind.idle:
            continue
        span = file.span(at, key=isinstance(names, dict))
        if name not in kind.known:
            said = Text(f"没有名为 `{name}` 的{kind.said.zh}", f"there is no {kind.said.en} `{name}`")
            otherwise = Text("改正名称，或者在规则库中补上它", "correct the name, or add it to the rulebook")
            yield Diagnostic("ER1010", said, span, did_you_mean(name, kind.known) or otherwise)
        else:
            said = kind.said_idle(name)
            yield Diagnostic(
                "ER5001",
                said,
                span,
                Text("这样的期望不起作用；换成规则用到的名称", "this expects nothing; name something that a rule uses"),
            )
