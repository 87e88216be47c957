"""Changes to the card of the letter at hand: another subject, facet or target, actions and their details."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markup_assistant.markup import DETAILS, How, Part
from markup_assistant.review.draft import Draft
from markup_assistant.review.intents import (
    AddAction,
    ChooseFacet,
    ChooseSubject,
    ChooseTarget,
    Intent,
    Refuse,
    RemoveAction,
    SetDetail,
)
from markup_assistant.review.replies import Card, Listing, Option, Reply, Said, Tone

if TYPE_CHECKING:
    from markup_assistant.review.conversation import Conversation
    from markup_assistant.review.sitting import Sitting

_DETAIL_OF = {"start": "AFTALE", "end": "AFTALE", "location": "AFTALE", "amount": "BETALING", "due": "BETALING"}
"""Details that one code alone can have."""


def shape(conversation: "Conversation", intent: Intent) -> Iterator[Reply] | None:
    """Change the card as an intent asks, or return None where it asks for something else."""
    here = conversation.sitting
    changes = ChooseSubject | ChooseFacet | ChooseTarget | AddAction | RemoveAction | SetDetail | Refuse
    if not isinstance(intent, changes):
        return None
    if here is None or here.opened is None:
        return iter([Said(conversation.texts("review.said.no_letter_here"), Tone.WARNING)])
    return _shape(conversation, here, intent)


def _shape(conversation: "Conversation", here: "Sitting", intent: Intent) -> Iterator[Reply]:
    if isinstance(intent, Refuse):
        yield from _refused(conversation)
        return
    if isinstance(intent, SetDetail):
        yield from _set_detail(conversation, here, intent)
        return
    changed = _changed(here, intent)
    if changed == here.draft:
        yield Said(conversation.texts("review.said.as_it_is"))
        return
    yield from _take(conversation, here, changed)


def _changed(here: "Sitting", intent: Intent) -> Draft:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    drafting, draft = here.opened.drafting, here.draft
    match intent:
        case ChooseSubject(number, how):
            return drafting.with_subject(draft, number, how)
        case ChooseFacet(code, how):
            return drafting.with_facet(draft, code, how)
        case ChooseTarget(target, how):
            return drafting.with_target(draft, target, how)
        case AddAction(code, how):
            return drafting.with_action(draft, code, how)
        case RemoveAction(code):
            return drafting.without_action(draft, code, How.TYPED)
    return draft


def _take(conversation: "Conversation", here: "Sitting", draft: Draft) -> Iterator[Reply]:
    """Put a changed draft on the card, and say what has changed beside what was asked for."""
    before = here.draft
    here.steps.append(before)
    here.draft = draft
    yield Said(conversation.words.changed(before.markup, draft.markup))
    yield from conversation.reveal()
    yield Card()


def _set_detail(conversation: "Conversation", here: "Sitting", intent: SetDetail) -> Iterator[Reply]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    codes = _codes_for(here, intent)
    if len(codes) > 1:
        options = tuple(
            Option(conversation.words.action_name(code), SetDetail(intent.name, intent.value, code)) for code in codes
        )
        yield Listing(conversation.texts("review.said.which_action"), options)
        return
    if not codes:
        yield Said(conversation.texts("review.said.no_action_for_detail"), Tone.WARNING)
        return
    code, name = codes[0], _name_in(intent.name, codes[0])
    drafting, draft = here.opened.drafting, here.draft
    if intent.value and all(action.code != code for action in draft.markup.actions):
        draft = drafting.with_action(draft, code, How.TYPED)
    changed = drafting.with_detail(draft, code, name, intent.value, How.TYPED)
    if changed.markup == here.draft.markup:
        yield Said(conversation.texts("review.said.as_it_is"))
        return
    yield from _take(conversation, here, changed)


def _codes_for(here: "Sitting", intent: SetDetail) -> list[str]:
    """Return the actions that a detail may be meant for: the one named, else those of the card that can have it."""
    if intent.code:
        return [intent.code]
    if intent.name in _DETAIL_OF:
        return [_DETAIL_OF[intent.name]]
    codes = [action.code for action in here.draft.markup.actions]
    return [code for code in codes if intent.name == "label" or _name_in(intent.name, code) in DETAILS[code]]


def _name_in(name: str, code: str) -> str:
    """A payment's deadline is its due date."""
    return "due" if name == "deadline" and code == "BETALING" else name


def _refused(conversation: "Conversation") -> Iterator[Reply]:
    """Ask what is right, with what else it may be."""
    options = offered(conversation)
    here = conversation.sitting
    part = (here.part if here else None) or Part.SUBJECT
    title = conversation.texts(f"review.said.refused_{part.value}")
    rest = tuple(option for option in options if not _is_on_card(conversation, option))
    yield Listing(title, rest) if rest else Said(title)


def _is_on_card(conversation: "Conversation", option: Option) -> bool:
    here = conversation.sitting
    markup = here.draft.markup if here else None
    match option.intent:
        case ChooseSubject(number):
            return markup is not None and markup.subject == number
        case ChooseFacet(code):
            return markup is not None and markup.facet == code
        case ChooseTarget(target):
            return markup is not None and markup.target == target
    return False


def offered(conversation: "Conversation") -> tuple[Option, ...]:
    """Return the choices that the digits stand for on the card: those of the part that has the focus."""
    here = conversation.sitting
    if here is None or here.opened is None:
        return ()
    words, drafting, draft = conversation.words, here.opened.drafting, here.draft
    match here.part or Part.SUBJECT:
        case Part.SUBJECT:
            found = () if here.blind else here.opened.suggestions.subjects
            return tuple(
                Option(words.subject(one.value), ChooseSubject(one.value, How.PICKED), words.percent(one.confidence))
                for one in found
            )
        case Part.FACET:
            return tuple(
                Option(words.facet(one.value), ChooseFacet(one.value, How.PICKED), words.percent(one.confidence))
                for one in drafting.facets(draft)
            )
        case Part.TARGET:
            return tuple(
                Option(words.target(one.value), ChooseTarget(one.value, How.PICKED), words.rule(one.reason))
                for one in drafting.targets(draft)
            )
        case Part.ACTIONS:
            return _action_options(conversation, draft)


def _action_options(conversation: "Conversation", draft: Draft) -> tuple[Option, ...]:
    """Offer to take away what is there and to add what is not."""
    texts, words = conversation.texts, conversation.words
    there = [action.code for action in draft.markup.actions]
    absent = [code for code in DETAILS if code not in there]
    return (
        *(Option(texts("review.option.remove", action=words.action_name(code)), RemoveAction(code)) for code in there),
        *(
            Option(texts("review.option.add", action=words.action_name(code)), AddAction(code, How.PICKED))
            for code in absent
        ),
    )
