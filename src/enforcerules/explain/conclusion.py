"""The answer in one statement, and what must be done."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.classification import ActionResult, Classification, ClockResult, GroundResult, Said
from enforcerules.deciding.decision import Decision
from enforcerules.explain.page import Line, Section, join
from enforcerules.text import Text

_NOUNS = {
    "lead": Text("本线索", "This lead"),
    "risk_item": Text("本风险", "This risk"),
    "safety_event": Text("本事件", "This event"),
}
_CASE = Text("本案", "This case")


def text_of(said: Said) -> Text:
    """Return a text of the answer as a text of the page."""
    return Text(said.zh, said.en)


def noun(decision: Decision) -> Text:
    """Return how the record is called in a sentence."""
    return _NOUNS.get(str(decision.case.facts.known.get("record_kind")), _CASE)


def answer(decision: Decision, result: Classification) -> Line:
    """Return the conclusion in one statement, with the clauses it rests on."""
    parts = [
        *_major(result),
        *_identity(result),
        *_filing(decision, result),
        *_hand_overs(result),
        *_count(result),
    ]
    said = join(parts, "；", "; ")
    subject = noun(decision)
    clauses = [
        clause
        for grounds in (result.major_case.grounds, result.direct_filing.grounds)
        for ground in grounds
        if ground.verdict == "met"
        for clause in ground.clauses
    ]
    return Line(Text(f"{subject.zh}{said.zh}。", f"{subject.en} {said.en}."), tuple(dict.fromkeys(clauses)), mark="")


def _grounds(grounds: list[GroundResult]) -> Text:
    return join(_ground(ground) for ground in grounds if ground.verdict == "met")


def _ground(ground: GroundResult) -> Text:
    title = text_of(ground.title)
    if ground.status == "planned":
        return Text(f"{title.zh}（拟）", f"{title.en} (planned)")
    return title


def _major(result: Classification) -> Iterator[Text]:
    major = result.major_case
    if major.verdict == "met":
        why = _grounds(major.grounds)
        default = (
            Text("，当地没有生效的方案，暂按全国表式判断", ", by the national form, as no local plan is in force")
            if major.provisional
            else Text("", "")
        )
        yield Text(
            f"属于大案要案，事由：{why.zh}{default.zh}", f"is a major case, on the ground of: {why.en}{default.en}"
        )
    elif major.verdict == "open":
        needs = [text_of(q.ask) for q in result.questions if any(d.startswith("finding:major_case") for d in q.decides)]
        hint = (
            Text("，要看下面的待查事实", ", which the open facts below decide")
            if needs
            else Text("，依据的效力存疑", ", because the force of the rules is in doubt")
        )
        yield Text(f"是否属于大案要案待定{hint.zh}", f"may be a major case{hint.en}")
    else:
        yield Text("不属于大案要案", "is not a major case")


def _identity(result: Classification) -> Iterator[Text]:
    for name in ("fake_drug", "substandard_drug"):
        finding = result.findings.get(name)
        if finding is not None and finding.verdict == "met":
            why = _grounds(finding.grounds)
            yield Text(
                f"产品为{finding.title.zh}（{why.zh}）", f"the product is a {finding.title.en.lower()} ({why.en})"
            )


def _filing(decision: Decision, result: Classification) -> Iterator[Text]:
    filing = result.direct_filing
    products = decision.case.facts.known.get("product_categories")
    if filing.verdict == "met":
        yield Text("无需送检，依法直接立案", "it is filed directly without a laboratory test")
    elif filing.verdict == "open" and isinstance(products, frozenset) and "drug" in products:
        yield Text("能否不送检直接立案待定", "whether it is filed without a test is open")


def _hand_overs(result: Classification) -> Iterator[Text]:
    due = [a for a in result.actions if a.verdict == "met" and a.report_row and a.addressee != a.actor]
    for state, zh, en in (("due", "应", "is to be"), ("done", "已", "has been")):
        receivers = [action for action in due if action.state == state]
        if receivers:
            acts = join(text_of(action.title) for action in receivers)
            yield Text(f"{zh}{acts.zh}", f"{en} handed on: {acts.en}")


def _count(result: Classification) -> Iterator[Text]:
    due = sum(action.state == "due" and not action.standing for action in result.actions)
    if due:
        yield Text(f"当前须办 {due} 项", f"{due} duties are due now")


_CLOCK_ORDER = ("immediate", "within", "by", "before_event", "prompt", "priority")


def duties(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return what must be done, by whom, by when; the most pressing first."""
    due = [a for a in result.actions if a.state == "due" and (full or not a.standing)]
    lines = [_duty(decision, action) for action in sorted(due, key=_pressing)]
    for prohibition in result.prohibitions:
        if prohibition.verdict == "met":
            title = Text(f"不得{prohibition.title.zh}", f"Forbidden: {prohibition.title.en}")
            lines.append(Line(title, tuple(prohibition.clauses), mark="⊘"))
    for exemption in result.exemptions:
        if exemption.verdict == "met":
            title = Text(f"不必{exemption.title.zh}", f"Not needed: {exemption.title.en}")
            lines.append(Line(title, tuple(exemption.clauses), mark="○"))
    permitted = [p for p in result.permissions if p.verdict == "met"]
    if permitted:
        titles = join(text_of(p.title) for p in permitted)
        clauses = tuple(dict.fromkeys(clause for p in permitted for clause in p.clauses))
        lines.append(Line(Text(f"可以：{titles.zh}", f"Permitted: {titles.en}"), clauses, mark="○"))
    done = [a for a in result.actions if a.state == "done" and a.verdict == "met" and (full or not a.standing)]
    if done:
        titles = join(text_of(action.title) for action in done)
        lines.append(Line(Text(f"已办：{titles.zh}", f"Done: {titles.en}"), mark="☑"))
    return Section(Text("应办事项", "What must be done"), tuple(lines))


