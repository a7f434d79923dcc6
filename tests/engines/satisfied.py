"""What a two-valued condition means: the slow and obvious way to evaluate one."""

from __future__ import annotations

from collections.abc import Mapping

from enforcerules.engines.encoding import Field
from enforcerules.engines.two_valued import Check, Comparison, Every, Some, TwoValued


def satisfied(condition: TwoValued, fields: Mapping[Field, int]) -> bool:
    """Tell whether `condition` holds of `fields`; a check of a field that is not there fails."""
    match condition:
        case Every(parts):
            return all(satisfied(part, fields) for part in parts)
        case Some(parts):
            return any(satisfied(part, fields) for part in parts)
        case Check(field, comparison, number):
            found = fields.get(field)
            return found is not None and _compare(found, comparison, number)


def _compare(found: int, comparison: Comparison, number: int) -> bool:
    match comparison:
        case Comparison.EQUAL:
            return found == number
        case Comparison.UNEQUAL:
            return found != number
        case Comparison.AT_LEAST:
            return found >= number
        case Comparison.MORE_THAN:
            return found > number
        case Comparison.AT_MOST:
            return found <= number
        case Comparison.LESS_THAN:
            return found < number
