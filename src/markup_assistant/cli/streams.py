"""Standard output and error: UTF-8 whatever the console says, and quiet when the reader has gone."""

import errno
import io
import os
import sys


def make_utf8() -> str:
    """Make standard output and error UTF-8, and return the encoding that standard output had.

    A Windows console in cp1252 would otherwise stop the program at the first sign that it lacks.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return encoding


def flush_output() -> None:
    """Write out what is waiting, so that a reader who has gone is noticed here."""
    if sys.stdout is not None:
        sys.stdout.flush()


def reader_left(error: Exception) -> bool:
    """Say whether an error means that nobody reads the output; Windows calls that an invalid argument."""
    if isinstance(error, BrokenPipeError):
        return True
    return sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL


def drop_output() -> None:
    """Send the rest of the output nowhere, so that the interpreter does not complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, AttributeError, ValueError):  # no real output
        pass
    finally:
        os.close(nowhere)
