"""Read YAML text into nodes.

We take PyYAML's events and never construct: its constructors follow YAML 1.1, where `no` is false and
`12:30` is 750, and a repeated key silently replaces the first. Anchors, aliases, tags and further
documents are refused: a rulebook says each thing where it stands. What is refused is still read, so that
the faults behind it are told in the same go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from enforcerules.errors import Diagnostic, Source, quoted
from enforcerules.syntax.characters import without_odd_characters
from enforcerules.syntax.nodes import Document, Entry, Mapping, Mark, Node, Scalar, Sequence, span_of
from enforcerules.syntax.yaml_faults import explain_yaml_error
from enforcerules.text import Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 40
# aliases are read on for the sake of further faults, but an alias of an alias of an alias … has no end
_MOST_ALIASES = 100


def read_yaml(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """Return the nodes of `source` and every fault of its text; no nodes when it cannot be read at all."""
    text, faults = without_odd_characters(source)
    reader = _Reader(source, text, faults)
    try:
        try:
            root = reader.read()
        except yaml.MarkedYAMLError as error:
            # libyaml reads a thousand characters ahead, and newer versions give up before our own limit is reached
            if error.problem != "exceeded maximum nesting depth" or error.problem_mark is None:
                raise
            reader = _Reader(source, text[: error.problem_mark.index], faults)
            root = reader.read()
    except yaml.YAMLError as error:
        odd = {fault.span.line for fault in faults if fault.code == "ER0008" and fault.span is not None}
        found = explain_yaml_error(source, error, reader.brackets)
        return None, [*faults, *(fault for fault in found if fault.span is None or fault.span.line not in odd)]
    except _TooDeepError:
        return None, faults
    if root is None:
        if faults:
            return None, faults
        empty = Diagnostic(
            "ER0005",
            Text("文件没有内容", "the file is empty"),
            span_of(source, Mark(1, 1, 1)),
            Text(
                "写入内容，或者把它从 `rulebook.yaml` 的文件清单中删去",
                "fill it, or take it off the list in `rulebook.yaml`",
            ),
        )
        return None, [empty]
    return Document(source, root), faults


class _TooDeepError(Exception):
    """Lists and blocks stand inside one another too deep; the fault is recorded."""


class _Reader:
    """Turns the event stream of one text into nodes."""

    def __init__(self, source: Source, text: str, faults: list[Diagnostic]) -> None:
        self.source = source
        self.faults = faults
        self.anchors: dict[str, Node] = {}
        self.anchored = 0
        self.aliases = 0
        self.brackets: list[Mark] = []
        """The brackets and braces that are open."""
        # a parser yields many kinds of events, of which every one has marks; `yaml.parse` asks for each of them twice
        self.events: Iterator[Any] = iter(_Loader(text).get_event, None)

    def read(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                self._refuse(
                    event,
                    "ER0006",
                    Text("一个文件只能有一份文档", "one file holds one document"),
                    Text(
                        "删去此处的 `---` 及其后的内容，或者另存为文件",
                        "remove this `---` and what follows, or move that to a file of its own",
                    ),
                )
                break
            if isinstance(event, NodeEvent) and root is None:
                root = self._node(event, 0)
        if isinstance(root, Scalar) and root.plain and root.text in ("", "~", "null"):
            return None
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEEPEST:
            self._refuse(
                event,
                "ER0017",
                Text(f"嵌套超过 {DEEPEST} 层", f"the blocks are nested more than {DEEPEST} levels deep"),
                Text(
                    "检查是否有多余的括号或者过深的缩进",
                    "look for brackets that are not closed, and lines indented too far",
                ),
            )
            raise _TooDeepError
        if event.anchor is not None:
            name = ("*" if isinstance(event, AliasEvent) else "&") + event.anchor
            self._refuse(
                event,
                "ER0003",
                Text(f"不使用锚点与引用：{quoted(name)}", f"anchors and aliases are not used: {quoted(name)}"),
                Text("把内容写在用到它的地方", "write the content where it is used"),
                length=len(name),
            )
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if event.tag is not None and event.tag != "!":
            self._refuse_tag(event)
        self.anchored += event.anchor is not None
        if isinstance(event, ScalarEvent):
            node: Node = Scalar(event.value, not event.style, _mark(event, 1))
            if event.style == '"':
                self._check_escapes(event)
        elif isinstance(event, SequenceStartEvent):
            node = self._sequence(event, depth)
        else:
            node = self._mapping(event, depth)
        if event.anchor is not None:
            self.anchored -= 1
            self.anchors[event.anchor] = node
        return node

    def _alias(self, event: AliasEvent) -> Node:
        self.aliases += 1
        usable = self.aliases <= _MOST_ALIASES and not self.anchored
        known = self.anchors.get(event.anchor or "") if usable else None
        return known or Scalar("", True, _mark(event, 1))

    def _sequence(self, start: SequenceStartEvent, depth: int) -> Sequence:
        mark = _mark(start, 1)
        if start.flow_style:
            self.brackets.append(mark)
        items = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        if start.flow_style:
            self.brackets.pop()
        return Sequence(tuple(items), mark)

    def _mapping(self, start: yaml.MappingStartEvent, depth: int) -> Mapping:
        mark = _mark(start, 1)
        if start.flow_style:
            self.brackets.append(mark)
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            told = len(self.faults)
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not entries and not start.flow_style:
                # a block has no sign of its own: its first key stands for it
                mark = key.mark
            if not isinstance(key, Scalar):
                self._refuse(
                    event,
                    "ER0004",
                    Text("键应为文字，不能是列表或者键值块", "a key is a text, not a list or a block"),
                    Text("若本意是文字，请加引号", "put it in quotes when it is meant as a text"),
                )
            elif key.plain and key.text == "<<":
                self._merge(key, value, entries, told=len(self.faults) > told)
            elif (first := entries.get(key.text)) is not None:
                self.faults.append(repeated_key(self.source, key, first.key))
            else:
                entries[key.text] = Entry(key, value)
        if start.flow_style:
            self.brackets.pop()
        return Mapping(tuple(entries.values()), mark)

    def _merge(self, key: Scalar, value: Node, entries: dict[str, Entry], *, told: bool) -> None:
        if not told:
            self.faults.append(
                Diagnostic(
                    "ER0003",
                    Text("不使用合并键：`<<`", "merge keys are not used: `<<`"),
                    span_of(self.source, key.mark),
                    Text("把要合并的键逐一写在这里", "write the keys themselves here"),
                )
            )
        if isinstance(value, Mapping):
            for entry in value.entries:
                entries.setdefault(entry.key.text, entry)

    def _refuse_tag(self, event: Any) -> None:
        mark = _mark(event, 1)
        written = self.source.line(mark.line)[mark.column - 1 :].split(" ")[0]
        name = written if written.startswith("!") else event.tag
        self._refuse(
            event,
            "ER0007",
            Text(f"不使用类型标记：{quoted(name)}", f"type tags are not used: {quoted(name)}"),
            Text("删去标记；若本意是文字，请加引号", "remove the tag; put a text in quotes"),
            length=len(name),
        )

    def _check_escapes(self, event: ScalarEvent) -> None:
        odd = next((c for c in event.value if not c.isprintable() and c not in "\n\t\u3000\xa0"), None)
        if odd is not None:
            self._refuse(
                event,
                "ER0008",
                Text(
                    f"文字中有不可见的控制字符 `U+{ord(odd):04X}`",
                    f"the text holds the invisible control character `U+{ord(odd):04X}`",
                ),
                Text("删去该字符", "remove it"),
            )

    def _refuse(self, event: yaml.Event, code: str, message: Text, hint: Text, *, length: int = 1) -> None:
        mark = _mark(event, length)
        if length > 1:
            # an anchor or a tag stands before its node: mark it alone
            rest = len(self.source.line(mark.line)) - mark.column + 1
            mark = mark._replace(length=max(1, min(length, rest)))
        self.faults.append(Diagnostic(code, message, span_of(self.source, mark), hint))


def repeated_key(source: Source, second: Scalar, first: Scalar) -> Diagnostic:
    """Return the fault of a key that stands twice in one block."""
    name = quoted(second.text)
    return Diagnostic(
        "ER0002",
        Text(f"{name} 在同一块中出现两次", f"{name} appears twice in this block"),
        span_of(source, second.mark),
        Text("只保留一个", "keep one of them"),
        ((Text("第一次出现在这里", "the first one is here"), span_of(source, first.mark)),),
    )


def _mark(event: yaml.Event, length: int) -> Mark:
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    if end.line == start.line:
        length = end.column - start.column
    return Mark(start.line + 1, start.column + 1, length if length > 1 else 1)
