"""The help of the review screen: for the part of the card that has the focus, then all keys and what can be typed."""

from markup_assistant.markup import Part
from markup_assistant.review.commands import COMMANDS
from markup_assistant.review.conversation import Conversation
from markup_assistant.tui.help_screen import HelpRow, HelpScreen
from markup_assistant.tui.status import key_name

MOVES = (
    ("Tab", "part"),
    ("1-9", "pick"),
    ("Esc", "escape"),
    ("PgUp PgDn", "page"),
    ("Shift+↑ ↓", "look_back"),
    ("Ctrl+P", "palette"),
)
"""Keys that move about and are no commands, each with the name of its sentence."""


def help_for(conversation: Conversation, topic: str) -> HelpScreen:
    """Return the help for a topic, else for what has the focus."""
    texts, here = conversation.texts, conversation.sitting
    part = next((one for one in Part if one.value == topic), here.part if here else None)
    paragraphs = [texts(f"review.help.{part.value}")] if part else [texts(f"review.help.{one.value}") for one in Part]
    moves = [HelpRow(key, texts(f"review.moves.{name}")) for key, name in MOVES]
    rows = [
        HelpRow(
            " ".join(key_name(key) for key in command.keys),
            texts(f"review.command.{command.id}.short"),
            texts(f"review.command.{command.id}.say"),
        )
        for command in COMMANDS
        if not command.id.startswith("pick")
    ]
    return HelpScreen(texts("review.help.screen"), [*moves, *rows], [*paragraphs, texts("review.help.more")], texts)
