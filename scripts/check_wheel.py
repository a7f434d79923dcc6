"""Does the built package hold all that it should, and does it work where there is no checkout?

    python scripts/check_wheel.py DIST

DIST is a folder with one wheel and one sdist, as `python -m build` leaves it. The wheel is installed, from
wheels only, in a new environment in a temporary folder, and run from there on an example copied to it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "guangyuan-expired-drugs-2022.json"
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
LEFT_BEHIND = ("__pycache__", ".pyc", "_cache", ".hypothesis", ".venv", ".git/", ".DS_Store")
IN_THE_SDIST = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "pyproject.toml",
    ".ci/run",
    "docs/en/result.md",
    "tests/conftest.py",
    f"examples/{EXAMPLE.name}",
    "examples/own-rulebook/rulebook.yaml",
    "examples/own-rulebook/tests/test_stalls.py",
)


def main() -> int:
    dist = Path(sys.argv[1])
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    faults = [*wheel_faults(wheel), *sdist_faults(sdist)]
    with tempfile.TemporaryDirectory() as folder:
        faults += run_faults(wheel, Path(folder))
    for fault in faults:
        print(f"{wheel.name}: {fault}", file=sys.stderr)
    if not faults:
        rules = sum(path.is_file() for path in (ROOT / "rules").rglob("*"))
        print(f"{wheel.name}: {rules} rulebook files, and it explains a case outside the checkout")
    return 1 if faults else 0


# --- what the archives hold ------------------------------------------------------------------------


def wheel_faults(wheel: Path) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    yield from left_behind(held)
    source = {f"enforcerules/{path.relative_to(ROOT / 'src' / 'enforcerules').as_posix()}": path for path in modules()}
    rules = {f"enforcerules/rules/{path.relative_to(ROOT / 'rules').as_posix()}": path for path in rulebook_files()}
    wanted = source | rules
    for name, path in wanted.items():
        if name not in held:
            yield f"{name} is missing"
        elif held[name] != path.read_bytes():
            yield f"{name} is not the checkout's"
    for name in held.keys() - wanted.keys():
        if ".dist-info/" not in name:
            yield f"{name} does not belong there"
    if not any(name.endswith("/licenses/LICENSE") for name in held):
        yield "the licence is missing"


def modules() -> Iterator[Path]:
    package = ROOT / "src" / "enforcerules"
    yield from sorted(path for kind in ("*.py", "*.yaml", "py.typed") for path in package.rglob(kind))


def rulebook_files() -> Iterator[Path]:
    return (path for path in sorted((ROOT / "rules").rglob("*")) if path.is_file() and path.name != ".DS_Store")


def sdist_faults(sdist: Path) -> Iterator[str]:
    with tarfile.open(sdist) as archive:
        held = {str(PurePosixPath(*PurePosixPath(name).parts[1:])) for name in archive.getnames()}
    yield from left_behind(held)
    wanted = {path.relative_to(ROOT).as_posix() for path in (*modules(), *rulebook_files())}
    for name in sorted((wanted | set(IN_THE_SDIST)) - held):
        yield f"the sdist lacks {name}"


def left_behind(names: object) -> Iterator[str]:
    assert isinstance(names, (dict, set))
    for name in names:
        if any(mark in name for mark in LEFT_BEHIND):
            yield f"{name} was left behind by a tool"


# --- whether it works ------------------------------------------------------------------------------


def run_faults(wheel: Path, folder: Path) -> Iterator[str]:
    """Install the wheel in `folder` and use it as somebody would who has nothing else."""
    home = folder / "environment"
    venv.create(home, with_pip=True)
    bin_ = home / ("Scripts" if os.name == "nt" else "bin")
    # nothing of the checkout may help: no path to it, and no compiler for a dependency without a wheel
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"ENFORCERULES_LANG": "en", "PYTHONIOENCODING": "utf-8"}

    def run(*words: object) -> str:
        command = [str(bin_ / str(words[0])), *map(str, words[1:])]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    run("python", "-m", "pip", "install", "-q", "--only-binary", ":all:", wheel.resolve())
    shutil.copy(EXAMPLE, folder / "case.json")
    place = run("python", "-c", "import enforcerules; print(enforcerules.__file__)").strip()
    if not Path(place).resolve().is_relative_to(home.resolve()):
        yield f"`import enforcerules` found {place}"
    if "reference" not in run("enforcerules", "version"):
        yield "`enforcerules version` names no engine"
    checked = json.loads(run("enforcerules", "check", "--format", "json"))
    of_the_checkout = json.loads(run("enforcerules", "check", ROOT / "rules", "--format", "json"))
    if checked != of_the_checkout:
        yield f"its rulebook is {checked['sha256']}, the checkout's {of_the_checkout['sha256']}"
    page = run("enforcerules", "explain", "case.json")
    if checked["sha256"][:12] not in page:
        yield "the page does not name the rulebook that answered"
    answer = json.loads(run("enforcerules", "explain", "--format", "json", "case.json"))
    if answer["direct_filing"]["verdict"] != "met":
        yield f"direct filing is {answer['direct_filing']['verdict']} where it should be met"
    run("enforcerules", "schema", "case")
    if "clause" not in run("enforcerules", "code", "ER2001"):
        yield "the catalogue of error codes is not inside"
    run("python", "-c", SCENARIOS)
    yield from schema_faults(run)
    yield from kit_faults(run, folder)


def schema_faults(run: Callable[..., str]) -> Iterator[str]:
    """Are the schemas inside, and named by the files there?"""
    named = run("python", "-c", FIRST_LINES).split()
    if not named:
        yield "no file of its rulebook names a schema"
    for path in named:
        if not Path(path).is_file():
            yield f"a first line names {path}, which is not inside"


def kit_faults(run: Callable[..., str], folder: Path) -> Iterator[str]:
    """Does the test kit come with its extra, run another rulebook's tests, and stay out of the way otherwise?"""
    if "hypothesis" in run("python", "-m", "pip", "list"):
        yield "hypothesis comes with the package and not with the extra"
    run("python", "-m", "pip", "install", "-q", "--only-binary", ":all:", *EXTRAS["testing"])
    own = shutil.copytree(ROOT / "examples" / "own-rulebook", folder / "own-rulebook")
    said = run("pytest", "-q", "-p", "no:cacheprovider", "-c", own / "pytest.ini", "--rootdir", own, own)
    if "18 passed" not in said:
        yield f"the tests of another rulebook: {said}"
    (folder / "test_nothing.py").write_text("def test_nothing(): pass\n", encoding="utf-8")
    said = run("pytest", "-q", "-p", "no:cacheprovider", folder / "test_nothing.py")
    if "1 passed" not in said:
        yield f"the plugin does not keep out of the way: {said}"


FIRST_LINES = """
from enforcerules.rulebook import packaged_folder

for path in sorted(packaged_folder().rglob("*.yaml")):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    print(path.parent / first.partition("$schema=")[2])
"""

# the worked cases are inside, and hold there
SCENARIOS = """
from enforcerules import load_rulebook
from enforcerules.review.scenarios import read_scenarios, run_variant

book = load_rulebook()
found = [run_variant(book, variant) for variant in read_scenarios(book)]
assert found and all(result.passed for result in found), [r.variant.id for r in found if not r.passed]
"""


if __name__ == "__main__":
    sys.exit(main())
