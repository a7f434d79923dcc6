"""The plugin of pytest: the scenarios and red lines of a rulebook as tests. Where none is named, it does nothing.

[tool.pytest.ini_options]
enforcerules_rulebook = "rules"
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from enforcerules.rulebook import Rulebook
    from enforcerules.testing.collecting import Settings

_COLLECTING = "enforcerules-collecting"
_ENGINES = ("reference", "durable", "both")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the command line and of the file of settings."""
    group = parser.getgroup("enforcerules", "enforcerules: 规则库的算例和红线 scenarios and red lines of a rulebook")
    group.addoption(
        "--enforcerules-rulebook",
        action="append",
        metavar="FOLDER",
        help="规则库所在的文件夹 the folder of a rulebook; repeatable",
    )
    group.addoption(
        "--enforcerules-engine",
        choices=_ENGINES,
        help="由哪个引擎判定算例 which engine decides the scenarios (reference)",
    )
    group.addoption(
        "--enforcerules-cases",
        type=int,
        metavar="N",
        help="每条红线试多少个案件 how many cases each red line is put to (max_examples of the hypothesis profile)",
    )
    group.addoption(
        "--enforcerules-prove",
        type=float,
        nargs="?",
        const=30.0,
        metavar="SECONDS",
        help="用 z3 证明每条红线，每条至多这么多秒 prove each red line with z3, in so many seconds (30)",
    )
    parser.addini("enforcerules_rulebook", "规则库所在的文件夹 folders of rulebooks", type="paths", default=[])
    parser.addini("enforcerules_engine", f"{'、'.join(_ENGINES)}", default="reference")
    parser.addini("enforcerules_cases", "每条红线试多少个案件 how many cases each red line is put to", default="")
    parser.addini("enforcerules_prove", "每条红线证明多少秒 seconds to prove each red line in", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Collect the files of the rulebooks that are named, and where pytest is given no file, look into them."""
    config.addinivalue_line("markers", "enforcerules_scenario: 规则库的算例 a scenario of a rulebook")
    config.addinivalue_line("markers", "enforcerules_red_line: 规则库的红线 a red line of a rulebook")
    folders = _folders(config)
    if not folders:
        return
    from enforcerules.testing.collecting import Collecting

    config.pluginmanager.register(Collecting(folders, _settings(config)), _COLLECTING)
    if config.option.enforcerules_rulebook or config.args_source is not pytest.Config.ArgsSource.ARGS:
        given = [_place(config.invocation_params.dir, argument.split("::")[0]) for argument in config.args]
        config.args += [str(folder) for folder in folders if not any(folder.is_relative_to(one) for one in given)]


@pytest.fixture(scope="session")
def enforcerules_rulebook(pytestconfig: pytest.Config) -> Rulebook:
    """Return the rulebook that is configured, the first where there are several."""
    folders = _folders(pytestconfig)
    if not folders:
        raise pytest.UsageError(
            "没有写明规则库：enforcerules_rulebook 或者 --enforcerules-rulebook\n"
            "no rulebook is configured: enforcerules_rulebook or --enforcerules-rulebook"
        )
    from enforcerules.rulebook import load_rulebook

    return load_rulebook(folders[0])


def _folders(config: pytest.Config) -> list[Path]:
    named: list[str] = config.option.enforcerules_rulebook or []
    found = [_place(config.invocation_params.dir, name) for name in named]
    found = found or [path.resolve() for path in config.getini("enforcerules_rulebook")]
    for folder in found:
        if not (folder / "rulebook.yaml").is_file():
            raise pytest.UsageError(f"{folder}: 没有 rulebook.yaml there is no rulebook.yaml")
    return found


def _place(start: Path, name: str) -> Path:
    return (start / name).resolve()


def _settings(config: pytest.Config) -> Settings:
    from enforcerules.testing.collecting import Settings

    engine = config.option.enforcerules_engine or config.getini("enforcerules_engine")
    if engine not in _ENGINES:
        raise pytest.UsageError(f"enforcerules_engine: {engine!r} ({', '.join(_ENGINES)})")
    cases, seconds = config.option.enforcerules_cases, config.option.enforcerules_prove
    try:
        cases = cases or int(config.getini("enforcerules_cases") or 0) or None
        seconds = seconds or float(config.getini("enforcerules_prove") or 0) or None
    except ValueError as error:
        raise pytest.UsageError(f"enforcerules_cases, enforcerules_prove: {error}") from error
    return Settings(engine, cases, seconds)
