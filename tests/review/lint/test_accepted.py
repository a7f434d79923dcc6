"""Weaknesses that are accepted with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcerules import RulebookError, load_rulebook
from enforcerules.review.lint import UNSEARCHED, find_weaknesses
from tests.review.lint.books import change, find, line_of, place, write

REASON = "because: {zh: 另有安排, en: It is arranged otherwise}"


@pytest.fixture
def accepting(folder: Path) -> Path:
    """A rulebook with two unused places and a threshold without scenarios, all of which are accepted."""
    change(folder, "rulebook.yaml", "  calendars:", "  accepted: [accepted.yaml]\n  calendars:")
    places = "  '110105': {zh: 朝阳, en: Chaoyang}\n  '310101': {zh: 黄浦, en: Huangpu}\n"
    change(folder, "rulebook.yaml", "files:", f"{places}files:")
    change(folder, "scenarios.yaml", "suspects: 2}", "suspects: 5}")
    write(
        folder,
        "accepted.yaml",
        f"""
accepted:
  - {{code: ER6057, each: ['110105', '310101'], {REASON}}}
  - {{code: ER6002, of: [suspects, serious-online-case-of-many-is-warned-of], {REASON}}}
""",
    )
    return folder


def test_an_accepted_weakness_is_told_with_the_reason(accepting: Path) -> None:
    found = find(accepting)

    assert {weak.code for weak in found} == {"ER6002", "ER6057"}
    assert {weak.accepted and weak.accepted.zh for weak in found} == {"另有安排"}
    assert all(weak.to_dict()["accepted"] == {"zh": "另有安排", "en": "It is arranged otherwise"} for weak in found)


def test_accepting_changes_nothing_of_the_rulebook(accepting: Path) -> None:
    before = load_rulebook(accepting).sha256
    change(accepting, "accepted.yaml", "110105', '", "")

    assert load_rulebook(accepting).sha256 == before


def test_an_acceptance_of_nothing_is_a_weakness_itself(accepting: Path) -> None:
    change(accepting, "rulebook.yaml", "  '310101': {zh: 黄浦, en: Huangpu}\n", "")

    (weak,) = [weak for weak in find(accepting) if weak.accepted is None]

    assert (weak.code, weak.severity, weak.of) == ("ER6092", "warning", ("ER6057", "310101"))
    assert place(weak) == line_of(accepting, "accepted.yaml", "310101")


def test_an_acceptance_is_of_the_things_named_and_no_others(accepting: Path) -> None:
    change(accepting, "accepted.yaml", "[suspects, serious", "[goods_value, serious")

    waiting = {weak.code for weak in find(accepting) if weak.accepted is None}

    assert waiting == {"ER6002", "ER6092"}


def test_without_z3_what_it_finds_is_neither_told_nor_missed(accepting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (accepting / "accepted.yaml").read_text(encoding="utf-8")
    write(accepting, "accepted.yaml", f"{text}  - {{code: ER6013, of: some-rule, {REASON}}}\n")
    monkeypatch.setitem(__import__("sys").modules, "z3", None)

    found = find(accepting)

    assert "ER6013" in UNSEARCHED
    assert {weak.code for weak in found} == {"ER6002", "ER6057"}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (f"{{code: ER1010, of: a, {REASON}}}", "`ER1010` is no code of a weakness"),
        (f"{{code: ER6057, {REASON}}}", "one of `of` and `each` is given"),
        (f"{{code: ER6057, of: a, each: [b], {REASON}}}", "one of `of` and `each` is given"),
        ("{code: ER6057, of: a}", "`because`"),
    ],
)
def test_a_faulty_acceptance_is_a_fault_of_the_rulebook(accepting: Path, entry: str, said: str) -> None:
    write(accepting, "accepted.yaml", f"accepted:\n  - {entry}\n")

    with pytest.raises(RulebookError) as caught:
        list(find_weaknesses(load_rulebook(accepting), accepting))

    assert said in str(caught.value)
    assert "accepted.yaml:2" in str(caught.value)
