"""Whatever `prove` prints as a counterexample, the reference engine says the same of: for every kind of red line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from enforcerules.review.properties import Counterexample, breaks, read_properties
from enforcerules.review.scenarios import read_scenarios, run_scenarios
from tests.acceptance.planting import Place, Planted
from tests.cli.running import run

pytest.importorskip("z3")

DRUG_TABLE = "reports/annex1/drug.yaml"
VALUE = "goods-value-makes-major-case"

PLANTS: dict[str, tuple[Callable[[Planted], Place], str]] = {
    "always": (
        lambda c: c.rename("rules", VALUE, "when", "at_least", to="more_than"),
        "major-at-the-line-in-yongchuan",
    ),
    "never": (
        lambda c: c.drop("rules", "reserved-information-left-to-the-state-or-province", "overrides", 0),
        "no-publication-at-once-while-local-release-is-forbidden",
    ),
    "exactly_one": (
        lambda c: c.put(
            "tables", "drug", "parts", "value_row", "rows", "v_lt_10w", "when", "less_than", to="90000", file=DRUG_TABLE
        ),
        "drug-case-in-one-bracket",
    ),
    "monotone": (
        lambda c: c.rename("rules", VALUE, "when", "at_least", to="less_than"),
        "value-rising-drops-nothing",
    ),
}


@pytest.mark.parametrize("kind", PLANTS)
def test_a_printed_counterexample_is_reproduced_and_kept(kind: str, tmp_path: Path) -> None:
    plant, name = PLANTS[kind]
    copy = Planted(tmp_path / "rules")
    plant(copy)

    result = run("prove", copy.folder, "--property", name, "--format", "json", "--save", tmp_path / "kept")

    assert result.exit_code == 1, result.stderr
    (found,) = json.loads(result.stdout)["properties"]
    assert (found["kind"], found["verdict"]) == (kind, "refuted")
    printed = found["counterexample"]
    risen = next(iter(printed.get("rises", {}).values()), None)
    planted = copy.load()
    (line,) = [line for line in read_properties(planted, copy.folder) if line.id == name]
    assert breaks(planted, line.content, Counterexample(printed["facts"], risen))
    assert (risen is not None) == (kind == "monotone")

    (kept,) = (tmp_path / "kept").iterdir()
    (copy.folder / kept.name).write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
    copy.put("files", "scenarios", to=f"[{kept.name}]", file="rulebook.yaml")
    results = list(run_scenarios(planted, read_scenarios(planted, copy.folder)))
    assert results
    assert {tuple(sorted(one.variant.facts)) for one in results} >= {tuple(sorted(printed["facts"]))}
