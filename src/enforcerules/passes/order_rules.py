"""Pass 7: put the rules in strata, each needing only those before it.

Needs:  all rules, those of the forms too.
Leaves: `strata` and `overriders`. A rule stands after the rules that establish the findings it reads and
        after the rules that override it.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from enforcerules.errors import Diagnostic
from enforcerules.model import Establish
from enforcerules.model.conditions import findings_of
from enforcerules.passes.draft import Draft
from enforcerules.text import Text


def order_rules(draft: Draft) -> None:
    """Fill `strata` and `overriders`; every member of a circle is reported."""
    establishing: dict[str, list[str]] = {}
    overriders: dict[str, list[str]] = {}
    for rule in draft.rules.values():
        for outcome in rule.outcomes:
            if isinstance(outcome, Establish):
                establishing.setdefault(outcome.finding, []).append(rule.id)
        for other in rule.overrides:
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
    except CycleError as error:
        _report_circle(draft, list(dict.fromkeys(error.args[1])))
        return
    strata = []
    while sorter.is_active():
        ready = sorter.get_ready()
        strata.append(tuple(sorted(ready)))
        sorter.done(*ready)
    draft.strata = tuple(strata)


def _report_circle(draft: Draft, members: list[str]) -> None:
    said = " → ".join([*members, members[0]])
    for name in members:
        place = draft.rule_places[name]
        draft.faults.append(
            Diagnostic(
                "ER1060",
                Text(f"规则互相依赖成圈：{said}", f"these rules depend on one another in a circle: {said}"),
                place.span("id"),
                Text("去掉其中一处 overrides，或其中一处对认定的引用", "remove one of the overrides, or one reference to a finding"),
                tuple(
                    (Text(f"圈中的另一条：{other}", f"another of them: {other}"), draft.rule_places[other].span("id"))
                    for other in members
                    if other != name
                ),
            )
        )
