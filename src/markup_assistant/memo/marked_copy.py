"""Copies of letters and templates that carry their markup inside."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from markup_assistant.errors import CannotCarryError, FileUnreadableError, LetterError
from markup_assistant.letters.letter import Letter
from markup_assistant.memo.marked_opendocument import mark_opendocument, read_marked_opendocument
from markup_assistant.memo.marked_properties import NAMES
from markup_assistant.memo.marked_values import Marked, without_cpr
from markup_assistant.memo.marked_word import mark_word, read_marked_word

WORD = frozenset(("docx", "dotx", "docm", "dotm"))
OPENDOCUMENT = frozenset(("odt", "ott"))


def marked_copy(data: bytes, letter: Letter, marked: Marked) -> bytes:
    """Return the bytes of a letter's file with markup in it.

    ``letter`` is the file as read. No CPR number is written. Raises CannotCarryError for a format that cannot carry
    markup, DocumentSignedError, or LetterError.
    """
    if letter.format in WORD:
        return mark_word(data, letter.name, without_cpr(marked))
    if letter.format in OPENDOCUMENT:
        return mark_opendocument(data, letter.name, without_cpr(marked))
    raise CannotCarryError(file=letter.name, known=" ".join(f".{one}" for one in sorted(WORD | OPENDOCUMENT)))


def carried_markup(path: Path, letter: Letter) -> Marked | None:
    """Return the markup that a letter's file carries, or None; ``letter`` is the file as read.

    Where somebody has changed the properties in Word, they count, and the time is that of the file. What cannot be
    read says nothing: the letter itself was read.
    """
    if not any(name in letter.properties for name in NAMES):
        return None
    try:
        data = path.read_bytes()
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise FileUnreadableError(file=letter.name, reason=error.strerror or str(error)) from error
    try:
        if letter.format in WORD:
            marked = read_marked_word(data, letter.name)
        elif letter.format in OPENDOCUMENT:
            marked = read_marked_opendocument(data, letter.name)
        else:
            return None
    except LetterError:
        return None
    return replace(marked, at=changed) if marked and marked.at is None else marked
