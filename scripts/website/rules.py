"""A page for each rule, one for each chapter of rules, and the list of chapters."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.laid_down import say_penalty
from enforcerules.explaining.page import cite
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Clause,
    Condition,
    Count,
    FactTest,
    FindingTest,
    Not,
    Outcome,
    ParameterRef,
    Penalise,
    Rule,
    Window,
)
from enforcerules.review.scenarios import Variant
from enforcerules.text import Language, Text
from enforcerules.wording import say_condition, say_outcome, say_rule, show_operand
from website.markup import Page, Voice, escape, excerpt, front, items, page, section, table
from website.material import Material
from website.names import OPERATORS, STATUSES, UNITS, pack_of, packs

_MOST_VARIANTS = 6


def rule_pages(material: Material, language: Language) -> Iterator[Page]:
    """Yield the page of each rule, then those of the chapters."""
    by_pack: dict[str, list[Rule]] = {name: [] for name in packs(material.book)}
    for rule in material.book.rules.values():
        by_pack[pack_of(rule)].append(rule)
        yield _rule_page(material, rule, language)
    for name, rules in by_pack.items():
        yield _pack_page(material, name, rules, language)
    yield _index(material, by_pack, language)


def _index(material: Material, by_pack: dict[str, list[Rule]], language: Language) -> Page:
    voice = Voice(language, "rules/index.md")
    titles = packs(material.book)
    total = len(material.book.rules)
    rows = [(voice.link(voice.of(titles[name]), pack_path(name)), str(len(rules))) for name, rules in by_pack.items()]
    lines = [
        *front(voice("规则", "Rules")),
        f"# {voice('规则', 'Rules')}",
        "",
        voice(
            f"规则库共有 {total} 条规则，报表的每一栏、每一行也是规则。每条规则一页：写成一句话的规则、条件、结果、"
            "依据、例外、算例、红线和原文。",
            f"The rulebook has {total} rules; every part and row of a report form is one too. Each has a page: the "
            "rule as one sentence, its condition, outcomes, clauses, exceptions, scenarios, red lines and source.",
        ),
        "",
        *table((voice("章", "Chapter"), voice("条数", "Rules")), rows),
    ]
    return page(voice.path, lines)


def _pack_page(material: Material, name: str, rules: list[Rule], language: Language) -> Page:
    voice = Voice(language, pack_path(name))
    title = packs(material.book)[name]
    rows = [(voice.link(voice.of(rule.title), rule_path(rule.id)), f"`{rule.id}`") for rule in rules]
    lines = [
        *front(title[language], boost=0.5),
        f"# {voice.of(title)}",
        "",
        *table((voice("规则", "Rule"), voice("编号", "Id")), rows),
    ]
    return page(voice.path, lines)


def pack_path(name: str) -> str:
    """Return the path of a chapter's page."""
    return f"rules/packs/{name}/index.md"


def rule_path(name: str) -> str:
    """Return the path of a rule's page."""
    return f"rules/{name}.md"


