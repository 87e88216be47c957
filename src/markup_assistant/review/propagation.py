"""Gives letters that look like one that was decided the same markup, each as a decision of its own."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from markup_assistant.errors import LetterError
from markup_assistant.letters.masking import mask_personal
from markup_assistant.markup import Action, Choice, Decision, FieldRef, How, Markup, Outcome, Part, holding
from markup_assistant.review.desk import Manner, Opened
from markup_assistant.review.draft import Draft
from markup_assistant.review.intents import GoTo
from markup_assistant.review.pile import Entry, Standing
from markup_assistant.review.replies import Reply, Said, Tone

if TYPE_CHECKING:
    from markup_assistant.review.conversation import Conversation


def propagated(conversation: "Conversation", places: tuple[int, ...]) -> Iterator[Reply]:
    """Decide the letters that look like the one decided last, or like the one at hand once that is decided.

    ``places`` (from 1) are those of the list of letters that look like it; all of them where there is none. They
    are one step: undone at once. Letters that are decided already are left as they are.
    """
    texts, desk = conversation.texts, conversation.desk
    origin = _origin(conversation)
    if origin is None:
        yield Said(texts("review.said.decide_first"), Tone.WARNING)
        return
    entry, decision = origin
    alike = open_alike(conversation, entry)
    chosen = [alike[place - 1] for place in places if place <= len(alike)] if places else alike
    if not chosen:
        yield Said(texts("review.said.no_alike"))
        return
    made: list[tuple[Decision, str]] = []
    for other in chosen:
        try:
            made.append(_like(conversation, decision, other))
        except LetterError as error:
            yield conversation.failure(error)
    if not made:
        return
    desk.keep(made)
    conversation.note_done(tuple(one for one, _ in made))
    yield Said(texts("review.said.propagated", count=len(made)), Tone.DONE)
    here = conversation.sitting
    if here and any(other is here.entry for other in chosen):
        yield from conversation.onwards()


def open_alike(conversation: "Conversation", entry: Entry) -> list[Entry]:
    """Return the letters that look like one and are not decided, most alike first."""
    return [other for other, _ in conversation.desk.pile.alike(entry) if other.standing is Standing.OPEN]


def _origin(conversation: "Conversation") -> tuple[Entry, Decision] | None:
    """Return the letter whose markup is taken over: the one at hand where it is decided, else the last decided one.

    None where the letters that look like the one at hand were just listed and it is not decided: those are meant.
    """
    here = conversation.sitting
    held = holding(here.entry.heads) if here else None
    if here and held and held.outcome is Outcome.MARKED:
        return here.entry, held
    if here and any(isinstance(option.intent, GoTo) for option in here.options):
        return None
    for step in reversed(conversation.done):
        entry = conversation.desk.pile.get(step[0].letter)
        if entry and step[0].outcome is Outcome.MARKED and holding(entry.heads) is not None:
            return entry, step[0]
    return None


def _like(conversation: "Conversation", decision: Decision, other: Entry) -> tuple[Decision, str]:
    """Return the decision for a letter that looks like one, and its masked text; raises LetterError."""
    opened = conversation.desk.open(other)  # as it is now: it may have changed since it was found to be alike
    choices = MappingProxyType({part: Choice(How.PROPAGATED) for part in Part})
    markup = replace(decision.markup, actions=_with_own_details(decision.markup, opened))
    draft, manner = Draft(markup, choices), Manner(source=decision.id)
    made = conversation.desk.made(opened.scan, Outcome.MARKED, draft, manner, other.heads)
    return made, mask_personal(opened.letter).text


def _with_own_details(markup: Markup, opened: Opened) -> tuple[Action, ...]:
    """Return the actions with the other letter's own dates, amounts and addresses.

    A date that is written in one letter is not that of another: a value is taken from what is suggested for the
    other letter; a field carries over.
    """
    own = {action.value.code: action.value.details for action in opened.suggestions.actions}
    return tuple(
        replace(
            action,
            details=MappingProxyType(
                {
                    name: value if isinstance(value, FieldRef) else own.get(action.code, {}).get(name, "")
                    for name, value in action.details.items()
                    if isinstance(value, FieldRef) or own.get(action.code, {}).get(name)
                }
            ),
        )
        for action in markup.actions
    )
