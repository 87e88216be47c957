"""The markup of a document as properties that people see in Word and LibreOffice, and what they change there."""

import re
from collections.abc import Mapping
from dataclasses import replace

from markup_assistant.markup import ACTION_CODES, Action, Markup
from markup_assistant.memo.marked_values import Marked, Status

SUBJECT, FACET, ACTIONS, TARGET = "KLE", "KLEFacet", "MeMoActions", "MeMoTarget"
NAMES = (SUBJECT, FACET, ACTIONS, TARGET)

WHOLE = "MeMoMarkup"
"""The property of an OpenDocument text that holds the whole markup: the others are for people to see."""

_SUBJECT = re.compile(r"\d\d\.\d\d\.\d\d")
_FACET = re.compile(r"[A-ZÆØÅ]\d\d")


def marked_properties(markup: Markup) -> dict[str, str]:
    """Return the properties of markup; what is empty has none."""
    codes = " ".join(action.code for action in markup.actions)
    found = {SUBJECT: markup.subject, FACET: markup.facet, ACTIONS: codes, TARGET: markup.target}
    return {name: value for name, value in found.items() if value}


def as_changed(marked: Marked, properties: Mapping[str, str]) -> Marked:
    """Return markup as its properties say it now: somebody may have changed them in Word.

    Without any of the properties (a program that keeps none) it stays as it was, and so does what a property cannot
    mean. An action whose code was added has no details yet.
    """
    said = {name: properties[name].strip() for name in NAMES if properties.get(name, "").strip()}
    if not said or said == marked_properties(marked.markup):
        return marked
    markup = marked.markup
    subject, facet = said.get(SUBJECT, ""), said.get(FACET, "")
    codes = re.split(r"[\s,;]+", said[ACTIONS]) if ACTIONS in said else []
    known = {action.code: action for action in markup.actions}
    changed = Markup(
        subject=subject if not subject or _SUBJECT.fullmatch(subject) else markup.subject,
        facet=facet if not facet or _FACET.fullmatch(facet) else markup.facet,
        actions=tuple(known.get(code, Action(code)) for code in sorted(set(codes)) if code in ACTION_CODES),
        target=said.get(TARGET, ""),
    )
    if changed == markup:
        return marked
    return replace(marked, markup=changed, status=Status.DECIDED, at=None, edited=True)
