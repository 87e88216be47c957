"""What a caseworker can ask for: plain values that keys, typed Danish and the command palette all come down to."""

from dataclasses import dataclass
from enum import StrEnum

from markup_assistant.markup import Detail, How, Part


class Queue(StrEnum):
    """Which letters are gone through, and in which order."""

    ALL = "all"
    UNSURE = "unsure"
    CHANGED = "changed"
    BLIND = "blind"
    CONFLICTS = "conflicts"
    MINE = "mine"
    SKIPPED = "skipped"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Accept:
    """Decide the letter as the card stands, and go on (``ja``)."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """The markup is wrong, but it was not said what is right (``nej``)."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Take number ``place`` (from 1) of what was listed last; of the suggested subjects where nothing was."""

    place: int


@dataclass(frozen=True, slots=True)
class ChooseSubject:
    """Take a subject by its KLE number."""

    number: str
    how: How = How.TYPED


@dataclass(frozen=True, slots=True)
class ChooseFacet:
    """Take a facet by its code."""

    code: str
    how: How = How.TYPED


@dataclass(frozen=True, slots=True)
class ChooseTarget:
    """Take a unit or system by its id."""

    target: str
    how: How = How.TYPED


@dataclass(frozen=True, slots=True)
class AddAction:
    """Add an action by its MeMo code."""

    code: str
    how: How = How.TYPED


@dataclass(frozen=True, slots=True)
class RemoveAction:
    """Take an action away; every action where ``code`` is empty (``ingen handlinger``)."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class SetDetail:
    """Set a detail of an action (see ``markup.DETAILS``).

    ``name`` is a detail's name, or ``label``; ``code`` is empty where the action was not named: the conversation
    finds the one that can have it. An empty ``value`` takes the detail away.
    """

    name: str
    value: Detail
    code: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """Look for subjects by words."""

    query: str


@dataclass(frozen=True, slots=True)
class Browse:
    """Pick a subject from the tree: below a main group or group, or from the top."""

    number: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Ask for the reasons of a part, or (``place``) of one of the suggested subjects."""

    part: Part | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """Ask what tells two subjects apart; both by number."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Show:
    """Show something, by its name.

    ``memo``, ``similar``, ``changes``, ``history``, ``letter``, ``progress``, ``facets``, ``targets``, ``queues``,
    ``conflict``, or ``number`` (with its KLE number in ``about``).
    """

    what: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Propagate:
    """Give the letters that look like this one the same markup; ``places`` (from 1) of the list, or all of them."""

    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeaveAlone:
    """The letter is to have no markup (``det er ikke et brev``)."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Come back to the letter later."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last step back: a change of the card, or the last decision."""


@dataclass(frozen=True, slots=True)
class Next:
    """Go to the next letter without deciding this one."""


@dataclass(frozen=True, slots=True)
class Previous:
    """Go to the letter before."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go to a letter by (a part of) its name or its place in the queue (``12``)."""

    letter: str


@dataclass(frozen=True, slots=True)
class ChooseQueue:
    """Go through other letters; ``department`` is a unit's id where the queue is one department's."""

    queue: Queue
    department: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """Give this letter to a person to look at; ``me`` where they said so, empty to nobody."""

    person: str


@dataclass(frozen=True, slots=True)
class Help:
    """Ask for help, with a topic (a part, a command) where one was named."""

    topic: str = ""


@dataclass(frozen=True, slots=True)
class Quit:
    """Stop for today."""


Intent = (
    Accept
    | Refuse
    | Pick
    | ChooseSubject
    | ChooseFacet
    | ChooseTarget
    | AddAction
    | RemoveAction
    | SetDetail
    | Search
    | Browse
    | Why
    | Compare
    | Show
    | Propagate
    | LeaveAlone
    | Skip
    | Undo
    | Next
    | Previous
    | GoTo
    | ChooseQueue
    | Assign
    | Help
    | Quit
)

OfTheLetter = (
    Accept
    | LeaveAlone
    | Pick
    | Propagate
    | ChooseSubject
    | ChooseFacet
    | ChooseTarget
    | AddAction
    | RemoveAction
    | SetDetail
)
"""What changes or decides the letter that it was said of."""
