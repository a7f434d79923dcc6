"""What a validator found wrong with a block of YAML, in words a person uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic_core import ErrorDetails

from enforcerules.errors import Diagnostic, did_you_mean, listed, nearest, quoted, suggest
from enforcerules.syntax import nodes as n
from enforcerules.syntax.documents import Doc, FactDoc, TextDoc
from enforcerules.syntax.remedies import mend_day
from enforcerules.syntax.shapes import Shape, shape_of
from enforcerules.syntax.validate import plain_data
from enforcerules.text import Text

CONDITION_KEYS = ("all", "any", "not", "fact", "finding")


class Found(NamedTuple):
    """One thing a validator found: its kind, the path that really leads somewhere, and what stands there.

    `key` is the key that is missing below `path`; `shapes` are those of every step of the path, that of
    the file first. `label` tells that the place takes one of several shapes and this is about one of them.
    """

    kind: str
    path: n.Path
    node: n.Node
    shapes: tuple[Shape, ...]
    context: dict[str, Any]
    key: str = ""
    label: bool = False

    @property
    def shape(self) -> Shape:
        """What may stand at the path."""
        return self.shapes[-1]

    @property
    def around(self) -> Shape:
        """What may stand around it."""
        return self.shapes[-2] if len(self.shapes) > 1 else self.shapes[0]


def find(document: n.Document, doc: type[Doc], details: ErrorDetails) -> Found:
    """Follow the path of a validator's error as far as it leads."""
    node, shape = document.root, shape_of(doc)
    path: list[str | int] = []
    shapes = [shape]
    rest: list[str] = []
    for step in details["loc"]:
        below = n.below(node, step)
        if isinstance(step, str) and re.fullmatch("<.*>", step):
            shapes[-1] = shapes[-1].tagged(step)
        elif below is not None:
            path.append(step)
            node = below
            shapes.append(shapes[-1].inside(step) or Shape(()))
        else:
            rest.append(str(step))
    missing = details["type"] == "missing"
    key = rest[-1] if missing and rest else ""
    context = details.get("ctx", {})
    return Found(details["type"], tuple(path), node, tuple(shapes), context, key, bool(rest) and not missing)


def diagnose(document: n.Document, found: Found, meant: str | None) -> Diagnostic:
    """Return the fault; `meant` is the key that an unknown key most likely is."""
    match found.kind:
        case "said":
            context = found.context
            path = (*found.path, context["at"]) if context.get("at") else found.path
            hint = Text(context["hint_zh"], context["hint_en"])
            message = Text(context["zh"], context["en"])
            return Diagnostic("ER0104", message, document.span(path, key=bool(context.get("at"))), hint)
        case "missing":
            return _missing(document, found)
        case "extra_forbidden":
            return _unknown_key(document, found, meant)
        case "condition_expected":
            return _no_condition(document, found, meant)
        case "too_short" | "string_too_short":
            return _empty(document, found)
        case "string_too_long" | "greater_than_equal":
            return _out_of_bounds(document, found)
    if isinstance(found.node, n.Scalar) and plain_data(found.node) is None:
        return _empty(document, found)
    return _mismatch(document, found)


def guess_key(found: Found, missing: Collection[str]) -> str | None:
    """Return the key that the unknown key of `found` most likely was meant to be, or None."""
    word = str(found.path[-1])
    keys = found.around.keys()
    guess = nearest(word, [key for key in keys if key in missing] or keys) or nearest(word, keys)
    if guess is None and len(missing) == 1 and found.around.docs == (TextDoc,):
        return next(iter(missing))
    return guess


# --- keys ------------------------------------------------------------------------------------------


def _missing(document: n.Document, found: Found) -> Diagnostic:
    name = _name_of(found)
    expected = found.shape.inside(found.key) or Shape(())
    key = bool(found.path) and isinstance(found.path[-1], str)
    return Diagnostic(
        "ER0102",
        Text(f"{name.zh}缺少 `{found.key}`", f"{name.en} lacks `{found.key}`"),
        document.span(found.path, key=key),
        Text(f"补上 `{found.key}: {_sample(expected)}`", f"add `{found.key}: {_sample(expected)}`"),
    )


