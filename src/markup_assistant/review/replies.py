"""What the assistant answers: values that the screen and the plain chat each show in their own way."""

from dataclasses import dataclass
from enum import StrEnum

from markup_assistant.review.intents import Intent


class Tone(StrEnum):
    """How a sentence is meant; shown by a sign and a word, never by colour alone."""

    PLAIN = "plain"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, ready to be read."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a list; ``intent`` is what happens when it is picked, ``note`` stands dimmed to the right."""

    text: str
    intent: Intent
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Numbered choices below a sentence: the digit picks one."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The card of the letter as it stands now (the conversation's ``draft``)."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Text to be shown as it is, line by line: XML, the difference of two texts."""

    title: str
    lines: tuple[str, ...]
    syntax: str = ""


Reply = Said | Listing | Card | Quote
