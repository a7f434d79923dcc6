"""A document with faults → its faults, and as much of the document as can be read on.

A misspelt key is read as the one that was meant, a missing translation is filled in with an ellipsis, and
what cannot be read is cut out, as little of it as possible, until the rest is in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from enforcerules.errors import Diagnostic
from enforcerules.syntax import nodes as n
from enforcerules.syntax.diagnosing import Found, diagnose, find, guess_key, is_second_condition, misspelt_condition
from enforcerules.syntax.documents import TextDoc
from enforcerules.syntax.validate import SomeDoc, Validated, plain_data
from enforcerules.text import Text

_MOST_FAULTS = 100
_ROUNDS = 12
# without these a block would say something else, and not only less
_TELLING = ("from", "until", "of", "date", "where", "windows", "products")


def mend(document: n.Document, doc: type[SomeDoc], error: ValidationError) -> Validated[SomeDoc]:
    """Return the faults of `document` and what is left of it as a `doc`."""
    work = _Mending(document)
    if error.error_count() > _MOST_FAULTS:
        return work.give_up(doc, error)
    for _ in range(_ROUNDS):
        if not work.mend(doc, error):
            break
        try:
            content = doc.model_validate(plain_data(work.document.root))
        except ValidationError as next_error:
            error = next_error
        else:
            return Validated(work.document, content, work.faults, frozenset(work.lost))
    work.lose(document.root)
    return Validated(document, None, work.faults, frozenset(work.lost))


class _Mending:
    def __init__(self, document: n.Document) -> None:
        self.document = document
        self.faults: list[Diagnostic] = []
        self.lost: set[str] = set()
        self.renamed: list[n.Path] = []
        self.first = True

    def give_up(self, doc: type[SomeDoc], error: ValidationError) -> Validated[SomeDoc]:
        """Tell the first faults and the number of the others: nobody reads a thousand."""
        details = error.errors(include_url=False)
        found = _without_echoes([find(self.document, doc, d) for d in details[:_MOST_FAULTS]])
        self.faults = [diagnose(self.document, one, _meant(one, found)) for one in found]
        more = len(details) - _MOST_FAULTS
        self.faults.append(
            Diagnostic(
                "ER0018",
                Text(f"这个文件还有 {more} 处错误没有列出", f"this file has {more} more faults, not told here"),
                self.document.span(find(self.document, doc, details[_MOST_FAULTS]).path),
                Text("先改正已列出的", "put right those that are told first"),
            )
        )
        self.lose(self.document.root)
        return Validated(self.document, None, self.faults, frozenset(self.lost))

    def mend(self, doc: type[SomeDoc], error: ValidationError) -> bool:
        """Record the faults and repair the document; return whether anything is left of it."""
        found = _without_echoes([find(self.document, doc, d) for d in error.errors(include_url=False)])
        root = self.document.root
        cuts: set[n.Path] = set()
        lost = False
        for one in found:
            meant = _meant(one, found)
            # what later rounds find wrong was put out of order by the cuts, except under a key renamed
            if self.first or any(one.path[: len(path)] == path for path in self.renamed):
                self.faults.append(diagnose(self.document, one, meant))
            repair = _repair(one, meant)
            if repair is None:
                cut = _least_part(one)
                if not cut:
                    lost = True
                cuts.add(cut)
                continue
            path, change = repair
            root = n.edit(root, path, change)
            if one.kind == "extra_forbidden" and meant is not None:
                self.renamed.append((*one.path[:-1], meant))
        self.first = False
        if lost:
            return False
        # from the end, so that the places of what is still to be cut stay what they are
        for path in sorted(_outermost(cuts), key=_order, reverse=True):
            self.lose(_at(self.document.root, path), str(path[-1]))
            root = n.edit(root, path, lambda _: None)
        self.document = n.Document(self.document.source, root)
        return True

    def lose(self, node: n.Node, key: str = "") -> None:
        """Remember the words of what is cut out."""
        self.lost.add(key)
        for path, inner in n.walk(node):
            self.lost.update(str(step) for step in path[-1:])
            if isinstance(inner, n.Scalar):
                self.lost.add(inner.text)


def _without_echoes(found: list[Found]) -> list[Found]:
    """Return one finding for each mistake.

    Where a place takes one of several shapes, a validator tells why each of them does not fit; and a
    misspelt key is also a missing one.
    """
    kept: list[Found] = []
    told: set[n.Path] = set()
    for one in found:
        if one.label:
            deeper = any(len(o.path) > len(one.path) and o.path[: len(one.path)] == one.path for o in found)
            if deeper or one.path in told:
                continue
            told.add(one.path)
        kept.append(one)
    unknown = [one for one in kept if one.kind == "extra_forbidden"]
    meant = {(one.path[:-1], _meant(one, kept)) for one in unknown}
    # of two conditions in one block only one can be said to have keys that do not fit
    doubled = {one.path[:-1] for one in unknown if is_second_condition(one)}
    return [
        one
        for one in kept
        if not (one.kind == "missing" and (one.path, one.key) in meant)
        and not (one in unknown and one.path[:-1] in doubled and not is_second_condition(one))
    ]


def _meant(one: Found, found: Iterable[Found]) -> str | None:
    """Return the key that was meant, where `one` is about a key that is not known."""
    if one.kind == "extra_forbidden":
        block = one.path[:-1]
        return guess_key(one, [o.key for o in found if o.kind == "missing" and o.path == block])
    if one.kind == "condition_expected":
        misspelt = misspelt_condition(one.node)
        return misspelt[1] if misspelt else None
    return None


_Change = Callable[[n.Node], n.Node | None]


def _repair(one: Found, meant: str | None) -> tuple[n.Path, _Change] | None:
    """Return where and how to mend the document, or None when something has to be cut out."""
    if one.kind == "extra_forbidden":
        return None if meant is None else (one.path[:-1], _rename(str(one.path[-1]), meant))
    if one.kind == "condition_expected" and meant is not None:
        word = misspelt_condition(one.node)
        return (one.path, _rename(word[0], meant)) if word else None
    text = _ellipses(one.node.mark)
    if one.kind == "missing":
        expected = one.shape.inside(one.key)
        if expected is not None and TextDoc in expected.docs:
            return one.path, _add(one.key, text)
    for path, shape in ((one.path, one.shape), (one.path[:-1], one.around)):
        if TextDoc in shape.docs and path:
            return path, lambda _: text
    return None


def _ellipses(mark: n.Mark) -> n.Node:
    ellipsis = n.Scalar("…", False, mark)
    return n.Mapping(tuple(n.Entry(n.Scalar(key, True, mark), ellipsis) for key in ("zh", "en")), mark)


def _rename(word: str, meant: str) -> _Change:
    def change(node: n.Node) -> n.Node:
        if not isinstance(node, n.Mapping):
            return node
        if node.entry(meant):
            return n.Mapping(tuple(entry for entry in node.entries if entry.key.text != word), node.mark)
        entries = (n.Entry(e.key._replace(text=meant), e.value) if e.key.text == word else e for e in node.entries)
        return n.Mapping(tuple(entries), node.mark)

    return change


def _add(key: str, value: n.Node) -> _Change:
    def change(node: n.Node) -> n.Node:
        if not isinstance(node, n.Mapping):
            return node
        return n.Mapping((*node.entries, n.Entry(n.Scalar(key, True, node.mark), value)), node.mark)

    return change


def _least_part(one: Found) -> n.Path:
    """Return the smallest thing around the fault that the file can do without; () when that is all of it."""
    if one.kind == "extra_forbidden":
        return one.path
    for depth in range(len(one.path), 0, -1):
        shape = one.shapes[depth]
        if shape.many or (not shape.required and one.path[depth - 1] not in _TELLING):
            return one.path[:depth]
    return ()


def _outermost(paths: set[n.Path]) -> Iterator[n.Path]:
    for path in paths:
        if not any(path[:depth] in paths for depth in range(1, len(path))):
            yield path


def _order(path: n.Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _at(node: n.Node, path: n.Path) -> n.Node:
    for step in path:
        node = n.below(node, step) or node
    return node
