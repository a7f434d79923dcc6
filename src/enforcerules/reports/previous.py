"""The report handed in before, read from the data that the program gave of it.

Whether anything is new cannot be told from the ledger alone: of a case filed long ago it holds the penalty of
today, not what was known when the last report was made. So what is compared is what was reported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from enforcerules.errors import Diagnostic, LedgerError, Source, Span, quoted
from enforcerules.syntax.files import read_text
from enforcerules.text import Text

_HINT = Text("用上次生成报告时 --format json 的输出", "use what `--format json` gave when that report was made")


@dataclass(frozen=True, slots=True)
class PreviousReport:
    """A report of the same form: its date, and the content of its sections."""

    as_of: date
    contents: Mapping[str, Any]


def read_previous(path: str | Path, *, form: str, unit: str, as_of: date) -> PreviousReport:
    """Read the data of a report made before, which must be of the same form and unit and of an earlier day.

    Raises:
        LedgerError: when the file cannot be read, is no such data, or is of another report.

    """
    source, faults = read_text(Path(path))
    if source is None:
        raise LedgerError(faults)
    try:
        data = json.loads(source.text)
        day = date.fromisoformat(data["as_of"])
        contents = {section["id"]: section["content"] for section in data["sections"]}
        same_form, same_unit = data["form"] == form, data["unit"] == unit
    except (ValueError, KeyError, TypeError, RecursionError):
        message = Text("不是书面报告的数据", "this is not the data of a written report")
        raise _fault(source, message) from None
    if not same_form:
        raise _fault(source, Text(f"不是 {quoted(form)} 的报告", f"this is no report of the form {quoted(form)}"))
    if not same_unit:
        raise _fault(source, Text("是另一个单位的报告", "this is the report of another unit"))
    if day >= as_of:
        message = Text(f"报告日期 {day} 不早于本次", f"its date, {day}, is not before that of this report")
        raise _fault(source, message)
    return PreviousReport(day, contents)


def _fault(source: Source, message: Text) -> LedgerError:
    return LedgerError([Diagnostic("ER7080", message, Span(source, 1, 1), _HINT)])
