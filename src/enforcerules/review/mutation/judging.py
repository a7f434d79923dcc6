"""What becomes of a change: a scenario or a red line notices it, or no case can, or nobody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from enforcerules.model.properties import Monotone, Property
from enforcerules.review.mutation.listing import list_mutations
from enforcerules.review.mutation.mutation import Mutation
from enforcerules.review.mutation.noticing import Noticing, fails, keep_decisions
from enforcerules.review.mutation.places import find_places
from enforcerules.review.mutation.reach import Reach
from enforcerules.review.mutation.telling import Pair
from enforcerules.review.properties import Counterexample, RedLine, breaks, read_properties
from enforcerules.review.prover import Prover
from enforcerules.review.scenarios import Variant, read_scenarios
from enforcerules.rulebook import Rulebook, packaged_folder

Verdict = Literal["scenario", "red_line", "equivalent", "unnoticed"]
_SECONDS = 10.0
_Narrowed: TypeAlias = tuple[RedLine, Property]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one change.

    `by` is the variant or the red line that noticed. `witness` is the smallest case that tells the changed
    rulebook from the unchanged one, where nobody noticed and such a case was found.
    """

    mutation: Mutation
    verdict: Verdict
    by: str | None = None
    witness: Mapping[str, Any] | None = None

    @property
    def killed(self) -> bool:
        """Whether the change was noticed."""
        return self.verdict in ("scenario", "red_line")


class Judge:
    """Judges the changes of one rulebook. For one process.

    Args:
        rulebook: the unchanged rulebook.
        variants: its scenarios, all of which pass.
        lines: its red lines, all of which hold.
        seconds: how long to search at most, for each red line and for a case that tells the two apart.

    """

    def __init__(
        self, rulebook: Rulebook, variants: Sequence[Variant], lines: Sequence[RedLine], seconds: float = _SECONDS
    ) -> None:
        self._rulebook = rulebook
        self._kept = keep_decisions(rulebook, variants)
        self._seconds = seconds
        self._reach = Reach(rulebook.resolved)
        # those that rest on little are soonest decided
        self._lines = sorted(lines, key=lambda line: len(self._reach.of(line.content)))

    def judge(self, mutation: Mutation) -> Fate:
        """Return what becomes of a change."""
        noticing = Noticing(self._rulebook.resolved, self._kept, mutation)
        variant = noticing.first_to_notice()
        if variant is not None:
            return Fate(mutation, "scenario", variant.id)
        changed = Rulebook(noticing.changed)
        plain, others = self._lines_reached(mutation, changed)
        line = self._first_broken(plain, changed)
        if line is not None:
            return Fate(mutation, "red_line", line.id)
        pair = Pair(self._rulebook.resolved, noticing.changed, mutation)
        told = pair.tell_apart(self._seconds)
        if told.verdict == "none":
            return Fate(mutation, "equivalent")
        line = self._first_broken(others, changed)
        if line is not None:
            return Fate(mutation, "red_line", line.id)
        return Fate(mutation, "unnoticed", witness=pair.smallest(told))

    def _lines_reached(self, mutation: Mutation, changed: Rulebook) -> tuple[list[_Narrowed], list[_Narrowed]]:
        """Return what of the red lines the change can break: those about clauses alone, and all others.

        The first are decided in no time, and before it is asked whether any case can tell.
        """
        entries = frozenset((change.section, change.name) for change in mutation.changes)
        # what a rule newly yields is reached in the changed rulebook only
        yields = mutation.section == "rules" and mutation.kind in ("outcome", "penalty")
        reach = Reach(changed.resolved) if yields else self._reach
        found = ((line, reach.narrow(line.content, entries)) for line in self._lines)
        lines = [(line, narrowed) for line, narrowed in found if narrowed is not None]
        plain = [one for one in lines if all(section != "rules" for section, _ in reach.of(one[1]))]
        return plain, [one for one in lines if one not in plain]

    def _first_broken(self, lines: Sequence[_Narrowed], changed: Rulebook) -> RedLine | None:
        prover = Prover(changed.resolved, [narrowed for _, narrowed in lines]) if lines else None
        for line, narrowed in lines:
            assert prover is not None
            answer = prover.decide(narrowed, self._seconds)
            # a red line that no longer speaks of any case is told by `prove` like one that is broken
            if answer.verdict == "vacuous":
                return line
            if answer.facts is not None:
                claim = narrowed.claim
                risen = answer.risen[claim.fact] if isinstance(claim, Monotone) and answer.risen else None
                if breaks(changed, line.content, Counterexample(answer.facts, risen)):
                    return line
        return None


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that is needed to judge the changes of one rulebook."""

    rulebook: Rulebook
    mutations: tuple[Mutation, ...]
    variants: tuple[Variant, ...]
    lines: tuple[RedLine, ...]

    def failing(self) -> list[Variant]:
        """Return the variants that fail already: with those nothing can be said about changes."""
        return [variant for variant in self.variants if fails(self.rulebook, variant)]

    def judge(self, seconds: float = _SECONDS) -> Judge:
        """Return who judges."""
        return Judge(self.rulebook, self.variants, self.lines, seconds)


def prepare_trial(rulebook: Rulebook, folder: Path | None = None) -> Trial:
    """List the changes of a rulebook and read what should notice them; by default of the packaged one.

    Raises:
        RulebookError: with every fault of the scenarios or red lines.

    """
    mutations = list_mutations(rulebook.resolved, find_places(folder or packaged_folder()))
    return Trial(rulebook, mutations, read_scenarios(rulebook, folder), read_properties(rulebook, folder))
