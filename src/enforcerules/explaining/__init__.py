"""A decision in an inspector's words: trace → statements → text, Markdown or HTML, in Chinese and English."""

from __future__ import annotations

from typing import Literal

from enforcerules.classification import Classification
from enforcerules.deciding.decision import Decision
from enforcerules.errors import Diagnostic, RulebookError, did_you_mean
from enforcerules.explaining import conclusion, duties, footing, openings, penalties, reasons, reporting, steps
from enforcerules.explaining.page import Page, Section
from enforcerules.explaining.render import render_html, render_markdown, render_text
from enforcerules.explaining.rule_page import rule_page
from enforcerules.model import ResolvedRulebook
from enforcerules.text import Language, Text

Format = Literal["text", "markdown", "html"]

_RENDERERS = {"text": render_text, "markdown": render_markdown, "html": render_html}

_ENGINES = {
    "both": Text("两个引擎（reference、durable_rules）结论一致", "two engines (reference, durable_rules) agree"),
    "reference": Text("由参考引擎得出", "answered by the reference engine"),
    "durable": Text("由 durable_rules 引擎得出", "answered by the durable_rules engine"),
}

__all__ = ["Format", "case_page", "explain_case", "explain_rule"]


def explain_case(
    decision: Decision,
    result: Classification,
    *,
    language: Language = "zh",
    format: Format = "text",  # noqa: A002 - the word users know
    full: bool = False,
    engines: str = "reference",
    rule: str | None = None,
) -> str:
    """Return the page about one case.

    Args:
        decision: what the engine decided.
        result: the answer laid out from it.
        language: `zh` or `en`.
        format: `text`, `markdown` or `html`.
        full: everything, rather than what fits two screens.
        engines: which engines answered: `reference`, `durable` or `both`.
        rule: show only this rule, with its whole condition.

    Raises:
        RulebookError: when there is no such rule.

    """
    page = case_page(decision, result, full=full, engines=engines, rule=rule)
    return _RENDERERS[format](decision.book, page, language, full=full)


def case_page(decision: Decision, result: Classification, *, full: bool, engines: str, rule: str | None = None) -> Page:
    """Return the page about one case, not laid out yet."""
    name = decision.case.given.get("case_name") or decision.case.given.get("case_id")
    lead = decision.case.facts.known.get("record_kind") == "lead"
    kind = Text("线索研判", "Lead") if lead else Text("案件研判", "Case")
    title = Text(f"{kind.zh}：{name}", f"{kind.en}: {name}") if name else kind
    stamp = footing.stamp(decision, result, _ENGINES[engines])
    answer = conclusion.answer(decision, result)
    if rule is not None:
        _check_rule(decision.book, rule)
        return Page(title, answer, (reasons.one_rule(decision, rule),), stamp)
    sections: tuple[Section, ...] = (
        duties.duties(decision, result, full=full),
        penalties.penalties(decision, result, full=full),
        reporting.reporting(decision, result),
        reasons.reasons(decision, full=full),
        openings.questions(decision, result, full=full),
        openings.conditional(decision, result, full=full),
        reasons.near(decision),
        steps.next_steps(decision),
        reasons.expected(decision, result, full=full),
        footing.warnings(decision, result, full=full),
        footing.assumptions(decision, full=full),
        duties.standing(decision, result, full=full),
    )
    if full:
        sections = (*sections, footing.the_case(decision))
    return Page(title, answer, sections, stamp)


def explain_rule(book: ResolvedRulebook, rule_id: str, *, language: Language = "zh", format: Format = "text") -> str:  # noqa: A002
    """Return the page of one rule.

    Raises:
        RulebookError: when there is no such rule.

    """
    _check_rule(book, rule_id)
    return _RENDERERS[format](book, rule_page(book, book.rules[rule_id]), language, full=True)


def _check_rule(book: ResolvedRulebook, name: str) -> None:
    if name not in book.rules:
        message = Text(f"没有名为 `{name}` 的规则", f"there is no rule `{name}`")
        titles = {rule.id: rule.title for rule in book.rules.values()}
        every = Text("用 `enforcerules rule` 列出全部规则", "`enforcerules rule` lists every rule")
        raise RulebookError([Diagnostic("ER1010", message, None, did_you_mean(name, book.rules, titles) or every)])
