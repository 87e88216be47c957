"""Reads what Word says of content controls (``w:sdtPr``) and of legacy form fields (``w:ffData``)."""

import re

from markup_assistant.letters.office_names import VAL, W, is_on
from markup_assistant.letters.office_ops import ControlSpan, FormData
from markup_assistant.letters.xml import Element

_BUILDING = ("docPartObj", "docPartList", "picture", "group", "citation", "bibliography", "equation")
_NOT_A_FIELD = frozenset(W + name for name in _BUILDING)
"""Controls that build the document (contents, page numbers, logo) rather than being filled in."""

_CHOICES = frozenset({W + "dropDownList", W + "comboBox"})
MADE_UP_NAME = "__Fieldmark__"
"""How the names begin that LibreOffice gives to fields without one."""

_LAST_STEP = re.compile(r"([\w.-]+)(?:\[\d+\])?\Z")
_LONGEST_PATH = 1_000


def read_control(properties: Element | None) -> ControlSpan | None:
    """Return the content control that ``w:sdtPr`` describes, ``None`` where it is no field of a letter."""
    if properties is None:
        return None
    alias = tag = bound = ""
    placeholder = False
    choices: tuple[str, ...] = ()
    for child in properties:
        if child.tag in _NOT_A_FIELD:
            return None
        if child.tag == W + "alias":
            alias = child.get(VAL, "").strip()
        elif child.tag == W + "tag":
            tag = child.get(VAL, "").strip()
        elif child.tag == W + "showingPlcHdr":
            placeholder = is_on(child)
        elif child.tag in _CHOICES:
            choices = _choices(child)
        elif isinstance(child.tag, str) and child.tag.endswith("}dataBinding"):
            bound = _last_step(child.get(W + "xpath", ""))
    if tag.startswith("{") and alias:  # template systems keep settings as JSON in the tag
        tag = alias
    return ControlSpan(tag or alias or bound, alias, placeholder, choices)


def read_form(element: Element) -> FormData | None:
    """Return what the ``w:ffData`` of a field says, where it has one."""
    data = element.find(W + "ffData")
    if data is None:
        return None
    values = {child.tag: child for child in data}
    name = _value(values.get(W + "name"))
    if name.startswith(MADE_UP_NAME):
        name = ""
    title = _value(values.get(W + "statusText")) or _value(values.get(W + "helpText"))
    text, box, drop_down = (values.get(W + tag) for tag in ("textInput", "checkBox", "ddList"))
    default = "" if text is None else _value(text.find(W + "default"))
    entries = () if drop_down is None else tuple(map(_value, drop_down.iterchildren(W + "listEntry")))
    return FormData(name, title, default, _is_checked(box), entries)


def _is_checked(box: Element | None) -> bool:
    for tag in ("checked", "default"):
        state = None if box is None else box.find(W + tag)
        if state is not None:
            return is_on(state)
    return False


def _choices(control: Element) -> tuple[str, ...]:
    """Return what can be chosen; an entry without a value is the prompt."""
    entries = [
        (item.get(W + "displayText") or item.get(W + "value") or "", item.get(W + "value", ""))
        for item in control.iterchildren(W + "listItem")
    ]
    return tuple(shown for shown, value in entries if value.strip())


def _last_step(xpath: str) -> str:
    found = _LAST_STEP.search(xpath[-_LONGEST_PATH:])
    return found[1] if found else ""


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(VAL, "").strip()
