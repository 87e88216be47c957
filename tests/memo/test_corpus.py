"""Letters as municipalities write them become messages that the schemas accept."""

from datetime import UTC, datetime

import pytest
from tests.memo.messages import PDF, PERSON, office, uuids
from tests.memo.official import schema_errors

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.markup import Action, Markup
from markup_assistant.memo.compose import compose
from markup_assistant.memo.markup_of import markup_of
from markup_assistant.memo.read import read_message
from markup_assistant.memo.write import write_message
from markup_assistant.shipped import shipped_folder

EARLY = datetime(2020, 1, 1, tzinfo=UTC)
SAMPLE = 200


@pytest.fixture(scope="module")
def letters() -> tuple[LabelledLetter, ...]:
    corpus = load_corpus(shipped_folder("data") / "letters")
    filled = [letter for letter in corpus if letter.subject and not letter.template]
    return tuple(filled[:: max(1, len(filled) // SAMPLE)])


def markup(letter: LabelledLetter) -> Markup:
    actions = sorted(letter.actions, key=lambda action: action.code)
    return Markup(
        letter.subject,
        letter.facet,
        tuple(Action(action.code, action.label, action.details) for action in actions),
        "hovedpostkassen",
    )


def test_filled_letters_become_valid_messages_and_come_back(letters: tuple[LabelledLetter, ...]) -> None:
    assert len(letters) >= SAMPLE
    for labelled in letters:
        wanted = markup(labelled)
        made = compose(labelled.letter, (PDF,), wanted, PERSON, office(), uuids(), EARLY)
        assert made.message is not None, (labelled.id, made.findings)
        for version in ("1.1", "1.2"):
            xml = write_message(made.message, version)
            assert schema_errors(xml, version) == [], labelled.id
            again = markup_of(read_message(xml, "x.xml").message, office().organisation)
            assert (again.subject, again.facet, again.target) == (wanted.subject, wanted.facet, wanted.target)
            left_out = [found for found in made.findings if found.rule in {"no_url", "no_time"}]
            assert len(again.actions) == len(wanted.actions) - len(left_out), labelled.id
