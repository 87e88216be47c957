"""The line in which the caseworker types, and the list of subjects that follows while they type."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, Static

from markup_assistant.review.commands import Command, command_for
from markup_assistant.review.replies import Option

SHOWN_HITS = 5


class Prompt(Input):
    """Takes typed words, and keys that are commands: digits, arrows and Enter only while nothing is typed."""

    BINDING_GROUP_TITLE = ""

    @dataclass
    class Called(Message):
        """A key that is a command."""

        command: Command

    @dataclass
    class PartMoved(Message):
        """Tab or an arrow: the next part of the card, or (-1) the one before."""

        step: int

    @dataclass
    class HitMoved(Message):
        """An arrow while words are typed: another line of the list."""

        step: int

    @dataclass
    class Left(Message):
        """Escape: nothing is lost, the line is emptied and the whole card has the focus."""

    @dataclass
    class Paged(Message):
        """Page up or down: the letter is scrolled."""

        step: int

    async def _on_key(self, event: Key) -> None:
        message = self._meaning(event.key)
        if message is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(message)

    def _meaning(self, key: str) -> Message | None:
        empty = not self.value
        steps = {"tab": 1, "shift+tab": -1}
        if key in steps:
            return self.PartMoved(steps[key])
        if key in ("down", "up"):
            step = 1 if key == "down" else -1
            return self.PartMoved(step) if empty else self.HitMoved(step)
        if key in ("pagedown", "pageup"):
            return self.Paged(1 if key == "pagedown" else -1)
        if key == "escape":
            return self.Left()
        command = command_for(key, empty=empty)
        return self.Called(command) if command else None


class Hits(Static):
    """The subjects that what is being typed may mean, one of them marked."""

    def __init__(self) -> None:
        super().__init__(id="hits")
        self._options: tuple[Option, ...] = ()
        self._marked = 0
        self.display = False

    @property
    def chosen(self) -> Option | None:
        """The marked line, or None where nothing is listed."""
        return self._options[self._marked] if self._options else None

    def show(self, options: Sequence[Option]) -> None:
        """List other subjects, the first of them marked."""
        self._options = tuple(options[:SHOWN_HITS])
        self._marked = 0
        self.display = bool(self._options)
        self._draw()

    def move(self, step: int) -> None:
        """Mark another line."""
        if self._options:
            self._marked = (self._marked + step) % len(self._options)
            self._draw()

    def _draw(self) -> None:
        rows = []
        for place, option in enumerate(self._options):
            marked = place == self._marked
            style = "bold $block-cursor-foreground on $block-cursor-background" if marked else ""
            note = f"  {option.note}" if option.note else ""
            rows.append(Content.assemble((f"{'▸' if marked else ' '} {option.text}", style), (note, "$text-muted")))
        self.update(Content("\n").join(rows))
