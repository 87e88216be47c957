"""Letters that are answered before anything is shown: the honest measure."""

import pytest
from tests.review.office import COMPLAINT, Office, accept, decided, letter_of, parking, words

from markup_assistant.markup import How, Outcome, Part
from markup_assistant.review.card import card_lines, evidence
from markup_assistant.review.conversation import BLIND_FROM, Conversation
from markup_assistant.review.intents import ChooseQueue, LeaveAlone, Queue, Refuse, Show, Why


@pytest.fixture
def talk(office: Office) -> Conversation:
    """A conversation at its first blind letter, about parking with a payment."""
    for place in range(BLIND_FROM):
        office.write(f"{place:02}.txt", COMPLAINT + f"\nSagen har nummer {place}.\n")
    office.write("blind.txt", parking())
    office.write("næste.txt", parking("Bo Lind"))
    talk = office.sit(blind_percent=100.0)
    for _ in range(BLIND_FROM):
        assert card_lines(talk)
        accept(talk)
    assert letter_of(talk) == "blind.txt"
    return talk


def test_nothing_is_shown_before_the_answer(talk: Conversation) -> None:
    assert card_lines(talk) == ()
    assert evidence(talk) == ()
    for turn in (talk.do(Why()), talk.do(Why(place=1)), talk.do(Refuse()), talk.do(Show("memo")), talk.hear("1")):
        assert "05.09.02" not in words(turn)
        assert "[card]" not in words(turn)
    assert talk.situation().subjects == ()


def test_enter_decides_nothing_before_the_answer(talk: Conversation) -> None:
    turn = accept(talk)
    assert not turn.moved
    assert letter_of(talk) == "blind.txt"
    assert talk.desk.pile.progress().decided == BLIND_FROM


def test_the_answer_is_kept_as_blind_and_what_was_thought_is_said_after_it(talk: Conversation) -> None:
    turn = talk.hear("05.09.04")
    assert "05.09.02" in words(turn)
    assert card_lines(talk)
    accept(talk)
    made = decided(talk, "blind.txt")
    assert (made.markup.subject, made.blind) == ("05.09.04", True)
    assert made.choices[Part.SUBJECT].how is How.TYPED


def test_the_rest_of_the_card_is_as_suggested_after_the_answer(talk: Conversation) -> None:
    talk.hear("05.09.02")
    assert talk.sitting is not None
    markup = talk.sitting.draft.markup
    assert (markup.facet, markup.target) == ("G01", "parkering")
    assert [action.code for action in markup.actions] == ["BETALING"]
    accept(talk)
    made = decided(talk, "blind.txt")
    assert {part for part, choice in made.choices.items() if choice.how is How.ACCEPTED} == set(Part) - {Part.SUBJECT}


def test_actions_that_were_said_before_the_answer_stay(talk: Conversation) -> None:
    talk.hear("tilføj aftale")
    assert card_lines(talk) == ()
    talk.hear("05.09.02")
    assert talk.sitting is not None
    assert [action.code for action in talk.sitting.draft.markup.actions] == ["AFTALE"]


def test_an_answer_that_was_changed_after_the_suggestion_is_not_blind(talk: Conversation) -> None:
    talk.hear("05.09.04")
    talk.hear("1")
    accept(talk)
    made = decided(talk, "blind.txt")
    assert (made.markup.subject, made.blind) == ("05.09.02", False)


def test_that_a_letter_is_to_have_no_markup_is_a_blind_answer_too(talk: Conversation) -> None:
    talk.do(LeaveAlone())
    made = decided(talk, "blind.txt")
    assert (made.outcome, made.blind) == (Outcome.LEFT_ALONE, True)


def test_the_same_letters_are_blind_for_everybody_and_in_every_session(office: Office) -> None:
    for place in range(200):
        office.write(f"{place}.txt", COMPLAINT)
    first = office.conversation("Mette Prøve", blind_percent=20.0).desk.pile
    second = office.conversation("Ole Prøve", blind_percent=20.0).desk.pile
    drawn = {entry.name for entry in first if first.is_blind(entry)}
    assert drawn == {entry.name for entry in second if second.is_blind(entry)}
    assert 20 <= len(drawn) <= 60


def test_nobody_is_asked_blind_who_has_switched_it_off(office: Office) -> None:
    for place in range(BLIND_FROM + 1):
        office.write(f"{place:02}.txt", parking(f"Nr {place}"))
    talk = office.sit(blind_percent=0.0)
    for _ in range(BLIND_FROM):
        accept(talk)
    assert card_lines(talk)
    assert talk.count(ChooseQueue(Queue.BLIND)) == 0
