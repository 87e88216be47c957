"""What the styles of an OpenDocument text say about a paragraph: heading, hidden."""

from collections.abc import Iterable

from markup_assistant.letters.looks import Look, Looks, level_by_name
from markup_assistant.letters.opendocument_names import OFFICE, STYLE, TEXT, decode_style_name
from markup_assistant.letters.xml import Element

_HOLDERS = (OFFICE + "styles", OFFICE + "automatic-styles")


def read_styles(roots: Iterable[Element]) -> Looks:
    """Return the styles of a document, from its style and content parts; the later part goes first."""
    looks = Looks()
    for root in roots:
        for holder in root.iterchildren(*_HOLDERS):
            for style in holder.iterchildren(STYLE + "style"):
                name = style.get(STYLE + "name", "")
                shown = style.get(STYLE + "display-name") or decode_style_name(name)
                look = Look(level_by_name(shown), hidden=_hidden(style))
                looks.add(name, look, style.get(STYLE + "parent-style-name", ""))
    return looks


def _hidden(style: Element) -> bool | None:
    properties = style.find(STYLE + "text-properties")
    display = None if properties is None else properties.get(TEXT + "display")
    return None if display is None else display == "none"
