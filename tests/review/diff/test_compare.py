"""Two editions compared as a whole, and the packet that comes of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from enforcerules.errors import Source, Span
from enforcerules.review.diff.compare import RulebookDiff, compare_rulebooks, load_edition
from enforcerules.review.diff.document import Block, Both, Paragraph, Table, render_html, render_markdown, render_text
from enforcerules.review.diff.excerpts import excerpt_at, locate
from enforcerules.review.diff.joint import join_vocabularies
from enforcerules.review.diff.packet import build_packet
from enforcerules.review.diff.replays import BothRulebooks, replay_cases
from enforcerules.rulebook import packaged_folder
from enforcerules.text import Text
from tests.review.diff.editing import Edit, edited, few_scenarios

pytest.importorskip("z3")

HIGHER = Edit("parameters.yaml", "value: 500000, clause: 001", "value: 600000, clause: 001")


def compared(folder: Path, *edits: Edit) -> RulebookDiff:
    """The packaged rulebook against a copy with edits."""
    return compare_rulebooks(load_edition(few_scenarios()), load_edition(edited(folder, edits), "edited"))


@pytest.fixture(scope="module")
def higher(tmp_path_factory: pytest.TempPathFactory) -> RulebookDiff:
    """What comes of a higher line for major cases."""
    old = load_edition(few_scenarios())
    new = load_edition(edited(tmp_path_factory.mktemp("books") / "rules", [HIGHER]))
    case = {"as_of": "2022-07-10", "jurisdiction": "500118", "product_categories": ["drug"]}
    cases: list[tuple[int, dict[str, object]]] = [
        (1, {**case, "case_id": "a", "goods_value": 550_000}),
        (2, {**case, "case_id": "b", "goods_value": 650_000}),
        (3, {**case, "goods_value": "much"}),
    ]
    return compare_rulebooks(old, new, cases=cases)


# --- what is no change -----------------------------------------------------------------------------


def test_a_rulebook_is_identical_to_itself() -> None:
    found = compare_rulebooks(load_edition(few_scenarios()), load_edition(few_scenarios()))

    assert found.outcome == "identical"
    assert (found.changes, found.rules, found.outcomes, found.witnesses) == ((), (), (), ())


def test_a_rulebook_written_otherwise_means_the_same(tmp_path: Path) -> None:
    folder = edited(tmp_path / "rules", ())
    path = folder / "common" / "major-case.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    rules = content["rules"]
    for rule in rules:
        if isinstance(rule.get("basis"), list):
            rule["basis"].reverse()
    # other order, other layout, other quotes
    path.write_text(yaml.safe_dump({"rules": rules[::-1]}, allow_unicode=True, width=60), encoding="utf-8")
    found = compare_rulebooks(load_edition(few_scenarios()), load_edition(folder))
    old, new = found.old.stamp(), found.new.stamp()

    assert found.outcome == "same"
    assert found.changes == ()
    assert old["sha256"] != new["sha256"]
    assert old["meaning_sha256"] == new["meaning_sha256"]
    assert "Written differently, means the same" in render_text(build_packet(found), "en")


def test_other_words_are_no_other_meaning(tmp_path: Path) -> None:
    found = compared(tmp_path / "rules", Edit("common/major-case.yaml", "是大案要案\n", "，属于大案要案\n"))
    (change,) = found.changes

    assert found.outcome == "same"
    assert [(part.part, part.weight) for part in change.parts] == [("title", "words")]
    assert found.old.stamp()["meaning_sha256"] == found.new.stamp()["meaning_sha256"]


def test_parts_turned_round_are_the_same_condition(tmp_path: Path) -> None:
    before = """        - {fact: covid_related, is: true}
        - {fact: market_order_issues, has_any: [monopoly, false_advertising, unfair_competition, false_promotion]}
