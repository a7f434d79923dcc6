"""Whatever is handed in: it is read, or its faults are told, and nothing else ever happens."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enforcerules import CaseError, EnforceRulesError, Rulebook, RulebookError, load_rulebook
from enforcerules.errors import Source, render
from enforcerules.syntax.yaml import read_yaml
from enforcerules.values import Amount, parse_yuan
from tests.broken.folders import BASE
from tests.wording import faults_of_wording

MANY = settings.default.max_examples * 4 if settings.default else 240

VALID_CASE = """{
  "case_id": "永川-1",
  "jurisdiction": "500118",
  "as_of": "2022-07-10",
  "duty_date": null,
  "goods_value": "62万",
  "fine": {"at_least": 50000, "at_most": "8.5万"},
  "suspects": 3,
  "conduct": "expired",
  "product_categories": ["drug", "device"],
  "online": true,
  "serious": false
}
"""
FACTS = tuple(json.loads(VALID_CASE))
YAML_FILES = tuple(sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*.yaml")))
ODD: tuple[str, ...] = (
    *"\t\r\0\x1b\x7f\x85\u2028\u3000\xa0\ufeff\ud800，：“”‘’（）{}[]\"'`*&!%@|>#,:?-~\\=;",
    "\n",
    "\n\n",
    "---\n",
    "<<: *x",
    "𠀀",
    "e\u0301",
)


@pytest.fixture(scope="module")
def small() -> Rulebook:
    return load_rulebook(BASE)


def check_told(error: EnforceRulesError) -> None:
    """Every fault has a place inside its text and says in both languages what is wrong and what to do."""
    assert error.diagnostics
    for diagnostic in error.diagnostics:
        assert not list(faults_of_wording(diagnostic)), diagnostic
    for language in ("zh", "en"):
        rendered = render(error.diagnostics, language)
        assert rendered.encode()
        assert all(line.isprintable() for line in rendered.split("\n"))
    assert json.dumps([diagnostic.to_dict() for diagnostic in error.diagnostics], ensure_ascii=False).encode()


def read(small: Rulebook, case: Any) -> None:
    try:
        small.read_case(case)
    except CaseError as error:
        check_told(error)


# --- cases -----------------------------------------------------------------------------------------


@settings(max_examples=MANY)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(small: Rulebook, data: bytes) -> None:
    read(small, data)


@settings(max_examples=MANY)
@given(st.text(max_size=200) | st.text(alphabet="{}[]\":,\\ \n0123456789eE+-.truefalsn/*#'“”：，", max_size=60))
@example("\ufeff{}")
@example('{"a": "\ud800"}')
def test_any_text_is_read_or_told(small: Rulebook, text: str) -> None:
    read(small, text)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from((*FACTS, "at_least", "at_most", "about")) | st.text(max_size=8), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@settings(max_examples=MANY)
@given(JSON_VALUES | st.dictionaries(st.sampled_from(FACTS), JSON_VALUES))
def test_any_json_value_is_read_or_told(small: Rulebook, value: Any) -> None:
    read(small, json.dumps(value))
    read(small, json.dumps(value, ensure_ascii=False, indent=1))


class Awkward:
    def __str__(self) -> str:
        raise ZeroDivisionError

    def __repr__(self) -> str:
        return "Awkward()"


ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)

PYTHON_VALUES = (
    JSON_VALUES
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=5)
    | st.sets(st.sampled_from(("drug", "device", "药品")))
    | st.complex_numbers()
    | st.sampled_from(
        (
            ENDLESS,
            Awkward(),
            [Awkward()],
            {Awkward(): 1},
            10**5000,
            -(10**5000),
            Decimal("1e999999"),
            Decimal("sNaN"),
            range(3),
        )
    )
)


@settings(max_examples=MANY)
@given(st.dictionaries(st.sampled_from(FACTS) | st.text(max_size=8) | st.integers() | st.none(), PYTHON_VALUES))
@example(dict.fromkeys(FACTS, ENDLESS))
@example(dict.fromkeys(FACTS, Awkward()))
@example(dict.fromkeys(FACTS, 10**5000))
def test_any_mapping_is_read_or_told(small: Rulebook, case: dict[Any, Any]) -> None:
    read(small, case)


# --- texts with slips ------------------------------------------------------------------------------


def _lines(change: Callable[[list[str], int, Random], None]) -> Callable[[str, Random], str]:
    def slip(text: str, rng: Random) -> str:
        lines = text.split("\n")
        change(lines, rng.randrange(len(lines)), rng)
        return "\n".join(lines)

    return slip


def _delete(lines: list[str], at: int, _: Random) -> None:
    del lines[at]


def _duplicate(lines: list[str], at: int, _: Random) -> None:
    lines.insert(at, lines[at])


def _swap(lines: list[str], at: int, rng: Random) -> None:
    other = rng.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _indent(lines: list[str], at: int, rng: Random) -> None:
    lines[at] = rng.choice(("", " ", "  ", "    ", "\t", "\u3000", "- ")) + (
        lines[at].lstrip() if rng.random() < 0.5 else lines[at]
    )


def _misspell(text: str, rng: Random) -> str:
    words = list(re.finditer(r"\w+", text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(len(word.group()))
    letters = word.group()
    near = rng.choice(
        (
            letters[:at] + letters[at + 1 :],
            letters[:at] + letters[at] + letters[at:],
            letters.upper(),
            "",
            letters[::-1],
        )
    )
    return text[: word.start()] + near + text[word.end() :]


def _exchange(text: str, rng: Random) -> str:
    """Put a word of the text in the place of another."""
    words = list(re.finditer(r"[\w.-]+", text))
    if not words:
        return text
    word, other = rng.choice(words), rng.choice(words)
    return text[: word.start()] + other.group() + text[word.end() :]


def _insert(text: str, rng: Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(ODD) + text[at:]


def _remove(text: str, rng: Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 1, 1, 5, 40)) :]


def _break_off(text: str, rng: Random) -> str:
    return text[: rng.randrange(len(text) + 1)]


SLIPS = (
    _lines(_delete),
    _lines(_duplicate),
    _lines(_swap),
    _lines(_indent),
    _misspell,
    _misspell,
    _exchange,
    _insert,
    _insert,
    _remove,
    _remove,
    _break_off,
)


def slip(text: str, rng: Random) -> str:
    """Return `text` with one to three slips."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        text = rng.choice(SLIPS)(text, rng)
    return text


