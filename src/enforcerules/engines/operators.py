"""One test of one known value: what each operator means."""

from __future__ import annotations

from datetime import date

from enforcerules.model import FactTest, Operator, Value
from enforcerules.values import Amount, Truth
from enforcerules.values.truth import any_of, truth

_Fixed = bool | int | str | date | frozenset[str] | frozenset[int]


def test_value(test: FactTest, value: Value, operand: _Fixed | Amount) -> Truth:
    """Return whether `value` passes `test` with `operand` (parameters and facts already put in).

    An amount known only by its bounds leaves open what its bounds do not decide.
    """
    if isinstance(value, Amount):
        return _test_amount(test.operator, value, operand)
    match test.operator:
        case Operator.IS:
            return truth(value == operand)
        case Operator.IS_NOT:
            return truth(value != operand)
        case Operator.IN:
            return truth(isinstance(operand, frozenset) and value in operand)
        case Operator.NOT_IN:
            return truth(isinstance(operand, frozenset) and value not in operand)
        case Operator.HAS:
            return truth(isinstance(value, frozenset) and operand in value)
    if isinstance(value, frozenset) and isinstance(operand, frozenset):
        match test.operator:
            case Operator.HAS_ANY:
                return truth(not value.isdisjoint(operand))
            case Operator.HAS_ALL:
                return truth(value >= operand)
            case Operator.HAS_NONE:
                return truth(value.isdisjoint(operand))
    return _test_order(test.operator, value, operand)


def _test_order(operator: Operator, value: Value, operand: _Fixed | Amount) -> Truth:
    if isinstance(value, date) and isinstance(operand, date):
        match operator:
            case Operator.ON_OR_AFTER:
                return truth(value >= operand)
            case Operator.BEFORE:
                return truth(value < operand)
    if isinstance(value, int) and isinstance(operand, int):
        match operator:
            case Operator.AT_LEAST:
                return truth(value >= operand)
            case Operator.MORE_THAN:
                return truth(value > operand)
            case Operator.AT_MOST:
                return truth(value <= operand)
            case Operator.LESS_THAN:
                return truth(value < operand)
    raise TypeError(f"{operator} does not compare {value!r} with {operand!r}")


def _test_amount(operator: Operator, value: Amount, operand: _Fixed | Amount) -> Truth:
    if isinstance(operand, frozenset):
        equal = any_of(_equals(value, Amount.exactly(int(member))) for member in operand)
        return equal if operator is Operator.IN else ~equal
    if not isinstance(operand, (Amount, int)):
        raise TypeError(f"{operator} does not compare an amount with {operand!r}")
    other = operand if isinstance(operand, Amount) else Amount.exactly(operand)
    match operator:
        case Operator.IS:
            return _equals(value, other)
        case Operator.IS_NOT:
            return ~_equals(value, other)
        case Operator.AT_LEAST:
            return _at_least(value, other)
        case Operator.LESS_THAN:
            return ~_at_least(value, other)
        case Operator.AT_MOST:
            return _at_least(other, value)
        case Operator.MORE_THAN:
            return ~_at_least(other, value)
    raise TypeError(f"{operator} does not compare amounts")


def _at_least(one: Amount, other: Amount) -> Truth:
    if other.high is not None and one.low >= other.high:
        return Truth.MET
    if one.high is not None and one.high < other.low:
        return Truth.NOT_MET
    return Truth.OPEN


def _equals(one: Amount, other: Amount) -> Truth:
    if one.exact and one == other:
        return Truth.MET
    apart = (one.high is not None and one.high < other.low) or (other.high is not None and other.high < one.low)
    return Truth.NOT_MET if apart else Truth.OPEN
