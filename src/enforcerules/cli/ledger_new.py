"""`enforcerules ledger new FILE`: an empty ledger to fill in by hand."""

from __future__ import annotations

from pathlib import Path

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import load, rulebook_option
from enforcerules.cli.terminal import put_page
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import quoted
from enforcerules.text import Language, Text

_KINDS = ("xlsx", "csv")

_PAGE = Page(
    summary=Text(
        "生成空白台账，供手工填写：标题、下拉列表、填写提示、一行示例、填表说明。",
        "Makes an empty ledger to fill in by hand: headings, lists to choose from, help, an example row.",
    ),
    more=(Text("已有的文件不会被覆盖。", "A file that is there is never replaced."),),
    examples=("enforcerules ledger new ledger.xlsx", "enforcerules ledger new ledger.csv"),
)


def command(language: Language) -> Command:
    """Return the command."""
    file = Argument("file", Text("要生成的文件（.xlsx 或 .csv）", "the file to make (.xlsx or .csv)"))
    form = Text("格式；缺省看文件名", "the kind of file; else the name tells it")
    parameters = [
        file,
        Option(["--format"], form, metavar="|".join(_KINDS), callback=one_of(*_KINDS)),
        rulebook_option(),
    ]

    def run(*, file: str, format: str | None, rulebook: str | None) -> int:  # noqa: A002 - the word users know
        from enforcerules.reports.ledger import write_ledger

        path = _new_file(file, format)
        book = load(rulebook)
        write_ledger(book, path, example=True)
        count = len(book.resolved.vocabulary.facts)
        put_page(
            Text(
                f"已生成空白台账 {file}，共 {count} 栏。填好后运行：enforcerules ledger check {file}",
                f"made an empty ledger of {count} columns, {file}. When it is filled: enforcerules ledger check {file}",
            )[language]
        )
        return exits.DONE

    return Command("new", _PAGE, parameters, run, language)


def _new_file(name: str, form: str | None) -> Path:
    path = Path(name)
    kind = path.suffix.lower().lstrip(".")
    if kind not in _KINDS or (form is not None and form != kind):
        ending = f".{form}" if form is not None else ".xlsx"
        said = Text(f"文件名 {quoted(name)} 与格式不符", f"the name {quoted(name)} does not go with the kind of file")
        raise WrongUsageError(said, Text(f"以 `{ending}` 结尾", f"let it end in `{ending}`"))
    if path.exists():
        said = Text(f"文件 {quoted(name)} 已经存在", f"the file {quoted(name)} is there already")
        raise WrongUsageError(said, Text("换一个文件名，或者先移走它", "choose another name, or move it away"))
    if not path.parent.is_dir():
        folder = quoted(str(path.parent))
        raise WrongUsageError(Text(f"没有文件夹 {folder}", f"there is no folder {folder}"))
    return path
