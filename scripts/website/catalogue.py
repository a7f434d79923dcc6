"""What rules and reports are made of: vocabulary, actions, forms, the calendar of reports, red lines, scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.page import cite
from enforcerules.model import Exempt, Fact, Forbid, Form, Outcome, Permit, Require, Row
from enforcerules.model.conditions import facts_of
from enforcerules.review.scenarios import Variant
from enforcerules.text import Language, Text
from enforcerules.wording import show_value
from website.markup import Page, Voice, escape, excerpt, front, items, page, table
from website.material import Material
from website.names import CLAIMS, FACT_TYPES
from website.rules import clause_path, rule_path, said_condition, say_place, scenario_path


def catalogue_pages(material: Material, language: Language) -> Iterator[Page]:
    """Yield the pages of the vocabulary, the actions, the forms, the calendar, the red lines and the scenarios."""
    yield _vocabulary(material, language)
    yield _actions(material, language)
    yield _forms(material, language)
    yield _calendar(material, language)
    yield _red_lines(material, language)
    yield from _scenarios(material, language)


def head(voice: Voice, title: Text, said: Text) -> list[str]:
    """Return the beginning of a page: its title, and what it is about."""
    return [*front(title[voice.language]), f"# {voice.of(title)}", "", said[voice.language], ""]


def clause_links(material: Material, names: tuple[str, ...], voice: Voice) -> str:
    """Return clauses as they are cited, each a link into the ledger of its source."""
    book = material.book
    # one link to a place that several clauses stand in
    links = {voice.of(cite(book, (name,), whole=True)): clause_path(book.clauses[name]) for name in reversed(names)}
    return voice("；", "; ").join(voice.link(label, path) for label, path in reversed(links.items()))


# --- vocabulary ------------------------------------------------------------------------------------


def _vocabulary(material: Material, language: Language) -> Page:
    voice = Voice(language, "vocabulary.md")
    words = material.book.vocabulary
    read_by: dict[str, int] = {}
    for rule in material.book.rules.values():
        for name in facts_of(rule.when):
            read_by[name] = read_by.get(name, 0) + 1
    lines = head(
        voice,
        Text("词汇", "Vocabulary"),
        Text(
            f"案件可以填写的 {len(words.facts)} 项事实，以及规则可以作出的认定和标签。没有填写的为未知，不是“否”。",
            f"The {len(words.facts)} facts that a case may give, and the findings and labels that rules may yield. "
            "What is not given is unknown; it is not a “no”.",
        ),
    )
    lines += [f"## {voice('事实', 'Facts')}", ""]
    for fact in words.facts.values():
        lines += [*_fact(fact, read_by.get(fact.name, 0), material, voice), ""]
    lines += [f"## {voice('枚举', 'Enumerations')}", ""]
    for enumeration in words.enumerations.values():
        lines += [
            f"### {voice.of(enumeration.label)} {{ #{enumeration.name}-values }}",
            "",
            *table((voice("值", "Value"), voice("含义", "Meaning")),
                   ((f"`{name}`", voice.of(label)) for name, label in enumeration.values.items())),
        ]  # fmt: skip
    lines += [f"## {voice('认定', 'Findings')}", ""]
    for finding in words.findings.values():
        lines += [f"### {voice.of(finding.label)} {{ #{finding.name} }}", "", f"`{finding.name}`", ""]
        lines += table((voice("事由", "Ground"), voice("含义", "Meaning")),
                       ((f"`{name}`", voice.of(label)) for name, label in finding.grounds.items()))  # fmt: skip
    lines += [f"## {voice('标签', 'Labels')}", ""]
    lines += table((voice("标签", "Label"), voice("含义", "Meaning")),
                   ((f"`{name}`", voice.of(label)) for name, label in words.labels.items()))  # fmt: skip
    lines += [f"## {voice('自相矛盾的案件', 'Cases that contradict themselves')}", ""]
    lines += items(
        f"{voice.of(each.title)}{voice('；不可能：', '; impossible: ')}{said_condition(material, each.never, voice)}"
        for each in words.invariants
    )
    return page(voice.path, lines)


def _fact(fact: Fact, rules: int, material: Material, voice: Voice) -> Iterator[str]:
    yield f"### {voice.of(fact.label)} {{ #{fact.name} }}"
    yield ""
    kind = voice.of(FACT_TYPES[fact.type])
    if fact.enumeration:
        kind += f" · {voice.link(voice.of(fact.enumeration.label), f'vocabulary.md#{fact.enumeration.name}-values')}"
    judged = voice(" · 由人判断", " · a person's judgement") if fact.judgement else ""
    yield f"`{fact.name}` · {kind}{judged} · {voice(f'{rules} 条规则用到', f'read by {rules} rules')}"
    yield ""
    yield f"* {voice('怎样问：', 'The question: ')}{voice.of(fact.ask)}"
    if fact.evidence:
        yield f"* {voice('凭什么：', 'Evidence: ')}{voice.of(fact.evidence)}"
    if fact.default_from:
        other = material.book.vocabulary.facts[fact.default_from]
        label = voice.link(voice.of(other.label), f"vocabulary.md#{other.name}")
        yield f"* {voice('不填的取：', 'When absent, taken from: ')}{label}"
    if fact.closed is not None:
        yield f"* {voice('按“没有”处理时取：', 'In a closed world: ')}{voice.of(show_value(fact, fact.closed))}"


# --- actions ---------------------------------------------------------------------------------------

_MODES = {
    Require: Text("应当", "required"),
    Permit: Text("可以", "permitted"),
    Exempt: Text("不必", "not needed"),
    Forbid: Text("不得", "forbidden"),
}


def _action_of(outcome: Outcome) -> str | None:
    match outcome:
        case Require(action) | Permit(action) | Exempt(action) | Forbid(action):
            return action
    return None


def _actions(material: Material, language: Language) -> Page:
    voice = Voice(language, "actions.md")
    book = material.book
    agencies = book.vocabulary.enumerations["agency"].values
    lines = head(
        voice,
        Text("应办事项目录", "Catalogue of actions"),
        Text(
            f"规则可以要求、容许、免除、禁止的 {len(book.actions)} 个事项。",
            f"The {len(book.actions)} actions that rules may require, permit, exempt from or forbid.",
        ),
    )
    for action in book.actions.values():
        lines += [f"## {voice.of(action.title)} {{ #{action.id} }}", "", f"`{action.id}`", ""]
        lines += [f"* {voice('由谁办：', 'By: ')}{voice.of(agencies[action.by])}"]
        if action.to:
            lines += [f"* {voice('对方：', 'To: ')}{voice.of(agencies[action.to])}"]
        if action.standing:
            lines += [f"* {voice('各案都要做', 'A duty of every case')}"]
        if action.done_when:
            lines += [f"* {voice('怎样算已办：', 'Done when: ')}{said_condition(material, action.done_when, voice)}"]
        for kind, mode in _MODES.items():
            rules = [
                voice.link(voice.of(rule.title), rule_path(rule.id))
                for rule in book.rules.values()
                if any(type(outcome) is kind and action.id == _action_of(outcome) for outcome in rule.outcomes)
            ]
            if rules:
                lines += [f"* {mode[language]}{voice('：', ': ')}{voice('；', '; ').join(rules)}"]
        lines += [""]
    return page(voice.path, lines)


# --- forms and the calendar ------------------------------------------------------------------------


def _forms(material: Material, language: Language) -> Page:
    voice = Voice(language, "forms.md")
    lines = head(
        voice,
        Text("报表", "Report forms"),
        Text(
            "各报表的每一行由规则判定：点开一行可以看到哪些案件计入。",
            "Each row of a form is decided by a rule: follow a row to see which cases it counts.",
        ),
    )
    for form in material.book.forms.values():
        lines += _form(material, form, voice)
    return page(voice.path, lines)


def _form(material: Material, form: Form, voice: Voice) -> Iterator[str]:
    heads = voice("行 单位 计入的案件 疑义", "Row Unit Counts Doubts").split()
    yield f"## {voice.of(form.title)} {{ #{form.id} }}"
    yield ""
    yield f"`{form.id}` · {say_place(form.where, material, voice)} · {clause_links(material, form.bases, voice)}"
    yield ""
    if form.counts_when:
        yield from (voice("统计的案件：", "Cases counted: ") + said_condition(material, form.counts_when, voice), "")
    for form_table in form.tables:
        yield from (f"### {voice.of(form_table.title)} {{ #{form.id}-{form_table.id} }}", "")
        for part in form_table.parts:
            title = voice.link(voice.of(part.title), rule_path(part.rule)) if part.rule else voice.of(part.title)
            chosen = voice("选一行", "exactly one row") if part.choose == "one" else voice("可选多行", "any rows")
            yield from (f"**{title}** · {chosen}", "", *table(heads, (_row(row, voice) for row in part.rows)))
    if form.grounds:
        yield from (f"### {voice('大案要案的情形', 'Grounds of a major case')}", "")
        yield from table(heads, (_row(row, voice) for row in form.grounds))
    if form.sections:
        yield from (
            f"### {voice('各部分', 'Sections')}",
            "",
            *items(voice.of(part.title) for part in form.sections),
            "",
        )
    if form.notes:
        yield from (f"### {voice('填表说明', 'Filling rules')}", "")
        yield from (
            *items(f"{voice.of(note.text)} {clause_links(material, note.bases, voice)}" for note in form.notes),
            "",
        )


def _row(row: Row, voice: Voice) -> tuple[str, ...]:
    label = voice.of(row.label)
    return (
        f"**{label}**" if row.total else label,
        escape(row.unit or "") if voice.language == "zh" else "",
        voice.link(voice("看规则", "rule"), rule_path(row.rule))
        if row.rule
        else voice("填报人填写", "filled by a person"),
        voice.doubts(row.doubts),
    )


def _calendar(material: Material, language: Language) -> Page:
    voice = Voice(language, "calendar.md")
    book = material.book
    agencies = book.vocabulary.enumerations["agency"].values
    rows = (
        (
            voice.of(due.title),
            say_place(due.where, material, voice),
            voice.listed(voice.of(agencies[name]) for name in due.to),
            voice.of(due.text),
            "<br>".join(day.isoformat() for day in due.days) or voice("无固定日期", "no fixed day"),
            clause_links(material, due.bases, voice)
            + "".join(f" {voice.link(name, f'doubts.md#{name}')}" for name in due.doubts),
        )
        for due in book.report_calendar
    )
    lines = [
        *head(
            voice,
            Text("报送日历", "Calendar of reports"),
            Text("各报表和报告报给谁、何时报。", "Which report goes to whom, and when."),
        ),
        *table(voice("报告 地方 报给 期限 日期 依据与疑义", "Report Place To When Days Clauses").split(), rows),
    ]
    return page(voice.path, lines)


# --- red lines and scenarios -----------------------------------------------------------------------


def _red_lines(material: Material, language: Language) -> Page:
    voice = Voice(language, "red-lines.md")
    lines = head(
        voice,
        Text("红线", "Red lines"),
        Text(
            f"任何案件都必须守住的 {len(material.red_lines)} 条。`enforcerules prove` 对所有可能的案件逐条证明，"
            "见[证明红线](prove.md)。",
            f"What must be so of every case: {len(material.red_lines)} lines. `enforcerules prove` decides each for "
            "every case there can be; see [Proving red lines](prove.md).",
        ),
    )
    touched: dict[str, list[str]] = {}
    for rule, found in material.touching.items():
        for line in found:
            touched.setdefault(line.id, []).append(rule)
    for line in material.red_lines:
        content = line.content
        lines += [
            f"## {voice.of(content.title)} {{ #{line.id} }}",
            "",
            f"`{line.id}` · {voice.of(CLAIMS[content.kind])} · {clause_links(material, content.bases, voice)}",
            "",
            *([voice.of(content.note), ""] if content.note else []),
        ]
        rules = touched.get(line.id, [])
        if rules:
            links = [voice.link(voice.of(material.book.rules[name].title), rule_path(name)) for name in rules]
            count = voice(f"所涉规则 {len(rules)} 条", f"Rules concerned: {len(rules)}")
            lines += [f'??? note "{count}"', "", *(f"    {each}" for each in items(links)), ""]
        place = material.place_at(line.span)
        lines += [*excerpt(str(place), material.written(place)), ""]
    return page(voice.path, lines)


def _scenarios(material: Material, language: Language) -> Iterator[Page]:
    by_page: dict[str, dict[str, list[Variant]]] = {}
    for variant in material.variants:
        path, _, name = scenario_path(variant, material).partition("#")
        by_page.setdefault(path, {}).setdefault(name, []).append(variant)
    voice = Voice(language, "scenarios/index.md")
    rows = (
        (voice.link(f"`{path.removesuffix('.md')}.yaml`", path), str(len(found)), str(sum(map(len, found.values()))))
        for path, found in by_page.items()
    )
    yield page(voice.path, [
        *head(
            voice,
            Text("算例", "Scenarios"),
            Text(
                "写明案件和必须得出的结论。每次修改规则都全部重跑，见[测试规则库](../test.md)。",
                "Cases with what they must yield. All are run at every change of a rule; see "
                "[Testing a rulebook](../test.md).",
            ),
        ),
        *table(voice("文件 算例 变例", "File Scenarios Variants").split(), rows),
    ])  # fmt: skip
    for path, found in by_page.items():
        yield _scenario_page(material, path, found, Voice(language, path))


def _scenario_page(material: Material, path: str, found: dict[str, list[Variant]], voice: Voice) -> Page:
    name = f"{path.removesuffix('.md')}.yaml"
    lines = [*front(name, boost=0.5), f"# {voice('算例', 'Scenarios')} {name}", ""]
    for scenario, variants in found.items():
        closed = variants[0].world == "closed"
        lines += [
            f"## {scenario} {voice.of(variants[0].title)} {{ #{scenario} }}",
            "",
            voice("没有写的事实为“没有”。", "What is not written is “none”.")
            if closed
            else voice("没有写的事实为未知。", "What is not written is unknown."),
            "",
        ]
        for variant in variants:
            place = material.place_at(variant.span())
            said = voice.of(variant.name).replace('"', "&quot;")
            lines += [f'??? example "{said}"', ""]
            lines += [f"    {line}" for line in excerpt(str(place), material.written(place))] + [""]
    return page(voice.path, lines)
