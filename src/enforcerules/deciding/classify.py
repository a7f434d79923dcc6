"""Verdicts → the answer about one case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import itemgetter

from enforcerules.case import Case
from enforcerules.classification import (
    Assumed,
    Classification,
    MetRule,
    OpenRule,
    RulebookStamp,
    RuleVerdicts,
    unchecked,
)
from enforcerules.deciding.actions import (
    find_actions,
    find_exemptions,
    find_labels,
    find_permissions,
    find_prohibitions,
)
from enforcerules.deciding.category import find_category
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.findings import direct_filing, find_findings, major_case
from enforcerules.deciding.law import Law
from enforcerules.deciding.penalties import find_penalties
from enforcerules.deciding.questions import find_questions
from enforcerules.deciding.warnings import find_warnings
from enforcerules.engines.protocol import Engine
from enforcerules.model import ResolvedRulebook, Value
from enforcerules.values import Amount
from enforcerules.values.truth import MET, NOT_MET

_assumed = unchecked(Assumed)
_met_rule = unchecked(MetRule)
_open_rule = unchecked(OpenRule)


def decide_case(book: ResolvedRulebook, case: Case, law: Law, engine: Engine, later: Law | None = None) -> Decision:
    """Let `engine` decide every rule for `case`; with `later`, also by the law of the day of the decision."""
    decision = Decision(book, case, law, engine.decide(case.facts, law.situation))
    if later is not None:
        # only which law is in force changes: the facts stay those of the case
        facts = replace(case.facts, conduct_date=day_of_decision(case))
        verdicts = engine.decide(facts, later.situation)
        decision.later = Decision(book, replace(case, facts=facts), later, verdicts)
    return decision


def day_of_decision(case: Case) -> date | None:
    """Return the day of the penalty decision: that of the case, else the day on which the duty is looked at."""
    decided = case.facts.known.get("decided_on")
    return decided if isinstance(decided, date) else case.facts.duty_date


def classify_decision(decision: Decision, engine: str) -> Classification:
    """Lay a decision out as the answer."""
    case, book = decision.case, decision.book
    findings = find_findings(decision)
    actions = find_actions(decision)
    prohibitions = find_prohibitions(decision)
    penalties = find_penalties(decision, prohibitions)
    return Classification(
        case_id=case.case_id,
        as_of=case.as_of,
        duty_date=case.facts.duty_date,
        conduct_date=case.facts.conduct_date,
        jurisdiction=case.facts.place.code if case.facts.place else None,
        rulebook=RulebookStamp(id=book.id, version=book.version, sha256=book.sha256),
        engine=engine,
        assumptions=[_assumed(fact=a.fact, value=plain(a.value), because=a.because) for a in case.assumptions],
        major_case=major_case(decision, findings),
        direct_filing=direct_filing(findings),
        findings=findings,
        actions=actions,
        permissions=find_permissions(decision),
        exemptions=find_exemptions(decision),
        prohibitions=prohibitions,
        penalties=penalties,
        labels=find_labels(decision),
        report=find_category(decision, actions),
        questions=find_questions(decision),
        warnings=find_warnings(decision, penalties),
        rules=_rules(decision),
    )


def plain(value: Value) -> object:
    """Return a value as JSON data: amounts in yuan as text, sets sorted, dates as ISO text."""
    if isinstance(value, Amount):
        return str(value).replace(",", "")
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, (bool, int, str)) else value.isoformat()


def _rules(decision: Decision) -> RuleVerdicts:
    met, still_open = [], []
    holding = [(name, held) for name, held in decision.verdicts.holds.items() if held is not NOT_MET]
    for name, held in sorted(holding, key=itemgetter(0)):
        rule = decision.book.rules[name]
        footing = decision.law.footing(rule.bases)
        if held is MET:
            overriders = decision.book.overriders.get(name, ())
            met.append(
                _met_rule(
                    id=name,
                    clauses=list(footing.met),
                    in_doubt=list(footing.open),
                    overridden_by=[other for other in overriders if decision.verdicts.effects[other] is MET],
                )
            )
        else:
            still_open.append(
                _open_rule(
                    id=name,
                    clauses=list(footing.live),
                    needs=list(decision.needs(rule)),
                    doubts=list(footing.doubts),
                )
            )
    return RuleVerdicts(met=met, open=still_open)
