"""The review packet: everything a committee needs to decide about a change of a rulebook, and where it signs."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.page import cite
from enforcerules.review.diff.answers import KIND_NAMES
from enforcerules.review.diff.changes import Change
from enforcerules.review.diff.compare import RulebookDiff
from enforcerules.review.diff.document import Block, Both, Bullets, Cell, Code, Heading, Paragraph, Table
from enforcerules.review.diff.entries import KINDS
from enforcerules.review.diff.meaning import Meaning
from enforcerules.review.diff.saying import (
    CHECKS,
    OUTCOMES,
    PROOFS,
    STATUSES,
    VERDICTS,
    WEIGHTS,
    Names,
    say_counts,
    say_facts,
    say_shift,
)
from enforcerules.review.diff.witnesses import Witness
from enforcerules.text import Text

_NOTHING = Text("—", "—")
_OLD, _NEW = Text("旧", "old"), Text("新", "new")
_MOST_LISTED = 40
_MOST_BRIEFLY = 5
_SIGNATURES = 4


def build_packet(found: RulebookDiff, *, brief: bool = False) -> list[Block]:
    """Return the packet; `brief` leaves out what a terminal has no room for: quotations, excerpts, signatures."""
    title = Text("规则库变更审阅材料", "Review packet for a change of the rulebook")
    blocks: list[Block] = [Heading(1, title), Paragraph(OUTCOMES[found.outcome], strong=True)]
    blocks += _versions(found)
    if found.changes:
        blocks += _summary(found)
        blocks += _changes(found, brief=brief)
        blocks += _meanings(found, brief=brief)
        blocks += _witnesses(found, brief=brief)
        blocks += _red_lines(found, brief=brief)
        blocks += _scenarios(found, brief=brief)
    blocks += _cases(found)
    if not brief:
        blocks += _checks(found)
        blocks += _sign_off(found)
    return blocks


def _names(found: RulebookDiff) -> Names:
    return Names(found.old.rulebook.resolved, found.new.rulebook.resolved)


def _raw(text: str) -> Text:
    return Text(text, text)


def _versions(found: RulebookDiff) -> Iterator[Block]:
    old, new = found.old.stamp(), found.new.stamp()
    named = {
        "name": Text("来源", "from"),
        "version": Text("版本号", "version"),
        "sha256": Text("文件哈希", "hash of the files"),
        "meaning_sha256": Text("含义哈希（不计文字和排版）", "hash of the meaning (without wording and layout)"),
    }
    rows = [(said, _raw(old[key]), _raw(new[key])) for key, said in named.items()]
    yield Table((Text("", ""), _OLD, _NEW), tuple(rows))


def _summary(found: RulebookDiff) -> Iterator[Block]:
    yield Heading(2, Text("摘要", "Summary"))
    yield Paragraph(say_counts(found))
    counts = found.to_dict()["counts"]
    rows = [
        (KINDS[kind], *(_raw(str(of[status])) for status in ("added", "removed", "changed")))
        for kind, of in counts.items()
    ]
    yield Table((Text("文本", "text"), *(STATUSES[s] for s in ("added", "removed", "changed"))), tuple(rows))


# --- what stands otherwise -------------------------------------------------------------------------


def _changes(found: RulebookDiff, *, brief: bool) -> Iterator[Block]:
    yield Heading(2, Text("逐项变更", "Change by change"))
    scenarios = [change for change in found.changes if change.kind == "scenario"]
    for change in found.changes:
        if change.kind != "scenario":
            yield from _change(found, change, brief=brief)
    if scenarios:
        yield Heading(3, Text("算例", "Scenarios"))
        items = (Text(f"{STATUSES[c.status].zh}：{c.name}", f"{STATUSES[c.status].en}: {c.name}") for c in scenarios)
        yield Bullets(tuple(items))


def _change(found: RulebookDiff, change: Change, *, brief: bool) -> Iterator[Block]:
    kind, status = KINDS[change.kind], STATUSES[change.status]
    title = change.title
    yield Heading(
        3,
        Text(f"{status.zh}{kind.zh} {change.name}：{title.zh}", f"{status.en} {kind.en} {change.name}: {title.en}"),
    )
    meaning = found.meaning(change)
    if meaning is not None:
        yield Paragraph(_verdict(meaning), strong=True)
    elif (reading := _reading(found, change)) is not None:
        yield Paragraph(reading, strong=True)
    elif change.weights <= {"words"}:
        yield Paragraph(Text("只改了文字，不影响任何案件。", "Only words differ; no case is affected."))
    if not brief:
        yield from _bases(found, change)
    if change.parts:
        rows = [(_raw(part.part), _both(part.old), _both(part.new), WEIGHTS[part.weight]) for part in change.parts]
        yield Table((Text("内容", "part"), _OLD, _NEW, Text("性质", "kind of change")), tuple(rows))
    if brief:
        return
    for side, excerpt in ((_OLD, change.old), (_NEW, change.new)):
        if excerpt is not None:
            yield Code(f"{side.zh} {side.en}  {excerpt.file}:{excerpt.line}", excerpt.text)
    touched = [shift.id for shift in found.scenarios if change.rule is not None and change.rule in shift.rules]
    if touched:
        more = f" … ({len(touched)})" if len(touched) > _MOST_LISTED else ""
        names = "、".join(touched[:_MOST_LISTED]) + more
        yield Paragraph(Text(f"结论不同的算例：{names}", f"Scenarios that come out differently: {names}"))


def _reading(found: RulebookDiff, change: Change) -> Text | None:
    """Return which rules that read the thing differ in meaning."""
    names = found.reading(change)
    if not names:
        return None
    told = [meaning for meaning in found.rules if meaning.name in names and meaning.shifts]
    if not told:
        return Text(
            f"用到它的规则{len(names)}条，含义都没有变化。",
            f"{len(names)} rules use it; none of them differs in meaning.",
        )
    verdicts = [(f"{one.name}：{VERDICTS[one.verdict].zh}", f"{one.name}: {VERDICTS[one.verdict].en}") for one in told]
    zh, en = "；".join(zh for zh, _ in verdicts), "; ".join(en for _, en in verdicts)
    return Text(f"用到它而含义有变化的规则：{zh}", f"Rules that use it and differ in meaning: {en}")


def _verdict(meaning: Meaning) -> Text:
    verdict = VERDICTS[meaning.verdict]
    ways = [say_shift(meaning, shift) for shift in meaning.shifts]
    if not ways:
        return Text(f"判定：{verdict.zh}", f"Verdict: {verdict.en}")
    zh, en = "、".join(way.zh for way in ways), ", ".join(way.en for way in ways)
    return Text(f"判定：{verdict.zh}（{zh}）", f"Verdict: {verdict.en} ({en})")


def _bases(found: RulebookDiff, change: Change) -> Iterator[Block]:
    rows = []
    for name in change.clauses:
        editions = (edition.rulebook.resolved for edition in (found.new, found.old))
        book = next((book for book in editions if name in book.clauses), None)
        if book is None:
            continue
        clause = book.clauses[name]
        quoted = f"“{clause.quote}”" if clause.quote else "—"
        rows.append((_raw(name), cite(book, [name], whole=True), Both(clause.gist), _raw(quoted)))
    if rows:
        yield Table(
            (Text("依据", "clause"), Text("出处", "place"), Text("内容", "what it says"), Text("原文", "quotation")),
            tuple(rows),
        )


def _both(said: Text | None) -> Cell:
    return _NOTHING if said is None else Both(said)


# --- what comes out otherwise ----------------------------------------------------------------------


def _meanings(found: RulebookDiff, *, brief: bool) -> Iterator[Block]:
    yield Heading(2, Text("含义的变化", "What differs in meaning"))
    if not found.differing:
        yield Paragraph(
            Text(
                f"已对所有可能的案件判定受影响的{len(found.rules) + len(found.outcomes)}项，含义都相同。",
                f"All {len(found.rules) + len(found.outcomes)} things that depend on a change were decided for every "
                "case there can be: they mean the same.",
            )
        )
        return
    rows = []
    rest = [meaning for meaning in found.differing if meaning.kind == "row"][_MOST_BRIEFLY:] if brief else []
    for meaning in found.differing:
        if meaning in rest:
            continue
        ways = [say_shift(meaning, shift) for shift in meaning.shifts]
        said = Text("；".join(way.zh for way in ways), "; ".join(way.en for way in ways))
        name = Text(f"{meaning.title.zh}（{meaning.name}）", f"{meaning.title.en} ({meaning.name})")
        rows.append((KIND_NAMES[meaning.kind], name, VERDICTS[meaning.verdict], said))
    header = (Text("种类", "kind"), Text("项目", "item"), Text("判定", "verdict"), Text("怎样变化", "how"))
    yield Table(header, tuple(rows))
    if rest:
        yield Paragraph(_more(len(rest)))


def _witnesses(found: RulebookDiff, *, brief: bool) -> Iterator[Block]:
    shown = found.witnesses[:_MOST_BRIEFLY] if brief else found.witnesses
    if shown:
        yield Heading(2, Text("例证", "Witness cases"))
        yield Paragraph(
            Text(
                "每例都是能显示该项变化的最小案件，新旧结论由两个版本的 reference 引擎分别得出。",
                "Each is a smallest case that shows the change; both answers are those of the reference engine.",
            )
        )
    for witness in shown:
        yield from _witness(found, witness)
    if len(shown) < len(found.witnesses):
        yield Paragraph(_more(len(found.witnesses) - len(shown)))


def _more(count: int) -> Text:
    return Text(
        f"另有{count}项，见 --format markdown、html 或 json。", f"{count} more with --format markdown, html or json."
    )


def _witness(found: RulebookDiff, witness: Witness) -> Iterator[Block]:
    yield Heading(3, Text(f"例{witness.number}", f"Case {witness.number}"))
    facts = list(say_facts(found.new.rulebook, witness.facts))
    yield Table((Text("事实", "fact"), Text("内容", "value")), tuple(facts) or ((_NOTHING, _NOTHING),))
    if witness.old_facts != witness.facts:
        old = list(say_facts(found.old.rulebook, witness.old_facts))
        yield Paragraph(
            Text("旧版本没有相应的词，同一案件在旧版本中写作：", "OLD lacks words for it and holds the case as:")
        )
        yield Table((Text("事实", "fact"), Text("内容", "value")), tuple(old) or ((_NOTHING, _NOTHING),))
    names = _names(found)
    rows = [(KIND_NAMES[one.kind], one.title, *names.say(one)) for one in witness.changes]
    if rows:
        yield Table((Text("种类", "kind"), Text("项目", "item"), _OLD, _NEW), tuple(rows))
    else:
        yield Paragraph(
            Text(
                "两个版本对此例的结论相同，只是得出结论的规则不同。",
                "Both versions answer this case alike; only the rules that lead there differ.",
            )
        )


# --- what it touches -------------------------------------------------------------------------------


def _red_lines(found: RulebookDiff, *, brief: bool) -> Iterator[Block]:
    yield Heading(2, Text("红线", "Red lines"))
    if not found.red_lines:
        yield Paragraph(Text("没有红线受影响。", "No red line is touched."))
        return
    shown = [line for line in found.red_lines if not brief or (line.status, line.verdict) != ("same", "proved")]
    kept = sum(line.verdict == "proved" for line in found.red_lines)
    yield Paragraph(
        Text(
            f"受影响的红线{len(found.red_lines)}条，新版本守住{kept}条。",
            f"{len(found.red_lines)} red lines are touched; NEW keeps {kept} of them.",
        )
    )
    if not shown:
        return
    rows = [(_raw(line.id), line.title, STATUSES[line.status], PROOFS[line.verdict]) for line in shown]
    header = (Text("红线", "red line"), Text("内容", "what it says"), Text("文本", "text"), Text("新版本", "NEW"))
    yield Table(header, tuple(rows))


def _scenarios(found: RulebookDiff, *, brief: bool) -> Iterator[Block]:
    yield Heading(2, Text("算例", "Scenarios"))
    telling = [shift for shift in found.scenarios if shift.unmet or shift.faults]
    yield Paragraph(
        Text(
            f"结论有变化的算例{len(found.scenarios)}个，其中期望只在一个版本中满足的{len(telling)}个。",
            f"{len(found.scenarios)} scenarios come out differently; of {len(telling)} the expectation is met by one "
            "version only.",
        )
    )
    rows = []
    for shift in telling[:_MOST_BRIEFLY] if brief else telling:
        of = Text("新版本的算例", "of NEW") if shift.side == "new" else Text("旧版本的算例", "of OLD")
        unmet = Text("；".join(d.message.zh for d in shift.unmet), "; ".join(d.message.en for d in shift.unmet))
        faults = Text("；".join(d.message.zh for d in shift.faults), "; ".join(d.message.en for d in shift.faults))
        other = (unmet, faults) if shift.side == "new" else (faults, unmet)
        rows.append((_raw(shift.id), of, *(said if said.zh else _NOTHING for said in other)))
    if rows:
        header = (
            Text("算例", "scenario"),
            Text("版本", "version"),
            Text("旧版本不符之处", "OLD"),
            Text("新版本不符之处", "NEW"),
        )
        yield Table(header, tuple(rows))
    if len(rows) < len(telling):
        yield Paragraph(_more(len(telling) - len(rows)))


def _cases(found: RulebookDiff) -> Iterator[Block]:
    cases = found.cases
    if cases is None:
        return
    yield Heading(2, Text("所给的案件", "The given cases"))
    beside = len(cases.shifts) - cases.differing
    yield Paragraph(
        Text(
            f"案件{cases.count}件：结论不同的{cases.differing}件，只有待查事实或者提示不同的{beside}件，"
            f"不能读取的{len(cases.faulty)}件。",
            f"{cases.count} cases: {cases.differing} come out differently, {beside} differ in questions or warnings "
            f"only, {len(cases.faulty)} cannot be read.",
        )
    )
    names = _names(found)
    rows = [(KIND_NAMES[one.kind], one.title, *names.say(one), _raw(str(count))) for one, count in cases.tally()]
    if rows:
        header = (Text("种类", "kind"), Text("项目", "item"), _OLD, _NEW, Text("件数", "cases"))
        yield Table(header, tuple(rows[:_MOST_LISTED]))
    differing = [f"{shift.number}" + (f" {shift.case_id}" if shift.case_id else "") for shift in cases.shifts]
    if differing:
        named = "、".join(differing[:_MOST_LISTED]) + (" …" if len(differing) > _MOST_LISTED else "")
        yield Paragraph(Text(f"所在行和编号：{named}", f"Lines and ids: {named}"))


# --- what was checked, and by whom -----------------------------------------------------------------


def _checks(found: RulebookDiff) -> Iterator[Block]:
    yield Heading(2, Text("已做的检查", "Checks run"))
    rows = [(CHECKS[one["check"]], _raw(str(one["count"])), _raw(str(one["found"]))) for one in found.checks()]
    header = (Text("检查", "check"), Text("范围", "over"), Text("不同或者不符", "differing or failing"))
    yield Table(header, tuple(rows))
    yield Paragraph(
        Text(
            "z3 判定的是规则何时成立、结论何时成立。时限、对象、标题、待查事实、提示、疑义不由 z3 判定，只按数据比较。",
            "z3 decides when rules and what they yield hold. Clocks, addressees, titles, questions, warnings and "
            "doubts are not decided by z3 but compared as data.",
        )
    )


def _sign_off(found: RulebookDiff) -> Iterator[Block]:
    yield Heading(2, Text("签署", "Sign-off"))
    yield Paragraph(
        Text(f"所签内容的 SHA-256：{found.sha256}", f"SHA-256 of what is signed: {found.sha256}"), strong=True
    )
    yield Paragraph(
        Text(
            "该哈希由 `enforcerules diff` 的 JSON 结果得出，不含版本来源的名称；"
            "内容有任何变化，哈希即不同，须重新签署。",
            "It is the hash of the JSON result of `enforcerules diff`, the names of the versions left out; any other "
            "content has another hash and must be signed anew.",
        )
    )
    header = (
        Text("审阅人", "reviewer"),
        Text("职务", "role"),
        Text("意见（同意、不同意、修改后再审）", "decision (agreed, rejected, to be mended)"),
        Text("日期", "date"),
        Text("签名", "signature"),
    )
    yield Table(header, (tuple(Text("", "") for _ in header),) * _SIGNATURES, lines=True)
