"""Findings with their grounds: the major case, direct filing, and the others."""

from __future__ import annotations

from enforcerules.classification import DirectFiling, FindingResult, GroundResult, MajorCase, unchecked
from enforcerules.deciding.actions import VERDICTS, said
from enforcerules.deciding.decision import Decision, in_order
from enforcerules.model import Establish, Rule
from enforcerules.text import Text
from enforcerules.values import Truth, any_of

_ground_result = unchecked(GroundResult)
_finding_result = unchecked(FindingResult)

# a done ground says more than a planned one, and that more than one without either
_STATUS_ORDER = {"done": 0, "planned": 1, None: 2}


def find_findings(decision: Decision) -> dict[str, FindingResult]:
    """Return every finding of the vocabulary with its verdict and the grounds met or open."""
    found: dict[str, list[tuple[Rule, Establish, Truth]]] = {}
    for rule, outcome, effect in decision.outcomes(Establish):
        found.setdefault(outcome.finding, []).append((rule, outcome, effect))
    return {name: _finding(decision, name, found.get(name, [])) for name in decision.book.vocabulary.findings}


def _finding(decision: Decision, name: str, found: list[tuple[Rule, Establish, Truth]]) -> FindingResult:
    finding = decision.book.vocabulary.findings[name]
    verdict = decision.verdicts.findings[name]
    by_ground: dict[str, list[tuple[Rule, Establish, Truth]]] = {}
    for item in found:
        by_ground.setdefault(item[1].ground or "", []).append(item)
    grounds = []
    for ground, items in by_ground.items():
        settled = any_of([effect for _, _, effect in items])
        deciding = [(rule, outcome) for rule, outcome, effect in items if effect is settled]
        status = min((outcome.status for _, outcome in deciding), key=_STATUS_ORDER.__getitem__)
        grounds.append(
            _ground_result(
                id=ground,
                verdict=VERDICTS[settled],
                status=status,
                title=said(finding.grounds.get(ground, Text(ground, ground))),
                rules=[rule.id for rule, _ in deciding],
                clauses=decision.clauses_behind([rule for rule, _ in deciding], settled),
            )
        )
    return _finding_result(
        verdict=VERDICTS[verdict],
        title=said(finding.label),
        grounds=sorted(grounds, key=lambda ground: (ground.verdict != "met", ground.id)),
        rules=in_order(rule.id for rule, _, effect in found if effect is verdict),
    )


def major_case(decision: Decision, findings: dict[str, FindingResult]) -> MajorCase:
    """Return the finding `major_case`, and whether only the default for places without a plan carries it."""
    finding = findings.get("major_case", _UNKNOWN_TO_THE_RULEBOOK)
    carrying = {clause for ground in finding.grounds if ground.verdict == finding.verdict for clause in ground.clauses}
    provisional = bool(carrying) and all(decision.book.clauses[clause].provisional for clause in carrying)
    return MajorCase(verdict=finding.verdict, provisional=provisional, grounds=list(finding.grounds))


def direct_filing(findings: dict[str, FindingResult]) -> DirectFiling:
    """Return the finding `direct_filing`."""
    finding = findings.get("direct_filing", _UNKNOWN_TO_THE_RULEBOOK)
    return DirectFiling(verdict=finding.verdict, grounds=list(finding.grounds))


# no rule can establish a finding that the vocabulary does not have
_UNKNOWN_TO_THE_RULEBOOK = _finding_result(verdict="not_met", title=said(Text("", "")), grounds=[], rules=[])
