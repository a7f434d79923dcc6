"""The facts of one case, as the engines see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from enforcerules.values import Amount, Place

Value: TypeAlias = bool | int | str | date | Amount | frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The known facts by name; one that is not here is unknown.

    `place` and the two dates are also facts; they stand apart because they decide which clauses are in
    force: `duty_date` for procedure, `conduct_date` for what the conduct is.
    """

    known: Mapping[str, Value]
    place: Place | None
    duty_date: date | None
    conduct_date: date | None
