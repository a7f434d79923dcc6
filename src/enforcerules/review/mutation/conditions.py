"""The ways in which a condition may be wrong by one step: an amount, a comparison, a connective."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    Fact,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ResolvedRulebook,
)
from enforcerules.model.conditions import ALWAYS
from enforcerules.review.mutation.mutation import Kind
from enforcerules.text import Text
from enforcerules.wording import say_condition

Step = str | int


@dataclass(frozen=True, slots=True)
class Altered:
    """A condition with one step changed. `path` is where, `what` names the change among those there."""

    kind: Kind
    path: tuple[Step, ...]
    what: str
    said: Text
    condition: Condition


def alter(book: ResolvedRulebook, condition: Condition) -> Iterator[Altered]:
    """Yield the condition with each step changed in turn, and last with no condition left at all."""
    yield from _alter(book, condition)
    if isinstance(condition, (FactTest, FindingTest)):
        before = say_condition(book, condition)
        said = Text(f"删去条件：{before.zh}", f"the condition is dropped: {before.en}")
        yield Altered("connective", (), "dropped", said, ALWAYS)


def _alter(book: ResolvedRulebook, condition: Condition) -> Iterator[Altered]:
    match condition:
        case AllOf(parts):
            yield from _joined(book, "all", parts, AllOf, AnyOf)
        case AnyOf(parts):
            yield from _joined(book, "any", parts, AnyOf, AllOf)
        case Not(part):
            before = say_condition(book, condition)
            said = Text(f"去掉否定：{before.zh}", f"the negation is taken away: {before.en}")
            yield Altered("connective", (), "affirmed", said, part)
            yield from (_inside(inner, ("not",), Not) for inner in _alter(book, part))
        case FindingTest(finding, expected):
            turned = FindingTest(finding, not expected)
            yield Altered("comparison", (), "turned", _both(book, condition, turned), turned)
        case FactTest():
            yield from _alter_test(book, condition)
        case Always():
            pass


def _joined(
    book: ResolvedRulebook,
    word: str,
    parts: tuple[Condition, ...],
    same: Callable[[tuple[Condition, ...]], Condition],
    other: Callable[[tuple[Condition, ...]], Condition],
) -> Iterator[Altered]:
    if len(parts) > 1:
        turned = "any" if word == "all" else "all"
        yield Altered(
            "connective", (), turned, Text(f"`{word}` 改为 `{turned}`", f"`{word}` → `{turned}`"), other(parts)
        )
    for index, part in enumerate(parts):
        if len(parts) > 1:
            before = say_condition(book, part)
            said = Text(f"`{word}` 中删去一项：{before.zh}", f"a part of `{word}` is dropped: {before.en}")
            rest = (*parts[:index], *parts[index + 1 :])
            yield Altered("connective", (word, index), "dropped", said, rest[0] if len(rest) == 1 else same(rest))
        for inner in _alter(book, part):
            yield _inside(
                inner,
                (word, index),
                lambda now, at=index: same((*parts[:at], now, *parts[at + 1 :])),  # type: ignore[misc]
            )


def _inside(inner: Altered, path: tuple[Step, ...], around: Callable[[Condition], Condition]) -> Altered:
    return replace(inner, path=(*path, *inner.path), condition=around(inner.condition))


def _both(book: ResolvedRulebook, before: Condition, after: Condition) -> Text:
    one, other = say_condition(book, before), say_condition(book, after)
    return Text(f"{one.zh} → {other.zh}", f"{one.en} → {other.en}")


# --- one test --------------------------------------------------------------------------------------

_TURNED: dict[Operator, tuple[Operator, ...]] = {
    # the bound itself first, then the other side
    Operator.AT_LEAST: (Operator.MORE_THAN, Operator.LESS_THAN),
    Operator.MORE_THAN: (Operator.AT_LEAST, Operator.AT_MOST),
    Operator.AT_MOST: (Operator.LESS_THAN, Operator.MORE_THAN),
    Operator.LESS_THAN: (Operator.AT_MOST, Operator.AT_LEAST),
    Operator.ON_OR_AFTER: (Operator.BEFORE,),
    Operator.BEFORE: (Operator.ON_OR_AFTER,),
    Operator.IS: (Operator.IS_NOT,),
    Operator.IS_NOT: (Operator.IS,),
    Operator.IN: (Operator.NOT_IN,),
    Operator.NOT_IN: (Operator.IN,),
    Operator.HAS_ANY: (Operator.HAS_ALL, Operator.HAS_NONE),
    Operator.HAS_ALL: (Operator.HAS_ANY, Operator.HAS_NONE),
    Operator.HAS_NONE: (Operator.HAS_ANY,),
}
# one more or one less is the same as the bound itself in or out, on one of its sides
_BEYOND = {Operator.AT_LEAST: -1, Operator.MORE_THAN: 1, Operator.AT_MOST: 1, Operator.LESS_THAN: -1}


def _alter_test(book: ResolvedRulebook, test: FactTest) -> Iterator[Altered]:
    fact = book.vocabulary.facts[test.fact]
    seen = {test}
    for kind, what, now in (*_turned(test), *_moved(fact, test), *_exchanged(fact, test)):
        if now not in seen:
            seen.add(now)
            yield Altered(kind, (), what, _both(book, test, now), now)


def _turned(test: FactTest) -> Iterator[tuple[Kind, str, FactTest]]:
    if test.operator is Operator.KNOWN:
        yield "comparison", "turned", replace(test, operand=not test.operand)
    if test.operator is Operator.HAS and isinstance(test.operand, str):
        none = FactTest(test.fact, Operator.HAS_NONE, frozenset((test.operand,)))
        yield "comparison", Operator.HAS_NONE.value, none
    single = isinstance(test.operand, frozenset) and len(test.operand) == 1
    for operator in _TURNED.get(test.operator, ()):
        # of one member, some and all are the same
        if not (single and {operator, test.operator} == {Operator.HAS_ANY, Operator.HAS_ALL}):
            yield "comparison", operator.value, replace(test, operator=operator)


def _moved(fact: Fact, test: FactTest) -> Iterator[tuple[Kind, str, FactTest]]:
    operand = test.operand
    if isinstance(operand, date):
        for days in (-1, 1):
            yield "threshold", f"{days:+d}d", replace(test, operand=operand + timedelta(days=days))
    elif fact.type in ("money", "count") and isinstance(operand, int):
        steps = (_BEYOND[test.operator],) if test.operator in _BEYOND else (-1, 1)
        for value, what in move_number(operand, steps):
            yield "threshold", what, replace(test, operand=value)


def move_number(value: int, steps: tuple[int, ...] = (-1, 1)) -> Iterator[tuple[int, str]]:
    """Yield numbers that a slip of the pen makes of `value`: a little off, or a digit too many or too few.

    >>> list(move_number(500))
    [(499, '-1'), (501, '+1'), (5000, 'x10'), (50, '/10')]
    """
    moved = [(value + step, f"{step:+d}") for step in steps]
    moved += [(value * 10, "x10"), (value // 10, "/10")]
    seen = {value}
    for number, what in moved:
        if number >= 0 and number not in seen:
            seen.add(number)
            yield number, what


def _exchanged(fact: Fact, test: FactTest) -> Iterator[tuple[Kind, str, FactTest]]:
    operand, members = test.operand, list(fact.enumeration.values) if fact.enumeration else []
    if isinstance(operand, frozenset) and len(operand) > 1:
        for member in sorted(operand, key=str):
            rest = frozenset(other for other in operand if other != member)
            yield "comparison", f"without-{member}", replace(test, operand=rest)  # type: ignore[arg-type]
    elif isinstance(operand, str) and operand in members and len(members) > 1:
        other = members[(members.index(operand) + 1) % len(members)]
        yield "comparison", f"as-{other}", replace(test, operand=other)
