"""`enforcerules report due`: which report goes to whom on which day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enforcerules.cli import exits
from enforcerules.cli.commands import Command, Option, Page, one_of
from enforcerules.cli.inputs import load, new_file, read_day, read_place, rulebook_option
from enforcerules.cli.terminal import put, put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.reports.due import DueList

_FORMATS = ("text", "json", "ics")
_MOST_ALARM_DAYS = 60

_PAGE = Page(
    summary=Text(
        "列出一地一时期的报送日：哪张报表报给谁、哪天前报，可存为日历文件。",
        "Lists the days on which reports are due at a place: which, to whom, before when; also as a calendar file.",
    ),
    more=(
        Text(
            "“X日前”说成两天：前一日结束前报出最稳妥，当日为最迟。遇节假日、周末的，写明并给出此前最后一个工作日，"
            "日期不移动。没有固定日期的报表另列。",
            "'Before the day' is told as two days: safe by the end of the one before, at the latest on the day itself. "
            "A day off is named, with the last working day before it, and nothing moves. Reports without a day are "
            "listed apart.",
        ),
        Text(
            "不给日期时，列出今天起各报表的下一次。",
            "Without any date it tells what of each report falls due next from today on.",
        ),
    ),
    examples=(
        "enforcerules report due --place 500118 --from 2022-05-01 --until 2022-12-31",
        "enforcerules report due --place 350481 --as-of 2023-09-01 --format ics --alarm 3",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    place = Text(
        "地方的六位代码，如 500118；缺省为规则库的缺省地方",
        "the place, such as 500118; else the rulebook's default place",
    )
    form = Text(
        "输出格式；缺省看 -o 的文件名，再缺省为 text",
        "the form of the answer; else the name after -o tells it, else text",
    )
    alarm = Text("日历中提前几天的上午9时提醒，只用于 ics", "an alarm at nine o'clock so many days ahead; for ics only")
    strict = Text(
        "有报表的效力存疑，或者节假日安排不明时，退出码为 3",
        "exit with 3 when the force of a report is in doubt or public holidays are not known",
    )
    parameters = [
        Option(["--place"], place, metavar="CODE", callback=read_place),
        Option(["--from", "since"], Text("从这一天起", "from this day on"), metavar="DATE", callback=read_day),
        Option(
            ["--until"], Text("到这一天为止，含当日", "until this day, included"), metavar="DATE", callback=read_day
        ),
        Option(
            ["--as-of"],
            Text("这一天起各报表的下一次", "the next of each report from this day on"),
            metavar="DATE",
            callback=read_day,
        ),
        Option(["--format"], form, metavar="|".join(_FORMATS), callback=one_of(*_FORMATS)),
        Option(["--alarm"], alarm, metavar="DAYS", callback=_read_alarm),
        Option(["-o", "--output"], Text("写到这个文件", "write to this file"), metavar="FILE"),
        Option(["--force"], Text("覆盖已有文件", "replace a file that is there"), is_flag=True),
        Option(["--strict"], strict, is_flag=True),
        rulebook_option(),
    ]

    def run(
        *,
        place: str | None,
        since: date | None,
        until: date | None,
        as_of: date | None,
        format: str | None,  # noqa: A002 - the word users know
        alarm: int | None,
        output: str | None,
        force: bool,
        strict: bool,
        rulebook: str | None,
    ) -> int:
        from enforcerules.reports.due import find_due

        _check_dates(since, until, as_of)
        form = format or _named_format(output)
        if alarm is not None and form != "ics":
            said = Text("--alarm 只用于 ics", "--alarm goes with ics only")
            raise WrongUsageError(said, Text("加上 --format ics", "add --format ics"))
        target = None if output is None else new_file(output, force=force)
        if since is None and until is None and as_of is None:
            as_of = date.today()
            tell(Text(f"没有给出日期，按今天 {as_of}", f"no date is given, today is taken: {as_of}")[language])
        dues = find_due(load(rulebook), place, since=since, until=until, as_of=as_of)
        _write(dues, form, target, alarm, language)
        return exits.STILL_OPEN if strict and not dues.settled else exits.DONE

    return Command("due", _PAGE, parameters, run, language)


def _read_alarm(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and int(value[:4]) <= _MOST_ALARM_DAYS):
        shown = quoted(value)
        said = Text(
            f"--alarm 是 0 到 {_MOST_ALARM_DAYS} 的天数，不是 {shown}",
            f"--alarm is a number of days from 0 to {_MOST_ALARM_DAYS}, not {shown}",
        )
        raise WrongUsageError(said, Text("例如 `--alarm 3`", "such as `--alarm 3`"), ctx)
    return int(value)


def _check_dates(since: date | None, until: date | None, as_of: date | None) -> None:
    if as_of is not None and (since is not None or until is not None):
        said = Text("--as-of 与 --from、--until 不能同时使用", "--as-of does not go with --from and --until")
        raise WrongUsageError(said, Text("一个时期，或者某一天起的下一次", "a period, or what is next from a day on"))
    if since is not None and until is not None and since > until:
        said = Text(f"--from {since} 晚于 --until {until}", f"--from {since} is after --until {until}")
        raise WrongUsageError(said, Text("把两个日期对调", "exchange the two dates"))


def _named_format(output: str | None) -> str:
    ending = Path(output or "").suffix.lower().removeprefix(".")
    return ending if ending in _FORMATS else "text"


def _write(dues: DueList, form: str, target: Path | None, alarm: int | None, language: Language) -> None:
    if form == "ics":
        written = dues.to_calendar(language, alarm_days=alarm)
    elif form == "json":
        written = (json.dumps(dues.to_dict(), ensure_ascii=False, indent=2) + "\n").encode()
    else:
        written = dues.to_text(language).encode()
    if target is not None:
        target.write_bytes(written)
        tell(Text(f"已写入 {quoted(str(target))}", f"written to {quoted(str(target))}")[language])
    elif form == "text":
        put_page(written.decode())
    else:
        put(written.decode())
    if form == "ics" and dues.any_time:
        count = len(dues.any_time)
        zh = f"没有固定日期的 {count} 项报表不在日历中；用 --format text 查看"
        en = f"{count} reports without a day are not in the calendar; --format text lists them"
        tell(Text(zh, en)[language])
