"""What is looked at: a loaded rulebook with its scenarios, its red lines, and the place of everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from enforcerules.case import FIRST_YEAR, LAST_YEAR
from enforcerules.deciding.decision import Decision
from enforcerules.errors import Diagnostic, EngineUnavailableError, RulebookError
from enforcerules.model import Condition, ResolvedRulebook, Rule, Situation, days_of_change, situate
from enforcerules.passes import draft_rulebook
from enforcerules.review.coverage import rules_in_law
from enforcerules.review.lint.places import Places
from enforcerules.review.lint.questions import Questions
from enforcerules.review.properties import RedLine, read_properties
from enforcerules.review.scenarios import Variant, read_scenarios, read_variant
from enforcerules.review.witnesses import Places as PlacesOfCases
from enforcerules.rulebook import Rulebook
from enforcerules.values import Place

FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


class Setting(NamedTuple):
    """A place and a stretch of days, both ends included, on which nothing in force changes."""

    place: Place
    since: date
    until: date
    situation: Situation


@dataclass
class Subject:
    """A rulebook as it is reviewed.

    `decisions` are those on the cases of `variants`. `questions` is None where z3 is not installed.
    """

    rulebook: Rulebook
    places: Places
    variants: tuple[Variant, ...]
    decisions: tuple[Decision, ...]
    lines: tuple[RedLine, ...]
    questions: Questions | None

    @property
    def book(self) -> ResolvedRulebook:
        """The content of the rulebook."""
        return self.rulebook.resolved

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are written as rules, not as rows of a form."""
        return tuple(rule for rule in self.book.rules.values() if not self.is_of_form(rule))

    def is_of_form(self, rule: Rule) -> bool:
        """Tell whether a rule is a table, part or row of a form."""
        return rule.id.split("/")[0] in self.book.forms

    @cached_property
    def law(self) -> tuple[frozenset[str], ...]:
        """The rules that are law for the case of each decision."""
        one_of = {id(decision.law): decision for decision in self.decisions}
        rules = {law: rules_in_law(decision) for law, decision in one_of.items()}
        return tuple(rules[id(decision.law)] for decision in self.decisions)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Every place that makes a difference with every stretch of days on which nothing changes there."""
        return tuple(_settings(self.book))


def read_subject(rulebook: Rulebook, folder: Path, seconds: float) -> Subject:
    """Read what belongs to a rulebook that was loaded from `folder`.

    Raises:
        RulebookError: with every fault of the scenarios and the red lines.

    """
    faults: list[Diagnostic] = []
    variants: tuple[Variant, ...] = ()
    lines: tuple[RedLine, ...] = ()
    try:
        variants = read_scenarios(rulebook, folder)
    except RulebookError as error:
        faults += error.diagnostics
    try:
        lines = read_properties(rulebook, folder)
    except RulebookError as error:
        faults += error.diagnostics
    if faults:
        raise RulebookError(faults)
    decisions = tuple(rulebook.decide(read_variant(rulebook, variant)) for variant in variants)
    questions = None
    with suppress(EngineUnavailableError):
        questions = Questions(rulebook, decisions, _conditions_apart(rulebook.resolved), seconds)
    return Subject(rulebook, Places(draft_rulebook(folder)), variants, decisions, lines, questions)


def _conditions_apart(book: ResolvedRulebook) -> Iterator[Condition]:
    """Yield the conditions that are no rule's."""
    yield from (doubt.shows_when for doubt in book.doubts.values())
    yield from (action.done_when for action in book.actions.values() if action.done_when is not None)
    yield from (form.counts_when for form in book.forms.values() if form.counts_when is not None)


def _settings(book: ResolvedRulebook) -> Iterator[Setting]:
    begins = [FIRST_DAY, *(day for day in days_of_change(book) if FIRST_DAY < day <= LAST_DAY)]
    ends = [day - timedelta(days=1) for day in begins[1:]] + [LAST_DAY]
    for code in PlacesOfCases(book).codes:
        place = Place(code)
        for since, until in zip(begins, ends, strict=True):
            yield Setting(place, since, until, situate(book, place, since, since))
