"""How many of the changes were noticed, by kind and by what is changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from enforcerules.model import ResolvedRulebook
from enforcerules.review.mutation.judging import Fate
from enforcerules.review.mutation.mutation import KINDS, Kind


@dataclass(frozen=True, slots=True)
class Count:
    """What became of some of the changes. Those that no case can tell count nowhere."""

    scenario: int
    red_line: int
    unnoticed: int
    equivalent: int

    @classmethod
    def of(cls, fates: Iterable[Fate]) -> Count:
        """Count fates."""
        verdicts = [fate.verdict for fate in fates]
        return cls(*(verdicts.count(name) for name in ("scenario", "red_line", "unnoticed", "equivalent")))

    @property
    def killed(self) -> int:
        """How many were noticed."""
        return self.scenario + self.red_line

    @property
    def total(self) -> int:
        """How many could be noticed."""
        return self.killed + self.unnoticed

    @property
    def percent(self) -> float:
        """The share noticed, in percent; cut to one decimal, never rounded up; 100 where there was nothing."""
        return self.killed * 1000 // self.total / 10 if self.total else 100.0

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain JSON data."""
        return {
            "scenario": self.scenario,
            "red_line": self.red_line,
            "unnoticed": self.unnoticed,
            "equivalent": self.equivalent,
            "percent": self.percent,
        }


class Score:
    """The fates of all changes judged, in a stable order. `seconds` is how long the judging took."""

    def __init__(self, fates: Iterable[Fate], seconds: float) -> None:
        self.fates = tuple(sorted(fates, key=lambda fate: (fate.mutation.section, fate.mutation.id)))
        self.seconds = seconds
        self.count = Count.of(self.fates)

    @property
    def percent(self) -> float:
        """The share noticed, in percent."""
        return self.count.percent

    def by_kind(self) -> dict[Kind, Count]:
        """Return the counts of each kind of change that was made."""
        found = {kind: [fate for fate in self.fates if fate.mutation.kind == kind] for kind in KINDS}
        return {kind: Count.of(fates) for kind, fates in found.items() if fates}

    def survivors(self) -> dict[tuple[str, str], list[Fate]]:
        """Return the changes that nobody noticed by what is changed: the part of the rulebook and the name."""
        found: dict[tuple[str, str], list[Fate]] = {}
        for fate in self.fates:
            if fate.verdict == "unnoticed":
                found.setdefault((fate.mutation.section, fate.mutation.owner), []).append(fate)
        return found

    def to_dict(self, book: ResolvedRulebook) -> dict[str, Any]:
        """Return everything as plain JSON data."""
        return {
            "rulebook": {"id": book.id, "version": book.version, "sha256": book.sha256},
            "seconds": round(self.seconds, 1),
            "changes": len(self.fates),
            **self.count.to_dict(),
            "by_kind": {kind: count.to_dict() for kind, count in self.by_kind().items()},
            "mutations": [_plain(fate) for fate in self.fates],
        }


def _plain(fate: Fate) -> dict[str, Any]:
    mutation = fate.mutation
    found: dict[str, Any] = {
        "id": mutation.id,
        "kind": mutation.kind,
        "section": mutation.section,
        "owner": mutation.owner,
        "change": mutation.said.to_dict(),
        "place": mutation.place,
        "verdict": fate.verdict,
    }
    if fate.by is not None:
        found["by"] = fate.by
    if fate.witness is not None:
        found["witness"] = dict(fate.witness)
    return found
