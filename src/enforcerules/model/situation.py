"""What is in force at a place on a date: the clauses, and the values of the parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from enforcerules.model.book import Clause, Parameter, ParameterValue, ResolvedRulebook, Window, in_force
from enforcerules.values import Place, Truth


# told apart by identity, so that what was worked out for one can be kept for it
@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """Clauses and parameters for one place and one pair of dates.

    `clauses` leaves products aside: those are the case's. `parameters` holds a value (money in fen), or
    None where the parameter is not in force; a parameter that is missing here is unknown, because the
    place or the date is. `bases` holds, for each rule that may be law there and then, its clauses that are
    or may be in force; a rule that is not in it is not law there.
    """

    clauses: Mapping[str, Truth]
    parameters: Mapping[str, int | None]
    bases: Mapping[str, tuple[str, ...]]


def situate(
    book: ResolvedRulebook, place: Place | None, duty_date: date | None, conduct_date: date | None
) -> Situation:
    """Return what is in force there and then; unknown places and dates leave it open."""
    clauses = {}
    for clause in book.clauses.values():
        day = conduct_date if clause.governs == "conduct" else duty_date
        clauses[clause.id] = force(clause, place, day)
    parameters: dict[str, int | None] = {}
    for parameter in book.parameters.values():
        if place is None or duty_date is None:
            # only a value for everywhere and always is known without knowing where and when
            if [(v.where, v.window.since, v.window.until) for v in parameter.values] == [("CN", None, None)]:
                parameters[parameter.name] = parameter.values[0].value
            continue
        best = value_in_force(parameter, place, duty_date)
        parameters[parameter.name] = best.value if best else None
    bases = {}
    for rule in book.rules.values():
        live = tuple(name for name in rule.bases if clauses[name] is not Truth.NOT_MET)
        # a parameter that is not in force there leaves the rule without its measure
        if live and not any(parameters.get(name, 0) is None for name in rule.parameters):
            bases[rule.id] = live
    return Situation(clauses, parameters, bases)


def days_of_change(book: ResolvedRulebook) -> list[date]:
    """Return, in order, the days from which on something else is in force. Between two of them nothing changes."""
    windows: list[Window] = [window for clause in book.clauses.values() for window in clause.windows]
    windows += [value.window for parameter in book.parameters.values() for value in parameter.values]
    days = {window.since for window in windows if window.since is not None}
    days |= {window.until + timedelta(days=1) for window in windows if window.until not in (None, date.max)}
    return sorted(days)


def value_in_force(parameter: Parameter, place: Place, day: date) -> ParameterValue | None:
    """Return the value of a parameter there and then: of the narrowest place the latest, None where none is."""
    found = [value for value in parameter.values if value.where in place.within and value.window.covers(day)]
    return min(
        found,
        key=lambda value: (place.within.index(value.where), -(value.window.since or date.min).toordinal()),
        default=None,
    )


def force(clause: Clause, place: Place | None, day: date | None) -> Truth:
    """Tell whether a clause is in force at a place on a day; what is unknown or in doubt leaves it open."""
    return lies_in(clause.where, place) & in_force(clause.windows, day)


def lies_in(where: str, place: Place | None) -> Truth:
    """Tell whether a place lies in `where`, or is it; of an unknown place only the country is known."""
    if where == "CN":
        return Truth.MET
    if place is None:
        return Truth.OPEN
    return Truth.MET if where in place.within else Truth.NOT_MET
