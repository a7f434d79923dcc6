"""What never does anything: rules that are never met, always overridden or always covered, idle parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from enforcerules.errors import Span, listed
from enforcerules.model import AllOf, AnyOf, Condition, Not, Outcome, Rule
from enforcerules.model.conditions import ALWAYS, asks_only_if_known
from enforcerules.model.properties import AnswerTest, EveryPart, Opposite, PropertyCondition, SomePart
from enforcerules.review.coverage import ever_meet
from enforcerules.review.lint.places import Written
from enforcerules.review.lint.questions import Questions
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, undecided, weakness
from enforcerules.text import Text
from enforcerules.wording import say_condition


def find_rules_never_met(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the rules, and the rows of forms, that no case can meet, and those that are always overridden."""
    for rule in subject.book.rules.values():
        held, met = questions.ask(AnswerTest("row", rule.id)), questions.ask(AnswerTest("rule", rule.id))
        never = Text(
            f"没有任何案件能使规则 `{rule.id}` 成立", f"there is no case of which the rule `{rule.id}` can hold"
        )
        if held == "none":
            yield weakness(
                "ER6011",
                "error",
                (rule.id,),
                never,
                subject.places.rule(rule.id),
                Text(
                    "核对条件、依据的地区和期间、词汇中的 `invariants`",
                    "look at its condition, the places and periods of its basis, and the `invariants`",
                ),
            )
        elif met == "none":
            over = listed(subject.book.overriders.get(rule.id, ()))
            yield weakness(
                "ER6012",
                "error",
                (rule.id,),
                Text(
                    f"规则 `{rule.id}` 凡成立时都被 {over.zh} 排除",
                    f"whenever the rule `{rule.id}` holds, {over.en} overrides it",
                ),
                subject.places.rule(rule.id),
                Text("收窄排除它的规则，或者删去本规则", "narrow what overrides it, or remove the rule"),
            )
        elif "undecided" in (held, met):
            yield undecided((rule.id,), "ER6011", never, subject.places.rule(rule.id))


