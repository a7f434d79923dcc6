"""`enforcerules ledger check FILE`: everything that is wrong with a ledger, and what a person should look at."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import STANDARD_INPUT, load, rulebook_option, standard_input
from enforcerules.cli.notices import Notices
from enforcerules.cli.report_inputs import reading_options
from enforcerules.cli.terminal import Progress, put, put_page, tell
from enforcerules.errors import Diagnostic, LedgerError, render
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.reports.ledger import Ledger, LedgerRow

_FORMATS = ("text", "json")

_PAGE = Page(
    summary=Text(
        "检查台账（xlsx、csv、jsonl），一次列出全部错误：工作表、行、列、标题、所填的值、改法。",
        "Checks a ledger (xlsx, csv, jsonl) and lists every fault: sheet, row, column, heading, value and remedy.",
    ),
    more=(
        Text(
            "错误的行没有读入，退出码为 1；提示不是错误，但应当看一看，例如按写法读出的日期、公式的结果、合计行。",
            "Rows with faults are not read, and the exit code is 1. Notices are no faults but worth a look, such as "
            "dates read from how they are written, results of formulas, rows of totals.",
        ),
    ),
    examples=(
        "enforcerules ledger check examples/ledger-yongchuan-2022.xlsx",
        "enforcerules ledger check examples/ledger-yongchuan-2022.jsonl --format json",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    file = Text(
        "台账（.xlsx、.csv、.jsonl）；`-` 为标准输入的 JSON Lines",
        "the ledger (.xlsx, .csv, .jsonl); `-` for JSON Lines on standard input",
    )
    parameters = [
        Argument("file", file),
        *reading_options(),
        Option(
            ["--format"],
            Text("输出格式，缺省为 text", "the form of the result, text by default"),
            metavar="|".join(_FORMATS),
            default="text",
            callback=one_of(*_FORMATS),
        ),
        rulebook_option(),
    ]

    def run(
        *,
        file: str,
        sheet: str | None,
        encoding: str | None,
        format: str,  # noqa: A002 - the word users know
        rulebook: str | None,
    ) -> int:
        from enforcerules.reports.ledger import read_ledger

        book = load(rulebook)
        found: _Found = _Data() if format == "json" else _Told(language)
        progress = Progress(language)
        try:
            stream = standard_input(language) if file == STANDARD_INPUT else None
            ledger = read_ledger(book, file, sheet=sheet, encoding=encoding, stream=stream)
            found.begin(ledger)
            for row in ledger:
                found.add(row)
                progress.done(found.rows)
        except LedgerError as error:
            # what was found before stays told
            found.tell(error.diagnostics, ())
        progress.end()
        found.end(file)
        tell(found.summary()[language])
        return exits.FAULTY if found.faults else exits.DONE

    return Command("check", _PAGE, parameters, run, language)


@dataclass
class _Found(ABC):
    """What a ledger holds, and how many things are to be told about it."""

    ledger: Ledger | None = None
    rows: int = 0
    cases: int = 0
    faulty_rows: int = 0
    faults: int = 0
    notices: int = 0

    def begin(self, ledger: Ledger) -> None:
        """Take the headings."""
        self.ledger = ledger
        self.tell(ledger.faults, ledger.notices)

    def add(self, row: LedgerRow) -> None:
        """Take a row."""
        self.rows += 1
        self.cases += row.facts is not None
        self.faulty_rows += bool(row.faults)
        self.tell(row.faults, row.notices)

    def tell(self, faults: tuple[Diagnostic, ...], notices: tuple[Diagnostic, ...]) -> None:
        """Take what is to be told."""
        self.faults += len(faults)
        self.notices += len(notices)

    @abstractmethod
    def end(self, file: str) -> None:
        """Say what has not been said."""

    def summary(self) -> Text:
        """Return it in one sentence."""
        encoding = self.ledger.encoding if self.ledger and self.ledger.kind == "csv" else None
        zh, en = (f"；编码 {encoding.upper()}", f"; encoding {encoding.upper()}") if encoding is not None else ("", "")
        return Text(
            f"案件 {self.cases} 件，有误的行 {self.faulty_rows} 行，错误 {self.faults} 处，提示 {self.notices} 处{zh}",
            f"cases: {self.cases}; rows with faults: {self.faulty_rows}; faults: {self.faults}; "
            f"notices: {self.notices}{en}",
        )


class _Told(_Found):
    """A page for people. A fault is said where it is met: a ledger may have a hundred thousand."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._notices = Notices()

    def tell(self, faults: tuple[Diagnostic, ...], notices: tuple[Diagnostic, ...]) -> None:
        if faults:
            put_page(("\n" if self.faults else "") + render(faults, self._language))
        super().tell(faults, notices)
        self._notices.add(notices)

    def end(self, file: str) -> None:
        if self.notices:
            if self.faults:
                put("")
            put_page("\n".join(self._notices.lines(self._language)))


@dataclass
class _Data(_Found):
    """Data for programs: everything, one by one."""

    told: tuple[list[Diagnostic], list[Diagnostic]] = field(default_factory=lambda: ([], []))

    def tell(self, faults: tuple[Diagnostic, ...], notices: tuple[Diagnostic, ...]) -> None:
        super().tell(faults, notices)
        self.told[0].extend(faults)
        self.told[1].extend(notices)

    def end(self, file: str) -> None:
        put(json.dumps(self.to_dict(file), ensure_ascii=False, indent=2))

    def to_dict(self, file: str) -> dict[str, Any]:
        """Return it as plain JSON data."""
        ledger, (faults, notices) = self.ledger, self.told
        return {
            "sound": not faults,
            "file": file,
            "kind": ledger.kind if ledger else None,
            "sheet": ledger.sheet if ledger else None,
            "encoding": ledger.encoding if ledger else None,
            "columns": [c.column.fact.name for c in ledger.columns] if ledger else [],
            "counts": {"rows": self.rows, "cases": self.cases, "faulty_rows": self.faulty_rows},
            "faults": [fault.to_dict() for fault in faults],
            "notices": [notice.to_dict() for notice in notices],
        }
