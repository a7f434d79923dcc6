"""Questions: only what still matters, what changes most first."""

from enforcerules import classify

NEARLY = {
    "record_kind": "case",
    "jurisdiction": "500118",
    "as_of": "2022-07-10",
    "product_categories": ["drug"],
    "goods_value": "100",
}


def test_a_known_fact_is_not_asked() -> None:
    asked = {question.fact for question in classify(NEARLY).questions}

    assert asked.isdisjoint(NEARLY)


def test_a_fact_that_can_change_nothing_any_more_is_not_asked() -> None:
    ways = NEARLY | {"license_revocation": "decided", "criminal_transfer": "none", "impact_tags": []}

    decides = {key for question in classify(ways).questions for key in question.decides}
    assert "finding:major_case/license_revocation" not in decides


def test_every_question_says_what_it_decides_and_why() -> None:
    result = classify({"as_of": "2022-07-10"})
    open_rules = {rule.id for rule in result.rules.open}

    for question in result.questions:
        assert question.decides
        assert set(question.because) <= open_rules


def test_an_amount_known_only_by_a_bound_is_still_asked() -> None:
    result = classify(NEARLY | {"goods_value": {"at_least": "300000"}})

    assert "goods_value" in {question.fact for question in result.questions}


def test_with_nothing_known_the_product_comes_first() -> None:
    assert classify({"as_of": "2022-07-10"}).questions[0].fact == "product_categories"


def test_a_settled_case_has_no_question_about_its_major_case() -> None:
    result = classify(NEARLY | {"goods_value": "500000"})

    assert result.major_case.verdict == "met"
    assert all("finding:major_case/goods_value" not in question.decides for question in result.questions)
