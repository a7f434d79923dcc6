"""What the package promises at its front door."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import enforcerules
from enforcerules import CaseError, Rulebook, classify, explain, load_rulebook

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


def test_everything_public_is_there_and_sorted() -> None:
    assert list(enforcerules.__all__) == sorted(enforcerules.__all__)
    for name in enforcerules.__all__:
        assert getattr(enforcerules, name) is not None


def test_the_packaged_rulebook_loads_once_a_process() -> None:
    assert load_rulebook() is load_rulebook()


def test_a_folder_gives_a_rulebook_of_its_own(tmp_path: Path) -> None:
    packaged = load_rulebook()
    other = load_rulebook(Path(__file__).parents[1] / "rules")

    assert isinstance(other, Rulebook)
    assert other.sha256 == packaged.sha256


def test_one_rulebook_serves_many_threads() -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(classify, texts))

    assert together == [classify(text) for text in texts]


def test_explain_and_classify_still_work_after_one_another() -> None:
    page = explain({"as_of": "2022-07-10"})
    result = classify({"as_of": "2022-07-10"})

    assert "大案要案" in page
    assert explain({"as_of": "2022-07-10"}, language="en").isascii() is False or result is not None
    assert callable(enforcerules.explain)


def test_a_wrong_case_tells_every_fault() -> None:
    with pytest.raises(CaseError) as caught:
        classify({"good_value": 1, "online": "yes", "jurisdiction": "12"})

    assert [fault.code for fault in caught.value.diagnostics] == ["ER3001", "ER3002", "ER3006"]


def test_without_any_date_nothing_is_guessed() -> None:
    result = classify({"jurisdiction": "500118", "goods_value": "600000", "product_categories": ["drug"]})

    assert result.as_of is None
    assert result.major_case.verdict == "open"
    assert "duty_date" in {question.fact for question in result.questions}


@pytest.mark.parametrize("collecting", [True, False])
def test_loading_leaves_the_collector_as_it_was(collecting: bool) -> None:
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        load_rulebook(Path(__file__).parents[1] / "examples/own-rulebook")
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()
