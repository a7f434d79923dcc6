"""The schemas of a rulebook as files in its folder, and the first line of each file that tells editors of them.

They lie in `schemas/` of the rulebook itself, so that the relative path in a first line is right wherever the
folder is: in a checkout, in an installed package, or in somebody's own repository.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from enforcerules.model import ResolvedRulebook
from enforcerules.schemas.cases import case_schema
from enforcerules.schemas.dialect import Schema
from enforcerules.schemas.files import classification_schema, rulebook_kinds
from enforcerules.schemas.names import names_schema, published_schema
from enforcerules.syntax.rulebook import list_files

FOLDER = "schemas"
_MARK = "# yaml-language-server: $schema="
_BYTE_ORDER_MARK = "\ufeff"


class Outdated(NamedTuple):
    """A file that is not as it should be: a schema, or a rulebook file without the right first line."""

    path: Path
    content: str


def find_outdated(book: ResolvedRulebook, folder: Path) -> list[Outdated]:
    """Return the files that `refresh` would write, with what it would write; `book` was read from `folder`.

    Raises:
        OSError: when a file cannot be read.
        RulebookError: when `rulebook.yaml` does not say which files there are.

    """
    wanted = [(path, _text(schema)) for path, schema in _schemas(book, folder)]
    wanted += [(path, _with_first_line(path, kind, folder)) for kind, path in _files(folder)]
    return [Outdated(path, content) for path, content in wanted if _read(path) != content]


def refresh(book: ResolvedRulebook, folder: Path) -> list[Path]:
    """Write the schemas of a rulebook to its folder, and the first lines of its files; return what changed.

    Raises:
        OSError: when a file cannot be read or written.
        RulebookError: when `rulebook.yaml` does not say which files there are.

    """
    outdated = find_outdated(book, folder)
    for path, content in outdated:
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return [path for path, _ in outdated]


def _schemas(book: ResolvedRulebook, folder: Path) -> Iterator[tuple[Path, Schema]]:
    for kind in rulebook_kinds():
        yield folder / FOLDER / _name(kind), published_schema(kind)
    yield folder / FOLDER / _name("names"), names_schema(book)
    yield folder / FOLDER / _name("case"), case_schema(book)
    yield folder / FOLDER / _name("classification"), classification_schema()


def _name(kind: str) -> str:
    return f"{kind}.schema.json"


def _text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    yield "rulebook", folder / "rulebook.yaml"
    for kind, names in list_files(folder).items():
        yield from ((kind, folder / name) for name in names)


def _with_first_line(path: Path, kind: str, folder: Path) -> str:
    text = _read(path) or ""
    lead, body = (_BYTE_ORDER_MARK, text[1:]) if text.startswith(_BYTE_ORDER_MARK) else ("", text)
    first, end, rest = body.partition("\n")
    wanted = _MARK + Path(os.path.relpath(folder / FOLDER / _name(kind), path.parent)).as_posix()
    carriage_return = "\r" if first.endswith("\r") else ""
    if first.startswith(_MARK):
        return f"{lead}{wanted}{carriage_return}{end}{rest}"
    return f"{lead}{wanted}{carriage_return}\n{body}"


def _read(path: Path) -> str | None:
    """Return the text of a file with its line ends, or None where there is no file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return None
