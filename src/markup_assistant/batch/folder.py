"""Finds the letters of a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from markup_assistant.errors import FolderMissingError
from markup_assistant.letters.detect import SUFFIXES

_LOCK_PREFIXES = ("~$", ".~lock.", ".")
"""Beginnings of files that Word and LibreOffice lay beside an open letter, and of hidden files."""


def find_letters(folder: Path) -> tuple[Path, ...]:
    """Return the files below a folder that may be letters, in a fixed order; links to folders are not followed.

    Old ``.doc`` files are among them: each gets a row that says what to do with it.
    """
    return tuple(sorted(walk_letters(folder), key=lambda path: path.as_posix().casefold()))


def walk_letters(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that may be letters, as the system lists them; raises FolderMissingError."""
    if not folder.is_dir():
        raise FolderMissingError(folder=str(folder))
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.lower().endswith((*SUFFIXES, ".doc")) and not name.startswith(_LOCK_PREFIXES):
                yield Path(root, name)
