"""Sources, clauses, parameters, actions, doubts and rules, and the whole they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from enforcerules.model.conditions import Condition, FindingTest, parameters_of, tests
from enforcerules.model.ledger import LedgerForm
from enforcerules.model.outcomes import Establish, Outcome, Penalise, Warn
from enforcerules.model.penalties import NO_CHOICE, Choice, Penalty
from enforcerules.model.reports import Due, Form
from enforcerules.model.vocabulary import Vocabulary
from enforcerules.text import Text
from enforcerules.values import Truth, WorkCalendar


@dataclass(frozen=True, slots=True)
class Window:
    """A period, both ends included; open ends are None. `doubt` says why it is in doubt."""

    since: date | None
    until: date | None
    in_doubt: bool
    doubt: str | None

    def covers(self, day: date) -> bool:
        """Tell whether `day` lies in the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def in_force(windows: tuple[Window, ...], day: date | None) -> Truth:
    """Tell whether something with these windows is in force on `day`; an unknown day leaves it open."""
    if day is None:
        settled = all(w.since is None and w.until is None and not w.in_doubt for w in windows)
        return Truth.MET if settled else Truth.OPEN
    return in_force_during(windows, day, day)


def in_force_during(windows: tuple[Window, ...], since: date, until: date) -> Truth:
    """Tell whether something with these windows is in force on some day from `since` to `until`."""
    found = [w for w in windows if (w.since or date.min) <= until and since <= (w.until or date.max)]
    if not found:
        return Truth.NOT_MET
    return Truth.OPEN if all(window.in_doubt for window in found) else Truth.MET


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a duty is to be done. `since` names the date fact a period runs from.

    Whether days are natural or working ones says `counting_clause`; `counting_doubt` is the doubt where none says it.
    By the clause `moved_by` a last day that is a public holiday moves to the first day after the holiday.
    """

    kind: str
    text: Text
    days: int | None
    hours: int | None
    working_days: bool
    since: str | None
    day: date | None
    counting_clause: str | None = None
    counting_doubt: str | None = None
    moved_by: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A plan, notice, statute or other document; `short` is how a citation names it."""

    id: str
    title: Text
    short: Text
    number: str | None
    issuer: Text
    kind: str
    where: str
    provisional: bool
    windows: tuple[Window, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One normative statement, with where, when and for which products it is in force.

    `products` is None for all products. `governs` says which date decides: that of the duty or that of
    the conduct.
    """

    id: str
    source: str
    at: str
    gist: Text
    quote: str | None
    where: str
    governs: Literal["duty", "conduct"]
    products: frozenset[str] | None
    windows: tuple[Window, ...]
    addressees: tuple[str, ...]
    clock: Clock | None
    doubts: tuple[str, ...]
    not_encoded: Text | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value in a place and a period; money in fen."""

    where: str
    window: Window
    value: int
    clause: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated, placed, cited value."""

    name: str
    type: Literal["money", "count"]
    label: Text
    values: tuple[ParameterValue, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of the action catalogue."""

    id: str
    title: Text
    verb: Text
    object: str
    by: str
    to: str | None
    report_row: str | None
    standing: bool
    done_when: Condition | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question the documents leave open, with the reading chosen."""

    id: str
    question: Text
    reading: Text
    settle: Text
    severity: Literal["warn", "info"]
    where: tuple[str, ...]
    excepted: tuple[str, ...]
    shows_when: Condition
    standing: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Condition → outcomes, with the clauses that make it law.

    With `overrides_penalties` it overrides every rule that penalises, beside those it names. `parameters` are those
    that its condition reads.
    """

    id: str
    title: Text
    bases: tuple[str, ...]
    when: Condition
    outcomes: tuple[Outcome, ...]
    overrides: tuple[str, ...]
    doubts: tuple[str, ...]
    status: str
    note: Text | None
    place: str
    overrides_penalties: bool = False
    parameters: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # asked of every rule wherever a case is somewhere or some day not seen before
        object.__setattr__(self, "parameters", parameters_of(self.when))


def overridden(rule: Rule, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """Return the names of all rules whose outcomes a rule takes, among `rules` where it takes every penalty."""
    if not rule.overrides_penalties:
        return rule.overrides
    penalising = (
        other.id
        for other in rules.values()
        if other.id != rule.id and any(isinstance(outcome, Penalise) for outcome in other.outcomes)
    )
    return tuple(dict.fromkeys((*rule.overrides, *penalising)))


@dataclass(frozen=True, slots=True)
class ResolvedRulebook:
    """The whole rulebook, checked and in order.

    `strata` holds the rule ids, each stratum needing only those before it.
    """

    id: str
    version: str
    sha256: str
    title: Text
    default_place: str
    places: Mapping[str, Text]
    vocabulary: Vocabulary
    sources: Mapping[str, SourceDocument]
    clauses: Mapping[str, Clause]
    parameters: Mapping[str, Parameter]
    actions: Mapping[str, Action]
    penalties: Mapping[str, Penalty]
    doubts: Mapping[str, Doubt]
    rules: Mapping[str, Rule]
    strata: tuple[tuple[str, ...], ...]
    overriders: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, Form]
    report_calendar: tuple[Due, ...]
    calendar: WorkCalendar
    clause_uses: Mapping[str, tuple[str, ...]] = field(repr=False)
    case_ledger: LedgerForm | None = None
    lighter_law: Choice = NO_CHOICE
    """That the law of the day of the decision governs where it is lighter."""
    one_fine: Choice = NO_CHOICE
    """That one act is fined once, by the provision with the higher fine."""
    penalties_held_back_by: tuple[str, ...] = ()
    """The prohibitions to be heeded before any penalty, such as that of a penalty in place of a transfer."""
    product_scopes: frozenset[frozenset[str] | None] = field(init=False)
    steps: frozenset[str] = field(init=False, repr=False)
    """The findings that serve further findings and penalties and nothing else."""
    penal_steps: frozenset[str] = field(init=False, repr=False)
    """Those of them that a penalty turns on."""

    def __post_init__(self) -> None:
        # every case asks which of the few scopes its products fall under
        scopes = frozenset(clause.products for clause in self.clauses.values())
        object.__setattr__(self, "product_scopes", scopes)
        steps, penal = _steps(self.rules)
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "penal_steps", penal)


def _steps(rules: Mapping[str, Rule]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the findings that serve further findings and penalties alone, and those of them that serve a penalty."""
    inner: set[str] = set()
    penal: set[str] = set()
    outer: set[str] = set()
    for rule in rules.values():
        read = {test.finding for test in tests(rule.when) if isinstance(test, FindingTest)}
        if any(isinstance(outcome, Penalise) for outcome in rule.outcomes):
            penal |= read
        elif all(isinstance(outcome, Establish | Warn) for outcome in rule.outcomes):
            inner |= read
        else:
            outer |= read
    return frozenset((inner | penal) - outer), frozenset(penal - outer)
