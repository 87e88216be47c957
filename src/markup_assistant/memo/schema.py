"""The table of MeMo's elements, read off the classes of a message: what writing, reading and checking follow."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from markup_assistant.memo.message import Message
from markup_assistant.memo.simple import NAMESPACES, AtMost, NeededIn, Simple, Since

_UPPER = {"id": "ID", "uuid": "UUID"}


@dataclass(frozen=True, slots=True)
class Part:
    """One place in an element: the attribute that holds it and the element that it is written as.

    ``holds`` is a simple type or the class of an element with parts; it stands ``low`` to ``high`` times (no limit: 0).
    ``since`` is the version that first has it, ``needed_in`` one that must have it as a yes or no.
    """

    attribute: str
    name: str
    tag: str
    holds: Simple | type
    low: int
    high: int
    since: str = ""
    needed_in: str = ""

    @property
    def many(self) -> bool:
        """Whether the attribute is a tuple."""
        return self.high != 1


@dataclass(frozen=True, slots=True)
class Element:
    """An element with parts, in the order in which they must stand."""

    name: str
    tag: str
    parts: tuple[Part, ...]
    by_tag: Mapping[str, Part]


def element_of(kind: type) -> Element:
    """Return the table's row for a class of a message."""
    return _row(kind)


def find_part(path: str) -> Part | None:
    """Return what stands at a path below the message, ``MessageHeader/Sender/label``, or None."""
    part: Part | None = None
    holds: Simple | type = Message
    for name in path.split("/"):
        if isinstance(holds, Simple):
            return None
        part = next((part for part in element_of(holds).parts if part.name == name), None)
        if part is None:
            return None
        holds = part.holds
    return part


@cache
def _row(kind: type) -> Element:
    hints = get_type_hints(kind, include_extras=True)
    parts = []
    for field in fields(kind):
        has_default = field.default is not MISSING
        part = _part(kind, field.name, hints[field.name], has_default=has_default)
        if part is not None:
            parts.append(part)
    return Element(kind.__name__, _tag(kind, kind.__name__), tuple(parts), {part.tag: part for part in parts})


def _part(kind: type, attribute: str, hint: Any, *, has_default: bool) -> Part | None:
    extras = _extras(hint)
    inner = _without_none(hint)
    most = next((extra.count for extra in extras if isinstance(extra, AtMost)), 1)
    if get_origin(inner) is tuple:
        inner, most = get_args(inner)[0], (most if most > 1 else 0)
    since = next((extra.version for extra in extras if isinstance(extra, Since)), "")
    needed = next((extra.version for extra in extras if isinstance(extra, NeededIn)), "")
    simple = next((extra for extra in extras if isinstance(extra, Simple)), None)
    low = 0 if has_default else 1
    if simple is not None:
        name = _element_name(attribute)
        return Part(attribute, name, _tag(kind, name), simple, low, most, since, needed)
    if inner is str:
        return None  # the version: an attribute in XML, not an element
    return Part(attribute, inner.__name__, _tag(inner, inner.__name__), inner, low, most, since, needed)


def _extras(hint: Any) -> list[Any]:
    """Return what a type is annotated with, also inside ``X | None``."""
    if get_origin(hint) is Annotated:
        return [*hint.__metadata__, *_extras(get_args(hint)[0])]
    if get_origin(hint) in (Union, types.UnionType):
        return [extra for inner in get_args(hint) for extra in _extras(inner)]
    return []


def _without_none(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return _without_none(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        return _without_none(next(inner for inner in get_args(hint) if inner is not type(None)))
    return hint


def _element_name(attribute: str) -> str:
    first, *rest = attribute.split("_")
    return first + "".join(_UPPER.get(word, word.capitalize()) for word in rest)


def _tag(kind: type, name: str) -> str:
    return f"{{{NAMESPACES[getattr(kind, 'prefix', 'memo')]}}}{name}"
