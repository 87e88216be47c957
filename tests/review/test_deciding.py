"""What is kept when a caseworker decides: the markup, and how it came about."""

import pytest
from tests.review.office import (
    COMPLAINT,
    ENGLISH,
    PLACE,
    Office,
    accept,
    decided,
    history,
    letter_of,
    listed,
    meeting,
    parking,
    words,
)

from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.read import read_letter
from markup_assistant.markup import Choice, How, Outcome, Part
from markup_assistant.review.intents import LeaveAlone, Pick


def test_enter_keeps_the_suggestion_and_how_it_came_about(office: Office) -> None:
    path = office.write("licens.txt", parking())
    office.write("møde.txt", meeting())
    talk = office.sit("Mette Prøve")
    office.clock.seconds += 12.34
    turn = accept(talk)

    made = decided(talk, "licens.txt")
    assert (made.outcome, made.person, made.seconds, made.blind) == (Outcome.MARKED, "Mette Prøve", 12.3, False)
    assert (made.markup.subject, made.markup.facet, made.markup.target) == ("05.09.02", "G01", "parkering")
    assert [action.code for action in made.markup.actions] == ["BETALING"]
    assert dict(made.choices) == {part: Choice(How.ACCEPTED, 1) for part in Part}
    assert made.content == fingerprint(read_letter(path))
    assert made.model == talk.desk.assistant.model.name
    assert made.catalogue == talk.desk.catalogue.name
    assert made.supersedes == ()
    assert "05.09.02" in words(turn)
    assert turn.moved
    assert letter_of(talk) == "møde.txt"


