"""`enforcerules ledger new FILE` and `ledger check FILE`: the spreadsheet in which a bureau keeps its cases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, CommandGroup, Option, Page, one_of
from enforcerules.cli.inputs import load, rulebook_option
from enforcerules.cli.terminal import Progress, put, put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import SEVERITIES, Diagnostic, LedgerError, quoted, render
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.reports.ledger import Ledger, LedgerRow

_FORMATS = ("text", "json")
_KINDS = ("xlsx", "csv")
_ENCODINGS = ("utf-8", "gb18030")
_MOST_ROWS = 8

_PAGE = Page(
    summary=Text(
        "案件台账：生成空白台账，检查填好的台账。", "The case ledger: makes an empty one, checks a filled one."
    ),
    examples=("enforcerules ledger check examples/ledger-yongchuan-2022.xlsx",),
)
_NEW = Page(
    summary=Text(
        "生成空白台账，供手工填写：标题、下拉列表、填写提示、一行示例、填表说明。",
        "Makes an empty ledger to fill in by hand: headings, lists to choose from, help, an example row.",
    ),
    more=(Text("已有的文件不会被覆盖。", "A file that is there is never replaced."),),
    examples=("enforcerules ledger new ledger.xlsx", "enforcerules ledger new ledger.csv"),
)
_CHECK = Page(
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


def command(language: Language) -> CommandGroup:
    """Return the command."""
    return CommandGroup("ledger", _PAGE, [_new(language), _check(language)], language)


# --- new -------------------------------------------------------------------------------------------


def _new(language: Language) -> Command:
    file = Argument("file", Text("要生成的文件（.xlsx 或 .csv）", "the file to make (.xlsx or .csv)"))
    form = Text("格式；缺省看文件名", "the kind of file; else the name tells it")
    parameters = [
        file,
        Option(["--format"], form, metavar="|".join(_KINDS), callback=one_of(*_KINDS)),
        rulebook_option(),
    ]

    def run(*, file: str, format: str | None, rulebook: str | None) -> int:  # noqa: A002 - the word users know
        from enforcerules.reports.ledger import write_ledger

        path = Path(file)
        kind = path.suffix.lower().lstrip(".")
        if kind not in _KINDS or (format is not None and format != kind):
            ending = f".{format}" if format is not None else ".xlsx"
            said = Text(
                f"文件名 {quoted(file)} 与格式不符", f"the name {quoted(file)} does not go with the kind of file"
            )
            raise WrongUsageError(said, Text(f"以 `{ending}` 结尾", f"let it end in `{ending}`"))
        if path.exists():
            said = Text(f"文件 {quoted(file)} 已经存在", f"the file {quoted(file)} is there already")
            raise WrongUsageError(said, Text("换一个文件名，或者先移走它", "choose another name, or move it away"))
        book = load(rulebook)
        write_ledger(book, path, example=True)
        count = len(book.resolved.vocabulary.facts)
        put_page(
            Text(
                f"已生成空白台账 {file}，共 {count} 栏。填好后运行：enforcerules ledger check {file}",
                f"made an empty ledger of {count} columns, {file}. When it is filled: enforcerules ledger check {file}",
            )[language]
        )
        return exits.DONE

    return Command("new", _NEW, parameters, run, language)


# --- check -----------------------------------------------------------------------------------------


def _check(language: Language) -> Command:
    parameters = [
        Argument("file", Text("台账（.xlsx、.csv、.jsonl）", "the ledger (.xlsx, .csv, .jsonl)")),
        Option(["--sheet"], Text("工作表的名称", "the name of the sheet"), metavar="NAME"),
        Option(
            ["--encoding"],
            Text("CSV 的编码；缺省自动识别", "how CSV is encoded; else it is found out"),
            metavar="|".join(_ENCODINGS),
            callback=one_of(*_ENCODINGS),
        ),
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
        found = _Found()
        progress = Progress(language)
        try:
            ledger = read_ledger(book, file, sheet=sheet, encoding=encoding)
            found.begin(ledger)
            for row in ledger:
                found.add(row)
                progress.done(found.rows)
        except LedgerError as error:
            # what was found before stays told
            found.faults += error.diagnostics
        progress.end()
        if format == "json":
            put(json.dumps(found.to_dict(file), ensure_ascii=False, indent=2))
        else:
            found.put_text(language)
        tell(found.summary()[language])
        return exits.FAULTY if found.faults else exits.DONE

    return Command("check", _CHECK, parameters, run, language)


@dataclass
class _Found:
    """What a ledger holds, and what is to be told about it."""

    ledger: Ledger | None = None
    rows: int = 0
    cases: int = 0
    faulty_rows: int = 0
    faults: list[Diagnostic] = field(default_factory=list)
    notices: list[Diagnostic] = field(default_factory=list)

    def begin(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.faults += ledger.faults
        self.notices += ledger.notices

    def add(self, row: LedgerRow) -> None:
        self.rows += 1
        self.cases += row.facts is not None
        self.faulty_rows += bool(row.faults)
        self.faults += row.faults
        self.notices += row.notices

    def put_text(self, language: Language) -> None:
        if self.faults:
            put_page(render(self.faults, language))
        if self.notices:
            if self.faults:
                put("")
            put_page("\n".join(_gathered(self.notices, language)))

    def to_dict(self, file: str) -> dict[str, Any]:
        ledger = self.ledger
        return {
            "sound": not self.faults,
            "file": file,
            "kind": ledger.kind if ledger else None,
            "sheet": ledger.sheet if ledger else None,
            "encoding": ledger.encoding if ledger else None,
            "columns": [c.column.fact.name for c in ledger.columns] if ledger else [],
            "counts": {"rows": self.rows, "cases": self.cases, "faulty_rows": self.faulty_rows},
            "faults": [fault.to_dict() for fault in self.faults],
            "notices": [notice.to_dict() for notice in self.notices],
        }

    def summary(self) -> Text:
        encoding = self.ledger.encoding if self.ledger and self.ledger.kind == "csv" else None
        coded = (
            Text(f"；编码 {encoding.upper()}", f"; encoding {encoding.upper()}")
            if encoding is not None
            else Text("", "")
        )
        return Text(
            f"案件 {self.cases} 件，有误的行 {self.faulty_rows} 行，错误 {len(self.faults)} 处，"
            f"提示 {len(self.notices)} 处{coded.zh}",
            f"cases: {self.cases}; rows with faults: {self.faulty_rows}; faults: {len(self.faults)}; "
            f"notices: {len(self.notices)}{coded.en}",
        )


def _gathered(notices: Iterable[Diagnostic], language: Language) -> list[str]:
    """Return a line for each kind of notice in each column: a ledger may have thousands that say the same."""
    kinds: dict[tuple[Any, ...], list[Diagnostic]] = {}
    for notice in notices:
        cell = notice.cell
        kinds.setdefault((notice.code, notice.message, cell and cell.column), []).append(notice)
    lines = []
    for (code, message, _), same in kinds.items():
        cell = same[0].cell
        rows = [str(n.cell.row) for n in same if n.cell is not None and n.cell.row is not None]
        more = "…" if len(rows) > _MOST_ROWS else ""
        where = []
        if cell is not None and cell.letters is not None:
            named = f" {quoted(cell.heading)}" if cell.heading else ""
            where.append(Text(f"{cell.letters}列{named}", f"column {cell.letters}{named}")[language])
        if rows:
            shown = ("、" if language == "zh" else ", ").join(rows[:_MOST_ROWS]) + more
            counted = Text(f"第{shown}行", f"row {shown}")
            where.append(
                (Text(f"{counted.zh}（共{len(rows)}处）", f"{counted.en} ({len(rows)} in all)") if more else counted)[
                    language
                ]
            )
        place = f"{'，' if language == 'zh' else ', '}".join(where)
        between = Text("：", ": ")[language] if place else ""
        head = SEVERITIES[same[0].severity][language]
        lines.append(f"{head}[{code}]: {place}{between}{message[language]}")
    return lines
