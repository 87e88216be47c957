"""Where letters come from: files read in a process that can be stopped, and standard input."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from markup_assistant.errors import LetterError, TooLargeError
from markup_assistant.letters.isolated_reader import IsolatedReader
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.limits import MAX_FILE, MB
from markup_assistant.letters.read import read_bytes, read_letter
from markup_assistant.letters.worker import WorkLimits

STANDARD_INPUT = "-"
PLAIN_SUFFIXES = (".txt", ".md")
OFFICE_SUFFIXES = (".docx", ".dotx", ".docm", ".dotm", ".odt", ".ott")
MAX_PLAIN = 256 * 1024
"""Bytes up to which text and Office files are read in this process: our own readers bound what such a file can take
(``letters/limits.py``), and a process of its own costs a tenth of a second. Formats that others read for us (PDF,
HTML) always have one."""


_OTHERS = (b"%PDF", b"{\\rtf", b"PK", b"\xd0\xcf\x11\xe0", b"<")
"""Beginnings of files that are no plain text, whatever their name."""


class SafeReader:
    """Reads files one after the other: what our own readers bound here, all else in a process that can be stopped."""

    def __init__(self, seconds: float) -> None:
        """``seconds`` is how long one file may take."""
        self._reader = IsolatedReader(WorkLimits(seconds=seconds))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._reader.__exit__(*details)

    def begin(self, file: str) -> None:
        """Start to read a file that :meth:`read` will be asked for next, where another process reads it."""
        if not _is_plain(file):
            self._reader.begin(file)

    def read(self, file: str) -> Letter:
        """Read a letter; raises LetterError."""
        return read_letter(file) if _is_plain(file) else self._reader.read(file)


class LetterSource:
    """Reads the letters of a command line one after the other, each while the caller is busy with the one before."""

    def __init__(self, files: Sequence[str], seconds: float, standard_input: BinaryIO) -> None:
        """``seconds`` is how long one file may take."""
        self._files = files
        self._standard_input = standard_input
        self._reader = SafeReader(seconds)
        self._begin(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._reader.__exit__(*details)

    def __iter__(self) -> Iterator[tuple[str, Letter | LetterError]]:
        """Yield each file with its letter, or with the error that it cost."""
        for place, file in enumerate(self._files):
            try:
                outcome: Letter | LetterError = self._read(file)
            except LetterError as error:
                outcome = error
            self._begin(place + 1)
            yield file, outcome

    def _begin(self, place: int) -> None:
        if place < len(self._files):
            self._reader.begin(self._files[place])

    def _read(self, file: str) -> Letter:
        return self._read_standard_input() if file == STANDARD_INPUT else self._reader.read(file)

    def _read_standard_input(self) -> Letter:
        data = self._standard_input.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise TooLargeError(file=STANDARD_INPUT, limit=f"{MAX_FILE // MB} MB")
        return read_bytes(data, STANDARD_INPUT)


def _is_plain(file: str) -> bool:
    """Whether a file is small and plain text or Office by name and content, so that no other reader sees it."""
    if file == STANDARD_INPUT:
        return True
    with suppress(OSError, ValueError):
        path = Path(file)
        suffix = path.suffix.lower()
        if suffix in PLAIN_SUFFIXES + OFFICE_SUFFIXES and path.is_file() and path.stat().st_size <= MAX_PLAIN:
            with path.open("rb") as stream:
                head = stream.read(1024).lstrip()
            return head.startswith(b"PK") if suffix in OFFICE_SUFFIXES else not head.startswith(_OTHERS)
        # A missing file is told apart without starting a process.
        return not path.exists()
    return True
