"""The line at the top (how far the work has come) and the keys at the bottom."""

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

_KEY_NAMES = {"enter": "↵", "question_mark": "?", "right": "→", "left": "←"}


class Status(Static):
    """Place in the queue, what is decided, what is sure, the folder and the edition of KLE."""

    def tell(self, conversation: Conversation) -> None:
        """Show how far the work has come."""
        texts, progress = conversation.texts, conversation.desk.pile.progress()
        place, length = conversation.place()
        sure = round(100 * progress.sure / progress.read) if progress.read else 0
        said = texts(
            "review.screen.status",
            place=place,
            length=length,
            decided=progress.decided,
            total=progress.total,
            sure=sure,
            now=conversation.decided_now,
        )
        here = texts(
            "review.screen.where",
            queue=conversation.words.queue(conversation.queue),
            folder=conversation.desk.folder.name or str(conversation.desk.folder),
            catalogue=conversation.desk.catalogue.name,
        )
        self.update(Content.assemble((said, "bold"), "  ", (here, "$text-muted")))


class KeyHint(Static):
    """A key with what it does; a click does it too."""

    @dataclass
    class Called(Message):
        """The hint was clicked."""

        command: Command

    def __init__(self, command: Command, texts: Texts) -> None:
        key = key_name(command.keys[0])
        label = texts(f"review.key.{command.id}")
        super().__init__(Content.assemble((key, "bold $text-accent"), f" {label}"), classes="key")
        self._command = command

    def on_click(self, _: Click) -> None:
        """Do what the key does."""
        self.post_message(self.Called(self._command))


class Keys(Horizontal):
    """The few keys that are always worth knowing."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(id="keys")
        self._texts = texts

    def compose(self) -> ComposeResult:
        """Make a hint for each."""
        for command in COMMANDS:
            if command.shown:
                yield KeyHint(command, self._texts)


def key_name(key: str) -> str:
    """Return a key as it is printed on keyboards."""
    return _KEY_NAMES.get(key, key.replace("ctrl+", "^").upper())
