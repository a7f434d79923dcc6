"""The list of due reports as a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcerules.explaining.page import Line, Page, Section, doubt_line
from enforcerules.explaining.render import render_text
from enforcerules.reports.due.listing import DueList
from enforcerules.reports.due.saying import day_details, notes, place_name, report_details
from enforcerules.text import Language, Text


def list_as_text(dues: DueList, language: Language) -> str:
    """Return the list as text for a terminal."""
    return render_text(dues.book, _page(dues), language, full=True)


def _page(dues: DueList) -> Page:
    book = dues.book
    sections = (
        Section(Text("报送日", "Due days"), tuple(_days(dues))),
        Section(Text("没有固定日期，随时可能要报", "Without a day: may fall due at any time"), tuple(_any_time(dues))),
        Section(Text("说明", "Notes"), tuple(Line(note) for note in notes(dues))),
        Section(Text("疑义", "Doubts"), tuple(doubt_line(book, name) for name in dues.doubts)),
    )
    stamp = Line(
        Text(
            f"规则库 {book.id} {book.version} · {book.sha256[:12]}",
            f"rulebook {book.id} {book.version} · {book.sha256[:12]}",
        ),
        mark="",
    )
    return Page(title(dues), Line(_answer(dues), mark=""), sections, (stamp,))


def title(dues: DueList) -> Text:
    """Return what the list is about: the place and the period."""
    here, period = place_name(dues.book, dues.place.code), _period(dues)
    return Text(f"报送日程：{here.zh}，{period.zh}", f"Reports due: {here.en}, {period.en}")


def _period(dues: DueList) -> Text:
    if dues.as_of is not None:
        return Text(f"{dues.as_of} 起各报表的下一次", f"the next of each from {dues.as_of} on")
    since = None if dues.since == date.min else dues.since
    until = None if dues.until == date.max else dues.until
    if since is None and until is None:
        return Text("全部日期", "all days")
    return Text(
        f"{since} 至 {until}" if since and until else f"{since} 起" if since else f"至 {until}",
        " ".join([*([f"from {since}"] if since else []), *([f"until {until}"] if until else [])]),
    )


def _answer(dues: DueList) -> Text:
    if not dues.days:
        return Text("没有报送日。", "No report has a day there.")
    count, first = len(dues.days), dues.days[0]
    said = first.report.title
    return Text(
        f"有 {count} 个报送日，最早的是 {first.day} 前：{said.zh}。",
        f"{count} due {'day' if count == 1 else 'days'}, the first before {first.day}: {said.en}.",
    )


def _days(dues: DueList) -> Iterator[Line]:
    for due in dues.days:
        said = due.report.title
        yield Line(
            Text(f"{due.day} 前：{said.zh}", f"before {due.day}: {said.en}"),
            (*due.clauses, *due.in_doubt),
            mark="□" if due.clauses else "?",
            inner=tuple(Line(text, mark="–") for text in day_details(dues, due)),
        )


def _any_time(dues: DueList) -> Iterator[Line]:
    for due in dues.any_time:
        yield Line(
            due.report.title,
            (*due.clauses, *due.in_doubt),
            mark="•" if due.clauses else "?",
            inner=tuple(Line(text, mark="–") for text in report_details(dues.book, due)),
        )
