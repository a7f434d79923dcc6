"""One vocabulary for two rulebooks, and how each of them reads a case written in it.

A rulebook leaves out what it has no word for: a fact, a value of an enumeration, a member of a set. So
would whoever had written the case by that rulebook alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from enforcerules.model import Enumeration, Fact, ResolvedRulebook

Side = Literal["old", "new"]
# a fact that is of another type in NEW is another fact, which a joint case gives apart
_APART = "@old"


@dataclass(frozen=True, slots=True)
class JointVocabulary:
    """The words of two rulebooks. `whole` is NEW with the facts, values and clauses of both."""

    old: ResolvedRulebook
    new: ResolvedRulebook
    whole: ResolvedRulebook

    def book(self, side: Side) -> ResolvedRulebook:
        """Return one of the two rulebooks."""
        return self.old if side == "old" else self.new

    def name(self, side: Side, fact: str) -> str:
        """Return the name under which a joint case gives a fact of one rulebook."""
        apart = f"{fact}{_APART}"
        return apart if side == "old" and apart in self.whole.vocabulary.facts else fact

    def read(self, side: Side, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return a joint case as one rulebook reads it; what neither of the two knows stays as it is."""
        own, found = self.book(side).vocabulary.facts, {}
        for name, value in facts.items():
            joint = self.whole.vocabulary.facts.get(name)
            if joint is None:
                found[name] = value
                continue
            fact = own.get(joint.name)
            if fact is None or self.name(side, joint.name) != name:
                continue
            read = _known_to(fact, joint, value)
            if read is not None:
                found[joint.name] = read
        return found


def _known_to(fact: Fact, joint: Fact, value: Any) -> Any:
    if fact.enumeration is None or joint.enumeration is None:
        return value
    foreign = joint.enumeration.values.keys() - fact.enumeration.values.keys()
    if not isinstance(value, list):
        return None if value in foreign else value
    kept = [member for member in value if member not in foreign]
    return kept if kept or not value else None


def join_vocabularies(old: ResolvedRulebook, new: ResolvedRulebook) -> JointVocabulary:
    """Return the vocabulary of both."""
    facts: dict[str, Fact] = {}
    for name, fact in new.vocabulary.facts.items():
        before = old.vocabulary.facts.get(name)
        facts[name] = fact if before is None or before.type != fact.type else _joined(before, fact)
    for name, fact in old.vocabulary.facts.items():
        if name not in facts:
            facts[name] = fact
        elif fact.type != facts[name].type:
            facts[f"{name}{_APART}"] = fact
    # a default is the matter of each rulebook
    facts = {name: replace(fact, default_from=_default(old, new, fact.name)) for name, fact in facts.items()}
    vocabulary = replace(new.vocabulary, facts=facts)
    clauses = {**{f"{name}{_APART}": clause for name, clause in old.clauses.items()}, **new.clauses}
    return JointVocabulary(old, new, replace(new, vocabulary=vocabulary, clauses=clauses))


def _joined(before: Fact, fact: Fact) -> Fact:
    if before.enumeration is None or fact.enumeration is None:
        return fact
    values = {**fact.enumeration.values, **before.enumeration.values}
    of = fact.enumeration
    return replace(fact, enumeration=Enumeration(of.name, of.label, values))


def _default(old: ResolvedRulebook, new: ResolvedRulebook, name: str) -> str | None:
    """Return what a fact takes its value from where the two rulebooks agree about that."""
    found = {book.vocabulary.facts[name].default_from for book in (old, new) if name in book.vocabulary.facts}
    return found.pop() if len(found) == 1 else None
