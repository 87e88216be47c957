"""Going through the letters: forwards, back, past, to one by name, queue by queue, and on from where one stopped."""

import time

import pytest
from tests.review.office import (
    COMPLAINT,
    PLACE,
    Office,
    accept,
    decided,
    entry_of,
    letter_of,
    listed,
    meeting,
    parking,
    read_all,
    words,
)
from tests.store.made import DIGEST, decision
from tests.store.made import scan as made_scan

from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Accept, ChooseQueue, GoTo, Next, Previous, Queue, Quit, Show, Skip, Undo


@pytest.fixture
def four(office: Office) -> Office:
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    office.write("c.txt", COMPLAINT)
    office.write("d.txt", PLACE)
    return office


def passed(talk: Conversation, count: int) -> list[str]:
    """Return the letters that come by when one accepts."""
    names = []
    for _ in range(count):
        names.append(letter_of(talk))
        talk.do(Accept())
    return names


def test_letters_come_in_the_order_of_the_folder(four: Office) -> None:
    talk = four.sit()
    assert talk.place() == (1, 4)
    assert passed(talk, 4) == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert talk.sitting is None
    assert talk.desk.pile.progress().decided == 4


def test_one_can_look_at_the_next_and_the_former_letter_without_deciding(four: Office) -> None:
    talk = four.sit()
    assert talk.do(Next()).moved
    assert letter_of(talk) == "b.txt"
    assert talk.do(Previous()).moved
    assert letter_of(talk) == "a.txt"
    turn = talk.do(Previous())
    assert not turn.moved
    assert "første brev" in words(turn)
    assert talk.desk.pile.progress().decided == 0


def test_letters_that_were_passed_by_come_again_at_the_end(four: Office) -> None:
    talk = four.sit()
    talk.do(Next())
    talk.do(Skip())
    talk.do(Accept())
    turn = talk.do(Accept())
    assert "2" in words(turn)
    assert passed(talk, 2) == ["a.txt", "b.txt"]
    assert talk.desk.pile.progress().decided == 4


def test_the_last_letter_stays_where_one_goes_on_without_deciding(four: Office) -> None:
    talk = four.sit()
    passed(talk, 3)
    turn = talk.do(Next())
    assert "sidste brev" in words(turn)
    assert letter_of(talk) == "d.txt"


def test_a_letter_is_found_by_a_part_of_its_name(four: Office) -> None:
    four.write("tilsyn/rotter.txt", PLACE)
    talk = four.sit()
    talk.hear("gå til rotter")
    assert letter_of(talk) == "rotter.txt"
    talk.do(GoTo("tilsyn"))
    assert letter_of(talk) == "rotter.txt"


def test_of_several_letters_that_could_be_meant_one_is_chosen_by_its_digit(office: Office) -> None:
    office.write("tilbud-1.txt", PLACE)
    office.write("tilbud-2.txt", COMPLAINT)
    office.write("licens.txt", parking())
    talk = office.sit()
    assert len(listed(talk.do(GoTo("tilbud")))) == 2
    talk.hear("2")
    assert letter_of(talk) == "tilbud-2.txt"


def test_a_letter_that_is_not_there_is_said_to_be_so(four: Office) -> None:
    talk = four.sit()
    assert "xyz" in words(talk.do(GoTo("xyz")))
    assert letter_of(talk) == "a.txt"


def test_the_folder_above_the_letters_names_none_of_them(four: Office) -> None:
    """Every path of this test has the folder's name in it."""
    talk = four.sit()
    turn = talk.do(GoTo(four.folder.parent.name))
    assert not turn.moved
    assert listed(turn) == []


def test_the_number_of_a_letter_is_the_one_that_is_shown_with_it(four: Office) -> None:
    talk = four.sit()
    passed(talk, 2)
    talk.desk.close()
    again = four.sit()
    assert (letter_of(again), again.place()) == ("c.txt", (1, 2))
    again.hear("gå til brev 2")
    assert (letter_of(again), again.place()) == ("d.txt", (2, 2))


