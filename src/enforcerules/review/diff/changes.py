"""What stands otherwise in two rulebooks: the resolved content compared, not the bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from enforcerules.model import ResolvedRulebook
from enforcerules.review.diff.content import entries_of
from enforcerules.review.diff.entries import KINDS, Entry, Piece, Weight
from enforcerules.review.diff.excerpts import Excerpt, Locator
from enforcerules.text import Text

Status = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of an entry, before and after in words; None where the part is not there."""

    part: str
    weight: Weight
    old: Text | None
    new: Text | None

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON data."""
        old, new = (None if said is None else said.to_dict() for said in (self.old, self.new))
        return {"part": self.part, "weight": self.weight, "old": old, "new": new}


@dataclass(frozen=True, slots=True)
class Change:
    """A named thing that only one rulebook has, or that both have with different parts.

    `rule` is the rule that it is or, for a part of a report form, has. The excerpts are the YAML itself.
    """

    kind: str
    name: str
    status: Status
    title: Text
    parts: tuple[PartChange, ...]
    clauses: tuple[str, ...]
    rule: str | None
    old: Excerpt | None
    new: Excerpt | None

    @property
    def weights(self) -> frozenset[Weight]:
        """How much hangs on the change."""
        return frozenset(part.weight for part in self.parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the change as plain JSON data."""
        return {
            "kind": self.kind,
            "name": self.name,
            "status": self.status,
            "title": self.title.to_dict(),
            "clauses": list(self.clauses),
            "parts": [part.to_dict() for part in self.parts],
            "old": self.old.to_dict() if self.old else None,
            "new": self.new.to_dict() if self.new else None,
        }


def find_changes(
    old: ResolvedRulebook, new: ResolvedRulebook, places: tuple[Locator, Locator] = ({}, {})
) -> tuple[Change, ...]:
    """Return what differs in the content of two rulebooks, by kind and then by name."""
    return compare_entries(entries_of(old), entries_of(new), places)


def compare_entries(
    before: Mapping[tuple[str, str], Entry], after: Mapping[tuple[str, str], Entry], places: tuple[Locator, Locator]
) -> tuple[Change, ...]:
    """Return what differs between the entries of two rulebooks."""
    found = []
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        parts = tuple(_parts(old, new))
        if old is None or new is None or parts:
            found.append(_change(key, old, new, parts, places))
    order = list(KINDS)
    return tuple(sorted(found, key=lambda change: (order.index(change.kind), change.name)))


def _change(
    key: tuple[str, str],
    old: Entry | None,
    new: Entry | None,
    parts: tuple[PartChange, ...],
    places: tuple[Locator, Locator],
) -> Change:
    entry = new or old
    assert entry is not None
    status: Status = "added" if old is None else "removed" if new is None else "changed"
    clauses = dict.fromkeys([*(new.clauses if new else ()), *(old.clauses if old else ())])
    excerpts = [place.get(key) if side is not None else None for place, side in zip(places, (old, new), strict=True)]
    return Change(*key, status, entry.title, parts, tuple(clauses), entry.rule, *excerpts)


def _parts(old: Entry | None, new: Entry | None) -> Iterator[PartChange]:
    before: Mapping[str, Piece] = old.pieces if old else {}
    after: Mapping[str, Piece] = new.pieces if new else {}
    for name in {**after, **before}:
        one, other = before.get(name), after.get(name)
        if one is None or other is None or one.compared != other.compared:
            piece = other or one
            assert piece is not None
            # of a thing that only one of them has, what it does not say is no news
            if (old is None or new is None) and piece.said.en in ("none", ""):
                continue
            yield PartChange(name, _weight(piece, one, other), one.said if one else None, other.said if other else None)


def _weight(piece: Piece, one: Piece | None, other: Piece | None) -> Weight:
    # the label of a value is words; that there is the value is not
    if piece.weight == "decided" and one is not None and other is not None and isinstance(piece.compared, tuple):
        return "words" if piece.compared[:1] == ("Text",) else "decided"
    return piece.weight


def count_by_kind(changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Return how many things were added, removed and changed, by kind."""
    counts: dict[str, dict[str, int]] = {}
    for change in changes:
        of = counts.setdefault(change.kind, {"added": 0, "removed": 0, "changed": 0})
        of[change.status] += 1
    return counts
