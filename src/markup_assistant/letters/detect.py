"""Which format a file has: by its content, and by its name only where the content could be several."""

import re
import struct
from pathlib import PurePath
from typing import NoReturn

from markup_assistant.errors import EncryptedError, NotALetterError, OldWordError

OFFICE = "office"
OPENDOCUMENT = "opendocument"
PDF = "pdf"
RTF = "rtf"
HTML = "html"
EML = "eml"
MARKDOWN = "md"
TEXT = "txt"

SUFFIXES = (
    ".docx",
    ".dotx",
    ".docm",
    ".dotm",
    ".odt",
    ".ott",
    ".fodt",
    ".pdf",
    ".rtf",
    ".html",
    ".htm",
    ".eml",
    ".txt",
    ".md",
)
"""Endings of the files that a walk through a folder takes for letters."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STRANGERS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\x00", "EXE"),
    (b"SQLite format 3\x00", "SQLite"),
)
"""First bytes of what is often found among letters and is none."""

_ZIP_STRANGERS = (
    (b"xl/workbook.", "Excel (.xlsx)"),
    (b"ppt/presentation.", "PowerPoint (.pptx)"),
    (b"visio/document.", "Visio (.vsdx)"),
    (b"OEBPS/", "EPUB"),
)

_OLE_STREAMS = (
    ("EncryptedPackage", ""),
    ("__properties_version1.0", "Outlook (.msg)"),
    ("Workbook", "Excel (.xls)"),
    ("PowerPoint Document", "PowerPoint (.ppt)"),
)
"""Names in the folder of an OLE file, written there in UTF-16 ([MS-CFB] 2.6.1)."""

_ODF = b"mimetypeapplication/vnd.oasis.opendocument."
_FLAT_ODF = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_FLAT_HEAD = 4096
"""Bytes in which the root of a flat OpenDocument file names its namespace."""

_FIRST_MEMBER = 200
"""Bytes in which an archive's first member, ``mimetype``, stands whole."""

_HEAD = 64 * 1024
"""Bytes that say what a text is."""

_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(rb"</?(?:p|div|br|h[1-6]|table|span|li)\b[^<>]{0,200}>", re.IGNORECASE)
_MAIL_FIRST = re.compile(rb"(?:From \S[^\n]{0,200}\r?\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\n]{0,1000}\r?\n")
_MAIL_KNOWN = re.compile(
    rb"^(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Content-Type|Delivered-To|X-[\w-]{1,40}):",
    re.IGNORECASE | re.MULTILINE,
)


def detect(data: bytes, name: str) -> str:
    """Return the format of a file, one of this module's constants.

    Raises:
        OldWordError: Word 97-2003.
        EncryptedError: Office behind a password.
        NotALetterError: a picture, a spreadsheet, an archive ...
    """
    suffix = PurePath(name).suffix.lower()
    head = data[:_HEAD]
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data, name)
    if data.startswith(_OLE):
        _refuse_ole(data, name)
    # The PDF standard lets rubbish stand before the header (Adobe's note 13 to appendix H: 1,024 bytes).
    if b"%PDF-" in data[:1024]:
        return PDF
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return RTF
    if _FLAT_ODF in head[:_FLAT_HEAD] and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return OPENDOCUMENT
    for start, found in _STRANGERS:
        if data.startswith(start):
            raise NotALetterError(file=name, found=found)
    return _readable(_narrow(head), suffix)


def _zip(data: bytes, name: str) -> str:
    names = _names(data)
    for mark, found in _ZIP_STRANGERS:
        if mark in names:
            raise NotALetterError(file=name, found=found)
    odf = data.find(_ODF, 0, _FIRST_MEMBER)
    if odf >= 0:
        kind = data[odf + len(_ODF) :][:12]
        if not kind.startswith(b"text"):
            raise NotALetterError(file=name, found="OpenDocument " + _word(kind))
        return OPENDOCUMENT
    if b"[Content_Types].xml" in names:
        return OFFICE
    if b"META-INF/manifest.xml" in names and b"content.xml" in names:
        return OPENDOCUMENT
    raise NotALetterError(file=name, found="ZIP")


def _names(data: bytes) -> bytes:
    """Return the archive's directory: member names stand in it uncompressed, so nothing need be opened.

    An archive inside the archive has a directory of its own, which is not looked at. A file cut short has
    none; then all of it is looked at, and its reader says that it is damaged.
    """
    end = data.rfind(b"PK\x05\x06")
    if 0 <= end <= len(data) - 20:
        size, offset = struct.unpack_from("<II", data, end + 12)
        return data[offset : offset + size] or data
    return data


def _word(data: bytes) -> str:
    match = re.match(rb"[a-z]*", data)
    return match.group().decode("ascii") if match else ""


def _refuse_ole(data: bytes, name: str) -> NoReturn:
    for stream, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if not found:
                raise EncryptedError(file=name)
            raise NotALetterError(file=name, found=found)
    raise OldWordError(file=name)


def _narrow(head: bytes) -> bytes:
    """Return the head in one byte a character, so that the marks of a format can be looked for."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _readable(head: bytes, suffix: str) -> str:
    if _HTML_START.match(head):
        return HTML
    if suffix in {".html", ".htm"} and _HTML_TAG.search(head):
        return HTML
    if _is_mail(head, suffix):
        return EML
    return MARKDOWN if suffix in {".md", ".markdown"} else TEXT


def _is_mail(head: bytes, suffix: str) -> bool:
    if suffix in {".txt", ".md"} or not _MAIL_FIRST.match(head):
        # A letter in plain text may begin with "Til: ..." and "Dato: ..." lines of its own.
        return False
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    known = {match.group().lower() for match in _MAIL_KNOWN.finditer(header)}
    return len(known) >= (1 if suffix == ".eml" else 3)
