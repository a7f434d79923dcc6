"""Faulty rulebooks, made of the files of `base/` and those that differ from them."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent
BASE = HERE / "base"
RULEBOOKS = HERE / "rulebooks"
CASES = HERE / "cases"

_RULES = "more/rules.yaml"

# what git would not keep, or nobody could read: every path with its bytes, or with what is done to it
GENERATED_FILES: dict[str, dict[str, bytes]] = {
    "made-gbk": {_RULES: "rules:\n  - id: 规则\n    title: 规则一\n".encode("gb18030")},
    "made-utf-16": {_RULES: "rules: []\n".encode("utf-16")},
    "made-invalid-bytes": {_RULES: b"rules: []\n# \xff\xfe\x80\n"},
    "made-control-characters": {
        _RULES: b"rules:\n  - id: a-rule\x00\n    title: {zh: \x1b[31m, en: A}\n",
        "more/words.yaml": 'labels:\r  big: {zh: "大\\0", en: Big}\n  sm\u2028all: {zh: 小, en: Small}\n'.encode(),
    },
    "made-byte-order-mark": {"more/words.yaml": b"\xef\xbb\xbflabels: {}\n# and \xef\xbb\xbf again\n"},
    "made-too-large": {_RULES: b"# " + b"a" * (16 * 1024 * 1024)},
    "made-nested-too-deep": {_RULES: b"rules: " + b"[" * 100_000, "more/words.yaml": b"- " * 100_000},
    "made-too-many-faults": {_RULES: b"rules:\n" + b"  - 7\n" * 10_000},
    "made-aliases-without-end": {"more/words.yaml": b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\n"},
}
GENERATED_CASES: dict[str, bytes] = {
    "made-empty": b"",
    "made-blank": b" \n\t\n",
    "made-gbk": '{"case_id": "编号一"}'.encode("gb18030"),
    "made-utf-16": '{"case_id": "1"}'.encode("utf-16"),
    "made-utf-16-without-mark": '{"case_id": "1"}'.encode("utf-16-le"),
    "made-invalid-bytes": b'{\n  "case_id": "\xe4\xb8\xff"\n}',
    "made-nul-bytes": b'{"case_id": "1\x00", "fine": \x005}',
    "made-byte-order-mark": b'\xef\xbb\xbf{"case_idd": "1"}',
    "made-too-large": b" " * (200 * 1024 * 1024),
    "made-nested-too-deep": b'{"case_id": ' + b"[" * 100_000,
    "made-one-long-line": b'{"case_id": "' + "甲".encode() * 1000 + b'", "fine": -5, "case_id": "2"}',
    "made-too-many-faults": b"{" + b", ".join(b'"fact_%d": 1' % n for n in range(100_000)) + b"}",
    "made-too-many-repetitions": b"{" + b", ".join([b'"fine": 1'] * 100_000) + b"}",
    "made-huge-numbers": b'{"goods_value": 1'
    + b"0" * 5000
    + b', "fine": 1e999999999, "suspects": 1'
    + b"0" * 30
    + b"}",
}


def rulebook_names() -> list[str]:
    """Return the names of all faulty rulebooks."""
    return sorted({path.name for path in RULEBOOKS.iterdir() if path.is_dir()} | GENERATED_FILES.keys())


def case_names() -> list[str]:
    """Return the names of all faulty cases."""
    return sorted({path.stem for path in CASES.glob("*.json")} | GENERATED_CASES.keys())


def case_bytes(name: str) -> bytes:
    """Return the text of a faulty case."""
    return GENERATED_CASES[name] if name in GENERATED_CASES else (CASES / f"{name}.json").read_bytes()


def make_base(folder: Path) -> Path:
    """Copy the rulebook that all others differ from into `folder` and return where it is."""
    made = folder / "rulebook"
    shutil.copytree(BASE, made)
    return made


def make_rulebook(name: str, folder: Path) -> Path:
    """Put together a faulty rulebook in `folder` and return where it is."""
    made = make_base(folder)
    own = RULEBOOKS / name
    for path in sorted(own.rglob("*")):
        inside = path.relative_to(own)
        if path.is_file() and inside.suffix == ".yaml":
            (made / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, made / inside)
    without = own / "WITHOUT"
    for line in without.read_text(encoding="utf-8").split() if without.is_file() else []:
        (made / line).unlink()
    for made_file, data in GENERATED_FILES.get(name, {}).items():
        (made / made_file).write_bytes(data)
    return made


def tidy(text: str, made: Path) -> str:
    """Return rendered output without what differs from machine to machine, and of very many faults the ends."""
    told = text.replace(str(made), "RULEBOOK").rstrip().split("\n\n")
    if len(told) > 50:
        told = [*told[:2], f"[{len(told) - 4} more]", *told[-2:]]
    return "\n\n".join(told) + "\n"
