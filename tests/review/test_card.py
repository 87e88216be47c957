"""The card of a letter as lines: what is suggested, how sure, why, and what else may be chosen."""

import pytest
from tests.review.office import COMPLAINT, ENGLISH, Office, accept, parking

from markup_assistant.markup import Part
from markup_assistant.review.card import CardLine, LineKind, card_lines, evidence
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Next


@pytest.fixture
def talk(office: Office) -> Conversation:
    office.write("klage.txt", COMPLAINT)
    office.write("licens.txt", parking())
    return office.sit()


def lines(talk: Conversation, part: Part, kind: LineKind) -> list[CardLine]:
    return [line for line in card_lines(talk) if line.part is part and line.kind is kind]


def test_every_part_has_a_value_with_its_label(talk: Conversation) -> None:
    labels = [line.label for line in card_lines(talk) if line.kind is LineKind.VALUE]
    assert labels == ["Emne", "Facet", "Handling", "Routingmål"]


def test_the_subject_has_its_place_in_kle_its_confidence_and_reasons(talk: Conversation) -> None:
    (value,) = lines(talk, Part.SUBJECT, LineKind.VALUE)
    assert value.text.startswith("34.45.30")
    assert value.digit == "1"
    assert "%" in value.note
    (path,) = lines(talk, Part.SUBJECT, LineKind.PATH)
    assert " › " in path.text
    (reason,) = lines(talk, Part.SUBJECT, LineKind.REASON)
    assert "“" in reason.text


def test_what_else_may_be_chosen_has_the_digit_that_picks_it(talk: Conversation) -> None:
    others = lines(talk, Part.SUBJECT, LineKind.OTHER)
    assert others[0].digit == "2"
    assert others[0].text.startswith("32.18.08")
    assert len(others) >= 2
    for other in others:
        talk.hear(other.digit)
        assert talk.sitting is not None
        assert other.text.startswith(talk.sitting.draft.markup.subject)


def test_the_part_that_has_the_focus_offers_its_choices(talk: Conversation) -> None:
    talk.do(Next())
    for part in Part:
        talk.focus(part)
        offering = {line.part for line in card_lines(talk) if line.kind is LineKind.OTHER}
        assert offering == {part}
        assert all(len(line.digit) == 1 for line in lines(talk, part, LineKind.OTHER))


def test_digits_on_the_card_pick_what_stands_beside_them_in_every_part(talk: Conversation) -> None:
    for part, name in ((Part.FACET, "facet"), (Part.TARGET, "target")):
        talk.focus(part)
        other = lines(talk, part, LineKind.OTHER)[0]
        talk.hear(other.digit)
        (value,) = lines(talk, part, LineKind.VALUE)
        assert value.text == other.text, name


def test_a_choice_of_ones_own_is_marked_as_such(talk: Conversation) -> None:
    talk.hear("27.36.04")
    talk.hear("facet K08")
    talk.hear("tilføj aftale")
    talk.hear("send til Borgerservice")
    notes = {line.part: line.note for line in card_lines(talk) if line.kind is LineKind.VALUE}
    assert set(notes.values()) == {"eget valg"}


def test_details_stand_below_their_action(talk: Conversation) -> None:
    talk.do(Next())
    (details,) = lines(talk, Part.ACTIONS, LineKind.DETAIL)
    assert "420.00" in details.text
    assert "2026-03-15" in details.text


def test_a_letter_about_which_nothing_can_be_said_has_a_card_that_says_so(office: Office) -> None:
    office.write("letter.txt", ENGLISH)
    talk = office.sit()
    (value,) = lines(talk, Part.SUBJECT, LineKind.VALUE)
    assert value.text == "intet emne er valgt"
    assert evidence(talk) == ()


def test_evidence_is_for_the_part_that_has_the_focus_and_stands_in_the_letter(talk: Conversation) -> None:
    talk.do(Next())
    assert talk.sitting is not None
    assert talk.sitting.opened is not None
    text = talk.sitting.opened.letter.text
    found = {}
    for part in (None, *Part):
        talk.focus(part)
        found[part] = evidence(talk)
        assert all(text[piece.start : piece.end] == piece.text for piece in found[part])
    assert found[None] == found[Part.SUBJECT] != ()
    assert any("betale" in piece.text for piece in found[Part.ACTIONS])
    assert found[Part.TARGET] == ()


def test_without_a_letter_there_is_no_card(talk: Conversation) -> None:
    accept(talk)
    accept(talk)
    assert card_lines(talk) == ()
    assert evidence(talk) == ()
