"""Parses XML of documents that nobody vouches for: no entities, no network, bounded size."""

from collections.abc import Iterable

from lxml import etree

from markup_assistant.errors import DamagedError, ForbiddenContentError, TooLargeError
from markup_assistant.letters.limits import MAX_XML, MAX_XML_MARKUP, MB

Element = etree._Element  # noqa: SLF001  # lxml has no other name for what its parser returns

_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def markup_in(data: bytes) -> int:
    """Return an upper measure of the nodes and attributes that XML holds, without parsing it."""
    return data.count(b"<") + data.count(b"=")


def parse_xml(data: bytes, file: str, part: str, renames: Iterable[tuple[bytes, bytes]] = ()) -> Element:
    """Return the root element of an XML part of ``file``; ``renames`` replaces namespaces before parsing.

    The encoding is UTF-8 or UTF-16, whatever the part declares, so that nothing hides behind another one.

    Raises:
        TooLargeError: more bytes or markup than a letter has.
        ForbiddenContentError: the part declares a document type or entities.
        DamagedError: the part is not well-formed.
    """
    if len(data) > MAX_XML:
        raise TooLargeError(file=file, limit=f"{MAX_XML // MB} MB XML")
    data = _as_utf8(data, file, part)
    if markup_in(data) > MAX_XML_MARKUP:
        raise TooLargeError(file=file, limit=f"{MAX_XML_MARKUP:,} XML".replace(",", "."))
    for mark in _FORBIDDEN:
        if mark in data:
            raise ForbiddenContentError(file=file, reason=f"{part}: {mark.decode()}")
    for old, new in renames:
        data = data.replace(old, new)
    try:
        return etree.fromstring(data, _hardened_parser())
    except etree.XMLSyntaxError as error:
        raise DamagedError(file=file, format="XML", reason=f"{part}:{error.lineno or 1}") from None


def text_in(element: Element) -> str:
    """Return all text inside an element, without what follows it."""
    return "".join(str(text) for text in element.itertext())


def _hardened_parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _as_utf8(data: bytes, file: str, part: str) -> bytes:
    if not data.startswith(_UTF16_STARTS):
        return data
    order = "utf-16-be" if data[0] in b"\xfe\0" else "utf-16-le"
    try:
        return data.decode(order).removeprefix("\ufeff").encode("utf-8")
    except UnicodeError:
        raise DamagedError(file=file, format="XML", reason=part) from None
