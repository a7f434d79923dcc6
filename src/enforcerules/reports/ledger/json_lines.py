"""A ledger as JSON lines: one case a line, as `enforcerules classify` takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from enforcerules.case import read_case
from enforcerules.errors import CaseError, Diagnostic, LedgerError, Source, Span, quoted
from enforcerules.model import ResolvedRulebook
from enforcerules.reports.ledger.limits import LARGEST_LEDGER, MOST_ROWS
from enforcerules.reports.ledger.reading import Ledger, LedgerRow
from enforcerules.reports.ledger.unpacking import refuse
from enforcerules.syntax.case_lines import at_line, case_lines, line_source
from enforcerules.text import Text


class JsonLedger(Ledger):
    """A ledger of JSON lines, in a file or in a stream, which can be gone through once only."""

    def __init__(self, book: ResolvedRulebook, path: Path, stream: BinaryIO | None = None) -> None:
        super().__init__(path, "jsonl", None, "utf-8")
        self._book, self._stream = book, stream
        if stream is None and path.stat().st_size > 4 * LARGEST_LEDGER:
            limit = 4 * LARGEST_LEDGER // 1024**2
            message = Text(f"文件超过 {limit} MB", f"the file is larger than {limit} MB")
            raise refuse(path, "ER7002", message, Text("按年度拆开", "split it by year"))

    def __iter__(self) -> Iterator[LedgerRow]:
        seen: dict[str, int] = {}
        with self._open() as stream:
            try:
                for count, (number, line) in enumerate(case_lines(str(self.path), stream), 1):
                    if count > MOST_ROWS:
                        message = Text(f"台账超过 {MOST_ROWS} 行", f"the ledger has more than {MOST_ROWS} rows")
                        raise refuse(self.path, "ER7002", message, Text("按年度拆开", "split it by year"))
                    yield self._read(number, line, seen)
            except CaseError as error:
                # another kind of JSON
                raise LedgerError(error.diagnostics) from None

    def _open(self) -> AbstractContextManager[BinaryIO]:
        return nullcontext(self._stream) if self._stream is not None else self.path.open("rb")

    def _read(self, number: int, line: bytes, seen: dict[str, int]) -> LedgerRow:
        facts, faults = _plainly(self._book, line)
        if facts is None:
            facts, faults = self._read_strictly(number, line)
        case_id = facts.get("case_id") if facts is not None else None
        if isinstance(case_id, str) and (first := seen.setdefault(case_id, number)) != number:
            faults = (*faults, self._repeated(case_id, number, first, line))
        return LedgerRow(None, number, None if faults else facts, faults)

    def _read_strictly(self, number: int, line: bytes) -> tuple[Mapping[str, Any] | None, tuple[Diagnostic, ...]]:
        """Read a line again with the place of everything in it."""
        try:
            source = line_source(str(self.path), line)
            read_case(self._book, source)
        except CaseError as error:
            return None, tuple(at_line(fault, number) for fault in error.diagnostics)
        return json.loads(source.text, parse_float=Decimal), ()

    def _repeated(self, case_id: str, number: int, first: int, line: bytes) -> Diagnostic:
        text = line.decode("utf-8", "replace")
        at = text.find('"case_id"') + 1 or 1
        said = quoted(case_id)
        return Diagnostic(
            "ER7029",
            Text(f"编号 {said} 与第{first}行重复", f"the number {said} is that of row {first} too"),
            Span(Source(str(self.path), "\n" * (number - 1) + text), number, at, 9),
            Text("同一案只留一行；不同的案改编号", "keep one row a case; give another case another number"),
        )


class _OddError(ValueError):
    """The line is JSON to Python, and may not be to us."""


def _plainly(book: ResolvedRulebook, line: bytes) -> tuple[Mapping[str, Any] | None, tuple[Diagnostic, ...]]:
    """Return the facts of a line in which nothing is wrong, the quick way."""
    try:
        text = line.decode("utf-8")
        facts = json.loads(text, parse_float=Decimal, parse_constant=_odd, object_pairs_hook=_once)
        if isinstance(facts, dict):
            read_case(book, facts)
            return facts, ()
    except (ValueError, RecursionError, CaseError):
        pass
    return None, ()


def _odd(name: str) -> Any:
    raise _OddError(name)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _OddError("a name stands twice")
    return found