def _rule_page(material: Material, rule: Rule, language: Language) -> Page:
    book = material.book
    voice = Voice(language, rule_path(rule.id))
    sentence = say_rule(book, rule)
    place = material.place_of(rule)
    doubts = dict.fromkeys([*rule.doubts, *(doubt for name in rule.bases for doubt in book.clauses[name].doubts)])
    tried, touching = material.tried[rule.id], material.touching[rule.id]
    lines = [
        *front(rule.title[language], boost=None if _of_form(rule) else 2),
        f"# {voice.of(rule.title)}",
        "",
        f"> {voice.of(sentence)}",
        "",
        *(
            [f"*{escape(rule.title.en)}*", "", f"> {escape(sentence.en)}", "{ lang=en .other }", ""]
            if language == "zh"
            else [f"*{escape(rule.title.zh)}*", "", f"> {escape(sentence.zh)}", "{ lang=zh .other }", ""]
        ),
        *section(voice("条件", "Condition"), _condition(material, rule.when, voice), searched=False),
        *section(
            voice("结果", "Outcomes"),
            items(_outcome(material, outcome, voice) for outcome in rule.outcomes),
            searched=False,
        ),
        *section(voice("依据", "Basis"), _bases(material, rule, voice)),
        *section(voice("例外", "Exceptions"), items(_exceptions(material, rule, voice)), searched=False),
        *section(
            voice("疑义", "Doubts"),
            items(f"{voice.doubts([name])} {voice.of(book.doubts[name].question)}" for name in doubts),
            searched=False,
        ),
        *section(voice("说明", "Note"), [voice.of(rule.note)] if rule.note else []),
        *section(
            voice("算例", "Scenarios"),
            [
                *_variants(material, tried.holds, voice("成立", "Holds"), voice),
                *_variants(material, tried.fails, voice("有效而不成立", "Is law and does not hold"), voice),
            ],
            searched=False,
        ),
        *section(
            voice("红线", "Red lines"),
            items(voice.link(voice.of(each.content.title), f"red-lines.md#{each.id}") for each in touching),
            searched=False,
        ),
        "",
        f"## {voice('原文', 'Source')} {{ data-search-exclude }}",
        "",
        voice(
            f"编号 `{rule.id}` · 状态：{STATUSES[rule.status].zh} · 章：",
            f"Id `{rule.id}` · status: {STATUSES[rule.status].en} · chapter: ",
        )
        + voice.link(voice.of(packs(book)[pack_of(rule)]), pack_path(pack_of(rule))),
        "",
        *excerpt(str(place), material.written(place)),
    ]
    return page(voice.path, lines)


def _of_form(rule: Rule) -> bool:
    return any(isinstance(outcome, Count) for outcome in rule.outcomes)


# --- the condition ---------------------------------------------------------------------------------


def _condition(material: Material, condition: Condition, voice: Voice) -> list[str]:
    heads = [
        voice(zh, en)
        for zh, en in (("层次", "Level"), ("事实", "Fact"), ("判断", "Test"), ("值", "Value"), ("单位", "Unit"))
    ]
    return table(heads, _rows(material, condition, voice, ()))