"""
    found = compared(tmp_path / "rules", Edit("drugs.yaml", before, "".join(before.splitlines(keepends=True)[::-1])))

    assert (found.outcome, found.changes) == ("same", ())


def test_what_z3_finds_equivalent_is_said_to_be_so(tmp_path: Path) -> None:
    before = "when: {fact: license_revocation, is: planned}"
    after = "when: {not: {fact: license_revocation, is_not: planned}}"
    found = compared(tmp_path / "rules", Edit("common/major-case.yaml", before, after))
    (change,) = found.changes
    meaning = found.meaning(change)

    assert found.outcome == "same"
    assert meaning is not None
    assert (meaning.name, meaning.verdict) == ("planned-licence-revocation-makes-major-case", "equivalent")
    assert "含义都相同" in render_text(build_packet(found), "zh")


# --- what is one -----------------------------------------------------------------------------------


def test_a_red_line_that_is_gone_is_a_change_although_no_answer_differs(tmp_path: Path) -> None:
    text = (packaged_folder() / "properties.yaml").read_text(encoding="utf-8")
    begin = text.index("  - id: major-at-the-line-in-yongchuan")
    line = text[begin : text.index("  - id: major-at-half-a-million-in-yongchuan")]
    found = compared(tmp_path / "rules", Edit("properties.yaml", line, ""))

    assert found.outcome == "changed"
    assert found.differing == ()
    assert [(change.kind, change.name, change.status) for change in found.changes] == [
        ("red line", "major-at-the-line-in-yongchuan", "removed")
    ]
    assert [(line.id, line.status, line.verdict) for line in found.red_lines] == [
        ("major-at-the-line-in-yongchuan", "removed", None)
    ]


def test_another_clock_is_a_change_that_is_compared_as_data(tmp_path: Path) -> None:
    clock = next(
        path.relative_to(packaged_folder()).as_posix()
        for path in sorted((packaged_folder() / "sources").rglob("*.yaml"))
        if "kind: within" in path.read_text(encoding="utf-8")
    )
    text = (packaged_folder() / clock).read_text(encoding="utf-8")
    found_clock = re.search(r"kind: within, (days|hours|working_days): (\d+)", text)
    assert found_clock is not None
    longer = found_clock.group().replace(found_clock.group(2), str(int(found_clock.group(2)) + 1))
    found = compared(tmp_path / "rules", Edit(clock, found_clock.group(), longer))

    assert found.outcome == "changed"
    assert {part.weight for change in found.changes for part in change.parts} == {"answer"}
    assert {meaning.verdict for meaning in found.differing} <= {"otherwise"}


def test_a_higher_line_is_said_with_its_cases_scenarios_and_red_lines(higher: RulebookDiff) -> None:
    assert higher.outcome == "changed"
    assert "major-at-half-a-million-in-yongchuan" in [line.id for line in higher.red_lines if line.verdict == "refuted"]
    shifted = {shift.id for shift in higher.scenarios if shift.faults}
    assert "S-01[Exactly 500,000]" in shifted
    assert higher.cases is not None
    assert (higher.cases.count, higher.cases.differing) == (3, 1)
    (shift,) = higher.cases.shifts
    assert (shift.number, shift.case_id) == (1, "a")
    assert ("finding", "major_case", "met", "open") in [(c.kind, c.name, c.old, c.new) for c in shift.changes]
    assert [number for number, _ in higher.cases.faulty] == [3]


def test_the_result_is_stable_json_with_a_hash_that_forgets_where_it_lay(higher: RulebookDiff) -> None:
    content = json.loads(json.dumps(higher.to_dict(), ensure_ascii=False))

    assert content["format"] == 1
    assert set(content) == {
        *("format", "outcome", "old", "new", "counts", "changes", "rules", "outcomes"),
        *("witnesses", "red_lines", "scenarios", "cases", "checks"),
    }
    assert content["counts"] == {"parameter": {"added": 0, "removed": 0, "changed": 1}}
    assert re.fullmatch("[0-9a-f]{64}", higher.sha256)
    assert str(higher.new.folder) not in json.dumps({**content, "new": None}, ensure_ascii=False)


def test_the_packet_holds_everything_a_committee_decides_on(higher: RulebookDiff) -> None:
    page = render_html(build_packet(higher), "zh")

    for needed in (
        "规则库变更审阅材料",
        "500,000元（001.t1.value）",
        "600,000元（001.t1.value）",
        "“货值50万元以上”",
        "大案要案货值标准",
        "parameters.yaml:4",
        "适用的案件变少",
        "例1",
        "未守住（有反例）",
        "S-01[Exactly 500,000]",
        "已做的检查",
        "签署",
        higher.sha256,
    ):
        assert needed in page
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    assert render_markdown(build_packet(higher), "en").startswith("# Review packet for a change of the rulebook\n")


# --- its parts -------------------------------------------------------------------------------------


def test_a_case_with_words_that_only_one_rulebook_has_is_read_by_both(tmp_path: Path) -> None:
    value = "      decided: {zh: 已吊销, en: Decided}\n"
    more = value + "      proposed: {zh: 建议吊销, en: Proposed}\n"
    new = load_edition(edited(tmp_path / "rules", [Edit("vocabulary/money.yaml", value, more)])).rulebook
    old = load_edition().rulebook
    both = BothRulebooks(join_vocabularies(old.resolved, new.resolved), old, new)
    text = Source("case.json", '{"license_revocation": "proposed", "goods_value": 10.5}')

    assert "license_revocation" not in both.read("old", text).given
    assert both.read("new", text).given["license_revocation"] == "proposed"
    assert replay_cases(both, [(1, text)]).faulty == ()


def test_an_excerpt_is_the_block_and_no_more() -> None:
    source = Source("a.yaml", "rules:\n  - id: a\n    then: [b]\n\n    note: c\n  - id: d\n")

    assert excerpt_at(Span(source, 2, 5)).text == "- id: a\n  then: [b]\n\n  note: c"
    assert excerpt_at(Span(source, 6, 5)).text == "- id: d"


def test_everything_is_found_where_it_stands() -> None:
    places = locate(packaged_folder())
    rule, fact, clause = (
        places[key]
        for key in (("rule", "goods-value-makes-major-case"), ("fact", "goods_value"), ("clause", "001.t1.value"))
    )

    assert rule.text.startswith("- id: goods-value-makes-major-case\n")
    assert rule.file == "common/major-case.yaml"
    assert fact.text.startswith("goods_value:\n")
    assert clause.text.startswith("001.t1.value:")


def test_what_a_rulebook_says_cannot_become_markup() -> None:
    said = Text("<script>|*a*", "<b>|_b_")
    document: list[Block] = [Paragraph(Both(said)), Table((said,), ((said,),))]

    assert "<script>" not in render_html(document, "zh")
    assert "\\<script\\>\\|\\*a\\*<br>\\<b\\>\\|\\_b\\_" in render_markdown(document, "zh")


def test_a_table_too_wide_for_a_terminal_becomes_blocks() -> None:
    long = Text("长" * 60, "long")
    text = render_text([Table((Text("甲", "a"), Text("乙", "b")), ((Text("头", "head"), long),))], "zh")

    assert text.startswith("  头\n    乙：长")
    assert all(len(line) < 92 for line in text.splitlines())
