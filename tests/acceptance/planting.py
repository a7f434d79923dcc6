"""Faults planted in a copy of the packaged rulebook, by where they stand in its structure and not by their text.

A path names a place: ``("rules", "some-rule", "when", "all", 0)``. A step is a key, a number, or the id of an
entry of a list. Every edit asserts that the content of the file has become another: where the rules change so
that an edit comes to nothing, the test fails instead of proving nothing.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from enforcerules import Rulebook, load_rulebook
from enforcerules.rulebook import packaged_folder

Step = str | int
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Place(NamedTuple):
    """Where something stands: a file of the rulebook and a line counted from 1."""

    file: str
    line: int


class Planted:
    """A copy of the packaged rulebook in which faults are planted."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(shutil.copytree(packaged_folder(), folder))

    def load(self) -> Rulebook:
        """Load the copy as it stands now."""
        return load_rulebook(self.folder)

    # --- where things stand ----------------------------------------------------------------------

    def text(self, file: str) -> str:
        """Return a file of the copy."""
        return (self.folder / file).read_text(encoding="utf-8")

    def place(self, *path: Step, file: str | None = None) -> Place:
        """Return where an entry begins."""
        found = self._find(path, file)
        return Place(found.file, found.key.start_mark.line + 1)

    def value(self, *path: Step, file: str | None = None) -> Any:
        """Return what stands at a place, as YAML reads it."""
        found = self._find(path, file)
        # a block is indented as its first line is
        return _plain(" " * found.value.start_mark.column + self.text_at(*path, file=file))

    def text_at(self, *path: Step, file: str | None = None) -> str:
        """Return what stands at a place, as it is written there."""
        found = self._find(path, file)
        return self.text(found.file)[found.value.start_mark.index : _end(found.value)]

    # --- edits -----------------------------------------------------------------------------------

    def put(self, *path: Step, to: str, file: str | None = None) -> Place:
        """Write another value at a place, given as YAML on one line."""
        found = self._find(path, file)
        begin, end = found.value.start_mark.index, _end(found.value)
        return self._write(found, begin, end, to)

    def rename(self, *path: Step, to: str, file: str | None = None) -> Place:
        """Give a key another name, such as an operator."""
        found = self._find(path, file)
        return self._write(found, found.key.start_mark.index, found.key.end_mark.index, to)

    def add(self, *path: Step, item: str, file: str | None = None) -> Place:
        """Add an item to a list, given as YAML on one line."""
        found = self._find(path, file)
        last = found.value.value[-1]
        if _in_flow(found.value):
            return self._write(found, _end(last), _end(last), f", {item}")
        indent = " " * found.value.start_mark.column
        return self._write(found, _end(last), _end(last), f"\n{indent}- {item}")

    def enter(self, *path: Step, entry: str, file: str | None = None) -> Place:
        """Put another entry before what a block of entries begins with, given as YAML on one line."""
        found = self._find(path, file)
        begin = found.value.start_mark.index
        after = ", " if _in_flow(found.value) else "\n" + " " * found.value.start_mark.column
        begin += 1 if _in_flow(found.value) else 0
        return self._write(found, begin, begin, entry + after)

    def drop(self, *path: Step, file: str | None = None) -> Place:
        """Take an entry or an item of a list away."""
        found = self._find(path, file)
        text = self.text(found.file)
        begin, end = found.key.start_mark.index, _end(found.value)
        if _in_flow(found.within):
            after = text[end:].lstrip()
            if after.startswith(","):
                end = len(text) - len(after[1:].lstrip())
            else:
                begin = len(text[:begin].rstrip().removesuffix(","))
        else:
            begin, end = text.rindex("\n", 0, begin) + 1, text.index("\n", end - 1) + 1
        return self._write(found, begin, end, "")

    def _write(self, found: _Found, begin: int, end: int, new: str) -> Place:
        before = self.text(found.file)
        after = before[:begin] + new + before[end:]
        assert _plain(after) != _plain(before), f"{found.file}: the edit changes nothing"
        (self.folder / found.file).write_text(after, encoding="utf-8")
        return Place(found.file, before.count("\n", 0, begin) + 1)

    # --- the structure ---------------------------------------------------------------------------

    def _find(self, path: tuple[Step, ...], file: str | None) -> _Found:
        files = [file] if file is not None else self._files()
        found = [one for name in files if (one := _follow(name, _compose(self.text(name)), path))]
        assert len(found) == 1, (path, [one.file for one in found])
        return found[0]

    def _files(self) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*.yaml")):
            yield path.relative_to(self.folder).as_posix()


class _Found(NamedTuple):
    """A node, the node that names it (its key, or itself), and the one that it stands in."""

    file: str
    key: yaml.Node
    value: yaml.Node
    within: yaml.Node


def _follow(file: str, root: yaml.Node, path: tuple[Step, ...]) -> _Found | None:
    found = _Found(file, root, root, root)
    for step in path:
        inner = next(((key, value) for name, key, value in _inside(found.value) if step in name), None)
        if inner is None:
            return None
        found = _Found(file, *inner, found.value)
    return found


def _inside(node: yaml.Node) -> Iterator[tuple[tuple[Step, ...], yaml.Node, yaml.Node]]:
    """Yield what stands in a node, with the steps that lead there."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (key.value,), key, value
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            ids = [value.value for name, _, value in _inside(item) if name in (("id",), ("code",))]
            yield (number, *ids), item, item


def _end(node: yaml.Node) -> int:
    """Return where a node ends, without what PyYAML counts to a block after its last line."""
    if isinstance(node, yaml.CollectionNode) and not _in_flow(node) and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _in_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


@functools.lru_cache(maxsize=512)
def _compose(text: str) -> yaml.Node:
    root = yaml.compose(text, Loader=_LOADER)
    assert root is not None
    return root


def _plain(text: str) -> Any:
    return yaml.load(text, Loader=_LOADER)
