"""Writes a message as XML, valid for its version of MeMo, or refuses to."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from markup_assistant.errors import MemoError
from markup_assistant.letters.xml import Element
from markup_assistant.memo.documents import contents_in
from markup_assistant.memo.findings import Finding, Severity, finding, has_errors
from markup_assistant.memo.message import Message
from markup_assistant.memo.rules import check_message
from markup_assistant.memo.schema import element_of
from markup_assistant.memo.shape import check_shape
from markup_assistant.memo.simple import NAMESPACES, Kind, Simple
from markup_assistant.memo.sizes import MAX_MESSAGE, encoded_size, mb

SCHEMA_VERSION = "1.1.0"
"""``memoSchVersion``, which 1.1 asks for and 1.2 does not know."""

CHUNK = 3 * 65_536
"""Bytes encoded at a time: a multiple of three, so that base64 needs no filling in between."""

_HOLE = b"<memo:content/>"


def write_message(message: Message, version: str = "", *, only_shape: bool = False) -> bytes:
    """Return a message as UTF-8 XML of its own or another version of MeMo.

    ``only_shape`` leaves our own rules aside and asks only for what the schema asks: to write again what others wrote.

    Raises:
        MemoError: the message has errors; its fact ``findings`` holds them.
    """
    return b"".join(message_chunks(message, version, only_shape=only_shape))


def message_chunks(message: Message, version: str = "", *, only_shape: bool = False) -> Iterator[bytes]:
    """Yield the bytes of :func:`write_message` a piece at a time; documents are read and encoded on the way.

    The message is checked before anything is yielded; raises MemoError as :func:`write_message`.
    """
    message = replace(message, memo_version=version or message.memo_version)
    findings = check_shape(message) if only_shape else check_message(message)
    refuse(findings)
    skeleton = _skeleton(message)
    contents = contents_in(message)
    try:
        size = len(skeleton) + sum(encoded_size(content) for content in contents)
    except OSError as error:
        refuse((finding(Severity.ERROR, "MessageBody", "file_gone", file=str(error.filename)),))
        raise
    if size > MAX_MESSAGE:
        refuse((finding(Severity.ERROR, "", "message_size", got=mb(size), limit=mb(MAX_MESSAGE)),))
    return _chunks(skeleton, contents)


def refuse(findings: tuple[Finding, ...]) -> None:
    """Raise MemoError when any of the findings is an error."""
    if has_errors(findings):
        errors = tuple(found for found in findings if found.severity is Severity.ERROR)
        raise MemoError(count=len(errors), place=errors[0].place or "Message", findings=findings)


def _skeleton(message: Message) -> bytes:
    """Return the XML with empty ``content`` elements; no other text looks like one, since ``<`` is escaped in it."""
    row = element_of(Message)
    root = etree.Element(row.tag, nsmap=NAMESPACES)
    root.set("memoVersion", message.memo_version)
    if message.memo_version == "1.1":
        root.set("memoSchVersion", SCHEMA_VERSION)
    _fill(root, message, message.memo_version)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["memo"])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _fill(element: Element, value: Any, version: str) -> None:
    for part in element_of(type(value)).parts:
        held = getattr(value, part.attribute)
        if held is None and part.needed_in == version:
            held = False
        for item in held if part.many else (held,):
            if item is None or item == "":
                continue
            child = etree.SubElement(element, part.tag)
            if isinstance(part.holds, Simple):
                child.text = _WRITERS[part.holds.kind](item)
            else:
                _fill(child, item, version)


def _chunks(skeleton: bytes, contents: list[bytes | Path]) -> Iterator[bytes]:
    first, *rest = skeleton.split(_HOLE)
    yield first
    for content, after in zip(contents, rest, strict=True):
        yield b"<memo:content>"
        yield from _base64(content)
        yield b"</memo:content>" + after


def _base64(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        for start in range(0, len(content), CHUNK):
            yield base64.b64encode(content[start : start + CHUNK])
        return
    with content.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield base64.b64encode(chunk)


def write_time(moment: datetime) -> str:
    """Return a moment as MeMo writes it: UTC, whole seconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _flag(value: bool) -> str:  # noqa: FBT001  # it is the value that is written
    return "true" if value else "false"


def _day(value: date) -> str:
    return value.isoformat()


def _nothing(_: bytes | Path) -> None:
    return None


_WRITERS: dict[Kind, Callable[[Any], str | None]] = dict.fromkeys(Kind, str) | {
    Kind.TIME: write_time,
    Kind.FLAG: _flag,
    Kind.DAY: _day,
    Kind.CONTENT: _nothing,
}
