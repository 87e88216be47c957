"""An archive of parts that some are changed in, while all others stay as they are, byte for byte."""

import io
import zipfile

from markup_assistant.errors import DamagedError
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.xml import Element

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of a part that is new: none, so that the same markup always gives the same file."""


class Parts:
    """The parts of an Office or OpenDocument file, read within the limits of letters.

    Raises LetterError for what is no sound archive, or has a name twice.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._archive = Archive(data, file)
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            self._members = opened.infolist()
        self._names = {member.filename.lower(): member.filename for member in self._members}
        if len(self._names) != len(self._members):
            raise DamagedError(file=file, format="ZIP", reason="ZIP")
        self._new: dict[str, bytes] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, as they are written."""
        return tuple(self._names.values())

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def read(self, part: str) -> bytes:
        """Return a part as it is now."""
        return self._new[part.lower()] if part.lower() in self._new else self._archive.read(part)

    def xml(self, part: str) -> Element:
        """Return the root element of a part as it was."""
        return self._archive.xml(part)

    def put(self, part: str, content: bytes) -> None:
        """Put a part in place of the one of its name, or behind the others."""
        self._names.setdefault(part.lower(), part)
        self._new[part.lower()] = content

    def written(self) -> bytes:
        """Return the file: the parts in their order, packed as they were, new ones last."""
        out = io.BytesIO()
        there = {member.filename.lower() for member in self._members}
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for member in self._members:
                target.writestr(_like(member), self.read(member.filename), compress_type=member.compress_type)
            for key, content in self._new.items():
                if key not in there:
                    target.writestr(zipfile.ZipInfo(self._names[key], _STAMP), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(member.filename, member.date_time)
    copy.external_attr = member.external_attr
    copy.create_system = member.create_system
    copy.comment = member.comment
    return copy
