"""What is known to be right of a text, and how a line of a file says it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import UnknownNumberError
from markup_assistant.learning.evaluation.details import Details, labelled_detail
from markup_assistant.letters.masking import mask_cpr
from markup_assistant.markup import ACTION_CODES, DETAILS

TRAITS = ("domain", "area", "source", "kind", "template")
"""Keys of a line by whose values the figures are broken down."""

MAX_SAID = 60
"""Characters of a line's content that are repeated when something is wrong with it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is right for a text; ``None`` is a part that nobody labelled.

    ``subjects`` are the acceptable KLE numbers, best first; none at all for a text that must be left alone.
    ``facets`` are the acceptable codes, best first. ``actions`` has the details by name by code, empty where the
    recipient is asked for nothing.
    """

    subjects: tuple[str, ...] | None = None
    facets: tuple[str, ...] | None = None
    actions: Mapping[str, Details] | None = None

    @property
    def left_alone(self) -> bool:
        """Whether no subject may be claimed."""
        return self.subjects == ()


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A line as read: the text, or the file that has it, and its labels.

    ``cluster`` is shared by texts that are nearly the same, and is the line's own id elsewhere; ``traits`` are the
    values of :data:`TRAITS` that the line has.
    """

    line: int
    id: str
    text: str
    file: str
    labels: Labels
    cluster: str
    traits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class WrongLineError(Exception):
    """A line that cannot be measured on: ``reason`` is a sentence ``evaluate.line.REASON`` with its ``facts``."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = {name: said(fact) for name, fact in facts.items()}


def read_line(number: int, line: bytes, catalogue: Catalogue) -> LabelledText:
    """Read one line; raises WrongLineError for what cannot be used."""
    row = _object(line)
    text, file = _string(row, "text"), _string(row, "file")
    if bool(text) == bool(file):
        raise WrongLineError("text")
    labels = Labels(_subjects(row, catalogue), _facets(row, catalogue), _actions(row))
    if labels == Labels():
        raise WrongLineError("labels")
    id_ = said(row.get("id") or f"#{number}")
    cluster = said(row.get("cluster") or f"#{number}")
    return LabelledText(number, id_, text, file, labels, cluster, MappingProxyType(dict(_traits(row))))


def said(value: object) -> str:
    """Return a value of a line as it may be shown: on one line, short, without CPR numbers."""
    words = mask_cpr(" ".join(str(value).split()))
    return words if len(words) <= MAX_SAID else words[: MAX_SAID - 1] + "…"


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise WrongLineError("encoding") from None
    except (ValueError, RecursionError):
        raise WrongLineError("json") from None
    if not isinstance(row, dict):
        raise WrongLineError("object")
    return row


def _string(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongLineError("string", key=key)
    return value if value.strip() else ""


def _traits(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in TRAITS:
        value = row.get(name)
        if isinstance(value, bool):
            yield name, str(value).lower()
        elif isinstance(value, str) and value.strip():
            yield name, said(value)


def _subjects(row: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, ...] | None:
    """Return the acceptable subjects of ``subject`` with ``also``, or of a list ``kle``."""
    key = "subject" if "subject" in row else "kle"
    if key not in row:
        return None
    numbers = [*_strings(row, key), *_strings(row, "also")] if row[key] != "none" else []
    try:
        return tuple(dict.fromkeys(catalogue.subject(number).number for number in numbers))
    except UnknownNumberError as error:
        nearest = error.facts["nearest"]
        raise WrongLineError("subject", got=error.facts["number"], nearest=nearest or "–") from None


def _facets(row: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, ...] | None:
    codes = list(_strings(row, "facet"))
    try:
        return tuple(dict.fromkeys(catalogue.facet(code).code for code in codes)) or None
    except UnknownNumberError as error:
        raise WrongLineError("facet", got=error.facts["number"], nearest=error.facts["nearest"] or "–") from None


def _strings(row: Mapping[str, Any], key: str) -> Iterator[str]:
    """Yield the texts of a key that holds one text or a list of them."""
    value = row.get(key)
    for one in value if isinstance(value, list) else [value]:
        if one is None or one == "":
            continue
        if not isinstance(one, str):
            raise WrongLineError("string", key=key)
        yield one


def _actions(row: Mapping[str, Any]) -> Mapping[str, Details] | None:
    if row.get("actions") is None:
        return None
    if not isinstance(row["actions"], list):
        raise WrongLineError("actions")
    actions: dict[str, Details] = {}
    for one in row["actions"]:
        values: dict[str, Any] = one if isinstance(one, dict) else {"code": one}
        code = values.get("code")
        if code not in ACTION_CODES:
            raise WrongLineError("action", got=code, known=", ".join(ACTION_CODES))
        if code in actions:
            raise WrongLineError("action_twice", got=code)
        # Details stand beside the code, as in the corpus, or below "details", as the program writes them.
        below = values.get("details")
        actions[code] = MappingProxyType(dict(_details(code, values | below if isinstance(below, dict) else values)))
    return MappingProxyType(actions)


def _details(code: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the details that an action of this code can have; other keys (a label, a note) are not measured."""
    for name in DETAILS[code]:
        if values.get(name) in (None, ""):
            continue
        detail = labelled_detail(values[name])
        if detail is None:
            raise WrongLineError("detail", key=name, got=values[name])
        yield name, detail
