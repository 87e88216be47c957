"""Letters that look like one that was decided get the same markup, each with its own dates and amounts."""

import pytest
from tests.review.office import (
    Office,
    accept,
    decided,
    entry_of,
    history,
    letter_of,
    listed,
    meeting,
    parking,
    read_all,
    words,
)

from markup_assistant.markup import FieldRef, How, Part
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import ChooseFacet, GoTo, LeaveAlone, Next, Propagate, RemoveAction, Show
from markup_assistant.review.pile import Standing

VALUES = {
    "b.txt": {"name": "Bo Lind", "amount": "510,00", "due": "16. marts 2026"},
    "c.txt": {"name": "Eva Dam", "amount": "620,00", "due": "17. april 2026"},
    "d.txt": {"name": "Ib Ravn", "amount": "730,00", "due": "18. maj 2026"},
}


@pytest.fixture
def talk(office: Office) -> Conversation:
    """Four letters of one template, and one other letter; all of them were read."""
    office.write("a.txt", parking())
    for name, values in VALUES.items():
        office.write(name, parking(**values))
    office.write("møde.txt", meeting())
    talk = office.sit()
    read_all(talk)
    return talk


def test_after_a_decision_the_letters_that_look_like_it_are_offered(talk: Conversation) -> None:
    said = words(accept(talk))
    assert "3" in said
    assert "samme for alle lignende" in said


def test_alike_letters_get_the_same_markup_with_their_own_values(talk: Conversation) -> None:
    talk.do(ChooseFacet("K08"))
    accept(talk)
    source = decided(talk, "a.txt")
    turn = talk.do(Propagate())
    assert "3" in words(turn)
    assert letter_of(talk) == "møde.txt"
    for name, amount, due in (
        ("b.txt", "510.00", "2026-03-16"),
        ("c.txt", "620.00", "2026-04-17"),
        ("d.txt", "730.00", "2026-05-18"),
    ):
        made = decided(talk, name)
        (payment,) = made.markup.actions
        assert (made.markup.subject, made.markup.facet, made.markup.target) == ("05.09.02", "K08", "parkering")
        assert (payment.details["amount"], payment.details["due"]) == (amount, due)
        assert {made.choices[part].how for part in Part} == {How.PROPAGATED}
        assert (made.source, made.seconds, made.blind) == (source.id, 0.0, False)
        assert made.content == entry_of(talk, name).content
    assert history(talk, "møde.txt") == ()


def test_some_of_the_letters_are_chosen_by_their_place_in_the_list(talk: Conversation) -> None:
    names = [option.removeprefix("breve/") for option in listed(talk.do(Show("similar")))]
    accept(talk)
    talk.hear("samme for 1 og 3")
    assert {name for name in VALUES if entry_of(talk, name).standing is Standing.DECIDED} == {names[0], names[2]}


def test_a_detail_that_was_taken_away_or_put_in_by_hand_is_not_made_up_for_others(talk: Conversation) -> None:
    talk.hear("fjern beløb")
    accept(talk)
    talk.do(Propagate())
    for name in VALUES:
        assert "amount" not in decided(talk, name).markup.actions[0].details


def test_actions_that_were_taken_away_stay_away(talk: Conversation) -> None:
    talk.do(RemoveAction())
    accept(talk)
    talk.do(Propagate())
    assert all(decided(talk, name).markup.actions == () for name in VALUES)


def test_fields_carry_over(office: Office) -> None:
    for name in ("a.txt", "b.txt"):
        office.write(name, parking(f"til {name}", amount="«Pris»", due="«Frist»", date="«Udløb»"))
    talk = office.sit()
    read_all(talk)
    accept(talk)
    talk.do(Propagate())
    details = decided(talk, "b.txt").markup.actions[0].details
    assert (details["amount"], details["due"]) == (FieldRef("Pris"), FieldRef("Frist"))


def test_letters_that_are_decided_already_stay_as_they_are(talk: Conversation) -> None:
    talk.do(GoTo("c.txt"))
    talk.do(ChooseFacet("K04"))
    accept(talk)
    talk.do(GoTo("a.txt"))
    talk.do(ChooseFacet("G01"))
    accept(talk)
    talk.do(Propagate())
    made = decided(talk, "c.txt")
    assert (made.markup.facet, made.source) == ("K04", "")
    assert len(history(talk, "c.txt")) == 1
    assert decided(talk, "b.txt").markup.facet == "G01"


def test_first_a_letter_has_to_be_decided(talk: Conversation) -> None:
    assert "Afgør brevet først" in words(talk.do(Propagate()))
    assert talk.desk.pile.progress().decided == 0
    talk.do(LeaveAlone())
    assert "Afgør brevet først" in words(talk.do(Propagate()))


def test_letters_just_listed_for_a_letter_that_is_not_decided_are_not_mixed_up_with_others(office: Office) -> None:
    """The list of the letter at hand is not that of the one decided before."""
    for name in ("a.txt", "x.txt"):
        office.write(name, parking(f"til {name}"))
    for name in ("b.txt", "y.txt"):
        office.write(name, meeting(f"til {name}"))
    talk = office.sit()
    read_all(talk)
    accept(talk)
    assert letter_of(talk) == "b.txt"
    assert listed(talk.do(Show("similar"))) == ["breve/y.txt"]
    for line in ("samme for 1", "samme for alle lignende"):
        assert "Afgør brevet først" in words(talk.hear(line))
    assert entry_of(talk, "x.txt").standing is Standing.OPEN
    accept(talk)
    talk.hear("samme for alle lignende")
    assert entry_of(talk, "y.txt").standing is Standing.DECIDED
    assert entry_of(talk, "x.txt").standing is Standing.OPEN


def test_the_last_decision_counts_though_another_letter_is_at_hand(talk: Conversation) -> None:
    accept(talk)
    talk.do(GoTo("møde.txt"))
    talk.hear("samme for alle lignende")
    assert talk.desk.pile.progress().decided == 4
    assert letter_of(talk) == "møde.txt"


def test_a_letter_that_looks_like_no_other_has_nothing_to_give(talk: Conversation) -> None:
    talk.do(GoTo("møde.txt"))
    accept(talk)
    turn = talk.do(Propagate())
    assert "ligner" in words(turn)
    assert talk.desk.pile.progress().decided == 1


def test_a_letter_that_can_no_longer_be_read_does_not_stop_the_others(office: Office, talk: Conversation) -> None:
    (office.folder / "c.txt").unlink()
    accept(talk)
    turn = talk.do(Propagate())
    assert "c.txt" in words(turn)
    assert {name for name in VALUES if entry_of(talk, name).standing is Standing.DECIDED} == {"b.txt", "d.txt"}


def test_a_letter_that_was_rewritten_meanwhile_is_decided_as_it_is_now(office: Office, talk: Conversation) -> None:
    accept(talk)
    office.write("c.txt", parking("Eva Dam", amount="999,00"))
    talk.do(Propagate())
    made = decided(talk, "c.txt")
    assert made.markup.actions[0].details["amount"] == "999.00"
    assert entry_of(talk, "c.txt").standing is Standing.DECIDED


def test_the_history_says_that_markup_was_taken_over(talk: Conversation) -> None:
    accept(talk)
    talk.do(Propagate())
    talk.do(GoTo("b.txt"))
    assert "samme som et lignende brev" in words(talk.do(Show("history")))
    talk.do(Next())
