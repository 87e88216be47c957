"""The line at the top (how far the work has come) and the keys at the bottom."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from markup_assistant.review.commands import COMMANDS, Command
from markup_assistant.review.conversation import Conversation
from markup_assistant.texts import Texts

_KEY_NAMES = {"enter": "Enter", "question_mark": "?", "right": "→", "left": "←"}
_SHORT_NAMES = {"enter": "↵"}

_LAST_TO_GO = ("accept", "help", "quit", "undo", "why", "browse", "skip")
"""Which hints stay where not all have room: the first of these the longest."""


class Status(Static):
    """Place in the queue, what is decided, what is sure, the queue, the folder and the edition of KLE.

    Where they do not all have room, the last of them go.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._work: tuple[str, ...] = ()
        self._where: tuple[str, ...] = ()

    def tell(self, conversation: Conversation) -> None:
        """Show how far the work has come."""
        told = tuple(_work(conversation)), tuple(_where(conversation))
        if told != (self._work, self._where):
            self._work, self._where = told
            self._draw()

    def say(self, sentence: str) -> None:
        """Show a sentence until there is something else to tell."""
        self._work, self._where = (sentence,), ()
        self._draw()

    def on_resize(self) -> None:
        """Use the room that there is."""
        self._draw()

    def _draw(self) -> None:
        work, where = list(self._work), list(self._where)
        line = _line(work, where)
        while line.cell_length > self.content_size.width and (where or len(work) > 1):
            (where or work).pop()
            line = _line(work, where)
        self.update(line)


def _line(work: list[str], where: list[str]) -> Content:
    gap = "  " if where else ""
    return Content.assemble((" · ".join(work), "bold"), gap, (" · ".join(where), "$text-muted"))


def _work(conversation: Conversation) -> Iterator[str]:
    """Yield how far the work has come, the most wanted first."""
    texts, pile = conversation.texts, conversation.desk.pile
    progress = pile.progress()
    place, length = conversation.place()
    if not pile.complete:
        yield texts("review.screen.filling")
        return
    if place:
        yield texts("review.screen.place", place=place, length=length)
    yield texts("review.screen.decided", decided=progress.decided, total=progress.total)
    if progress.read < progress.total:
        yield texts("review.screen.read", read=progress.read, total=progress.total)
    else:
        sure = round(100 * progress.sure / progress.read) if progress.read else 0
        yield texts("review.screen.sure", sure=sure)
    yield texts("review.screen.today", now=conversation.decided_now)


def _where(conversation: Conversation) -> Iterator[str]:
    yield conversation.words.queue(conversation.queue)
    yield conversation.desk.folder.name or str(conversation.desk.folder)
    yield conversation.desk.catalogue.name


class KeyHint(Static):
    """A key with what it does; a click does it too."""

    @dataclass
    class Called(Message):
        """The hint was clicked."""

        command: Command

    def __init__(self, command: Command, texts: Texts) -> None:
        super().__init__(classes="key")
        self.command = command
        self._label = texts(f"review.key.{command.id}")

    def width_of(self, *, short: bool) -> int:
        """Return the cells that the hint takes."""
        return self._content(short=short).cell_length + 2

    def draw(self, *, short: bool) -> None:
        """Write the key's name out, or short where room is scarce."""
        self.update(self._content(short=short))

    def on_click(self, _: Click) -> None:
        """Do what the key does."""
        self.post_message(self.Called(self.command))

    def _content(self, *, short: bool) -> Content:
        key = self.command.keys[0]
        name = _SHORT_NAMES.get(key, key_name(key).replace("Ctrl+", "^")) if short else key_name(key)
        return Content.assemble((name, "bold $text-accent"), f" {self._label}")


class Keys(Horizontal):
    """The few keys that are always worth knowing, as many of them as have room."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="keys")
        self._hints = [KeyHint(command, texts) for command in COMMANDS if command.shown]

    def compose(self) -> ComposeResult:
        """Show the hints."""
        yield from self._hints

    def on_resize(self) -> None:
        """Choose what has room."""
        width = self.size.width
        short = sum(hint.width_of(short=False) for hint in self._hints) > width
        for hint in sorted(self._hints, key=lambda hint: _LAST_TO_GO.index(hint.command.id)):
            width -= hint.width_of(short=short)
            hint.display = width >= 0
            hint.draw(short=short)


def key_name(key: str) -> str:
    """Return a key as it is printed on keyboards."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key.removeprefix('ctrl+').upper()}"
    return _KEY_NAMES.get(key, key.upper())