def test_a_letter_that_is_decided_already_can_be_gone_back_to_and_corrected(four: Office) -> None:
    talk = four.sit()
    passed(talk, 2)
    talk.do(GoTo("a.txt"))
    assert talk.sitting is not None
    assert talk.sitting.draft.markup.subject == "05.09.02"
    talk.hear("facet K02")
    talk.do(Accept())
    made = decided(talk, "a.txt")
    assert made.markup.facet == "K02"
    assert len(made.supersedes) == 1
    assert talk.desk.pile.progress().decided == 2


def test_the_next_session_begins_where_the_last_one_stopped(four: Office) -> None:
    talk = four.sit()
    talk.do(Next())
    talk.do(Next())
    assert talk.do(Quit()).ended
    talk.desk.close()
    again = four.sit()
    assert letter_of(again) == "c.txt"
    assert again.place() == (3, 4)


def test_the_screen_shows_the_same_letter_first_and_then_the_same_order(four: Office) -> None:
    talk = four.sit()
    talk.do(Next())
    talk.do(Next())
    talk.desk.close()
    four.write("e.txt", meeting("Ada Prøve", "9. marts 2026"))

    again = four.conversation()
    screen = type(again)(four.desk(), again.texts, four.clock)
    screen.show_first()
    assert letter_of(screen) == "c.txt"
    screen.fill()
    assert screen.place() == (3, 5)
    screen.do(Accept())
    assert letter_of(screen) == "d.txt"


def test_everybody_has_a_place_of_their_own(four: Office) -> None:
    talk = four.sit("Mette Prøve")
    talk.do(Next())
    assert letter_of(four.sit("Ole Prøve")) == "a.txt"


def test_a_first_letter_is_shown_before_the_folder_was_looked_through(four: Office) -> None:
    empty = four.conversation()
    talk = type(empty)(four.desk(), empty.texts, four.clock)
    assert talk.show_first().moved
    assert letter_of(talk) == "a.txt"
    assert talk.place() == (1, 1)
    talk.fill()
    assert letter_of(talk) == "a.txt"
    assert talk.place() == (1, 4)


def test_an_empty_folder_has_nothing_to_show(office: Office) -> None:
    empty = office.conversation()
    talk = type(empty)(office.desk(), empty.texts, office.clock)
    assert not talk.show_first().moved
    talk.fill()
    assert talk.sitting is None
    assert talk.place() == (0, 0)
    assert accept(talk).replies


def test_unsure_letters_come_first_where_one_asks_for_that(four: Office) -> None:
    four.write("e.txt", "Your application has been received and will be answered as soon as possible.\n")
    talk = four.sit()
    read_all(talk)
    order = [entry.path.name for entry in talk.desk.pile.queue(Queue.UNSURE)]
    assert order[0] == "e.txt"
    assert order[-1] == "a.txt"  # the only sure one
    talk.hear("vis de usikre først")
    assert letter_of(talk) == "e.txt"


def test_every_skipped_letter_comes_in_the_queue_of_the_skipped(four: Office) -> None:
    talk = four.sit()
    for _ in range(3):
        talk.do(Skip())
    assert talk.count(ChooseQueue(Queue.SKIPPED)) == 3
    talk.do(ChooseQueue(Queue.SKIPPED))
    assert passed(talk, 3) == ["a.txt", "b.txt", "c.txt"]
    assert talk.desk.pile.progress().decided == 3
    assert talk.sitting is None


def test_my_letters_are_those_that_were_given_to_me(four: Office) -> None:
    talk = four.sit("Mette Prøve")
    talk.hear("giv den til Ole Prøve")
    talk.do(Next())
    talk.hear("jeg tager den")
    assert [entry.path.name for entry in talk.desk.pile.queue(Queue.MINE, person="Mette Prøve")] == ["b.txt"]
    other = four.sit("Ole Prøve")
    turn = other.hear("mine")
    assert letter_of(other) == "a.txt"
    assert "1" in words(turn)


