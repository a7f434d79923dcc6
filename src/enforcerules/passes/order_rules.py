"""Pass 9: put the rules in strata, each needing only those before it.

Needs:  all rules, those of the forms too.
Leaves: `strata` and `overriders`. A rule stands after the rules that establish the findings it reads and
        after the rules that override it.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from enforcerules.errors import Span, quoted, way
from enforcerules.model import Establish, overridden
from enforcerules.model.conditions import findings_of
from enforcerules.passes.draft import Draft
from enforcerules.syntax.nodes import Scalar, walk
from enforcerules.text import Text

Needs = Mapping[str, set[str]]


def order_rules(draft: Draft) -> None:
    """Fill `strata` and `overriders`; every member of a circle is reported."""
    establishing: dict[str, list[str]] = {}
    overriders: dict[str, list[str]] = {}
    for rule in draft.rules.values():
        for outcome in rule.outcomes:
            if isinstance(outcome, Establish):
                establishing.setdefault(outcome.finding, []).append(rule.id)
        for other in overridden(rule, draft.rules):
            overriders.setdefault(other, []).append(rule.id)
    draft.overriders = {name: tuple(sorted(found)) for name, found in overriders.items()}
    needs = {
        rule.id: {
            *(other for finding in findings_of(rule.when) for other in establishing.get(finding, [])),
            *(other for other in overriders.get(rule.id, []) if other in draft.rules),
        }
        for rule in draft.rules.values()
    }
    sorter = TopologicalSorter(needs)
    try:
        sorter.prepare()
    except CycleError:
        _report_circles(draft, needs, establishing)
        return
    strata = []
    while sorter.is_active():
        ready = sorter.get_ready()
        strata.append(tuple(sorted(ready)))
        sorter.done(*ready)
    draft.strata = tuple(strata)


def _report_circles(draft: Draft, needs: Needs, establishing: Mapping[str, list[str]]) -> None:
    """Report every rule that waits for itself, at the reference that makes it wait."""
    for name in sorted(needs):
        circle = _circle(name, needs)
        if not circle:
            continue
        said = way(circle)
        reason, span = _why(draft, name, circle[1], establishing)
        draft.fault(
            "ER1060",
            Text(f"规则 {quoted(name)} 依赖自身：{said}", f"the rule {quoted(name)} depends on itself: {said}"),
            span,
            Text(f"{reason.zh}；断开圈中的一处", f"{reason.en}; break the circle at one place"),
        )


def _circle(name: str, needs: Needs) -> list[str]:
    """Return the shortest way from a rule back to itself, or nothing."""
    came_from: dict[str, str] = {}
    edge = [name]
    while edge:
        following = []
        for here in edge:
            for other in sorted(needs.get(here, ())):
                if other == name:
                    way = [here]
                    while way[-1] != name:
                        way.append(came_from[way[-1]])
                    return [*reversed(way), name]
                if other not in came_from:
                    came_from[other] = here
                    following.append(other)
        edge = following
    return []


def _why(draft: Draft, name: str, other: str, establishing: Mapping[str, list[str]]) -> tuple[Text, Span]:
    """Return why a rule waits for another, and where that is written."""
    place = draft.rule_places[name]
    overriding = draft.rules[other].overrides
    if name in overriding:
        span = draft.rule_places[other].span("overrides", overriding.index(name))
        return Text(f"{quoted(other)} 排除它", f"{quoted(other)} overrides it"), span
    if name in overridden(draft.rules[other], draft.rules):
        span = draft.rule_places[other].span("overrides_penalties", key=True)
        return Text(f"{quoted(other)} 排除一切处罚", f"{quoted(other)} overrides every penalty"), span
    readable = findings_of(draft.rules[name].when)
    finding = next(found for found in sorted(readable) if other in establishing.get(found, ()))
    reason = Text(
        f"它用到 {quoted(other)} 得出的认定 {quoted(finding)}",
        f"it reads the finding {quoted(finding)}, which {quoted(other)} establishes",
    )
    for path, node in walk(place.file.document.root):
        if path[-1:] == ("finding",) and isinstance(node, Scalar) and node.text == finding:
            inside = path[: len(place.path)] == place.path
            above = len(place.path) == 4 and path[:2] == place.path[:2] and path[2:3] == ("when",)
            if inside or above:
                return reason, place.file.span(path)
    return reason, place.span("id")
