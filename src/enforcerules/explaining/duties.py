"""What must be done, by whom, by when."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.classification import ActionResult, Classification
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.conclusion import overdue, text_of
from enforcerules.explaining.page import Line, Section, join
from enforcerules.text import Text

MOST_DUTIES = 14

_CLOCK_ORDER = ("immediate", "within", "by", "before_event", "prompt", "priority")


def duties(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return what must be done, the overdue and the most pressing first; what may and must not be done after it."""
    due = [a for a in result.actions if a.state == "due" and (full or not a.standing)]
    ranked = sorted(due, key=lambda action: _pressing(decision, action))
    shown = ranked if full or len(ranked) <= MOST_DUTIES + 1 else ranked[:MOST_DUTIES]
    lines = [_duty(decision, action) for action in shown]
    rest = ranked[len(shown) :]
    if rest:
        titles = join((text_of(action.title) for action in rest), "；", "; ")
        lines.append(Line(Text(f"还有：{titles.zh}", f"Also: {titles.en}"), mark="□"))
    lines += _others(result, full=full)
    return Section(Text("应办事项", "What must be done"), tuple(lines))


def _others(result: Classification, *, full: bool) -> Iterator[Line]:
    for prohibition in result.prohibitions:
        if prohibition.verdict == "met":
            title = Text(f"不得{prohibition.title.zh}", f"Forbidden: {prohibition.title.en}")
            yield Line(title, tuple(prohibition.clauses), mark="⊘")
    for exemption in result.exemptions:
        if exemption.verdict == "met":
            title = Text(f"不必{exemption.title.zh}", f"Not needed: {exemption.title.en}")
            yield Line(title, tuple(exemption.clauses), mark="○")
    required = {action.id for action in result.actions if action.verdict == "met"}
    permitted = [p for p in result.permissions if p.verdict == "met" and (full or p.id not in required)]
    if permitted:
        titles = join((text_of(p.title) for p in permitted), "；", "; ")
        clauses = tuple(dict.fromkeys(clause for p in permitted for clause in p.clauses))
        yield Line(Text(f"可以：{titles.zh}", f"Permitted: {titles.en}"), clauses, mark="○")
    done = [a for a in result.actions if a.state == "done" and a.verdict == "met" and (full or not a.standing)]
    if done:
        titles = join((text_of(action.title) for action in done), "；", "; ")
        yield Line(Text(f"已办：{titles.zh}", f"Done: {titles.en}"), mark="☑")


def _pressing(decision: Decision, action: ActionResult) -> tuple[bool, bool, bool, bool, int]:
    kind = action.clock.kind if action.clock else ""
    return (
        not overdue(action, decision.case.as_of),
        action.actor != "handling_agency",
        action.report_row is None,
        action.addressee == action.actor,
        _CLOCK_ORDER.index(kind) if kind in _CLOCK_ORDER else len(_CLOCK_ORDER),
    )


def _duty(decision: Decision, action: ActionResult) -> Line:
    agencies = decision.book.vocabulary.enumerations["agency"].values
    title = text_of(action.title)
    who, to = Text("", ""), Text("", "")
    if action.actor != "handling_agency" and _plain(actor := agencies[action.actor]) not in title.zh:
        who = Text(f"〔{actor.zh}〕", f"[{actor.en}] ")
    if action.addressee != action.actor and _plain(receiver := agencies[action.addressee]) not in title.zh:
        to = Text(f" → {receiver.zh}", f" → {receiver.en}")
    clock = _clock(decision, action, title)
    text = Text(f"{who.zh}{title.zh}{to.zh}{clock.zh}", f"{who.en}{title.en}{to.en}{clock.en}")
    return Line(text, tuple(action.clauses), mark="□")


def _plain(agency: Text) -> str:
    return agency.zh.partition("（")[0]


def _clock(decision: Decision, action: ActionResult, title: Text) -> Text:
    clock = action.clock
    if clock is None:
        return Text("", "")
    text = text_of(clock.text)
    if clock.due is not None:
        late = overdue(action, decision.case.as_of)
        after = Text(f"，已逾期 {late} 日", f", overdue by {late} days") if late else Text("", "")
        return Text(f"（{text.zh}，最迟 {clock.due}{after.zh}）", f" ({text.en}, by {clock.due}{after.en})")
    if text.zh in title.zh:
        return Text("", "")
    return Text(f"（{text.zh}）", f" ({text.en})")


def standing(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return the duties that every such case has, in one short block."""
    if full:
        return Section(Text("", ""), ())
    found = [a for a in result.actions if a.standing and a.state == "due"]
    titles = join((text_of(action.title) for action in found), "；", "; ")
    clauses = tuple(dict.fromkeys(clause for action in found for clause in action.clauses))
    lines = (Line(titles, clauses),) if found else ()
    return Section(Text("各案都要做的", "What every case needs"), lines)
