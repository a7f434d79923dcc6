"""`enforcerules prove [RULEBOOK]`: whether the red lines hold of every case there can be."""

from __future__ import annotations

import json
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of, read_seconds
from enforcerules.cli.inputs import RULEBOOK_FOLDER, find_folder, jobs_option, load
from enforcerules.cli.terminal import Progress, put, put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.review.properties import Proof, RedLine
    from enforcerules.review.standing import Standings
    from enforcerules.rulebook import Rulebook

_FORMATS = ("text", "json")
_SECONDS = 30.0
_VERDICTS = {
    "proved": Text("已证明", "proved"),
    "refuted": Text("有反例", "refuted"),
    "undecided": Text("未决", "undecided"),
    "vacuous": Text("空泛", "vacuous"),
}
_WHY = {
    "undecided": Text("时限已到，不等于已证明", "the time was up; that is no proof"),
    "vacuous": Text("没有任何案件符合它的 `when`", "no case meets its `when`"),
}

_PAGE = Page(
    summary=Text(
        "用 z3 对所有可能的案件证明规则库的红线（properties）；不成立的给出最小的反例，由 reference 引擎复核。",
        "Proves the red lines of a rulebook (its properties) for every case there can be, with z3; a refuted one comes "
        "with the smallest case that breaks it, as the reference engine decides it.",
    ),
    more=(
        Text(
            "有反例或空泛的，退出码为 1；没有反例而有未决的，为 3。需要：pip install z3-solver",
            "Exits with 1 when a red line is refuted or vacuous, with 3 when one is undecided. It needs: "
            "pip install z3-solver",
        ),
    ),
    examples=(
        "enforcerules prove --property value-rising-drops-nothing",
        "enforcerules prove rules --property nothing-required-without-law --format json",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    wanted = Text("只证明这一条，可以重复", "only this red line; may be repeated")
    seconds = Text(
        f"每条红线至多这么多秒，缺省 {_SECONDS:.0f}；时限到了为未决",
        f"at most so many seconds for each red line, {_SECONDS:.0f} by default; then it is undecided",
    )
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    save = Text("把反例作为算例存入此文件夹", "keep each counterexample as a scenario in this folder")
    parameters = [
        Argument("rulebook", RULEBOOK_FOLDER, required=False),
        Option(["--property"], wanted, metavar="ID", multiple=True),
        Option(["--timeout"], seconds, metavar="SECONDS", default=str(_SECONDS), callback=read_seconds),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
        Option(["--save"], save, metavar="FOLDER"),
        jobs_option(),
    ]

    def run(
        *,
        rulebook: str | None,
        property: tuple[str, ...],  # noqa: A002 - the word users know
        timeout: float,
        format: str,  # noqa: A002 - likewise
        save: str | None,
        jobs: int | None,
    ) -> int:
        from enforcerules.review.properties import read_properties
        from enforcerules.review.proving import prove_properties
        from enforcerules.review.standing import Standings
        from enforcerules.rulebook import packaged_folder

        book = load(rulebook)
        folder = packaged_folder() if rulebook is None else find_folder(rulebook)
        lines = _chosen(read_properties(book, folder), property)
        proofs: list[Proof] = []
        elsewhere = None if rulebook is None else folder
        begun = monotonic()
        proving = prove_properties(book, lines, seconds=timeout, folder=elsewhere, jobs=jobs)
        with Progress(language).following() as say:
            for done, line in enumerate(lines):
                say(_now(done, len(lines), line.id))
                proofs.append(next(proving))
        standings = Standings(folder)
        if format == "json":
            put(json.dumps(_to_dict(book, proofs, standings), ensure_ascii=False, indent=2))
        else:
            put_page(_page(book, proofs, monotonic() - begun, standings, language))
        for proof in proofs:
            if save is not None and proof.counterexample is not None:
                from enforcerules.review.keeping import keep_scenario

                path = keep_scenario(book, proof, Path(save))
                tell(Text(f"反例已存为算例：{path}", f"the counterexample is kept as a scenario: {path}")[language])
        verdicts = {proof.verdict for proof in proofs}
        if verdicts & {"refuted", "vacuous"}:
            return exits.FAULTY
        return exits.STILL_OPEN if "undecided" in verdicts else exits.DONE

    return Command("prove", _PAGE, parameters, run, language)


def _chosen(lines: tuple[RedLine, ...], wanted: tuple[str, ...]) -> list[RedLine]:
    by_id = {line.id: line for line in lines}
    for name in wanted:
        if name not in by_id:
            said = Text(f"没有红线 {quoted(name)}", f"there is no red line {quoted(name)}")
            raise WrongUsageError(said, did_you_mean(name, by_id))
    return [by_id[name] for name in dict.fromkeys(wanted)] if wanted else list(lines)


def _now(done: int, of: int, line: str) -> Text:
    return Text(f"已完成 {done}/{of} 条，正在证明 {line}", f"{done} of {of} done, now {line}")


# --- the result ------------------------------------------------------------------------------------


def _page(book: Rulebook, proofs: list[Proof], seconds: float, standings: Standings, language: Language) -> str:
    from enforcerules.review.example_page import example_lines

    lines = []
    for proof in proofs:
        line = proof.line.content
        lines.append(f"{_VERDICTS[proof.verdict][language]}  {line.id}  {line.title[language]}")
        if proof.verdict in _WHY:
            lines.append(f"    {_WHY[proof.verdict][language]}")
        if proof.verdict != "proved":
            lines.append(f"    --> {proof.line.span}")
        if proof.counterexample is not None:
            example = example_lines(book, proof.line, proof.counterexample, standings, language)
            lines += ["    " + text for text in example]
    counts = [
        f"{said[language]} {count}"
        for verdict, said in _VERDICTS.items()
        if (count := sum(proof.verdict == verdict for proof in proofs)) or verdict in ("proved", "refuted")
    ]
    joined = Text("，", ", ")[language].join(counts)
    of = Text(f"红线 {len(proofs)} 条", f"{len(proofs)} red lines")
    lines.append(Text(f"{of.zh}：{joined}（{seconds:.1f} 秒）", f"{of.en}: {joined} ({seconds:.1f} s)")[language])
    return "\n".join(lines)


def _to_dict(book: Rulebook, proofs: list[Proof], standings: Standings) -> dict[str, Any]:
    from enforcerules.model.properties import Monotone
    from enforcerules.review.refuting import Refutation

    found = []
    for proof in proofs:
        line, span = proof.line.content, proof.line.span
        entry: dict[str, Any] = {
            "id": line.id,
            "kind": line.kind,
            "title": line.title.to_dict(),
            "basis": list(line.bases),
            "file": span.source.path,
            "line": span.line,
            "verdict": proof.verdict,
            "seconds": round(proof.seconds, 3),
        }
        if proof.counterexample is not None:
            refutation = Refutation(book, proof.line, proof.counterexample)
            entry["counterexample"] = {
                "facts": dict(proof.counterexample.facts),
                "says": {f"{kind} {name}": verdict.value for kind, name, verdict in refutation.said},
            }
            entry["because"] = [cause.to_dict() for cause in refutation.causes()]
            entry["places"] = [one.to_dict() for one in refutation.standings(standings)]
            if isinstance(line.claim, Monotone):
                entry["counterexample"]["rises"] = {line.claim.fact: proof.counterexample.risen}
        found.append(entry)
    content = book.resolved
    return {
        "rulebook": {"id": content.id, "version": content.version, "sha256": content.sha256},
        "properties": found,
        "counts": {verdict: sum(proof.verdict == verdict for proof in proofs) for verdict in _VERDICTS},
    }
