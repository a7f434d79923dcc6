"""The catalogue: one YAML file an area, beside this module.

It is the single source of what is told about a code apart from the message itself: the documentation, the pages
on the terminal and the rules of a SARIF file are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from enforcerules.errors import EnforceRulesError, Severity, Source, nearest
from enforcerules.syntax.validate import plain_data
from enforcerules.syntax.yaml import read_yaml
from enforcerules.text import Text


@dataclass(frozen=True, slots=True)
class Example:
    """How not to write it and how to, and what it is part of: `when`, `case` or a kind of rulebook file."""

    where: str
    wrong: str
    right: str

    @property
    def language(self) -> str:
        """The language of the example, as Markdown names it."""
        return {"case": "json", "lines": "json"}.get(self.where, "yaml")


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `severity` is that of most of its findings."""

    id: str
    name: str
    severity: Severity
    says: Text
    why: Text
    remedy: Text
    example: Example | None


@dataclass(frozen=True, slots=True)
class Area:
    """The codes that begin with one digit. Those `retired` were used once and never will be again."""

    digit: int
    title: Text
    codes: tuple[Code, ...]
    retired: tuple[str, ...]


_FILES = ("text", "meaning", "ledger", "cases", "places", "scenarios", "weaknesses", "reports", "program")


@cache
def load_areas() -> tuple[Area, ...]:
    """Return every area with its codes, in the order of their numbers."""
    return tuple(_read_area(name) for name in _FILES)


@cache
def load_codes() -> Mapping[str, Code]:
    """Return every code by its id, in the order of their numbers."""
    return {code.id: code for area in load_areas() for code in area.codes}


def find_code(wanted: str) -> Code | None:
    """Return the code with this id or name, or None.

    >>> [found.id for word in ("ER2001", "er2001", "2001", "key-twice") if (found := find_code(word))]
    ['ER2001', 'ER2001', 'ER2001', 'ER0002']
    """
    word, codes = wanted.strip(), load_codes()
    by_name = {code.name: code for code in codes.values()}
    return codes.get(word.upper()) or codes.get(f"ER{word}") or by_name.get(word.casefold())


def near_codes(wanted: str) -> list[str]:
    """Return the ids and names that `wanted` most likely was meant to be.

    >>> near_codes("unknown-kye"), near_codes("ER9004")
    (['unknown-key'], ['ER9003', 'ER9002', 'ER9001'])
    """
    codes, word = load_codes(), wanted.strip().upper()
    guess = nearest(wanted, [code.name for code in codes.values()])
    if guess:
        return [guess]
    same_area = [code for code in codes if code[:3] == word[:3]]
    return get_close_matches(word, same_area or codes, n=3, cutoff=0.7)


# --- reading -----------------------------------------------------------------------------------------


def _read_area(name: str) -> Area:
    path = files("enforcerules.codes") / f"{name}.yaml"
    document, faults = read_yaml(Source(f"{name}.yaml", path.read_text(encoding="utf-8")))
    if document is None or faults:
        raise EnforceRulesError(faults)
    content = plain_data(document.root)
    codes = tuple(_read_code(id_, found) for id_, found in content["codes"].items())
    return Area(content["area"]["digit"], _text(content["area"]["title"]), codes, tuple(content.get("retired", ())))


def _read_code(id_: str, found: dict[str, Any]) -> Code:
    severity = found.get("severity", "error")
    if severity not in get_args(Severity):
        raise ValueError(f"{id_} has no severity {severity}")
    example = found.get("example")
    return Code(
        id_,
        found["name"],
        severity,
        _text(found["says"]),
        _text(found["why"]),
        _text(found["remedy"]),
        Example(example["in"], example["wrong"], example["right"]) if example else None,
    )


def _text(found: dict[str, str]) -> Text:
    return Text(found["zh"], found["en"])
