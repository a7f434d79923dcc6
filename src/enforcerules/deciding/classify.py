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
from enforcerules.deciding.penalties import find_penalties
from enforcerules.deciding.questions import find_questions
from enforcerules.deciding.warnings import find_warnings
from enforcerules.engines.protocol import Engine
from enforcerules.model import ResolvedRulebook, Situation, Value
from enforcerules.values import Amount, Truth


def decide_case(
    book: ResolvedRulebook, case: Case, situation: Situation, engine: Engine, later: Situation | None = None
) -> Decision:
    """Let `engine` decide every rule for `case`; with `later`, also by the law of the day of the decision."""
    decision = Decision(book, case, situation, engine.decide(case.facts, situation))
    if later is not None:
        # only which law is in force changes: the facts stay those of the case
        facts = replace(case.facts, conduct_date=day_of_decision(case))
        decision.later = Decision(book, replace(case, facts=facts), later, engine.decide(facts, later))
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
        assumptions=[Assumed(fact=a.fact, value=plain(a.value), because=a.because) for a in case.assumptions],
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
    holding = [(name, held) for name, held in decision.verdicts.holds.items() if held is not Truth.NOT_MET]
    for name, held in sorted(holding, key=itemgetter(0)):
        rule = decision.book.rules[name]
        if held is Truth.MET:
            takers = [
                other
                for other in decision.book.overriders.get(name, ())
                if decision.verdicts.effects[other] is Truth.MET
            ]
            met.append(
                MetRule(
                    id=name,
                    clauses=decision.clauses(rule, Truth.MET),
                    in_doubt=decision.clauses(rule, Truth.OPEN),
                    overridden_by=takers,
                )
            )
        elif held is Truth.OPEN:
            still_open.append(
                OpenRule(
                    id=name,
                    clauses=decision.clauses(rule, Truth.MET, Truth.OPEN),
                    needs=list(decision.needs(rule)),
                    doubts=list(decision.doubts(rule)),
                )
            )
    return RuleVerdicts(met=met, open=still_open)
