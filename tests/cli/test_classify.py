"""`enforcerules classify`."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from enforcerules import Diagnostic, DisagreementError, Rulebook
from enforcerules.cli.terminal import Progress
from enforcerules.text import Text
from tests.cli.running import EXAMPLES, LINES, run

CASES = ("wuxi-complaint-lead", "guangyuan-expired-drugs-2022", "made-up-yongan-device")


def _lines(stdout: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stdout.splitlines()]


def test_the_lines_of_the_example_are_the_example_cases() -> None:
    whole = [json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8")) for name in CASES]
    for case in whole:
        del case["$schema"]

    assert _lines(LINES.read_text(encoding="utf-8")) == whole


def test_one_line_comes_out_a_case_in_order() -> None:
    result = run("classify", LINES, "--engine", "reference")
    alone = [run("explain", EXAMPLES / f"{n}.json", "--format", "json", "--engine", "reference") for n in CASES]

    assert (result.exit_code, result.stderr) == (0, "")
    assert _lines(result.stdout) == [json.loads(one.stdout) for one in alone]


def test_standard_input_with_any_line_ends_and_empty_lines_is_the_same() -> None:
    stdin = b"\xef\xbb\xbf\r\n" + LINES.read_bytes().replace(b"\n", b"\r\n\r\n").rstrip()

    assert run("classify", "-", stdin=stdin).stdout == run("classify", LINES).stdout


def test_a_faulty_line_does_not_stop_the_others() -> None:
    good = '{"case_id": "1", "as_of": "2022-07-10"}'
    stdin = "\n".join([good, "", '{"good_value": 5}', '{"case_id": }', good, '"text"'])

    result = run("classify", "-", "--lang", "en", stdin=stdin)
    first, unknown, broken, last, text = _lines(result.stdout)

    assert result.exit_code == 1
    assert first == last
    assert (unknown["line"], broken["line"], text["line"]) == (3, 4, 6)
    (fault,) = unknown["error"]
    assert {**fault, "hint": None} == {
        "code": "ER3001",
        "severity": "error",
        "message": {"zh": "没有名为 `good_value` 的事实", "en": "there is no fact `good_value`"},
        "file": "-",
        "line": 3,
        "column": 2,
        "hint": None,
    }
    assert [error["code"] for error in broken["error"]] == ["ER0010"]
    assert [error["code"] for error in text["error"]] == ["ER3007"]
    assert "3 of 5 cases failed: line 3, 4, 6" in result.stderr


def test_text_that_is_not_utf_8_is_the_fault_of_its_line_only() -> None:
    stdin = '{"case_id": "1"}\n{"case_name": "永川"}\n'.encode("gb18030")

    first, second = _lines(run("classify", "-", stdin=stdin).stdout)
    assert first["case_id"] == "1"
    assert second["error"][0]["code"] == "ER0014"


def test_half_a_surrogate_pair_is_a_fault_that_can_be_written() -> None:
    (only,) = _lines(run("classify", "-", stdin=r'{"case_id": "\ud800", "\udfff": 1}').stdout)

    assert only["line"] == 1
    assert "ER0008" in {error["code"] for error in only["error"]}


def test_a_line_separator_within_a_text_ends_no_line() -> None:
    result = run("classify", "-", stdin='{"case_id": "a\u2028b\u0085c"}\n{"case_id": "2"}\n')

    first, second = _lines(result.stdout)
    assert first.get("line", 1) == 1
    assert second["case_id"] == "2"


@pytest.mark.parametrize("stdin", ['[{"case_id": "1"}]', '\n[\n  {"case_id": "1"}\n]'])
def test_an_array_is_refused_with_the_way_to_split_it(stdin: str) -> None:
    result = run("classify", "-", "--lang", "en", stdin=stdin)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "this is a JSON array" in result.stderr
    assert "jq -c '.[]'" in result.stderr
    assert "enforcerules explain" in result.stderr


def test_a_case_over_several_lines_is_sent_to_explain() -> None:
    case = EXAMPLES / "wuxi-complaint-lead.json"

    result = run("classify", case)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"enforcerules explain {case}" in result.stderr


def test_a_first_line_cut_off_is_only_a_faulty_line() -> None:
    cut, whole = _lines(run("classify", "-", stdin='{"case_id": "1",\n{"case_id": "2"}\n').stdout)

    assert cut["line"] == 1
    assert whole["case_id"] == "2"


def test_no_case_at_all_is_said() -> None:
    result = run("classify", "-", stdin="\n\n")

    assert (result.exit_code, result.stdout, result.stderr.splitlines()[0]) == (0, "", "没有案件")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    missing, folder = run("classify", tmp_path / "none.jsonl"), run("classify", tmp_path)

    assert (missing.exit_code, folder.exit_code) == (1, 1)
    assert "ER0012" in missing.stderr
    assert "ER0011" in folder.stderr


def test_strictly_open_cases_have_an_exit_code_and_faulty_ones_come_first() -> None:
    open_case, faulty = '{"as_of": "2022-07-10"}', '{"online": 1}'

    assert run("classify", "-", stdin=open_case).exit_code == 0
    assert run("classify", "-", "--strict", stdin=open_case).exit_code == 3
    assert run("classify", "-", "--strict", stdin=f"{open_case}\n{faulty}").exit_code == 1


def test_the_day_given_is_that_of_every_case() -> None:
    stdin = '{"case_id": "1"}\n{"case_id": "2", "as_of": "2021-01-01"}\n'

    found = _lines(run("classify", "-", "--as-of", "2022-07-10", stdin=stdin).stdout)

    assert [case["as_of"] for case in found] == ["2022-07-10"] * 2


def test_engines_that_disagree_on_one_case_do_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    decide = Rulebook.decide
    fault = Diagnostic("ER9002", Text("两个引擎结论不一致", "the engines disagree"))

    def disagree(book: Rulebook, case: Any, *, engine: Any = "reference") -> Any:
        if case.case_id == "2":
            raise DisagreementError([fault])
        return decide(book, case, engine="reference")

    monkeypatch.setattr(Rulebook, "decide", disagree)
    stdin = "".join(f'{{"case_id": "{n}", "as_of": "2022-07-10"}}\n' for n in (1, 2, 3))
    result = run("classify", "-", "--engine", "both", stdin=stdin)

    first, second, third = _lines(result.stdout)
    assert result.exit_code == 70
    assert (first["case_id"], third["case_id"]) == ("1", "3")
    assert second == {"line": 2, "error": [fault.to_dict()]}


# --- progress --------------------------------------------------------------------------------------


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_once_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    screen = _Screen()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(sys, "stderr", screen)

    progress = Progress("en")
    for count, moment in enumerate((1.0, 2.5, 2.6, 4.0), 1):
        now = moment
        progress.done(count)
    progress.end()

    shown = [part for part in screen.getvalue().split("\r\x1b[K") if part]
    assert shown == ["2 cases done, 1 a second", "4 cases done, 1 a second"]


def test_progress_stays_out_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 10))
    kept = io.StringIO()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(sys, "stderr", kept)

    progress = Progress("zh")
    progress.done(1)
    progress.end()

    assert kept.getvalue() == ""
