"""Two answers to one case, laid side by side: what is no longer said, what is said anew, what otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enforcerules.classification import (
    ActionResult,
    Classification,
    EffectResult,
    FineResult,
    MeasureResult,
    PenaltiesResult,
    PenaltyResult,
    Said,
)
from enforcerules.explaining.laid_down import say_multiple
from enforcerules.explaining.page import join
from enforcerules.review.difference import say_value
from enforcerules.text import Text

KIND_NAMES: dict[str, Text] = {
    "finding": Text("认定", "finding"),
    "ground": Text("事由", "ground"),
    "action": Text("应办事项", "action"),
    "permission": Text("可以办理", "permission"),
    "exemption": Text("不必办理", "exemption"),
    "prohibition": Text("不得办理", "prohibition"),
    "penalty": Text("处罚", "penalty"),
    "label": Text("标签", "label"),
    "report": Text("报表", "report"),
    "deadline": Text("报送日期", "report deadline"),
    "question": Text("待查事实", "question"),
    "warning": Text("提示", "warning"),
    "rule": Text("规则", "rule"),
    "row": Text("报表栏目", "part of a report form"),
    "form": Text("报表是否施行", "report form in force"),
    "counts": Text("报表是否计入", "counted by the report form"),
    "due": Text("报送要求是否施行", "report due"),
    "done": Text("已办", "done"),
}
# what stands beside the answer: it does not say what is so or what must be done
BESIDE = ("question", "warning")


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One thing that two answers say differently. `old` and `new` are what they say; None is nothing."""

    kind: str
    name: str
    title: Text
    old: Any
    new: Any

    def to_dict(self) -> dict[str, Any]:
        """Return the difference as plain JSON data."""
        return {
            "kind": self.kind,
            "name": self.name,
            "title": self.title.to_dict(),
            "old": self.old,
            "new": self.new,
        }


def compare_answers(old: Classification, new: Classification) -> tuple[AnswerChange, ...]:
    """Return everything about the case itself that two answers say differently."""
    before, after = _told(old), _told(new)
    found = []
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        whole = (key[0], key[1].partition(".")[0])
        if key[0] in _IN_PARTS and whole != key and (whole not in before or whole not in after):
            # to whom and by when says nothing of a duty that is not there, nor a range of a penalty
            continue
        if one is None or other is None or one[1] != other[1]:
            title = (other or one or (Text("", ""), None))[0]
            found.append(AnswerChange(*key, title, one[1] if one else None, other[1] if other else None))
    order = list(KIND_NAMES)
    return tuple(sorted(found, key=lambda change: (order.index(change.kind), change.name)))


_IN_PARTS = ("action", "penalty")
_Told = dict[tuple[str, str], tuple[Text, Any]]


def _told(answer: Classification) -> _Told:
    told: _Told = {}
    for name, finding in answer.findings.items():
        if finding.verdict != "not_met":
            told["finding", name] = (_text(finding.title), finding.verdict)
        for ground in finding.grounds:
            if ground.verdict != "not_met":
                state = ground.verdict if ground.status is None else f"{ground.verdict}, {ground.status}"
                told["ground", f"{name}/{ground.id}"] = (_text(ground.title), state)
    for action in answer.actions:
        told |= _action(action)
    effects: Mapping[str, Iterable[EffectResult]] = {
        "permission": answer.permissions,
        "exemption": answer.exemptions,
        "prohibition": answer.prohibitions,
        "label": answer.labels,
    }
    for kind, found in effects.items():
        told |= {(kind, effect.id): (_text(effect.title), effect.verdict) for effect in found}
    told |= _penalties(answer.penalties)
    told |= _report(answer)
    told |= {("question", one.fact): (_text(one.ask), "asked") for one in answer.questions}
    told |= {("warning", one.id): (_text(one.message), "shown") for one in answer.warnings}
    return told


_ACTION_PARTS = {
    "addressee": Text("对象", "addressee"),
    "actor": Text("办理者", "by"),
    "object": Text("客体", "object"),
    "report_row": Text("计入栏目", "report row"),
}


def _action(action: ActionResult) -> _Told:
    title = _text(action.title)
    told: _Told = {("action", action.id): (title, action.state if action.verdict == "met" else "conditional")}
    for part, said in _ACTION_PARTS.items():
        value = getattr(action, part)
        if value is not None:
            named = Text(f"{title.zh}：{said.zh}", f"{title.en}: {said.en}")
            told["action", f"{action.id}.{part}"] = (named, value)
    if action.clock is not None:
        clock = action.clock
        due = f" → {clock.due.isoformat()}" if clock.due else ""
        told["action", f"{action.id}.clock"] = (
            Text(f"{title.zh}：时限", f"{title.en}: by when"),
            Text(clock.text.zh + due, clock.text.en + due).to_dict(),
        )
    return told


