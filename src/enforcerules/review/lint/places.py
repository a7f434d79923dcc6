"""Where everything in a rulebook is written. The resolved rulebook does not know; the draft does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from enforcerules.errors import Span
from enforcerules.model import AllOf, AnyOf, Condition, FactTest, Not, Require, Rule
from enforcerules.passes.draft import Draft, Place
from enforcerules.syntax.nodes import Document, Node, Sequence, below


class Written(NamedTuple):
    """A condition, its parts, and where it is written.

    `place` is None for a part that a row of a form has from the table or part around it.
    """

    condition: Condition
    place: Place | None
    parts: tuple[Written, ...]

    def tests(self) -> Iterator[tuple[FactTest, Place]]:
        """Yield every test of a fact that is written here, with its place."""
        if isinstance(self.condition, FactTest) and self.place is not None:
            yield self.condition, self.place
        for part in self.parts:
            yield from part.tests()


class Places:
    """Finds the place of what a rulebook holds."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def of(self, kind: str, name: str, *path: str | int, key: bool = False) -> Span:
        """Return the place of a named thing, of its key where nothing more is said, or of what is inside it."""
        place = self._draft.documents[kind][name].place
        return place.span(*path, key=key) if path else place.span(key=True)

    def names(self, kind: str) -> Iterator[str]:
        """Yield the names of everything of a kind that is written in the files."""
        yield from self._draft.documents[kind]

    def row_value(self, form: str, table: str, part: str, row: str) -> Span:
        """Return where a row of a form says what it adds."""
        content, place = self._draft.documents["table"][f"{form}/{table}"]
        parts = content[1].parts
        number = next(index for index, one in enumerate(parts) if one.id == part)
        line = next(index for index, one in enumerate(parts[number].rows) if one.id == row)
        return place.span("parts", number, "rows", line, "value")

    def block(self, kind: str, name: str) -> Place:
        """Return the block of a named thing."""
        return self._draft.documents[kind][name].place

    def rule(self, name: str) -> Span:
        """Return where a rule, or the row of a form that is one, has its id."""
        return self._draft.rule_places[name].span("id")

    def override(self, rule: Rule, other: str) -> Span:
        """Return where `rule` says that it overrides `other`."""
        return self._draft.rule_places[rule.id].span("overrides", rule.overrides.index(other))

    def documents(self) -> Iterator[Document]:
        """Yield the files of the rulebook that say what its law is: all but scenarios, red lines and acceptances."""
        files = self._draft.files
        yield files.root.document
        for kind in files.by_kind.values():
            yield from (file.document for file in kind)

    def root(self, *path: str | int) -> Span:
        """Return the place of a key in rulebook.yaml."""
        return self._draft.files.root.span(path, key=True)

    def conditions(self, rule: Rule) -> Iterator[Written]:
        """Yield the condition of a rule, then those from which on its duties exist."""
        place = self._draft.rule_places[rule.id]
        if place.path[:1] != ("rules",):
            yield _of_form(rule.when, place)
            return
        # the condition of a table's row stands with the table
        block = place if len(place.path) == 2 else Place(place.file, place.path[:-2], place.path)
        yield _written(rule.when, block.inside("when"))
        for index, outcome in enumerate(rule.outcomes):
            if isinstance(outcome, Require) and outcome.once is not None:
                yield _written(outcome.once, block.inside("then", index, "once"))


def _written(condition: Condition, place: Place) -> Written:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            key = "all" if isinstance(condition, AllOf) else "any"
            inner = (_written(part, place.inside(key, index)) for index, part in enumerate(parts))
            return Written(condition, place, tuple(inner))
        case Not(part):
            return Written(condition, place, (_written(part, place.inside("not")),))
    return Written(condition, place, ())


def _of_form(condition: Condition, place: Place) -> Written:
    """Return the condition of a table, part or row, whose own parts come after those of what is around it."""
    own = _own_parts(place)
    if not isinstance(condition, AllOf):
        return _written(condition, own[0]) if own else Written(condition, None, ())
    around = len(condition.parts) - len(own)
    places = [*[None] * max(0, around), *own]
    parts = (
        Written(part, None, ()) if at is None else _written(part, at)
        for part, at in zip(condition.parts, places, strict=False)
    )
    return Written(condition, place, tuple(parts))


def _own_parts(place: Place) -> list[Place]:
    node: Node | None = place.file.document.root
    for step in (*place.path, "when"):
        node = below(node, step) if node is not None else None
    if node is None:
        return []
    parts = below(node, "all")
    if isinstance(parts, Sequence):
        return [place.inside("when", "all", index) for index in range(len(parts.items))]
    return [place.inside("when")]
