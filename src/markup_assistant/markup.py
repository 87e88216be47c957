"""What is suggested for a letter and what is decided: plain frozen values that every room may use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

ACTION_CODES = (
    "AFTALE",
    "BEKRAEFT",
    "BETALING",
    "FORBEREDELSE",
    "INFORMATION",
    "SELVBETJENING",
    "TILMELDING",
    "UNDERSKRIV",
)
"""MeMo's action codes, alphabetically."""

DETAILS = MappingProxyType(
    dict.fromkeys(ACTION_CODES, ("url", "deadline"))
    | {"AFTALE": ("start", "end", "location"), "BETALING": ("amount", "due", "url")}
)
"""The details that an action of each code may have, in the order in which they are shown."""


class Verdict(StrEnum):
    """How far a suggestion can be trusted; the limits are chosen on held-out letters."""

    SURE = "sure"
    CHECK = "check"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A detail that a field of the template will carry, e.g. the start of a meeting in ``MoedeDato``."""

    field: str
    time: str = ""


Detail = str | FieldRef
"""A value as text (ISO 8601 local time, amount with decimal point, address) or the field that carries it."""


@dataclass(frozen=True, slots=True)
class Action:
    """What the recipient can do: a MeMo code, a button label, and details by name (see :data:`DETAILS`)."""

    code: str
    label: str = ""
    details: Mapping[str, Detail] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the letter that speak for a value: ``letter.text[start:end] == text``.

    ``source`` says what found them (``model``, ``term``, ``title``, ``law``, ``field``, ``cue`` ...);
    ``weight`` is their share of the score, comparable within one suggestion.
    """

    text: str
    start: int
    end: int
    source: str
    weight: float


V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[V]):
    """A value with its confidence (a probability, 0 to 1) and the evidence for it, strongest first."""

    value: V
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A registration number found in the letter; ``kind`` is cpr, cvr, p_number, gln, case ..."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested for one letter.

    ``subjects`` are KLE numbers, ``groups`` the KLE groups that share their probability, ``facets`` codes,
    ``targets`` ids of the organisation; each list best first and possibly empty.
    ``abstained`` names why nothing is claimed (``language``, ``empty``, ``no-letter``), or is empty.
    """

    letter: str
    verdict: Verdict
    subjects: tuple[Suggestion[str], ...] = ()
    groups: tuple[Suggestion[str], ...] = ()
    facets: tuple[Suggestion[str], ...] = ()
    actions: tuple[Suggestion[Action], ...] = ()
    targets: tuple[Suggestion[str], ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    abstained: str = ""
    model: str = ""
    catalogue: str = ""
