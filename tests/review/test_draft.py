"""The card while it is changed: what nobody has chosen yet follows what was, what somebody has chosen stays."""

import pytest
from tests.review.office import COMPLAINT, PLACE, parking

from markup_assistant import Assistant
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import ACTION_CODES, Choice, FieldRef, How, Part
from markup_assistant.review.draft import Draft, Drafting
from markup_assistant.settings import Settings


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Settings())


def drafting(assistant: Assistant, text: str) -> Drafting:
    letter = read_bytes(text.encode(), "brev.txt")
    return Drafting(letter, assistant.suggest(letter), assistant.organisation)


def test_a_card_begins_with_the_first_suggestion_of_every_part(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    draft = card.suggested()
    assert (draft.markup.subject, draft.markup.facet, draft.markup.target) == ("05.09.02", "G01", "parkering")
    assert all(choice == Choice(How.ACCEPTED, 1) for choice in draft.choices.values())
    assert not any(draft.chosen(part) for part in Part)


def test_facet_and_target_follow_the_subject_until_somebody_chose_them(assistant: Assistant) -> None:
    card = drafting(assistant, COMPLAINT)
    draft = card.with_subject(card.suggested(), "05.09.02", How.TYPED)
    assert (draft.markup.facet, draft.markup.target) == (card.facets(draft)[0].value, "parkering")
    assert draft.choices[Part.TARGET] == Choice(How.ACCEPTED, 1)

    draft = card.with_target(draft, "borgerservice", How.TYPED)
    draft = card.with_facet(draft, "K08", How.TYPED)
    draft = card.with_subject(draft, "15.17.06", How.TYPED)
    assert (draft.markup.facet, draft.markup.target) == ("K08", "borgerservice")


def test_the_target_follows_the_facet_too(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    with_subject = card.with_subject(card.suggested(), "07.00.10", How.TYPED)
    draft = card.with_facet(with_subject, "Ø30", How.TYPED)
    assert (with_subject.markup.target, draft.markup.target) == ("affald", "opkraevning")
    assert not draft.chosen(Part.TARGET)


def test_taking_the_first_by_its_digit_is_accepting_it(assistant: Assistant) -> None:
    card = drafting(assistant, COMPLAINT)
    second, first = (card.suggestions.subjects[place].value for place in (1, 0))
    draft = card.with_subject(card.suggested(), second, How.PICKED)
    assert draft.choices[Part.SUBJECT] == Choice(How.PICKED, 2)
    assert card.with_subject(draft, first, How.PICKED).choices[Part.SUBJECT] == Choice(How.ACCEPTED, 1)
    assert card.with_subject(draft, first, How.TYPED).choices[Part.SUBJECT] == Choice(How.TYPED, 1)


def test_actions_stand_in_the_order_of_their_codes_and_each_once(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    draft = card.suggested()
    for code in reversed(ACTION_CODES):
        draft = card.with_action(draft, code, How.TYPED)
        draft = card.with_action(draft, code, How.TYPED)
    assert [action.code for action in draft.markup.actions] == sorted(ACTION_CODES)
    assert all(action.label for action in draft.markup.actions)


def test_an_action_that_comes_back_has_its_details_again(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    before = card.suggested()
    draft = card.with_action(card.without_action(before, "BETALING", How.TYPED), "BETALING", How.TYPED)
    assert draft.markup.actions == before.markup.actions
    assert draft.markup.actions[0].details["amount"] == "420.00"


def test_one_action_is_taken_away_or_all_of_them(assistant: Assistant) -> None:
    card = drafting(assistant, PLACE)
    draft = card.with_action(card.suggested(), "AFTALE", How.TYPED)
    codes = [action.code for action in draft.markup.actions]
    assert "AFTALE" in codes
    assert len(codes) > 1
    assert "AFTALE" not in {one.code for one in card.without_action(draft, "AFTALE", How.TYPED).markup.actions}
    assert card.without_action(draft, "", How.TYPED).markup.actions == ()


def test_a_detail_is_set_replaced_bound_to_a_field_and_taken_away(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    draft = card.with_detail(card.suggested(), "BETALING", "amount", "99.50", How.TYPED)
    assert draft.markup.actions[0].details["amount"] == "99.50"
    draft = card.with_detail(draft, "BETALING", "amount", FieldRef("Pris"), How.TYPED)
    assert draft.markup.actions[0].details["amount"] == FieldRef("Pris")
    draft = card.with_detail(draft, "BETALING", "amount", "", How.TYPED)
    assert "amount" not in draft.markup.actions[0].details
    assert draft.choices[Part.ACTIONS].how is How.TYPED
    assert card.with_detail(draft, "BETALING", "label", "Betal nu", How.TYPED).markup.actions[0].label == "Betal nu"


def test_a_card_is_never_changed_itself(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    before = card.suggested()
    card.with_detail(card.with_subject(before, "15.17.06", How.TYPED), "BETALING", "amount", "1.00", How.TYPED)
    assert before == card.suggested()


def test_an_empty_card_gets_the_suggested_actions_unless_somebody_spoke_of_them(assistant: Assistant) -> None:
    card = drafting(assistant, parking())
    assert [one.code for one in card.with_suggested_actions(Draft()).markup.actions] == ["BETALING"]
    spoken = card.without_action(Draft(), "", How.TYPED)
    assert card.with_suggested_actions(spoken).markup.actions == ()
