"""The scenarios decide the whole rulebook. That each comes out as it expects, the plugin of the test kit tests."""

from __future__ import annotations

from enforcerules import Rulebook
from enforcerules.review.coverage import Coverage
from enforcerules.review.scenarios import read_scenarios, read_variant


def test_the_scenarios_decide_every_rule_and_exception_and_nearly_every_condition_both_ways(rulebook: Rulebook) -> None:
    coverage = Coverage(rulebook.resolved)
    for variant in read_scenarios(rulebook):
        coverage.add(rulebook.decide(read_variant(rulebook, variant)), variant.id)
    shares = coverage.shares()

    assert [rule.rule for rule in coverage.rules if not rule.sides.both] == []
    assert [(each.rule, each.overrides) for each in coverage.exceptions if not each.sides.both] == []
    assert shares["leaves"].percent >= 95
