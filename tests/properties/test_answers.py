"""Every answer is whole: it comes, it is JSON, and it rests only on law that is in force."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Classification, Rulebook
from enforcerules.case import Unknown
from enforcerules.testing import CaseFacts
from tests.strategies import BOOK, cases

WORLDS: st.SearchStrategy[Unknown] = st.sampled_from(("open", "absent"))


@given(cases(), WORLDS)
def test_a_valid_case_is_always_answered(rulebook: Rulebook, case: CaseFacts, world: Unknown) -> None:
    answer = rulebook.classify(case, unknown=world)

    assert set(answer.findings) == set(BOOK.vocabulary.findings)
    assert all(
        question.fact not in case for question in answer.questions if not isinstance(case.get(question.fact), dict)
    )


@given(cases(), WORLDS)
def test_an_answer_is_json_and_can_be_read_back(rulebook: Rulebook, case: CaseFacts, world: Unknown) -> None:
    answer = rulebook.classify(case, unknown=world)
    data = answer.to_dict()

    assert json.loads(json.dumps(data)) == data
    assert Classification.model_validate(data) == answer
    assert Classification.model_validate(data).to_dict() == data
    assert Classification.model_validate_json(json.dumps(data)).to_dict() == data


# --- what is in force, worked out again from the ledger ----------------------------------------------


def _force(clause_id: str, answer: Classification, case: CaseFacts) -> str:
    """Return whether a clause is in force for a case: `met`, `open` or `not_met`."""
    clause = BOOK.clauses[clause_id]
    day = answer.conduct_date if clause.governs == "conduct" else answer.duty_date
    verdicts = [_there(clause.where, answer.jurisdiction), _then(clause_id, day)]
    products = case.get("product_categories")
    if clause.products is not None:
        verdicts.append("open" if products is None else "met" if clause.products & set(products) else "not_met")
    return "not_met" if "not_met" in verdicts else "open" if "open" in verdicts else "met"


def _there(where: str, place: str | None) -> str:
    if where == "CN":
        return "met"
    if place is None:
        return "open"
    return "met" if place == where or (where.endswith("00") and place.startswith(where.rstrip("0"))) else "not_met"


def _then(clause_id: str, day: date | None) -> str:
    windows = BOOK.clauses[clause_id].windows
    if day is None:
        return "met" if all(not w.since and not w.until and not w.in_doubt for w in windows) else "open"
    covering = [w for w in windows if (w.since or day) <= day <= (w.until or day)]
    if not covering:
        return "not_met"
    return "open" if all(w.in_doubt for w in covering) else "met"


def _rested_on(answer: Classification) -> Iterator[tuple[str, str, list[str]]]:
    """Yield everything that rests on clauses: what, its verdict, and the clauses."""
    for rule in answer.rules.met:
        yield f"rule {rule.id}", "met", rule.clauses
    for waiting in answer.rules.open:
        yield f"rule {waiting.id}", "open", waiting.clauses
    for action in answer.actions:
        yield f"action {action.id}", action.verdict, action.clauses
        if action.clock is not None:
            yield f"clock of {action.id}", action.verdict, [action.clock.clause]
    for effect in (*answer.permissions, *answer.exemptions, *answer.prohibitions, *answer.labels):
        yield f"effect {effect.id}", effect.verdict, effect.clauses
    for name, finding in answer.findings.items():
        for ground in finding.grounds:
            yield f"ground {name}/{ground.id}", ground.verdict, ground.clauses
    for deadline in answer.report.deadlines:
        yield f"deadline {deadline.report}", "deadline", deadline.clauses


@given(cases())
def test_nothing_rests_on_a_clause_that_is_not_in_force(rulebook: Rulebook, case: CaseFacts) -> None:
    answer = rulebook.classify(case)

    for what, verdict, clauses in _rested_on(answer):
        allowed = {"met"} if verdict == "met" else {"met", "open"}
        forces: dict[str, Any] = {clause: _force(clause, answer, case) for clause in clauses}
        if verdict == "deadline":
            # a report is due from the place whatever the product
            forces = {clause: _then(clause, answer.duty_date) for clause in clauses}
        assert clauses, what
        assert set(forces.values()) <= allowed, (what, forces)


@given(cases())
def test_a_rule_that_holds_names_all_its_clauses_in_force_and_no_doubtful_one_among_them(
    rulebook: Rulebook, case: CaseFacts
) -> None:
    answer = rulebook.classify(case)

    for rule in answer.rules.met:
        forces = {clause: _force(clause, answer, case) for clause in BOOK.rules[rule.id].bases}
        assert rule.clauses == [clause for clause, force in forces.items() if force == "met"]
        assert rule.in_doubt == [clause for clause, force in forces.items() if force == "open"]
