"""`enforcerules explain CASE`: the inspector's page about one case."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Literal

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import Engines, deciding_options, load, read_on_day, read_source
from enforcerules.cli.terminal import put, put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.case import Unknown
    from enforcerules.classification import Classification
    from enforcerules.rulebook import EngineName

_FORMATS = ("text", "markdown", "html", "json", "ics")

_PAGE = Page(
    summary=Text(
        "说明一个案件：结论、应办事项与期限、报表归类、理由、待查事实。",
        "Explains one case: the answer, what must be done by when, the report category, why, and what is open.",
    ),
    more=(
        Text(
            "案件是一个 JSON 对象，`enforcerules schema case` 说明可填的事实；不知道的就不填。",
            "A case is a JSON object; `enforcerules schema case` describes its facts. Leave out what is not known.",
        ),
    ),
    examples=(
        "enforcerules explain examples/made-up-yongchuan-expired-drug.json",
        "enforcerules explain --format json examples/wuxi-complaint-lead.json",
        "enforcerules explain --format ics examples/made-up-transfer-refused.json",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    case = Argument("case", Text("案件文件；`-` 为标准输入", "the file of the case; `-` for standard input"))
    form = Text(
        "输出格式，缺省为 text；json 为完整的分类结果，ics 为有日期的应办事项的日历",
        "the form of the answer, text by default; json is the whole classification, ics a calendar of the duties with "
        "a day",
    )
    rule = Text("只说明这一条规则在本案中的情形", "only how this rule stands in the case")
    full = Text("全部列出，不限于两屏", "everything, rather than what fits two screens")
    parameters = [
        case,
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
        Option(["--rule"], rule, metavar="ID"),
        Option(["--full"], full, is_flag=True),
        *deciding_options(),
    ]

    def run(
        *,
        case: str,
        format: Literal["text", "markdown", "html", "json", "ics"],  # noqa: A002 - the word users know
        rule: str | None,
        full: bool,
        as_of: date | None,
        unknown: Unknown,
        engine: EngineName | None,
        strict: bool,
        rulebook: str | None,
    ) -> int:
        if format in ("json", "ics") and rule is not None:
            said = Text(f"--rule 不用于 {format}", f"--rule does not go with {format}")
            hint = Text(f"{format} 总是说整个案件", f"{format} is always about the whole case")
            raise WrongUsageError(said, hint)
        source = read_source(case, language)
        book = load(rulebook)
        read = read_on_day(book, source, as_of=as_of, today=date.today(), unknown=unknown)
        engines = Engines(engine)
        decision, result = engines.decide(book, read)
        if format == "json":
            put(json.dumps(result.to_dict(), ensure_ascii=False, indent=2))
        elif format == "ics":
            from enforcerules.reports.case_calendar import write_case_calendar

            put(write_case_calendar(decision, result, language=language).decode())
        else:
            from enforcerules.explaining import explain_case

            put_page(
                explain_case(
                    decision, result, language=language, format=format, full=full, engines=result.engine, rule=rule
                )
            )
        engines.say_alone(language)
        return _strictly(result, language) if strict else exits.DONE

    return Command("explain", _PAGE, parameters, run, language)


def _strictly(result: Classification, language: Language) -> int:
    still_open = open_parts(result)
    if not still_open:
        return exits.DONE
    listed = Text("、".join(text.zh for text in still_open), ", ".join(text.en for text in still_open))
    tell(Text(f"待定：{listed.zh}", f"open: {listed.en}")[language])
    return exits.STILL_OPEN


def open_parts(result: Classification) -> list[Text]:
    """Return what --strict asks about and the answer leaves open."""
    found = []
    if result.major_case.verdict == "open":
        found.append(Text("大案要案", "major case"))
    if result.direct_filing.verdict == "open":
        found.append(Text("直接立案", "direct filing"))
    found += [Text(action.title.zh, action.title.en) for action in result.actions if action.verdict == "open"]
    return found