def _pressing(action: ActionResult) -> tuple[bool, bool, int]:
    kind = action.clock.kind if action.clock else ""
    order = _CLOCK_ORDER.index(kind) if kind in _CLOCK_ORDER else len(_CLOCK_ORDER)
    return (action.actor != "handling_agency", action.report_row is None, order)


def _duty(decision: Decision, action: ActionResult) -> Line:
    agencies = decision.book.vocabulary.enumerations["agency"].values
    title = text_of(action.title)
    who = Text("", "")
    if action.actor != "handling_agency":
        actor = agencies[action.actor]
        who = Text(f"〔{actor.zh}〕", f"[{actor.en}] ")
    to = Text("", "")
    if action.addressee != action.actor and (receiver := agencies[action.addressee]).zh not in title.zh:
        to = Text(f" → {receiver.zh}", f" → {receiver.en}")
    clock = _clock(action.clock, title)
    return Line(
        Text(f"{who.zh}{title.zh}{to.zh}{clock.zh}", f"{who.en}{title.en}{to.en}{clock.en}"),
        tuple(action.clauses),
        mark="□",
    )


def _clock(clock: ClockResult | None, title: Text) -> Text:
    if clock is None or clock.text.zh in title.zh:
        return Text("", "")
    text = text_of(clock.text)
    if clock.due is not None:
        return Text(f"，{text.zh}（最迟 {clock.due}）", f", {text.en} (by {clock.due})")
    return Text(f"，{text.zh}", f", {text.en}")


def standing(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return the duties that every such case has, in one short block."""
    if full:
        return Section(Text("", ""), ())
    found = [a for a in result.actions if a.standing and a.state == "due"]
    titles = join(text_of(action.title) for action in found)
    clauses = tuple(dict.fromkeys(clause for action in found for clause in action.clauses))
    lines = (Line(titles, clauses),) if found else ()
    return Section(Text("各案都要做的", "What every case needs"), lines)
