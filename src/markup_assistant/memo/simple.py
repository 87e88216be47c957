"""The simple types of MeMo: how a value is written in an element, and how long it may be.

Source: ``MeMo_dataTypes.xsd`` of version 1.1. Lengths are counted in characters, not in bytes.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

NAMESPACES = {
    "memo": "https://DigitalPost.dk/MeMo-1",
    "gln": "https://www.gs1.dk/gs1-standarder/identifikation/gln-global-location-number/",
    "udd": "https://www.dst.dk/da/TilSalg/Forskningsservice/Dokumentation/hoejkvalitetsvariable/elevregister-2/udd#",
    "form": "http://www.form-online.dk/",
    "kle": "http://kle-online.dk/",
    "dmv": "https://motorregister.skat.dk/",
    "grd": "https://data.gov.dk/model/core/",
    "sor": "https://services.nsi.dk/en/Services/SOR",
}
"""The namespaces of MeMo by their usual prefixes; a class stands in ``memo`` unless it says otherwise."""

VERSIONS = ("1.1", "1.2")
LATEST = "1.2"

LONGEST_TEXT = 256
LONGEST_COMMENT = 512
LONGEST_URL = 256
LONGEST_PLATE = 7
LONGEST_NOTIFICATION = 150
"""The published schema says 150, a later copy 160: what holds for both is written."""

MESSAGE_TYPES = ("DIGITALPOST", "NEMSMS")


class Kind(StrEnum):
    """How a value is written."""

    TEXT = "text"
    TYPE = "type"
    UUID = "uuid"
    URL = "url"
    LANGUAGE = "language"
    TIME = "time"
    DAY = "day"
    FLAG = "flag"
    NUMBER = "number"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple type: ``longest`` in characters, ``most`` as the largest number; 0 where there is no limit."""

    kind: Kind
    longest: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """An element that MeMo has from this version on."""

    version: str


@dataclass(frozen=True, slots=True)
class NeededIn:
    """An element that must stand in this version, as ``false`` where nothing was said."""

    version: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """An element that may stand this many times."""

    count: int


Text = Annotated[str, Simple(Kind.TEXT, LONGEST_TEXT)]
Comment = Annotated[str, Simple(Kind.TEXT, LONGEST_COMMENT)]
Notification = Annotated[str, Simple(Kind.TEXT, LONGEST_NOTIFICATION)]
Plate = Annotated[str, Simple(Kind.TEXT, LONGEST_PLATE)]
Url = Annotated[str, Simple(Kind.URL, LONGEST_URL)]
MessageType = Annotated[str, Simple(Kind.TYPE)]
Uuid = Annotated[str, Simple(Kind.UUID)]
Language = Annotated[str, Simple(Kind.LANGUAGE)]
Time = Annotated[datetime, Simple(Kind.TIME)]
"""A moment with time zone; written in UTC with ``Z``, whole seconds."""
Day = Annotated[date, Simple(Kind.DAY)]
Flag = Annotated[bool, Simple(Kind.FLAG)]
PNumber = Annotated[int, Simple(Kind.NUMBER, most=9_999_999_999)]
Gln = Annotated[int, Simple(Kind.NUMBER, most=9_999_999_999_999)]
Content = Annotated[bytes | Path, Simple(Kind.CONTENT)]
"""The bytes of a document, or the file that holds them: a large one is read while it is written."""

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, however they are written (https://www.w3.org/TR/xml/#charsets)."""

UUID_FORM = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
_URI = r"(?:[^\x00-\x20\x7f-\xa0\s<>\"{}|\\^`\[\]%#]|%[0-9A-Fa-f]{2})*"
URI_FORM = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9+.-]*:(?://[^:/?#]+(?::[0-9]{{1,5}})?(?=[/?#]|\Z))?)?(?!//|:){_URI}(?:#{_URI})?"
)
"""What validators take for an address; XML Schema itself says little about ``anyURI``."""
LANGUAGE_FORM = re.compile(r"[a-z]{2}")
