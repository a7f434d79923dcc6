"""What people read: texts that stand under the wrong language, and things that nobody can tell apart by title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from enforcerules.errors import Span
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.syntax.nodes import Document, Mapping, Path, Scalar, Sequence, below
from enforcerules.text import Text

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
# an abbreviation or a unit may be the same in both languages
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:\W+[A-Za-z]{2,})+")


class _Titled(NamedTuple):
    """A named thing among others of which a reader sees the title only."""

    among: Text
    name: str
    title: Text
    span: Span


def find_repeated_titles(subject: Subject) -> Iterator[Weakness]:
    """Yield what has, in one of the languages, the title of something of its kind that stands before it."""
    first: dict[tuple[str, str, str], _Titled] = {}
    told: set[tuple[str, str]] = set()
    for one in _titled(subject):
        for language, said in (("zh", Text("中文", "Chinese")), ("en", Text("英文", "English"))):
            title = one.title.zh if language == "zh" else one.title.en
            other = first.setdefault((one.among.en, language, title), one)
            if other is not one and (one.among.en, one.name) not in told:
                told.add((one.among.en, one.name))
                yield weakness(
                    "ER6061",
                    "warning",
                    (one.name, other.name),
                    Text(
                        f"{one.among.zh} `{one.name}` 与 `{other.name}` 的{said.zh}名称相同",
                        f"the {one.among.en} `{one.name}` and `{other.name}` have one title in {said.en}",
                    ),
                    one.span,
                    Text("使名称说出两者的不同", "let the titles say how the two differ"),
                    related=((Text("另一处", "the other"), other.span),),
                )


def _titled(subject: Subject) -> Iterator[_Titled]:
    book, places = subject.book, subject.places
    words = book.vocabulary
    for rule in subject.rules:
        yield _Titled(Text("规则", "rules"), rule.id, rule.title, places.rule(rule.id))
    for action in book.actions.values():
        yield _Titled(Text("应办事项", "actions"), action.id, action.title, places.of("action", action.id))
    for penalty in book.penalties.values():
        # a page says on whom a penalty is, so that one on the unit may have the title of one on persons
        among = Text("对单位的处罚", "penalties on units")
        if penalty.on == "persons":
            among = Text("对责任人员的处罚", "penalties on persons")
        yield _Titled(among, penalty.id, penalty.title, places.of("penalty", penalty.id))
    for fact in words.facts.values():
        yield _Titled(Text("事实", "facts"), fact.name, fact.label, places.of("fact", fact.name))
    for name, finding in words.findings.items():
        yield _Titled(Text("认定", "findings"), name, finding.label, places.of("finding", name))
    for name, label in words.labels.items():
        yield _Titled(Text("标签", "labels"), name, label, places.of("label", name))
    for name, place in book.places.items():
        yield _Titled(Text("地方", "places"), name, place, places.root("places", name))
    for name in places.names("enumeration"):
        enumeration = words.enumerations[name]
        among = Text(f"枚举 `{enumeration.name}` 的值", f"values of `{enumeration.name}`")
        for value, label in enumeration.values.items():
            span = places.of("enumeration", enumeration.name, "values", value, key=True)
            yield _Titled(among, value, label, span)


def find_texts_in_another_language(subject: Subject) -> Iterator[Weakness]:
    """Yield the texts of which the Chinese is in English, or the English in Chinese."""
    for document in subject.places.documents():
        for path in _texts(document):
            for key, said in (("zh", Text("中文", "Chinese")), ("en", Text("英文", "English"))):
                node = _at(document, (*path, key))
                if isinstance(node, Scalar) and _is_other(node.text, key):
                    span = document.span((*path, key))
                    yield weakness(
                        "ER6062",
                        "warning",
                        (f"{span.source.path}:{'.'.join(map(str, path))}",),
                        Text(f"`{key}` 下不是{said.zh}", f"what stands under `{key}` is not {said.en}"),
                        span,
                        Text("中英文是否写反了？", "have the two languages changed places?"),
                    )


def _is_other(text: str, key: str) -> bool:
    if key == "zh":
        return not _HAN.search(text) and bool(_ENGLISH.search(text))
    # a word of the document may be quoted in the original
    return len(_HAN.findall(text)) > len(_LATIN.findall(text))


def _texts(document: Document) -> Iterator[Path]:
    """Yield where a text in both languages stands."""
    waiting: list[tuple[Path, object]] = [((), document.root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, Mapping):
            if {entry.key.text for entry in node.entries} == {"zh", "en"}:
                yield path
            else:
                waiting += [((*path, entry.key.text), entry.value) for entry in reversed(node.entries)]
        elif isinstance(node, Sequence):
            waiting += [((*path, index), item) for index, item in reversed(list(enumerate(node.items)))]


def _at(document: Document, path: Path) -> object:
    node = document.root
    for step in path:
        node = below(node, step) or node
    return node
