"""Weaknesses of the penalty catalogue: figures that no scenario compares, penalties twice, law of the wrong day."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.model import Measure, Penalise, Penalty, ResolvedRulebook
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.text import Text


def find_penalties_not_compared(subject: Subject) -> Iterator[Weakness]:
    """Yield the penalties of which no scenario compares the figures of the fine, the measures or their terms."""
    figures: set[str] = set()
    measures: set[str] = set()
    terms: set[tuple[str, str, str]] = set()
    for variant in subject.variants:
        for name, wanted in variant.expect.ranges.items():
            compared = wanted.model_fields_set
            if {"least", "most"} <= compared:
                figures.add(name)
            if compared & {"measures", "optional_measures"}:
                measures.add(name)
            terms |= {(name, measure, key) for measure, found in wanted.terms.items() for key in found.model_fields_set}
    for penalty in subject.book.penalties.values():
        missing = []
        if penalty.fine is not None and penalty.id not in figures:
            missing.append(Text("罚款的数额", "the figures of the fine"))
        if penalty.measures and penalty.id not in measures:
            missing.append(Text("其他处罚", "the measures"))
        if any((penalty.id, one.do, key) not in terms for one in penalty.measures for key in _lasting(one)):
            missing.append(Text("其他处罚的期限", "how long the measures last"))
        if missing:
            zh, en = "和".join(one.zh for one in missing), " and ".join(one.en for one in missing)
            yield weakness(
                "ER6005",
                "warning",
                (penalty.id,),
                Text(
                    f"没有算例核对处罚 `{penalty.id}` 的{zh}",
                    f"no scenario compares {en} of the penalty `{penalty.id}`",
                ),
                subject.places.of("penalty", penalty.id),
                Text(
                    "在算例的 `ranges` 中写 `least`、`most`、`measures`、`optional_measures` 和 `terms`",
                    "write `least`, `most`, `measures`, `optional_measures` and `terms` under `ranges` of a scenario",
                ),
            )


def _lasting(measure: Measure) -> Iterator[str]:
    """Yield the terms that say how long a measure lasts."""
    if measure.years is not None:
        yield "years"
    if measure.life:
        yield "life"
    if measure.days is not None:
        yield "days"


def find_penalties_twice(subject: Subject) -> Iterator[Weakness]:
    """Yield the penalties that lay down the same as one before, by the same law."""
    first: dict[object, Penalty] = {}
    for penalty in subject.book.penalties.values():
        clauses = _clauses(subject.book, penalty.id)
        if not clauses:
            continue
        other = first.setdefault((penalty.on, penalty.fine, frozenset(penalty.measures), clauses), penalty)
        if other is penalty:
            continue
        yield weakness(
            "ER6063",
            "warning",
            (penalty.id, other.id),
            Text(
                f"处罚 `{penalty.id}` 与 `{other.id}` 的依据和内容都相同",
                f"the penalties `{penalty.id}` and `{other.id}` rest on the same law and lay down the same",
            ),
            subject.places.of("penalty", penalty.id),
            Text("合为一项，由几条规则共用", "make it one that several rules yield"),
            related=((Text("另一处", "the other"), subject.places.of("penalty", other.id)),),
        )


def _clauses(book: ResolvedRulebook, penalty: str) -> frozenset[str]:
    rules = (rule for rule in book.rules.values() if Penalise(penalty) in rule.outcomes)
    return frozenset(clause for rule in rules for clause in rule.bases)


def find_penalties_by_law_of_the_duty(subject: Subject) -> Iterator[Weakness]:
    """Yield the rules that penalise by clauses none of which is law on the day of the conduct."""
    clauses = subject.book.clauses
    for rule in subject.rules:
        penalises = any(isinstance(outcome, Penalise) for outcome in rule.outcomes)
        if penalises and not any(clauses[name].governs == "conduct" for name in rule.bases):
            yield weakness(
                "ER6048",
                "error",
                (rule.id,),
                Text(
                    f"规则 `{rule.id}` 规定处罚，但没有一项依据按行为日施行",
                    f"the rule `{rule.id}` penalises, and none of its basis is law on the day of the conduct",
                ),
                subject.places.rule(rule.id),
                Text(
                    "在规定处罚的条款写 `governs: conduct`",
                    "write `governs: conduct` at the clause that lays the penalty down",
                ),
            )
