"""What the store keeps besides decisions: plain frozen values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as it was when it was looked at, known by its name and its content.

    Attributes:
        letter: the name by which the store knows it.
        content: the fingerprint of its text.
        path: where it lay.
        text: its masked text, or empty where the settings keep none.
        seen_at: when, with time zone.
        sketch: the bytes by which letters that look alike are found.
    """

    letter: str
    content: str
    path: str
    text: str
    seen_at: datetime
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a file when its folder was read, so that it need not be read again.

    ``size`` (bytes) and ``mtime_ns`` tell whether the file has changed since; ``model`` and ``catalogue`` whether the
    suggestion is still that of today. ``error`` is why the file could not be read, or empty.
    """

    letter: str
    path: str
    size: int
    mtime_ns: int
    content: str = ""
    model: str = ""
    catalogue: str = ""
    verdict: str = ""
    subject: str = ""
    confidence: float = 0.0
    sketch: bytes = b""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was removed.

    ``erased`` is false where the rows are gone but their bytes could not be overwritten yet, because another program
    was reading or the disk is full; forgetting again (also of nothing) finishes it.
    """

    decisions: int = 0
    letters: int = 0
    texts: int = 0
    scans: int = 0
    assignments: int = 0
    bookmarks: int = 0
    erased: bool = True
