"""What is found: a weakness of a rulebook that loads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enforcerules.errors import Diagnostic, Severity, Span
from enforcerules.text import Text

UNDECIDED = "ER6091"


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that the owners of a rulebook should mend, or accept with a reason.

    `of` holds the names of what it is about, as an acceptance gives them. `case` shows it, where a case
    can: the facts as a case file holds them, decided by the reference engine. `accepted` is the reason for
    which it may stay.
    """

    diagnostic: Diagnostic
    of: tuple[str, ...]
    case: Mapping[str, Any] | None = None
    accepted: Text | None = None

    @property
    def code(self) -> str:
        """The code of its kind."""
        return self.diagnostic.code

    @property
    def severity(self) -> Severity:
        """How grave it is: an error makes the law wrong for some case, a warning or note need not."""
        return self.diagnostic.severity

    def to_dict(self) -> dict[str, object]:
        """Return the weakness as plain JSON data."""
        found = {**self.diagnostic.to_dict(), "of": list(self.of)}
        if self.case is not None:
            found["case"] = dict(self.case)
        if self.accepted is not None:
            found["accepted"] = self.accepted.to_dict()
        return found


def weakness(
    code: str,
    severity: Severity,
    of: tuple[str, ...],
    message: Text,
    span: Span,
    hint: Text,
    *,
    related: tuple[tuple[Text, Span], ...] = (),
    case: Mapping[str, Any] | None = None,
) -> Weakness:
    """Return a weakness with its diagnostic."""
    return Weakness(Diagnostic(code, message, span, hint, related, severity), of, case)


def undecided(of: tuple[str, ...], asked: str, message: Text, span: Span) -> Weakness:
    """Return the note that a question of the kind `asked` was not decided in time."""
    return weakness(
        UNDECIDED,
        "note",
        (asked, *of),
        Text(
            f"时限已到，未能判定 `{asked}`：{message.zh}", f"the time was up before `{asked}` was decided: {message.en}"
        ),
        span,
        Text("用 `--timeout` 放宽时限", "give it more time with `--timeout`"),
    )
