"""Plain nodes that remember where they stand in their text.

Scalars stay text here, with a note whether they were quoted; the readers above decide what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from enforcerules.errors import Source, Span


class Mark(NamedTuple):
    """Where a node begins (line and column from 1) and how many characters of that line it takes."""

    line: int
    column: int
    length: int


class Scalar(NamedTuple):
    """A text between two separators."""

    text: str
    plain: bool
    mark: Mark


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


class Entry(NamedTuple):
    """A key with its value."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Keys with values, in the order written; of a repeated key only the first is kept."""

    entries: tuple[Entry, ...]
    mark: Mark

    def entry(self, key: str) -> Entry | None:
        """Return the entry of `key`, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping
Path: TypeAlias = tuple[str | int, ...]


class Document(NamedTuple):
    """A text that was read: where it came from, and its root."""

    source: Source
    root: Node

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return the place of what stands at `path`, of its key when `key` is true.

        A step that leads nowhere is passed over: a missing key is reported at the block that lacks it,
        and the names of alternatives that a validator puts into its paths do no harm.
        """
        node, mark = self.root, self.root.mark
        last = len(path) - 1
        for depth, step in enumerate(path):
            if isinstance(node, Mapping) and (entry := node.entry(str(step))):
                node = entry.value
                mark = entry.key.mark if key and depth == last else node.mark
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                mark = node.mark
        return span_of(self.source, mark)


def below(node: Node, step: str | int) -> Node | None:
    """Return what stands one step under `node`, or None."""
    if isinstance(node, Mapping) and isinstance(step, str):
        entry = node.entry(step)
        return entry.value if entry else None
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def span_of(source: Source, mark: Mark) -> Span:
    """Return the place that `mark` means in `source`."""
    return Span(source, mark.line, mark.column, mark.length)


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every node under `node` with its path, parents first."""
    yield path, node
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield from walk(value, (*path, key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from walk(item, (*path, index))


def edit(node: Node, path: Path, change: Callable[[Node], Node | None]) -> Node:
    """Return `node` with what stands at `path` changed, or without it when `change` returns None.

    A path that leads nowhere, and the root, which cannot be taken away, change nothing.
    """
    if not path:
        return change(node) or node
    step, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        entries = []
        for entry in node.entries:
            if entry.key.text != step:
                entries.append(entry)
                continue
            value = edit(entry.value, rest, change) if rest else change(entry.value)
            if value is not None:
                entries.append(Entry(entry.key, value))
        return Mapping(tuple(entries), node.mark)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        item = edit(node.items[step], rest, change) if rest else change(node.items[step])
        return Sequence((*node.items[:step], *(() if item is None else (item,)), *node.items[step + 1 :]), node.mark)
    return node
