"""Pass 3: sources, clauses, parameters and holiday calendars, with their places and periods.

Needs:  the vocabulary.
Leaves: `sources`, `clauses`, `parameters`, `calendar`.
"""

from __future__ import annotations

from datetime import date

from enforcerules.errors import Span, did_you_mean, listed, quoted
from enforcerules.model import Clause, Clock, Fact, Parameter, ParameterValue, SourceDocument, Window
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import read_literal
from enforcerules.syntax import documents as d
from enforcerules.text import Text
from enforcerules.values import Place as Location
from enforcerules.values import WorkCalendar, YearCalendar


def read_law(draft: Draft) -> None:
    """Fill sources, clauses, parameters and calendars."""
    check_places(draft)
    for name, (doc, place) in draft.placed("source"):
        check_where(draft, doc.where, place, "where")
        windows = _windows(draft, doc.windows, place)
        draft.sources[name] = SourceDocument(
            id=name,
            title=doc.title.text(),
            short=doc.short.text(),
            number=doc.number,
            issuer=doc.issuer.text(),
            kind=doc.kind,
            where=doc.where,
            provisional=doc.provisional,
            windows=windows,
            note=doc.note.text() if doc.note else None,
        )
        _check_products(draft, doc.products, place)
    for name, ((source, doc), place) in draft.placed("clause"):
        draft.clauses[name] = _clause(draft, name, source, doc, place)
    for name, (doc, place) in draft.placed("parameter"):
        draft.parameters[name] = _parameter(draft, name, doc, place)
    draft.calendar = WorkCalendar(
        {int(year): _year(draft, doc, place) for year, (doc, place) in draft.placed("calendar")}
    )


def _clause(draft: Draft, name: str, source: str, doc: d.ClauseDoc, place: Place) -> Clause:
    header: d.SourceDoc = draft.documents["source"][source].content
    products = doc.products if doc.products is not None else header.products
    if doc.where is not None:
        check_where(draft, doc.where, place, "where")
    _check_products(draft, doc.products, place)
    for index, agency in enumerate(doc.addressees):
        check_agency(draft, agency, place, "addressees", index)
    draft.carry(doc.doubts, place)
    windows = _windows(draft, doc.windows, place) if doc.windows is not None else draft.sources[source].windows
    return Clause(
        id=name,
        source=source,
        at=doc.at,
        gist=doc.gist.text(),
        quote=doc.quote,
        where=doc.where or header.where,
        governs=doc.governs or header.governs,
        products=None if products == "any" else frozenset(products),
        windows=windows,
        addressees=tuple(doc.addressees),
        clock=_clock(draft, doc.clock, place) if doc.clock else None,
        doubts=tuple(doc.doubts),
        not_encoded=doc.not_encoded.text() if doc.not_encoded else None,
        provisional=header.provisional,
    )


def _clock(draft: Draft, doc: d.ClockDoc, place: Place) -> Clock:
    since = doc.from_
    if since is not None and draft.knows("fact", since, place, "clock", "from") and draft.facts[since].type != "date":
        draft.fault(
            "ER1023",
            Text(
                f"期限的起点 {quoted(since)} 不是日期",
                f"the period cannot run from {quoted(since)}, which is not a date",
            ),
            place.span("clock", "from"),
            Text("换成类型为 `date` 的事实", "name a fact of type `date`"),
        )
    for key, clause in (("counting_clause", doc.counting_clause), ("moved_by", doc.moved_by)):
        if clause is not None and draft.knows("clause", clause, place, "clock", key):
            draft.use(clause, "clock")
    doubt = doc.counting_doubt
    if doubt is not None and draft.knows("doubt", doubt, place, "clock", "counting_doubt"):
        draft.carried.add(doubt)
    return Clock(
        kind=doc.kind,
        text=doc.text.text(),
        days=doc.days,
        hours=doc.hours,
        working_days=doc.counting == "working",
        since=doc.from_,
        day=doc.day,
        counting_clause=doc.counting_clause,
        counting_doubt=doc.counting_doubt,
        moved_by=doc.moved_by,
    )


def _windows(draft: Draft, docs: list[d.WindowDoc], place: Place) -> tuple[Window, ...]:
    windows: list[Window] = []
    for index, doc in enumerate(docs):
        at = place.inside("windows", index)
        if doc.doubt is not None:
            draft.knows("doubt", doc.doubt, at, "doubt")
        if doc.status == "in_doubt" and doc.doubt is None:
            draft.fault(
                "ER1042",
                Text("存疑的期间没有写明疑义", "the period is in doubt, and does not name its doubt"),
                at.span("status", key=True),
                Text("补上 `doubt:` 和疑义的编号", "add `doubt:` with the id of the doubt"),
            )
        if doc.clause is not None and draft.knows("clause", doc.clause, at, "clause"):
            draft.use(doc.clause, "window")
        windows.append(Window(doc.from_, doc.until, doc.status == "in_doubt", doc.doubt))
    _check_periods(draft, [(window, place.inside("windows", index)) for index, window in enumerate(windows)])
    return tuple(windows)


