"""`enforcerules schema WHAT`: JSON Schemas for editors, forms and case systems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import find_folder, load, rulebook_option
from enforcerules.cli.terminal import put, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, listed, quoted
from enforcerules.text import Language, Text, printable

_SCHEMAS = ("case", "classification", "rulebook")

_PAGE = Page(
    summary=Text(
        "输出 JSON Schema（draft-07）：案件、分类结果，或规则库的一种文件。",
        "Writes a JSON Schema (draft-07): of a case, of a classification, or of one kind of rulebook file.",
    ),
    more=(
        Text(
            "enforcerules schema --write rules 把这个规则库的全部模式写入 rules/schemas/，并在每个文件的第一行"
            "写明自己的模式，供编辑器补全和核对。",
            "enforcerules schema --write rules puts all the schemas of that rulebook in rules/schemas/, and a first "
            "line that names its schema into each file, so that editors complete and check what is written.",
        ),
    ),
    examples=(
        "enforcerules schema case",
        "enforcerules schema rulebook rules --rulebook rules",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    what = Text("、".join(_SCHEMAS) + " 之一", "one of " + ", ".join(_SCHEMAS))
    kind = Text(
        "仅用于 rulebook：文件种类，即 rulebook.yaml 中 files 之下的键；缺省为 rulebook.yaml 本身",
        "only with rulebook: the kind of file, a key under files in rulebook.yaml; else rulebook.yaml itself",
    )
    write = Text(
        "写入这个规则库文件夹的 schemas/，并更新各文件的第一行",
        "write to schemas/ in this folder of a rulebook, and bring the first lines of its files up to date",
    )
    parameters = [
        Argument("schema", what, required=False, callback=one_of(*_SCHEMAS)),
        Argument("kind", kind, required=False),
        rulebook_option(),
        Option(["--write"], write, metavar="FOLDER"),
    ]

    def run(*, schema: str | None, kind: str | None, rulebook: str | None, write: str | None) -> int:
        if write is not None:
            if schema is not None or rulebook is not None:
                said = Text("--write 单独使用", "--write stands alone")
                why = Text("例如 `enforcerules schema --write rules`", "such as `enforcerules schema --write rules`")
                raise WrongUsageError(said, why)
            return _write(find_folder(write), language)
        if schema is None:
            said = Text("没有写明哪一种模式", "which schema is not said")
            zh, en = listed(_SCHEMAS)
            raise WrongUsageError(said, Text(f"可用的值：{zh}", f"the values are: {en}"))
        if kind is not None and schema != "rulebook":
            raise WrongUsageError(Text(f"schema {schema} 不带文件种类", f"schema {schema} takes no kind of file"))
        if rulebook is not None and schema == "classification":
            said = Text("--rulebook 只用于 case 和 rulebook", "--rulebook goes with case and rulebook only")
            why = Text("分类结果的模式不随规则库变化", "that schema is the same for every rulebook")
            raise WrongUsageError(said, why)
        put(json.dumps(_schema(schema, kind, rulebook), ensure_ascii=False, indent=2))
        return exits.DONE

    return Command("schema", _PAGE, parameters, run, language)


def _schema(schema: str, kind: str | None, rulebook: str | None) -> dict[str, Any]:
    from enforcerules.schemas import case_schema, classification_schema, rulebook_kinds, rulebook_schema

    if schema == "case":
        return case_schema(load(rulebook).resolved)
    if schema == "classification":
        return classification_schema()
    kind = kind or "rulebook"
    kinds = rulebook_kinds()
    if kind not in kinds:
        zh, en = listed(kinds)
        known = Text(f"可用的种类：{zh}", f"the kinds are: {en}")
        said = Text(f"没有这种文件：{quoted(kind)}", f"there is no such kind of file: {quoted(kind)}")
        raise WrongUsageError(said, did_you_mean(kind, kinds) or known)
    return rulebook_schema(kind, None if rulebook is None else load(rulebook).resolved)


def _write(folder: Path, language: Language) -> int:
    from enforcerules.schemas import refresh

    book = load(str(folder)).resolved
    try:
        changed = refresh(book, folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        tell(Text(f"错误: 无法写入：{reason}", f"error: cannot write: {reason}")[language])
        return exits.FAULTY
    for path in changed:
        put(printable(str(path)))
    count = len(changed)
    said = Text(f"更新了 {count} 个文件", f"files brought up to date: {count}") if changed else _CURRENT
    put(said[language])
    return exits.DONE


_CURRENT = Text("已是最新，没有改动", "everything is up to date; nothing was changed")
