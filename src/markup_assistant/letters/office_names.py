"""Names of WordprocessingML, with the strict namespaces renamed to the transitional ones."""

from markup_assistant.letters.xml import Element

_OLD = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"

W_NS = _OLD + "wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = f"{{{_OLD}officeDocument/2006/math}}"
R_ID = f"{{{_OLD}officeDocument/2006/relationships}}id"
VAL = W + "val"

STRICT_RENAMES = tuple(
    (f"{_STRICT}{strict}".encode(), f"{_OLD}{transitional}".encode())
    for strict, transitional in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("officeDocument/customProperties", "officeDocument/2006/custom-properties"),
        ("officeDocument/docPropsVTypes", "officeDocument/2006/docPropsVTypes"),
    )
)
"""ISO/IEC 29500-1 (strict) names first, ECMA-376 (transitional) names second."""

_FALSE = frozenset({"0", "false", "off", "none"})


def is_on(element: Element) -> bool:
    """Return the value of an on/off property such as ``w:vanish``, which is on where nothing is said."""
    return element.get(VAL, "1").lower() not in _FALSE


def number(text: str | None, default: int = 0) -> int:
    """Return a small whole number as written in an attribute, else ``default``."""
    return int(text) if text and len(text) < 9 and text.isascii() and text.isdigit() else default
