"""Reads letters one after the other in a process that can be stopped."""

from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Self

from markup_assistant.errors import AssistantError, ReaderStoppedError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.limits import MB
from markup_assistant.letters.read import read_letter
from markup_assistant.letters.worker import WorkLimits, bound, exit_name

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_GRACE = 2.0
"""Seconds that a process is given to end once its pipe is closed."""


class IsolatedReader:
    """A process that reads the letters it is asked for; one that hangs, swells or crashes is replaced.

    The standard library alone carries it, because a pool would cost a cold start more than the reading.
    """

    def __init__(self, limits: WorkLimits | None = None, function: Callable[[str], Letter] = read_letter) -> None:
        """``function`` reads a path; it must be importable by the other process."""
        self._function = function
        self._limits = limits or WorkLimits()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._asked: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def begin(self, path: str | Path) -> None:
        """Start to read a letter that :meth:`read` will be asked for next; this process goes on meanwhile."""
        pipe = self._started()
        self._asked = Path(path).as_posix()
        try:
            pipe.send(self._asked)
        except OSError:
            # The process died idle: reading will say so, or start another.
            self._asked = None

    def read(self, path: str | Path) -> Letter:
        """Read a letter; raises LetterError, and reads the next one all the same."""
        name = Path(path).as_posix()
        if self._asked != name:
            if self._asked is not None:
                self._end()
            self.begin(path)
        pipe = self._started()
        self._asked = None
        try:
            if not pipe.poll(self._limits.seconds):
                self._end()
                raise ReaderStoppedError(file=name, reason=f"{self._limits.seconds:g} s")
            answer = pipe.recv()
        except (EOFError, OSError):
            raise ReaderStoppedError(file=name, reason=exit_name(self._end())) from None
        if isinstance(answer, AssistantError):
            raise answer
        if isinstance(answer, str):
            raise ReaderStoppedError(file=name, reason=answer)
        letter: Letter = answer
        return letter

    def _started(self) -> "Connection":
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end()
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(theirs, self._limits.memory, self._function), daemon=True
            )
            self._process.start()
            theirs.close()
        return self._pipe

    def _end(self) -> int | None:
        """Stop the process and return its exit code, if it had one."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = self._asked = None
        if pipe:
            pipe.close()
        if not process:
            return None
        # One that waits for a path ends by itself when the pipe is closed; one that reads is stopped.
        process.join(_GRACE if not process.is_alive() else 0.05)
        code = process.exitcode
        if process.is_alive():
            process.kill()
            process.join()
        return code


def _serve(pipe: "Connection", memory: int, function: Callable[[str], Letter]) -> None:
    """Answer each path with a letter, an error, or the name of what went wrong."""
    bound(memory)
    try:
        while True:
            pipe.send(_answer(function, pipe.recv(), memory))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _answer(function: Callable[[str], Letter], path: str, memory: int) -> Letter | AssistantError | str:
    try:
        return function(path)
    except AssistantError as error:
        return error
    except MemoryError:
        return f"{memory // MB} MB"
    except Exception as error:
        return type(error).__name__