def _name_of(found: Found) -> Text:
    """Return what a reader calls the block: its id, else its key."""
    if isinstance(found.node, n.Mapping):
        for key in ("id", "table", "form"):
            entry = found.node.entry(key)
            if entry is not None and isinstance(entry.value, n.Scalar):
                return Text(f"{quoted(entry.value.text)} ", quoted(entry.value.text))
    if not found.path:
        return Text("文件", "the file")
    if isinstance(found.path[-1], str):
        return Text(f"{quoted(found.path[-1])} ", quoted(found.path[-1]))
    return Text("此项", "this item")


def _sample(shape: Shape) -> str:
    if TextDoc in shape.docs:
        return "{zh: …, en: …}"
    if FactDoc in shape.docs:
        return "{fact: …, is: …}"
    if shape.takes(list):
        return "[…]"
    if shape.takes(date):
        return "2022-07-10"
    words = shape.words
    if words:
        return words[0]
    return "{…}" if shape.docs or shape.takes(dict) else "…"


def _write(shape: Shape) -> Text:
    """Return how to write what may stand at a place."""
    keys = list(shape.keys())
    if keys and TextDoc not in shape.docs and FactDoc not in shape.docs:
        known = listed(keys)
        return Text(f"可用的键：{known.zh}", f"the keys are: {known.en}")
    return Text(f"写成 `{_sample(shape)}`", f"write `{_sample(shape)}`")


def _unknown_key(document: n.Document, found: Found, meant: str | None) -> Diagnostic:
    word = str(found.path[-1])
    keys = list(found.around.keys())
    span = document.span(found.path, key=True)
    if is_second_condition(found):
        beside = _condition_beside(found)
        return Diagnostic(
            "ER0104",
            Text(f"`{beside}` 与 `{word}` 不能写在同一块", f"`{beside}` and `{word}` cannot stand in one block"),
            span,
            Text(
                "把两个条件写成 `all:` 或者 `any:` 下的两项", "write the two conditions as items under `all:` or `any:`"
            ),
        )
    hint = suggest(meant) if meant else None
    if hint is None:
        known = listed(keys, 20)
        hint = Text(f"可用的键：{known.zh}", f"the keys are: {known.en}") if keys else Text("删去它", "remove it")
    return Diagnostic(
        "ER0101", Text(f"这里没有 {quoted(word)} 这个键", f"there is no key {quoted(word)} here"), span, hint
    )


def _condition_beside(found: Found) -> str | None:
    word = found.path[-1]
    known = found.around.keys()
    return next((key for key in CONDITION_KEYS if key in known and key != word), None)


def is_second_condition(found: Found) -> bool:
    """Tell whether an unknown key begins a second condition in a block that is one already."""
    return found.path[-1] in CONDITION_KEYS and _condition_beside(found) is not None


# --- conditions ------------------------------------------------------------------------------------


def misspelt_condition(node: n.Node) -> tuple[str, str] | None:
    """Return the key of a block that was to be a condition, with what it was meant to be."""
    if isinstance(node, n.Mapping):
        for entry in node.entries:
            guess = nearest(entry.key.text, CONDITION_KEYS)
            if guess is not None:
                return entry.key.text, guess
    return None


def _no_condition(document: n.Document, found: Found, meant: str | None) -> Diagnostic:
    key = _subject(found)
    node = found.node
    if isinstance(node, n.Mapping) and meant is not None:
        word = next(entry.key.text for entry in node.entries if nearest(entry.key.text, CONDITION_KEYS) == meant)
        message = Text(f"这里没有 {quoted(word)} 这个键", f"there is no key {quoted(word)} here")
        hint = suggest(meant)
        return Diagnostic("ER0101", message, document.span((*found.path, word), key=True), hint)
    message = Text(
        f"{key.zh}应为条件，而不是{_given(node).zh}", f"{key.en} should be a condition, not {_given(node).en}"
    )
    hint = Text(
        "写 `always`，或者含 `all`、`any`、`not`、`fact`、`finding` 之一的块",
        "write `always`, or a block with one of `all`, `any`, `not`, `fact`, `finding`",
    )
    if isinstance(node, n.Scalar):
        value = plain_data(node)
        if value is None:
            message = Text(f"{key.zh}后面没有条件", f"there is no condition in {key.en}")
        elif isinstance(value, str):
            word = quoted(value)[1:-1]
            hint = did_you_mean(value, ["always"]) or Text(
                f"写 `{{fact: {word}, is: true}}` 或者 `{{finding: {word}}}`",
                f"write `{{fact: {word}, is: true}}` or `{{finding: {word}}}`",
            )
    elif isinstance(node, n.Sequence):
        hint = Text("在列表前写 `all:` 或者 `any:`", "write `all:` or `any:` before the list")
    elif {entry.key.text for entry in node.entries} & set(FactDoc.keys()):
        message = Text(f"{key.zh}的判断没有写明事实", f"the test in {key.en} does not name its fact")
        hint = Text("例如 `{fact: goods_value, at_least: 500000}`", "such as `{fact: goods_value, at_least: 500000}`")
    elif not node.entries:
        message = Text(f"{key.zh}是空的，应有条件", f"{key.en} is empty, and a condition is expected")
    at_key = isinstance(node, n.Scalar) and plain_data(node) is None and isinstance(found.path[-1], str)
    return Diagnostic("ER0108", message, document.span(found.path, key=at_key), hint)


