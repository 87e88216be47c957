"""Reads a file of any known format into a letter."""

import stat
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from markup_assistant.errors import (
    AssistantError,
    DamagedError,
    FileMissingError,
    FileUnreadableError,
    FolderGivenError,
    TooLargeError,
)
from markup_assistant.letters.detect import EML, HTML, MARKDOWN, OFFICE, OPENDOCUMENT, PDF, RTF, TEXT, detect
from markup_assistant.letters.letter import Field, FieldKind, Letter
from markup_assistant.letters.limits import MAX_FILE, MB
from markup_assistant.letters.placeholders import find_placeholders

_READERS = {
    OFFICE: ("office", "read_office"),
    OPENDOCUMENT: ("opendocument", "read_opendocument"),
    PDF: ("pdf", "read_pdf"),
    RTF: ("rtf", "read_rtf"),
    HTML: ("html", "read_html"),
    EML: ("mail", "read_mail"),
    MARKDOWN: ("text", "read_markdown"),
    TEXT: ("text", "read_text"),
}

_FILLED = frozenset({FieldKind.MERGE, FieldKind.FORM, FieldKind.VARIABLE, FieldKind.PLACEHOLDER})
"""Fields whose shown text is their own: a placeholder typed inside is the same place once more."""


def read_letter(path: str | Path) -> Letter:
    """Read a letter or letter template; its name is the path as given.

    Raises:
        LetterError: one of its kinds, each naming the file.
    """
    name = Path(path).as_posix()
    return read_bytes(_contents(Path(path), name), name)


def read_bytes(data: bytes, name: str) -> Letter:
    """Read a letter from its bytes; ``name`` is what the letter and its errors are called.

    Raises:
        LetterError: one of its kinds.
    """
    if len(data) > MAX_FILE:
        raise TooLargeError(file=name, limit=f"{MAX_FILE // MB} MB")
    format_ = detect(data, name)
    try:
        letter = _reader(format_)(data, name)
    except (AssistantError, MemoryError):
        raise
    except Exception as error:
        # A reader met what nobody thought of: one file is lost and named, not the folder.
        raise DamagedError(file=name, format=format_, reason=type(error).__name__) from error
    return _with_placeholders(letter)


def _contents(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FolderGivenError(file=name)
        if not stat.S_ISREG(status.st_mode):
            raise FileUnreadableError(file=name, reason=stat.filemode(status.st_mode))
        if status.st_size > MAX_FILE:
            raise TooLargeError(file=name, limit=f"{MAX_FILE // MB} MB")
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise FileMissingError(file=name) from None
    except OSError as error:
        raise FileUnreadableError(file=name, reason=error.strerror or type(error).__name__) from None


def _reader(format_: str) -> Callable[[bytes, str], Letter]:
    """Return the reader of a format; only then is it imported, because each costs start-up time."""
    module, function = _READERS[format_]
    read: Callable[[bytes, str], Letter] = getattr(import_module(f"{__package__}.{module}"), function)
    return read


def _with_placeholders(letter: Letter) -> Letter:
    """Add what is typed as a placeholder, unless a field of the file stands there already."""
    found = find_placeholders(letter.text)
    if not found:
        return letter
    taken = {(field.start, field.end) for field in letter.fields}
    starts, ends = _covered(letter.fields)
    added = [field for field in found if (field.start, field.end) not in taken and not _lies_in(field, starts, ends)]
    fields = sorted([*letter.fields, *added], key=lambda field: (field.start, -field.end))
    return replace(letter, fields=tuple(fields))


def _covered(fields: tuple[Field, ...]) -> tuple[list[int], list[int]]:
    """Return starts and ends of the stretches that filled fields cover, without overlaps.

    The field that a condition asks lies on the whole condition; its branches are text like any other.
    """
    conditions = {(field.start, field.end) for field in fields if field.kind == FieldKind.CONDITION}
    starts: list[int] = []
    ends: list[int] = []
    for field in sorted(fields, key=lambda field: field.start):
        if field.kind not in _FILLED or (field.start, field.end) in conditions:
            continue
        if ends and field.start < ends[-1]:
            ends[-1] = max(ends[-1], field.end)
        else:
            starts.append(field.start)
            ends.append(field.end)
    return starts, ends


def _lies_in(field: Field, starts: list[int], ends: list[int]) -> bool:
    index = bisect_right(starts, field.start) - 1
    return index >= 0 and field.end <= ends[index]
