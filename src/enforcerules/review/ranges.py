"""Expected penalties held against an answer: figures, on whom, which measures must and may be, by whom, how long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enforcerules.classification import Classification, FineResult, MeasureResult, PenaltyResult
from enforcerules.review.difference import Difference, Plain
from enforcerules.syntax.nodes import Path
from enforcerules.syntax.rulebook import File
from enforcerules.syntax.scenario_documents import ExpectDoc, RangeExpectDoc, TermsExpectDoc
from enforcerules.values import Amount, parse_yuan


def find_range_differences(expect: ExpectDoc, answer: Classification, file: File, path: Path) -> Iterator[Difference]:
    """Yield what is not as the expectation says of what each penalty comes to, and of which governs."""
    penalties = {penalty.id: penalty for penalty in answer.penalties.imposed}
    for name, wanted in expect.ranges.items():
        penalty = penalties.get(name)
        fine = penalty.fine if penalty is not None else None
        for key, should, found in _range(wanted, penalty, fine):
            there = (key,) if key in wanted.model_fields_set else ()
            if should != found:
                yield Difference(f"ranges.{key}", name, should, found, file.span((*path, "ranges", name, *there)))
        named = (*wanted.measures, *wanted.optional_measures)
        for measure in dict.fromkeys((*wanted.terms, *named)):
            terms = wanted.terms.get(measure, TermsExpectDoc())
            at = (*path, "ranges", name, "terms", measure)
            yield from _terms(name, measure, terms, penalty, file, at, whole=measure in named)
    for key, actual in (("highest_fine", answer.penalties.highest_fine), ("penalty_law", answer.penalties.law)):
        if key in expect.model_fields_set and getattr(expect, key) != actual:
            yield Difference(key, None, getattr(expect, key), actual, file.span((*path, key)))


def _range(
    wanted: RangeExpectDoc, penalty: PenaltyResult | None, fine: FineResult | None
) -> Iterator[tuple[str, Plain, Plain]]:
    """Yield, for all that is compared of a penalty, its key, what is expected and what was found."""
    written = wanted.model_fields_set
    for key in ("counted", "least", "most"):
        if key in written:
            yield key, _yuan(getattr(wanted, key)), getattr(fine, key, None)
    if "may" in written or (fine is not None and not written.isdisjoint({"counted", "least", "most"})):
        yield "may", wanted.may, getattr(fine, "may", None)
    if "on" in written or (penalty is not None and written - {"terms"}):
        yield "on", wanted.on, penalty.on if penalty is not None else None
    if not written.isdisjoint({"measures", "optional_measures"}):
        for key, optional in (("measures", False), ("optional_measures", True)):
            found = [one.id for one in penalty.measures if one.may is optional] if penalty is not None else []
            yield key, sorted(getattr(wanted, key)), sorted(found)


def _terms(
    name: str,
    measure: str,
    terms: TermsExpectDoc,
    penalty: PenaltyResult | None,
    file: File,
    path: Path,
    *,
    whole: bool,
) -> Iterator[Difference]:
    """Yield in which way no measure of a kind is as expected; of several the first is told.

    All of its terms are compared, or only those written. That it is not there at all is told of the whole list.
    """
    measures = penalty.measures if penalty is not None else []
    alike = [_terms_of(one) for one in measures if one.id == measure]
    if whole and not alike:
        return
    alike = alike or [{}]
    keys = TermsExpectDoc.model_fields.keys() if whole else terms.model_fields_set
    wanted = {key: _plain_term(getattr(terms, key)) for key in TermsExpectDoc.model_fields if key in keys}
    ways = [[key for key, should in wanted.items() if found.get(key) != should] for found in alike]
    best = min(range(len(ways)), key=lambda index: len(ways[index]))
    for key in ways[best]:
        part = f"ranges.{measure}.{key}"
        yield Difference(part, name, wanted[key], alike[best].get(key), file.span((*path, key)))


def _terms_of(measure: MeasureResult) -> dict[str, Plain]:
    days = None if measure.least_days is None else [measure.least_days, measure.most_days]
    given = {"by": measure.by, "years": measure.years, "life": measure.life, "days": days}
    return {key: _plain_term(value) for key, value in given.items()}


def _plain_term(value: Any) -> Plain:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _yuan(given: Any) -> str | None:
    """Return a figure as answers write it; what is none is compared as it stands."""
    if given is None:
        return None
    try:
        return str(Amount.exactly(parse_yuan(str(given)))).replace(",", "")
    except ValueError:
        return str(given)