# --- values ----------------------------------------------------------------------------------------


def _subject(found: Found) -> Text:
    """Return the name of the place in a sentence."""
    if not found.path:
        return Text("文件", "the file")
    names = [step for step in found.path if isinstance(step, str)]
    name = quoted(names[-1]) if names else ""
    if isinstance(found.path[-1], str):
        return Text(f"{name} ", name)
    return Text(f"{name} 中的一项", f"an item of {name}") if name else Text("列表中的一项", "an item of the list")


def _given(node: n.Node) -> Text:
    if isinstance(node, n.Sequence):
        return Text("列表", "a list")
    if isinstance(node, n.Mapping):
        return Text("键值块", "a block of keys")
    said = quoted(node.text if node.plain or not node.text else f"'{node.text}'")
    return Text(f" {said}", said)


def _empty(document: n.Document, found: Found) -> Diagnostic:
    key = _subject(found)
    hint = _write(found.shape)
    if isinstance(found.node, n.Sequence):
        hint = Text("至少写一项", "write at least one item")
    elif found.shape.takes(str):
        hint = Text("写上文字", "write a text")
    elif found.shape.takes(list):
        hint = Text("没有内容时写 `[]`", "write `[]` when there is none")
    if not found.shape.required and found.path:
        hint = Text(f"{hint.zh}，或者删去 `{found.path[-1]}`", f"{hint.en}, or remove `{found.path[-1]}`")
    at_key = isinstance(found.node, n.Scalar) and bool(found.path) and isinstance(found.path[-1], str)
    return Diagnostic(
        "ER0106", Text(f"{key.zh}是空的", f"{key.en} is empty"), document.span(found.path, key=at_key), hint
    )


def _out_of_bounds(document: n.Document, found: Found) -> Diagnostic:
    key = _subject(found)
    text = found.node.text if isinstance(found.node, n.Scalar) else ""
    if found.kind == "string_too_long":
        most = found.context.get("max_length")
        message = Text(
            f"{key.zh}最多 {most} 个字，这里有 {len(text)} 个",
            f"{key.en} has at most {most} characters, and here are {len(text)}",
        )
        hint = Text(
            "只引关键的短语，其余用自己的话写进 `gist`", "quote the operative phrase only, and say the rest in `gist`"
        )
    else:
        least = found.context.get("ge")
        message = Text(
            f"{key.zh}不得小于 {least}，这里是 {quoted(text)}",
            f"{key.en} should be at least {least}, not {quoted(text)}",
        )
        hint = Text(f"写 {least} 或者更大的整数", f"write {least} or a larger whole number")
    return Diagnostic("ER0107", message, document.span(found.path), hint)


