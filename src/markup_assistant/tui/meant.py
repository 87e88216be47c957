"""What words may mean while they are still being typed."""

from markup_assistant.review.answers import found_subjects
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.grammar import Unclear, Understood, understand
from markup_assistant.review.intents import Search
from markup_assistant.review.replies import Option
from markup_assistant.tui.prompt import SHOWN_HITS


def meant(conversation: Conversation, text: str) -> tuple[Option, ...]:
    """Return the subjects and whatever else typed words may mean, likeliest first; nothing for a clear command."""
    match understand(text, conversation.situation()):
        case Understood((Search(query),)):
            return found_subjects(conversation, query, SHOWN_HITS)
        case Unclear(options) if any(isinstance(one, Search) for one in options):
            room = SHOWN_HITS - len(options) + 1
            return tuple(
                option
                for one in options
                for option in (
                    found_subjects(conversation, one.query, room)
                    if isinstance(one, Search)
                    else (Option(conversation.words.intent(one), one),)
                )
            )
    return ()
