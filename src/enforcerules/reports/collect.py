"""Cases → a filled form: each case is decided once and added to the tally, in one process or several."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, TypeAlias

from enforcerules.case import Unknown
from enforcerules.errors import CaseError, Diagnostic
from enforcerules.model import ResolvedRulebook
from enforcerules.reports.assumed import without_presumptions
from enforcerules.reports.counted_form import counted_form
from enforcerules.reports.counting import count_case
from enforcerules.reports.figures import CaseKey
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.narrowing import CountingBooks, narrow_to_form
from enforcerules.reports.tally import Tally
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text

_BATCH = 500
_BATCHES_AHEAD = 4

PlacedCase: TypeAlias = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Request:
    """What to fill in, and how to read the cases.

    Args:
        form: the id of a form with tables, or of a written report.
        unit: the name of the reporting unit.
        as_of: the date of the report.
        place: taken as `jurisdiction` of a case that names none; None leaves it unknown.
        unknown: what an absent fact means: `open` leaves it unknown; `absent` takes it as none, where the
            vocabulary has such a value. What is only presumed stays unknown.
        assume: facts taken in every case that does not have them, as a case file holds them.
        not_applicable: what cannot occur at the unit: `TABLE`, `TABLE/ROW` or `TABLE/COLUMN`.

    """

    form: str
    unit: str
    as_of: date
    place: str | None = None
    unknown: Unknown = "open"
    not_applicable: frozenset[str] = frozenset()
    assume: Mapping[str, Any] = field(default_factory=dict)


def fill_form(
    rulebook: Rulebook,
    request: Request,
    cases: Iterable[PlacedCase],
    *,
    processes: int = 1,
    progress: Callable[[int], None] | None = None,
) -> FilledForm:
    """Fill in a form with cases, which are read one by one and not kept.

    Args:
        rulebook: the rulebook that has the form.
        request: what to fill in.
        cases: where each case stands, such as `第3行`, and its facts as a case file holds them.
        processes: how many processes decide cases; the result is the same.
        progress: called with the number of cases counted so far.

    Raises:
        CaseError: with the faults of every wrong case. Nothing is reported of a ledger with faults.
        KeyError: when the rulebook has no such form.

    """
    form = rulebook.resolved.forms[request.form]
    whole, faults, done = Tally(), list[Diagnostic](), 0
    counting = narrow_to_form(rulebook.resolved, form)
    counting = replace(counting, vocabulary=without_presumptions(counting.vocabulary))
    for tally, wrong, count in _tallies(counting, request, cases, processes):
        whole.merge(tally)
        faults += wrong
        done += count
        if progress is not None:
            progress(done)
    if faults:
        raise CaseError(faults)
    return FilledForm(
        rulebook.resolved,
        form,
        request.unit,
        request.as_of,
        whole,
        request.not_applicable,
        request.unknown,
        request.assume,
    )


_Part: TypeAlias = tuple[Tally, list[Diagnostic], int]


def _tallies(book: ResolvedRulebook, request: Request, cases: Iterable[PlacedCase], processes: int) -> Iterator[_Part]:
    batches = _batches(cases)
    first = list(islice(batches, 2))
    # a short ledger is done before other processes have started
    if processes <= 1 or len(first) < 2:
        books = CountingBooks(book, book.forms[request.form])
        for batch in chain(first, batches):
            yield _count(books, request, batch)
        return
    # a forked child has the rulebook already; where there is no fork it is sent once
    context = get_context()
    with ProcessPoolExecutor(processes, context, _receive, (book, request.form)) as pool:
        waiting: list[Future[_Part]] = []
        try:
            for batch in chain(first, batches):
                waiting.append(pool.submit(_count_there, request, batch))
                if len(waiting) >= processes * _BATCHES_AHEAD:
                    yield waiting.pop(0).result()
            for future in waiting:
                yield future.result()
        except BaseException:
            # whoever breaks it off does not wait for batches that nobody wants
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _batches(cases: Iterable[PlacedCase]) -> Iterator[list[PlacedCase]]:
    rest = iter(cases)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _count(books: CountingBooks, request: Request, batch: list[PlacedCase]) -> _Part:
    rulebook = books.whole
    form = counted_form(rulebook.resolved, rulebook.resolved.forms[request.form])
    tally, faults = Tally(), list[Diagnostic]()
    for place, facts in batch:
        try:
            case = rulebook.read_case(_complete(rulebook.resolved, request, facts), unknown=request.unknown)
        except CaseError as error:
            faults += [_placed(fault, place) for fault in error.diagnostics]
            continue
        key = CaseKey(case.case_id, place)
        tally.add(count_case(books.decide(case), form, key, request.as_of))
    return tally, faults, len(batch)


def _complete(book: ResolvedRulebook, request: Request, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    # a fact given as null was said to be unknown
    more = {name: value for name, value in request.assume.items() if name not in facts}
    if request.place is not None and facts.get("jurisdiction") is None:
        more["jurisdiction"] = request.place
    if facts.get("as_of") is None and "as_of" in book.vocabulary.facts:
        more["as_of"] = request.as_of.isoformat()
    return {**facts, **more} if more else facts


def _placed(fault: Diagnostic, place: str) -> Diagnostic:
    return replace(fault, message=Text(f"{place}：{fault.message.zh}", f"{place}: {fault.message.en}"))


_THERE: dict[str, CountingBooks] = {}


def _receive(book: ResolvedRulebook, form: str) -> None:
    # Ctrl-C reaches every process; the first one ends the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _THERE["books"] = CountingBooks(book, book.forms[form])


def _count_there(request: Request, batch: list[PlacedCase]) -> _Part:
    return _count(_THERE["books"], request, batch)
