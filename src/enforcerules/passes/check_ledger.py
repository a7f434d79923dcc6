"""Pass 8: the clause ledger. Every clause is used, or says why not.

Needs:  every use noted by the passes before.
Leaves: nothing; records a fault for each clause that was dropped in silence, or excused though used.
"""

from __future__ import annotations

from enforcerules.passes.draft import Draft
from enforcerules.text import Text


def check_ledger(draft: Draft) -> None:
    """Report clauses that are neither used nor explained, and doubts that nothing carries."""
    for name, clause in draft.clauses.items():
        place = draft.documents["clause"][name].place
        if name in draft.uses and clause.not_encoded is not None:
            users = "、".join(sorted(set(draft.uses[name])))
            draft.fault(
                "ER2002",
                Text(f"条款 {name} 已被使用（{users}），却写着不编码的理由", f"clause {name} is used ({users}), yet says why it is not encoded"),
                place.span("not_encoded", key=True),
                Text("删去 not_encoded", "remove not_encoded"),
            )
        if name not in draft.uses and clause.not_encoded is None:
            draft.fault(
                "ER2001",
                Text(f"条款 {name} 既没有被使用，也没有说明理由", f"clause {name} is neither used nor explained"),
                place.span(key=True),
                Text("写一条以它为依据的规则，或写 not_encoded 说明理由", "write a rule that rests on it, or say why not under not_encoded"),
            )
    carried = {doubt for clause in draft.clauses.values() for doubt in clause.doubts}
    carried |= {window.doubt for clause in draft.clauses.values() for window in clause.windows if window.doubt}
    carried |= {doubt for rule in draft.rules.values() for doubt in rule.doubts}
    carried |= {doubt for parameter in draft.parameters.values() for doubt in parameter.doubts}
    carried |= {doubt for due in draft.dues for doubt in due.doubts}
    carried |= {
        doubt
        for form in draft.forms.values()
        for table in form.tables
        for part in table.parts
        for row in part.rows
        for doubt in row.doubts
    }
    for name, doubt in draft.doubts.items():
        if name not in carried and not doubt.clauses:
            draft.fault(
                "ER2003",
                Text(f"疑义 {name} 没有附在任何条款、规则、参数或报表行上", f"doubt {name} is carried by no clause, rule, parameter or report row"),
                draft.documents["doubt"][name].place.span(key=True),
                Text("写到它所涉及的条款的 doubts 中", "name it under doubts of the clause it touches"),
            )
