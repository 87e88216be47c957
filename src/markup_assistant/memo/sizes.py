"""How large a message may be, and how large its documents become in it."""

from pathlib import Path

MB = 1_000_000

MAX_MESSAGE = 99_500_000
"""Bytes of a message in Digital Post: 99.5 MB (the joint municipal post component, the same as the national one)."""

MAX_RAW = 74 * MB
"""Bytes of all documents before encoding that senders keep below: base64 makes a third more of them."""


def encoded_size(content: bytes | Path) -> int:
    """Return the bytes that a document has as base64."""
    return -(-raw_size(content) // 3) * 4


def raw_size(content: bytes | Path) -> int:
    """Return the bytes of a document; raises OSError for a file that is not there."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def mb(size: int) -> str:
    """Return a size as people say it: ``99,5 MB``."""
    return f"{size / MB:.1f} MB".replace(".", ",")
