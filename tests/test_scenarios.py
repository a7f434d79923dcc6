"""The scenarios of the rulebook: each variant is a test, and fails with what is not as expected."""

from __future__ import annotations

import pytest

from enforcerules import Rulebook, load_rulebook
from enforcerules.review.coverage import Coverage
from enforcerules.review.scenarios import Variant, find_uncovered_rules, read_scenarios, run_scenarios, run_variant

VARIANTS = read_scenarios(load_rulebook())


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_the_rulebook_says_what_the_scenario_expects(rulebook: Rulebook, variant: Variant) -> None:
    result = run_variant(rulebook, variant)

    assert result.passed, "\n".join([f"{variant.span()}", *(found.message.en for found in result.differences)])


def test_every_rule_holds_in_some_scenario(rulebook: Rulebook) -> None:
    assert find_uncovered_rules(rulebook, run_scenarios(rulebook, VARIANTS)) == []


def test_the_scenarios_decide_every_rule_and_exception_and_nearly_every_condition_both_ways(rulebook: Rulebook) -> None:
    coverage = Coverage(rulebook.resolved)
    for result in run_scenarios(rulebook, VARIANTS):
        coverage.add(result.decision, result.variant.id)
    shares = coverage.shares()

    assert [rule.rule for rule in coverage.rules if not rule.sides.both] == []
    assert [(each.rule, each.overrides) for each in coverage.exceptions if not each.sides.both] == []
    assert shares["leaves"].percent >= 95
