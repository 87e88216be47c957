"""The desk: reads letters when they are needed and ahead of that, and remembers who was where."""

import os
import time

import pytest
from tests.review.office import COMPLAINT, Office, accept, decided, entry_of, letter_of, meeting, parking, words

from markup_assistant.errors import FileMissingError, FolderMissingError, NotALetterError
from markup_assistant.markup import Outcome
from markup_assistant.review.desk import Manner
from markup_assistant.review.draft import Draft
from markup_assistant.review.intents import Next
from markup_assistant.review.pile import Standing
from markup_assistant.review.scan import status_of


def test_letters_are_found_in_folders_below_and_nothing_else_is(office: Office) -> None:
    for name in ("b.txt", "under/a.txt", "~$b.docx", ".skjult.txt", "billede.png", "Å.txt"):
        office.write(name, parking())
    desk = office.desk()
    desk.fill()
    assert [entry.path.relative_to(office.folder).as_posix() for entry in desk.pile] == [
        "b.txt",
        "under/a.txt",
        "Å.txt",
    ]


def test_a_folder_that_is_not_there_is_said_to_be_so(office: Office) -> None:
    desk = office.desk()
    office.folder.rmdir()
    with pytest.raises(FolderMissingError):
        desk.fill()


def test_a_letter_that_was_read_ahead_is_read_again_once_its_file_has_changed(office: Office) -> None:
    office.write("a.txt", meeting())
    path = office.write("b.txt", parking())
    talk = office.sit()
    for _ in range(100):
        ready = talk.desk._ready.get(path)
        if ready and ready[1].done():
            break
        time.sleep(0.05)
    else:
        pytest.fail("nothing was read ahead")
    office.write("b.txt", COMPLAINT)
    talk.do(Next())
    assert letter_of(talk) == "b.txt"
    assert talk.sitting is not None
    assert talk.sitting.draft.markup.subject == "34.45.30"


def test_a_letter_that_was_broken_can_be_opened_once_it_was_mended(office: Office) -> None:
    path = office.folder / "a.docx"
    path.write_bytes(b"PK\x03\x04 no archive at all")
    desk = office.desk()
    desk.fill()
    (entry,) = desk.pile
    with pytest.raises(NotALetterError):
        desk.open(entry)
    assert [one.standing for one in desk.pile] == [Standing.UNREADABLE]
    path.unlink()
    with pytest.raises(FileMissingError):
        desk.open(entry)
    path.write_text("Din beboerlicens udløber snart, og du skal betale 420 kr. for parkering.", encoding="utf-8")
    assert desk.open(entry).letter.text.startswith("Din beboerlicens")
    assert [one.standing for one in desk.pile] == [Standing.OPEN]


def test_a_decision_is_on_disk_when_it_was_made(office: Office) -> None:
    """Another program that opens the store at that moment sees it."""
    office.write("a.txt", parking())
    desk = office.desk()
    desk.fill()
    (entry,) = desk.pile
    opened = desk.open(entry)
    made = desk.decide(opened, Outcome.MARKED, opened.drafting.suggested(), Manner(seconds=1.26), ())
    assert office.store().heads(entry.name) == (made,)
    assert made.seconds == 1.3
    left = desk.decide(opened, Outcome.LEFT_ALONE, Draft(), Manner(), (made,))
    assert entry.heads == (left,)


def test_the_place_at_which_one_stopped_is_that_of_this_person_and_folder(office: Office) -> None:
    for name in ("a.txt", "b.txt"):
        office.write(name, parking(name))
    talk = office.sit("Mette Prøve")
    talk.do(Next())
    assert office.desk("Mette Prøve").bookmarked() == office.folder / "b.txt"
    assert office.desk("Ole Prøve").bookmarked() is None
    (office.folder / "b.txt").unlink()
    assert office.desk("Mette Prøve").bookmarked() is None


def test_who_was_never_here_is_known_once(office: Office) -> None:
    desk = office.desk("Mette Prøve")
    assert desk.is_first_time()
    assert not desk.is_first_time()
    assert office.desk("Ole Prøve").is_first_time()


def test_people_whose_drives_differ_know_a_letter_by_one_name(office: Office) -> None:
    """The settings file lies at the root of what they share."""
    office.write("a.txt", parking())
    root = office.folder.parent / "markup.yaml"
    root.write_text("", encoding="utf-8")
    desk = office.desk(file=str(root))
    desk.fill()
    (entry,) = desk.pile
    assert entry.name == "breve/a.txt"


def test_no_cpr_number_of_a_file_s_name_is_kept_or_said(office: Office) -> None:
    office.write("010203-0000 licens.txt", parking())
    talk = office.sit()
    said = words(accept(talk))
    assert "010203" not in said
    talk.desk.close()
    talk.desk.store.close()
    stored = b"".join(file.read_bytes() for file in office.folder.parent.glob("afgørelser.db*"))
    assert b"licens.txt" in stored
    assert b"010203" not in stored


def test_a_letter_with_a_cpr_number_in_its_name_stays_decided_in_the_next_session(office: Office) -> None:
    office.write("010203-0000 licens.txt", parking())
    talk = office.sit()
    accept(talk)
    talk.desk.close()
    again = office.conversation()
    again.desk.scanner.run(lambda: None)
    assert entry_of(again, "010203-0000 licens.txt").standing is Standing.DECIDED
    assert decided(again, "010203-0000 licens.txt").outcome is Outcome.MARKED


def test_the_status_of_a_file_that_is_gone_is_nothing(office: Office) -> None:
    path = office.write("a.txt", "Kære borger")
    size, moment = status_of(path)
    assert (size, moment) == (12, os.stat(path).st_mtime_ns)  # noqa: PTH116  # what the system says, not what we do
    path.unlink()
    assert status_of(path) == (0, 0)
