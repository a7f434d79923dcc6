"""The commands there are, the help they give, and what wrong usage says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import enforcerules
from enforcerules.cli.commands import Command
from enforcerules.cli.program import Program
from tests.cli.running import LINES, ROOT, run

COMMANDS = (
    "explain",
    "classify",
    "ledger",
    "report",
    "check",
    "test",
    "prove",
    "mutate",
    "diff",
    "schema",
    "rule",
    "code",
    "version",
)


def _leaves(group: click.Group, *words: str) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _leaves(command, *words, name)
        else:
            yield " ".join((*words, name))


LEAVES = tuple(_leaves(Program()))
LANGUAGES = ("zh", "en")
CHINESE = re.compile("[\u4e00-\u9fff]")


def _command(name: str) -> Command:
    command: click.Command | None = Program()
    for word in name.split():
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert isinstance(command, Command)
    return command


def test_the_commands_are_those_of_the_design() -> None:
    program = Program()

    assert tuple(program.list_commands(click.Context(program))) == COMMANDS
    assert program.get_command(click.Context(program), "disprove") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_every_command_and_exit_code(language: str) -> None:
    result = run("--lang", language, "--help")

    assert result.exit_code == 0
    assert all(re.search(rf"^  {name} ", result.stdout, re.MULTILINE) for name in COMMANDS)
    assert all(re.search(rf"^  {code} ", result.stdout, re.MULTILINE) for code in (0, 1, 2, 3, 70))


@pytest.mark.parametrize("name", LEAVES)
def test_help_speaks_one_language_and_explains_every_parameter(name: str) -> None:
    zh, en = run(*name.split(), "--help").stdout, run(*name.split(), "-h", "--lang", "en").stdout

    assert CHINESE.search(zh)
    assert not CHINESE.search(en)
    for parameter in _command(name).params:
        shown = parameter.metavar if isinstance(parameter, click.Argument) else parameter.opts[-1]
        assert shown
        assert shown in zh
        assert shown in en


@pytest.mark.parametrize("name", LEAVES)
def test_help_ends_with_examples(name: str) -> None:
    *_, heading_and_examples = run(*name.split(), "--help").stdout.split("\n\n")

    heading, *examples = heading_and_examples.strip().split("\n")
    assert heading == "例子："
    assert tuple(example.strip() for example in examples) == _command(name).page.examples


@pytest.mark.parametrize("name", LEAVES)
def test_the_examples_of_the_help_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a folder with all that examples name, in which they may write
    for there in ("examples", "rules"):
        (tmp_path / there).symlink_to(ROOT / there)
    monkeypatch.chdir(tmp_path)
    examples = _command(name).page.examples

    assert examples
    for example in examples:
        program, *words = shlex.split(example)
        result = run(*words)
        assert program == "enforcerules"
        assert words[: len(name.split())] == name.split()
        assert result.exit_code == 0, result.stderr
        assert result.stdout or result.stderr


def test_help_keeps_within_a_narrow_terminal() -> None:
    pages = [run(*name.split(), "--help", env={"COLUMNS": "60"}).stdout for name in (*COMMANDS, *LEAVES)]

    lines = [line for page in pages for line in page.split("例子：")[0].split("\n")]
    assert max(enforcerules.text.width(line) for line in lines) <= 60


def test_no_words_at_all_show_the_help_as_wrong_usage() -> None:
    result = run()

    assert result.exit_code == 2
    assert not result.stdout
    assert "explain" in result.stderr


def test_the_version_of_the_program_is_one_line() -> None:
    assert run("--version").stdout == f"enforcerules {enforcerules.__version__}\n"


WRONG = [
    (("explan", "x"), "没有命令 `explan`", "there is no command `explan`", "explain"),
    (("case.json",), "没有命令 `case.json`", "there is no command `case.json`", "enforcerules explain case.json"),
    ((str(LINES),), "没有命令 `", "there is no command `", f"enforcerules explain {LINES}"),
    (("\x1b[2J",), "没有命令 `", "there is no command `", None),
    (("explain",), "缺少 CASE", "CASE is missing", None),
    (("explain", "a", "b"), "多余的参数：`b`", "one argument too many: `b`", None),
    (("explain", "a", "--formt", "json"), "没有选项 `--formt`", "there is no option `--formt`", "--format"),
    (("explain", "a", "--format", "jsn"), "--format 没有值 `jsn`", "--format has no value `jsn`", "json"),
    (("explain", "a", "--format", "pdf"), "--format 没有值 `pdf`", "--format has no value `pdf`", "markdown"),
    (("explain", "a", "--format"), "选项 `--format` 需要一个值", "option `--format` needs a value", None),
    (("explain", "a", "--full=1"), "选项 `--full` 不带值", "option `--full` takes no value", None),
    (("explain", "a", "--as-of", "20220710"), "--as-of `20220710`", "--as-of `20220710`", "2022-07-10"),
    (("explain", "a", "--as-of", "2022-02-30"), "--as-of `2022-02-30`", "--as-of `2022-02-30`", "28"),
    (("explain", "a", "--as-of", "1822-07-10"), "--as-of 的年份不可能", "the year of --as-of cannot be", None),
    (("explain", "a", "--format", "json", "--rule", "b"), "--rule 不用于 json", "--rule does not go with json", None),
    (("schema", "cases"), "SCHEMA 没有值 `cases`", "SCHEMA has no value `cases`", "case"),
    (("schema", "rulebook", "rule"), "没有这种文件：`rule`", "there is no such kind of file: `rule`", "rules"),
    (("schema", "case", "rules"), "schema case 不带文件种类", "schema case takes no kind of file", None),
    (("schema", "classification", "--rulebook", "x"), "--rulebook 只用于", "--rulebook goes with", None),
    (("report",), "report 之后缺少命令", "report needs a command", "monthly"),
    (("report", "montly"), "report 没有命令 `montly`", "report has no command `montly`", "monthly"),
    (("report", "monthly"), "缺少 ", " is missing", None),
    (("rule", "x", "--grep", "y"), "--grep 与规则编号不能同时使用", "--grep does not go with", None),
]


@pytest.mark.parametrize(("words", "zh", "en", "hint"), WRONG, ids=lambda value: str(value)[:30])
def test_wrong_usage_says_what_is_wrong_in_either_language(
    words: tuple[str, ...], zh: str, en: str, hint: str | None
) -> None:
    for language, said in (("zh", zh), ("en", en)):
        result = run(*words, env={"ENFORCERULES_LANG": language})
        assert result.exit_code == 2
        assert not result.stdout
        assert "\x1b" not in result.stderr
        assert said in result.stderr
        assert result.stderr.startswith("错误: " if language == "zh" else "error: ")
        assert result.stderr.rstrip().endswith("--help")
        if hint is not None:
            assert hint in result.stderr


def test_an_unknown_language_is_refused() -> None:
    assert "没有值 `fr`" in run("version", "--lang", "fr").stderr
    wrong = run("version", env={"ENFORCERULES_LANG": "fr"})
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "ENFORCERULES_LANG 只能是 zh 或 en" in wrong.stderr


def test_every_command_is_in_a_file_of_its_own() -> None:
    folder = Path(enforcerules.__file__).parent / "cli"

    assert all((folder / f"{name}.py").is_file() for name in COMMANDS)
