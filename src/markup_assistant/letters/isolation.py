"""Processes for work on letters, which are stopped when a file hangs them or fills their memory.

Each worker has a pipe of its own and nothing is shared between them: a worker that is killed at any moment takes
nothing down but its own call. (A pool with a common queue breaks, or waits for ever, when a worker dies with the
queue's lock in its hand.) The standard library alone carries this, so that a cold start stays cheap.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from markup_assistant.errors import AssistantError, ReaderStoppedError
from markup_assistant.letters.limits import MB
from markup_assistant.letters.worker import WorkLimits, bound, exit_name

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

T = TypeVar("T")

START_SECONDS = 120.0
"""Seconds that a worker may take to start: importing and loading on a busy machine, no file of anybody's."""

LONGEST_WAIT = 1.0
"""Seconds after which a wait looks around anyway."""


@dataclass(slots=True)
class Pending(Generic[T]):
    """A call that was handed to a pool."""

    file: str
    task: tuple[Callable[..., T], tuple[object, ...]]
    _pool: "GuardedPool"
    _done: bool = False
    _value: T | None = None
    _error: AssistantError | None = None

    def result(self) -> T:
        """Wait for what the call returns.

        Raises:
            AssistantError: what the call itself raised.
            ReaderStoppedError: it took too long or too much memory, crashed, or failed without a name.
        """
        while not self._done:
            self._pool.step()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]  # a call that is done without an error has its value

    def finish(self, value: T) -> None:
        """Take what the call returned."""
        self._done, self._value = True, value

    def fail(self, error: AssistantError) -> None:
        """Take the error that the call ended in."""
        self._done, self._error = True, error

    def stopped(self, reason: str) -> None:
        """Take note that the call was stopped."""
        self.fail(ReaderStoppedError(file=self.file, reason=reason))


@dataclass(slots=True)
class _Worker:
    process: "SpawnProcess"
    pipe: Connection
    call: Pending[Any] | None = None
    deadline: float = 0.0
    ready: bool = False


@dataclass(slots=True)
class GuardedPool:
    """Worker processes for functions that meet files nobody vouches for.

    A worker that takes too long, too much memory or crashes is replaced; only its own call fails. Functions,
    arguments and results are pickled, so a function must be at the top of a module; importing that module is
    what a worker costs. ``initializer`` runs once in each worker; an AssistantError that it raises is raised by
    every call instead.
    """

    workers: int = 1
    limits: WorkLimits = field(default_factory=WorkLimits)
    initializer: Callable[..., object] | None = None
    initargs: tuple[object, ...] = ()
    _running: list[_Worker] = field(default_factory=list, init=False)
    _queue: "deque[Pending[Any]]" = field(default_factory=deque, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def submit(self, function: Callable[..., T], *args: object, file: str) -> Pending[T]:
        """Hand a call to the next free worker; ``file`` is what its errors name."""
        call: Pending[T] = Pending(file, (function, args), self)
        self._queue.append(call)
        self._hand_out()
        return call

    def run(self, function: Callable[..., T], *args: object, file: str) -> T:
        """Call a function in a worker and wait for what it returns; raises as :meth:`Pending.result` does."""
        return self.submit(function, *args, file=file).result()

    def stop(self) -> None:
        """Stop the workers; calls that are not finished are lost."""
        self._queue.clear()
        for worker in self._running:
            _end(worker)
        self._running.clear()

    def step(self) -> None:
        """Wait until a worker answers, dies or runs out of time, and go on from there."""
        self._hand_out()
        now = time.monotonic()
        patience = min((worker.deadline - now for worker in self._running), default=LONGEST_WAIT)
        answered = wait([worker.pipe for worker in self._running], max(0.0, min(patience, LONGEST_WAIT)))
        for worker in list(self._running):
            if worker.pipe in answered:
                self._take(worker)
            elif time.monotonic() > worker.deadline:
                self._give_up(worker, f"{self.limits.seconds if worker.ready else START_SECONDS:g} s")
        self._hand_out()

    def _hand_out(self) -> None:
        """Give waiting calls to free workers, and start workers while there is more to do than they can take."""
        for worker in list(self._running):
            if self._queue and worker.ready and worker.call is None:
                self._give(worker, self._queue.popleft())
        free = sum(worker.call is None for worker in self._running)
        while len(self._running) < self.workers and len(self._queue) > free:
            self._running.append(self._start())
            free += 1

    def _give(self, worker: _Worker, call: Pending[Any]) -> None:
        try:
            worker.pipe.send(call.task)
        except OSError:
            # It died while it had nothing to do: the call is not to blame.
            self._running.remove(worker)
            _end(worker)
            self._queue.appendleft(call)
            return
        worker.call = call
        worker.deadline = time.monotonic() + self.limits.seconds

    def _start(self) -> _Worker:
        # A forked child would carry the parent's memory and threads; spawn works everywhere.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self.limits.memory, self.initializer, self.initargs)
        process = context.Process(target=_serve, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, deadline=time.monotonic() + START_SECONDS)

    def _take(self, worker: _Worker) -> None:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(LONGEST_WAIT)
            self._give_up(worker, exit_name(worker.process.exitcode))
            return
        call, worker.call = worker.call, None
        worker.ready, worker.deadline = True, float("inf")
        if call is None:
            return
        kind, value = answer
        if kind == "value":
            call.finish(value)
        elif kind == "error":
            call.fail(value)
        else:
            call.stopped(value)

    def _give_up(self, worker: _Worker, reason: str) -> None:
        """Stop a worker; its call, or the next one where it could not even start, fails for the reason."""
        self._running.remove(worker)
        call = worker.call or (self._queue.popleft() if self._queue and not worker.ready else None)
        _end(worker)
        if call is not None:
            call.stopped(reason)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(
    pipe: Connection,
    memory: int,
    initializer: Callable[..., object] | None,
    initargs: tuple[object, ...],
) -> None:
    """Prepare a worker, then answer each call with its value, its error, or the name of what went wrong."""
    bound(memory)
    failure: AssistantError | None = None
    try:
        if initializer is not None:
            try:
                initializer(*initargs)
            except AssistantError as error:
                failure = error
        pipe.send(("ready", None))
        while True:
            function, args = pipe.recv()
            if failure is None:
                _answer(pipe, memory, function, args)
            else:
                pipe.send(("error", failure))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _answer(
    pipe: Connection,
    memory: int,
    function: Callable[..., object],
    args: tuple[object, ...],
) -> None:
    try:
        pipe.send(("value", function(*args)))
    except AssistantError as error:
        pipe.send(("error", error))
    except MemoryError:
        pipe.send(("stopped", f"{memory // MB} MB"))
    except (EOFError, BrokenPipeError, ConnectionError):
        raise
    except Exception as error:
        pipe.send(("stopped", type(error).__name__))