@settings(max_examples=MANY * 2)
@given(st.integers(0, 2**32))
def test_a_case_with_slips_is_read_or_told(small: Rulebook, seed: int) -> None:
    rng = Random(seed)

    text = slip(VALID_CASE, rng)

    read(small, text)
    read(small, text.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True)
class Folder:
    """A copy of the small rulebook of which one file at a time is another."""

    path: Path

    def load_with(self, name: str, data: bytes) -> RulebookError | None:
        try:
            (self.path / name).write_bytes(data)
            load_rulebook(self.path)
        except RulebookError as error:
            return error
        finally:
            shutil.copyfile(BASE / name, self.path / name)
        return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    copy = tmp_path_factory.mktemp("slips") / "rulebook"
    shutil.copytree(BASE, copy)
    return Folder(copy)


@settings(max_examples=MANY * 3)
@given(st.integers(0, 2**32), st.sampled_from(YAML_FILES))
def test_a_rulebook_with_slips_loads_or_is_told(folder: Folder, seed: int, name: str) -> None:
    text = slip((BASE / name).read_text(encoding="utf-8"), Random(seed))

    error = folder.load_with(name, text.encode("utf-8", "surrogatepass"))

    if error is not None:
        check_told(error)


@settings(max_examples=MANY)
@given(st.binary(max_size=100), st.sampled_from(YAML_FILES))
def test_a_rulebook_with_any_bytes_is_told(folder: Folder, data: bytes, name: str) -> None:
    error = folder.load_with(name, data)

    if error is not None:
        check_told(error)


