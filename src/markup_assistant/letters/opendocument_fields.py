"""Puts the fields of OpenDocument text into the letter."""

import re
from collections.abc import Callable

from markup_assistant.letters.composer import Composer, Place
from markup_assistant.letters.letter import FieldKind
from markup_assistant.letters.limits import MAX_NAME
from markup_assistant.letters.office_controls import MADE_UP_NAME
from markup_assistant.letters.office_instructions import describe, tokenize
from markup_assistant.letters.office_ops import Code, Node
from markup_assistant.letters.opendocument_names import FIELD, FORM, LOEXT, OFFICE, TEXT, collapse
from markup_assistant.letters.xml import Element, text_in

_PREFIX = re.compile(r"\A[a-z]+:")
_LEFT_SIDE = re.compile(r"\[([^\]]+)\]|([^\W\d][\w.]*)")
_NO_NAMES = frozenset({"NOT", "AND", "OR", "TRUE", "FALSE"})
_LONGEST_CONDITION = 1_000


def field_handler(tag: str) -> Callable[[Element, Composer], None] | None:
    """Return what puts a field element into the letter, ``None`` for an element that is no field."""
    return _HANDLERS.get(tag)


def condition_name(condition: str) -> str:
    """Return what a condition asks first: ``ooow:[Breve.Borger.Koen] == "M"`` asks ``Koen``."""
    text = _PREFIX.sub("", condition.strip()[:_LONGEST_CONDITION])
    for found in _LEFT_SIDE.finditer(text):
        name = (found[1] or found[2]).rpartition(".")[2].strip()
        if name and name.upper() not in _NO_NAMES:
            return name
    return ""


def mark_condition(composer: Composer, condition: str, place: Place) -> None:
    """Mark what was added since ``place`` as shown only on a condition."""
    span = (place.position, composer.here())
    composer.mark(condition_name(condition), FieldKind.CONDITION, place, branches=(span,))


def mark_control(composer: Composer, element: Element, place: Place) -> None:
    """Mark what was added since ``place`` as a content control (LibreOffice's extension)."""
    alias, tag = element.get(LOEXT + "alias", "").strip(), element.get(LOEXT + "tag", "").strip()
    placeholder = element.get(LOEXT + "showing-place-holder") == "true"
    blank = composer.blank_since(place)
    name = tag or alias or (composer.text_since(place) if placeholder else "")
    if not name:
        return
    if blank:
        composer.text(f"«{name}»")
    choices = [
        item.get(LOEXT + "display-text") or item.get(LOEXT + "value") or ""
        for item in element.iterchildren(LOEXT + "list-item")
        if item.get(LOEXT + "value", "").strip()
    ]
    if choices and (placeholder or blank):
        composer.text(f" ({' / '.join(choices)})")
    composer.mark(name, FieldKind.CONTROL, place, alias)


def mark_word_field(composer: Composer, element: Element, place: Place) -> None:
    """Mark what was added since ``place`` as the Word field that LibreOffice's field mark keeps."""
    name, kind, title = _word_field(element)
    if not name:
        return
    if composer.blank_since(place):
        composer.text(f"«{name}»")
    composer.mark(name, kind, place, title)


def put_form_control(composer: Composer, control: Element) -> None:
    """Put a control of a form (box, list, text) into the letter."""
    name = control.get(FORM + "name", "").strip()
    label = control.get(FORM + "label", "").strip()
    tag = control.tag.rpartition("}")[2]
    if tag in ("checkbox", "radio"):
        state = control.get(FORM + "current-state") or control.get(FORM + "state") or ""
        checked = state == "checked" or control.get(FORM + "current-selected") == "true"
        shown = f"{'☒' if checked else '☐'} {label}".rstrip()
    elif tag in ("listbox", "combobox"):
        options = control.iterchildren(FORM + "option", FORM + "item")
        shown = " / ".join(option.get(FORM + "label", "") for option in options)
    elif tag in ("text", "textarea", "formatted-text", "date", "number"):
        shown = control.get(FORM + "current-value") or control.get(FORM + "value") or ""
    else:
        return
    if name or shown.strip():
        composer.show_field(name or label, FieldKind.FORM, shown.strip())


def _said(element: Element) -> str:
    return collapse(text_in(element)).strip()


def _bare(shown: str) -> str:
    return shown.strip("<>«»[] ")[:MAX_NAME]


def _merge(element: Element, composer: Composer) -> None:
    name, shown = element.get(TEXT + "column-name", "").strip(), _said(element)
    is_name = not name or _bare(shown) in ("", name)  # LibreOffice shows <name> until letters are printed
    composer.show_field(name or _bare(shown), FieldKind.MERGE, "" if is_name else shown)


