"""`enforcerules test [RULEBOOK]`: whether a rulebook says what its scenarios expect, and what they cover."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of, read_percent
from enforcerules.cli.inputs import RULEBOOK_FOLDER, engine_option, find_folder, jobs_option, load
from enforcerules.cli.terminal import Progress, put, put_faults, put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import Diagnostic, RulebookError, did_you_mean, quoted, render
from enforcerules.text import Language, Text, printable

if TYPE_CHECKING:
    from enforcerules.cli.junit import JunitCase
    from enforcerules.cli.scenario_runs import Run, Runs
    from enforcerules.review.coverage import Coverage
    from enforcerules.review.difference import Difference
    from enforcerules.review.scenarios import ScenarioResult, Variant
    from enforcerules.review.standing import Standings
    from enforcerules.rulebook import EngineName, Rulebook

_FORMATS = ("text", "json")

_PAGE = Page(
    summary=Text(
        "运行规则库的算例：应当得出什么、不得得出什么、什么待定、该问什么；不符的并列出应为与实为，并说明原因。",
        "Runs the scenarios of a rulebook: what must follow, what must not, what stays open, what is asked. Where "
        "one fails, expected and actual stand side by side, with the rules behind the difference.",
    ),
    more=(
        Text(
            "--coverage 列出哪些规则、例外和条件在算例中两面都判定过（成立过，也不成立过），哪些没有。",
            "--coverage tells which rules, exceptions and conditions came out both ways (met in one scenario, not met "
            "in another), and which did not.",
        ),
    ),
    examples=(
        "enforcerules test examples/own-rulebook",
        "enforcerules test --only S-29",
        "enforcerules test rules --coverage --fail-under 95",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    only = Text(
        "只运行这个算例，或其中一个变例 ID[name]；可多次给出",
        "only this scenario, or one variant of it, ID[name]; repeatable",
    )
    coverage = Text("列出两面都判定过的规则、例外和条件", "which rules, exceptions and conditions came out both ways")
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    junit = Text("另写一份 JUnit XML 到这个文件", "also write JUnit XML to this file")
    fail_under = Text(
        "规则、例外、条件中任何一项的覆盖比例低于 N% 时失败；含 --coverage",
        "fail when less than N % of the rules, exceptions or conditions came out both ways; implies --coverage",
    )
    parameters = [
        Argument("rulebook", RULEBOOK_FOLDER, required=False),
        Option(["--only"], only, metavar="ID", multiple=True),
        Option(["--coverage"], coverage, is_flag=True),
        Option(["--fail-under"], fail_under, metavar="N", callback=read_percent),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
        Option(["--junit"], junit, metavar="FILE"),
        engine_option(),
        jobs_option(),
    ]

    def run(
        *,
        rulebook: str | None,
        only: tuple[str, ...],
        coverage: bool,
        fail_under: float | None,
        format: str,  # noqa: A002 - the word users know
        junit: str | None,
        engine: EngineName | None,
        jobs: int | None,
    ) -> int:
        from enforcerules.cli.scenario_runs import run_all
        from enforcerules.review.scenarios import read_scenarios
        from enforcerules.rulebook import packaged_folder

        book = load(rulebook)
        folder = None if rulebook is None else find_folder(rulebook)
        try:
            variants = read_scenarios(book, folder)
        except RulebookError as error:
            return _refuse(error.diagnostics, format, junit, language)
        progress = Progress(language)
        runs = run_all(
            book,
            folder,
            variants,
            _chosen(variants, only),
            asked=engine,
            measured=coverage or fail_under is not None,
            jobs=jobs,
            done=progress.done,
        )
        progress.end()
        found = _Found(runs, folder or packaged_folder())
        if format == "json":
            put(json.dumps(found.to_dict(book), ensure_ascii=False, indent=2))
        else:
            put_page("\n".join(found.lines(language)))
        runs.engines.say_alone(language)
        code = found.conclude(fail_under, language)
        if junit is not None:
            cases = [found.test_case(entry, language) for entry in found.entries]
            code = code if _write_junit(junit, cases, language) else code or exits.FAULTY
        return code

    return Command("test", _PAGE, parameters, run, language)


def _chosen(variants: Sequence[Variant], only: Sequence[str]) -> list[int]:
    known = dict.fromkeys(name for variant in variants for name in (variant.scenario, variant.id))
    for name in only:
        if name not in known:
            said = Text(f"没有算例 {quoted(name)}", f"there is no scenario {quoted(name)}")
            raise WrongUsageError(said, did_you_mean(name, known))
    return [
        number for number, variant in enumerate(variants) if not only or variant.scenario in only or variant.id in only
    ]


# --- the result ---------------------------------------------------------------------------------------


@dataclass
class _Found:
    """What came of all of them, and where their rulebook is."""

    runs: Runs
    folder: Path

    @property
    def entries(self) -> list[Run]:
        return self.runs.entries

    @property
    def coverage(self) -> Coverage | None:
        return self.runs.coverage

    @cached_property
    def standings(self) -> Standings:
        """Where things stand in the rulebook: read anew, and only when something failed."""
        from enforcerules.review.standing import Standings

        return Standings(self.folder)

    @property
    def failed(self) -> int:
        return sum(not entry.passed for entry in self.entries)

    def lines(self, language: Language) -> list[str]:
        """Return everything in words: what failed, the coverage where it was asked for, and the sum."""
        from enforcerules.cli.coverage_page import coverage_lines

        lines: list[str] = []
        for entry in self.entries:
            if not entry.passed:
                lines += [*self.failure(entry, language), ""]
        if self.coverage is not None:
            lines += [*coverage_lines(self.coverage, language), ""]
        count, scenarios = len(self.entries), len({entry.variant.scenario for entry in self.entries})
        if self.failed:
            said = Text(f"{count} 个变例中 {self.failed} 个不符", f"{self.failed} of {count} variants failed")
        else:
            said = Text(
                f"{scenarios} 个算例、{count} 个变例全部相符", f"all {count} variants passed, scenarios: {scenarios}"
            )
        return [*lines, said[language]]

    def to_dict(self, book: Rulebook) -> dict[str, Any]:
        """Return everything as plain JSON data, the same for the same rulebook and engine."""
        resolved = book.resolved
        found: dict[str, Any] = {
            "rulebook": {"id": resolved.id, "version": resolved.version, "sha256": resolved.sha256},
            "engine": self.runs.engine,
            "passed": len(self.entries) - self.failed,
            "failed": self.failed,
            "variants": [self._as_data(entry) for entry in self.entries],
            "faults": [],
        }
        return found if self.coverage is None else {**found, "coverage": self.coverage.to_dict()}

    def failure(self, entry: Run, language: Language) -> list[str]:
        """Return in words what came of a variant that failed."""
        from enforcerules.review.failure_page import failure_lines

        if entry.failed is not None:
            return list(failure_lines(entry.failed, self.standings, language))
        assert entry.disagreement is not None
        return [
            f"✗ {entry.variant.id}  {entry.variant.span()}",
            *render(entry.disagreement.diagnostics, language).splitlines(),
        ]

    def _as_data(self, entry: Run) -> dict[str, Any]:
        from enforcerules.review.failure_page import find_standings

        variant, result = entry.variant, entry.failed
        found: dict[str, Any] = {
            "id": variant.id,
            "scenario": variant.scenario,
            "title": variant.title.to_dict(),
            "name": variant.name.to_dict(),
            "file": variant.file.document.source.path,
            "line": variant.span().line,
            "passed": entry.passed,
        }
        if entry.disagreement is not None:
            found["error"] = [diagnostic.to_dict() for diagnostic in entry.disagreement.diagnostics]
        elif result is None:
            found["differences"] = []
        else:
            found["differences"] = [_difference(result, each) for each in result.differences]
            found["places"] = [one.to_dict() for one in find_standings(result, self.standings)]
        return found

    def test_case(self, entry: Run, language: Language) -> JunitCase:
        """Return what came of a variant as JUnit XML has it."""
        from enforcerules.cli.junit import JunitCase

        variant = entry.variant
        failure = error = None
        if entry.disagreement is not None:
            error = (entry.disagreement.diagnostics[0].message[language], self.failure(entry, language))
        elif entry.failed is not None:
            failure = (entry.failed.differences[0].message[language], self.failure(entry, language))
        span = variant.span()
        return JunitCase(
            span.source.path, span.line, variant.scenario, variant.name[language], entry.seconds, failure, error
        )

    def conclude(self, fail_under: float | None, language: Language) -> int:
        """Say which share is too small, and return the exit code."""
        if not self.entries:
            tell(Text("规则库没有算例", "the rulebook has no scenarios")[language])
        if any(entry.disagreement for entry in self.entries):
            return exits.DISAGREEMENT
        short = False
        if self.coverage is not None and fail_under is not None:
            words = {"rules": Text("规则", "rules"), "exceptions": Text("例外", "exceptions")}
            for kind, share in self.coverage.shares().items():
                if share.percent < fail_under:
                    short = True
                    name = words.get(kind, Text("条件", "conditions"))
                    said = Text(
                        f"{name.zh}的覆盖比例 {share.percent:.1f}% 低于 {fail_under:g}%",
                        f"coverage of {name.en} is {share.percent:.1f} %, less than {fail_under:g} %",
                    )
                    tell(said[language])
        return exits.FAULTY if short or self.failed else exits.DONE


# --- what came of one ------------------------------------------------------------------------------


def _difference(result: ScenarioResult, each: Difference) -> dict[str, Any]:
    from enforcerules.review.causes import find_causes, find_remark

    remark = find_remark(result.decision, each)
    because = [cause.to_dict() for cause in find_causes(result.decision, each)]
    return {**each.to_dict(), "because": because, "remark": remark.to_dict() if remark else None}


# --- faulty scenario files -------------------------------------------------------------------------


def _refuse(faults: Sequence[Diagnostic], format: str, junit: str | None, language: Language) -> int:  # noqa: A002
    """Tell the faults of scenario files. Nothing is run: a faulty expectation proves nothing."""
    if junit is not None:
        from enforcerules.cli.junit import fault_case

        _write_junit(junit, [fault_case(fault, language) for fault in faults], language)
    if format == "json":
        put(json.dumps({"faults": [fault.to_dict() for fault in faults]}, ensure_ascii=False, indent=2))
    else:
        put_faults(faults, language)
    count = len(faults)
    tell(Text(f"{count} 处错误", f"{count} fault{'s' if count > 1 else ''}")[language])
    return exits.FAULTY


def _write_junit(name: str, cases: Sequence[JunitCase], language: Language) -> bool:
    """Write the file, or tell why it cannot be written and return False."""
    from enforcerules.cli.junit import render_junit

    try:
        Path(name).write_bytes(render_junit(cases))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        tell(
            Text(f"错误: 无法写入 {printable(name)}：{reason}", f"error: cannot write {printable(name)}: {reason}")[
                language
            ]
        )
        return False
    return True