@settings(max_examples=MANY)
@given(st.text(max_size=100) | st.text(alphabet="abz: -?[]{},'\"&*!|>%@`#\n\t甲，：", max_size=60))
def test_any_text_is_yaml_or_told(text: str) -> None:
    document, faults = read_yaml(Source("any.yaml", text))

    assert document is not None or faults
    if faults:
        check_told(RulebookError(faults))


YAML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.dates() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=MANY * 2)
@given(st.integers(0, 2**32), st.sampled_from(YAML_FILES), YAML_VALUES)
def test_any_value_in_any_place_loads_or_is_told(folder: Folder, seed: int, name: str, value: Any) -> None:
    import yaml

    rng = Random(seed)
    content = yaml.load((BASE / name).read_text(encoding="utf-8"), yaml.BaseLoader)
    block, key = rng.choice(list(_places(content)))
    block[key] = value
    text = yaml.dump(content, allow_unicode=True, sort_keys=False, width=rng.choice((40, 200)))

    error = folder.load_with(name, text.encode("utf-8", "surrogatepass"))

    if error is not None:
        check_told(error)


def _places(content: Any) -> Any:
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        yield content, key
        if isinstance(value, (dict, list)):
            yield from _places(value)


# --- money -----------------------------------------------------------------------------------------

# §2.1 of the design: yuan as a decimal string or a JSON number, to the fen; also with 万, 万元, 亿, 亿元
_AMOUNT = re.compile(
    r"(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?P<rest>\.[0-9]+)?(?P<unit>万|万元|亿|亿元|元)?"
)
_YUAN = {"万": 10**4, "亿": 10**8}

AMOUNTS = (
    st.from_regex(_AMOUNT, fullmatch=True)
    | st.text(alphabet="0123456789.,+-eE万亿元 _１２．，－￥", max_size=12)
    | st.decimals().map(str)
    | st.floats().map(repr)
    | st.integers().map(str)
)


@settings(max_examples=MANY * 3)
@given(AMOUNTS)
@example("62万")
@example("1.2亿元")
@example("0.000001万")
@example("0.0000001万")
@example("1.000000000000000000000000000000000001万")
@example("1e5")
@example("NaN")
@example("-0")
@example("６２万")
def test_only_what_the_design_allows_is_read_as_money(text: str) -> None:
    written = _AMOUNT.fullmatch(text)
    fen = None
    if written is not None and text.isascii() | bool(written["unit"]):
        yuan = Fraction(written["whole"].replace(",", "") + (written["rest"] or "")) * _YUAN.get(
            (written["unit"] or " ")[0], 1
        )
        fen = int(yuan * 100) if (yuan * 100).denominator == 1 else None

    try:
        read_as = parse_yuan(text)
    except ValueError:
        assert fen is None
    else:
        assert read_as == fen


@settings(max_examples=MANY)
@given(AMOUNTS)
def test_money_in_a_case_is_what_money_is(small: Rulebook, text: str) -> None:
    try:
        expected: Amount | None = Amount.exactly(parse_yuan(text))
    except ValueError:
        expected = None
    case = Source("case", json.dumps({"goods_value": text}))

    if expected is None:
        with pytest.raises(CaseError):
            small.read_case(case)
    else:
        assert small.read_case(case).given["goods_value"] == expected


def test_a_day_is_written_in_one_way_only(small: Rulebook) -> None:
    assert small.read_case({"as_of": "2022-07-10"}).given["as_of"] == date(2022, 7, 10)
    for text in ("20220710", "2022-W27-7", "2022-7-10", " 2022-07-10", "２０２２-07-10", "2022-07-10T00:00"):
        with pytest.raises(CaseError):
            small.read_case({"as_of": text})
