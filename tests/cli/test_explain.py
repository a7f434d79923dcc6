"""`enforcerules explain`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enforcerules import Diagnostic, DisagreementError, EngineUnavailableError, Rulebook, load_rulebook
from enforcerules.engines import durable
from enforcerules.text import Text
from tests.cli.running import COMPLETE, LEAD, ROOT, run


def _answer(*words: str | Path, **more: Any) -> dict[str, Any]:
    result = run("explain", "--format", "json", *words, **more)
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_the_page_is_chinese_on_stdout() -> None:
    result = run("explain", COMPLETE, "--engine", "reference")

    assert (result.exit_code, result.stderr) == (0, "")
    assert "货值金额 620,000元 ≥ 500,000元" in result.stdout
    assert result.stdout.endswith("\n")


@pytest.mark.parametrize(("form", "opening"), [("text", "Case"), ("markdown", "#"), ("html", "<!")])
def test_the_page_comes_in_three_forms(form: str, opening: str) -> None:
    result = run("explain", COMPLETE, "--format", form, "--lang", "en")

    assert result.exit_code == 0
    assert result.stdout.lower().startswith(opening.lower())


def test_json_is_the_classification() -> None:
    expected = load_rulebook().classify(COMPLETE.read_bytes(), engine="reference").to_dict()

    assert _answer(COMPLETE, "--engine", "reference") == expected


def test_a_case_is_read_from_standard_input() -> None:
    assert _answer("-", stdin=COMPLETE.read_bytes()) == _answer(COMPLETE)
    assert _answer("-", stdin=b"\xef\xbb\xbf" + COMPLETE.read_bytes()) == _answer(COMPLETE)


def test_the_day_given_takes_the_place_of_the_case_s_own() -> None:
    moved = _answer(COMPLETE, "--as-of", "2022-10-01")

    assert moved["as_of"] == "2022-10-01"
    assert moved["duty_date"] == _answer(COMPLETE)["duty_date"]


def test_the_day_given_keeps_every_other_fact_as_it_was_written() -> None:
    case = '{"as_of": "2022-07-10", "jurisdiction": "500118", "goods_value": 0.10, "fine": 999999999999999.99}'
    moved, own = (_answer("-", "--as-of", day, stdin=case) for day in ("2022-07-11", "2022-07-10"))

    assert moved["duty_date"] == "2022-07-11"
    assert moved["major_case"] == own["major_case"]


def test_without_any_date_today_is_taken_and_said() -> None:
    answer = _answer("-", stdin='{"jurisdiction": "500118"}')

    assert {"fact": "as_of", "value": date.today().isoformat(), "because": "today"} in answer["assumptions"]


def test_what_is_not_given_may_be_taken_as_none() -> None:
    assert not any(assumed["because"] == "closed" for assumed in _answer(LEAD)["assumptions"])
    assert any(assumed["because"] == "closed" for assumed in _answer(LEAD, "--unknown", "absent")["assumptions"])


def test_one_rule_is_shown_alone() -> None:
    result = run("explain", COMPLETE, "--rule", "goods-value-makes-major-case")

    assert result.exit_code == 0
    assert "货值金额 620,000元 ≥ 500,000元" in result.stdout
    assert len(result.stdout) < len(run("explain", COMPLETE).stdout)


def test_an_unknown_rule_is_told_with_the_one_that_was_meant() -> None:
    result = run("explain", COMPLETE, "--rule", "good-value-makes-major-case")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "goods-value-makes-major-case" in result.stderr


def test_the_page_in_full_is_longer() -> None:
    assert len(run("explain", COMPLETE, "--full").stdout) > len(run("explain", COMPLETE).stdout)


def test_another_rulebook_answers() -> None:
    assert _answer(COMPLETE, "--rulebook", ROOT / "rules") == _answer(COMPLETE)
    assert _answer(COMPLETE, "--rulebook", ROOT / "rules" / "rulebook.yaml") == _answer(COMPLETE)
    missing = run("explain", COMPLETE, "--rulebook", ROOT / "examples" / "nowhere")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "ER0012" in missing.stderr


# --- strictly --------------------------------------------------------------------------------------


def test_strictly_an_open_decision_has_an_exit_code_of_its_own() -> None:
    result = run("explain", LEAD, "--strict", "--lang", "en")

    assert result.exit_code == 3
    assert result.stdout == run("explain", LEAD, "--lang", "en").stdout
    assert "open: major case" in result.stderr


def test_strictly_a_settled_decision_is_done() -> None:
    result = run("explain", COMPLETE, "--strict", "--unknown", "absent")

    answer = _answer(COMPLETE, "--unknown", "absent")
    settled = all(
        part["verdict"] != "open" for part in (answer["major_case"], answer["direct_filing"], *answer["actions"])
    )
    assert result.exit_code == (0 if settled else 3)
    assert settled == ("待定" not in result.stderr)


# --- faulty cases ----------------------------------------------------------------------------------


def test_every_fault_of_a_case_is_told_at_its_place(tmp_path: Path) -> None:
    case = tmp_path / "案.json"
    case.write_text('{\n  "good_value": 5,\n  "online": "yes"\n}', encoding="utf-8")

    result = run("explain", case)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("错误[") == 2
    assert f" --> {case}:2:3" in result.stderr
    assert "是否为 `goods_value`（货值金额）？" in result.stderr
    assert '2 |   "good_value": 5,\n  |   ^^^^^^^^^^^^' in result.stderr


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        (b"", "ER0005"),
        (b"[]", "ER3007"),
        (b"{", "ER0010"),
        (b'{"a": 1e400}', "ER3001"),
        ('{"case_name": "永川"}'.encode("gb18030"), "ER0014"),
        (b"[" * 100_000, "ER0017"),
    ],
)
def test_what_is_no_case_is_told_without_a_traceback(stdin: bytes, code: str) -> None:
    result = run("explain", "-", stdin=stdin)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"[{code}]" in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "ER0011" in run("explain", tmp_path).stderr
    assert "ER0012" in run("explain", tmp_path / "none.json").stderr


def test_a_case_cannot_write_to_the_terminal() -> None:
    case = r'{"as_of": "2022-07-10", "case_name": "\u202e药", "\u001b]0;x": "\u001b[2J"}'

    told = run("explain", "-", stdin=case).stderr
    shown = run("explain", "-", stdin=case.replace(r', "\u001b]0;x": "\u001b[2J"', "")).stdout

    assert "药" in shown
    assert not set("\x1b\u202e") & set(told + shown)


# --- engines ---------------------------------------------------------------------------------------


def _without_durable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "durable_available", lambda: False)


def _refusing(error: Exception) -> Callable[..., Any]:
    decide = Rulebook.decide

    def refuse(book: Rulebook, case: Any, *, engine: Any = "reference") -> Any:
        if engine != "reference":
            raise error
        return decide(book, case, engine=engine)

    return refuse


def test_both_engines_answer_where_both_are_to_be_had() -> None:
    expected = "both" if durable.durable_available() else "reference"

    assert _answer(LEAD)["engine"] == expected


def test_one_engine_alone_says_how_to_add_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_durable(monkeypatch)

    result = run("explain", LEAD)

    assert result.exit_code == 0
    assert result.stderr == "只由 reference 引擎判定；安装第二个引擎核对结论：pip install durable-rules==2.0.28\n"


def test_the_engine_asked_for_goes_without_saying(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_durable(monkeypatch)

    assert run("explain", LEAD, "--engine", "reference").stderr == ""


def test_an_engine_that_does_not_start_leaves_the_other_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "durable_available", lambda: True)
    fault = Diagnostic("ER9001", Text("不能导入", "does not import"), hint=Text("先设 CPPFLAGS", "set CPPFLAGS"))
    monkeypatch.setattr(Rulebook, "decide", _refusing(EngineUnavailableError([fault])))

    result = run("explain", LEAD, "--lang", "en")
    asked = run("explain", LEAD, "--engine", "both")

    assert (result.exit_code, bool(result.stdout)) == (0, True)
    assert result.stderr == "one engine (reference) answered: does not import. set CPPFLAGS\n"
    assert (asked.exit_code, asked.stdout) == (2, "")
    assert "不能导入" in asked.stderr


def test_engines_that_disagree_give_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Diagnostic("ER9002", Text("两个引擎结论不一致", "the engines disagree"))
    monkeypatch.setattr(Rulebook, "decide", _refusing(DisagreementError([fault])))

    result = run("explain", LEAD, "--engine", "both")

    assert (result.exit_code, result.stdout) == (70, "")
    assert "两个引擎结论不一致" in result.stderr


def test_the_time_limits_come_as_a_calendar_file() -> None:
    result = run("explain", ROOT / "examples/made-up-transfer-refused.json", "--format", "ics", "--engine", "reference")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("BEGIN:VCALENDAR")
    assert result.stdout.count("BEGIN:VEVENT") == 2


def test_a_case_without_a_day_has_no_calendar_file() -> None:
    result = run("explain", LEAD, "--format", "ics", "--lang", "en")

    assert result.exit_code == 1
    assert "error[ER7071]: no duty of the case has a day that can be computed" in result.stderr


def test_one_rule_is_not_a_calendar() -> None:
    result = run("explain", COMPLETE, "--format", "ics", "--rule", "expired-drug-filed-directly", "--lang", "en")

    assert result.exit_code == 2
    assert "--rule does not go with ics" in result.stderr