def _penalties(found: PenaltiesResult) -> _Told:
    told: _Told = {}
    for penalty in found.imposed:
        told |= _penalty(penalty)
    if found.law_clauses:
        title = Text("适用行为时还是决定时的法律", "law of the conduct or of the decision")
        told["penalty", "law"] = (title, found.law)
    if found.highest_fine is not None and found.highest_fine_clauses:
        title = Text("一事罚款按哪一项", "penalty by which one act is fined")
        told["penalty", "highest_fine"] = (title, found.highest_fine)
    return told


def _penalty(penalty: PenaltyResult) -> _Told:
    title = _text(penalty.title)
    told: _Told = {("penalty", penalty.id): (title, penalty.verdict)}
    told["penalty", f"{penalty.id}.on"] = (_part(title, Text("对谁", "on whom")), penalty.on)
    if penalty.fine is not None:
        named = _part(title, Text("罚款", "fine"))
        told["penalty", f"{penalty.id}.fine"] = (named, say_range(penalty.fine).to_dict())
        if penalty.fine.base is not None:
            base = _part(title, Text("罚款的基数", "base of the fine"))
            told["penalty", f"{penalty.id}.base"] = (base, penalty.fine.base)
    for kind in dict.fromkeys(measure.id for measure in penalty.measures):
        same = [measure for measure in penalty.measures if measure.id == kind]
        named = _part(title, _text(same[0].title))
        told["penalty", f"{penalty.id}.{kind}"] = (named, join(map(_how, same), "；", "; ").to_dict())
        told["penalty", f"{penalty.id}.{kind}.by"] = (
            _part(named, Text("由谁决定", "by")),
            [measure.by for measure in same],
        )
    return told


def _part(whole: Text, part: Text) -> Text:
    return Text(f"{whole.zh}：{part.zh}", f"{whole.en}: {part.en}")


def say_range(fine: FineResult) -> Text:
    """Return what a fine of an answer comes to: the range in yuan, or the multiple where the base is not known."""
    may = Text("可以", "possibly ") if fine.may else Text("", "")
    least = _separated(fine.least)
    if fine.most is None:
        times = say_multiple(fine.least_percent or 0, fine.most_percent or 0)
        most = Text(f"元以上（{times.zh}）", f" yuan up ({times.en})")
    else:
        most = Text(f"—{_separated(fine.most)}元", f" to {_separated(fine.most)} yuan")
    counted = Text("", "")
    if fine.counted is not None and fine.counted != fine.value:
        shown = _separated(fine.counted)
        counted = Text(f"，按{shown}元计", f", counted as {shown} yuan")
    return Text(f"{may.zh}{least}{most.zh}{counted.zh}", f"{may.en}{least}{most.en}{counted.en}")


def _separated(yuan: str) -> str:
    """Return an amount of the answer with thousands separators; what is after the point stays."""
    return re.sub(r"(?<![0-9.])[0-9]+", lambda found: f"{int(found[0]):,}", yuan)


def _how(measure: MeasureResult) -> Text:
    said = [Text("可以", "may") if measure.may else Text("应当", "must")]
    if measure.years is not None:
        said.append(Text(f"{measure.years}年", f"{measure.years} years"))
    if measure.life:
        said.append(Text("终身", "for life"))
    if measure.most_days is not None:
        said.append(
            Text(f"{measure.least_days}—{measure.most_days}日", f"{measure.least_days} to {measure.most_days} days")
        )
    return join(said, "，", ", ")


_REPORT_PARTS: dict[str, Text] = {
    "form": Text("报表", "form"),
    "tables": Text("表", "tables"),
    "counted": Text("计入", "counted"),
    "counted_in": Text("计入的表", "counted in"),
    "major_case_form": Text("大案要案表", "form of major cases"),
    "stage": Text("环节", "stage"),
    "source_row": Text("来源栏", "row of the source"),
    "value_row": Text("货值栏", "row of the value"),
    "key_areas": Text("重点领域栏", "columns of key areas"),
    "transfer_rows": Text("移送栏", "rows of transfers"),
    "list_rows": Text("名单栏", "rows of lists"),
    "grounds": Text("情形", "grounds"),
    "attachments": Text("一案一报", "written reports"),
}


def _report(answer: Classification) -> _Told:
    told: _Told = {}
    for part, said in _REPORT_PARTS.items():
        value = getattr(answer.report, part)
        if value not in (None, [], "not_met", False):
            told["report", part] = (said, value)
    for due in answer.report.deadlines:
        told["deadline", due.report] = (_text(due.title), due.due.isoformat())
    return told


def _text(said: Said) -> Text:
    return Text(said.zh, said.en)


def say_answer(value: Any) -> Text:
    """Return one side of a difference in words; ids stay as they are."""
    if isinstance(value, dict):
        return Text(value["zh"], value["en"])
    if value is None:
        return Text("—", "—")
    if isinstance(value, (bool, str, list)):
        return say_value(value)
    return Text(str(value), str(value))
