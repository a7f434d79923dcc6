"""Where what decided a case stands in the files: the rules, and the values, periods and duties they lean on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from enforcerules.deciding.decision import Decision
from enforcerules.errors import Span
from enforcerules.model import Require
from enforcerules.model.situation import value_in_force
from enforcerules.passes import draft_rulebook
from enforcerules.review.difference import Difference
from enforcerules.text import Text
from enforcerules.values import Truth

KINDS = {
    "rule": Text("规则", "rule"),
    "parameter": Text("参数", "parameter"),
    "clause": Text("条款", "clause"),
    "action": Text("应办事项", "action"),
    "penalty": Text("处罚", "penalty"),
    "doubt": Text("疑义", "doubt"),
    "due": Text("报告", "report"),
}


class Standing(NamedTuple):
    """A named thing of the rulebook and where it stands. `kind` is one of `KINDS`."""

    kind: str
    name: str
    span: Span

    def to_dict(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return {"kind": self.kind, "name": self.name, "file": self.span.source.path, "line": self.span.line}


# what an expectation is about that stands in the rulebook beside the rules
_NAMED = {
    "actions": "action",
    "duties": "action",
    "clocks": "action",
    "penalties": "penalty",
    "ranges": "penalty",
    "warnings": "doubt",
    "next": "due",
    "reports": "due",
}


class Standings:
    """Finds where things stand in a rulebook that has loaded without faults from `folder`."""

    def __init__(self, folder: Path) -> None:
        self._draft = draft_rulebook(folder)

    def behind(
        self,
        decision: Decision,
        rules: Iterable[str],
        differences: Iterable[Difference] = (),
        clauses: Iterable[str] = (),
    ) -> tuple[Standing, ...]:
        """Return where to look when an answer is not the one expected, each place once.

        Args:
            decision: of the case.
            rules: those behind the answer. Of each the values it compares with are named too and, where
                none of its clauses is in force, the periods of those.
            differences: what is not as expected, for the actions, penalties, doubts and reports that it is about.
            clauses: those of which it matters whether they are in force.

        """
        found = [standing for rule in rules for standing in self._of_rule(decision, rule)]
        found += [standing for difference in differences for standing in self._about(decision, difference)]
        found += [Standing("clause", name, self._period(decision, name)) for name in clauses]
        return tuple({standing[:2]: standing for standing in found}.values())

    def _about(self, decision: Decision, difference: Difference) -> Iterator[Standing]:
        part = difference.part.removeprefix("no_").partition(".")[0].partition("_")[0]
        kind = _NAMED.get(part)
        if kind is None or difference.name is None:
            return
        for name, placed in self._draft.placed(kind):
            if difference.name in (name, name.rpartition("/")[2]):
                last = placed.place.path[-1]
                yield Standing(kind, difference.name, placed.place.span(key=isinstance(last, str)))
        if part == "clocks":
            for name in self._timing(decision, difference.name):
                yield Standing("clause", name, self._draft.documents["clause"][name].place.span("clock"))

    def _timing(self, decision: Decision, action: str) -> Iterator[str]:
        """Yield the clauses that may say by when an action is due in the case."""
        for rule in decision.book.rules.values():
            if any(isinstance(outcome, Require) and outcome.action == action for outcome in rule.outcomes):
                for name in rule.bases:
                    clause = decision.book.clauses[name]
                    if clause.clock is not None and decision.clause(name) is not Truth.NOT_MET:
                        yield name

    def _of_rule(self, decision: Decision, name: str) -> Iterator[Standing]:
        rule = decision.book.rules[name]
        yield Standing("rule", name, self._draft.rule_places[name].span("id"))
        for parameter in sorted(rule.parameters):
            yield Standing("parameter", parameter, self._value(decision, parameter))
        if all(decision.clause(clause) is not Truth.MET for clause in rule.bases):
            for clause in rule.bases:
                yield Standing("clause", clause, self._period(decision, clause))

    def _value(self, decision: Decision, name: str) -> Span:
        """Return where the value for the case stands; where there is none, where the parameter does."""
        facts, parameter = decision.case.facts, decision.book.parameters[name]
        place = self._draft.documents["parameter"][name].place
        if facts.place is not None and facts.duty_date is not None:
            value = value_in_force(parameter, facts.place, facts.duty_date)
            if value is not None:
                return place.span("values", parameter.values.index(value))
        return place.span(key=True)

    def _period(self, decision: Decision, name: str) -> Span:
        """Return where the periods of a clause are written: with it, or with its source."""
        placed = self._draft.documents["clause"][name]
        _, clause = placed.content
        if clause.windows is not None:
            return placed.place.span("windows", key=True)
        return self._draft.documents["source"][decision.book.clauses[name].source].place.span("windows", key=True)