def test_a_decision_is_there_when_the_program_is_started_again(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    accept(talk)
    talk.desk.close()
    talk.desk.store.close()
    again = office.conversation()
    assert again.desk.pile.progress().decided == 1
    assert "ikke flere breve" in words(again.begin())


def test_the_digit_of_another_suggestion_counts_as_picked_with_its_place(office: Office) -> None:
    office.write("klage.txt", COMPLAINT)
    talk = office.sit()
    talk.hear("2")
    accept(talk)
    made = decided(talk, "klage.txt")
    assert made.markup.subject == "32.18.08"
    assert made.choices[Part.SUBJECT] == Choice(How.PICKED, 2)


def test_the_digit_of_the_first_suggestion_counts_as_accepted(office: Office) -> None:
    office.write("klage.txt", COMPLAINT)
    talk = office.sit()
    talk.hear("2")
    talk.hear("1")
    accept(talk)
    assert decided(talk, "klage.txt").choices[Part.SUBJECT] == Choice(How.ACCEPTED, 1)


def test_a_typed_number_counts_as_typed_with_its_place_among_the_suggestions(office: Office) -> None:
    office.write("klage.txt", COMPLAINT)
    office.write("plads.txt", PLACE)
    talk = office.sit()
    talk.hear("32.18.08")
    accept(talk)
    talk.hear("27.36.04")
    accept(talk)
    assert decided(talk, "klage.txt").choices[Part.SUBJECT] == Choice(How.TYPED, 2)
    made = decided(talk, "plads.txt")
    assert made.markup.subject == "27.36.04"
    assert made.choices[Part.SUBJECT] == Choice(How.TYPED, 0)


def test_typing_the_number_that_is_there_already_counts_as_typed(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    talk.hear("05.09.02")
    accept(talk)
    assert decided(talk, "licens.txt").choices[Part.SUBJECT] == Choice(How.TYPED, 1)


def test_what_was_found_by_words_counts_as_searched(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    found = listed(talk.hear("merudgifter voksne"))
    assert found[0].startswith("32.18.08")
    talk.hear("1")
    accept(talk)
    made = decided(talk, "licens.txt")
    assert made.markup.subject == "32.18.08"
    assert made.choices[Part.SUBJECT] == Choice(How.SEARCHED, 0)


def test_facet_actions_and_target_that_were_written_count_as_typed(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    talk.hear("facet K02")
    talk.hear("fjern betaling")
    talk.hear("send til Borgerservice")
    accept(talk)
    made = decided(talk, "licens.txt")
    assert (made.markup.facet, made.markup.actions, made.markup.target) == ("K02", (), "borgerservice")
    assert {part: choice.how for part, choice in made.choices.items()} == {
        Part.SUBJECT: How.ACCEPTED,
        Part.FACET: How.TYPED,
        Part.ACTIONS: How.TYPED,
        Part.TARGET: How.TYPED,
    }


def test_yes_accepts_as_enter_does(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    talk.hear("ja")
    assert decided(talk, "licens.txt").outcome is Outcome.MARKED


def test_a_letter_without_a_subject_is_not_decided_by_enter(office: Office) -> None:
    office.write("letter.txt", ENGLISH)
    talk = office.sit()
    turn = accept(talk)
    assert not turn.moved
    assert "emne" in words(turn)
    assert history(talk, "letter.txt") == ()


def test_a_letter_that_is_to_have_no_markup_is_decided_too(office: Office) -> None:
    office.write("letter.txt", ENGLISH)
    talk = office.sit()
    talk.hear("det skal ikke mærkes op")
    made = decided(talk, "letter.txt")
    assert made.outcome is Outcome.LEFT_ALONE
    assert made.markup.subject == ""
    assert talk.desk.pile.progress().decided == 1


def test_two_wishes_in_a_line_are_both_done(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    talk.hear("facet K02 og send til Borgerservice")
    accept(talk)
    made = decided(talk, "licens.txt")
    assert (made.markup.facet, made.markup.target) == ("K02", "borgerservice")


def test_a_line_that_has_to_be_asked_about_does_not_decide(office: Office) -> None:
    office.write("plads.txt", PLACE)
    talk = office.sit()
    talk.hear("tilføj bekræft og tilføj selvbetjening")
    turn = talk.hear("frist 10. marts og godkend")
    assert "Til hvilken handling?" in words(turn)
    assert history(talk, "plads.txt") == ()
    assert letter_of(talk) == "plads.txt"


def test_what_follows_in_the_line_never_changes_the_next_letter(office: Office) -> None:
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    talk = office.sit()
    talk.hear("spring over og facet K02")
    assert letter_of(talk) == "b.txt"
    assert talk.sitting is not None
    assert talk.sitting.draft.markup.facet == "G01"


def test_a_number_that_was_not_listed_is_said_to_be_so(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    assert "8" in words(talk.do(Pick(8)))
    assert talk.do(Pick(8)).replies
    assert history(talk, "licens.txt") == ()


def test_a_letter_decided_twice_in_a_row_has_one_decision_that_holds(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    accept(talk)
    talk.hear("gå til licens")
    talk.hear("facet K02")
    accept(talk)
    talk.hear("gå til licens")
    talk.hear("facet K04")
    accept(talk)
    assert decided(talk, "licens.txt").markup.facet == "K04"
    assert len(history(talk, "licens.txt")) == 3


def test_correcting_the_only_decided_letter_again_is_no_conflict_with_oneself(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    accept(talk)
    talk.hear("vis de afgjorte")
    assert letter_of(talk) == "licens.txt"
    talk.hear("facet K02")
    accept(talk)
    talk.hear("facet K04")
    accept(talk)
    assert decided(talk, "licens.txt").markup.facet == "K04"


def test_leaving_alone_where_no_letter_lies_says_so(office: Office) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    accept(talk)
    assert talk.sitting is None
    assert words(talk.do(LeaveAlone()))


@pytest.mark.parametrize("line", ["", "   ", "\t", "x" * 5000, "🙂🙂", "\x00\x1b[31m", "%s{0}{name}", "ja nej"])
def test_no_line_of_whatever_kind_decides_or_ends_the_program(office: Office, line: str) -> None:
    office.write("licens.txt", parking())
    talk = office.sit()
    turn = talk.hear(line)
    assert not turn.ended
    assert history(talk, "licens.txt") == ()