def _check_periods(draft: Draft, periods: list[tuple[Window, Place]]) -> None:
    """Report periods that end before they begin, and those that overlap an earlier one."""
    sound: list[tuple[Window, Place]] = []
    for window, place in periods:
        if window.since and window.until and window.until < window.since:
            draft.fault(
                "ER1040",
                Text(
                    f"期间的结束 `{window.until}` 早于开始 `{window.since}`",
                    f"the period ends on `{window.until}`, before it begins on `{window.since}`",
                ),
                place.span("until"),
                Text(
                    "改正其中一个日期；两端都算在期间之内", "correct one of the dates; both ends are part of the period"
                ),
            )
            continue
        for other, there in sound:
            if _overlap(window, other):
                draft.fault(
                    "ER1041",
                    Text("这个期间与前面的期间重叠", "this period overlaps an earlier one"),
                    place.span("from") if window.since else place.span(),
                    Text(
                        "让后一个期间从前一个结束的次日开始",
                        "let the later period begin on the day after the earlier one ends",
                    ),
                    ((Text("前面的期间", "the earlier period"), there.span("until") if other.until else there.span()),),
                )
                break
        sound.append((window, place))


def _overlap(one: Window, other: Window) -> bool:
    latest_start = max(one.since or date.min, other.since or date.min)
    earliest_end = min(one.until or date.max, other.until or date.max)
    return latest_start <= earliest_end


# --- places, products, agencies --------------------------------------------------------------------


def check_places(draft: Draft) -> None:
    """Check the places that rulebook.yaml lists, and the default one."""
    root = draft.files.root
    for code in root.content.places:
        _check_code(draft, code, root.span(("places", code), key=True))
    check_where(draft, root.content.default_place, Place(root, ()), "default_place")


def check_where(draft: Draft, code: str, place: Place, *path: str | int) -> None:
    """Record a fault when `code` is no place code, or of a place that the rulebook does not list."""
    places = draft.files.root.content.places
    if not _check_code(draft, code, place.span(*path)) or not places or code in places:
        return
    draft.fault(
        "ER4011",
        Text(
            f"地区 {quoted(code)} 没有列入 `rulebook.yaml`",
            f"the place {quoted(code)} is not listed in `rulebook.yaml`",
        ),
        place.span(*path),
        did_you_mean(code, places) or Text("补入 `rulebook.yaml` 的 `places`", "add it to `places` in `rulebook.yaml`"),
    )


def _check_code(draft: Draft, code: str, span: Span) -> bool:
    try:
        Location.parse(code)
    except ValueError:
        draft.fault(
            "ER4010",
            Text(f"{quoted(code)} 不是地区代码", f"{quoted(code)} is not a place code"),
            span,
            Text("写加引号的六位行政区划代码，或者 `CN`", "write a six-digit place code in quotes, or `CN`"),
        )
        return False
    return True


def _check_products(draft: Draft, products: d.Products | None, place: Place) -> None:
    for index, product in enumerate(products if isinstance(products, list) else ()):
        check_product(draft, product, place, "products", index)


def check_product(draft: Draft, product: str, place: Place, *path: str | int) -> None:
    """Record a fault when `product` is not in the enumeration of product categories."""
    _check_member(draft, "product_category", Text("产品类别", "product category"), product, place, *path)


def check_agency(draft: Draft, agency: str, place: Place, *path: str | int) -> None:
    """Record a fault when `agency` is not in the enumeration of agencies."""
    _check_member(draft, "agency", Text("机关", "agency"), agency, place, *path)


def _check_member(draft: Draft, name: str, said: Text, value: str, place: Place, *path: str | int) -> None:
    known = draft.enumerations.get(name)
    values = known.values if known is not None else {}
    if value in values or draft.may_be_lost("vocabulary", value) or name in draft.files.lost:
        return
    by_label = {text.zh: member for member, text in values.items()}
    choice = listed(values)
    hint = Text(f"可用的值：{choice.zh}", f"the values are: {choice.en}")
    if not values:
        hint = Text(f"在词汇中补上枚举 `{name}`", f"add the enumeration `{name}` to the vocabulary")
    draft.fault(
        "ER1022",
        Text(f"没有{said.zh} {quoted(value)}", f"there is no {said.en} {quoted(value)}"),
        place.span(*path),
        did_you_mean(by_label.get(value, value), values, values) or hint,
    )


