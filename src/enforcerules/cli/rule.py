"""`enforcerules rule [ID]`: what one rule says, or which rules there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page
from enforcerules.cli.inputs import load, rulebook_option
from enforcerules.cli.terminal import put_page, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import quoted
from enforcerules.text import Language, Text, pad, width

if TYPE_CHECKING:
    from enforcerules.model import Rule

_PAGE = Page(
    summary=Text(
        "说明一条规则及其依据的条款；不给编号时列出全部规则。",
        "Explains one rule and the clauses it rests on; without an id, lists every rule.",
    ),
    examples=(
        "enforcerules rule goods-value-makes-major-case",
        "enforcerules rule --grep major-case",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    grep = Text("只列出编号或标题含有这个词的规则", "list only rules whose id or title holds this word")
    parameters = [
        Argument("id", Text("规则编号", "the id of the rule"), required=False),
        Option(["--grep"], grep, metavar="WORD"),
        rulebook_option(),
    ]

    def run(*, id: str | None, grep: str | None, rulebook: str | None) -> int:  # noqa: A002 - click names it so
        if id is not None and grep is not None:
            raise WrongUsageError(Text("--grep 与规则编号不能同时使用", "--grep does not go with the id of a rule"))
        book = load(rulebook).resolved
        if id is not None:
            from enforcerules.explaining import explain_rule

            put_page(explain_rule(book, id, language=language))
            return exits.DONE
        found = [rule for rule in book.rules.values() if grep is None or _holds(rule, grep)]
        if found:
            put_page("\n".join(_listed(found, language)))
        else:
            tell(
                Text(f"没有编号或标题含有 {quoted(grep)} 的规则", f"no rule has {quoted(grep)} in its id or title")[
                    language
                ]
            )
        return exits.DONE

    return Command("rule", _PAGE, parameters, run, language)


def _holds(rule: Rule, word: str) -> bool:
    return any(word.casefold() in text.casefold() for text in (rule.id, *rule.title))


_LONGEST_ID = 60


def _listed(rules: Iterable[Rule], language: Language) -> list[str]:
    shown = list(rules)
    # the few longest ids push their own title to the right, not everybody's
    column = max((width(rule.id) for rule in shown if width(rule.id) <= _LONGEST_ID), default=_LONGEST_ID)
    return [f"{pad(rule.id, column)}  {rule.title[language]}" for rule in shown]
