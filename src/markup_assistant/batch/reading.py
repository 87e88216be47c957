"""Where letters come from: files read in a process that can be stopped, and standard input."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from markup_assistant.errors import TooLargeError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.limits import MAX_FILE, MB
from markup_assistant.letters.read import read_bytes, read_letter

if TYPE_CHECKING:
    from markup_assistant.letters.isolation import GuardedPool, Pending

STANDARD_INPUT = "-"
PLAIN_SUFFIXES = (".txt", ".md")
MAX_PLAIN = 256 * 1024
"""Bytes up to which a text file is read in this process: nothing in it can hang or swell, and a process costs
a tenth of a second."""


class LetterSource:
    """Reads the letters of a command line one after the other.

    Files are handed to a worker process as soon as :meth:`start` names them, so that they are read while the
    caller does something else.
    """

    def __init__(self, seconds: float, standard_input: BinaryIO) -> None:
        """``seconds`` is how long one file may take."""
        self._seconds = seconds
        self._standard_input = standard_input
        self._pool: GuardedPool | None = None
        self._pending: dict[str, Pending[Letter]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.stop()

    def start(self, files: Sequence[str]) -> None:
        """Begin to read files in the background."""
        guarded = [file for file in dict.fromkeys(files) if file != STANDARD_INPUT and not _is_plain(Path(file))]
        if not guarded:
            return
        from markup_assistant.letters.isolation import GuardedPool, WorkLimits  # noqa: PLC0415 - costs start-up time

        self._pool = GuardedPool(1, WorkLimits(seconds=self._seconds))
        self._pending = {file: self._pool.submit(read_letter, file, file=file) for file in guarded}

    def read(self, file: str) -> Letter:
        """Return the letter in a file, or the one on standard input for ``-``; raises LetterError."""
        if file == STANDARD_INPUT:
            return self._read_standard_input()
        pending = self._pending.get(file)
        return pending.result() if pending else read_letter(file)

    def _read_standard_input(self) -> Letter:
        data = self._standard_input.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise TooLargeError(file=STANDARD_INPUT, limit=f"{MAX_FILE // MB} MB")
        return read_bytes(data, STANDARD_INPUT)


def _is_plain(path: Path) -> bool:
    """Whether a file is small and plain text by name and content, so that no reader but the plainest sees it."""
    with suppress(OSError, ValueError):
        if path.suffix.lower() in PLAIN_SUFFIXES and path.is_file() and path.stat().st_size <= MAX_PLAIN:
            with path.open("rb") as file:
                return not file.read(1024).lstrip().startswith((b"%PDF", b"{\\rtf", b"PK", b"\xd0\xcf\x11\xe0", b"<"))
        # A missing file is told apart without starting a process.
        return not path.exists()
    return True
