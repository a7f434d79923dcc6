"""YAML files that lie in the folder of a rulebook and that `rulebook.yaml` does not list: nothing in them counts.

They are looked for only once something is wrong, or when a check asks for them; a rulebook in order never waits.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from enforcerules.errors import Diagnostic, Source, Span, quoted
from enforcerules.syntax.files import read_text
from enforcerules.syntax.nodes import Mapping, Node, Scalar, Sequence
from enforcerules.syntax.yaml import read_yaml
from enforcerules.text import Text

MOST_FOLDERS, MOST_FILES = 2000, 200

# the first key of these that a file has tells of which kind it is
_KINDS = {
    "facts": "vocabulary",
    "findings": "vocabulary",
    "enumerations": "vocabulary",
    "labels": "vocabulary",
    "invariants": "vocabulary",
    "clauses": "sources",
    "parameters": "parameters",
    "actions": "actions",
    "penalties": "penalties",
    "doubts": "doubts",
    "rules": "rules",
    "form": "forms",
    "tables_of": "forms",
    "reports": "report_calendar",
    "year": "calendars",
    "scenarios": "scenarios",
    "properties": "properties",
}
_NAMED = ("enumerations", "facts", "findings", "labels", "clauses", "parameters", "actions", "penalties", "doubts")


class UnlistedFiles:
    """The files in `folder` that are not among those `listed`, found when somebody first asks."""

    def __init__(self, folder: Path, listed: Iterable[str | None]) -> None:
        self._folder = folder
        self._listed = {os.path.normpath(name) for name in listed if name} | {"rulebook.yaml"}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The paths of the files, from the folder of the rulebook."""
        return tuple(sorted(self._found()))[:MOST_FILES]

    def home_of(self, kind: str, name: str) -> str | None:
        """Return the file that defines `name`, a thing of `kind` such as ``rule``, or None."""
        return self._homes.get((kind, name))

    def how_to_list(self, file: str) -> Text:
        """Return what to do so that `file` counts."""
        kind = _file_kind(self._roots.get(file))
        if kind is None:
            return Text("把它列入 `files`", "add it to `files`")
        return Text(f"把它列入 `files` 的 `{kind}`", f"add it to `{kind}` under `files`")

    def faults(self) -> Iterator[Diagnostic]:
        """Yield a warning for each file."""
        for name in self.names:
            how = self.how_to_list(name)
            yield Diagnostic(
                "ER0019",
                Text(
                    f"{quoted(name, 80)} 在规则库文件夹内，但 `rulebook.yaml` 没有列出它",
                    f"{quoted(name, 80)} is in the folder of the rulebook, and `rulebook.yaml` does not list it",
                ),
                Span(Source(name, ""), 1, 1),
                Text(f"{how.zh}，或者把它移到文件夹之外", f"{how.en}, or move it out of the folder"),
                severity="warning",
            )

    def _found(self) -> Iterator[str]:
        for visited, (where, folders, files) in enumerate(os.walk(self._folder)):
            if visited >= MOST_FOLDERS:
                return
            here = Path(where)
            # another rulebook in a folder below, and what hides, is no part of this one
            folders[:] = [
                name for name in folders if not name.startswith(".") and not (here / name / "rulebook.yaml").is_file()
            ]
            for file in files:
                name = (here / file).relative_to(self._folder).as_posix()
                if file.endswith(".yaml") and not file.startswith(".") and os.path.normpath(name) not in self._listed:
                    yield name

    @cached_property
    def _roots(self) -> dict[str, Mapping]:
        roots = {}
        for name in self.names:
            source, _ = read_text(self._folder / name, shown_as=name)
            document = read_yaml(source)[0] if source is not None else None
            if document is not None and isinstance(document.root, Mapping):
                roots[name] = document.root
        return roots

    @cached_property
    def _homes(self) -> dict[tuple[str, str], str]:
        homes: dict[tuple[str, str], str] = {}
        for file, root in self._roots.items():
            for found in _defined(root):
                homes.setdefault(found, file)
        return homes


def _file_kind(root: Mapping | None) -> str | None:
    keys = {entry.key.text for entry in root.entries} if root is not None else set()
    return next((kind for key, kind in _KINDS.items() if key in keys), None)


def _defined(root: Mapping) -> Iterator[tuple[str, str]]:
    """Yield what a file defines, each as its kind and its name; what is misshapen defines nothing."""
    for key in _NAMED:
        entry = root.entry(key)
        if entry is not None and isinstance(entry.value, Mapping):
            yield from ((key.removesuffix("s"), inner.key.text) for inner in entry.value.entries)
    if root.entry("clauses") is not None:
        yield from (("source", name) for name in _texts(root, "id"))
    yield from (("form", name) for name in _texts(root, "form"))
    for rule in _items(root, "rules"):
        yield from (("rule", name) for name in _texts(rule, "id"))
        for table in _texts(rule, "table"):
            yield from (("rule", f"{table}/{row}") for item in _items(rule, "rows") for row in _texts(item, "id"))


def _items(node: Node, key: str) -> tuple[Node, ...]:
    entry = node.entry(key) if isinstance(node, Mapping) else None
    return entry.value.items if entry is not None and isinstance(entry.value, Sequence) else ()


def _texts(node: Node, key: str) -> tuple[str, ...]:
    entry = node.entry(key) if isinstance(node, Mapping) else None
    return (entry.value.text,) if entry is not None and isinstance(entry.value, Scalar) else ()
