"""`enforcerules classify CASES`: JSON Lines in, JSON Lines out, for case systems."""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Page
from enforcerules.cli.explain import open_parts
from enforcerules.cli.inputs import STANDARD_INPUT, Engines, deciding_options, load, read_on_day, standard_input
from enforcerules.cli.terminal import Progress, put, tell
from enforcerules.errors import CaseError, DisagreementError
from enforcerules.syntax.case_lines import at_line, case_lines, line_source
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.case import Unknown
    from enforcerules.rulebook import EngineName

_PAGE = Page(
    summary=Text(
        "给许多案件分类：JSON Lines 进，JSON Lines 出，一行一案。",
        "Classifies many cases: JSON Lines in, JSON Lines out, one case a line.",
    ),
    more=(
        Text(
            '输出与输入同序。有错的行输出 {"line": 行号, "error": [...]}，其余各行照常处理，最后退出码为 1。空行略过。',
            'The order is kept. A faulty line comes out as {"line": number, "error": [...]}; the others go on, and '
            "the exit code is 1 at the end. Empty lines are passed over.",
        ),
    ),
    examples=("enforcerules classify examples/cases.jsonl",),
)


def command(language: Language) -> Command:
    """Return the command."""
    cases = Argument("cases", Text("JSON Lines 文件；`-` 为标准输入", "a file of JSON Lines; `-` for standard input"))

    def run(
        *,
        cases: str,
        as_of: date | None,
        unknown: Unknown,
        engine: EngineName | None,
        strict: bool,
        rulebook: str | None,
    ) -> int:
        book = load(rulebook)
        engines = Engines(engine)
        # one day for the whole run, also past midnight
        today = date.today()
        tally = _Tally()
        progress = Progress(language)

        def answer(number: int, line: bytes) -> dict[str, Any]:
            try:
                case = read_on_day(book, line_source(cases, line), as_of=as_of, today=today, unknown=unknown)
                _, result = engines.decide(book, case)
            except (CaseError, DisagreementError) as error:
                tally.failed.append(number)
                tally.disagreed |= isinstance(error, DisagreementError)
                return {"line": number, "error": [at_line(d, number).to_dict() for d in error.diagnostics]}
            tally.still_open += bool(open_parts(result))
            return result.to_dict()

        with opened(cases, language) as stream:
            for number, line in case_lines(cases, stream):
                put(json.dumps(answer(number, line), ensure_ascii=False, separators=(",", ":")))
                # whoever reads may be waiting for this very line
                sys.stdout.flush()
                tally.count += 1
                progress.done(tally.count)
        progress.end()
        engines.say_alone(language)
        return tally.conclude(language, strict=strict)

    return Command("classify", _PAGE, [cases, *deciding_options()], run, language)


@dataclass
class _Tally:
    """How many cases there were, and what became of them."""

    count: int = 0
    failed: list[int] = field(default_factory=list)
    still_open: int = 0
    disagreed: bool = False

    def conclude(self, language: Language, *, strict: bool) -> int:
        """Say what a person must look at, and return the exit code."""
        if not self.count:
            tell(Text("没有案件", "there are no cases")[language])
        if self.failed:
            first = [str(number) for number in self.failed[:_MOST_LINES]]
            more = ["…"] if len(self.failed) > _MOST_LINES else []
            zh = f"{self.count} 件中 {len(self.failed)} 件有误：第 {'、'.join(first + more)} 行"
            en = f"{len(self.failed)} of {self.count} cases failed: line {', '.join(first + more)}"
            tell(Text(zh, en)[language])
        if strict and self.still_open:
            zh, en = f"{self.count} 件中 {self.still_open} 件待定", f"{self.still_open} of {self.count} cases are open"
            tell(Text(zh, en)[language])
        if self.disagreed:
            return exits.DISAGREEMENT
        if self.failed:
            return exits.FAULTY
        return exits.STILL_OPEN if strict and self.still_open else exits.DONE


_MOST_LINES = 10


# --- lines -----------------------------------------------------------------------------------------


def opened(name: str, language: Language) -> AbstractContextManager[BinaryIO]:
    """Open a file of cases, or standard input.

    Raises:
        CaseError: when it cannot be read.

    """
    from enforcerules.syntax.files import read_text

    if name == STANDARD_INPUT:
        return nullcontext(standard_input(language))
    try:
        return Path(name).open("rb")
    except OSError:
        _, faults = read_text(Path(name))
        raise CaseError(faults) from None
