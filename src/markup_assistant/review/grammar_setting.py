"""What a typed line is understood in, and what a part of it was read as."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.markup import NO_MARKUP, Markup, Part
from markup_assistant.suggest.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands on the screen when a line is typed.

    Attributes:
        catalogue: the KLE edition in use.
        organisation: the units that a letter can belong to.
        subjects: KLE numbers as they are numbered on the card, best first; where other subjects are listed
            on the screen, those.
        draft: the card as it stands.
        written: the date of the letter, from which ``om 14 dage`` is counted.
        listed: how many numbered options are on the screen, 0 for none but the card's.
        part: the part of the card that has the focus.
        today: the day on which the line is typed.
    """

    catalogue: Catalogue
    organisation: Organisation
    today: date
    subjects: tuple[str, ...] = ()
    draft: Markup = NO_MARKUP
    written: date | None = None
    listed: int = 0
    part: Part | None = None

    @property
    def places(self) -> int:
        """How many numbered options can be named."""
        return self.listed or len(self.subjects)


class Doubt(StrEnum):
    """Why a line must be asked back about, or was not understood; ``about`` of the answer holds the words."""

    SEVERAL = "several"  # it can mean several things
    SLIP = "slip"  # it is nearly a command
    NUMBER = "number"  # no such KLE number; the options are the nearest
    FACET = "facet"  # no such facet; the options are the nearest
    PLACE = "place"  # no option of that number on the screen
    UNIT = "unit"  # no such unit; the options are those most alike
    DAY = "day"  # no such day in the calendar, or a time of day without a day
    EMPTY = "empty"  # nothing was typed
    LONG = "long"  # too long for a line: pasted text
    STRANGE = "strange"  # no words: signs, a number that is none of KLE's


@dataclass(frozen=True, slots=True)
class Reading:
    """What words were read as: one value, or several of which the ``doubt`` says why it cannot be told.

    ``cost`` grows with what had to be forgiven: 0 is as it should be written, 1 hardly that.
    """

    values: tuple[object, ...]
    cost: float = 0.0
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """Values that are all meant: ``tilføj betaling og underskrift``."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of the line: ``text`` as typed, ``words`` folded."""

    text: str
    words: tuple[str, ...]
