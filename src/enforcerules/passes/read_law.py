"""Pass 3: sources, clauses, parameters and holiday calendars, with their places and periods.

Needs:  the vocabulary.
Leaves: `sources`, `clauses`, `parameters`, `calendar`.
"""

from __future__ import annotations

from datetime import date

from enforcerules.model import Clause, Clock, Parameter, ParameterValue, SourceDocument, Window
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import shown
from enforcerules.syntax import documents as d
from enforcerules.text import Text
from enforcerules.values import Place as Location
from enforcerules.values import WorkCalendar, YearCalendar, parse_yuan


def read_law(draft: Draft) -> None:
    """Fill sources, clauses, parameters and calendars."""
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
    draft.calendar = WorkCalendar({int(year): _year(draft, doc, place) for year, (doc, place) in draft.placed("calendar")})


def _clause(draft: Draft, name: str, source: str, doc: d.ClauseDoc, place: Place) -> Clause:
    header: d.SourceDoc = draft.documents["source"][source].content
    products = doc.products if doc.products is not None else header.products
    if doc.where is not None:
        check_where(draft, doc.where, place, "where")
    _check_products(draft, doc.products, place)
    for index, agency in enumerate(doc.addressees):
        check_agency(draft, agency, place, "addressees", index)
    for index, doubt in enumerate(doc.doubts):
        draft.knows("doubt", doubt, place, "doubts", index)
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
    if doc.from_ is not None and draft.knows("fact", doc.from_, place, "clock", "from") and draft.facts[doc.from_].type != "date":
        draft.fault("ER1023", Text(f"`{doc.from_}` 不是日期", f"`{doc.from_}` is not a date"), place.span("clock", "from"))
    return Clock(doc.kind, doc.text.text(), doc.days, doc.hours, doc.counting == "working", doc.from_, doc.day)


def _windows(draft: Draft, docs: list[d.WindowDoc], place: Place) -> tuple[Window, ...]:
    windows: list[Window] = []
    for index, doc in enumerate(docs):
        at = place.inside("windows", index)
        if doc.doubt is not None:
            draft.knows("doubt", doc.doubt, at, "doubt")
        if doc.status == "in_doubt" and doc.doubt is None:
            draft.fault(
                "ER1042",
                Text("存疑的期间须写明疑义编号", "a period in doubt names its doubt"),
                at.span(),
                Text("加上 doubt: G-…", "add doubt: G-…"),
            )
        if doc.clause is not None and draft.knows("clause", doc.clause, at, "clause"):
            draft.use(doc.clause, "window")
        window = Window(doc.from_, doc.until, doc.status == "in_doubt", doc.doubt)
        if window.since and window.until and window.until < window.since:
            draft.fault("ER1040", Text("期间的结束早于开始", "the period ends before it begins"), at.span("until"))
        for other in windows:
            if _overlap(window, other):
                draft.fault("ER1041", Text("两个期间重叠", "two periods overlap"), at.span())
        windows.append(window)
    return tuple(windows)


def _overlap(one: Window, other: Window) -> bool:
    latest_start = max(one.since or date.min, other.since or date.min)
    earliest_end = min(one.until or date.max, other.until or date.max)
    return latest_start <= earliest_end


def check_where(draft: Draft, code: str, place: Place, *path: str | int) -> None:
    """Record a fault when `code` is no place code."""
    try:
        Location.parse(code)
    except ValueError:
        draft.fault(
            "ER4010",
            Text(f"`{code}` 不是地区代码", f"`{code}` is not a place code"),
            place.span(*path),
            Text("写六位行政区划代码（加引号）或 CN", "write a six-digit place code in quotes, or CN"),
        )


def _check_products(draft: Draft, products: d.Products | None, place: Place) -> None:
    categories = draft.enumerations.get("product_category")
    if categories is None or not isinstance(products, list):
        return
    for index, product in enumerate(products):
        if product not in categories.values:
            draft.fault(
                "ER1022",
                Text(f"没有产品类别 `{product}`", f"there is no product category `{product}`"),
                place.span("products", index),
            )


def check_agency(draft: Draft, agency: str, place: Place, *path: str | int) -> None:
    """Record a fault when `agency` is not in the enumeration of agencies."""
    known = draft.enumerations.get("agency")
    if known is not None and agency not in known.values:
        draft.fault("ER1022", Text(f"没有机关 `{agency}`", f"there is no agency `{agency}`"), place.span(*path))


def _parameter(draft: Draft, name: str, doc: d.ParameterDoc, place: Place) -> Parameter:
    values: list[ParameterValue] = []
    for index, item in enumerate(doc.values):
        at = place.inside("values", index)
        check_where(draft, item.where, at, "where")
        if draft.knows("clause", item.clause, at, "clause"):
            draft.use(item.clause, f"parameter {name}")
        value = item.value
        if doc.type == "money":
            try:
                value = parse_yuan(str(item.value))
            except ValueError:
                value = None
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            draft.fault("ER1021", Text(f"参数值不对：`{shown(item.value)}`", f"not a value for it: `{shown(item.value)}`"), at.span("value"))
            continue
        window = Window(item.from_, item.until, in_doubt=False, doubt=None)
        if any(other.where == item.where and _overlap(window, other.window) for other in values):
            draft.fault("ER1041", Text("同一地区的两个期间重叠", "two periods of one place overlap"), at.span())
        values.append(ParameterValue(item.where, window, value, item.clause))
    for index, doubt in enumerate(doc.doubts):
        draft.knows("doubt", doubt, place, "doubts", index)
    return Parameter(name, doc.type, doc.label.text(), tuple(values), tuple(doc.doubts))


def _year(draft: Draft, doc: d.CalendarDoc, place: Place) -> YearCalendar:
    holidays: dict[date, Text] = {}
    for index, holiday in enumerate(doc.holidays):
        for number, day in enumerate(holiday.days):
            # New Year's holiday may begin in the last days of December of the year before
            if abs(day.year - doc.year) > 1:
                draft.fault("ER4001", Text(f"{day} 不属于 {doc.year} 年", f"{day} is not of {doc.year}"), place.span("holidays", index, "days", number))
            if day in holidays:
                draft.fault("ER4002", Text(f"{day} 列了两次", f"{day} is listed twice"), place.span("holidays", index, "days", number))
            holidays[day] = holiday.name.text()
    for index, day in enumerate(doc.worked):
        if day.weekday() < 5 or day in holidays:
            draft.fault(
                "ER4003",
                Text(f"{day} 不是可以调为工作日的周末", f"{day} is not a weekend day that could be worked"),
                place.span("worked", index),
            )
    own = {day: name for day, name in holidays.items() if day.year == doc.year}
    return YearCalendar(doc.year, own, frozenset(doc.worked), doc.notice.number)