def _placeholder(element: Element, composer: Composer) -> None:
    shown = _said(element)
    title = element.get(TEXT + "description", "")
    composer.show_field(_bare(shown) or title, FieldKind.PLACEHOLDER, shown, title)


def _variable(element: Element, composer: Composer) -> None:
    if element.get(TEXT + "display") != "none":
        composer.show_field(element.get(TEXT + "name", ""), FieldKind.VARIABLE, _said(element))


def _input(element: Element, composer: Composer) -> None:
    shown = _said(element)
    title = element.get(TEXT + "description", "").strip()
    name = element.get(TEXT + "name", "").strip() or title or _bare(shown)
    composer.show_field(name, FieldKind.FORM, shown, title)


def _conditional_text(element: Element, composer: Composer) -> None:
    name = condition_name(element.get(TEXT + "condition", ""))
    first = element.get(TEXT + "string-value-if-true", "")
    second = element.get(TEXT + "string-value-if-false", "")
    place = composer.start()
    composer.text(first)
    middle = composer.here()
    composer.text(" | " if first.strip() and second.strip() else "")
    begin = composer.here()
    composer.text(second)
    branches = ((place.position, middle), (begin, composer.here()))
    if name or not composer.blank_since(place):
        composer.mark(name, FieldKind.CONDITION, place, branches=branches)


def _hidden_text(element: Element, composer: Composer) -> None:
    place = composer.start()
    composer.text(element.get(TEXT + "string-value") or _said(element))
    mark_condition(composer, element.get(TEXT + "condition", ""), place)


def _drop_down(element: Element, composer: Composer) -> None:
    entries = [
        label.get(TEXT + "value") or label.get(OFFICE + "value") or "" for label in element.iterchildren(TEXT + "label")
    ]
    name = element.get(TEXT + "name", "").strip()
    shown = " / ".join(entry for entry in entries if entry) or _said(element)
    composer.show_field(name or shown[:MAX_NAME], FieldKind.FORM, shown)


def _field_mark(element: Element, composer: Composer) -> None:
    """A Word field without text of its own: a check box or a list to choose from."""
    parameters = _parameters(element)
    name, kind, title = _word_field(element)
    if element.get(FIELD + "type", "").endswith("FORMCHECKBOX"):
        checked = parameters.get("Checkbox_Checked", "").lower() in ("true", "1")
        composer.show_field(name, kind, "☒" if checked else "☐", title)
        return
    entries = [
        parameter.get(FIELD + "value", "")
        for parameter in element.iterchildren(FIELD + "param")
        if parameter.get(FIELD + "name", "").endswith("ListEntry")
    ]
    if name:
        composer.show_field(name, kind, " / ".join(entries), title)


def _parameters(element: Element) -> dict[str, str]:
    return {
        parameter.get(FIELD + "name", "").rpartition(".")[2]: parameter.get(FIELD + "value", "")
        for parameter in element.iterchildren(FIELD + "param")
    }


def _word_field(element: Element) -> tuple[str, FieldKind, str]:
    """Return name, kind and title of a field mark: a form field, or a Word field that is kept as it was."""
    parameters = _parameters(element)
    code = next((value for key, value in parameters.items() if key.upper() == "CODE"), "")
    if code:
        named = describe(Node(), tokenize([Code(code)]))
        if named.name:
            return named.name, named.kind, ""
    name = parameters.get("Name") or element.get(TEXT + "name") or ""
    name = "" if name.startswith(MADE_UP_NAME) else name
    title = parameters.get("Hint") or parameters.get("Description") or parameters.get("Help") or ""
    is_form = ".FORM" in element.get(FIELD + "type", "").upper()
    code_word = element.get(FIELD + "type", "").rpartition(".")[2]
    return (name or title or code_word if is_form else ""), FieldKind.FORM, title


_HANDLERS: dict[str, Callable[[Element, Composer], None]] = {
    TEXT + "database-display": _merge,
    TEXT + "placeholder": _placeholder,
    TEXT + "user-field-get": _variable,
    TEXT + "variable-get": _variable,
    TEXT + "variable-set": _variable,
    TEXT + "user-defined": _variable,
    TEXT + "user-field-input": _input,
    TEXT + "variable-input": _input,
    TEXT + "text-input": _input,
    TEXT + "conditional-text": _conditional_text,
    TEXT + "hidden-text": _hidden_text,
    TEXT + "drop-down": _drop_down,
    FIELD + "fieldmark": _field_mark,
}
