"""What is said about a due report, on the page and in a calendar entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcerules.explaining.page import join
from enforcerules.model import ResolvedRulebook
from enforcerules.model.due_days import DueDay, DueReport
from enforcerules.reports.due.listing import DueList, doubts_of, force_doubts
from enforcerules.text import Text
from enforcerules.values import COUNTRY
from enforcerules.values.workdays import weekday


def addressees(book: ResolvedRulebook, due: DueReport) -> Text:
    """Return whom the report goes to; empty where the documents do not say."""
    agencies = book.vocabulary.enumerations["agency"].values
    return join(agencies[name] for name in due.report.to)


def place_name(book: ResolvedRulebook, code: str) -> Text:
    """Return what a place is called, with its code; the code alone where the rulebook has no name for it."""
    if code not in book.places:
        return Text(code, code)
    zh, en = book.places[code]
    return Text(f"{zh}（{code}）", f"{en} ({code})")


def day_details(dues: DueList, due: DueDay) -> Iterator[Text]:
    """Yield what is to be known about one day: both days, holidays, to whom, in which form, doubts."""
    book = dues.book
    safe, latest = _day(book, due.safe_by), _day(book, due.day)
    yield Text(
        f"最稳妥：{safe.zh}当日结束前；最迟：{latest.zh}当日",
        f"safe by the end of {safe.en}; at the latest on {latest.en}",
    )
    off, working = book.calendar.day_off(due.day), dues.last_working_day(due)
    if working is not None and (off is not None or working != due.safe_by):
        named = (
            Text(f"{due.day} 是{off.zh}，此处不顺延；", f"{due.day} is {off.en}, and the date is not moved here; ")
            if off
            else Text("", "")
        )
        yield Text(
            f"{named.zh}此前最后一个工作日是 {working}", f"{named.en}the last working day before it is {working}"
        )
    if working is None:
        yield Text("节假日安排不明", "public holidays are not known")
    yield from report_details(book, due)


def report_details(book: ResolvedRulebook, due: DueReport) -> Iterator[Text]:
    """Yield to whom a report goes, in which form, in the words of the document, and what is in doubt."""
    report, to = due.report, addressees(book, due)
    parts = [Text(f"报：{to.zh}", f"to: {to.en}")] if report.to else []
    if report.form is not None:
        title = book.forms[report.form].title
        parts.append(Text(f"表式：{title.zh}", f"form: {title.en}"))
    parts.append(Text(f"期限：{report.text.zh}", f"when: {report.text.en}"))
    yield join(parts, "；", "; ")
    if not due.clauses:
        why = ", ".join(force_doubts(book, due))
        zh, en = (f"（{why}）", f" ({why})") if why else ("", "")
        yield Text(f"规定此时的效力存疑{zh}", f"whether it is in force then is in doubt{en}")
    doubts = doubts_of(book, due)
    if doubts:
        yield Text(f"疑义：{'、'.join(doubts)}", f"doubts: {', '.join(doubts)}")


def notes(dues: DueList) -> Iterator[Text]:
    """Yield why there is less than one may expect: no plan, no day in the period, holidays not known."""
    if not dues.calendar_days:
        yield _no_calendar(dues)
    elif not dues.days:
        first, last = dues.calendar_days[0], dues.calendar_days[-1]
        known = Text(
            f"规则库中当地的报送日从 {first} 到 {last}",
            f"the days of the place in the rulebook run from {first} to {last}",
        )
        if dues.as_of is not None and dues.as_of <= last:
            none = Text(
                f"{dues.as_of} 当地规定报送的条款无效",
                f"no clause that orders a report there is in force on {dues.as_of}",
            )
        elif dues.as_of is not None:
            none = Text(f"{dues.as_of} 以后没有报送日", f"nothing falls due from {dues.as_of} on")
        else:
            none = Text("这一时期没有报送日", "nothing falls due in the period")
        yield Text(f"{none.zh}；{known.zh}", f"{none.en}; {known.en}")
    for year in dues.unknown_years:
        yield Text(
            f"规则库没有 {year} 年的节假日安排，该年哪天放假不明",
            f"the rulebook has no public holidays of {year}: which of its days are off is not known",
        )


def _no_calendar(dues: DueList) -> Text:
    book, here = dues.book, place_name(dues.book, dues.place.code)
    local = [s.short for s in book.sources.values() if s.where in dues.place.within and s.where != COUNTRY]
    others = dict.fromkeys(report.where for report in book.report_calendar if report.days)
    elsewhere = join(place_name(book, code) for code in others)
    if dues.place.code == COUNTRY:
        zh, en = (
            "规则库收录的全国文件中没有报送日",
            "no document of the whole country sets a day on which a report is due",
        )
    elif local:
        named = join(local)
        zh = f"规则库收录了{here.zh}的{named.zh}，其中没有报送日"
        en = f"the rulebook has a document of {here.en} ({named.en}), which sets no day on which a report is due"
    else:
        zh = f"规则库没有收录{here.zh}的方案，当地何时报送不明"
        en = f"the rulebook has no plan of {here.en}: when a report is due there is not known"
    known = Text(f"；有报送日的地方：{elsewhere.zh}", f"; places that have such days: {elsewhere.en}")
    return Text(zh + known.zh, en + known.en) if others else Text(zh, en)


def _day(book: ResolvedRulebook, day: date) -> Text:
    of_week, off = weekday(day), book.calendar.day_off(day)
    named = Text("", "") if off in (None, of_week) else Text(f"，{off.zh}", f", {off.en}")
    return Text(f"{day}（{of_week.zh}{named.zh}）", f"{day} ({of_week.en}{named.en})")
