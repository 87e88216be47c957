"""Puts a letter together block by block while keeping offsets right."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from markup_assistant.errors import TooLargeError
from markup_assistant.letters.letter import Block, BlockKind, Field, FieldKind, Letter, Link

MAX_TEXT = 2_000_000
"""Characters of text that a letter may have; the longest real one seen is far below a tenth of it."""

_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\x85]")


def clean(text: str) -> str:
    """Return text in NFC with plain spaces and without control characters, soft hyphens or lone surrogates."""
    text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _DROPPED.sub("", text))


class LetterBuilder:
    """Collects text into blocks; everything that it returns as offsets is in the finished letter's text.

    A block opens with the first text after :meth:`close` and gets the kind that was said last. Empty blocks vanish.
    """

    def __init__(self, name: str, format_: str) -> None:
        self.name = name
        self.format = format_
        self._parts: list[str] = []
        self._length = 0
        self._block_start = 0
        self._block_part = 0
        self._blocks: list[Block] = []
        self._fields: list[Field] = []
        self._links: list[Link] = []
        self.properties: dict[str, str] = {}

    @property
    def position(self) -> int:
        """Offset at which the next text will stand."""
        return self._length

    def text(self, text: str) -> None:
        """Add text to the open block (line breaks inside it stay inside the block)."""
        text = clean(text)
        if not text:
            return
        if self._length + len(text) > MAX_TEXT:
            raise TooLargeError(file=self.name, limit=f"{MAX_TEXT:,}".replace(",", ".") + " tegn")
        self._parts.append(text)
        self._length += len(text)

    def close(self, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> None:
        """End the open block, saying what it was."""
        start, end = self._block_start, self._length
        if "".join(self._parts[self._block_part :]).strip():
            self._blocks.append(Block(kind, start, end, level))
            self._newline()
        elif end > start:
            # Only white space: keep the offsets of what was marked in it, but make no block.
            self._newline()

    def field(self, name: str, kind: FieldKind, shown: str = "", title: str = "") -> None:
        """Add a field; ``shown`` is what the file shows in its place, else ``«name»``."""
        start = self._length
        self.text(shown or f"«{name}»")
        self.mark_field(name, kind, start, title=title)

    def mark_field(
        self,
        name: str,
        kind: FieldKind,
        start: int,
        *,
        title: str = "",
        branches: tuple[tuple[int, int], ...] = (),
    ) -> None:
        """Mark what was added since ``start`` as a field."""
        self._fields.append(Field(clean(name).strip(), kind, start, self._length, clean(title).strip(), branches))

    @contextmanager
    def link(self, url: str) -> Iterator[None]:
        """Mark the text added inside the context as a link."""
        start = self._length
        yield
        if url and self._length > start:
            self._links.append(Link(clean(url).strip(), start, self._length))

    def build(self, properties: Mapping[str, str] | None = None) -> Letter:
        """Close the open block and return the letter."""
        self.close()
        limit = self._blocks[-1].end if self._blocks else 0
        return Letter(
            name=self.name,
            format=self.format,
            text="".join(self._parts)[:limit],
            blocks=tuple(self._blocks),
            fields=tuple(
                sorted((f for f in self._fields if f.end <= limit), key=lambda f: (f.start, -f.end)),
            ),
            links=tuple(link for link in self._links if link.end <= limit),
            properties=MappingProxyType(dict(properties or self.properties)),
        )

    def _newline(self) -> None:
        self._parts.append("\n")
        self._length += 1
        self._block_start = self._length
        self._block_part = len(self._parts)
