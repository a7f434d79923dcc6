"""Pass 10: the clause ledger. Every clause is used, or says why not.

Needs:  every use noted by the passes before.
Leaves: nothing; records a fault for each clause that was dropped in silence, or excused though used, and
        for each source whose clauses are not as many as it says.
"""

from __future__ import annotations

from enforcerules.errors import listed, quoted
from enforcerules.passes.draft import Draft
from enforcerules.text import Text


def check_ledger(draft: Draft) -> None:
    """Report clauses that are neither used nor explained, and doubts that nothing carries."""
    # while files are missing, so are the uses in them
    whole = not draft.files.unread
    for name, clause in draft.clauses.items():
        place = draft.documents["clause"][name].place
        if name in draft.uses and clause.not_encoded is not None:
            users = listed(sorted(set(draft.uses[name])), 4)
            draft.fault(
                "ER2002",
                Text(
                    f"条款 {quoted(name)} 已被使用，却写着不编码的理由",
                    f"the clause {quoted(name)} is used, yet says why it is not encoded",
                ),
                place.span("not_encoded", key=True),
                Text(f"删去 `not_encoded`；用到它的有：{users.zh}", f"remove `not_encoded`; it is used by {users.en}"),
            )
        if whole and name not in draft.uses and clause.not_encoded is None and name not in draft.files.lost:
            draft.fault(
                "ER2001",
                Text(
                    f"条款 {quoted(name)} 既没有被使用，也没有说明理由",
                    f"the clause {quoted(name)} is neither used nor explained",
                ),
                place.span(key=True),
                Text(
                    "写一条以它为依据的规则，或者在 `not_encoded` 中说明理由",
                    "write a rule that rests on it, or say under `not_encoded` why there is none",
                ),
            )
    if whole and not draft.files.lost:
        _count(draft)
    carried = draft.carried | {w.doubt for clause in draft.clauses.values() for w in clause.windows if w.doubt}
    for name, doubt in draft.doubts.items():
        if whole and name not in carried and not doubt.clauses and name not in draft.files.lost:
            draft.fault(
                "ER2003",
                Text(
                    f"疑义 {quoted(name)} 没有附在任何条款、规则、参数或者报表上",
                    f"the doubt {quoted(name)} is carried by no clause, rule, parameter or form",
                ),
                draft.documents["doubt"][name].place.span(key=True),
                Text(
                    "写入它所涉及的条款的 `doubts`，或者写明它的 `clauses`",
                    "name it under `doubts` of the clause that it touches, or give its `clauses`",
                ),
            )


def _count(draft: Draft) -> None:
    """Report sources whose ledger does not hold as many clauses as were counted in the document."""
    for name, (doc, place) in draft.placed("source"):
        found = sum(clause.source == name for clause in draft.clauses.values())
        if doc.clause_count is not None and doc.clause_count != found:
            draft.fault(
                "ER2005",
                Text(
                    f"文件 {quoted(name)} 应有 {doc.clause_count} 条条款，台账中有 {found} 条",
                    f"the source {quoted(name)} has {doc.clause_count} clauses, and its ledger {found}",
                ),
                place.span("clause_count"),
                Text(
                    "补上遗漏的条款；重新清点过文件的，改正 `clause_count`",
                    "put back the clause that is missing, or correct `clause_count` after counting in the document",
                ),
            )
