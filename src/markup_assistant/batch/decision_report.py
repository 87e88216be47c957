"""What came of taking in a file: how much was taken, and each row that was not, with why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from markup_assistant.errors import LetterError
from markup_assistant.letters.masking import mask_cpr

MAX_SAID = 200
"""Characters of a cell that are repeated."""

MAX_PROBLEMS = 10_000
"""Rows of one file that are named; of more only the number is told."""


class Fault(StrEnum):
    """Why a row was not taken; the sentence is ``transfer.fault.NAME``."""

    WRONG_ROW = "wrong_row"  # of an export: something in it cannot be read
    ID_TAKEN = "id_taken"  # of an export: another decision has its id
    WRONG_LINE = "wrong_line"  # of labelled texts: ``evaluate.line.REASON`` says what
    NO_LETTER = "no_letter"
    UNMATCHED = "unmatched"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"
    NO_NUMBER = "no_number"
    DATE = "date"  # where a spreadsheet has made a date of the number
    UNKNOWN_NUMBER = "unknown_number"
    LAPSED = "lapsed"
    UNKNOWN_FACET = "unknown_facet"
    TWO_FACETS = "two_facets"
    UNKNOWN_ACTION = "unknown_action"
    UNKNOWN_TARGET = "unknown_target"
    CONTRADICTION = "contradiction"
    DIFFERING = "differing"
    OTHER_TEXT = "other_text"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was not taken.

    Attributes:
        line: where it stands, from 1.
        fault: why.
        letter: what the row says of its letter, or the letter's name.
        got: the words that are wrong.
        nearest: what may have been meant, likeliest first; never taken without being asked for.
        error: why a letter cannot be read.
        reason: for ``WRONG_LINE`` the end of the key of a sentence, with the ``facts`` that it names.
    """

    line: int
    fault: Fault
    letter: str = ""
    got: str = ""
    nearest: tuple[str, ...] = ()
    error: LetterError | None = None
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file.

    Attributes:
        kind: ``decisions`` (an export or a backup), ``list`` (a municipality's own) or ``texts`` (labelled ones).
        read: rows that are not empty; all of them are among ``taken``, ``already``, ``duplicates`` and ``left``.
        taken: decisions that were made or taken over; ``already``: rows that say what holds already;
        duplicates: rows that say the same as one above them; ``left``: rows that were not taken, see ``problems``.
        letters: letters whose text came along with them.
        conflicts: letters among those taken on which people have decided differently.
        columns: which heading was taken for what.
    """

    kind: str
    read: int = 0
    taken: int = 0
    already: int = 0
    duplicates: int = 0
    letters: int = 0
    conflicts: int = 0
    problems: tuple[Problem, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def left(self) -> int:
        """How many rows were not taken."""
        return self.read - self.taken - self.already - self.duplicates


def shown(value: object) -> str:
    """Return what a file says as it may be repeated: on one line, not endless, without CPR numbers.

    Nor with signs that a terminal would obey.
    """
    words = mask_cpr(" ".join(str(value)[: MAX_SAID * 4].split()))
    words = "".join(sign if sign.isprintable() else "\ufffd" for sign in words)
    return words if len(words) <= MAX_SAID else words[: MAX_SAID - 1] + "…"
