"""A case that breaks a red line, for people: the case as a file holds it, what is decided of it, why, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator

from enforcerules.model.properties import Monotone
from enforcerules.review.failure_page import standing_lines, why_lines
from enforcerules.review.properties import Counterexample, RedLine
from enforcerules.review.refuting import Refutation
from enforcerules.review.standing import Standings
from enforcerules.rulebook import Rulebook
from enforcerules.text import Language, Text


def example_lines(
    rulebook: Rulebook, line: RedLine, example: Counterexample, standings: Standings, language: Language
) -> Iterator[str]:
    """Yield a case that breaks `line`, what the reference engine says of what it claims, and the rules behind that."""
    yield from json.dumps(dict(example.facts), ensure_ascii=False, indent=2).split("\n")
    claim = line.content.claim
    if isinstance(claim, Monotone):
        fact, risen = claim.fact, json.dumps(example.risen, ensure_ascii=False)
        said = Text(f"`{fact}` 升为 {risen}，下列不再成立：", f"when `{fact}` rises to {risen}, no longer met:")
        yield said[language]
    refutation = Refutation(rulebook, line, example)
    for kind, name, verdict in refutation.said:
        yield f"{kind} {name}: {verdict.value}"
    yield ""
    yield from why_lines(refutation.causes(), language)
    yield from standing_lines(refutation.standings(standings), language)
