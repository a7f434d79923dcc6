"""Pass 4: the action catalogue, the doubt register and the invariants.

Needs:  the vocabulary, clauses and parameters.
Leaves: `actions`, `doubts`, `invariants`.
"""

from __future__ import annotations

from enforcerules.model import Action, Doubt, Invariant
from enforcerules.passes.conditions import read_condition
from enforcerules.passes.draft import Draft
from enforcerules.passes.read_law import check_agency, check_where


def read_duties(draft: Draft) -> None:
    """Fill actions, doubts and invariants."""
    for name, (doc, place) in draft.placed("action"):
        check_agency(draft, doc.by, place, "by")
        if doc.to is not None:
            check_agency(draft, doc.to, place, "to")
        done = read_condition(draft, doc.done_when, place.inside("done_when")) if doc.done_when else None
        draft.actions[name] = Action(
            name, doc.title.text(), doc.verb.text(), doc.object, doc.by, doc.to, doc.report_row, doc.standing, done
        )
    for name, (doc, place) in draft.placed("doubt"):
        for key, codes in (("where", doc.where), ("except", doc.except_)):
            for index, code in enumerate(codes):
                check_where(draft, code, place, key, index)
        for index, clause in enumerate(doc.clauses):
            draft.knows("clause", clause, place, "clauses", index)
        draft.doubts[name] = Doubt(
            name,
            doc.question.text(),
            doc.reading.text(),
            doc.settle.text(),
            doc.severity,
            tuple(doc.where),
            tuple(doc.except_),
            read_condition(draft, doc.shows_when, place.inside("shows_when"), may_ask_known=True),
            doc.standing,
            tuple(doc.clauses),
        )
    for name, (doc, place) in draft.placed("invariant"):
        never = read_condition(draft, doc.never, place.inside("never"))
        draft.invariants.append(Invariant(name, doc.title.text(), never))
