"""What every report from a ledger takes: the ledger and how it is read, whose report it is, and where it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enforcerules.cli.commands import Option, one_of
from enforcerules.cli.inputs import STANDARD_INPUT, new_file, read_day, read_place, rulebook_option, standard_input
from enforcerules.cli.notices import Notices
from enforcerules.cli.report_assumed import assume_option
from enforcerules.cli.terminal import tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import Diagnostic, LedgerError, quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.rulebook import Rulebook

ENCODINGS = ("utf-8", "gb18030")
MEANINGS = ("open", "absent")

# --- options ---------------------------------------------------------------------------------------


def reading_options() -> list[Option]:
    """Return the options that say how a ledger is read."""
    return [
        Option(["--sheet"], Text("工作表的名称", "the name of the sheet"), metavar="NAME"),
        Option(
            ["--encoding"],
            Text("CSV 的编码；缺省自动识别", "how CSV is encoded; else it is found out"),
            metavar="|".join(ENCODINGS),
            callback=one_of(*ENCODINGS),
        ),
    ]


def report_options() -> list[Option]:
    """Return the options of every report: the ledger, the unit, the day, the place, the file to write."""
    meanings = Text(
        "未填的事实：open 为未知（缺省），absent 能按“没有”处理的按“没有”处理",
        "facts not given: open leaves them unknown (default), absent takes them as none where they may be",
    )
    ledger = Text(
        "台账（.xlsx、.csv、.jsonl）；`-` 为标准输入的 JSON Lines",
        "the ledger (.xlsx, .csv, .jsonl); `-` for JSON Lines on standard input",
    )
    return [
        Option(["--ledger"], ledger, metavar="FILE", required=True),
        *reading_options(),
        Option(["--unit"], Text("填报单位的名称", "the name of the reporting unit"), metavar="NAME", required=True),
        Option(
            ["--as-of"],
            Text("填报日期；此后立案的不计", "the date of the report; what is filed later is not counted"),
            metavar="DATE",
            required=True,
            callback=read_day,
        ),
        Option(["-o", "--output"], Text("写到这个文件", "write to this file"), metavar="FILE"),
        Option(
            ["--place"],
            Text("台账没有写辖区的案件，按这个辖区，如 500118", "the place of cases that name none, such as 500118"),
            metavar="CODE",
            callback=read_place,
        ),
        Option(["--unknown"], meanings, metavar="|".join(MEANINGS), default="open", callback=one_of(*MEANINGS)),
        assume_option(),
        Option(
            ["--processes"],
            Text("用几个进程；缺省为处理器个数", "how many processes; else as many as processors"),
            metavar="N",
            type=click.IntRange(1, 64),
        ),
        Option(["--force"], Text("覆盖已有文件", "replace a file that is there"), is_flag=True),
        rulebook_option(),
    ]


def check_output(output: str, ledger: str, *, force: bool) -> Path:
    """Return the file to write.

    Raises:
        WrongUsageError: when it is the ledger, is there already and `force` is not given, or has no folder.

    """
    path = Path(output)
    if path.exists() and Path(ledger).exists() and path.samefile(ledger):
        said = Text(f"{quoted(output)} 就是台账", f"{quoted(output)} is the ledger itself")
        raise WrongUsageError(said, Text("另写一个文件名", "name another file"))
    return new_file(output, force=force)


# --- the cases of the ledger -----------------------------------------------------------------------


class LedgerCases:
    """The cases of a ledger, each with where it stands, as reports take them. Goes through once.

    `faults` collects what is wrong with the rows that are left out on the way, and `notices` what a person
    should know; both are complete when all cases were taken.
    """

    def __init__(
        self, book: Rulebook, ledger: str, language: Language, *, sheet: str | None = None, encoding: str | None = None
    ) -> None:
        self._book, self._ledger, self._language = book, ledger, language
        self._sheet, self._encoding = sheet, encoding
        self.faults: list[Diagnostic] = []
        self.notices = Notices()
        self.without_place = 0

    def __iter__(self) -> Iterator[tuple[str, dict[str, Any]]]:
        try:
            yield from self._cases()
        except LedgerError as error:
            # a file may break off in the middle; what was found before stays told
            self.faults += error.diagnostics

    def _cases(self) -> Iterator[tuple[str, dict[str, Any]]]:
        from enforcerules.reports.ledger import read_ledger

        stream = standard_input(self._language) if self._ledger == STANDARD_INPUT else None
        ledger = read_ledger(self._book, self._ledger, sheet=self._sheet, encoding=self._encoding, stream=stream)
        self.faults += ledger.faults
        self.notices.add(ledger.notices)
        for row in ledger:
            self.faults += row.faults
            self.notices.add(row.notices)
            if row.facts is not None:
                self.without_place += row.facts.get("jurisdiction") is None
                yield f"第{row.number}行", dict(row.facts)

    def conclude(self, faults: Iterable[Diagnostic] = ()) -> None:
        """Tell the notices, and stop where there is any fault: of the ledger, or `faults` of its cases.

        Raises:
            LedgerError: with every fault.

        """
        for line in self.notices.lines(self._language):
            tell(line)
        found = [*self.faults, *faults]
        if found:
            raise LedgerError(found)