def test_the_letters_of_one_department_are_those_whose_subject_goes_there(four: Office) -> None:
    talk = four.sit()
    read_all(talk)
    assert talk.count(ChooseQueue(Queue.ALL, "jobcenter")) == 1
    talk.do(ChooseQueue(Queue.ALL, "jobcenter"))
    assert letter_of(talk) == "b.txt"
    turn = accept(talk)
    assert talk.sitting is None
    assert "bunke" in words(turn)


def test_an_empty_queue_is_not_gone_into(four: Office) -> None:
    talk = four.sit()
    turn = talk.do(ChooseQueue(Queue.CONFLICTS))
    assert not turn.moved
    assert letter_of(talk) == "a.txt"
    assert talk.queue == ChooseQueue(Queue.ALL)


def test_the_queues_are_listed_with_how_many_letters_each_has(four: Office) -> None:
    talk = four.sit()
    accept(talk)
    talk.do(Skip())
    turn = talk.hear("vis køer")
    assert len(listed(turn)) == len(Queue)
    place = list(Queue).index(Queue.SKIPPED) + 1
    talk.hear(str(place))
    assert letter_of(talk) == "b.txt"


def test_a_letter_that_cannot_be_read_is_a_message_and_one_goes_on(four: Office) -> None:
    (four.folder / "b.txt").unlink()
    (four.folder / "b.docx").write_bytes(b"PK\x03\x04 no archive at all")
    talk = four.sit()
    turn = accept(talk)
    assert letter_of(talk) == "b.docx"
    assert "b.docx" in words(turn)
    assert accept(talk).moved
    assert letter_of(talk) == "c.txt"
    assert talk.desk.pile.progress().decided == 1
    assert entry_of(talk, "b.docx").standing == "unreadable"
    assert passed(talk, 2) == ["c.txt", "d.txt"]
    assert talk.sitting is None


@pytest.mark.parametrize(
    "line", ["hvorfor?", "2", "facet K02", "nej", "vis brevet", "vis som MeMo", "vis lignende", "skal ikke mærkes op"]
)
def test_whatever_is_asked_of_a_letter_that_cannot_be_read_is_answered(office: Office, line: str) -> None:
    (office.folder / "a.docx").write_bytes(b"PK\x03\x04 no archive at all")
    talk = office.sit()
    assert letter_of(talk) == "a.docx"
    turn = talk.hear(line)
    assert words(turn)
    assert talk.desk.pile.progress().decided == 0


def test_a_letter_that_vanishes_costs_a_message(four: Office) -> None:
    talk = four.sit()
    (four.folder / "b.txt").unlink()
    assert "b.txt" in words(accept(talk))
    accept(talk)
    assert letter_of(talk) == "c.txt"


def test_what_others_decide_meanwhile_is_not_asked_again(four: Office) -> None:
    talk, other = four.sit("Mette Prøve"), four.sit("Ole Prøve")
    other.do(Next())
    accept(other)
    four.clock.seconds += 60
    talk.refresh()
    accept(talk)
    assert letter_of(talk) == "c.txt"


def test_among_twenty_thousand_letters_no_step_is_felt(four: Office) -> None:
    """The four letters lie in the middle of many that were read before, every other one decided."""
    talk = four.conversation()
    pile = talk.desk.pile
    others = [four.folder / f"{'a' if place < 10_000 else 'x'}-{place:05}.txt" for place in range(20_000)]
    files = sorted([*others, *(entry.path for entry in pile)])
    names = [pile.name_of(path) for path in others]
    scans = {name: made_scan(name, content=DIGEST, sketch=b"", verdict="check") for name in names}
    heads = {name: (decision(name),) for name in names[::2]}
    pile.fill(files, heads, scans, {})
    talk.desk.store.set_bookmark(talk.desk.person, str(talk.desk.folder), "a.txt")
    talk.begin()
    assert letter_of(talk) == "a.txt"
    for intent in (Next(), Previous(), Skip(), Show("progress"), Show("similar"), GoTo("d.txt"), Undo(), Accept()):
        begun = time.process_time()
        talk.do(intent)
        assert time.process_time() - begun < 0.5, intent
    four.clock.seconds += 60
    begun = time.process_time()
    talk.refresh()
    assert time.process_time() - begun < 1
