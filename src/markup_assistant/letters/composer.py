"""Puts text, paragraphs and marks of a document into a letter; no mark reaches into a line break."""

from contextlib import AbstractContextManager
from typing import NamedTuple

from markup_assistant.letters.builder import LetterBuilder, clean
from markup_assistant.letters.letter import BlockKind, FieldKind, Letter
from markup_assistant.letters.limits import MAX_NAME


class Place(NamedTuple):
    """A place in the text that is being put together."""

    position: int
    piece: int
    solid: int


class Composer:
    """Feeds a :class:`LetterBuilder`.

    A paragraph that ended is closed only when the next one opens, so that a field around whole paragraphs
    ends before the line break; runs of text are joined before they are cleaned, so that a letter and its
    accent that stand in two runs become one character.
    """

    def __init__(self, builder: LetterBuilder) -> None:
        self._builder = builder
        self._waiting: list[str] = []
        self._pieces: list[str] = []
        self._solid = 0
        self._ended: tuple[BlockKind, int] | None = None

    def text(self, text: str) -> None:
        """Add text to the open paragraph."""
        self._waiting.append(text)

    def open(self) -> None:
        """Begin a paragraph: what ended before is closed."""
        if self._ended is not None:
            self._flush()
            self._waiting.clear()
            kind, level = self._ended
            self._ended = None
            self._builder.close(kind, level)

    def end(self, kind: BlockKind, level: int = 0) -> None:
        """End the paragraph, saying what it was."""
        self._ended = (kind, level)

    def start(self) -> Place:
        """Return the place at which the next text will stand."""
        self.open()
        self._flush()
        return Place(self._builder.position, len(self._pieces), self._solid)

    def here(self) -> int:
        """Return the offset behind the last text."""
        self._flush()
        return self._builder.position

    def blank_since(self, place: Place) -> bool:
        """Whether nothing but white space was added since ``place``."""
        self._flush()
        return self._solid == place.solid

    def text_since(self, place: Place) -> str:
        """Return the text added since ``place``, no more than a name needs."""
        self._flush()
        found = ""
        for index in range(place.piece, len(self._pieces)):
            found += self._pieces[index][: MAX_NAME + 1]
            if len(found) > MAX_NAME:
                break
        return " ".join(found[:MAX_NAME].split())

    def mark(
        self,
        name: str,
        kind: FieldKind,
        place: Place,
        title: str = "",
        branches: tuple[tuple[int, int], ...] = (),
    ) -> None:
        """Mark what was added since ``place`` as a field."""
        self._flush()
        self._builder.mark_field(name, kind, place.position, title=title, branches=branches)

    def show_field(self, name: str, kind: FieldKind, shown: str = "", title: str = "") -> None:
        """Add a field that shows ``shown``, else its name in guillemets."""
        place = self.start()
        self.text(shown or f"«{name}»")
        self.mark(name, kind, place, title)

    def begin_link(self, url: str) -> AbstractContextManager[None]:
        """Begin a link; give what is returned to :meth:`end_link`."""
        self.start()
        link = self._builder.link(url)
        link.__enter__()
        return link

    def end_link(self, link: AbstractContextManager[None]) -> None:
        """End a link behind the last text."""
        self._flush()
        link.__exit__(None, None, None)

    def build(self, properties: dict[str, str]) -> Letter:
        """Close what is open and return the letter."""
        self.open()
        self._flush()
        return self._builder.build(properties)

    def _flush(self) -> None:
        """Hand on the text so far, but for line breaks at its end: they count only when more text follows."""
        if not self._waiting:
            return
        text = clean("".join(self._waiting))
        said = text.rstrip("\n")
        self._waiting = [text[len(said) :]] if len(said) < len(text) else []
        if said:
            self._pieces.append(said)
            self._solid += not said.isspace()
            self._builder.text(said)
