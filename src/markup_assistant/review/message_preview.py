"""Shows the letter at hand as the message that it would become."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from markup_assistant.markup import Action, FieldRef, Markup
from markup_assistant.memo.bindings import bindings_of
from markup_assistant.memo.compose import compose
from markup_assistant.memo.message import File
from markup_assistant.memo.office import Addressee, Office
from markup_assistant.memo.write import write_message
from markup_assistant.review.replies import Quote, Reply, Said, Tone

if TYPE_CHECKING:
    from markup_assistant.review.conversation import Conversation

NOBODY = Addressee("0101010000", "CPR")
"""Stands for a recipient: a preview goes to nobody, and no such person exists."""

NO_OFFICE = "00000000"
"""Stands for the municipality's CVR number where the settings have none."""


def message_preview(conversation: "Conversation") -> Iterator[Reply]:
    """Yield the message of the card as it stands; of a template, also which fields fill what."""
    here, texts = conversation.sitting, conversation.texts
    if here is None or here.opened is None or not here.draft.markup.subject:
        yield Said(texts("review.said.no_subject"), Tone.WARNING)
        return
    desk, markup = conversation.desk, here.draft.markup
    office = Office(
        desk.settings.sender_cvr or NO_OFFICE,
        desk.settings.sender_name or desk.organisation.name,
        desk.catalogue,
        desk.organisation,
        texts=texts,
    )
    letter = desk.shown(here.opened)
    file = File(encoding_format="text/plain", filename="brev.txt", language="da", content=letter.text[:200].encode())
    made = compose(letter, [file], _filled(markup), NOBODY, office, lambda: str(uuid.uuid4()), desk.now())
    for finding in made.findings:
        yield Said(f"{finding.what(texts)} {finding.do(texts)}", Tone.WARNING)
    if made.message is not None:
        lines = write_message(made.message).decode().splitlines()
        yield Quote(texts("review.memo.title"), tuple(lines), "xml")
    bindings = bindings_of(markup)
    if bindings:
        rows = tuple(f"{one.element} ← «{one.field}»{f' «{one.time}»' if one.time else ''}" for one in bindings)
        yield Quote(texts("review.memo.fields"), rows)


def _filled(markup: Markup) -> Markup:
    """Leave out what fields will carry: an action that cannot be without it stands among the fields instead."""
    actions = []
    for action in markup.actions:
        values = {name: value for name, value in action.details.items() if not isinstance(value, FieldRef)}
        if not _hangs_on_fields(action):
            actions.append(replace(action, details=MappingProxyType(values)))
    return replace(markup, actions=tuple(actions))


def _hangs_on_fields(action: Action) -> bool:
    needed = ("start",) if action.code == "AFTALE" else ("url",)
    return any(isinstance(action.details.get(name), FieldRef) for name in needed)
