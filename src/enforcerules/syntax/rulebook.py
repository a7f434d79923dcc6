"""A rulebook folder → typed documents by kind. The first step: everything after it is about meaning."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from enforcerules.errors import Diagnostic, RulebookError, Span
from enforcerules.syntax import documents as d
from enforcerules.syntax.files import read_text
from enforcerules.syntax.nodes import Document, Mapping
from enforcerules.syntax.nodes import Path as NodePath
from enforcerules.syntax.validate import validate
from enforcerules.syntax.yaml import read_yaml
from enforcerules.text import Text

LARGEST_NUMBER_OF_FILES = 500


class File(NamedTuple):
    """A file that was read: its nodes, and what they say."""

    document: Document
    content: Any

    def span(self, path: NodePath, *, key: bool = False) -> Span:
        """Return the place of what stands at `path`."""
        return self.document.span(path, key=key)


@dataclass
class RulebookFiles:
    """The files of one rulebook by kind, with the faults found while reading them."""

    root: File
    by_kind: dict[str, list[File]]
    sha256: str
    faults: list[Diagnostic] = field(default_factory=list)


_KINDS: dict[str, type[d.Doc]] = {
    "vocabulary": d.VocabularyDoc,
    "sources": d.SourceDoc,
    "parameters": d.ParametersDoc,
    "actions": d.ActionsDoc,
    "doubts": d.DoubtsDoc,
    "rules": d.RulesDoc,
    "forms": d.FormDoc,
    "report_calendar": d.ReportCalendarDoc,
    "calendars": d.CalendarDoc,
}
_FURTHER: dict[str, tuple[str, type[d.Doc]]] = {
    "sources": ("clauses_of", d.MoreClausesDoc),
    "forms": ("tables_of", d.MoreTablesDoc),
}


def read_rulebook(folder: Path) -> RulebookFiles:
    """Read `rulebook.yaml` in `folder` and every file it lists.

    Raises:
        RulebookError: when `rulebook.yaml` itself cannot be read; faults of the other files are collected.
    """
    root, faults, text = _read(folder, "rulebook.yaml", d.RulebookDoc)
    if root is None:
        raise RulebookError(faults)
    files = RulebookFiles(root, {kind: [] for kind in _KINDS}, "", faults)
    digest = hashlib.sha256(text.encode())
    listed: dict[str, NodePath] = {}
    for kind, doc in _KINDS.items():
        for index, name in enumerate(getattr(root.content.files, kind)):
            path: NodePath = ("files", kind, index)
            if (fault := _unfit(name, folder, listed)) is not None:
                files.faults.append(Diagnostic("ER0016", fault, root.span(path)))
                continue
            listed[name] = path
            file, found, text = _read(folder, name, doc, *_FURTHER.get(kind, ("", None)), listed_at=root.span(path))
            files.faults += found
            digest.update(f"\n{name}\n".encode() + text.encode())
            if file is not None:
                files.by_kind[kind].append(file)
    files.sha256 = digest.hexdigest()
    return files


def read_scenario_files(folder: Path) -> tuple[list[File], list[Diagnostic]]:
    """Read the scenario files that `rulebook.yaml` in `folder` lists, with the faults found in them.

    Raises:
        RulebookError: when `rulebook.yaml` itself cannot be read.
    """
    # who only classifies need not wait for these models
    from enforcerules.syntax.scenario_documents import ScenariosDoc

    root, faults, _ = _read(folder, "rulebook.yaml", d.RulebookDoc)
    if root is None:
        raise RulebookError(faults)
    found: list[File] = []
    listed: dict[str, NodePath] = {}
    for index, name in enumerate(root.content.files.scenarios):
        path: NodePath = ("files", "scenarios", index)
        if (fault := _unfit(name, folder, listed)) is not None:
            faults.append(Diagnostic("ER0016", fault, root.span(path)))
            continue
        listed[name] = path
        file, more, _ = _read(folder, name, ScenariosDoc, listed_at=root.span(path))
        faults += more
        if file is not None:
            found.append(file)
    return found, faults


def _unfit(name: str, folder: Path, listed: dict[str, NodePath]) -> Text | None:
    if name in listed:
        return Text(f"`{name}` 列了两次", f"`{name}` is listed twice")
    if len(listed) >= LARGEST_NUMBER_OF_FILES:
        return Text(f"文件多于 {LARGEST_NUMBER_OF_FILES} 个", f"more than {LARGEST_NUMBER_OF_FILES} files")
    inside = (folder / name).resolve().is_relative_to(folder.resolve())
    return None if inside else Text(f"`{name}` 不在规则库文件夹内", f"`{name}` is not inside the rulebook folder")


def _read(
    folder: Path,
    name: str,
    doc: type[d.Doc],
    marker: str = "",
    further: type[d.Doc] | None = None,
    *,
    listed_at: Span | None = None,
) -> tuple[File | None, list[Diagnostic], str]:
    source, faults = read_text(folder / name, shown_as=name)
    if source is None:
        related = ((Text("在此列出", "it is listed here"), listed_at),) if listed_at else ()
        return None, [Diagnostic(f.code, f.message, f.span, f.hint, related) for f in faults], ""
    document, faults = read_yaml(source)
    if document is None:
        return None, faults, source.text
    if further is not None and isinstance(document.root, Mapping) and document.root.entry(marker):
        doc = further
    content, found = validate(document, doc)
    return (None if content is None else File(document, content)), faults + found, source.text
