"""Why an answer is not the one expected: the rules behind a difference, with what decided each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from enforcerules.deciding.decision import Decision
from enforcerules.explaining.page import Line
from enforcerules.explaining.reasons import one_rule
from enforcerules.explaining.trace import MARKS, trace
from enforcerules.model import (
    AddLabel,
    Count,
    Establish,
    Exempt,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    Rule,
    Warn,
)
from enforcerules.model.conditions import facts_of, tests
from enforcerules.review.difference import Difference
from enforcerules.text import Text
from enforcerules.values import Truth
from enforcerules.wording import show_value

MOST_CAUSES = 3


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule that could have made the difference, and whether its outcomes follow for the case."""

    rule: str
    title: Text
    verdict: Truth
    lines: tuple[Line, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the cause as plain JSON data."""
        return {
            "rule": self.rule,
            "title": self.title.to_dict(),
            "verdict": self.verdict.value,
            "why": [_plain(line) for line in self.lines],
        }


def find_causes(decision: Decision, difference: Difference, clauses: Collection[str] = ()) -> list[Cause]:
    """Return the rules behind a difference, first those that rest on one of `clauses`, then the nearest ones.

    Where something follows that must not, these are the rules it follows from; else those it could have
    followed from. At most `MOST_CAUSES`.
    """
    if find_remark(decision, difference) is not None:
        return []
    behind = _behind(difference)
    rules = [rule for rule in decision.book.rules.values() if behind(decision, rule)]
    effects = decision.verdicts.effects
    followed = [rule for rule in rules if effects[rule.id] is not Truth.NOT_MET]
    if followed and difference.actual not in _ABSENT:
        rules = followed
    rules.sort(key=lambda rule: (not set(clauses).intersection(rule.bases), *_rank(decision, rule)))
    return [tell_cause(decision, rule) for rule in rules[:MOST_CAUSES]]


def find_remark(decision: Decision, difference: Difference) -> Text | None:
    """Return what explains a difference that no rule explains: what is known is not asked for."""
    name = difference.name or ""
    value = decision.case.facts.known.get(name)
    if difference.part.startswith("questions") and value is not None:
        fact = decision.book.vocabulary.facts[name]
        shown = show_value(fact, value)
        return Text(
            f"{fact.label.zh}已知，为{shown.zh}；已知的不再问",
            f"{fact.label.en} is known ({shown.en}); what is known is not asked for",
        )
    if difference.part == "next_due":
        return Text(
            "报送日期由规则库的报送日历按地方和日期得出，不由规则得出",
            "due dates come from the report calendar, by place and date, not from rules",
        )
    if difference.part == "penalty_law":
        return Text(
            "适用哪一日的法律，由比较两日法律的处罚得出，不由规则得出",
            "which day's law governs comes of comparing the penalties by both, not from rules",
        )
    if difference.part == "highest_fine":
        return Text(
            "罚款最高的一项，由比较各项罚款的幅度得出，不由规则得出",
            "which fine is the highest comes of comparing the ranges, not from rules",
        )
    if difference.part == "reports_to":
        return Text(
            "报送对象由规则库的报送日历得出，不由规则得出",
            "whom a report goes to comes from the report calendar, not from rules",
        )
    return None


_ABSENT = ("not_met", "not_shown", "not_asked", "not_overridden", None)


def _plain(line: Line) -> dict[str, object]:
    found: dict[str, object] = {"mark": line.mark, **line.text.to_dict()}
    if line.clauses:
        found["clauses"] = list(line.clauses)
    if line.inner:
        found["inner"] = [_plain(inner) for inner in line.inner]
    return found


# --- which rules -----------------------------------------------------------------------------------

_OUTCOMES: dict[str, Callable[[Outcome], str | None]] = {
    "findings": lambda o: o.finding if isinstance(o, Establish) else None,
    "actions": lambda o: o.action if isinstance(o, Require) else None,
    "permissions": lambda o: o.action if isinstance(o, Permit) else None,
    "exemptions": lambda o: o.action if isinstance(o, Exempt) else None,
    "prohibitions": lambda o: o.action if isinstance(o, Forbid) else None,
    "penalties": lambda o: o.penalty if isinstance(o, Penalise) else None,
    "ranges": lambda o: o.penalty if isinstance(o, Penalise) else None,
    "labels": lambda o: o.label if isinstance(o, AddLabel) else None,
}


def _behind(difference: Difference) -> Callable[[Decision, Rule], bool]:
    kind = difference.part.split(".")[0].removeprefix("no_").split("_")[0]
    name = difference.name
    if difference.part.startswith("major_case"):
        return lambda _, rule: any(isinstance(o, Establish) and o.finding == "major_case" for o in rule.outcomes)
    if kind == "clauses" and name is not None:
        return lambda _, rule: name in rule.bases
    if kind == "clocks":
        return lambda _, rule: any(isinstance(o, (Require, Permit)) and o.action == name for o in rule.outcomes)
    if kind == "duties":
        kind = "actions"
    if kind == "grounds":
        kind, name = "findings", difference.part.partition(".")[2]
    if kind == "rests":
        kind = difference.part.partition(".")[2]
    if kind == "rows":
        return lambda _, rule: rule.id == name
    if kind in _OUTCOMES:
        named = _OUTCOMES[kind]
        return lambda _, rule: any(named(outcome) == name for outcome in rule.outcomes)
    if kind == "overridden":
        return lambda decision, rule: rule.id == name or rule.id in decision.book.overriders.get(name or "", ())
    if kind == "warnings":
        return lambda _, rule: rule.id == name and any(isinstance(o, Warn) for o in rule.outcomes)
    if kind == "questions":
        # a fact is asked for the sake of rules that it keeps open
        return lambda decision, rule: name in facts_of(rule.when) and not _counts(rule)
    if kind == "report":
        return lambda _, rule: any(isinstance(o, Count) and _told_apart(o, difference) for o in rule.outcomes)
    return lambda _, __: False


def _counts(rule: Rule) -> bool:
    return any(isinstance(outcome, Count) for outcome in rule.outcomes)


def _told_apart(outcome: Count, difference: Difference) -> bool:
    """Tell whether a place in a form is in one of the two answers and not in the other."""
    sides = [set(v) if isinstance(v, list) else {v} for v in (difference.expected, difference.actual)]
    deepest = outcome.row or outcome.part or outcome.table or outcome.form
    return deepest in sides[0] ^ sides[1]


# --- what decided them -----------------------------------------------------------------------------


def _rank(decision: Decision, rule: Rule) -> tuple[bool, int]:
    """Rules that are law here come first, then those of which the fewest tests fail."""
    law = decision.situation.bases.get(rule.id)
    failing = sum(decision.decide(test) is Truth.NOT_MET for test in tests(rule.when))
    return law is None, failing


def tell_cause(decision: Decision, rule: Rule) -> Cause:
    """Return a rule with what decided it for a case."""
    effect = decision.verdicts.effects[rule.id]
    return Cause(rule.id, rule.title, effect, tuple(_lines(decision, rule)))


def _lines(decision: Decision, rule: Rule) -> Iterator[Line]:
    yield from trace(decision, rule.when)
    # the whole page of the rule ends with its bases and with the rules that take its outcomes
    (page,) = one_rule(decision, rule.id).lines
    after = page.inner[len(trace(decision, rule.when, whole=True)) :]
    met = any(decision.clause(clause) is Truth.MET for clause in rule.bases)
    yield from (line for line in after if not line.clauses or not met or line.mark == MARKS[Truth.MET])
