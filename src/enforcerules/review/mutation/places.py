"""Where the entries of a rulebook are written, which the resolved rulebook no longer knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.gather import gather
from enforcerules.syntax.nodes import below
from enforcerules.syntax.rulebook import read_rulebook

_KINDS = {
    "sources": "source",
    "rules": "rule",
    "clauses": "clause",
    "parameters": "parameter",
    "actions": "action",
    "penalties": "penalty",
    "doubts": "doubt",
    "facts": "fact",
    "invariants": "invariant",
    "report_calendar": "due",
    "forms": "form",
}


@dataclass(frozen=True, slots=True)
class Places:
    """The places of named entries. Without files nothing has a place, and everything counts as written."""

    by_name: Mapping[tuple[str, str], Place] = field(default_factory=dict)

    def of(self, section: str, name: str, *path: str | int) -> str:
        """Return the place of something inside an entry, as ``file:line:column``; empty when there is none."""
        place = self.by_name.get((section, name))
        if place is None:
            return ""
        if section == "rules" and "rows" in place.path and place.path[0] == "rules":
            # a row of a table: its condition and outcomes stand with the table, its values in the row
            place = Place(place.file, place.path[:-2], place.path) if path[:1] in (("when",), ("then",)) else place
        return str(place.span(*path))

    def written(self, section: str, name: str, key: str) -> bool:
        """Tell whether the entry itself says `key`, rather than having it from elsewhere."""
        place = self.by_name.get((section, name))
        if place is None:
            return True
        node = place.file.document.root
        for step in place.path:
            node = below(node, step) or node
        return below(node, key) is not None


def find_places(folder: Path) -> Places:
    """Return the places in the rulebook of `folder`, which has loaded without faults."""
    draft = Draft(read_rulebook(folder), [])
    gather(draft)
    found = {
        (section, name): placed.place
        for section, kind in _KINDS.items()
        for name, placed in draft.documents.get(kind, {}).items()
    }
    for file in draft.files.by_kind["penalties"]:
        for name in ("lighter_law", "one_fine"):
            if getattr(file.content, name) is not None:
                found["choices", name] = Place(file, (name,))
    return Places(found)
