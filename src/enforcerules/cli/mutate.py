"""`enforcerules mutate [RULEBOOK]`: which changes of a rulebook nobody would notice."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of, read_number, read_percent, read_seconds
from enforcerules.cli.inputs import RULEBOOK_FOLDER, find_folder, jobs_option, load
from enforcerules.cli.terminal import Progress, put, put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.review.mutation.judging import Fate, Trial

_FORMATS = ("text", "json")
_SECONDS = 3.0

_PAGE = Page(
    summary=Text(
        "把规则库每次改动一步（数额、比较、连接、例外、期间、依据、结果、期限等），看有没有算例或者红线发现；"
        "没有发现的按规则列出，并附上能区分两者的案件。",
        "Changes the rulebook one step at a time (an amount, a comparison, a connective, an exception, a period, a "
        "basis, an outcome, a clock) and reports which changes no scenario and no red line notices, by rule, each with "
        "a case that would tell the difference.",
    ),
    more=(
        Text(
            "发现的比例低于 --fail-under 时，退出码为 1。需要：pip install z3-solver",
            "Exits with 1 when less than --fail-under percent are noticed. It needs: pip install z3-solver",
        ),
    ),
    examples=(
        "enforcerules mutate --rule goods-value-makes-major-case",
        "enforcerules mutate rules --rule transfer-report-written --kind window --survivors",
        "enforcerules mutate --sample 20 --seed 7 --fail-under 90",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    rule = Text(
        "只改这条规则、其依据和所定的处罚，可以重复",
        "change only this rule, the clauses it rests on and the penalties it yields; may be repeated",
    )
    kind = Text("只作这一类改动，可以重复", "only changes of this kind; may be repeated")
    sample = Text("只随机抽取这么多处", "only so many changes, drawn at random")
    seed = Text("抽样的种子，缺省为 0；同一种子抽到同一样本", "the seed of the sample, 0 by default")
    seconds = Text(
        f"每次用 z3 查找至多这么多秒，缺省 {_SECONDS:.0f}；未决的算作未发现",
        f"at most so many seconds for each search by z3, {_SECONDS:.0f} by default; what stays undecided is unnoticed",
    )
    survivors = Text("只列出未发现的改动，不列汇总", "only the changes that nobody noticed, without the summary")
    fail_under = Text("发现的比例低于 N% 时失败", "fail when less than N % were noticed")
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    parameters = [
        Argument("rulebook", RULEBOOK_FOLDER, required=False),
        Option(["--rule"], rule, metavar="ID", multiple=True),
        Option(["--kind"], kind, metavar="KIND", multiple=True),
        Option(["--sample"], sample, metavar="N", callback=read_number),
        Option(["--seed"], seed, metavar="S", default="0", callback=read_number),
        jobs_option(),
        Option(["--timeout"], seconds, metavar="SECONDS", default=str(_SECONDS), callback=read_seconds),
        Option(["--survivors"], survivors, is_flag=True),
        Option(["--fail-under"], fail_under, metavar="N", callback=read_percent),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
    ]

    def run(
        *,
        rulebook: str | None,
        rule: tuple[str, ...],
        kind: tuple[str, ...],
        sample: int | None,
        seed: int,
        jobs: int | None,
        timeout: float,
        survivors: bool,
        fail_under: float | None,
        format: str,  # noqa: A002 - the word users know
    ) -> int:
        from enforcerules.cli.mutation_page import summary_lines, survivor_lines
        from enforcerules.review.mutation.judging import prepare_trial
        from enforcerules.review.mutation.mutation import KINDS
        from enforcerules.review.mutation.running import choose
        from enforcerules.review.mutation.score import Score
        from enforcerules.review.theory import load_z3

        load_z3()
        book = load(rulebook)
        _check(rule, book.resolved.rules, Text("没有规则", "there is no rule"))
        _check(kind, KINDS, Text("没有这类改动", "there is no kind of change"))
        folder = None if rulebook is None else find_folder(rulebook)
        with Progress(language).following() as say:
            say(Text("正在列出改动", "listing the changes"))
            trial = prepare_trial(book, folder)
            say(Text("正在用未改动的规则库运行算例", "running the scenarios on the unchanged rulebook"))
            failing = trial.failing()
        if failing:
            name = quoted(failing[0].id)
            said = Text(
                f"错误: {len(failing)} 个算例在改动之前就不符，例如 {name}；先运行 enforcerules test",
                f"error: {len(failing)} scenarios fail before any change, such as {name}; run enforcerules test first",
            )
            tell(said[language])
            return exits.FAULTY
        numbers = choose(trial, rules=rule, kinds=kind, sample=sample, seed=seed)
        begun = time.monotonic()
        score = Score(_judge(trial, numbers, folder, timeout, jobs, language), time.monotonic() - begun)
        if format == "json":
            put(json.dumps(score.to_dict(book.resolved), ensure_ascii=False, indent=2))
        else:
            lines = survivor_lines(book.resolved, score, language)
            put_page("\n".join(lines if survivors else [*lines, *summary_lines(score, language)]))
        if fail_under is not None and score.percent < fail_under:
            said = Text(
                f"发现 {score.percent:.1f}%，低于要求的 {fail_under:g}%",
                f"{score.percent:.1f} % noticed, less than the {fail_under:g} % asked for",
            )
            tell(said[language])
            return exits.FAULTY
        return exits.DONE

    return Command("mutate", _PAGE, parameters, run, language)


def _check(given: Sequence[str], known: object, said: Text) -> None:
    names = list(known)  # type: ignore[call-overload]
    for name in given:
        if name not in names:
            message = Text(f"{said.zh} {quoted(name)}", f"{said.en} {quoted(name)}")
            raise WrongUsageError(message, did_you_mean(name, names))


def _judge(
    trial: Trial, numbers: Sequence[int], folder: Path | None, seconds: float, jobs: int | None, language: Language
) -> list[Fate]:
    from enforcerules.review.mutation.running import judge_all

    begun, fates = time.monotonic(), []
    with Progress(language).following() as say:
        say(Text(f"正在准备，共 {len(numbers)} 处改动", f"getting ready for {len(numbers)} changes"))
        for fate in judge_all(trial, numbers, folder=folder, seconds=seconds, jobs=jobs):
            fates.append(fate)
            done, of = len(fates), len(numbers)
            left = (time.monotonic() - begun) / done * (of - done)
            minutes, rest = divmod(round(left), 60)
            say(
                Text(
                    f"已判 {done}/{of} 处，约剩 {minutes} 分 {rest} 秒",
                    f"{done} of {of} changes judged, about {minutes} min {rest} s left",
                )
            )
    return fates
