"""The fields of a case, each read once for all networks that ask for it."""

from __future__ import annotations

from collections.abc import Iterable

from enforcerules.engines.encoding import Established, Field, Given, InForce, Lacking, Measure, Part
from enforcerules.model import Situation

_MOST_SITUATIONS = 64


class Readings:
    """The fields that networks read, each under a number: most are the same to many networks."""

    def __init__(self) -> None:
        self._numbers: dict[Field, int] = {}
        # those of the case, those of where and when it is, and those that change while it is decided
        self._of_case: list[tuple[int, Field]] = []
        self._of_situation: list[tuple[int, Field]] = []
        self._of_decision: list[tuple[int, Field]] = []
        self._situations: dict[int, tuple[Situation, list[int | None]]] = {}

    def number(self, field: Field) -> int:
        """Return the number of a field."""
        if field not in self._numbers:
            self._numbers[field] = len(self._numbers)
            match field:
                case Established() | Part():
                    fields = self._of_decision
                case InForce() | Measure() | Lacking():
                    fields = self._of_situation
                case _:
                    fields = self._of_case
            fields.append((self._numbers[field], field))
        return self._numbers[field]

    def read(self, given: Given) -> list[int | None]:
        """Return every field of a case, by number; of those of the decision, as far as it has come."""
        readings = self._situated(given)
        self._put(readings, self._of_case, given)
        self._put(readings, self._of_decision, given)
        return readings

    def read_on(self, readings: list[int | None], given: Given) -> None:
        """Put in the fields of the decision as far as it has come by now."""
        self._put(readings, self._of_decision, given)

    def _situated(self, given: Given) -> list[int | None]:
        """Return the fields of where and when a case is; many a case is where the last ones were."""
        key = id(given.situation)
        kept = self._situations.get(key)
        if kept is None:
            kept = given.situation, [None] * len(self._numbers)
            self._put(kept[1], self._of_situation, given)
            if len(self._situations) == _MOST_SITUATIONS:
                del self._situations[next(iter(self._situations))]
            self._situations[key] = kept
        return list(kept[1])

    @staticmethod
    def _put(readings: list[int | None], fields: Iterable[tuple[int, Field]], given: Given) -> None:
        for number, field in fields:
            readings[number] = field.read(given)
