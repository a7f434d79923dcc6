"""What every test of a fact must come out as, for values at, beside and around its bound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from enforcerules.model import FactRef, FactTest, Operator, ParameterRef, Value
from enforcerules.model.conditions import Operand
from enforcerules.values import Amount, Truth

# the value of the parameter `line`, in fen
LINE = 50_000
DAY = date(2022, 5, 6)
_VERDICTS = {"T": Truth.MET, "F": Truth.NOT_MET, "?": Truth.OPEN}


class Meaning(NamedTuple):
    """A test of a fact, the facts it is made of, and what must come out."""

    test: FactTest
    known: dict[str, Value]
    expected: Truth

    def __str__(self) -> str:
        values = ",".join(f"{name}={_shown(value)}" for name, value in self.known.items())
        return f"{self.test.fact}-{self.test.operator}-{_shown(self.test.operand)}-of-{values or 'nothing'}"


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return "+".join(sorted(map(str, value))) or "none"
    return str(getattr(value, "name", value))


_AMOUNTS: tuple[Value | None, ...] = (
    Amount.exactly(LINE - 1),
    Amount.exactly(LINE),
    Amount.exactly(LINE + 1),
    Amount(LINE, None),
    Amount(0, LINE),
    Amount(LINE - 1, LINE + 1),
    Amount(LINE, LINE + 1),
    Amount(LINE - 1, LINE),
    Amount(0, LINE - 1),
    Amount(LINE + 1, None),
    Amount(0, None, about=LINE),
    Amount.exactly(10**25),
    None,
)
_AGAINST_THE_LINE = {
    Operator.AT_LEAST: "FTTT??T?FT?T?",
    Operator.MORE_THAN: "FFT?F??FFT?T?",
    Operator.AT_MOST: "TTF?T??TTF?F?",
    Operator.LESS_THAN: "TFFF??F?TF?F?",
    Operator.IS: "FTF?????FF?F?",
    Operator.IS_NOT: "TFT?????TT?T?",
}
_AMONG = {Operator.IN: "FTT?????F??F?", Operator.NOT_IN: "TFF?????T??T?"}

_NUMBERS: tuple[Value | None, ...] = (2, 3, 4, 10**30, None)
_OF_NUMBERS: tuple[tuple[Operator, Operand, str], ...] = (
    (Operator.AT_LEAST, 3, "FTTT?"),
    (Operator.MORE_THAN, 3, "FFTT?"),
    (Operator.AT_MOST, 3, "TTFF?"),
    (Operator.LESS_THAN, 3, "TFFF?"),
    (Operator.IS, 3, "FTFF?"),
    (Operator.IS_NOT, 3, "TFTT?"),
    (Operator.IN, frozenset({3, 4}), "FTTF?"),
    (Operator.NOT_IN, frozenset({3, 4}), "TFFT?"),
)

_DAYS: tuple[Value | None, ...] = (date(2022, 5, 5), DAY, date(2022, 5, 7), None)
_OF_DAYS: tuple[tuple[Operator, Operand, str], ...] = (
    (Operator.ON_OR_AFTER, DAY, "FTT?"),
    (Operator.BEFORE, DAY, "TFF?"),
    (Operator.IS, DAY, "FTF?"),
)

_TRUTHS: tuple[Value | None, ...] = (True, False, None)
_OF_TRUTHS: tuple[tuple[Operator, Operand, str], ...] = (
    (Operator.IS, True, "TF?"),
    (Operator.IS, False, "FT?"),
    (Operator.IS_NOT, True, "FT?"),
    (Operator.KNOWN, True, "TTF"),
    (Operator.KNOWN, False, "FFT"),
)

_COLOURS: tuple[Value | None, ...] = ("red", "green", "blue", None)
_OF_COLOURS: tuple[tuple[Operator, Operand, str], ...] = (
    (Operator.IS, "red", "TFF?"),
    (Operator.IS_NOT, "red", "FTT?"),
    (Operator.IN, frozenset({"red", "green"}), "TTF?"),
    (Operator.NOT_IN, frozenset({"red", "green"}), "FFT?"),
)

_WORDS: tuple[Value | None, ...] = ("甲", '甲"', "", "乙", None)
_OF_WORDS: tuple[tuple[Operator, Operand, str], ...] = (
    (Operator.IS, "甲", "TFFF?"),
    (Operator.IS_NOT, "甲", "FTTT?"),
    (Operator.IN, frozenset({"甲", ""}), "TFTF?"),
    (Operator.NOT_IN, frozenset({"甲", ""}), "FTFT?"),
)

_SETS: tuple[Value | None, ...] = (
    frozenset(),
    frozenset({"red"}),
    frozenset({"blue"}),
    frozenset({"red", "green"}),
    frozenset({"red", "green", "blue"}),
    None,
)
_BOTH = frozenset({"red", "green"})
_OF_SETS: tuple[tuple[Operator, Operand, str], ...] = (
    (Operator.HAS, "red", "FTFTT?"),
    (Operator.HAS_ANY, _BOTH, "FTFTT?"),
    (Operator.HAS_ALL, _BOTH, "FFFTT?"),
    (Operator.HAS_NONE, _BOTH, "TFTFF?"),
    (Operator.IS, _BOTH, "FFFTF?"),
    (Operator.IS_NOT, _BOTH, "TTTFT?"),
    (Operator.IS, frozenset(), "TFFFF?"),
    (Operator.IS_NOT, frozenset(), "FTTTT?"),
)


def _of(
    fact: str, values: tuple[Value | None, ...], table: tuple[tuple[Operator, Operand, str], ...]
) -> Iterator[Meaning]:
    for operator, operand, verdicts in table:
        for value, verdict in zip(values, verdicts, strict=True):
            known = {} if value is None else {fact: value}
            yield Meaning(FactTest(fact, operator, operand), known, _VERDICTS[verdict])


def _of_amounts() -> Iterator[Meaning]:
    for operator, verdicts in _AGAINST_THE_LINE.items():
        yield from _of("money", _AMOUNTS, ((operator, LINE, verdicts), (operator, ParameterRef("line"), verdicts)))
        for meaning in _of("money", _AMOUNTS, ((operator, FactRef("other_money"), verdicts),)):
            yield meaning._replace(known=meaning.known | {"other_money": Amount.exactly(LINE)})
        yield Meaning(FactTest("money", operator, FactRef("other_money")), {"money": Amount.exactly(LINE)}, Truth.OPEN)
    for operator, verdicts in _AMONG.items():
        yield from _of("money", _AMOUNTS, ((operator, frozenset({LINE, LINE + 1}), verdicts),))


def _of_two_facts() -> Iterator[Meaning]:
    for operator, verdicts in ((Operator.AT_LEAST, "FTT"), (Operator.LESS_THAN, "TFF"), (Operator.IS, "FTF")):
        test = FactTest("number", operator, FactRef("other_number"))
        for value, verdict in zip((2, 3, 4), verdicts, strict=True):
            yield Meaning(test, {"number": value, "other_number": 3}, _VERDICTS[verdict])
            yield Meaning(test, {"number": value}, Truth.OPEN)
            yield Meaning(test, {"other_number": value}, Truth.OPEN)
    for day, verdict in zip((date(2022, 5, 5), DAY), "FT", strict=True):
        test = FactTest("day", Operator.ON_OR_AFTER, FactRef("other_day"))
        yield Meaning(test, {"day": day, "other_day": DAY}, _VERDICTS[verdict])
        yield Meaning(test, {"day": day}, Truth.OPEN)


MEANINGS: tuple[Meaning, ...] = (
    *_of("flag", _TRUTHS, _OF_TRUTHS),
    *_of("colour", _COLOURS, _OF_COLOURS),
    *_of("word", _WORDS, _OF_WORDS),
    *_of("colours", _SETS, _OF_SETS),
    *_of("number", _NUMBERS, _OF_NUMBERS),
    *_of("day", _DAYS, _OF_DAYS),
    *_of_amounts(),
    *_of_two_facts(),
)
