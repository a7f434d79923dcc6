"""What came of scenarios, for people: what was expected beside what came out, and why; what was covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcerules.cli.columns import align
from enforcerules.explaining.page import Line
from enforcerules.explaining.trace import MARKS
from enforcerules.review.causes import Cause, find_causes, find_remark
from enforcerules.review.coverage import Coverage, Sides
from enforcerules.review.differences import say_value
from enforcerules.review.scenarios import ScenarioResult
from enforcerules.review.standing import KINDS, Standing, Standings
from enforcerules.text import Language, Text, wrap
from enforcerules.values import Truth

_LINE_WIDTH = 96

_DIFFERENCE = (
    Text("期望项", "expectation"),
    Text("名称", "name"),
    Text("应为", "expected"),
    Text("实为", "actual"),
    Text("行", "line"),
)
_NO_RULE = Text("没有哪条规则能得出它", "there is no rule that it could follow from")
_WHY = Text("原因", "why")
_WHERE = Text("所在", "where")


def failure_lines(result: ScenarioResult, standings: Standings, language: Language) -> Iterator[str]:
    """Yield a variant that failed: expected and actual side by side, the rules behind it, and where they stand."""
    variant = result.variant
    yield f"✗ {variant.id}  {variant.span()}"
    yield f"  {variant.title[language]}{'：' if language == 'zh' else ': '}{variant.name[language]}"
    yield ""
    rows = [
        [
            found.part,
            found.name or "",
            say_value(found.expected)[language],
            say_value(found.actual)[language],
            str(found.span.line),
        ]
        for found in result.differences
    ]
    yield from align([[heading[language] for heading in _DIFFERENCE], *rows], indent=4)
    yield ""
    causes, remarks = find_all_causes(result), _remarks(result)
    yield from why_lines(causes, language)
    for remark in remarks:
        yield from _wrapped("    – ", remark[language])
    if not causes and not remarks:
        yield f"    {_NO_RULE[language]}"
    yield from standing_lines(find_standings(result, standings), language)


def find_standings(result: ScenarioResult, standings: Standings) -> tuple[Standing, ...]:
    """Return where that stands which makes a variant fail."""
    rules = [cause.rule for cause in find_all_causes(result)]
    return standings.behind(result.decision, rules, result.differences)


def standing_lines(found: Sequence[Standing], language: Language) -> Iterator[str]:
    """Yield where things stand, as a block."""
    if found:
        yield f"  {_WHERE[language]}{'：' if language == 'zh' else ':'}"
        yield from align([[KINDS[one.kind][language], one.name, str(one.span)] for one in found], indent=4)


def why_lines(causes: Sequence[Cause], language: Language) -> Iterator[str]:
    """Yield rules with what decided each, as a block."""
    yield f"  {_WHY[language]}{'：' if language == 'zh' else ':'}"
    for cause in causes:
        yield from _cause_lines(cause, language)


def find_all_causes(result: ScenarioResult) -> list[Cause]:
    """Return the rules behind all the differences, each once."""
    found = {cause.rule: cause for each in result.differences for cause in find_causes(result.decision, each)}
    return list(found.values())


def _remarks(result: ScenarioResult) -> list[Text]:
    found = (find_remark(result.decision, each) for each in result.differences)
    return list(dict.fromkeys(remark for remark in found if remark is not None))


def _cause_lines(cause: Cause, language: Language) -> Iterator[str]:
    yield from _wrapped(f"    {MARKS[cause.verdict]} ", f"{cause.rule}  {cause.title[language]}")
    for line in cause.lines:
        yield from _trace_lines(line, language, 6)


def _trace_lines(line: Line, language: Language, indent: int) -> Iterator[str]:
    cited = f" [{', '.join(line.clauses)}]" if line.clauses else ""
    yield from _wrapped(f"{' ' * indent}{line.mark} ", f"{line.text[language]}{cited}")
    for inner in line.inner:
        yield from _trace_lines(inner, language, indent + 2)


def _wrapped(lead: str, text: str) -> Iterator[str]:
    first, *more = wrap(text, _LINE_WIDTH - len(lead))
    yield lead + first
    for rest in more:
        yield " " * len(lead) + rest


# --- coverage --------------------------------------------------------------------------------------

_COVERED = {
    "rules": Text("规则", "rules"),
    "exceptions": Text("例外", "exceptions"),
    "leaves": Text("条件", "conditions"),
}
_SHARES = (Text("覆盖", "coverage"), Text("两面都判定", "both ways"), Text("共", "of"), Text("比例", "share"))
_GAPS = (Text("规则", "rule"), Text("内容", "what"), Text("缺", "never"))
_SIDES = {Truth.MET: Text("成立", "met"), Truth.NOT_MET: Text("不成立", "not met")}
_TAKEN = {Truth.MET: Text("取代", "taken"), Truth.NOT_MET: Text("不取代", "not taken")}
_APART = Text(
    "以下例外不可能出现，不计入：两条规则从不在同一地方、同一天都有效",
    "These exceptions cannot arise and are not counted: the two rules are never law in one place on one day",
)
_ALL_BOTH = Text("全部都判定过两面", "everything came out both ways")


def coverage_lines(coverage: Coverage, language: Language) -> Iterator[str]:
    """Yield how much came out both ways, and what did not."""
    shares = [
        [_COVERED[kind][language], str(share.decided), str(share.total), f"{share.percent:.1f}%"]
        for kind, share in coverage.shares().items()
    ]
    yield from align([[heading[language] for heading in _SHARES], *shares])
    yield ""
    gaps = list(_gaps(coverage, language))
    if gaps:
        yield from align([[heading[language] for heading in _GAPS], *gaps], widest=52)
    else:
        yield _ALL_BOTH[language]
    if coverage.apart:
        yield ""
        yield from wrap(_APART[language], _LINE_WIDTH)
        yield from align([(rule, other) for rule, other in coverage.apart], indent=2, widest=52)


def _gaps(coverage: Coverage, language: Language) -> Iterator[Sequence[str]]:
    rule = Text("整条规则", "the whole rule")
    for held in coverage.rules:
        if not held.sides.both:
            yield held.rule, rule[language], _missing(held.sides, _SIDES, language)
    for taken in coverage.exceptions:
        if not taken.sides.both:
            said = Text(f"取代 {taken.overrides}", f"takes the outcomes of {taken.overrides}")
            yield taken.rule, said[language], _missing(taken.sides, _TAKEN, language)
    for leaf in coverage.leaves:
        if not leaf.sides.both:
            yield leaf.rule, f"{leaf.number}. {leaf.said[language]}", _missing(leaf.sides, _SIDES, language)


def _missing(sides: Sides, words: dict[Truth, Text], language: Language) -> str:
    counts = {Truth.MET: sides.met, Truth.NOT_MET: sides.not_met}
    missing = [words[way][language] for way, count in counts.items() if not count]
    return ("、" if language == "zh" else ", ").join(missing)
