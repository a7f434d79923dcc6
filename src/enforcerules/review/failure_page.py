"""A scenario that fails, for people: what was expected beside what came out, why, and where that stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcerules.explaining.page import Line
from enforcerules.explaining.trace import MARKS
from enforcerules.review.causes import Cause, find_causes, find_remark
from enforcerules.review.difference import say_value
from enforcerules.review.scenarios import ScenarioResult
from enforcerules.review.standing import KINDS, Standing, Standings
from enforcerules.text import Language, Text, align, wrap

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
