"""What every process that works on letters keeps to: how long, how much memory, and how its end is named."""

import contextlib
import signal
import sys
from dataclasses import dataclass

from markup_assistant.letters.limits import READ_MEMORY, READ_SECONDS

if sys.platform != "win32":
    import resource  # Windows has no such limits


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What one call in a worker may use: seconds of time, bytes of data.

    The memory is held by ``RLIMIT_DATA`` and so on Linux only; elsewhere time alone stops a file that grows.
    """

    seconds: float = READ_SECONDS
    memory: int = READ_MEMORY


def bound(memory: int) -> None:
    """Bound the memory of this process and forbid core files, where the system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        # A core file would leave the letter on disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def exit_name(code: int | None) -> str:
    """Return a process's exit code for people: the signal's name where one ended it."""
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return str(code)
