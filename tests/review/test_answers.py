"""What the assistant answers when it is asked; nothing is decided by asking."""

import pytest
from tests.review.office import (
    COMPLAINT,
    Office,
    accept,
    entry_of,
    history,
    letter_of,
    listed,
    meeting,
    parking,
    read_all,
    words,
)

from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Assign, Browse, Compare, Help, Search, Show, Why


@pytest.fixture
def talk(office: Office) -> Conversation:
    office.write("licens.txt", parking())
    return office.sit()


@pytest.fixture
def complaint(office: Office) -> Conversation:
    office.write("klage.txt", COMPLAINT)
    return office.sit()


def test_why_gives_reasons_for_every_part_in_the_words_of_the_letter(talk: Conversation) -> None:
    said = words(talk.do(Why()))
    for wanted in ("05.09.02", "beboerlicens", "G01", "betaling", "Parkering", "05.09.*"):
        assert wanted in said


def test_why_for_one_suggestion_compares_it_with_the_first(complaint: Conversation) -> None:
    said = words(complaint.do(Why(place=2)))
    assert "32.18.08" in said
    assert "34.45.30" in said
    assert "9" in words(complaint.do(Why(place=9)))


def test_why_for_a_subject_that_was_chosen_by_hand_does_not_invent_reasons(talk: Conversation) -> None:
    talk.hear("27.36.04")
    said = words(talk.do(Why()))
    assert "27.36.04" in said
    assert "“" not in said.splitlines()[0]


def test_two_subjects_are_told_apart_by_place_words_and_letter(complaint: Conversation) -> None:
    said = words(complaint.do(Compare("34.45.30", "32.18.08"))).splitlines()
    assert len(said) == 2
    assert said[0].startswith("34.45.30")
    assert said[1].startswith("32.18.08")


def test_numbers_of_a_list_are_those_of_the_list(talk: Conversation) -> None:
    first, second = (option[:8] for option in listed(talk.hear("merudgifter voksne"))[:2])
    said = words(talk.hear("hvad er forskellen på 1 og 2"))
    assert first in said
    assert second in said


def test_words_are_searched_in_the_catalogue_and_what_is_not_there_is_said(talk: Conversation) -> None:
    assert len(listed(talk.do(Search("merudgifter")))) > 1
    turn = talk.do(Search("qxzwqxzw"))
    assert listed(turn) == []
    assert "qxzwqxzw" in words(turn)


def test_the_tree_is_gone_down_step_by_step(talk: Conversation) -> None:
    tops = listed(talk.do(Browse()))
    assert len(tops) > 20
    groups = listed(talk.do(Browse("27")))
    assert any(group.startswith("27.36") for group in groups)
    subjects = listed(talk.do(Browse("27.36")))
    assert all(subject.startswith("27.36.") for subject in subjects)
    assert listed(talk.do(Browse(subjects[0][:8]))) == subjects
    talk.hear("1")
    assert talk.sitting is not None
    assert talk.sitting.draft.markup.subject == subjects[0][:8]


def test_a_number_is_explained(talk: Conversation) -> None:
    for number in ("27", "27.36", "27.36.04"):
        said = words(talk.do(Show("number", number)))
        assert said.startswith(number)
        assert len(said.splitlines()) >= 2


@pytest.mark.parametrize("what", ["similar", "changes", "history", "conflict", "progress", "memo", "facets", "targets"])
@pytest.mark.parametrize("where", ["letter", "end"])
def test_whatever_is_asked_for_is_answered_with_a_letter_on_the_desk_and_without(
    talk: Conversation, what: str, where: str
) -> None:
    if where == "end":
        accept(talk)
        assert talk.sitting is None
    before = talk.desk.pile.progress().decided
    assert words(talk.do(Show(what)))
    assert talk.desk.pile.progress().decided == before


