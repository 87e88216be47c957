"""A letter as it was read: text with blocks, fields and links, all given as offsets into the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class BlockKind(StrEnum):
    """What a block of text is in the letter."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    ITEM = "item"
    HEADER = "header"
    FOOTER = "footer"
    BOX = "box"


class FieldKind(StrEnum):
    """How a field is made in the file."""

    MERGE = "merge"  # MERGEFIELD, database field
    CONDITION = "condition"  # IF, conditional text
    VARIABLE = "variable"  # DOCVARIABLE, DOCPROPERTY, user field
    FORM = "form"  # legacy form field, input field
    CONTROL = "control"  # content control
    PLACEHOLDER = "placeholder"  # «X», {{x}}, [X] ... as plain text, placeholder field


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text between two line breaks: ``text[start:end]``; ``level`` of a heading is 1 to 9."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A merge field, content control or placeholder.

    ``text[start:end]`` is what stands in its place (``«MoedeDato»`` where the file shows nothing of its own).
    A condition has the spans of its branches; other fields may lie inside them.
    """

    name: str
    kind: FieldKind
    start: int
    end: int
    title: str = ""
    branches: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address behind ``text[start:end]``."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or letter template.

    ``text`` is NFC, lines separated by line feeds, without control characters; every block, field and link lies
    inside it. ``properties`` are the document's own (title, subject, keywords, custom properties by name).
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...] = ()
    fields: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_template(self) -> bool:
        """Whether something in the letter is still to be filled in."""
        return bool(self.fields)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with a plain dict, because a mapping proxy does not cross a process border."""
        values = (
            self.name,
            self.format,
            self.text,
            self.blocks,
            self.fields,
            self.links,
            dict(self.properties),
        )
        return _rebuild, values


def _rebuild(
    name: str,
    format_: str,
    text: str,
    blocks: tuple[Block, ...],
    fields: tuple[Field, ...],
    links: tuple[Link, ...],
    properties: dict[str, str],
) -> Letter:
    return Letter(name, format_, text, blocks, fields, links, MappingProxyType(properties))
