"""The duties of one case that have a day, as a calendar file for the person who handles it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from enforcerules.classification import ActionResult, Classification, ClockResult, PermissionResult
from enforcerules.deciding.decision import Decision
from enforcerules.errors import CaseError, Diagnostic, EnforceRulesError
from enforcerules.explaining.conclusion import text_of
from enforcerules.explaining.duties import day_off_said
from enforcerules.explaining.page import cite
from enforcerules.reports.duty_calendar import DatedDuty, write_calendar
from enforcerules.text import Language, Text

__all__ = ["write_case_calendar"]

_KEY_LENGTH = 16


def write_case_calendar(decision: Decision, result: Classification, *, language: Language) -> bytes:
    """Return as an iCalendar file what must or may be done in a case by a day that is known and not yet met.

    An entry keeps its identifier as long as the case keeps its `case_id` (else its `case_name`) and the step is
    the same one, so that a newer file moves it. The identifier does not show the number or the name.

    Args:
        decision: the case as it was decided.
        result: the classification of that decision.
        language: the language of the entries.

    Raises:
        CaseError: ER7072, when the case has neither `case_id` nor `case_name`.
        EnforceRulesError: ER7071, when nothing has a day.
        EngineUnavailableError: when icalendar, which comes with the extra `reports`, is not installed.

    """
    known, book = decision.case.facts.known, decision.book
    number, name = known.get("case_id"), known.get("case_name")
    named = number or name
    if not isinstance(named, str):
        said = Text(
            "案件没有编号也没有名称，日历里的事项认不出是哪一案",
            "the case has neither number nor name to know its entries by",
        )
        hint = Text("在案件中填 `case_id` 或者 `case_name`", "give the case a `case_id` or a `case_name`")
        raise CaseError([Diagnostic("ER7072", said, None, hint)])
    shown = str(name or number)
    key = sha256(named.encode()).hexdigest()[:_KEY_LENGTH]
    entries = list(_entries(decision, result, key, shown))
    if not entries:
        said = Text("本案没有一项应办事项算得出日期", "no duty of the case has a day that can be computed")
        hint = Text("在案件中补上期限起算的日期", "give the case the dates from which its time limits run")
        raise EnforceRulesError([Diagnostic("ER7071", said, None, hint)])
    return write_calendar(
        entries,
        name=Text(f"{shown}：办案期限", f"{shown}: time limits"),
        domain=book.id,
        language=language,
        about=Text(
            f"规则库 {book.id} {book.version}；按 {result.as_of} 的案情",
            f"rulebook {book.id} {book.version}; as the case stood on {result.as_of}",
        ),
    )


def _entries(decision: Decision, result: Classification, key: str, case: str) -> Iterator[DatedDuty]:
    for action in result.actions:
        if action.state == "due" and action.clock is not None:
            yield from _entry(decision, action, action.clock, key, case)
    required = {action.id for action in result.actions if action.verdict == "met"}
    for permission in result.permissions:
        if permission.verdict == "met" and permission.id not in required and permission.clock is not None:
            yield from _entry(decision, permission, permission.clock, key, case)


def _entry(
    decision: Decision, duty: ActionResult | PermissionResult, clock: ClockResult, key: str, case: str
) -> Iterator[DatedDuty]:
    if clock.due is None or clock.safe_by is None or clock.state == "done":
        return
    title = text_of(duty.title)
    may = Text("", "") if isinstance(duty, ActionResult) else Text("可以", "may: ")
    yield DatedDuty(
        key=f"{key}-{duty.id}",
        title=Text(f"{case}：{may.zh}{title.zh}，最迟 {clock.due}", f"{case}: {may.en}{title.en}, by {clock.due}"),
        details=tuple(_details(decision, duty, clock)),
        safe_by=clock.safe_by,
        latest=clock.due,
        known_since=clock.from_ or clock.due,
    )


def _details(decision: Decision, duty: ActionResult | PermissionResult, clock: ClockResult) -> Iterator[Text]:
    book = decision.book
    agencies, action = book.vocabulary.enumerations["agency"].values, book.actions[duty.id]
    actor, addressee = agencies[action.by], agencies[action.to or action.by]
    yield Text(f"办理：{actor.zh}", f"by: {actor.en}")
    if action.to is not None:
        yield Text(f"对方：{addressee.zh}", f"to: {addressee.en}")
    begun = Text(f"，自 {clock.from_} 起算", f", from {clock.from_}") if clock.from_ else Text("", "")
    off = day_off_said(clock)
    yield Text(f"期限：{clock.text.zh}{begun.zh}{off.zh}", f"when: {clock.text.en}{begun.en}{off.en}")
    yield Text(
        f"{clock.safe_by} 结束前办完，怎样理解期限都来得及",
        f"done by the end of {clock.safe_by} it is in time however the period is read",
    )
    if clock.counting_doubt is not None:
        reading = book.doubts[clock.counting_doubt].reading
        yield Text(f"{clock.counting_doubt} 读法：{reading.zh}", f"{clock.counting_doubt} is read as: {reading.en}")
    cited = cite(book, (clock.clause, *duty.clauses), whole=True)
    yield Text(f"依据：{cited.zh}", f"basis: {cited.en}")
