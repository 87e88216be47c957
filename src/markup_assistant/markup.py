"""What is suggested for a letter and what is decided: plain frozen values that every room may use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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


class Part(StrEnum):
    """A part of the markup that is suggested and decided for itself."""

    SUBJECT = "subject"
    FACET = "facet"
    ACTIONS = "actions"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Markup:
    """What a letter is marked up with; a value that is empty was left out on purpose.

    ``subject`` is a KLE number, ``facet`` a code, ``target`` the id of a unit or system; ``actions`` are ordered by
    code, each code at most once.
    """

    subject: str = ""
    facet: str = ""
    actions: tuple[Action, ...] = ()
    target: str = ""

    def value(self, part: Part) -> "str | tuple[Action, ...]":
        """Return the value of a part."""
        return self.actions if part is Part.ACTIONS else str(getattr(self, part.value))


NO_MARKUP = Markup()
"""The markup of a letter that has none."""


class How(StrEnum):
    """How a value was chosen, the weakest sign of a person's judgement first."""

    AUTOMATIC = "automatic"  # by a limit on confidence: nobody looked
    PROPAGATED = "propagated"  # taken over from a letter that looks like it
    IMPORTED = "imported"  # from a file
    ACCEPTED = "accepted"  # the first suggestion, left as it was
    PICKED = "picked"  # another one of those suggested
    SEARCHED = "searched"  # found by words in the catalogue
    TYPED = "typed"  # written by number, code or name


@dataclass(frozen=True, slots=True)
class Choice:
    """How a part was chosen, and the place (from 1) that its value had among the suggestions; 0 if none."""

    how: How
    rank: int = 0


class Outcome(StrEnum):
    """What a decision says of its letter."""

    MARKED = "marked"  # it has this markup
    LEFT_ALONE = "left-alone"  # it is to have none: no letter, or none that goes out
    WITHDRAWN = "withdrawn"  # nothing is decided any more


@dataclass(frozen=True, slots=True)
class Decision:
    """Who chose which markup for a letter, when, and how. A decision is never changed, only superseded.

    Attributes:
        id: a UUID.
        letter: the name by which the store knows the letter (:func:`letters.naming.letter_key`).
        content: the fingerprint of the letter's text when it was decided.
        outcome: whether the letter got markup, was left alone, or is undecided again.
        markup: empty unless ``outcome`` is ``marked``.
        choices: how each part was chosen.
        person: who decided.
        at: when, with time zone.
        supersedes: ids of the decisions on the same letter that this one replaces: all that its maker saw.
        source: the decision that this one was propagated from or undoes, or empty.
        seconds: how long the letter was looked at, 0 where nobody did.
        model: name of the model whose suggestions were shown.
        catalogue: name of the KLE edition.
        blind: whether it was answered before any suggestion was shown.
    """

    id: str
    letter: str
    content: str
    outcome: Outcome
    person: str
    at: datetime
    markup: Markup = NO_MARKUP
    choices: Mapping[Part, Choice] = field(default_factory=lambda: MappingProxyType({}))
    supersedes: tuple[str, ...] = ()
    source: str = ""
    seconds: float = 0.0
    model: str = ""
    catalogue: str = ""
    blind: bool = False


def holding(heads: Sequence[Decision]) -> Decision | None:
    """Return the decision that holds for a letter, the latest of those that agree; None where nothing is decided."""
    head = heads[-1] if heads else None
    return head if head and head.outcome is not Outcome.WITHDRAWN else None


def in_conflict(heads: Sequence[Decision]) -> bool:
    """Whether people have decided differently without knowing of each other."""
    return any((head.outcome, head.markup) != (heads[0].outcome, heads[0].markup) for head in heads[1:])
