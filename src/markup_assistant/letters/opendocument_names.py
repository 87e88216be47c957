"""Names of OpenDocument XML, and what stands around text in it."""

import re

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = _OASIS + "office:1.0}"
TEXT = _OASIS + "text:1.0}"
TABLE = _OASIS + "table:1.0}"
DRAW = _OASIS + "drawing:1.0}"
STYLE = _OASIS + "style:1.0}"
META = _OASIS + "meta:1.0}"
FORM = _OASIS + "form:1.0}"
SVG = _OASIS + "svg-compatible:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

_WHITE = re.compile(r"[ \t\r\n]+")
_ESCAPED = re.compile(r"_([0-9a-fA-F]{2,4})_")


def collapse(text: str) -> str:
    """Return text with each stretch of white space as one space (OpenDocument 1.3, part 3, 6.1.2)."""
    return _WHITE.sub(" ", text)


def decode_style_name(name: str) -> str:
    """Return the name of a style as a person wrote it: ``Heading_20_1`` is ``Heading 1``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)
