"""What the passes hand to one another: documents by name with their places, and what was built so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from enforcerules.errors import Diagnostic, Span, did_you_mean, quoted
from enforcerules.model import (
    Action,
    Choice,
    Clause,
    Doubt,
    Due,
    Enumeration,
    Fact,
    Finding,
    Form,
    Invariant,
    LedgerForm,
    Parameter,
    Penalty,
    Rule,
    SourceDocument,
)
from enforcerules.syntax.documents import TextDoc
from enforcerules.syntax.nodes import Mapping, Path, Scalar, below
from enforcerules.syntax.rulebook import File, RulebookFiles
from enforcerules.text import Text
from enforcerules.values import WorkCalendar

Content = TypeVar("Content")


class Place(NamedTuple):
    """A block of a rulebook file.

    `row` is where the columns of a table stand whose condition or outcome this is: what the row says is
    wrong there, and not in the table that reads it.
    """

    file: File
    path: Path
    row: Path = ()

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of something inside the block."""
        whole = (*self.path, *path)
        return self.file.span(self._to_row(whole, key=key) if self.row else whole, key=key)

    def inside(self, *path: str | int) -> Place:
        """Return a block inside the block."""
        return Place(self.file, (*self.path, *path), self.row)

    def _to_row(self, path: Path, *, key: bool) -> Path:
        node = self.file.document.root
        for depth in range(len(path) + 1):
            column = node.entry("column") if isinstance(node, Mapping) and len(node.entries) == 1 else None
            if column is not None and isinstance(column.value, Scalar) and not (key and depth == len(path)):
                return (*self.row, column.value.text, *path[depth:])
            if depth < len(path):
                node = below(node, path[depth]) or node
        return path


class Placed(NamedTuple, Generic[Content]):
    """A document block and where it stands."""

    content: Content
    place: Place


@dataclass
class Draft:
    """A rulebook on its way through the passes."""

    files: RulebookFiles
    faults: list[Diagnostic]
    documents: dict[str, dict[str, Placed[Any]]] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    labels: dict[str, Text] = field(default_factory=dict)
    invariants: list[Invariant] = field(default_factory=list)
    sources: dict[str, SourceDocument] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    penalties: dict[str, Penalty] = field(default_factory=dict)
    lighter_law: Choice = field(default_factory=Choice)
    one_fine: Choice = field(default_factory=Choice)
    penalties_held_back_by: list[str] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    rule_places: dict[str, Place] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    dues: list[Due] = field(default_factory=list)
    calendar: WorkCalendar = field(default_factory=lambda: WorkCalendar({}))
    case_ledger: LedgerForm | None = None
    strata: tuple[tuple[str, ...], ...] = ()
    overriders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)

    def fault(
        self, code: str, message: Text, span: Span, hint: Text, related: tuple[tuple[Text, Span], ...] = ()
    ) -> None:
        """Record a fault."""
        self.faults.append(Diagnostic(code, message, span, hint, related))

    def repeated(self, name: str, here: Span, first: Span) -> None:
        """Record that `name` is defined a second time."""
        self.fault(
            "ER1001",
            Text(f"{quoted(name)} 定义了两次", f"{quoted(name)} is defined twice"),
            here,
            Text("改名或者删去其中之一", "rename or remove one of them"),
            ((Text("第一次定义在这里", "the first definition is here"), first),),
        )

    def placed(self, kind: str) -> Iterator[tuple[str, Placed[Any]]]:
        """Yield the documents of one kind with their names, in the order written."""
        yield from self.documents.get(kind, {}).items()

    def knows(self, kind: str, name: str, place: Place, *path: str | int, key: bool = False) -> bool:
        """Tell whether there is a document `name` of `kind`; record a fault when there is none.

        Args:
            kind: of what the name should be the name.
            name: the name.
            place: where the block stands that holds it.
            path: from there to the name.
            key: whether the name is the key at the end of `path`, not the value.

        """
        known = self.documents.get(kind, {})
        if name in known:
            return True
        if not self.may_be_lost(KINDS[kind].file_kind, name):
            zh, en = KINDS[kind].said
            self.fault(
                "ER1010",
                Text(f"没有名为 {quoted(name)} 的{zh}", f"there is no {en} {quoted(name)}"),
                place.span(*path, key=key),
                self._meant(kind, name),
            )
        return False

    def may_be_lost(self, file_kind: str, name: str) -> bool:
        """Tell whether `name` may be among what could not be read, so that its absence was told already."""
        lost = self.files.lost
        return file_kind in self.files.unread or name in lost or ("/" in name and lost.issuperset(name.split("/")))

    def _meant(self, kind: str, name: str) -> Text:
        """Return the hint for a name that does not exist."""
        unlisted = self.files.unlisted
        home = unlisted.home_of(kind, name) if unlisted is not None else None
        if unlisted is not None and home is not None:
            how = unlisted.how_to_list(home)
            return Text(
                f"它写在 {quoted(home, 80)} 中，而 `rulebook.yaml` 没有列出该文件；{how.zh}",
                f"it stands in {quoted(home, 80)}, which `rulebook.yaml` does not list; {how.en}",
            )
        for other, described in KINDS.items():
            if other != kind and name in self.documents.get(other, {}):
                zh, en = described.said
                instead = {kind, other} == {"fact", "finding"}
                write = Text(f"，写 `{other}:`", f": write `{other}:`") if instead else Text("", "")
                return Text(f"{quoted(name)} 是{zh}{write.zh}", f"{quoted(name)} is {described.article} {en}{write.en}")
        labels = {
            known: label
            for known, placed in self.documents.get(kind, {}).items()
            if (label := _label(placed.content)) is not None
        }
        by_label = {label.zh: known for known, label in labels.items()}
        guess = did_you_mean(by_label.get(name, name), self.documents.get(kind, {}), labels)
        where = KINDS[kind].where
        return guess or Text(f"在{where.zh}中补上，或者改正名称", f"add it to {where.en}, or correct the name")

    def use(self, clause: str, user: str) -> None:
        """Note that a clause is used, for the clause ledger."""
        self.uses.setdefault(clause, []).append(user)

    def carry(self, doubts: Sequence[str], place: Place) -> None:
        """Note that the doubts listed at `place` are carried there; record a fault for each unknown one."""
        for index, doubt in enumerate(doubts):
            self.knows("doubt", doubt, place, "doubts", index)
            self.carried.add(doubt)


