"""Explains what is suggested: the words and rules behind it, and what tells two subjects apart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markup_assistant.markup import Evidence, Part, Suggestion
from markup_assistant.review.replies import Reply, Said, Tone

if TYPE_CHECKING:
    from markup_assistant.review.conversation import Conversation
    from markup_assistant.review.sitting import Sitting

REASONS = 5
NEIGHBOURS = 4
"""Words of a subject alone that are named to tell it from another."""


def why(conversation: "Conversation", part: Part | None, place: int) -> Iterator[Reply]:
    """Give the reasons of a part, of all of them, or (``place``) of one of the suggested subjects."""
    here = conversation.sitting
    if here is None or here.opened is None:
        yield Said(conversation.texts("review.said.no_letter_here"), Tone.WARNING)
        return
    if here.blind:
        yield Said(conversation.texts("review.said.blind_first"), Tone.WARNING)
        return
    if place:
        yield from _why_place(conversation, here, place)
        return
    for wanted in [part] if part else list(Part):
        yield Said(_reason(conversation, here, wanted))
    if part in (None, Part.SUBJECT):
        yield from _why_not_second(conversation, here)


def _why_place(conversation: "Conversation", here: "Sitting", place: int) -> Iterator[Reply]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    subjects = here.opened.suggestions.subjects
    if place > len(subjects):
        yield Said(conversation.texts("review.said.no_such_place", place=place), Tone.WARNING)
        return
    yield Said(_subject_reason(conversation, subjects[place - 1]))
    if place > 1:
        yield from compare(conversation, subjects[0].value, subjects[place - 1].value)


def _reason(conversation: "Conversation", here: "Sitting", part: Part) -> str:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    texts, words, suggestions = conversation.texts, conversation.words, here.opened.suggestions
    markup = here.draft.markup
    match part:
        case Part.SUBJECT:
            named = {one.value: one for one in suggestions.subjects}
            return _subject_reason(conversation, named.get(markup.subject) or Suggestion(markup.subject, 0.0))
        case Part.FACET:
            facets = {one.value: one for one in here.opened.drafting.facets(here.draft)}
            found = facets.get(markup.facet)
            return texts(
                "review.why.facet" if found and found.evidence else "review.why.facet_usual",
                facet=words.facet(markup.facet),
                words=_evidence_words(conversation, found.evidence if found else ()),
            )
        case Part.ACTIONS:
            shown = [one for one in suggestions.actions if one.value.code in {act.code for act in markup.actions}]
            lines = [
                f"{words.action_name(one.value.code)}: {_evidence_words(conversation, one.evidence)}" for one in shown
            ]
            return texts("review.why.actions", actions="; ".join(lines)) if lines else texts("review.why.no_actions")
        case Part.TARGET:
            reasons = {one.value: one.reason for one in here.opened.drafting.targets(here.draft)}
            rule = words.rule(reasons.get(markup.target, ""))
            return texts("review.why.target", target=words.target(markup.target), rule=rule)


def _subject_reason(conversation: "Conversation", subject: Suggestion[str]) -> str:
    texts, words = conversation.texts, conversation.words
    if not subject.value:
        return texts("review.said.no_subject")
    if not subject.evidence:
        return texts("review.why.subject_chosen", subject=words.subject(subject.value))
    lines = [
        texts("review.why.piece", words=words.quoted([piece.text]), source=texts(f"review.source.{piece.source}"))
        for piece in subject.evidence[:REASONS]
    ]
    return texts(
        "review.why.subject",
        subject=words.subject(subject.value),
        confidence=words.confidence(subject.confidence).replace("  ", " "),
        reasons="; ".join(lines),
    )


def _why_not_second(conversation: "Conversation", here: "Sitting") -> Iterator[Reply]:
    assert here.opened is not None  # noqa: S101 - looked at by the caller
    subjects = here.opened.suggestions.subjects
    if len(subjects) > 1 and here.draft.markup.subject == subjects[0].value and subjects[1].evidence:
        words = conversation.words
        second = subjects[1]
        yield Said(
            conversation.texts(
                "review.why.second",
                subject=words.subject(second.value),
                words=words.quoted([piece.text for piece in second.evidence[:3]]),
            )
        )


def _evidence_words(conversation: "Conversation", evidence: tuple[Evidence, ...]) -> str:
    return conversation.words.quoted([piece.text for piece in evidence[:REASONS]])


def compare(conversation: "Conversation", first: str, second: str) -> Iterator[Reply]:
    """Say what tells two subjects apart: where they stand, what they are called, what of the letter speaks for each."""
    texts, words, catalogue = conversation.texts, conversation.words, conversation.desk.catalogue
    here = conversation.sitting
    suggested = here.opened.suggestions.subjects if here and here.opened and not here.blind else ()
    evidence = {one.value: one.evidence for one in suggested}
    shared = {piece.text.casefold() for piece in evidence.get(first, ())} & {
        piece.text.casefold() for piece in evidence.get(second, ())
    }
    own_terms = _own_terms(conversation, first, second), _own_terms(conversation, second, first)
    for number, terms in zip((first, second), own_terms, strict=True):
        above = " › ".join(node.title for node in catalogue.path(number)[:-1])
        said = texts("review.compare.stands", subject=words.subject(number), above=above)
        if terms:
            said += " " + texts("review.compare.terms", terms=", ".join(terms))
        pieces = [piece.text for piece in evidence.get(number, ()) if piece.text.casefold() not in shared]
        if pieces:
            said += " " + texts("review.compare.letter", words=words.quoted(pieces[:3]))
        yield Said(said)


def _own_terms(conversation: "Conversation", number: str, other: str) -> list[str]:
    catalogue = conversation.desk.catalogue
    others = {term.text.casefold() for term in catalogue.terms(other)}
    return [term.text for term in catalogue.terms(number) if term.text.casefold() not in others][:NEIGHBOURS]
