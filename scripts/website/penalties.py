"""The penalty catalogue: figures, measures, the rules that yield each penalty and their clauses."""

from __future__ import annotations

from collections.abc import Iterator

from enforcerules.explaining.laid_down import ON, say_figures, say_measure_laid_down
from enforcerules.model import Choice, Penalise, Penalty
from enforcerules.model.penalties import MEASURES
from enforcerules.text import Language, Text
from website.catalogue import clause_links, head
from website.markup import Page, Voice, items, page
from website.material import Material
from website.rules import rule_path


def penalty_page(material: Material, language: Language) -> Page:
    """Return the page of all penalties, first how one chooses among them."""
    voice = Voice(language, "penalties.md")
    book = material.book
    count = len(book.penalties)
    lines = head(
        voice,
        Text("处罚目录", "Catalogue of penalties"),
        Text(
            f"规则可以规定的 {count} 项处罚：罚款的数额怎样算，还有哪些处罚。幅度以内怎样裁量，由办案机关决定。",
            f"The {count} penalties that rules may lay down: how the fine is worked out, and which measures go with "
            "it. Where in the range a penalty lies is for the agency to decide.",
        ),
    )
    lines += [f"## {voice('怎样选用', 'How one chooses')} {{ #choosing }}", ""]
    lines += items(_choices(material, voice))
    lines += [""]
    for penalty in book.penalties.values():
        lines += [*_penalty(material, penalty, voice), ""]
    return page(voice.path, lines)


def _choices(material: Material, voice: Voice) -> Iterator[str]:
    book = material.book
    told: tuple[tuple[Choice, Text], ...] = (
        (
            book.lighter_law,
            Text(
                "行为之后法律变更的，按两部法律各算一遍，新的规定较轻的适用新的规定",
                "Where the law changed after the conduct both laws are worked out, and the new one governs if lighter",
            ),
        ),
        (
            book.one_fine,
            Text(
                "同一违法行为违反几项规定的，只罚款一次，按数额高的规定",
                "One act that breaks several provisions is fined once, by the one with the higher fine",
            ),
        ),
    )
    for choice, said in told:
        if choice.clauses:
            yield f"{voice.of(said)} · {clause_links(material, choice.clauses, voice)} {voice.doubts(choice.doubts)}"
    for name in book.penalties_held_back_by:
        title = voice.link(voice.of(book.actions[name].title), f"actions.md#{name}")
        yield f"{voice('先看是否禁止：', 'Heeded before any penalty, where forbidden: ')}{title}"
    if MEASURES in book.vocabulary.enumerations:
        label = voice.link(voice("处罚种类的轻重次序", "The order of severity"), f"vocabulary.md#{MEASURES}-values")
        yield voice(f"{label}，轻的在前", f"{label}, mildest first")


def _penalty(material: Material, penalty: Penalty, voice: Voice) -> Iterator[str]:
    book = material.book
    yield f"## {voice.of(penalty.title)} {{ #{penalty.id} }}"
    yield ""
    yield f"`{penalty.id}` · {voice('对：', 'on ')}{voice.of(ON[penalty.on])}"
    yield ""
    if penalty.fine is not None:
        yield f"* {voice.of(say_figures(book, penalty.fine))}"
    for measure in penalty.measures:
        yield f"* {voice.of(say_measure_laid_down(book, measure))}"
    rules = [rule for rule in book.rules.values() if Penalise(penalty.id) in rule.outcomes]
    links = voice("；", "; ").join(voice.link(voice.of(rule.title), rule_path(rule.id)) for rule in rules)
    if rules:
        yield f"* {voice('规则：', 'Rules: ')}{links}"
        clauses = tuple(dict.fromkeys(clause for rule in rules for clause in rule.bases))
        yield f"* {voice('依据：', 'Basis: ')}{clause_links(material, clauses, voice)}"
    if penalty.note is not None:
        yield f"* {voice('说明：', 'Note: ')}{voice.of(penalty.note)}"