def _label(content: Any) -> Text | None:
    """Return what people call a thing, where it has a name of theirs; red lines hand in what is resolved already."""
    label = getattr(content, "label", getattr(content, "title", content))
    if isinstance(label, TextDoc):
        return label.text()
    return label if isinstance(label, Text) else None


class Kind(NamedTuple):
    """A kind of named things: what it is called, the files that define it, and where a person adds one."""

    said: Text
    file_kind: str
    where: Text
    article: str = "a"


KINDS = {
    "enumeration": Kind(
        Text("枚举", "enumeration"),
        "vocabulary",
        Text("词汇的 `enumerations` ", "`enumerations` of the vocabulary"),
        "an",
    ),
    "fact": Kind(Text("事实", "fact"), "vocabulary", Text("词汇的 `facts` ", "`facts` of the vocabulary")),
    "finding": Kind(Text("认定", "finding"), "vocabulary", Text("词汇的 `findings` ", "`findings` of the vocabulary")),
    "label": Kind(Text("标签", "label"), "vocabulary", Text("词汇的 `labels` ", "`labels` of the vocabulary")),
    "source": Kind(Text("文件", "source"), "sources", Text("`sources` 的文件", "a file of `sources`")),
    "clause": Kind(Text("条款", "clause"), "sources", Text("所属文件的 `clauses` ", "`clauses` of its source")),
    "parameter": Kind(Text("参数", "parameter"), "parameters", Text(" `parameters` ", "`parameters`")),
    "action": Kind(Text("应办事项", "action"), "actions", Text(" `actions` ", "`actions`"), "an"),
    "penalty": Kind(Text("处罚", "penalty"), "penalties", Text(" `penalties` ", "`penalties`")),
    "doubt": Kind(Text("疑义", "doubt"), "doubts", Text(" `doubts` ", "`doubts`")),
    "rule": Kind(Text("规则", "rule"), "rules", Text(" `rules` ", "`rules`")),
    "form": Kind(Text("报表", "form"), "forms", Text("`forms` 的文件", "a file of `forms`")),
}
