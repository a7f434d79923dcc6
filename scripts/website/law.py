"""The documents with their clauses, the doubts about them, and the parameters that rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.page import cite
from enforcerules.model import Clause, Doubt, SourceDocument
from enforcerules.model.conditions import parameters_of
from enforcerules.text import Language
from enforcerules.values import show_yuan
from website.markup import Page, Voice, escape, front, items, page, table
from website.material import Material
from website.names import SOURCE_KINDS
from website.rules import clause_path, rule_path, said_condition, say_place, say_products, say_window


def law_pages(material: Material, language: Language) -> Iterator[Page]:
    """Yield the list of sources, a page for each, the register of doubts, and the parameters."""
    yield _sources(material, language)
    for source in material.book.sources.values():
        yield _source(material, source, language)
    yield _doubts(material, language)
    yield _parameters(material, language)


# --- sources ---------------------------------------------------------------------------------------


def source_path(source: SourceDocument) -> str:
    """Return the path of a source's page."""
    return f"sources/{source.id}.md"


def _clauses(material: Material, source: SourceDocument) -> list[Clause]:
    return [clause for clause in material.book.clauses.values() if clause.source == source.id]


def _sources(material: Material, language: Language) -> Page:
    voice = Voice(language, "sources/index.md")
    rows = (
        (
            voice.link(voice.of(source.title), source_path(source)),
            voice.of(SOURCE_KINDS[source.kind]),
            say_place(source.where, material, voice),
            voice("；", "; ").join(say_window(window, voice) for window in source.windows),
            str(len(_clauses(material, source))),
        )
        for source in material.book.sources.values()
    )
    heads = voice("文件 种类 地方 有效期间 条款数", "Source Kind Place Force Clauses").split()
    lines = [
        *front(voice("文件与条款", "Sources and clauses")),
        f"# {voice('文件与条款', 'Sources and clauses')}",
        "",
        voice(
            "每份文件一页，逐条列出条款：要点、原文、地方、时间、产品，以及由哪些规则使用；没有使用的写明理由。",
            "Each document has a page with its clauses one by one: gist, quotation, place, time and products, and "
            "which rules use it, or why none does.",
        ),
        "",
        *table(heads, rows),
    ]
    return page(voice.path, lines)


def _source(material: Material, source: SourceDocument, language: Language) -> Page:
    voice = Voice(language, source_path(source))
    clauses = _clauses(material, source)
    used = sum(clause.not_encoded is None for clause in clauses)
    facts = [
        (voice("编号", "Id"), f"`{source.id}`"),
        (voice("文号", "Number"), escape(source.number or "")),
        (voice("引用时称", "Cited as"), voice.of(source.short)),
        (voice("发文机关", "Issuer"), voice.of(source.issuer)),
        (voice("种类", "Kind"), voice.of(SOURCE_KINDS[source.kind])),
        (voice("地方", "Place"), say_place(source.where, material, voice)),
        (voice("期间", "Force"), voice("；", "; ").join(say_window(window, voice) for window in source.windows)),
        (
            voice("条款", "Clauses"),
            voice(
                f"{len(clauses)} 条：使用 {used} 条，写明理由不编码 {len(clauses) - used} 条",
                f"{len(clauses)}: {used} used, {len(clauses) - used} not encoded for a reason given",
            ),
        ),
    ]
    lines = [
        *front(source.short[language]),
        f"# {voice.of(source.title)}",
        "",
        *table((voice("项目", "Item"), voice("内容", "Content")), facts),
        *([voice.of(source.note), ""] if source.note else []),
    ]
    for clause in clauses:
        lines += ["", *_clause(material, clause, voice)]
    return page(voice.path, lines)


def _clause(material: Material, clause: Clause, voice: Voice) -> Iterator[str]:
    book = material.book
    place = cite(book, (clause.id,), whole=True)[voice.language].removeprefix(
        book.sources[clause.source].short[voice.language]
    )
    yield f"## {escape(place.strip()) or voice('全文', 'whole text')} · `{clause.id}` {{ #{clause.id} }}"
    yield ""
    yield voice.of(clause.gist)
    yield ""
    if clause.quote:
        yield from (f"> {escape(clause.quote)}", "")
    windows = voice("；", "; ").join(say_window(window, voice) for window in clause.windows)
    by = (
        voice("按行为之日", "by the day of the conduct")
        if clause.governs == "conduct"
        else voice("按义务之日", "by the day of the duty")
    )
    reach = (say_place(clause.where, material, voice), say_products(clause.products, material, voice), windows, by)
    yield f"* {voice('适用：', 'Applies: ')}{' · '.join(reach)}"
    agencies = book.vocabulary.enumerations["agency"].values
    if clause.addressees:
        named = voice.listed(
            voice.of(agencies[name]) if name in agencies else f"`{name}`" for name in clause.addressees
        )
        yield f"* {voice('对谁说的：', 'Addressed to: ')}{named}"
    if clause.clock:
        yield f"* {voice('期限：', 'Time limit: ')}{voice.of(clause.clock.text)}"
    if clause.not_encoded:
        yield f"* {voice('不编码：', 'Not encoded: ')}{voice.of(clause.not_encoded)}"
    else:
        yield f"* {voice('使用：', 'Used by: ')}{_uses(material, clause, voice)}"
    if clause.doubts:
        yield f"* {voice('疑义：', 'Doubts: ')}{voice.doubts(clause.doubts)}"


