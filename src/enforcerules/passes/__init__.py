"""Typed documents → the resolved rulebook, one pass at a time.

    files ─ gather ─ read_words ─ read_law ─ read_duties ─ read_penalties ─ read_rules ─ read_forms ─
    read_case_ledger ─ order_rules ─ check_ledger

Every pass reads the draft, adds to it, and records faults; all faults of a rulebook are told together.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from enforcerules.errors import RulebookError
from enforcerules.model import ResolvedRulebook, Vocabulary
from enforcerules.passes.check_ledger import check_ledger
from enforcerules.passes.draft import Draft
from enforcerules.passes.gather import gather
from enforcerules.passes.order_rules import order_rules
from enforcerules.passes.read_case_ledger import read_case_ledger
from enforcerules.passes.read_duties import read_duties
from enforcerules.passes.read_forms import read_forms
from enforcerules.passes.read_law import read_law
from enforcerules.passes.read_penalties import read_penalties
from enforcerules.passes.read_rules import read_rules
from enforcerules.passes.read_words import read_words
from enforcerules.syntax.rulebook import read_rulebook

PASSES: tuple[Callable[[Draft], None], ...] = (
    gather,
    read_words,
    read_law,
    read_duties,
    read_penalties,
    read_rules,
    read_forms,
    read_case_ledger,
    order_rules,
    check_ledger,
)

__all__ = ["PASSES", "compile_rulebook", "draft_rulebook", "resolve"]


def compile_rulebook(folder: Path) -> ResolvedRulebook:
    """Read the rulebook in `folder` and resolve it.

    Raises:
        RulebookError: with every fault found. What cannot be read is left out, the rest is checked for
            its meaning all the same, and a name that may be among what was left out is not missed.

    """
    return resolve(draft_rulebook(folder))


def draft_rulebook(folder: Path) -> Draft:
    """Run the passes over the rulebook in `folder`; the draft knows where everything is written.

    Raises:
        RulebookError: as `compile_rulebook`.

    """
    files = read_rulebook(folder)
    draft = Draft(files, list(files.faults))
    for run in PASSES:
        run(draft)
    if draft.faults:
        raise RulebookError(draft.faults)
    return draft


def resolve(draft: Draft) -> ResolvedRulebook:
    """Return the rulebook that a draft without faults says."""
    root = draft.files.root.content
    vocabulary = Vocabulary(draft.facts, draft.enumerations, draft.findings, draft.labels, tuple(draft.invariants))
    return ResolvedRulebook(
        id=root.id,
        version=root.version,
        sha256=draft.files.sha256,
        title=root.title.text(),
        default_place=root.default_place,
        places={code: text.text() for code, text in root.places.items()},
        vocabulary=vocabulary,
        sources=draft.sources,
        clauses=draft.clauses,
        parameters=draft.parameters,
        actions=draft.actions,
        penalties=draft.penalties,
        doubts=draft.doubts,
        rules=draft.rules,
        strata=draft.strata,
        overriders=draft.overriders,
        forms=draft.forms,
        report_calendar=tuple(draft.dues),
        calendar=draft.calendar,
        case_ledger=draft.case_ledger,
        lighter_law=draft.lighter_law,
        one_fine=draft.one_fine,
        penalties_held_back_by=tuple(draft.penalties_held_back_by),
        clause_uses={name: tuple(dict.fromkeys(users)) for name, users in draft.uses.items()},
    )
