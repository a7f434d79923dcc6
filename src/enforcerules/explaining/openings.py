"""What is still open: questions that settle it, and duties that depend on the answers."""

from __future__ import annotations

from enforcerules.classification import ActionResult, Classification
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.conclusion import text_of
from enforcerules.explaining.page import Line, Section, join
from enforcerules.text import Text

MOST_QUESTIONS = 5
MOST_CONDITIONAL = 3
MOST_NEEDS = 5


def questions(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return the questions, what changes most first, and what each decides."""
    shown = result.questions if full else result.questions[:MOST_QUESTIONS]
    lines = []
    for number, question in enumerate(shown, 1):
        decides = _decides(decision, question.decides)
        evidence = text_of(question.evidence) if question.evidence else None
        proof = Text(f"证据：{evidence.zh}。", f"Evidence: {evidence.en}. ") if evidence and full else Text("", "")
        ask = text_of(question.ask)
        lines.append(
            Line(
                Text(f"{ask.zh}〔{question.fact}〕", f"{ask.en} [{question.fact}]"),
                mark=f"{number}.",
                inner=(Line(Text(f"{proof.zh}关系到：{decides.zh}", f"{proof.en}Decides: {decides.en}"), mark=""),),
            )
        )
    if len(result.questions) > len(shown):
        rest = len(result.questions) - len(shown)
        lines.append(
            Line(
                Text(
                    f"另有 {rest} 项次要的待查事实（--full 全部列出）", f"{rest} lesser questions (--full lists them)"
                ),
                mark="…",
            )
        )
    return Section(Text("待查事实", "What is still open"), tuple(lines))


_MOST_NAMED = 3


def _decides(decision: Decision, keys: list[str]) -> Text:
    book = decision.book
    named: dict[Text, None] = {}
    for key in keys:
        kind, _, name = key.partition(":")
        if kind == "finding":
            named[book.vocabulary.findings[name.partition("/")[0]].label] = None
        elif kind in ("action", "permission", "exemption", "prohibition"):
            named[book.actions[name].title] = None
        elif kind == "penalty":
            named[Text("处罚幅度", "range of the penalty")] = None
        elif kind == "report":
            named[Text("报表归类", "report category")] = None
    texts = list(named)
    rest = len(texts) - _MOST_NAMED
    said = join(texts[:_MOST_NAMED] or [Text("案件标签", "labels of the case")])
    return Text(f"{said.zh}等 {len(texts)} 项", f"{said.en} and {rest} more") if rest > 0 else said


def _order(action: ActionResult, rank: dict[str, int]) -> tuple[int, bool, int]:
    # first what the first questions decide alone
    last = max((rank.get(need, len(rank)) for need in action.needs), default=len(rank))
    return (last, action.report_row is None, len(action.needs))


def name_needs(labels: list[Text], *, most: int) -> Text:
    """Name the facts that something depends on, the first `most` of them."""
    if len(labels) <= most:
        return join(labels)
    first, rest = join(labels[:most]), len(labels) - most
    return Text(f"{first.zh}等 {len(labels)} 项", f"{first.en} and {rest} more")


def conditional(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return duties that depend on something open."""
    waiting = [action for action in result.actions if action.state == "conditional" and not action.standing]
    rank = {question.fact: number for number, question in enumerate(result.questions)}
    waiting.sort(key=lambda action: (action.once is None, *_order(action, rank)))
    # on the short page those that wait for an event, or for a question asked above
    asked = {question.fact for question in result.questions[:MOST_QUESTIONS]}
    near = [a for a in waiting if a.once is not None or not a.needs or not asked.isdisjoint(a.needs)]
    shown = waiting if full else near[:MOST_CONDITIONAL]
    facts = decision.book.vocabulary.facts
    lines = []
    for action in shown:
        labels = [facts[need].label for need in action.needs]
        on = name_needs(labels, most=len(labels) if full else MOST_NEEDS)
        if action.once is not None:
            depends = Text(f"待{action.once.zh}后", f"once {action.once.en}")
        elif action.needs:
            depends = Text(f"取决于：{on.zh}", f"depends on: {on.en}")
        else:
            named = "、".join(action.doubts)
            depends = Text(
                f"依据效力存疑（{named}）", f"the force of its basis is in doubt ({', '.join(action.doubts)})"
            )
        title = text_of(action.title)
        lines.append(Line(Text(f"{title.zh}——{depends.zh}", f"{title.en} — {depends.en}"), tuple(action.clauses), "?"))
    if len(waiting) > len(shown):
        rest = len(waiting) - len(shown)
        lines.append(Line(Text(f"另有 {rest} 项视待查事实而定", f"{rest} more depend on open facts"), mark="…"))
    return Section(Text("视情况而定", "What depends on it"), tuple(lines))
