"""The line in which the caseworker types, and the list of subjects that follows while they type."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Click, Key
from textual.message import Message
from textual.widgets import Input, Static

from markup_assistant.review.commands import Command, command_for
from markup_assistant.review.intents import Pick
from markup_assistant.review.replies import Option

SHOWN_HITS = 5

NUMBER_SECONDS = 1.0
"""A digit picks at once; one that is followed by another or a full stop within this was the beginning of a number."""

_PART_STEPS = {"tab": 1, "shift+tab": -1}
_ARROWS = {"down": 1, "up": -1}
_PAGES = {"pagedown": 1, "pageup": -1}
_LOOKS_BACK = {"shift+down": 1, "ctrl+down": 1, "shift+up": -1, "ctrl+up": -1}


class Prompt(Input):
    """Takes typed words, and keys that are commands: digits, arrows and Enter only while nothing is typed."""

    BINDING_GROUP_TITLE = ""

    @dataclass
    class Called(Message):
        """A key that is a command."""

        command: Command

    class NumberMeant(Message):
        """The digit that has just picked was the beginning of a number, which stands in the line now."""

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
        """Escape: the list, what is typed and the focus are left one after the other."""

    @dataclass
    class Paged(Message):
        """Page up or down: the letter is scrolled."""

        step: int

    @dataclass
    class LookedBack(Message):
        """Shift or Ctrl with an arrow: the conversation is scrolled."""

        step: int

    def __init__(self, placeholder: str, choices: Callable[[], int], takes_numbers: Callable[[], bool]) -> None:
        """``choices`` is how many things a digit can pick now, ``takes_numbers`` whether they are subjects."""
        super().__init__(placeholder=placeholder, id="prompt", select_on_focus=False)
        self._choices = choices
        self._takes_numbers = takes_numbers
        self._picked = ""
        self._picked_at = 0.0

    async def _on_key(self, event: Key) -> None:
        if self._goes_on(event):
            self.value = self._picked + (event.character or "")
            self.cursor_position = len(self.value)
            self._picked = ""
            message: Message | None = self.NumberMeant()
        else:
            message = self._meaning(event.key)
            self._remember_pick(message, event.key)
        if message is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(message)

    def _goes_on(self, event: Key) -> bool:
        """Whether a key goes on with the number whose first digit was taken for a choice."""
        character = event.character or ""
        begun = self._picked and not self.value and time.monotonic() - self._picked_at < NUMBER_SECONDS
        return bool(begun) and (character in tuple("0123456789."))

    def _remember_pick(self, message: Message | None, key: str) -> None:
        is_pick = isinstance(message, self.Called) and isinstance(message.command.intent, Pick)
        self._picked = key if is_pick and self._takes_numbers() else ""
        self._picked_at = time.monotonic()

    def _meaning(self, key: str) -> Message | None:
        empty = not self.value
        if key in _PART_STEPS:
            return self.PartMoved(_PART_STEPS[key])
        if key in _ARROWS:
            return self.PartMoved(_ARROWS[key]) if empty else self.HitMoved(_ARROWS[key])
        if key in _PAGES:
            return self.Paged(_PAGES[key])
        if key in _LOOKS_BACK:
            return self.LookedBack(_LOOKS_BACK[key])
        if key == "escape":
            return self.Left()
        command = command_for(key, empty=empty)
        if command is None or (isinstance(command.intent, Pick) and command.intent.place > self._choices()):
            return None  # a digit with nothing to pick is the beginning of a number
        return self.Called(command)


class Hits(Static):
    """The subjects that what is being typed may mean, one of them marked."""

    @dataclass
    class Clicked(Message):
        """A subject was clicked."""

        option: Option

    def __init__(self) -> None:
        super().__init__(id="hits")
        self._options: tuple[Option, ...] = ()
        self._marked = 0
        self._query = ""
        self.display = False

    def chosen(self, text: str) -> Option | None:
        """Return the marked line; None where nothing is listed, or where the list is of something typed before."""
        return self._options[self._marked] if self._options and text == self._query else None

    def show(self, query: str, options: Sequence[Option]) -> None:
        """List the subjects that a query found, the first of them marked."""
        self._query = query
        self._options = tuple(options[:SHOWN_HITS])
        self._marked = 0
        self.display = bool(self._options)
        self._draw()

    def hide(self) -> None:
        """List nothing."""
        self.show("", ())

    def move(self, step: int) -> None:
        """Mark another line."""
        if self._options:
            self._marked = (self._marked + step) % len(self._options)
            self._draw()

    def on_click(self, event: Click) -> None:
        """Take what was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.y < len(self._options):
            self.post_message(self.Clicked(self._options[offset.y]))

    def _draw(self) -> None:
        rows = []
        for place, option in enumerate(self._options):
            marked = place == self._marked
            style = "bold $block-cursor-foreground on $block-cursor-background" if marked else ""
            note = f"  {option.note}" if option.note else ""
            rows.append(Content.assemble((f"{'▸' if marked else ' '} {option.text}", style), (note, "$text-muted")))
        self.update(Content("\n").join(rows))
