"""Weaknesses that the owners of a rulebook have accepted: written down with a reason, never silenced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from enforcerules.errors import RulebookError, Span, listed
from enforcerules.review.lint.weakness import UNDECIDED, Weakness, weakness
from enforcerules.syntax.accepted_documents import AcceptedWeaknessDoc
from enforcerules.syntax.nodes import Path as NodePath
from enforcerules.syntax.rulebook import read_accepted_files
from enforcerules.text import Text


class Acceptance(NamedTuple):
    """That the weaknesses of one kind, of the things named, may stay, and why."""

    code: str
    of: tuple[str, ...]
    because: Text
    span: Span

    def covers(self, found: Weakness) -> bool:
        """Tell whether it is about this weakness; the order of the names does not matter."""
        return found.code == self.code and set(found.of) == set(self.of)


def read_acceptances(folder: Path) -> tuple[Acceptance, ...]:
    """Read the acceptances that the rulebook in `folder` lists.

    Raises:
        RulebookError: with every fault of their form.

    """
    files, faults = read_accepted_files(folder)
    if faults:
        raise RulebookError(faults)
    return tuple(
        Acceptance(doc.code, names, doc.because.text(), file.span(("accepted", index, *_at(doc, number))))
        for file in files
        for index, doc in enumerate(file.content.accepted)
        for number, names in enumerate(doc.things)
    )


def _at(doc: AcceptedWeaknessDoc, number: int) -> NodePath:
    return ("each", number) if doc.each else ("of",)


def accept(found: Iterable[Weakness], acceptances: Iterable[Acceptance], unsure: Collection[str]) -> Iterator[Weakness]:
    """Yield the weaknesses with the reasons for which they are accepted, then the acceptances of none.

    Of the kinds in `unsure` not everything was looked for: an acceptance of one may be of something.
    """
    waiting = list(acceptances)
    used: set[int] = set()
    for one in found:
        index = next((i for i, each in enumerate(waiting) if each.covers(one) and one.code != UNDECIDED), None)
        if index is not None:
            used.add(index)
        yield one if index is None else replace(one, accepted=waiting[index].because)
    for index, acceptance in enumerate(waiting):
        if index not in used and acceptance.code not in unsure:
            names = listed(acceptance.of)
            yield weakness(
                "ER6092",
                "warning",
                (acceptance.code, *acceptance.of),
                Text(
                    f"没有 {names.zh} 的 `{acceptance.code}` 需要接受",
                    f"there is no `{acceptance.code}` of {names.en} to accept",
                ),
                acceptance.span,
                Text("删去这一项，或者改正名称", "remove it, or correct the names"),
            )
