"""The search for a case of which given formulas hold, which z3 finds or rules out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol


class Searched(Protocol):
    """A case that a search may find: a `World`, or what stands for two of them."""

    @property
    def theory(self) -> Any:
        """What knows z3."""

    def believable(self) -> list[Any]:
        """Return what is so of every such case."""

    def facts(self, model: Any) -> Mapping[str, Any]:
        """Return the facts of the case that `model` describes."""


class Found(NamedTuple):
    """What came of a search: the facts of each world where there is such a case.

    `undecided` means that the time was up: there may be such a case.
    """

    verdict: Literal["found", "none", "undecided"]
    cases: tuple[Mapping[str, Any], ...] = ()


def find_case(worlds: Sequence[Searched], formulas: Iterable[Any], seconds: float) -> Found:
    """Search for believable cases of which every formula holds.

    Args:
        worlds: the cases; one that shares facts with another comes after it.
        formulas: what must hold of them.
        seconds: how long to search at most.

    """
    z3 = worlds[0].theory.z3
    solver = z3.Solver()
    solver.set("timeout", max(1, int(seconds * 1000)))
    solver.add(*formulas)
    # the last first: what it needs to know of those before it becomes part of them
    for world in reversed(worlds):
        solver.add(*world.believable())
    answer = solver.check()
    if answer == z3.unsat:
        return Found("none")
    if answer != z3.sat:
        return Found("undecided")
    model = solver.model()
    return Found("found", tuple(world.facts(model) for world in worlds))
