"""What a digit does: it picks at once, and is taken back where it was the beginning of a number."""

from markup_assistant.markup import Part
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import ChooseSubject, Pick, Undo
from markup_assistant.review.replies import Card
from markup_assistant.review.shaping import offered
from markup_assistant.review.sitting import Sitting, Turn


def choices(conversation: Conversation | None) -> int:
    """Return how many things a digit can pick now."""
    if conversation is None or conversation.sitting is None:
        return 0
    return len(conversation.sitting.options or offered(conversation))


def takes_numbers(conversation: Conversation | None) -> bool:
    """Whether what digits pick are subjects, so that a number may be meant."""
    here = conversation.sitting if conversation else None
    if here is None or here.part not in (None, Part.SUBJECT):
        return False
    return all(isinstance(option.intent, ChooseSubject) for option in here.options)


def pick_on_card(conversation: Conversation, place: int) -> Turn:
    """Pick what stands on the card, whatever was listed since."""
    options = offered(conversation)
    return conversation.do(options[place - 1].intent) if place <= len(options) else Turn()


class Digits:
    """Picks by digits, and remembers how the card was before the last of them."""

    def __init__(self) -> None:
        self._before: tuple[Sitting, int] | None = None

    def pick(self, conversation: Conversation, place: int) -> Turn:
        """Pick."""
        here = conversation.sitting
        self._before = (here, len(here.steps)) if here else None
        return conversation.do(Pick(place))

    def take_back(self, conversation: Conversation) -> Turn:
        """Take the last pick back where it changed the card, with no words about it."""
        here, before = conversation.sitting, self._before
        if here is None or before is None or here is not before[0] or len(here.steps) != before[1] + 1:
            return Turn()
        return Turn(tuple(reply for reply in conversation.do(Undo()).replies if isinstance(reply, Card)))
