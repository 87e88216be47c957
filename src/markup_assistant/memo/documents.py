"""Checks the documents of a message: their names, their types, and how much they weigh together."""

import re
from collections.abc import Iterator
from pathlib import Path

from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.known import KNOWN
from markup_assistant.memo.message import File, Message
from markup_assistant.memo.sizes import MAX_MESSAGE, MAX_RAW, encoded_size, mb, raw_size

_MEDIA = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")


def check_file(place: str, file: File) -> Iterator[Finding]:
    """Yield the findings on one file."""
    wrong = next((character for character in file.filename if character in KNOWN.forbidden), "")
    if wrong:
        got = wrong if wrong.isprintable() and not wrong.isspace() else f"U+{ord(wrong):04X}"
        yield finding(Severity.ERROR, f"{place}/filename", "file_name", got=got, file=file.filename)
    technical = place.startswith("MessageBody/TechnicalDocument")
    known = set(KNOWN.media.values()) | (KNOWN.technical if technical else frozenset())
    if file.encoding_format and not _MEDIA.fullmatch(file.encoding_format):
        yield finding(Severity.ERROR, f"{place}/encodingFormat", "media_form", got=file.encoding_format)
    elif file.encoding_format and file.encoding_format not in known:
        yield finding(Severity.WARNING, f"{place}/encodingFormat", "media_unknown", got=file.encoding_format)
    try:
        empty = not raw_size(file.content)
    except OSError:
        yield finding(Severity.ERROR, f"{place}/content", "file_gone", file=str(file.content))
        return
    if empty:
        yield finding(Severity.ERROR, f"{place}/content", "file_empty", file=file.filename)


def contents_in(message: Message) -> list[bytes | Path]:
    """Return the contents of all files in the order in which a message has them."""
    body = message.message_body
    if body is None:
        return []
    files = list(body.main_document.file)
    for enclosure in body.additional_document:
        files += enclosure.file
    for technical in body.technical_document:
        files += technical.file
    return [file.content for file in files]


def check_sizes(message: Message) -> Iterator[Finding]:
    """Yield the findings on all files together; a file that is not there weighs nothing here."""
    contents = contents_in(message)
    try:
        raw = sum(map(raw_size, contents))
        encoded = sum(map(encoded_size, contents))
    except OSError:
        return
    if encoded > MAX_MESSAGE:
        yield finding(Severity.ERROR, "MessageBody", "message_size", got=mb(encoded), limit=mb(MAX_MESSAGE))
    elif raw > MAX_RAW:
        yield finding(Severity.WARNING, "MessageBody", "raw_size", got=mb(raw), limit=mb(MAX_RAW))
