"""The card of the letter at hand as lines: the values, what else may be chosen, and the reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from markup_assistant.markup import Action, Evidence, How, Part, Suggestion
from markup_assistant.review.replies import Option
from markup_assistant.review.shaping import offered

if TYPE_CHECKING:
    from markup_assistant.review.conversation import Conversation
    from markup_assistant.review.sitting import Sitting

REASONS = 3
"""Reasons that stand on the card: ``hvorfor?`` gives them all."""

FAINTEST = 0.02
"""Subjects are offered down to this confidence, but never fewer than three: impossible ones help nobody."""

ALWAYS_OFFERED = 3


class LineKind(StrEnum):
    """What a line of the card is; it decides how it looks."""

    VALUE = "value"
    PATH = "path"
    DETAIL = "detail"
    REASON = "reason"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of the card: ``label`` names its part, ``digit`` picks it, ``note`` is its confidence."""

    part: Part
    kind: LineKind
    text: str
    label: str = ""
    digit: str = ""
    note: str = ""


def card_lines(conversation: "Conversation") -> tuple[CardLine, ...]:
    """Return the card of the letter at hand; none while it is to be answered without help."""
    here = conversation.sitting
    if here is None or here.opened is None or here.blind:
        return ()
    return tuple(_lines(conversation, here))


def evidence(conversation: "Conversation") -> tuple[Evidence, ...]:
    """Return what in the letter speaks for the part that has the focus: for the subject where none has."""
    here = conversation.sitting
    if here is None or here.opened is None or here.blind:
        return ()
    suggestions, markup = here.opened.suggestions, here.draft.markup
    match here.part or Part.SUBJECT:
        case Part.SUBJECT:
            return _evidence_of(suggestions.subjects, markup.subject)
        case Part.FACET:
            return _evidence_of(here.opened.drafting.facets(here.draft), markup.facet)
        case Part.ACTIONS:
            codes = {action.code for action in markup.actions}
            return tuple(piece for one in suggestions.actions if one.value.code in codes for piece in one.evidence)
        case Part.TARGET:
            return ()


def _evidence_of(suggestions: Sequence[Suggestion[str]], value: str) -> tuple[Evidence, ...]:
    return next((one.evidence for one in suggestions if one.value == value), ())


def _lines(conversation: "Conversation", here: "Sitting") -> Iterator[CardLine]:
    yield from _subject(conversation, here)
    yield from _facet(conversation, here)
    yield from _actions(conversation, here)
    yield from _target(conversation, here)


def _subject(conversation: "Conversation", here: "Sitting") -> Iterator[CardLine]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    words, number = conversation.words, here.draft.markup.subject
    label = conversation.texts("suggestion.subject")
    found = {one.value: one for one in here.opened.suggestions.subjects}
    if not number:
        text = conversation.texts("review.card.no_subject")
        yield CardLine(Part.SUBJECT, LineKind.VALUE, text, label)
    else:
        known = found.get(number)
        note = words.confidence(known.confidence) if known else conversation.texts("review.card.own_choice")
        digit = str(list(found).index(number) + 1) if known else ""
        yield CardLine(Part.SUBJECT, LineKind.VALUE, words.subject(number), label, digit, note)
        above = conversation.desk.catalogue.path(number)[:-1]
        yield CardLine(Part.SUBJECT, LineKind.PATH, " › ".join(node.title for node in above))
        yield from _reasons(conversation, Part.SUBJECT, known.evidence if known else ())
    if here.part in (None, Part.SUBJECT):
        shown = [
            place
            for place, one in enumerate(here.opened.suggestions.subjects, start=1)
            if place <= ALWAYS_OFFERED or one.confidence >= FAINTEST
        ]
        yield from _others(Part.SUBJECT, offered_here(conversation, Part.SUBJECT)[: len(shown)], words.subject(number))


def offered_here(conversation: "Conversation", part: Part) -> tuple[Option, ...]:
    """Return what may be chosen for a part, where that is the part that digits are for now."""
    here = conversation.sitting
    return offered(conversation) if here and (here.part or Part.SUBJECT) is part else ()


def _facet(conversation: "Conversation", here: "Sitting") -> Iterator[CardLine]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    words, code = conversation.words, here.draft.markup.facet
    label = conversation.texts("suggestion.facet")
    if not code:
        yield CardLine(Part.FACET, LineKind.VALUE, conversation.texts("review.card.no_facet"), label)
    else:
        known = {one.value: one for one in here.opened.drafting.facets(here.draft)}.get(code)
        note = words.confidence(known.confidence) if known else conversation.texts("review.card.own_choice")
        if here.draft.chosen(Part.FACET):
            note = conversation.texts("review.card.own_choice")
        yield CardLine(Part.FACET, LineKind.VALUE, words.facet(code), label, note=note)
        yield from _reasons(conversation, Part.FACET, known.evidence if known else ())
    yield from _others(Part.FACET, offered_here(conversation, Part.FACET), words.facet(code))


def _actions(conversation: "Conversation", here: "Sitting") -> Iterator[CardLine]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    words, texts = conversation.words, conversation.texts
    label = texts("suggestion.action")
    known = {one.value.code: one for one in here.opened.suggestions.actions}
    if not here.draft.markup.actions:
        yield CardLine(Part.ACTIONS, LineKind.VALUE, texts("suggestion.no_actions"), label)
    for action in here.draft.markup.actions:
        found = known.get(action.code)
        note = words.confidence(found.confidence) if found else texts("review.card.own_choice")
        text = f"{action.code}  {action.label}".rstrip()
        yield CardLine(Part.ACTIONS, LineKind.VALUE, text, label, note=note)
        label = ""
        if action.details:
            yield CardLine(Part.ACTIONS, LineKind.DETAIL, _details(conversation, action))
        yield from _reasons(conversation, Part.ACTIONS, found.evidence if found else ())
    yield from _others(Part.ACTIONS, offered_here(conversation, Part.ACTIONS), "")


def _details(conversation: "Conversation", action: Action) -> str:
    words = conversation.words
    return " · ".join(f"{words.detail_name(name)} {words.detail(value)}" for name, value in action.details.items())


def _target(conversation: "Conversation", here: "Sitting") -> Iterator[CardLine]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    words, target = conversation.words, here.draft.markup.target
    reasons = {one.value: one.reason for one in here.opened.drafting.targets(here.draft)}
    choice = here.draft.choices.get(Part.TARGET)
    own = choice is not None and choice.how not in (How.ACCEPTED, How.AUTOMATIC, How.PROPAGATED)
    note = conversation.texts("review.card.own_choice") if own else words.rule(reasons.get(target, ""))
    label = conversation.texts("suggestion.target")
    yield CardLine(Part.TARGET, LineKind.VALUE, words.target(target), label, note=note)
    yield from _others(Part.TARGET, offered_here(conversation, Part.TARGET), words.target(target))


def _reasons(conversation: "Conversation", part: Part, pieces: Sequence[Evidence]) -> Iterator[CardLine]:
    if pieces:
        said = conversation.words.quoted([piece.text for piece in pieces[:REASONS]])
        yield CardLine(part, LineKind.REASON, conversation.texts("suggestion.because", words=said))


def _others(part: Part, options: Sequence[Option], chosen: str) -> Iterator[CardLine]:
    """Offer the other choices, each with its digit."""
    for place, option in enumerate(options, start=1):
        if option.text != chosen and place <= 9:
            yield CardLine(part, LineKind.OTHER, option.text, digit=str(place), note=option.note)