def _uses(material: Material, clause: Clause, voice: Voice) -> str:
    book = material.book
    found = [
        voice.link(voice.of(rule.title), rule_path(rule.id))
        for rule in book.rules.values()
        if clause.id in rule.bases and rule.id.split("/")[0] not in book.forms
    ]
    for use in book.clause_uses.get(clause.id, ()):
        kind, _, name = use.partition(" ")
        match kind:
            case "form":
                found.append(
                    voice.link(voice("报表：", "form: ") + voice.of(book.forms[name].title), f"forms.md#{name}")
                )
            case "parameter":
                found.append(
                    voice.link(
                        voice("参数：", "parameter: ") + voice.of(book.parameters[name].label), f"parameters.md#{name}"
                    )
                )
            case "calendar":
                found.append(voice.link(voice("报送日历", "calendar of reports"), "calendar.md"))
            case "window":
                found.append(voice("文件的有效期间", "the period in force of the source"))
    return voice("；", "; ").join(dict.fromkeys(found))


# --- doubts ----------------------------------------------------------------------------------------


def _doubts(material: Material, language: Language) -> Page:
    voice = Voice(language, "doubts.md")
    book = material.book
    lines = [
        *front(voice("疑义登记", "Register of doubts")),
        f"# {voice('疑义登记', 'Register of doubts')}",
        "",
        voice(
            f"文件没有说清、相互矛盾或者效力不明的地方，共 {len(book.doubts)} 项。每项写明问题、本规则库采用的读法和"
            "由谁明确；案件遇到它时，页面以编号提示。",
            f"Where the documents are unclear, contradict each other or may no longer be in force: {len(book.doubts)} "
            "entries. Each gives the question, the reading taken here and who would settle it; the page of a case that "
            "meets one names it by its id.",
        ),
    ]
    for doubt in book.doubts.values():
        lines += ["", *_doubt(material, doubt, voice)]
    return page(voice.path, lines)


def _doubt(material: Material, doubt: Doubt, voice: Voice) -> Iterator[str]:
    book = material.book
    yield f"## {doubt.id} {{ #{doubt.id} }}"
    yield ""
    yield f"**{voice.of(doubt.question)}**"
    yield ""
    yield f"* {voice('读法：', 'Read here: ')}{voice.of(doubt.reading)}"
    yield f"* {voice('由谁明确：', 'To be settled by: ')}{voice.of(doubt.settle)}"
    where = voice.listed(say_place(code, material, voice) for code in doubt.where) or voice("各地", "everywhere")
    if doubt.excepted:
        but = voice.listed(say_place(code, material, voice) for code in doubt.excepted)
        where = voice(f"{where}（{but}除外）", f"{where} (but not {but})")
    yield f"* {voice('地方：', 'Place: ')}{where}"
    if doubt.standing:
        shown = voice("关于文件本身，每个案件都带着", "it is about the documents, so every case carries it")
    else:
        shown = said_condition(material, doubt.shows_when, voice)
    yield f"* {voice('何时提示：', 'Shown when: ')}{shown}"
    clauses = [clause for clause in book.clauses.values() if doubt.id in clause.doubts]
    if clauses:
        cited = (voice.link(f"`{clause.id}`", clause_path(clause)) for clause in clauses)
        yield f"* {voice('条款：', 'Clauses: ')}{voice.listed(cited)}"
    rules = [rule for rule in book.rules.values() if doubt.id in rule.doubts]
    if rules:
        cited = (voice.link(voice.of(rule.title), rule_path(rule.id)) for rule in rules)
        yield f"* {voice('规则：', 'Rules: ')}{voice('；', '; ').join(cited)}"


# --- parameters ------------------------------------------------------------------------------------


def _parameters(material: Material, language: Language) -> Page:
    voice = Voice(language, "parameters.md")
    book = material.book
    lines = [
        *front(voice("参数", "Parameters")),
        f"# {voice('参数', 'Parameters')}",
        "",
        voice(
            "因地方和时间而不同的数。最具体的地方优先；当地没有有效数值的，取全国的。",
            "Figures that differ by place and time. The most specific place counts first; where none is in force, that "
            "of the whole country does.",
        ),
    ]
    for parameter in book.parameters.values():
        values = (
            (
                say_place(value.where, material, voice),
                say_window(value.window, voice),
                show_yuan(value.value) + voice("元", " yuan") if parameter.type == "money" else str(value.value),
                voice.link(voice.of(cite(book, (value.clause,), whole=True)), clause_path(book.clauses[value.clause])),
            )
            for value in parameter.values
        )
        rules = (
            voice.link(voice.of(rule.title), rule_path(rule.id))
            for rule in book.rules.values()
            if parameter.name in parameters_of(rule.when)
        )
        lines += [
            "",
            f"## {voice.of(parameter.label)} {{ #{parameter.name} }}",
            "",
            f"`{parameter.name}`",
            "",
            *table(voice("地方 期间 数值 依据", "Place Period Value Clause").split(), values),
            *([voice("疑义：", "Doubts: ") + voice.doubts(parameter.doubts), ""] if parameter.doubts else []),
            voice("使用它的规则：", "Rules that use it:"),
            "",
            *items(rules),
        ]
    return page(voice.path, lines)
