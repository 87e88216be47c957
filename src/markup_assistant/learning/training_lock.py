"""Lets one training at a time work in a folder of models, by a lock that ends with the process that holds it."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from markup_assistant.errors import OutputError, TrainingRunsError

LOCK = ".training"


@contextmanager
def training_lock(models: Path, now: datetime) -> Iterator[None]:
    """Hold the folder for a training; raises TrainingRunsError where another one is at work, OutputError.

    The operating system lets go of the lock when the process ends, however it ends: what a killed training left of it
    is in nobody's way.
    """
    file = models / LOCK
    try:
        models.mkdir(parents=True, exist_ok=True)
        stream = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644), "r+b")
    except OSError as error:
        raise OutputError(file=str(file), reason=error.strerror or str(error)) from error
    with stream:
        if not _locked(stream):
            raise TrainingRunsError(folder=str(models), since=_since(stream))
        try:
            note = json.dumps({"process": os.getpid(), "since": now.isoformat(timespec="minutes")}).encode()
            stream.seek(1)
            stream.write(note)
            stream.truncate()
            stream.flush()
            yield
        finally:
            _unlock(stream)


def _since(stream: IO[bytes]) -> str:
    """Return when the training began that holds the lock, as it has noted."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        stream.seek(1)
        return str(datetime.fromisoformat(json.loads(stream.read(1000))["since"]).strftime("%H:%M"))
    return "?"


if sys.platform == "win32":
    import msvcrt

    def _locked(stream: IO[bytes]) -> bool:
        # The first byte alone: what is noted behind it can still be read by others.
        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(stream: IO[bytes]) -> None:
        stream.seek(0)
        with suppress(OSError):
            msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _locked(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # A file system without locks. Two trainings at once cost time there, and each makes a model of its own.
            return True
        return True

    def _unlock(stream: IO[bytes]) -> None:
        with suppress(OSError):
            fcntl.flock(stream, fcntl.LOCK_UN)
