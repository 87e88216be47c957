"""Which intents open a screen of their own, and what a value chosen there asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from markup_assistant.markup import NO_MARKUP, How
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.grammar import Understood, understand
from markup_assistant.review.intents import Browse, ChooseFacet, ChooseSubject, ChooseTarget, Help, Intent, Quit, Show
from markup_assistant.tui.facet_picker import FacetPicker
from markup_assistant.tui.picker import SubjectPicker
from markup_assistant.tui.review_help import help_for
from markup_assistant.tui.target_picker import TargetPicker


@dataclass(frozen=True, slots=True)
class Opening:
    """A screen to be opened; ``meaning`` is what is asked for by the value that it gives."""

    screen: Screen[Any]
    meaning: Callable[[str], Intent] | None = None


def has_screen(intent: Intent) -> bool:
    """Whether an intent is answered by a screen of its own."""
    match intent:
        case Browse() | Help() | Show("facets") | Show("targets"):
            return True
    return False


def asked_of_screen(conversation: Conversation, text: str) -> Intent | None:
    """Return what a typed line asks of the screen itself: to open another, to show the letter alone, to end."""
    match understand(text, conversation.situation()):
        case Understood((intent,)) if has_screen(intent) or isinstance(intent, Quit) or intent == Show("letter"):
            return intent
    return None


def opening(conversation: Conversation, intent: Intent) -> Opening | None:
    """Return the screen that an intent has of its own."""
    desk, texts, here = conversation.desk, conversation.texts, conversation.sitting
    markup = here.draft.markup if here else NO_MARKUP
    match intent:
        case Help(topic):
            return Opening(help_for(conversation, topic))
        case Browse(number):
            subjects = SubjectPicker(desk.catalogue, texts, number or markup.subject)
            return Opening(subjects, lambda number: ChooseSubject(number, How.SEARCHED))
        case Show("facets"):
            facets = FacetPicker(desk.catalogue, texts, markup.subject, present=markup.facet)
            return Opening(facets, lambda code: ChooseFacet(code, How.SEARCHED))
        case Show("targets"):
            targets = TargetPicker(desk.organisation, texts, present=markup.target)
            return Opening(targets, lambda target: ChooseTarget(target, How.SEARCHED))
    return None