# --- parameters and calendars ----------------------------------------------------------------------


def _parameter(draft: Draft, name: str, doc: d.ParameterDoc, place: Place) -> Parameter:
    values: list[ParameterValue] = []
    label = doc.label.text()
    # a value is written as one of a fact of that type is
    like = Fact(name, doc.type, None, label, label, None, None, False, None, 1)
    periods: dict[str, list[tuple[Window, Place]]] = {}
    for index, item in enumerate(doc.values):
        at = place.inside("values", index)
        check_where(draft, item.where, at, "where")
        if draft.knows("clause", item.clause, at, "clause"):
            draft.use(item.clause, f"parameter {name}")
        window = Window(item.from_, item.until, in_doubt=False, doubt=None)
        periods.setdefault(item.where, []).append((window, at))
        value = read_literal(draft, like, item.value, at, "value")
        if isinstance(value, int):
            values.append(ParameterValue(item.where, window, value, item.clause))
    for of_one_place in periods.values():
        _check_periods(draft, of_one_place)
    draft.carry(doc.doubts, place)
    return Parameter(name, doc.type, label, tuple(values), tuple(doc.doubts))


def _year(draft: Draft, doc: d.CalendarDoc, place: Place) -> YearCalendar:
    holidays: dict[date, Text] = {}
    seen: dict[date, Span] = {}
    for index, holiday in enumerate(doc.holidays):
        for number, day in enumerate(holiday.days):
            _check_day(draft, day, doc.year, place.span("holidays", index, "days", number), seen)
            holidays[day] = holiday.name.text()
        _check_count(draft, len(holiday.days), holiday.count, place.span("holidays", index, "count"))
    off = dict(seen)
    for index, day in enumerate(doc.worked):
        span = place.span("worked", index)
        if day in off:
            draft.fault(
                "ER4003",
                Text(f"`{day}` 既是假日，又是调休的工作日", f"`{day}` is both a holiday and a day worked in its place"),
                span,
                Text("按放假通知只保留一处", "keep the one that the notice says"),
                ((Text("列为假日", "as a holiday"), off[day]),),
            )
            continue
        _check_day(draft, day, doc.year, span, seen)
        if day.weekday() < 5:
            zh, en = "一二三四五"[day.weekday()], _WEEKDAYS[day.weekday()]
            draft.fault(
                "ER4003",
                Text(f"`{day}` 是星期{zh}，本来就上班", f"`{day}` is a {en}, which is worked anyway"),
                span,
                Text(
                    "调休的工作日是周六或者周日；核对放假通知",
                    "days worked in place of holidays are Saturdays and Sundays; look at the notice",
                ),
            )
    _check_count(draft, len(doc.worked), doc.worked_count, place.span("worked_count"))
    own = {day: name for day, name in holidays.items() if day.year == doc.year}
    return YearCalendar(doc.year, own, frozenset(doc.worked), doc.notice.number)


def _check_count(draft: Draft, listed_days: int, counted: int | None, span: Span) -> None:
    if counted is not None and counted != listed_days:
        draft.fault(
            "ER4004",
            Text(
                f"应有 {counted} 天，列出了 {listed_days} 天",
                f"the count of days is {counted}, and {listed_days} are listed",
            ),
            span,
            Text(
                "按放假通知补上或者删去，或者改正天数",
                "add or remove the day that the notice says, or correct the count",
            ),
        )


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def _check_day(draft: Draft, day: date, year: int, span: Span, seen: dict[date, Span]) -> None:
    # New Year's holiday may begin in the last days of December of the year before
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        draft.fault(
            "ER4001",
            Text(f"`{day}` 不属于 {year} 年", f"`{day}` is not of {year}"),
            span,
            Text("改正日期，或者移到那一年的文件", "correct the date, or move it to the file of its year"),
        )
    check_once(draft, day, span, seen)


def check_once(draft: Draft, day: date, span: Span, seen: dict[date, Span]) -> None:
    """Record a day that a calendar lists a second time; `seen` are those listed so far."""
    if (first := seen.setdefault(day, span)) is not span:
        draft.fault(
            "ER4002",
            Text(f"`{day}` 列了两次", f"`{day}` is listed twice"),
            span,
            Text("只保留一处", "keep one of them"),
            ((Text("第一次列在这里", "it is listed here first"), first),),
        )
