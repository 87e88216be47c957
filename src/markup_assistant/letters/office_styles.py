"""What the styles of a Word document say about a paragraph: heading, list item, hidden."""

from markup_assistant.letters.looks import NOTHING, Look, Looks, level_by_name
from markup_assistant.letters.office_names import VAL, W, is_on, number
from markup_assistant.letters.xml import Element

_BODY_LEVEL = 9
"""``w:outlineLvl`` 0 to 8 are headings 1 to 9; 9 says body text."""


class Styles:
    """The styles of a document, each resolved through the styles it is based on."""

    def __init__(self, root: Element | None = None) -> None:
        self._looks = Looks()
        self._default = ""
        for style in () if root is None else root.iterchildren(W + "style"):
            self._add(style)

    def look(self, style_id: str | None) -> Look:
        """Return what a style says, the default style where none is named."""
        return self._looks.look(style_id or self._default)

    def _add(self, style: Element) -> None:
        style_id = style.get(W + "styleId", "")
        name = parent = ""
        look = NOTHING
        for child in style:
            if child.tag == W + "name":
                name = child.get(VAL, "")
            elif child.tag == W + "basedOn":
                parent = child.get(VAL, "")
            elif child.tag == W + "pPr":
                look = paragraph_look(child).over(look)
            elif child.tag == W + "rPr":
                look = Look(hidden=run_hidden(child)).over(look)
        named = Look(heading=level_by_name(name) or level_by_name(style_id))
        self._looks.add(style_id, look.over(named), parent)
        if style.get(W + "default") in ("1", "true", "on") and style.get(W + "type") == "paragraph":
            self._default = style_id


def paragraph_look(properties: Element) -> Look:
    """Return what ``w:pPr`` itself says, without its style."""
    heading = item = None
    for child in properties:
        if child.tag == W + "outlineLvl":
            level = number(child.get(VAL), _BODY_LEVEL)
            heading = level + 1 if level < _BODY_LEVEL else 0
        elif child.tag == W + "numPr":
            item = _item_level(child)
    return Look(heading, item)


def run_hidden(properties: Element) -> bool | None:
    """Return whether ``w:rPr`` itself hides text; ``None`` where it does not say."""
    for child in properties:
        if child.tag == W + "vanish":
            return is_on(child)
    return None


def _item_level(numbering: Element) -> int:
    level, listed = 0, True
    for child in numbering:
        if child.tag == W + "ilvl":
            level = number(child.get(VAL))
        elif child.tag == W + "numId":
            listed = child.get(VAL) != "0"  # 0 takes a paragraph out of the list of its style
    return level + 1 if listed else 0
