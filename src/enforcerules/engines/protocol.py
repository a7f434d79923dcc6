"""What an engine is: facts in, a verdict for every rule out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from enforcerules.model import Facts, Situation
from enforcerules.values import Truth


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the rules come to for one case.

    `holds` says whether a rule's condition holds and a basis of it is in force; `effects` whether its
    outcomes follow, which is the same unless a rule that overrides it takes them; `findings` what is
    established.
    """

    holds: Mapping[str, Truth]
    effects: Mapping[str, Truth]
    findings: Mapping[str, Truth]


class Engine(Protocol):
    """Decides every rule of one rulebook."""

    name: str

    def decide(self, facts: Facts, situation: Situation) -> Verdicts:
        """Return the verdicts for `facts` where and when `situation` says."""
        ...
