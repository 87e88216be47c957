"""A pool of processes for work on letters, which are stopped when a file hangs them or fills their memory.

Importing this module loads pebble, which costs a tenth of a second; :mod:`markup_assistant.letters.isolated_reader`
reads a few letters without it.
"""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from markup_assistant.errors import AssistantError, ReaderStoppedError
from markup_assistant.letters.limits import MB
from markup_assistant.letters.worker import WorkLimits, bound, exit_name

T = TypeVar("T")

_TRIES = 3
"""Times that a call is handed to a pool anew when the pool itself broke, through no fault of the call."""


@dataclass(frozen=True, slots=True)
class Pending(Generic[T]):
    """A call that was handed to a worker."""

    file: str
    limits: WorkLimits
    _future: Future[T]
    _again: Callable[[], "Pending[T]"] | None

    def result(self) -> T:
        """Wait for what the call returns.

        Raises:
            AssistantError: what the call itself raised.
            ReaderStoppedError: it took too long or too much memory, crashed, or failed without a name.
        """
        try:
            return self._future.result()
        except AssistantError:
            raise
        except BrokenProcessPool:
            if self._again is not None:
                return self._again().result()
            raise self._stopped("-") from None
        except TimeoutError:
            raise self._stopped(f"{self.limits.seconds:g} s") from None
        except MemoryError:
            raise self._stopped(f"{self.limits.memory // MB} MB") from None
        except ProcessExpired as error:
            raise self._stopped(exit_name(error.exitcode)) from None
        except Exception as error:
            # Whatever a file made its reader raise costs that file alone.
            raise self._stopped(type(error).__name__) from error

    def _stopped(self, reason: str) -> ReaderStoppedError:
        return ReaderStoppedError(file=self.file, reason=reason)


class GuardedPool:
    """Worker processes for functions that meet files nobody vouches for.

    A worker that takes too long, too much memory or crashes is replaced; only its own call fails. Functions,
    arguments and results are pickled, so a function must be at the top of a module; importing that module is
    what a worker costs. ``initializer`` runs once in each worker; an AssistantError that it raises is raised
    by every call instead.
    """

    def __init__(
        self,
        workers: int = 1,
        limits: WorkLimits | None = None,
        initializer: Callable[..., object] | None = None,
        initargs: tuple[object, ...] = (),
    ) -> None:
        self.workers = workers
        self.limits = limits or WorkLimits()
        self._initializer = initializer
        self._initargs = initargs
        self._pool: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def submit(self, function: Callable[..., T], *args: object, file: str) -> Pending[T]:
        """Hand a call to the next free worker; ``file`` is what its errors name."""
        return self._submit(_TRIES, function, args, file)

    def run(self, function: Callable[..., T], *args: object, file: str) -> T:
        """Call a function in a worker and wait for what it returns; raises as :meth:`Pending.result` does."""
        return self.submit(function, *args, file=file).result()

    def stop(self) -> None:
        """Stop the workers; calls that are not finished are lost."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()
            pool.join()

    def _submit(self, tries: int, function: Callable[..., T], args: tuple[object, ...], file: str) -> Pending[T]:
        pool = self._started()
        future = pool.schedule(_work, (function, args), timeout=self.limits.seconds)
        again = (lambda: self._submit(tries - 1, function, args, file)) if tries > 1 else None
        return Pending(file, self.limits, future, again)

    def _started(self) -> Any:
        """Return the pool, a new one when there is none or a worker that died idle broke it."""
        if self._pool is not None and not self._pool.active:
            self.stop()
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self.workers,
                initializer=_begin,
                initargs=(self.limits.memory, self._initializer, self._initargs),
                # A forked child would carry the parent's threads and memory; spawn works everywhere.
                context=get_context("spawn"),
            )
        return self._pool


_failure: list[AssistantError] = []
"""What the initializer raised in this worker."""


def _begin(memory: int, initializer: Callable[..., object] | None, initargs: tuple[object, ...]) -> None:
    """Prepare a worker: bound what it may take, then let the caller's initializer load what it needs."""
    bound(memory)
    if initializer is not None:
        try:
            initializer(*initargs)
        except AssistantError as error:
            _failure.append(error)


def _work(function: Callable[..., T], args: tuple[object, ...]) -> T:
    if _failure:
        raise _failure[0]
    return function(*args)
