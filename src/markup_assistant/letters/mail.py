"""Reads mail messages: subject, body, and the headers and attachments by name."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message

from markup_assistant.errors import DamagedError, ForbiddenContentError, TooLargeError
from markup_assistant.letters.builder import MAX_TEXT, LetterBuilder
from markup_assistant.letters.composer import Composer
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.limits import MAX_FILE, MAX_HEADER, MAX_HEADERS, MAX_MAIL_PARTS, MB
from markup_assistant.letters.text import letter_of, too_long

_PROPERTIES = {"subject": "subject", "from": "from", "to": "to", "date": "date", "keywords": "keywords"}
_BOUNDARY = re.compile(rb"\bboundary[ \t]{0,9}\*?[0-9*]{0,4}=", re.IGNORECASE)
_NESTED = re.compile(rb"^content-type:[ \t]{0,9}message/", re.IGNORECASE | re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")

# The modern policy reads headers by a recursive grammar that takes seconds for a hostile one and raises
# errors of many kinds; the old one leaves them as they stand, and they are decoded here.
_POLICY = email.policy.compat32


def read_mail(data: bytes, name: str) -> Letter:
    """Read a mail message; letters attached to it are named in its properties, not read.

    Raises:
        TooLargeError, ForbiddenContentError: more than a message has.
        DamagedError: parts that contradict each other so that nothing can be read.
    """
    if len(data) > MAX_FILE:
        raise TooLargeError(file=name, limit=f"{MAX_FILE // MB} MB")
    if data.find(b"\n\n", 0, MAX_HEADERS) < 0 and data.find(b"\n\r\n", 0, MAX_HEADERS) < 0 < len(data) - MAX_HEADERS:
        raise ForbiddenContentError(file=name, reason=f"MIME > {MAX_HEADERS // 1_000} kB")
    parts = len(_BOUNDARY.findall(data)) + len(_NESTED.findall(data))
    if parts > MAX_MAIL_PARTS:
        raise ForbiddenContentError(file=name, reason=f"MIME > {MAX_MAIL_PARTS}")
    try:
        message = email.message_from_bytes(data, policy=_POLICY)
        properties = dict(_properties(message))
        return _letter(message, name, properties)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        # The standard library's parser has no error of its own for what it cannot make sense of.
        raise DamagedError(file=name, format="MIME", reason=type(error).__name__) from None


def _letter(message: Message, name: str, properties: dict[str, str]) -> Letter:
    subject = properties.get("subject", "")
    body = _body(message, "text/plain")
    page = None if body is not None and _text(body, name).strip() else _body(message, "text/html")
    if page is None:
        text = _text(body, name) if body is not None else ""
        return letter_of(text, name, "eml", heading=subject, properties=properties)
    # Parsed only when a message has a page and no text.
    from markup_assistant.letters.html import put_html  # noqa: PLC0415  # keeps lxml out of other messages

    composer = Composer(LetterBuilder(name, "eml"))
    if subject:
        composer.open()
        composer.text(subject)
        composer.end(BlockKind.HEADING, 1)
    found = put_html(_text(page, name), composer, name)
    return composer.build(found | properties)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message itself, not those of a message attached to it."""
    waiting = [message]
    count = 0
    while waiting and count < MAX_MAIL_PARTS:
        part = waiting.pop(0)
        count += 1
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list) and part.get_content_maintype() == "multipart":
            waiting = [child for child in payload if isinstance(child, Message)] + waiting
        else:
            yield part


def _is_attachment(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip()[:10].casefold() == "attachment"


def _body(message: Message, kind: str) -> Message | None:
    """Return the first part of a kind that is no attachment."""
    for part in _parts(message):
        if part.get_content_type() == kind and not _is_attachment(part):
            return part
    return None


def _text(part: Message, name: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if len(data) > 4 * MAX_TEXT:
        raise too_long(name)
    declared = str(part.get_content_charset("") or "")[:40]
    for encoding in (declared or "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue  # a charset that nobody knows, or not what was promised
    return data.decode("cp1252", "replace")


def _properties(message: Message) -> Iterator[tuple[str, str]]:
    raw: dict[str, object] = {}
    for header, said in message.raw_items():
        raw.setdefault(header.casefold(), said)
    for header, key in _PROPERTIES.items():
        value = _header(raw.get(header))
        if value:
            yield key, value
    names = [filename for part in _parts(message) if (filename := _filename(part))]
    if names:
        yield "attachments", ", ".join(dict.fromkeys(names))


def _filename(part: Message) -> str:
    try:
        return _header(part.get_filename())
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""  # a name broken in its encoding is as good as none


def _header(value: object) -> str:
    """Return a header as text on one line, whatever it claims to be encoded in."""
    raw = str(value or "")[:MAX_HEADER]
    try:
        words = decode_header(raw)
    except (ValueError, LookupError, email.errors.MessageError):
        words = [(raw, None)]
    return " ".join(_CONTROL.sub(" ", "".join(_word(text, charset) for text, charset in words)).split())


def _word(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        # Bytes beyond ASCII that stood there unencoded come as lone surrogates.
        text = text.encode("utf-8", "surrogateescape")
    try:
        return text.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return text.decode("cp1252", "replace")
