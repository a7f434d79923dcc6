"""Read YAML text into nodes.

We take PyYAML's events and never construct: its constructors follow YAML 1.1, where `no` is false and
`12:30` is 750, and a repeated key silently replaces the first. Anchors, aliases, tags and further
documents are refused: a rulebook says each thing where it stands.
"""

from __future__ import annotations

import yaml

from enforcerules.errors import Diagnostic, Source
from enforcerules.syntax.nodes import Document, Entry, Mapping, Mark, Node, Scalar, Sequence, span_of
from enforcerules.text import Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """Return the nodes of `source` and every fault of its text; no nodes when it cannot be read at all."""
    reader = _Reader(source)
    try:
        root = reader.read()
    except yaml.YAMLError as error:
        return None, [*reader.faults, _explain(source, error)]
    if root is None:
        empty = Diagnostic(
            "ER0005",
            Text("文件没有内容", "the file is empty"),
            span_of(source, Mark(1, 1, 1)),
            Text("写入内容，或把它从 rulebook.yaml 的文件清单中删去", "fill it, or take it off the list in rulebook.yaml"),
        )
        return None, [*reader.faults, empty]
    return Document(source, root), reader.faults


class _Reader:
    """Turns the event stream of one text into nodes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.faults: list[Diagnostic] = []
        self.anchors: dict[str, Node] = {}

    def read(self) -> Node | None:
        self.events = yaml.parse(self.source.text, Loader=_Loader)
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse(event, "ER0006", Text("一个文件只能有一份文档", "one file holds one document"), Text("删去 `---` 之后的部分，或另存为文件", "remove what follows `---`, or move it to a file of its own"))
                break
            if isinstance(event, yaml.NodeEvent) and root is None:
                root = self._node(event)
        if isinstance(root, Scalar) and root.plain and root.text in ("", "~", "null"):
            return None
        return root

    def _node(self, event: yaml.NodeEvent) -> Node:
        if event.anchor is not None:
            name = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._refuse(
                event,
                "ER0003",
                Text(f"不使用锚点与引用：`{name}{event.anchor}`", f"anchors and aliases are not used: `{name}{event.anchor}`"),
                Text("把内容写在用到它的地方", "write the content where it is used"),
            )
        if isinstance(event, yaml.ScalarEvent):
            mark = _mark(event, len(event.value))
            self._check_tag(event)
            node: Node = Scalar(event.value, event.style is None or event.style == "", mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._check_tag(event)
            items = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(inner))
            node = Sequence(tuple(items), _mark(event, 1))
        elif isinstance(event, yaml.MappingStartEvent):
            self._check_tag(event)
            node = self._mapping(event)
        else:
            node = self.anchors.get(event.anchor or "", Scalar("", True, _mark(event, 1)))
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _mapping(self, start: yaml.MappingStartEvent) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event)
            value = self._node(next(self.events))
            if not isinstance(key, Scalar):
                self._refuse(event, "ER0004", Text("键必须是文字", "a key must be a text"), None)
            elif (first := entries.get(key.text)) is not None:
                self.faults.append(
                    Diagnostic(
                        "ER0002",
                        Text(f"`{key.text}` 在同一块中出现两次", f"`{key.text}` appears twice in this block"),
                        span_of(self.source, key.mark),
                        Text(f"第一次在第 {first.key.mark.line} 行；只保留一个", f"the first one is at line {first.key.mark.line}; keep one"),
                    )
                )
            else:
                entries[key.text] = Entry(key, value)
        return Mapping(tuple(entries.values()), _mark(start, 1))

    def _check_tag(self, event: yaml.NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self._refuse(event, "ER0007", Text(f"不使用类型标记：`{tag}`", f"type tags are not used: `{tag}`"), Text("删去标记；文字请加引号", "remove the tag; quote a text"))

    def _refuse(self, event: yaml.Event, code: str, message: Text, hint: Text | None) -> None:
        self.faults.append(Diagnostic(code, message, span_of(self.source, _mark(event, 1)), hint))


def _mark(event: yaml.Event, length: int) -> Mark:
    start, end = event.start_mark, event.end_mark
    if end.line == start.line:
        length = end.column - start.column
    return Mark(start.line + 1, start.column + 1, max(1, length))


def _explain(source: Source, error: yaml.YAMLError) -> Diagnostic:
    if isinstance(error, yaml.reader.ReaderError):
        line = source.text.count("\n", 0, error.position) + 1
        column = error.position - (source.text.rfind("\n", 0, error.position) + 1) + 1
        return Diagnostic(
            "ER0008",
            Text("文件中有不允许的控制字符", "the file holds a control character that is not allowed"),
            span_of(source, Mark(line, column, 1)),
            Text("删去该字符", "remove it"),
        )
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Mark(mark.line + 1, mark.column + 1, 1) if mark else Mark(1, 1, 1)
    if "\t" in source.line(place.line)[: place.column]:
        return Diagnostic(
            "ER0001",
            Text("缩进用了制表符", "a tab is used for indentation"),
            span_of(source, Mark(place.line, source.line(place.line).index("\t") + 1, 1)),
            Text("改用空格，每层两个", "use spaces, two a level"),
        )
    problem = getattr(error, "problem", None) or "not YAML"
    return Diagnostic(
        "ER0009",
        Text(f"不是有效的 YAML：{problem}", f"this is not YAML: {problem}"),
        span_of(source, place),
        Text("检查此处的缩进、冒号、引号与括号是否配对", "check indentation, colons, quotes and brackets here"),
    )
