"""A rulebook folder → typed documents by kind. The first step: everything after it is about meaning."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from enforcerules.errors import Diagnostic, RulebookError, Source, Span, did_you_mean, quoted, suggest
from enforcerules.syntax import documents as d
from enforcerules.syntax.files import read_text
from enforcerules.syntax.nodes import Document, Mapping, Node, Sequence
from enforcerules.syntax.nodes import Path as NodePath
from enforcerules.syntax.unlisted import UnlistedFiles
from enforcerules.syntax.validate import plain_data, validate
from enforcerules.syntax.yaml import read_yaml
from enforcerules.text import Text

LARGEST_NUMBER_OF_FILES = 500

_WORD = re.compile(r"[\w./-]+")


class File(NamedTuple):
    """A file that was read: its nodes, and what they say."""

    document: Document
    content: Any

    def span(self, path: NodePath, *, key: bool = False) -> Span:
        """Return the place of what stands at `path`."""
        return self.document.span(path, key=key)


@dataclass
class RulebookFiles:
    """The files of one rulebook by kind, with the faults found while reading them.

    Where there are faults, the files hold what could be read. `lost` are the words of what could not, and
    `unread` the kinds of which a whole file is missing: names from there are not known, and that was told.
    """

    root: File
    by_kind: dict[str, list[File]]
    sha256: str
    faults: list[Diagnostic] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    unlisted: UnlistedFiles | None = None
    """The files that `rulebook.yaml` leaves out; None where the folder is not known."""


_KINDS: dict[str, type[d.Doc]] = {
    "vocabulary": d.VocabularyDoc,
    "sources": d.SourceDoc,
    "parameters": d.ParametersDoc,
    "actions": d.ActionsDoc,
    "penalties": d.PenaltiesDoc,
    "doubts": d.DoubtsDoc,
    "rules": d.RulesDoc,
    "forms": d.FormDoc,
    "report_calendar": d.ReportCalendarDoc,
    "calendars": d.CalendarDoc,
    "case_ledger": d.LedgerDoc,
}
_FURTHER: dict[str, tuple[str, type[d.Doc]]] = {
    "sources": ("clauses_of", d.MoreClausesDoc),
    "forms": ("tables_of", d.MoreTablesDoc),
}


def read_rulebook(folder: Path) -> RulebookFiles:
    """Read `rulebook.yaml` in `folder` and every file it lists.

    Raises:
        RulebookError: when `rulebook.yaml` does not say which files there are; faults of the other files
            are collected.

    """
    root, texts = _read_root(folder)
    by_kind: dict[str, list[File]] = {kind: [] for kind in _KINDS}
    unlisted = unlisted_files(folder, root.file)
    files = RulebookFiles(root.file, by_kind, "", root.faults, set(root.lost), root.unread, unlisted)
    digest = hashlib.sha256(texts.encode())
    listed: dict[str, NodePath] = {}
    for kind, doc in _KINDS.items():
        for name, span in _listed(files.root, kind, folder, listed, files.faults):
            read = _read(folder, name, doc, *_FURTHER.get(kind, ("", None)), listed_at=span)
            files.faults += read.faults
            files.lost |= read.lost
            digest.update(f"\n{name}\n".encode() + read.text.encode())
            if read.file is not None:
                files.by_kind[kind].append(read.file)
            elif not read.text:
                files.unread.add(kind)
    files.sha256 = digest.hexdigest()
    return files


def find_unlisted(folder: Path) -> list[Diagnostic]:
    """Return a warning for each YAML file in `folder` that its `rulebook.yaml` does not list.

    Where `rulebook.yaml` is itself at fault, that was told, and the list may be what is wrong.
    """
    try:
        root, _ = _read_root(folder)
    except RulebookError:
        return []
    if root.faults:
        return []
    return list(unlisted_files(folder, root.file).faults())


def unlisted_files(folder: Path, root: File) -> UnlistedFiles:
    """Return the YAML files in `folder` that `root`, its `rulebook.yaml`, does not list; none is looked for yet."""
    return UnlistedFiles(
        folder, [name for kind in d.FilesDoc.model_fields for name in getattr(root.content.files, kind)]
    )


def list_files(folder: Path) -> dict[str, list[str]]:
    """Return the names of the files that `rulebook.yaml` in `folder` lists, by kind.

    Raises:
        RulebookError: when `rulebook.yaml` does not say which files there are.

    """
    root, _ = _read_root(folder)
    return {kind: list(getattr(root.file.content.files, kind)) for kind in d.FilesDoc.model_fields}


def read_scenario_files(folder: Path) -> tuple[list[File], list[Diagnostic]]:
    """Read the scenario files that `rulebook.yaml` in `folder` lists, with the faults found in them.

    Raises:
        RulebookError: when `rulebook.yaml` does not say which files there are.

    """
    # who only classifies need not wait for these models
    from enforcerules.syntax.scenario_documents import ScenariosDoc

    _, found, faults = _read_apart(folder, "scenarios", ScenariosDoc)
    return found, faults


def read_property_files(folder: Path) -> tuple[File, list[File], list[Diagnostic]]:
    """Read the files of properties that `rulebook.yaml` in `folder` lists: that file, those, and the faults.

    Raises:
        RulebookError: when `rulebook.yaml` does not say which files there are.

    """
    from enforcerules.syntax.property_documents import PropertiesDoc

    return _read_apart(folder, "properties", PropertiesDoc)


def read_accepted_files(folder: Path) -> tuple[list[File], list[Diagnostic]]:
    """Read the files of accepted weaknesses that `rulebook.yaml` in `folder` lists, with the faults found in them.

    Raises:
        RulebookError: when `rulebook.yaml` does not say which files there are.

    """
    from enforcerules.syntax.accepted_documents import AcceptedDoc

    _, found, faults = _read_apart(folder, "accepted", AcceptedDoc)
    return found, faults


def _read_apart(folder: Path, kind: str, doc: type[d.Doc]) -> tuple[File, list[File], list[Diagnostic]]:
    root, _ = _read_root(folder)
    faults = root.faults
    found: list[File] = []
    for name, span in _listed(root.file, kind, folder, {}, faults):
        read = _read(folder, name, doc, listed_at=span)
        faults += read.faults
        if read.file is not None:
            found.append(read.file)
    return root.file, found, faults


# --- rulebook.yaml ---------------------------------------------------------------------------------


class _Root(NamedTuple):
    file: File
    faults: list[Diagnostic]
    lost: frozenset[str]
    unread: set[str]


def _read_root(folder: Path) -> tuple[_Root, str]:
    read = _read(folder, "rulebook.yaml", d.RulebookDoc)
    if read.document is None:
        raise RulebookError([_no_root(folder, fault) for fault in read.faults])
    if read.file is not None:
        return _Root(read.file, read.faults, read.lost, set()), read.text
    # whatever else is wrong with it, while it says which files there are they can be read
    entry = read.document.root.entry("files") if isinstance(read.document.root, Mapping) else None
    if entry is None or not isinstance(entry.value, Mapping):
        raise RulebookError(read.faults)
    kinds = {kind: entry.value.entry(kind) for kind in d.FilesDoc.model_fields}
    names: dict[str, Any] = {kind: _names(found.value) if found else [] for kind, found in kinds.items()}
    missing = {kind for kind, found in kinds.items() if found is None}
    content: Any = d.RulebookDoc.model_construct(
        id="…",
        version="…",
        language=1,
        title=d.TextDoc(zh="…", en="…"),
        default_place="CN",
        # no place is missed while it is not known which there are
        places={},
        files=d.FilesDoc.model_construct(None, **names),
    )
    return _Root(File(read.document, content), read.faults, frozenset(), missing), read.text


def _names(node: Node) -> list[str | None]:
    """Return the file names in a list, None for what is not one."""
    if not isinstance(node, Sequence):
        return []
    return [value if isinstance(value := plain_data(item), str) else None for item in node.items]


def _no_root(folder: Path, fault: Diagnostic) -> Diagnostic:
    if fault.code not in ("ER0011", "ER0012", "ER0013"):
        return fault
    message = fault.message
    if fault.code == "ER0012":
        message = Text("这里没有 `rulebook.yaml`", "there is no `rulebook.yaml` here")
    hint = Text("给出含有 `rulebook.yaml` 的文件夹", "give the folder that holds `rulebook.yaml`")
    return Diagnostic(fault.code, message, Span(Source(str(folder), ""), 1, 1), hint)


def _listed(
    root: File, kind: str, folder: Path, seen: dict[str, NodePath], faults: list[Diagnostic]
) -> Iterator[tuple[str, Span]]:
    """Yield the files of one kind that are fit to be read, and record why others are not."""
    for index, name in enumerate(getattr(root.content.files, kind)):
        if name is None:
            continue
        path: NodePath = ("files", kind, index)
        span = root.span(path)
        unfit = _unfit(name, folder, root, seen)
        if unfit is not None:
            message, hint, *related = unfit
            faults.append(Diagnostic("ER0016", message, span, hint, tuple(related)))
            continue
        seen[_plainly(name)] = path
        yield name, span


def _unfit(
    name: str, folder: Path, root: File, seen: dict[str, NodePath]
) -> tuple[Text, Text] | tuple[Text, Text, tuple[Text, Span]] | None:
    if (first := seen.get(_plainly(name))) is not None:
        message = Text(f"{quoted(name)} 列了两次", f"{quoted(name)} is listed twice")
        return message, Text("只保留一处", "keep one of them"), (_FIRST, root.span(first))
    if len(seen) >= LARGEST_NUMBER_OF_FILES:
        message = Text(f"文件多于 {LARGEST_NUMBER_OF_FILES} 个", f"there are more than {LARGEST_NUMBER_OF_FILES} files")
        return message, Text("合并较小的文件", "put small files together")
    if not name.strip(" ./"):
        message = Text("文件名是空的", "the name of the file is empty")
        return message, Text("写上文件的路径，或者删去这一项", "write the path of the file, or remove the item")
    try:
        inside = (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        message = Text(f"{quoted(name)} 不是可用的路径", f"{quoted(name)} is not a path that can be used")
        return message, Text("写从规则库文件夹起的相对路径", "write the path from the folder of the rulebook")
    if inside:
        return None
    message = Text(f"{quoted(name)} 不在规则库文件夹内", f"{quoted(name)} is not inside the folder of the rulebook")
    return message, Text("把文件移到规则库文件夹内", "move the file into the folder of the rulebook")


_FIRST = Text("第一次列在这里", "it is listed here first")


def _plainly(name: str) -> str:
    return str(PurePosixPath(name))


# --- one file --------------------------------------------------------------------------------------


class _Read(NamedTuple):
    file: File | None
    document: Document | None
    faults: list[Diagnostic]
    lost: frozenset[str]
    text: str


def _read(
    folder: Path,
    name: str,
    doc: type[d.Doc],
    marker: str = "",
    further: type[d.Doc] | None = None,
    *,
    listed_at: Span | None = None,
) -> _Read:
    source, faults = read_text(folder / name, shown_as=name)
    if source is None:
        if listed_at is not None:
            faults = [_at_the_list(fault, folder, name, listed_at) for fault in faults]
        return _Read(None, None, faults, frozenset(), "")
    document, faults = read_yaml(source)
    if document is None:
        return _Read(None, None, faults, frozenset(_WORD.findall(source.text)), source.text or " ")
    if further is not None and isinstance(document.root, Mapping) and document.root.entry(marker):
        doc = further
    read = validate(document, doc)
    file = None if read.content is None else File(read.document, read.content)
    return _Read(file, document, faults + read.faults, read.lost, source.text)


def _at_the_list(fault: Diagnostic, folder: Path, name: str, listed_at: Span) -> Diagnostic:
    """Put the fault of a file that cannot be read where the file is listed."""
    said = quoted(name)
    match fault.code:
        case "ER0011":
            message = Text(f"{said} 是文件夹，不是文件", f"{said} is a folder, not a file")
            hint = Text("逐一列出其中的文件", "list the files in it one by one")
        case "ER0012":
            message = Text(f"没有文件 {said}", f"there is no file {said}")
            hint = _near_file(folder, name)
        case "ER0015":
            message, hint = fault.message, Text("按主题拆成几个文件", "split it into several files")
        case "ER0013":
            message = Text(f"{said} 无法读取：{fault.message.zh}", f"{said} cannot be read: {fault.message.en}")
            hint = fault.hint or Text("检查读取权限", "check the permission to read it")
        case _:
            return fault
    return Diagnostic(fault.code, message, listed_at, hint)


def _near_file(folder: Path, name: str) -> Text:
    if "\\" in name:
        return Text("路径中用 `/`，不用反斜线", "write `/` in a path, not a backslash")
    there = sorted(path.relative_to(folder).as_posix() for path in islice(folder.rglob("*.yaml"), 2000))
    by_end = {path.rsplit("/", 1)[-1]: path for path in there}
    if name.rsplit("/", 1)[-1] in by_end:
        guess = by_end[name.rsplit("/", 1)[-1]]
        return suggest(guess)
    return did_you_mean(name, there) or Text("补上这个文件，或者从清单中删去", "add the file, or take it off the list")
