"""What a rule yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from enforcerules.model.conditions import Condition
from enforcerules.text import Text


@dataclass(frozen=True, slots=True)
class Establish:
    """A finding, on a ground; `status` says whether the ground is a plan or done."""

    finding: str
    ground: str | None
    status: Literal["planned", "done"] | None


@dataclass(frozen=True, slots=True)
class Require:
    """A duty; with `once`, one that arises only when that holds too. `said` is that moment in words."""

    action: str
    once: Condition | None = None
    said: Text | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """Something that may be done."""

    action: str


@dataclass(frozen=True, slots=True)
class Exempt:
    """Something that need not be done."""

    action: str


@dataclass(frozen=True, slots=True)
class Forbid:
    """Something that must not be done."""

    action: str


@dataclass(frozen=True, slots=True)
class Penalise:
    """A penalty of the catalogue that the act has."""

    penalty: str


@dataclass(frozen=True, slots=True)
class AddLabel:
    """A label on the case."""

    label: str


@dataclass(frozen=True, slots=True)
class Warn:
    """A word to the reader."""

    message: Text


@dataclass(frozen=True, slots=True)
class Count:
    """A place in a report form: a form, a table of it, a part, a row. What is not narrowed is None."""

    form: str
    table: str | None = None
    part: str | None = None
    row: str | None = None


Outcome: TypeAlias = Establish | Require | Permit | Exempt | Forbid | Penalise | AddLabel | Warn | Count