def _rows(material: Material, condition: Condition, voice: Voice, at: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    number = ".".join(str(step) for step in at)
    match condition:
        case AllOf(parts) | AnyOf(parts):
            every = isinstance(condition, AllOf)
            said = voice("同时具备", "all of") if every else voice("具备之一", "any of")
            yield number, f"**{said}**", "", "", ""
            for index, part in enumerate(parts, 1):
                yield from _rows(material, part, voice, (*at, index))
        case Not(part):
            yield number, f"**{voice('并非', 'not')}**", "", "", ""
            yield from _rows(material, part, voice, (*at, 1))
        case Always():
            yield number, voice("任何情况", "every case"), "", "", ""
        case FindingTest(finding, expected):
            label = voice.of(material.book.vocabulary.findings[finding].label)
            so = voice("已认定", "is found") if expected else voice("未认定", "is not found")
            yield number, voice.link(label, f"vocabulary.md#{finding}"), so, "", ""
        case FactTest(name, operator, operand):
            fact = material.book.vocabulary.facts[name]
            unit = UNITS.get(fact.type)
            value = voice.of(show_operand(material.book, condition))
            if isinstance(operand, ParameterRef):
                value = voice.link(value, f"parameters.md#{operand.name}")
            yield (
                number,
                voice.link(voice.of(fact.label), f"vocabulary.md#{name}"),
                voice.of(OPERATORS[operator]),
                value,
                voice.of(unit) if unit else "",
            )


def _outcome(material: Material, outcome: Outcome, voice: Voice) -> str:
    said = voice.of(say_outcome(material.book, outcome))
    if isinstance(outcome, Penalise):
        laid_down = voice.of(say_penalty(material.book, material.book.penalties[outcome.penalty]))
        link = voice.link(f"`{outcome.penalty}`", f"penalties.md#{outcome.penalty}")
        return f"{said} · {link}  \n    {laid_down}"
    action = getattr(outcome, "action", None)
    return f"{said} · {voice.link(f'`{action}`', f'actions.md#{action}')}" if action else said


# --- what it rests on, and how it was tried ---------------------------------------------------------


def say_window(window: Window, voice: Voice) -> str:
    """Return a period, and whether the text is in force in it."""
    force = voice("存疑", "in doubt") if window.in_doubt else voice("有效", "in force")
    if window.since is None and window.until is None:
        return force
    doubt = f" {voice.link(window.doubt, f'doubts.md#{window.doubt}')}" if window.doubt else ""
    return voice(
        f"{window.since or ''} 至 {window.until or '今'} {force}{doubt}",
        f"{window.since or ''} to {window.until or 'today'} {force}{doubt}",
    ).strip()


def say_products(products: frozenset[str] | None, material: Material, voice: Voice) -> str:
    """Return the products a text is about."""
    if products is None:
        return voice("不限产品", "any product")
    labels = material.book.vocabulary.enumerations["product_category"].values
    return voice.listed(voice.of(label) for name, label in labels.items() if name in products)


def say_place(code: str, material: Material, voice: Voice) -> str:
    """Return a place by its name."""
    return voice.of(material.book.places.get(code, Text(code, code)))


def clause_path(clause: Clause) -> str:
    """Return the path of a clause in the ledger of its source."""
    return f"sources/{clause.source}.md#{clause.id}"


def _bases(material: Material, rule: Rule, voice: Voice) -> list[str]:
    lines: list[str] = []
    for name in rule.bases:
        clause = material.book.clauses[name]
        quote = voice(f"原文：“{escape(clause.quote)}”", f"Text: “{escape(clause.quote)}”") if clause.quote else ""
        where = say_place(clause.where, material, voice)
        windows = voice("；", "; ").join(say_window(window, voice) for window in clause.windows)
        products = say_products(clause.products, material, voice)
        lines += [
            f"* {voice.link(voice.of(cite(material.book, (name,), whole=True)), clause_path(clause))} `{name}`"
            f"  \n    {voice.of(clause.gist)}"
            + (f"  \n    {quote}" if quote else "")
            + f"  \n    {voice('，', ', ').join((where, products, windows))}"
        ]
    return lines


def _exceptions(material: Material, rule: Rule, voice: Voice) -> Iterator[str]:
    if rule.overrides_penalties:
        yield voice("取代一切处罚规则", "takes the outcomes of every rule that penalises")
    for heading, names in (
        (voice("取代：", "takes the outcomes of: "), rule.overrides),
        (voice("被取代于：", "gives way to: "), material.book.overriders.get(rule.id, ())),
    ):
        for name in names:
            yield heading + voice.link(voice.of(material.book.rules[name].title), rule_path(name))


def scenario_path(variant: Variant, material: Material) -> str:
    """Return the path of a scenario on the page of its file."""
    file = material.place_at(variant.span()).file
    return f"scenarios/{file.removeprefix('scenarios/').removesuffix('.yaml')}.md#{variant.scenario}"


def _variants(material: Material, variants: list[Variant], heading: str, voice: Voice) -> list[str]:
    total = len(variants)
    if not total:
        return [f"**{heading}**{voice('：没有算例。', ': no scenario.')}", ""]
    # one of each scenario tells more than all of one
    firsts = list({variant.scenario: variant for variant in variants}.values())[:_MOST_VARIANTS]
    more = voice(f"（共 {total} 个变例）", f" ({total} variants)")
    lines = (
        f"{voice.link(f'{variant.scenario} {voice.of(variant.title)}', scenario_path(variant, material))}"
        f"{voice('：', ': ')}{voice.of(variant.name)} · `{material.place_at(variant.span())}`"
        for variant in firsts
    )
    return [f"**{heading}**{more}", "", *items(lines), ""]


def said_condition(material: Material, condition: Condition, voice: Voice) -> str:
    """Return a condition in words, escaped."""
    return voice.of(say_condition(material.book, condition))
