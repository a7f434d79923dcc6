"""What only a program of its own shows: streams, signals, colour, and how long it takes to start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import COMPLETE, LEAD, LINES, command, run_alone, surroundings

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and terminals")

RED = "\x1b[31m"


def test_results_go_to_stdout_and_all_else_to_stderr() -> None:
    done, wrong = run_alone("explain", COMPLETE, "--strict"), run_alone("explain", "none.json")

    assert done.returncode in (0, 3)
    assert "案件研判" in done.stdout.decode()
    assert "案件研判" not in done.stderr.decode()
    assert (wrong.returncode, wrong.stdout) == (1, b"")
    assert "错误[ER0012]" in wrong.stderr.decode()


def test_standard_input_and_a_file_give_the_same_bytes() -> None:
    assert run_alone("explain", "-", stdin=LEAD.read_bytes()).stdout == run_alone("explain", LEAD).stdout


def test_output_is_utf_8_with_plain_line_ends_even_in_the_c_locale() -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}

    for words in (("explain", COMPLETE), ("classify", LINES), ("--help",)):
        result = run_alone(*words, env=plain)
        assert result.returncode == 0
        result.stdout.decode("utf-8")
        assert b"\r" not in result.stdout
    assert "没有命令" in run_alone("explan", env=plain).stderr.decode("utf-8")


def test_english_locales_get_english() -> None:
    assert b"usage:" in run_alone("--help", env={"LANG": "en_US.UTF-8"}).stdout
    assert "用法" in run_alone("--help", env={"LANG": "zh_CN.UTF-8"}).stdout.decode()


def test_python_s_own_faults_stay_out_of_sight() -> None:
    for words, stdin in ((("explain", "-"), b"\xff"), (("classify", "-"), b"\x00"), (("check", "/"), b"")):
        result = run_alone(*words, stdin=stdin)
        assert result.returncode == 1
        assert b"Traceback" not in result.stderr


@posix
def test_whoever_stops_reading_ends_the_program_quietly() -> None:
    for words in (("schema", "case"), ("rule",), ("--help",), ("explain", str(COMPLETE))):
        process = subprocess.Popen(command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings())
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
        process.stderr.close()
        assert (process.wait(), told) == (141, b"")


@posix
def test_a_full_disk_is_told_without_a_traceback() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            command("explain", COMPLETE), stdout=full, stderr=subprocess.PIPE, env=surroundings(), check=False
        )

    assert result.returncode == 1
    assert "错误: 无法读写" in result.stderr.decode()
    assert b"Traceback" not in result.stderr


@posix
def test_closed_standard_input_is_told() -> None:
    result = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *command("explain", "-")], capture_output=True, env=surroundings(), check=False
    )

    assert result.returncode == 1
    assert "ER0013" in result.stderr.decode()


@posix
def test_answers_come_line_by_line_and_ctrl_c_ends_quietly() -> None:
    process = subprocess.Popen(
        command("classify", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(),
        # a shell starts what runs in the background deaf to it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(LINES.read_bytes().splitlines(keepends=True)[0])
    process.stdin.flush()
    # the input is still open, and the answer is here
    answer = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()

    assert answer["case_id"] == "EX-10"
    assert (process.returncode, told) == (130, b"")


def _on_a_terminal(*words: str, **env: str) -> str:
    """Return what the program writes to a stderr that is a terminal."""
    import pty

    screen, terminal = pty.openpty()
    with subprocess.Popen(
        command(*words), stdout=subprocess.DEVNULL, stderr=terminal, env=surroundings(TERM="xterm", **env)
    ):
        os.close(terminal)
        shown = b""
        while True:
            try:
                part = os.read(screen, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(screen)
    return shown.decode().replace("\r\n", "\n")


@posix
def test_faults_are_red_on_a_terminal_only(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"good_value": 5}', encoding="utf-8")
    words = ("explain", str(case))

    coloured = _on_a_terminal(*words)

    red = [line for line in coloured.split("\n") if RED in line]
    assert [line.removeprefix(RED)[:3] for line in red] == ["错误[", "  |"]
    assert RED not in _on_a_terminal(*words, NO_COLOR="1")
    assert RED.encode() not in run_alone(*words).stderr
    assert coloured.replace(RED, "").replace("\x1b[0m", "") == run_alone(*words).stderr.decode()


def test_start_up_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    lines = []
    for words in (("--help",), ("explain", "--help"), ("--version",), ("version",), ("explain", str(LEAD))):
        begun = time.perf_counter()
        assert run_alone(*words).returncode == 0
        lines.append(f"{time.perf_counter() - begun:6.2f} s  enforcerules {' '.join(words)}")
    with capsys.disabled():
        print("\n" + "\n".join(lines))
