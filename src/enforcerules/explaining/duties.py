"""What must be done, by whom, by when."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.classification import ActionResult, Classification, ClockResult, PermissionResult
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.conclusion import overdue, text_of
from enforcerules.explaining.page import Line, Section, join
from enforcerules.text import Text

MOST_DUTIES = 14
MOST_DONE = 6
MOST_STANDING = 6

_CLOCK_ORDER = ("immediate", "within", "by", "before_event", "prompt", "priority")


def duties(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return what must be done, the overdue and the most pressing first; what may and must not be done after it."""
    due = [a for a in result.actions if a.state == "due" and (full or not a.standing)]
    ranked = sorted(due, key=_pressing)
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
        # what comes before any penalty stands with the penalties
        if prohibition.verdict == "met" and prohibition.id not in result.penalties.held_back_by:
            title = Text(f"不得{prohibition.title.zh}", f"Forbidden: {prohibition.title.en}")
            yield Line(title, tuple(prohibition.clauses), mark="⊘")
    for exemption in result.exemptions:
        if exemption.verdict == "met":
            title = Text(f"不必{exemption.title.zh}", f"Not needed: {exemption.title.en}")
            yield Line(title, tuple(exemption.clauses), mark="○")
    required = {action.id for action in result.actions if action.verdict == "met"}
    permitted = [p for p in result.permissions if p.verdict == "met" and (full or p.id not in required)]
    # what must be asked for by a day stands by itself
    timed = [p for p in permitted if p.clock is not None and p.clock.days_left is not None]
    for permission in timed:
        may = _permission(permission)
        yield Line(Text(f"可以{may.zh}", f"Permitted: {may.en}"), tuple(permission.clauses), mark="○")
    rest = [p for p in permitted if p not in timed]
    if rest:
        titles = join((_permission(p) for p in rest), "；", "; ")
        clauses = tuple(dict.fromkeys(clause for p in rest for clause in p.clauses))
        yield Line(Text(f"可以：{titles.zh}", f"Permitted: {titles.en}"), clauses, mark="○")
    done = [a for a in result.actions if a.state == "done" and a.verdict == "met" and (full or not a.standing)]
    if done:
        most = len(done) if full or len(done) <= MOST_DONE + 1 else MOST_DONE
        titles = join((text_of(action.title) for action in done[:most]), "；", "; ")
        more = Text(f"等 {len(done)} 项", f" and {len(done) - most} more") if most < len(done) else Text("", "")
        yield Line(Text(f"已办：{titles.zh}{more.zh}", f"Done: {titles.en}{more.en}"), mark="☑")


def _permission(permission: PermissionResult) -> Text:
    title = text_of(permission.title)
    if permission.clock is None or permission.clock.state == "done":
        return title
    zh, en = say_clock(permission.clock)
    return Text(f"{title.zh}（{zh}）", f"{title.en} ({en})")


def _pressing(action: ActionResult) -> tuple[bool, bool, bool, bool, bool, int]:
    kind = action.clock.kind if action.clock else ""
    return (
        not overdue(action),
        action.clock is None or action.clock.days_left is None,
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
    clock = _clock(action, title)
    text = Text(f"{who.zh}{title.zh}{to.zh}{clock.zh}", f"{who.en}{title.en}{to.en}{clock.en}")
    return Line(text, tuple(action.clauses), mark="□")


def _plain(agency: Text) -> str:
    return agency.zh.partition("（")[0]


def _clock(action: ActionResult, title: Text) -> Text:
    clock = action.clock
    if clock is None or (clock.due is None and clock.text.zh in title.zh):
        return Text("", "")
    zh, en = say_clock(clock)
    return Text(f"（{zh}）", f" ({en})")


def say_clock(clock: ClockResult) -> Text:
    """Return by when, in the words of the clause, with the day, how many days are left, and a day off."""
    zh, en = text_of(clock.text)
    if clock.due is None:
        return Text(zh, en)
    zh, en = f"{zh}，最迟 {clock.due}", f"{en}, by {clock.due}"
    left = clock.days_left
    if left is None:
        return Text(zh, en)
    told = days_said(left)
    off = day_off_said(clock) if left >= 0 else Text("", "")
    return Text(f"{zh}，{told.zh}{off.zh}", f"{en}, {told.en}{off.en}")


def days_said(left: int) -> Text:
    """Return how many days are left, or by how many the last day is past."""
    if left == 0:
        return Text("今日到期", "due today")
    number = abs(left)
    days = f"{number} day" if number == 1 else f"{number} days"
    return Text(f"还剩 {number} 日", f"{days} left") if left > 0 else Text(f"已逾期 {number} 日", f"overdue by {days}")


def day_off_said(clock: ClockResult) -> Text:
    """Return that the last day is or was a day off, with the working day before it; empty where it is none."""
    off, working = clock.day_off, clock.last_working_day
    if off is None:
        return Text("", "")
    zh, en = f"；当日{off.zh}，不顺延", f"; a day off ({off.en}), not moved"
    if clock.moved_from is not None:
        zh, en = f"；{clock.moved_from} 为{off.zh}，已顺延", f"; moved from {clock.moved_from} ({off.en})"
    if working is not None:
        zh, en = f"{zh}，此前最后工作日 {working}", f"{en}, last working day before it {working}"
    return Text(zh, en)


def standing(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return the duties that every such case has, in one short block."""
    if full:
        return Section(Text("", ""), ())
    found = [a for a in result.actions if a.standing and a.state == "due"]
    # those with a last day come first, so that none of them is left out
    found.sort(key=lambda action: action.clock is None or action.clock.days_left is None)
    timed = sum(action.clock is not None and action.clock.days_left is not None for action in found)
    most = max(MOST_STANDING, timed)
    titles = join((_standing_duty(action) for action in found[:most]), "；", "; ")
    if most < len(found):
        titles = Text(f"{titles.zh}等 {len(found)} 项", f"{titles.en} and {len(found) - most} more")
    clauses = tuple(dict.fromkeys(clause for action in found for clause in action.clauses))
    lines = (Line(titles, clauses),) if found else ()
    return Section(Text("各案都要做的", "What every case needs"), lines)


def _standing_duty(action: ActionResult) -> Text:
    """Return the name of a duty that every case has, with its last day: that must not get lost in the block."""
    title = text_of(action.title)
    if action.clock is None or action.clock.days_left is None:
        return title
    clock = _clock(action, title)
    return Text(f"{title.zh}{clock.zh}", f"{title.en}{clock.en}")
