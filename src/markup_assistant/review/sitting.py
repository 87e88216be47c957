"""The letter at hand while it is talked about, and what comes of each thing that is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markup_assistant.markup import Decision, Part
from markup_assistant.review.desk import Opened
from markup_assistant.review.draft import Draft
from markup_assistant.review.pile import Entry
from markup_assistant.review.replies import Listing, Option, Reply, Said, Tone


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one thing that was asked: ``moved`` when another letter lies on the desk now."""

    replies: tuple[Reply, ...] = ()
    moved: bool = False
    ended: bool = False


@dataclass(slots=True)
class Sitting:
    """The letter at hand: what was read, the draft as it stands and as it stood, and what was listed last.

    ``heads`` are the decisions that the person has seen: what others decide meanwhile is not silently replaced.
    ``blind`` is set until the letter is answered that is to be answered before suggestions are shown;
    ``blind_subject`` is that answer.
    """

    entry: Entry
    opened: Opened | None
    draft: Draft
    began: float
    heads: tuple[Decision, ...] = ()
    steps: list[Draft] = field(default_factory=list)
    part: Part | None = None
    options: tuple[Option, ...] = ()
    blind: bool = False
    blind_subject: str = ""


def asks(turn: Turn) -> bool:
    """Whether something has to be chosen or mended first."""
    return any(
        isinstance(reply, Listing) or (isinstance(reply, Said) and reply.tone in (Tone.WARNING, Tone.ERROR))
        for reply in turn.replies
    )


def joined(turns: Sequence[Turn]) -> Turn:
    replies = tuple(reply for turn in turns for reply in turn.replies)
    return Turn(replies, any(turn.moved for turn in turns), any(turn.ended for turn in turns))
