"""When a detail of an action is right: the same value, or the same field of the template."""

import re
from collections.abc import Mapping

from markup_assistant.letters.placeholders import find_placeholders
from markup_assistant.markup import Detail, FieldRef

Details = Mapping[str, Detail]

_FILLING = re.compile(r"\bkl(?:okken)?\b\.?|\W", re.IGNORECASE)
"""What may stand between two fields that are one detail: ``«MoedeDato» kl. «MoedeTid»``."""

_PREPOSITION = re.compile(r"(?:på|i|ved|hos)\s+")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ t](\d\d:\d\d)(?::00)?")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")


def labelled_detail(value: object) -> Detail | None:
    """Return a label as a detail: text, a number, ``{"field": NAME}``, or fields as they stand in the letter.

    Nothing for a value that is none of these.
    """
    if isinstance(value, dict):
        field, time = value.get("field"), value.get("time", "")
        return FieldRef(field, time) if isinstance(field, str) and field and isinstance(time, str) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return as_field(str(value))


def as_field(value: Detail) -> Detail:
    """Return a text that holds nothing but placeholders as the fields that they are."""
    if isinstance(value, FieldRef):
        return value
    fields = find_placeholders(value)
    rest = value
    for placeholder in reversed(fields):
        rest = rest[: placeholder.start] + rest[placeholder.end :]
    if not fields or _FILLING.sub("", rest):
        return value
    return FieldRef(fields[0].name, " ".join(field.name for field in fields[1:]))


def same_detail(name: str, right: Detail, given: Detail) -> bool:
    """Say whether a detail is right, but for what is a matter of taste.

    Case, the seconds of a whole minute, the preposition of a place, the scheme of an address and the final zeros of
    an amount do not count.
    """
    return _plain(name, right) == _plain(name, given)


def _plain(name: str, value: Detail) -> str | FieldRef:
    value = as_field(value)
    if isinstance(value, FieldRef):
        return FieldRef(value.field.casefold(), value.time.casefold())
    text = " ".join(value.casefold().split())
    if name == "location":
        return _PREPOSITION.sub("", text, count=1)
    if name == "url":
        return re.sub(r"^https?://", "", text).rstrip("/")
    if name == "amount" and _AMOUNT.fullmatch(text):
        return f"{float(text):.2f}"
    moment = _MOMENT.fullmatch(text)
    return f"{moment[1]}t{moment[2]}" if moment else text
