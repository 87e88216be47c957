"""Reads members of a zip archive that nobody vouches for, bounded by the bytes that it really unpacks to."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from markup_assistant.errors import DamagedError, EncryptedError, ForbiddenContentError, TooLargeError
from markup_assistant.letters.limits import (
    MAX_MEMBER,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    MAX_XML_MARKUP_ALL,
    MB,
    RATIO_FROM,
    READ_CHUNK,
)
from markup_assistant.letters.xml import Element, markup_in, parse_xml

_DIRECTORY_ENTRY = b"PK\x01\x02"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Office and OpenDocument use; the others unpack without a bound on memory."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises on bytes that only look like an archive."""


class Archive:
    """The members of a zip archive by name; archives inside it are never opened.

    Names are found whatever their case and slashes, as Office does. ``file`` is named in errors.

    Raises:
        EncryptedError: a password is needed.
        TooLargeError: more members than a letter has.
        DamagedError: no readable zip archive.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._unpacked = 0
        self._markup = 0
        if data.startswith(_COMPOUND_FILE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedError(file=file)
        # Counted before zipfile lists them: the listing itself is what fills the memory.
        if data.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
            raise TooLargeError(file=file, limit=f"{MAX_MEMBERS:,} dele".replace(",", "."))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise self._damaged("ZIP") from None
        self._members = {_key(member.filename): member for member in self._zip.infolist()}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._members

    def names(self) -> list[str]:
        """Return the names of all members, lower case, with forward slashes."""
        return list(self._members)

    def read(self, part: str) -> bytes:
        """Return the unpacked bytes of a member.

        Raises:
            DamagedError: it is not there, or broken.
            EncryptedError: it is behind a password.
            TooLargeError: it, or all that was read of the archive, unpacks to more than a letter has.
            ForbiddenContentError: it is packed tighter than any document (a bomb).
        """
        member = self._members.get(_key(part))
        if member is None:
            raise self._damaged(part)
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise EncryptedError(file=self.file)
        if member.compress_type not in _METHODS:
            raise self._damaged(part)
        try:
            return self._unpack(member)
        except _BROKEN:
            raise self._damaged(part) from None

    def xml(self, part: str, renames: Iterable[tuple[bytes, bytes]] = ()) -> Element:
        """Return the root of an XML member; errors as :meth:`read` and :func:`parse_xml`."""
        data = self.read(part)
        self._markup += markup_in(data)
        if self._markup > MAX_XML_MARKUP_ALL:
            raise TooLargeError(file=self.file, limit=f"{MAX_XML_MARKUP_ALL:,} XML".replace(",", "."))
        return parse_xml(data, self.file, part, renames)

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(member) as stream:
            while chunk := stream.read(READ_CHUNK):
                size += len(chunk)
                self._unpacked += len(chunk)
                self._check(size, member)
                chunks.append(chunk)
        return b"".join(chunks)

    def _check(self, size: int, member: zipfile.ZipInfo) -> None:
        if size > MAX_MEMBER:
            raise TooLargeError(file=self.file, limit=f"{MAX_MEMBER // MB} MB")
        if self._unpacked > MAX_UNPACKED:
            raise TooLargeError(file=self.file, limit=f"{MAX_UNPACKED // MB} MB")
        if size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1):
            raise ForbiddenContentError(file=self.file, reason=f"ZIP {MAX_RATIO}:1")

    def _damaged(self, part: str) -> DamagedError:
        return DamagedError(file=self.file, format="ZIP", reason=part)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
