"""Correcting the card by keys and by words."""

import pytest
from tests.review.office import (
    COMPLAINT,
    PLACE,
    Office,
    accept,
    decided,
    letter_of,
    listed,
    meeting,
    parking,
    words,
)

from markup_assistant.markup import Action, How, Markup, Part
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import (
    AddAction,
    ChooseFacet,
    ChooseSubject,
    ChooseTarget,
    Pick,
    Refuse,
    RemoveAction,
    SetDetail,
)
from markup_assistant.review.replies import Card


@pytest.fixture
def talk(office: Office) -> Conversation:
    office.write("licens.txt", parking())
    return office.sit()


def card(talk: Conversation) -> Markup:
    assert talk.sitting is not None
    return talk.sitting.draft.markup


def action(talk: Conversation, code: str) -> Action:
    return next(one for one in card(talk).actions if one.code == code)


def test_what_followed_by_itself_is_said_with_what_was_asked_for(talk: Conversation) -> None:
    turn = talk.do(ChooseSubject("15.17.06"))
    assert "15.17.06" in words(turn)
    assert "Jobcentret" in words(turn)
    assert any(isinstance(reply, Card) for reply in turn.replies)


def test_digits_are_for_the_part_that_has_the_focus(talk: Conversation) -> None:
    subject = card(talk).subject
    talk.focus(Part.FACET)
    talk.do(Pick(2))
    assert card(talk).subject == subject
    assert card(talk).facet == "K04"
    talk.focus(Part.TARGET)
    talk.do(Pick(2))
    assert card(talk).target != "parkering"
    talk.focus(Part.ACTIONS)
    talk.do(Pick(1))
    assert card(talk).actions == ()
    assert talk.sitting is not None
    assert {part: choice.how for part, choice in talk.sitting.draft.choices.items()} == {
        Part.SUBJECT: How.ACCEPTED,
        Part.FACET: How.PICKED,
        Part.TARGET: How.PICKED,
        Part.ACTIONS: How.TYPED,
    }


def test_every_action_can_be_added_and_removed_by_its_digit(talk: Conversation) -> None:
    talk.focus(Part.ACTIONS)
    for _ in range(8):
        talk.do(Pick(8))  # the last one offered: those on the card come first
    assert len(card(talk).actions) >= 4
    while card(talk).actions:
        talk.do(Pick(1))
    assert card(talk).actions == ()


def test_no_asks_what_it_is_instead_and_offers_the_rest(office: Office) -> None:
    office.write("klage.txt", COMPLAINT)
    talk = office.sit()
    first = card(talk).subject
    turn = talk.hear("nej")
    assert first not in "".join(listed(turn))
    assert listed(turn)[0].startswith("32.18.08")
    talk.hear("1")
    assert card(talk).subject == "32.18.08"


@pytest.mark.parametrize(
    ("part", "asked"), [(Part.FACET, "facet"), (Part.ACTIONS, "modtageren"), (Part.TARGET, "Hvor")]
)
def test_no_is_meant_for_the_part_that_has_the_focus(talk: Conversation, part: Part, asked: str) -> None:
    talk.focus(part)
    turn = talk.do(Refuse())
    assert asked in words(turn)
    assert listed(turn)
    before = card(talk)
    talk.do(Pick(1))
    assert card(talk) != before


def test_a_detail_finds_its_action_by_itself(talk: Conversation) -> None:
    talk.hear("beløb 512,50")
    talk.hear("frist 10. marts 2026")
    payment = action(talk, "BETALING")
    assert (payment.details["amount"], payment.details["due"]) == ("512.50", "2026-03-10")


def test_a_detail_that_two_actions_can_have_is_asked_about(office: Office) -> None:
    office.write("plads.txt", PLACE)
    talk = office.sit()
    talk.hear("tilføj bekræft og tilføj selvbetjening")
    turn = talk.do(SetDetail("deadline", "2026-03-10"))
    assert listed(turn) == ["bekræft", "selvbetjening"]
    talk.hear("2")
    assert action(talk, "SELVBETJENING").details["deadline"] == "2026-03-10"
    assert action(talk, "BEKRAEFT").details.get("deadline") != "2026-03-10"


def test_a_detail_without_an_action_to_have_it_says_what_to_do(talk: Conversation) -> None:
    talk.do(RemoveAction())
    turn = talk.do(SetDetail("deadline", "2026-03-10"))
    assert "tilføj betaling" in words(turn)
    assert card(talk).actions == ()


def test_a_detail_of_only_one_kind_of_action_brings_that_action(talk: Conversation) -> None:
    talk.do(SetDetail("start", "2026-03-10T10:00"))
    assert action(talk, "AFTALE").details["start"] == "2026-03-10T10:00"


def test_taking_away_what_is_not_there_adds_nothing(talk: Conversation) -> None:
    before = card(talk)
    turn = talk.do(SetDetail("start", ""))
    assert card(talk) == before
    assert words(turn)


def test_a_placeholder_of_the_letter_can_carry_a_detail(office: Office) -> None:
    office.write("skabelon.txt", meeting(date="«MoedeDato»", time="«MoedeTid»"))
    talk = office.sit()
    talk.hear("start «MoedeDato»")
    talk.hear("ja")
    made = decided(talk, "skabelon.txt")
    start = next(one for one in made.markup.actions if one.code == "AFTALE").details["start"]
    assert getattr(start, "field", "") == "MoedeDato"


def test_saying_what_is_so_already_says_so(talk: Conversation) -> None:
    said = "Sådan er det allerede"
    assert said in words(talk.do(AddAction("BETALING")))
    assert said in words(talk.do(SetDetail("amount", "420.00")))
    assert said in words(talk.do(RemoveAction("AFTALE")))


def test_no_actions_is_an_answer_too(talk: Conversation) -> None:
    talk.hear("ingen handlinger")
    accept(talk)
    made = decided(talk, "licens.txt")
    assert made.markup.actions == ()
    assert made.choices[Part.ACTIONS].how is How.TYPED


def test_changes_stay_on_the_card_while_one_asks_and_searches(talk: Conversation) -> None:
    talk.do(ChooseFacet("K02"))
    talk.do(ChooseTarget("borgerservice"))
    for line in ("hvorfor?", "merudgifter voksne", "vis lignende", "vis som MeMo", "hvor langt er jeg", "hjælp"):
        assert words(talk.hear(line))
    assert letter_of(talk) == "licens.txt"
    assert (card(talk).facet, card(talk).target) == ("K02", "borgerservice")


def test_a_list_is_for_the_next_digit_until_the_card_was_changed(talk: Conversation) -> None:
    talk.hear("merudgifter voksne")
    talk.hear("1")
    assert card(talk).subject == "32.18.08"
    talk.hear("1")
    assert card(talk).subject == "05.09.02"
