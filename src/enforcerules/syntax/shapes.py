"""What a document type expects at a place: asked only when something there is wrong."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import Tag

from enforcerules.syntax.documents import Doc

Step = str | int


class Shape(NamedTuple):
    """The alternatives that may stand at a place. `required` is false where the place may stay empty."""

    options: tuple[Any, ...]
    required: bool = True
    listed: bool = False
    """Whether the place is one of many: an item of a list, or an entry under a name of one's own."""

    @property
    def docs(self) -> tuple[type[Doc], ...]:
        """The blocks among the alternatives."""
        return tuple(option for option in self.options if isinstance(option, type) and issubclass(option, Doc))

    def takes(self, kind: type) -> bool:
        """Tell whether a plain `kind`, such as str or list, may stand here."""
        return any(option is kind or get_origin(option) is kind for option in self.options)


def shape_of(doc: type[Doc]) -> Shape:
    """Return the shape of a whole file."""
    return Shape((doc,))


def inside(shape: Shape, step: Step) -> Shape | None:
    """Return the shape of what stands under `step`, or None when the step leads nowhere."""
    for option in shape.options:
        if isinstance(step, str) and isinstance(option, type) and issubclass(option, Doc):
            for name, field in option.model_fields.items():
                if (field.alias or name) == step:
                    return Shape(tuple(_options(field.annotation)), field.is_required())
        arguments = get_args(option)
        if get_origin(option) is list and isinstance(step, int):
            return Shape(tuple(_options(arguments[0])), listed=True)
        if get_origin(option) is dict:
            return Shape(tuple(_options(arguments[1])), listed=True)
    return None


def narrowed(shape: Shape, tag: str, tagged: Any) -> Shape:
    """Return the alternative with `tag` among those of the annotation `tagged`."""
    for option in _union(tagged):
        if get_origin(option) is Annotated:
            kind, *marks = get_args(option)
            if any(isinstance(mark, Tag) and mark.tag == tag for mark in marks):
                return Shape(tuple(_options(kind)), shape.required, shape.listed)
    return shape


def words_of(shape: Shape) -> list[str]:
    """Return the words that may stand here where only some may."""
    return [str(word) for option in shape.options if get_origin(option) is Literal for word in get_args(option)]


def _options(annotation: Any) -> Iterator[Any]:
    for option in _union(annotation):
        if get_origin(option) is Annotated:
            yield from _options(get_args(option)[0])
        elif option is not type(None):
            yield option


def _union(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) in (Union, types.UnionType):
        annotation = get_args(annotation)[0]
    return get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
