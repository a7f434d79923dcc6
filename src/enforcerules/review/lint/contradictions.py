"""What contradicts itself in some case: duties and prohibitions of one thing, findings that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import NamedTuple

from enforcerules.errors import Severity
from enforcerules.model import Establish, Exempt, FindingTest, Forbid, Outcome, Permit, Require, Rule
from enforcerules.model.properties import (
    AlwaysHolds,
    AnswerTest,
    EveryPart,
    ExactlyOne,
    NeverHolds,
    Property,
    PropertyCondition,
)
from enforcerules.review.lint.questions import Questions
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, undecided, weakness
from enforcerules.text import Text

_Act = Require | Permit | Exempt | Forbid


class _Pair(NamedTuple):
    code: str
    severity: Severity
    one: type[_Act]
    other: type[_Act]
    said: Text


_PAIRS = (
    _Pair("ER6021", "error", Require, Forbid, Text("既应当又不得", "both required and forbidden")),
    _Pair("ER6022", "error", Permit, Forbid, Text("既可以又不得", "both permitted and forbidden")),
    _Pair("ER6023", "warning", Require, Exempt, Text("既应当又不必", "both required and waived")),
)
_HINT = Text(
    "收窄其中一条的条件；一条是另一条的例外的，写 `overrides`",
    "narrow the condition of one; where one is an exception to the other, write `overrides`",
)


def find_contradicting_rules(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the pairs of rules that say opposite things of one action in some case."""
    rules = subject.book.rules.values()
    for pair in _PAIRS:
        ones, others = ([(r, o) for r in rules for o in r.outcomes if isinstance(o, kind)] for kind in pair[2:4])
        for (one, act), (other, opposite) in product(ones, others):
            if act.action != opposite.action:
                continue
            title = subject.book.actions[act.action].title
            message = Text(
                f"同一案件中，“{title.zh}”{pair.said.zh}：`{one.id}` 与 `{other.id}`",
                f"in one case '{title.en}' is {pair.said.en}: by `{one.id}` and by `{other.id}`",
            )
            yield from _both(subject, questions, pair.code, pair.severity, (one, other), (act, opposite), message)


def find_rival_findings(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the pairs of rules that establish findings which a red line says exclude each other."""
    establishing: dict[str, list[tuple[Rule, Outcome]]] = {}
    for rule in subject.book.rules.values():
        for outcome in rule.outcomes:
            if isinstance(outcome, Establish):
                establishing.setdefault(outcome.finding, []).append((rule, outcome))
    for line in subject.lines:
        for first, second in _rivals(line.content):
            for (one, a), (other, b) in product(establishing.get(first, ()), establishing.get(second, ())):
                message = Text(
                    f"红线 `{line.id}` 说 `{first}` 与 `{second}` 不并存，"
                    f"同一案件中却分别由 `{one.id}`、`{other.id}` 得出",
                    f"the red line `{line.id}` says that `{first}` and `{second}` exclude each other, yet in one "
                    f"case `{one.id}` and `{other.id}` establish them",
                )
                yield from _both(subject, questions, "ER6024", "error", (one, other), (a, b), message)


def _both(
    subject: Subject,
    questions: Questions,
    code: str,
    severity: Severity,
    rules: tuple[Rule, Rule],
    outcomes: tuple[Outcome, Outcome],
    message: Text,
) -> Iterator[Weakness]:
    one, other = rules
    asked = EveryPart((*_following(one, outcomes[0]), *_following(other, outcomes[1])))
    names, span = (one.id, other.id), subject.places.rule(one.id)
    match questions.ask(asked):
        case "undecided":
            yield undecided(names, code, message, span)
        case "found":
            related = ((Text("另一规则", "the other rule"), subject.places.rule(other.id)),)
            yield weakness(code, severity, names, message, span, _HINT, related=related, case=questions.show(asked))


def _following(rule: Rule, outcome: Outcome) -> tuple[PropertyCondition, ...]:
    """Return what must be so of a case in which the outcome follows from the rule."""
    met = AnswerTest("rule", rule.id)
    if isinstance(outcome, Require) and outcome.once is not None:
        return met, outcome.once
    return (met,)


def _rivals(line: Property) -> Iterator[tuple[str, str]]:
    match line.claim:
        case NeverHolds(EveryPart(parts)) | ExactlyOne(parts):
            named = [part.finding for part in parts if isinstance(part, FindingTest) and part.expected]
            if len(named) == len(parts):
                yield from combinations(named, 2)
        case AlwaysHolds():
            pass
