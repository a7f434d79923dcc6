"""All changes of a rulebook, one step each, in the order in which the rulebook is written."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.model import ResolvedRulebook
from enforcerules.review.mutation.duties import list_of_duties
from enforcerules.review.mutation.law import list_of_law
from enforcerules.review.mutation.mutation import Mutation
from enforcerules.review.mutation.penalties import list_of_penalties
from enforcerules.review.mutation.places import Places
from enforcerules.review.mutation.rules import RuleChanges


def list_mutations(book: ResolvedRulebook, places: Places | None = None) -> tuple[Mutation, ...]:
    """Return every change once: one that comes to the same as another before it is left out."""
    found: dict[object, Mutation] = {}
    for mutation in _all(book, places or Places()):
        found.setdefault(_content(mutation), mutation)
    return tuple(found.values())


def _all(book: ResolvedRulebook, places: Places) -> Iterator[Mutation]:
    changes = RuleChanges(book, places)
    for rule in book.rules.values():
        yield from changes.of(rule)
    yield from list_of_law(book, places)
    yield from list_of_duties(book, places)
    yield from list_of_penalties(book, places)


def _content(mutation: Mutation) -> object:
    # entries hold mappings, which have no hash; what they say is the same where they look the same
    return tuple((change.section, change.name, repr(change.now)) for change in mutation.changes)