def _mismatch(document: n.Document, found: Found) -> Diagnostic:
    """Return the fault of a value that is of another kind than the place takes, or not among its words."""
    key, shape, span = _subject(found), found.shape, document.span(found.path)
    words = shape.words
    if isinstance(found.node, n.Scalar) and words and not shape.takes(str, int, bool, date):
        given = quoted(found.node.text)
        known = listed(words)
        if len(shape.kinds) == 1:
            return Diagnostic(
                "ER0103",
                Text(f"{key.zh}没有值 {given}", f"{key.en} has no value {given}"),
                span,
                did_you_mean(found.node.text, words) or Text(f"可用的值：{known.zh}", f"the values are: {known.en}"),
            )
    if shape.takes(date) and isinstance(found.node, n.Scalar) and found.node.plain:
        wrong, hint = mend_day(found.node.text)
        given = quoted(found.node.text)
        return Diagnostic("ER0105", Text(f"{key.zh}{wrong.zh}：{given}", f"{key.en} {wrong.en}: {given}"), span, hint)
    expected = _expected(shape)
    given_as = _given(found.node)
    message = Text(
        f"{key.zh}应为{expected.zh}，而不是{given_as.zh}", f"{key.en} should be {expected.en}, not {given_as.en}"
    )
    return Diagnostic("ER0105", message, span, _how_to_write(found))


def _expected(shape: Shape) -> Text:
    said = [Text(f" `{word}` ", f"`{word}`") for word in shape.words]
    for kinds, text in _KINDS:
        if shape.takes(*kinds):
            said.append(text)
    if TextDoc in shape.docs:
        said.append(Text("中英文两种文字", "a text in both languages"))
    elif shape.docs or shape.takes(dict):
        said.append(Text("键值块", "a block of keys"))
    return (
        Text("或者".join(t.zh for t in said).rstrip(), " or ".join(t.en for t in said))
        if said
        else Text("别的写法", "something else")
    )


_KINDS: Sequence[tuple[tuple[type, ...], Text]] = (
    ((str,), Text("文字", "a text")),
    ((bool,), Text(" `true` 或者 `false`", "`true` or `false`")),
    ((int,), Text("整数", "a whole number")),
    ((date,), Text("日期", "a date")),
    ((list,), Text("列表", "a list")),
)
_YES = ("yes", "y", "on", "true", "1", "是", "真", "对", "有")
_NO = ("no", "n", "off", "false", "0", "否", "假", "错", "无")


def _how_to_write(found: Found) -> Text:
    shape, node = found.shape, found.node
    text = node.text if isinstance(node, n.Scalar) else ""
    short = quoted(text)[1:-1]
    if isinstance(node, n.Scalar) and TextDoc in shape.docs:
        if re.match(r"(zh|en)\s*[:：]", text):
            return Text("写半角冒号，后面空一格", "write a plain colon with a space after it")
        return Text(f"写成 `{{zh: {short}, en: …}}`", f"write `{{zh: {short}, en: …}}`")
    if isinstance(node, n.Scalar) and shape.takes(str):
        return Text(f"加引号：`'{short}'`", f"put it in quotes: `'{short}'`")
    if isinstance(node, n.Scalar) and shape.takes(list):
        return Text(f"写成 `[{short}]`", f"write `[{short}]`")
    if isinstance(node, n.Mapping) and shape.takes(list):
        return Text("每一项以 `- ` 开头", "begin each item with `- `")
    if isinstance(node, n.Sequence) and len(node.items) == 1 and shape.takes(str, int, bool, date):
        only = node.items[0]
        if isinstance(only, n.Scalar):
            word = quoted(only.text)
            return Text(f"去掉方括号：{word}", f"write it without brackets: {word}")
    if isinstance(node, n.Scalar) and shape.takes(bool) and text.casefold() in (*_YES, *_NO):
        meant = "true" if text.casefold() in _YES else "false"
        return Text(f"写 `{meant}`，不加引号", f"write `{meant}` without quotes")
    if isinstance(node, n.Scalar) and shape.takes(int, date) and not node.plain:
        return Text(f"去掉引号：`{short}`", f"write it without quotes: `{short}`")
    if isinstance(node, n.Scalar) and re.match(r"\w+\s*[:：]\S", text):
        return Text("写半角冒号，后面空一格", "write a plain colon with a space after it")
    if isinstance(node, n.Scalar) and shape.takes(int):
        return Text("只写数字，不带小数和单位", "write digits only, without decimals or a unit")
    if isinstance(node, n.Sequence) and TextDoc not in shape.docs and (shape.docs or shape.takes(dict)):
        return Text("去掉每行开头的 `- `，写成 `键: 值`", "write `key: value`, without the `- ` before it")
    if isinstance(node, n.Mapping) and node.entry("column"):
        return Text("栏只能作为运算符的值", "a column stands as the value of an operator only")
    return _write(shape)