def test_the_whole_letter_can_be_read_with_cpr_numbers_masked(office: Office) -> None:
    office.write("brev.txt", parking("Signe Mørk, CPR 010203-0000"))
    masked, whole = office.sit(), office.sit(show_cpr=True)
    assert "010203" not in words(masked.do(Show("letter")))
    assert "Signe Mørk" in words(masked.do(Show("letter")))
    assert "010203-0000" in words(whole.do(Show("letter")))


def test_the_message_that_a_letter_would_become_names_its_markup(talk: Conversation) -> None:
    talk.hear("facet K02")
    said = words(talk.do(Show("memo")))
    for wanted in ("<kle:subjectKey>05.09.02", "K02", "BETALING", "420.00"):
        assert wanted in said


def test_the_message_of_a_template_says_which_fields_fill_it(office: Office) -> None:
    office.write("skabelon.txt", parking(amount="«Pris»", due="«Frist»", date="«Udløb»"))
    talk = office.sit()
    said = words(talk.do(Show("memo")))
    assert "«Pris»" in said
    assert "«Frist»" in said


def test_facets_that_fit_are_listed_and_chosen_by_digit(talk: Conversation) -> None:
    facets = listed(talk.do(Show("facets")))
    assert len(facets) >= 5
    talk.hear("3")
    assert talk.sitting is not None
    assert facets[2].startswith(talk.sitting.draft.markup.facet)


def test_the_history_tells_who_decided_what_and_when(office: Office) -> None:
    office.write("licens.txt", parking())
    mette = office.sit("Mette Prøve")
    assert "Ingen" in words(mette.do(Show("history")))
    mette.hear("facet K02")
    accept(mette)
    ole = office.sit("Ole Prøve")
    ole.hear("gå til licens")
    ole.hear("facet K04")
    accept(ole)
    ole.hear("gå til licens")
    lines = words(ole.do(Show("history"))).splitlines()
    assert [("Mette Prøve" in line, "K02" in line) for line in lines] == [(True, True), (False, False)]
    assert "16.02.2026" in lines[0]


def test_progress_counts_letters_decided_read_and_sure(office: Office) -> None:
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    office.write("c.txt", COMPLAINT)
    talk = office.sit()
    accept(talk)
    read_all(talk)
    assert words(talk.do(Show("progress"))).startswith("1 af 3 breve er afgjort, heraf 1 af dig")
    progress = talk.desk.pile.progress()
    assert (progress.read, progress.sure) == (3, 1)


def test_letters_that_look_alike_are_listed_and_gone_to_by_digit(office: Office) -> None:
    office.write("a.txt", parking("Asta"))
    office.write("b.txt", meeting())
    office.write("c.txt", parking("Bo", amount="500,00"))
    talk = office.sit()
    read_all(talk)
    assert listed(talk.do(Show("similar"))) == ["breve/c.txt"]
    talk.hear("1")
    assert letter_of(talk) == "c.txt"


def test_a_letter_is_given_to_somebody_and_to_nobody_again(talk: Conversation) -> None:
    talk.do(Assign("Ole Prøve"))
    name = entry_of(talk, "licens.txt").name
    assert talk.desk.store.assignments() == {name: "Ole Prøve"}
    talk.do(Assign(""))
    assert talk.desk.store.assignments() == {}
    talk.do(Assign("me"))
    assert talk.desk.store.assignments() == {name: "Mette Prøve"}


def test_help_says_what_can_be_typed_and_explains_the_parts(talk: Conversation) -> None:
    general = words(talk.do(Help()))
    for wanted in ("hvorfor?", "fortryd", "spring over", "samme for alle lignende"):
        assert wanted in general
    assert "KLE-nummer" in words(talk.do(Help("subject")))
    assert words(talk.do(Help("keys"))) == general


def test_asking_decides_nothing(talk: Conversation) -> None:
    for line in ("hvorfor?", "vis som MeMo", "hjælp", "merudgifter", "27.36", "vis køer", "hvem besluttede"):
        talk.hear(line)
    assert history(talk, "licens.txt") == ()
