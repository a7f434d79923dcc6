"""How much of a rulebook its scenarios decide both ways, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enforcerules.review.coverage import Coverage, Sides
from enforcerules.text import Language, Text, align, wrap
from enforcerules.values import Truth

_LINE_WIDTH = 96

_KINDS = {
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
        [_KINDS[kind][language], str(share.decided), str(share.total), f"{share.percent:.1f}%"]
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