def find_overrides_without_effect(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the overrides of rules that hold in no case in which the overriding one has effect."""
    for rule in subject.rules:
        for other in rule.overrides:
            reply = questions.ask(EveryPart((AnswerTest("rule", rule.id), AnswerTest("row", other))))
            # what is never law at the same time is told by itself
            if reply == "found" or not ever_meet(subject.book, rule, subject.book.rules[other]):
                continue
            message = Text(
                f"规则 `{rule.id}` 排除 `{other}`，两者却从不同时成立",
                f"the rule `{rule.id}` overrides `{other}`, yet the two never hold in one case",
            )
            span = subject.places.override(rule, other)
            if reply == "undecided":
                yield undecided((rule.id, other), "ER6016", message, span)
            else:
                hint = Text("删去这一项，或者改正条件", "remove it, or put the conditions right")
                yield weakness("ER6016", "warning", (rule.id, other), message, span, hint)


# --- parts of conditions -----------------------------------------------------------------------------


class _Part(NamedTuple):
    """A part of a condition, and what must be so of a case that it alone decides."""

    rule: Rule
    condition: Condition
    span: Span
    choice: bool
    decisive: PropertyCondition


def find_parts_that_decide_nothing(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the parts of `all` and `any` on which the condition turns in no case for which the rule is law."""
    # a part that stands with a table must decide something for one of its rows only
    at: dict[Span, list[_Part]] = {}
    for rule in subject.book.rules.values():
        law = SomePart(tuple(AnswerTest("clause_in_force", clause) for clause in rule.bases))
        for written in subject.places.conditions(rule):
            for part in _parts(rule, written, (law,)):
                at.setdefault(part.span, []).append(part)
    for span, parts in at.items():
        replies = {questions.ask(part.decisive) for part in parts}
        if "found" in replies:
            continue
        rule, condition, _, choice, _ = parts[0]
        said = say_condition(subject.book, condition)
        message = (
            Text(
                f"`any` 中的“{said.zh}”不增加任何情形：别的部分不成立时，它也不成立",
                f"in `any`, '{said.en}' adds no case: where the other parts are not met, neither is it",
            )
            if choice
            else Text(
                f"`all` 中的“{said.zh}”不排除任何情形：别的部分成立时，它总成立",
                f"in `all`, '{said.en}' rules out no case: where the other parts are met, it is never not met",
            )
        )
        if "undecided" in replies:
            yield undecided((rule.id,), "ER6013", message, span)
            continue
        hint = Text("删去它，或者改正它", "remove it, or put it right")
        yield weakness("ER6013", "warning", (rule.id,), message, span, hint)


def _parts(rule: Rule, written: Written, around: tuple[PropertyCondition, ...]) -> Iterator[_Part]:
    condition = written.condition
    if isinstance(condition, Not):
        yield from (part for inner in written.parts for part in _parts(rule, inner, around))
    if not isinstance(condition, (AllOf, AnyOf)):
        return
    choice = isinstance(condition, AnyOf)
    for index, part in enumerate(written.parts):
        others = tuple(other for number, other in enumerate(condition.parts) if number != index)
        beside = tuple(Opposite(other) for other in others) if choice else others
        alone: tuple[PropertyCondition, ...] = (*around, *beside)
        if part.place is not None and others and not asks_only_if_known(part.condition):
            turned = part.condition if choice else Opposite(part.condition)
            yield _Part(rule, part.condition, part.place.span(), choice, EveryPart((*alone, turned)))
        yield from _parts(rule, part, alone)


# --- rules that others cover -------------------------------------------------------------------------


def find_covered_rules(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the rules whose outcomes follow from another rule in every case in which they follow from them."""
    by_outcome: dict[Outcome, list[Rule]] = {}
    for rule in subject.book.rules.values():
        for outcome in rule.outcomes:
            by_outcome.setdefault(outcome, []).append(rule)
    order = {name: index for index, name in enumerate(subject.book.rules)}
    for rule in subject.book.rules.values():
        others = [
            other
            for other in by_outcome[rule.outcomes[0]]
            if other is not rule and set(rule.outcomes) <= set(other.outcomes)
        ]
        for other in others:
            if _covers(questions, other, rule) != "none" or questions.ask(AnswerTest("rule", rule.id)) == "none":
                continue
            # of two rules that cover one another the later one is told
            alike = set(rule.outcomes) == set(other.outcomes) and order[rule.id] < order[other.id]
            if alike and _covers(questions, rule, other) == "none":
                continue
            yield _covered(subject, rule, other)
            break


def _covers(questions: Questions, other: Rule, rule: Rule) -> str:
    """Ask for a case in which `rule` has effect and `other` surely or perhaps has not."""
    without = SomePart((AnswerTest("rule", other.id, "not_met"), AnswerTest("rule", other.id, "open")))
    return questions.ask(EveryPart((AnswerTest("rule", rule.id), without)))


def _covered(subject: Subject, rule: Rule, other: Rule) -> Weakness:
    only_cites = set(rule.bases) <= set(other.bases)
    return weakness(
        "ER6014",
        "error" if only_cites else "warning",
        (rule.id, other.id),
        Text(
            f"规则 `{rule.id}` 的结果，凡它成立时都已由 `{other.id}` 得出",
            f"whenever the rule `{rule.id}` has effect, its outcomes follow from `{other.id}` already",
        ),
        subject.places.rule(rule.id),
        Text("删去本规则", "remove the rule")
        if only_cites
        else Text("把它的依据并入另一规则的 `basis`", "put its clauses under `basis` of the other rule"),
        related=((Text("另一规则", "the other rule"), subject.places.rule(other.id)),),
    )


# --- conditions that are no rule's -------------------------------------------------------------------


def find_conditions_never_met(subject: Subject, questions: Questions) -> Iterator[Weakness]:
    """Yield the conditions beside those of rules that no case meets: of doubts, actions, forms, `once`."""
    for name, key, span, condition in _apart(subject):
        reply = questions.ask(condition)
        message = Text(
            f"没有任何案件符合 `{name}` 的 `{key}`", f"there is no case of which `{key}` of `{name}` can be met"
        )
        if reply == "undecided":
            yield undecided((name,), "ER6015", message, span)
        elif reply == "none":
            yield weakness("ER6015", "warning", (name,), message, span, Text("改正条件", "put the condition right"))


def _apart(subject: Subject) -> Iterator[tuple[str, str, Span, PropertyCondition]]:
    book, places = subject.book, subject.places
    for doubt in book.doubts.values():
        # `not: always` leaves it to the choice that carries the doubt to show it
        if doubt.shows_when == Not(ALWAYS):
            continue
        yield doubt.id, "shows_when", places.of("doubt", doubt.id, "shows_when", key=True), doubt.shows_when
    for action in book.actions.values():
        if action.done_when is not None:
            yield action.id, "done_when", places.of("action", action.id, "done_when", key=True), action.done_when
    for form in book.forms.values():
        if form.counts_when is not None:
            yield form.id, "counts_when", places.of("form", form.id, "counts_when", key=True), form.counts_when
    for rule in subject.rules:
        for written in list(places.conditions(rule))[1:]:
            if written.place is not None:
                # it may be a moment that only a later case shows, so the rule need not hold at once with it
                yield rule.id, "once", written.place.span(), written.condition
