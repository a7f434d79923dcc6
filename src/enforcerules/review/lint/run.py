"""Looks for every kind of weakness in turn, and says which of them are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from enforcerules.review.lint.accepted import accept, read_acceptances
from enforcerules.review.lint.brackets import find_cases_in_two_rows, find_cases_outside_every_row
from enforcerules.review.lint.contradictions import find_contradicting_rules, find_rival_findings
from enforcerules.review.lint.gaps import (
    find_due_days_without_law,
    find_overrides_that_never_meet,
    find_parameters_missing,
    find_values_out_of_step,
    find_years_without_calendar,
)
from enforcerules.review.lint.idle import (
    find_conditions_never_met,
    find_covered_rules,
    find_overrides_without_effect,
    find_parts_that_decide_nothing,
    find_rules_never_met,
)
from enforcerules.review.lint.penalties import (
    find_penalties_by_law_of_the_duty,
    find_penalties_not_compared,
    find_penalties_twice,
)
from enforcerules.review.lint.questions import Questions
from enforcerules.review.lint.reports import (
    find_figures_added_twice,
    find_places_out_of_step,
    find_tables_of_other_products,
)
from enforcerules.review.lint.subject import Subject, read_subject
from enforcerules.review.lint.texts import find_repeated_titles, find_texts_in_another_language
from enforcerules.review.lint.unexercised import (
    find_days_without_scenario,
    find_impossible_scenarios,
    find_rules_without_scenario,
    find_thresholds_without_scenarios,
)
from enforcerules.review.lint.unused import (
    find_findings_never_established,
    find_unused_places,
    find_unused_values,
    find_unused_words,
)
from enforcerules.review.lint.weakness import UNDECIDED, Weakness
from enforcerules.rulebook import Rulebook, packaged_folder
from enforcerules.text import Text

WITHOUT_SOLVER: tuple[Callable[[Subject], Iterator[Weakness]], ...] = (
    find_rules_without_scenario,
    find_thresholds_without_scenarios,
    find_days_without_scenario,
    find_impossible_scenarios,
    find_penalties_not_compared,
    find_parameters_missing,
    find_values_out_of_step,
    find_years_without_calendar,
    find_overrides_that_never_meet,
    find_due_days_without_law,
    find_places_out_of_step,
    find_tables_of_other_products,
    find_figures_added_twice,
    find_penalties_by_law_of_the_duty,
    find_unused_words,
    find_findings_never_established,
    find_unused_values,
    find_unused_places,
    find_repeated_titles,
    find_texts_in_another_language,
    find_penalties_twice,
)
WITH_SOLVER: tuple[tuple[Callable[[Subject, Questions], Iterator[Weakness]], tuple[str, ...]], ...] = (
    (find_rules_never_met, ("ER6011", "ER6012")),
    (find_parts_that_decide_nothing, ("ER6013",)),
    (find_covered_rules, ("ER6014",)),
    (find_conditions_never_met, ("ER6015",)),
    (find_overrides_without_effect, ("ER6016",)),
    (find_contradicting_rules, ("ER6021", "ER6022", "ER6023")),
    (find_rival_findings, ("ER6024",)),
    (find_cases_outside_every_row, ("ER6031",)),
    (find_cases_in_two_rows, ("ER6032",)),
)
UNSEARCHED = tuple(code for _, codes in WITH_SOLVER for code in codes)
"""The kinds that are not looked for where z3 is not installed."""

Progress = Callable[[Text], None]


def find_weaknesses(
    rulebook: Rulebook, folder: Path | None = None, *, seconds: float = 5, progress: Progress = lambda said: None
) -> Iterator[Weakness]:
    """Yield the weaknesses of a rulebook that was loaded from `folder`, accepted ones too.

    Args:
        rulebook: the rulebook.
        folder: where its files are, by default those of the packaged one.
        seconds: how long to think about one question at most; what takes longer is told as undecided.
        progress: is told what is being looked for.

    Raises:
        RulebookError: with every fault of the scenarios, the red lines and the acceptances.
        DisagreementError: when the reference engine does not say of a case what z3 says.

    """
    folder = folder or packaged_folder()
    acceptances = read_acceptances(folder)
    subject = read_subject(rulebook, folder, seconds)
    found: list[Weakness] = []
    total = len(WITHOUT_SOLVER) + len(WITH_SOLVER)
    for number, find in enumerate(WITHOUT_SOLVER, start=1):
        progress(Text(f"正在检查 {number}/{total}", f"looking, {number} of {total}"))
        found += find(subject)
    for number, (search, _) in enumerate(WITH_SOLVER, start=len(WITHOUT_SOLVER) + 1):
        if subject.questions is not None:
            progress(Text(f"正在检查 {number}/{total}", f"looking, {number} of {total}"))
            found += search(subject, subject.questions)
    unsure = {weak.of[0] for weak in found if weak.code == UNDECIDED}
    unsure |= set(UNSEARCHED) if subject.questions is None else set()
    yield from accept(found, acceptances, unsure)
