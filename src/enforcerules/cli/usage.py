"""Wrong usage in words: what click found wrong, in the language of the user."""

from __future__ import annotations

from typing import NamedTuple

import click

from enforcerules.errors import did_you_mean, quoted
from enforcerules.text import Language, Text


class WrongUsageError(click.UsageError):
    """Wrong usage that this program found itself, in both languages."""

    def __init__(self, said: Text, hint: Text | None = None, ctx: click.Context | None = None) -> None:
        super().__init__(said.en, ctx)
        self.said, self.hint = said, hint


class Complaint(NamedTuple):
    """What is wrong, and what to do about it."""

    said: Text
    hint: Text | None


def complain(error: click.ClickException) -> Complaint:
    """Return what click found wrong. Rare kinds keep click's own English sentence."""
    match error:
        case WrongUsageError(said=said, hint=hint):
            return Complaint(said, hint)
        case click.NoSuchOption(option_name=name):
            known = [word for parameter in _parameters(error) for word in parameter.opts if word.startswith("--")]
            return Complaint(
                Text(f"没有选项 {quoted(name)}", f"there is no option {quoted(name)}"), did_you_mean(name, known)
            )
        case click.BadOptionUsage(option_name=name):
            # click has one class for a missing value and for a value too many, and tells them apart in words only
            if "does not take" in error.message:
                return Complaint(Text(f"选项 `{name}` 不带值", f"option `{name}` takes no value"), None)
            return Complaint(Text(f"选项 `{name}` 需要一个值", f"option `{name}` needs a value"), None)
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else ""
            return Complaint(Text(f"缺少 {name}", f"{name} is missing"), None)
    message = error.format_message()
    return Complaint(Text(message, message), None)


def render_complaint(error: click.ClickException, language: Language) -> str:
    """Lay wrong usage out for a terminal: the sentence, the remedy, and where to read more."""
    said, hint = complain(error)
    lines = [f"{'错误: ' if language == 'zh' else 'error: '}{said[language]}"]
    if hint is not None:
        lines.append(f"  = {'建议' if language == 'zh' else 'hint'}: {hint[language]}")
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "enforcerules"
    lines.append(f"  = {'用法见' if language == 'zh' else 'usage'}: {path} --help")
    return "\n".join(lines)


def _parameters(error: click.UsageError) -> list[click.Parameter]:
    return error.ctx.command.params if error.ctx else []
