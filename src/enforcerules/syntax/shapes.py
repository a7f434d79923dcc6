"""What a document type expects at a place: asked only when something there is wrong."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import Tag

from enforcerules.syntax.documents import Doc

Step = str | int


class Shape(NamedTuple):
    """What may stand at a place.

    `options` are the alternatives by their tags, which are empty where nothing tells them apart.
    `required` is false where the place may stay away; `many` tells that it is an item of a list or an
    entry under a name of somebody's own.
    """

    options: tuple[tuple[str, Any], ...]
    required: bool = True
    many: bool = False

    @property
    def kinds(self) -> tuple[Any, ...]:
        """The alternatives."""
        return tuple(kind for _, kind in self.options)

    @property
    def docs(self) -> tuple[type[Doc], ...]:
        """The blocks among the alternatives."""
        return tuple(kind for kind in self.kinds if isinstance(kind, type) and issubclass(kind, Doc))

    @property
    def words(self) -> list[str]:
        """The words that may stand here, where only some may."""
        return [str(word) for kind in self.kinds if get_origin(kind) is Literal for word in get_args(kind)]

    def takes(self, *kinds: type) -> bool:
        """Tell whether a plain value or container of one of `kinds` may stand here."""
        return any(kind in kinds or get_origin(kind) in kinds for kind in self.kinds)

    def tagged(self, tag: str) -> Shape:
        """Return the shape narrowed to the alternative with `tag`."""
        found = tuple(option for option in self.options if option[0] == tag)
        return self._replace(options=found) if found else self

    def keys(self) -> dict[str, Shape]:
        """Return what the keys of the blocks here hold."""
        return {
            field.alias or name: Shape(tuple(_options(field.annotation)), field.is_required())
            for doc in self.docs
            for name, field in doc.model_fields.items()
        }

    def inside(self, step: Step) -> Shape | None:
        """Return the shape of what stands under `step`, or None when the step leads nowhere."""
        if isinstance(step, str) and (found := self.keys().get(step)) is not None:
            return found
        for kind in self.kinds:
            wanted = list if isinstance(step, int) else dict
            if get_origin(kind) is wanted:
                return Shape(tuple(_options(get_args(kind)[-1])), many=True)
        return None


def shape_of(doc: type[Doc]) -> Shape:
    """Return the shape of a whole file."""
    return Shape((("", doc),))


def _options(annotation: Any, tag: str = "") -> Iterator[tuple[str, Any]]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        tag = next((mark.tag for mark in arguments[1:] if isinstance(mark, Tag)), tag)
        yield from _options(arguments[0], tag)
    elif origin in (Union, types.UnionType):
        for option in arguments:
            yield from _options(option, tag)
    elif annotation is not type(None):
        yield tag, annotation
