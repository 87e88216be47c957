"""Taking back: a change of the card, a decision, a whole step, and never what somebody else decided since."""

from tests.review.office import (
    COMPLAINT,
    Office,
    accept,
    decided,
    entry_of,
    history,
    letter_of,
    meeting,
    parking,
    read_all,
    words,
)

from markup_assistant.markup import How, Outcome, Part
from markup_assistant.review.intents import ChooseFacet, GoTo, Propagate, Undo
from markup_assistant.review.pile import Standing


def test_a_change_of_the_card_is_taken_back_step_by_step(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    assert talk.sitting is not None
    before = talk.sitting.draft
    talk.hear("facet K02")
    talk.hear("fjern betaling")
    talk.do(Undo())
    assert [action.code for action in talk.sitting.draft.markup.actions] == ["BETALING"]
    assert talk.sitting.draft.markup.facet == "K02"
    talk.do(Undo())
    assert talk.sitting.draft == before
    assert "ikke noget" in words(talk.do(Undo()))


def test_saying_what_is_so_already_is_no_step_to_take_back(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    talk.hear("beløb 500")
    talk.hear("beløb 500")
    talk.do(Undo())
    assert talk.sitting is not None
    (payment,) = talk.sitting.draft.markup.actions
    assert payment.details["amount"] == "420.00"


def test_a_first_decision_is_withdrawn_and_the_letter_lies_on_the_desk_again(office: Office) -> None:
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    talk = office.sit()
    accept(talk)
    turn = talk.hear("fortryd")
    assert turn.moved
    assert letter_of(talk) == "a.txt"
    assert entry_of(talk, "a.txt").standing is Standing.OPEN
    first, undone = history(talk, "a.txt")
    assert (undone.outcome, undone.supersedes, undone.source) == (Outcome.WITHDRAWN, (first.id,), first.id)
    assert undone.markup.subject == ""
    assert talk.desk.pile.progress().decided == 0
    accept(talk)
    assert decided(talk, "a.txt").outcome is Outcome.MARKED


def test_taking_back_a_correction_gives_the_former_markup_again(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    talk.hear("facet K02")
    accept(talk)
    talk.do(GoTo("licens"))
    talk.hear("facet K04")
    accept(talk)
    talk.do(Undo())
    made = decided(talk, "licens.txt")
    assert (made.outcome, made.markup.facet) == (Outcome.MARKED, "K02")
    assert made.choices[Part.FACET].how is How.TYPED
    assert entry_of(talk, "licens.txt").standing is Standing.DECIDED
    assert len(history(talk, "licens.txt")) == 3


def test_decisions_are_taken_back_one_after_the_other(office: Office) -> None:
    for name in "abc":
        office.write(f"{name}.txt", parking() if name == "a" else meeting() if name == "b" else COMPLAINT)
    talk = office.sit()
    for _ in range(3):
        accept(talk)
    for name in "cba":
        talk.do(Undo())
        assert letter_of(talk) == f"{name}.txt"
    assert talk.desk.pile.progress().decided == 0
    assert "ikke noget" in words(talk.do(Undo()))


def test_letters_that_got_the_same_markup_are_taken_back_at_once(office: Office) -> None:
    for place, name in enumerate(("Asta", "Bo", "Eva", "Ib")):
        office.write(f"{place}.txt", parking(name))
    talk = office.sit()
    read_all(talk)
    accept(talk)
    talk.do(Propagate())
    assert talk.desk.pile.progress().decided == 4
    turn = talk.do(Undo())
    assert "3" in words(turn)
    assert talk.desk.pile.progress().decided == 1
    assert decided(talk, "0.txt").outcome is Outcome.MARKED
    assert [decided(talk, f"{place}.txt").outcome for place in (1, 2, 3)] == [Outcome.WITHDRAWN] * 3


def test_what_somebody_else_has_decided_since_is_left_as_it_is(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit("Mette Prøve")
    accept(talk)
    other = office.sit("Ole Prøve")
    other.do(GoTo("licens"))
    other.do(ChooseFacet("K02"))
    accept(other)
    turn = talk.do(Undo())
    assert "afgjort igen" in words(turn)
    assert "Fortrudt" not in words(turn)
    made = decided(talk, "licens.txt")
    assert (made.person, made.markup.facet) == ("Ole Prøve", "K02")
    assert len(history(talk, "licens.txt")) == 2


def test_of_a_step_only_what_still_holds_is_taken_back(office: Office) -> None:
    for place, name in enumerate(("Asta", "Bo", "Eva")):
        office.write(f"{place}.txt", parking(name))
    talk = office.sit("Mette Prøve")
    read_all(talk)
    accept(talk)
    talk.do(Propagate())
    other = office.sit("Ole Prøve")
    other.do(GoTo("1.txt"))
    other.do(ChooseFacet("K02"))
    accept(other)
    turn = talk.do(Undo())
    assert "Fortrudt" in words(turn)
    assert decided(talk, "1.txt").person == "Ole Prøve"
    assert decided(talk, "2.txt").outcome is Outcome.WITHDRAWN


def test_the_history_says_who_took_what_back(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit("Mette Prøve")
    accept(talk)
    talk.do(Undo())
    lines = words(talk.hear("hvem besluttede")).splitlines()
    assert len(lines) == 2
    assert "05.09.02" in lines[0]
    assert lines[1].endswith("fortrød Mette Prøve.")
