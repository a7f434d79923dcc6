"""What a comparison found, in the words of its readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from enforcerules.errors import CaseError
from enforcerules.explaining.page import join
from enforcerules.model import ResolvedRulebook
from enforcerules.review.diff.answers import AnswerChange, say_answer
from enforcerules.review.diff.compare import RulebookDiff
from enforcerules.review.diff.meaning import Meaning, Shift
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.wording import show_value

OUTCOMES = {
    "identical": Text("两个版本完全相同。", "The two versions are the same."),
    "same": Text(
        "写法不同，含义相同：没有案件会得出不同的结论。",
        "Written differently, means the same: no case comes out differently.",
    ),
    "changed": Text("含义有变化。", "The meaning differs."),
    "undecided": Text(
        "没有找到含义的变化，但有未决的项目：时限已到，不等于含义相同。",
        "No difference in meaning was found, but something is undecided: the time was up, and that is no proof.",
    ),
}
VERDICTS = {
    "equivalent": Text("含义相同", "means the same"),
    "more": Text("适用的案件变多", "holds in more cases"),
    "less": Text("适用的案件变少", "holds in fewer cases"),
    "both_ways": Text("有的案件变为适用，有的不再适用", "holds in other cases, both ways"),
    "otherwise": Text("适用的案件相同，内容不同", "same cases, said otherwise"),
    "undecided": Text("未决", "undecided"),
}
WEIGHTS = {
    "decided": Text("含义，由 z3 判定", "meaning, decided by z3"),
    "answer": Text("结论的内容，按数据比较", "content of the answer, compared as data"),
    "shown": Text("提示、待查事实，按数据比较", "warnings and questions, compared as data"),
    "words": Text("仅文字", "words only"),
}
STATUSES = {
    "added": Text("新增", "added"),
    "removed": Text("删去", "removed"),
    "changed": Text("修改", "changed"),
    "same": Text("未改", "unchanged"),
}
PROOFS = {
    "proved": Text("守住（已证明）", "kept (proved)"),
    "refuted": Text("未守住（有反例）", "not kept (refuted)"),
    "undecided": Text("未决", "undecided"),
    "vacuous": Text("空泛：没有案件符合其前提", "vacuous: no case meets its premise"),
    None: Text("已删去，不再检验", "removed, no longer checked"),
}
_SHIFTS = {
    "newly_met": Text("变为成立", "now holds"),
    "no_longer_met": Text("不再成立", "no longer holds"),
    "newly_open": Text("变为待定", "now open"),
    "no_longer_open": Text("不再待定，确定不成立", "no longer open: does not hold"),
    "otherwise": Text("办理的内容不同", "done otherwise"),
}
_DUTIES = {
    "newly_met": Text("变为应办", "now required"),
    "no_longer_met": Text("不再应办", "no longer required"),
    "newly_open": Text("变为可能应办", "now possibly required"),
    "no_longer_open": Text("确定不应办", "no longer possibly required"),
}
_PENALTIES = {
    "newly_met": Text("变为应处罚", "now laid down"),
    "no_longer_met": Text("不再处罚", "no longer laid down"),
    "newly_open": Text("变为可能处罚", "now possibly laid down"),
    "no_longer_open": Text("确定不处罚", "no longer possibly laid down"),
    "otherwise": Text("处罚的幅度或者种类不同", "penalised otherwise"),
}
CHECKS = {
    "content": Text("逐项比较规则库内容", "the content of the rulebook compared, item by item"),
    "rules": Text("对所有案件判定规则（z3）", "rules decided for every case (z3)"),
    "outcomes": Text(
        "对所有案件判定认定、应办事项、报表栏目等（z3）", "findings, duties, report rows and so on decided (z3)"
    ),
    "witnesses": Text("例证由两个版本的 reference 引擎复核", "witnesses decided by the reference engine of both"),
    "red_lines": Text("证明受影响的红线", "the red lines touched, proved"),
    "scenarios": Text("两个版本运行新版本的全部算例", "every scenario of NEW run by both"),
    "cases": Text("两个版本处理所给的案件", "the given cases classified by both"),
}


def say_shift(meaning: Meaning, shift: Shift) -> Text:
    """Return in which way something differs."""
    words = {"action": _DUTIES, "penalty": _PENALTIES}.get(meaning.kind, _SHIFTS)
    said = words.get(shift.kind, _SHIFTS[shift.kind])
    if shift.witness is None:
        return Text(f"{said.zh}？未决", f"{said.en}? undecided")
    return Text(f"{said.zh}（例{shift.witness}）", f"{said.en} (case {shift.witness})")


class Names:
    """The labels of what answers name by its id: agencies, penalties and their bases, what stands in reports."""

    def __init__(self, *books: ResolvedRulebook) -> None:
        self._labels: dict[str, Text] = {}
        for book in books:
            agencies = book.vocabulary.enumerations.get("agency")
            self._labels |= agencies.values if agencies is not None else {}
            self._labels |= {name: penalty.title for name, penalty in book.penalties.items()}
            bases = {penalty.fine.base for penalty in book.penalties.values() if penalty.fine is not None}
            self._labels |= {name: fact.label for name, fact in book.vocabulary.facts.items() if name in bases}
            for form in book.forms.values():
                self._labels[form.id] = form.title
                self._labels |= {row.id: row.label for row in form.grounds}
                for table in form.tables:
                    self._labels[table.id] = table.title
                    self._labels |= {row.id: row.label for part in table.parts for row in part.rows}

    def say(self, change: AnswerChange) -> tuple[Text, Text]:
        """Return what two answers say of one thing, in words."""
        return self._one(change.old), self._one(change.new)

    def _one(self, value: Any) -> Text:
        if isinstance(value, list) and value:
            return join((self._labels.get(one, Text(one, one)) for one in value), "；", "; ")
        if isinstance(value, str) and value in self._labels:
            return self._labels[value]
        return say_answer(value)


def say_facts(rulebook: Rulebook, facts: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """Yield the facts of a case with their values, in words."""
    try:
        given = rulebook.read_case(facts).given
    except CaseError:
        given = {}
    for name, raw in facts.items():
        fact = rulebook.resolved.vocabulary.facts.get(name)
        if fact is None or name not in given:
            yield Text(name, name), Text(str(raw), str(raw))
        elif name == "jurisdiction":
            place = rulebook.resolved.places.get(str(raw), Text("其他地方", "another place"))
            yield fact.label, Text(f"{place.zh}（{raw}）", f"{place.en} ({raw})")
        else:
            yield fact.label, show_value(fact, given[name])


def say_counts(found: RulebookDiff) -> Text:
    """Return how much differs, in one sentence."""
    text = sum(change.kind == "rule" for change in found.changes)
    meant = sum(bool(meaning.shifts) for meaning in found.rules)
    things = sum(bool(meaning.shifts) for meaning in found.outcomes)
    return Text(
        f"规则：文本有变化的{text}条，含义有变化或者未决的{meant}条；"
        f"认定、应办事项、报表栏目等有变化的{things}项；例证{len(found.witnesses)}件。",
        f"Rules: {text} differ in text, {meant} in meaning or undecided; findings, duties, report rows and so on: "
        f"{things} differ; witness cases: {len(found.witnesses)}.",
    )
