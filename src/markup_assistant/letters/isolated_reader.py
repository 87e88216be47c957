"""Reads letters one after the other in a process that can be stopped."""

from collections.abc import Callable
from pathlib import Path
from typing import Self

from markup_assistant.letters.isolation import GuardedPool, Pending
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_letter
from markup_assistant.letters.worker import WorkLimits


class IsolatedReader:
    """Reads the letters it is asked for in one process; one that hangs, swells or crashes is replaced."""

    def __init__(self, limits: WorkLimits | None = None, function: Callable[[str], Letter] = read_letter) -> None:
        """``function`` reads a path; it must be importable by the other process."""
        self._function = function
        self._pool = GuardedPool(1, limits or WorkLimits())
        self._begun: Pending[Letter] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()

    def begin(self, path: str | Path) -> None:
        """Start to read a letter that :meth:`read` will be asked for next; this process goes on meanwhile."""
        name = Path(path).as_posix()
        self._begun = self._pool.submit(self._function, name, file=name)

    def read(self, path: str | Path) -> Letter:
        """Read a letter; raises LetterError, and reads the next one all the same."""
        if self._begun is None or self._begun.file != Path(path).as_posix():
            self.begin(path)
        begun, self._begun = self._begun, None
        assert begun is not None  # noqa: S101 - begun just now, if not before
        return begun.result()
