"""What a report takes where a ledger is blank: what is none, what another cell says, what the unit declares.

Nothing is presumed.

A blank cell may mean that there is none: no fine, nobody banned. It never means that the product is a drug or
that the goods are worth nothing; the vocabulary marks such values as presumed. They decide a single case, whose
page says so, but no figure is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from enforcerules.case_values import read_value
from enforcerules.model import ResolvedRulebook, Vocabulary
from enforcerules.text import Text
from enforcerules.wording import show_value


def without_presumptions(words: Vocabulary) -> Vocabulary:
    """Return the vocabulary in which a closed world holds only what is none."""
    facts = {name: replace(fact, closed=None) if fact.presumed else fact for name, fact in words.facts.items()}
    return replace(words, facts=facts)


def say_implied(book: ResolvedRulebook) -> list[Text]:
    """Return, in words, which blank facts are taken from what another fact of the case says."""
    found = []
    for fact in book.vocabulary.facts.values():
        rule = fact.closed_when
        if rule is not None:
            other = book.vocabulary.facts[rule.fact]
            values, taken = show_value(other, rule.among), show_value(fact, rule.value)
            either = values.en.replace(", ", " or ")
            zh = f"“{other.label.zh}”为{values.zh}而没有填“{fact.label.zh}”的，{fact.label.zh}取“{taken.zh}”"
            found.append(
                Text(zh, f"where '{other.label.en}' is {either}, a blank '{fact.label.en}' is taken as {taken.en}")
            )
    return found


def say_assumed(book: ResolvedRulebook, assume: Mapping[str, Any]) -> list[Text]:
    """Return what was declared of blank facts, in words."""
    found = []
    for name, given in assume.items():
        fact = book.vocabulary.facts[name]
        value = read_value(fact, given).value
        if value is not None:
            said = show_value(fact, value)
            found.append(Text(f"{fact.label.zh}“{said.zh}”", f"{fact.label.en}: {said.en}"))
    return found
