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
        if self is Truth.MET:
            return Truth.NOT_MET
        return Truth.MET if self is Truth.NOT_MET else Truth.OPEN

    def __and__(self, other: Truth) -> Truth:
        if self is Truth.MET or other is Truth.NOT_MET:
            return other
        return self

    def __or__(self, other: Truth) -> Truth:
        if self is Truth.NOT_MET or other is Truth.MET:
            return other
        return self


def truth(value: bool) -> Truth:
    """Return MET for True and NOT_MET for False."""
    return Truth.MET if value else Truth.NOT_MET


def all_of(parts: Iterable[Truth]) -> Truth:
    """Not met decides; else open if any part is open; met for no parts.

    >>> all_of([Truth.OPEN, Truth.NOT_MET])
    <Truth.NOT_MET: 'not_met'>
    """
    result = Truth.MET
    for part in parts:
        if part is Truth.NOT_MET:
            return part
        if part is Truth.OPEN:
            result = part
    return result


def any_of(parts: Iterable[Truth]) -> Truth:
    """Met decides; else open if any part is open; not met for no parts.

    >>> any_of([Truth.OPEN, Truth.MET])
    <Truth.MET: 'met'>
    """
    result = Truth.NOT_MET
    for part in parts:
        if part is Truth.MET:
            return part
        if part is Truth.OPEN:
            result = part
    return result
