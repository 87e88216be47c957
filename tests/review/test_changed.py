"""A letter that was changed after its decision is shown again, with what has changed."""

from typing import Any

from tests.review.office import PLACE, Office, accept, decided, entry_of, letter_of, parking, read_all, words

from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import ChooseQueue, Next, Propagate, Queue, Show
from markup_assistant.review.pile import Standing
from markup_assistant.review.replies import Quote


def decide_and_change(office: Office, text: str, **chosen: Any) -> Conversation:
    """Decide a letter, close, change its file, and come back."""
    office.write("licens.txt", parking())
    talk = office.sit(**chosen)
    talk.hear("facet K02")
    accept(talk)
    talk.desk.close()
    office.write("licens.txt", text)
    again = office.conversation(**chosen)
    read_all(again)
    return again


def test_a_changed_letter_has_a_queue_and_shows_what_has_changed(office: Office) -> None:
    talk = decide_and_change(office, parking().replace("ny bil", "nyt køretøj"))
    assert entry_of(talk, "licens.txt").standing is Standing.CHANGED
    turn = talk.do(ChooseQueue(Queue.CHANGED))
    said = words(turn)
    assert letter_of(talk) == "licens.txt"
    assert "Brevet er ændret" in said
    before, after = (next(line for line in said.splitlines() if line.startswith(sign)) for sign in "-+")
    assert "ny bil" in before
    assert "nyt køretøj" in after


def test_a_changed_letter_has_its_former_markup_on_the_card(office: Office) -> None:
    talk = decide_and_change(office, parking().replace("ny bil", "nyt køretøj"))
    talk.begin()
    assert talk.sitting is not None
    assert talk.sitting.draft.markup.facet == "K02"
    accept(talk)
    assert entry_of(talk, "licens.txt").standing is Standing.DECIDED
    assert decided(talk, "licens.txt").content == entry_of(talk, "licens.txt").content


def test_only_dates_and_amounts_are_said_to_be_only_that(office: Office) -> None:
    talk = decide_and_change(office, parking(amount="450,00", due="16. marts 2026"))
    assert "kun datoer, tal og beløb" in words(talk.begin())


def test_a_letter_that_was_rewritten_is_to_be_read_again(office: Office) -> None:
    talk = decide_and_change(office, PLACE)
    turn = talk.begin()
    assert "skrevet om" in words(turn)
    assert not any(isinstance(reply, Quote) for reply in turn.replies)


def test_another_citizen_s_cpr_number_is_no_change(office: Office) -> None:
    office.write("licens.txt", parking("CPR 010203-0000"))
    talk = office.sit()
    accept(talk)
    talk.desk.close()
    office.write("licens.txt", parking("CPR 310299-9999"))
    again = office.conversation()
    read_all(again)
    assert entry_of(again, "licens.txt").standing is Standing.DECIDED


def test_white_space_is_no_change(office: Office) -> None:
    talk = decide_and_change(office, parking().replace("\n\n", "\n\n\n").replace("ny bil", "ny  bil"))
    assert entry_of(talk, "licens.txt").standing is Standing.DECIDED


def test_where_no_text_is_kept_it_is_said_that_only_the_change_is_known(office: Office) -> None:
    talk = decide_and_change(office, parking().replace("ny bil", "nyt køretøj"), store_text="none")
    turn = talk.begin()
    assert "ikke gemt" in words(turn)
    kept = talk.desk.store.kept_letter(entry_of(talk, "licens.txt").name)
    assert kept is None or kept.text == ""


def test_no_cpr_number_is_kept_with_the_text(office: Office) -> None:
    office.write("licens.txt", parking("Signe Mørk 010203-0000"))
    talk = office.sit()
    accept(talk)
    talk.desk.close()
    talk.desk.store.close()
    stored = b"".join(file.read_bytes() for file in office.folder.parent.glob("afgørelser.db*"))
    assert b"Din beboerlicens" in stored
    assert b"010203" not in stored


def test_a_letter_that_got_its_markup_from_another_shows_what_has_changed_too(office: Office) -> None:
    office.write("a.txt", parking("Asta"))
    office.write("b.txt", parking("Bo"))
    talk = office.sit()
    read_all(talk)
    accept(talk)
    talk.do(Propagate())
    talk.desk.close()
    office.write("b.txt", parking("Bo").replace("ny bil", "nyt køretøj"))
    again = office.conversation()
    read_all(again)
    again.do(ChooseQueue(Queue.CHANGED))
    assert letter_of(again) == "b.txt"
    assert "nyt køretøj" in words(again.do(Show("changes")))


def test_an_unchanged_letter_is_said_to_be_so(office: Office) -> None:
    office.write("a.txt", parking())
    office.write("b.txt", PLACE)
    talk = office.sit()
    assert "ikke ændret" in words(talk.do(Show("changes")))
    talk.do(Next())
