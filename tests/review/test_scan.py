"""The look through the folder, in a process of its own: what it finds is what the desk finds, and is kept."""

import shutil
import threading

import pytest
from tests.review.office import ENGLISH, MEETING, Office, entry_of, meeting, parking

from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import ChooseQueue, Queue
from markup_assistant.review.pile import Standing
from markup_assistant.shipped import shipped_folder


@pytest.fixture
def talk(office: Office) -> Conversation:
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    office.write("c.txt", ENGLISH)
    (office.folder / "d.docx").write_bytes(b"PK\x03\x04 no archive at all")
    office.write("e.txt", parking("Bo Lind", amount="99,00"))
    return office.conversation()


def scan(talk: Conversation) -> None:
    talk.desk.scanner.run(lambda: None)


def test_the_scan_finds_what_the_desk_finds(talk: Conversation) -> None:
    scan(talk)
    for entry in talk.desk.pile:
        if entry.standing is not Standing.UNREADABLE:
            assert entry.scan == talk.desk.open(entry).scan


def test_after_the_scan_the_unsure_are_known_the_alike_and_the_unreadable(talk: Conversation) -> None:
    scan(talk)
    assert entry_of(talk, "c.txt").verdict == "unsure"
    assert [entry.path.name for entry, _ in talk.desk.pile.alike(entry_of(talk, "a.txt"))] == ["e.txt"]
    assert entry_of(talk, "d.docx").standing is Standing.UNREADABLE
    assert talk.desk.pile.progress().read == 5
    assert talk.count(ChooseQueue(Queue.ALL)) == 4


def test_what_was_found_is_not_looked_for_again_until_the_file_has_changed(office: Office, talk: Conversation) -> None:
    scan(talk)
    talk.desk.close()
    office.write("b.txt", MEETING.format(name="Ny", date="9. marts 2026", time="9.00"))
    again = office.conversation()
    stale = [entry.path.name for entry in again.desk.pile if again.desk.scanner._is_stale(entry)]
    assert stale == ["b.txt"]
    assert entry_of(again, "a.txt").verdict == "sure"
    scan(again)
    assert entry_of(again, "b.txt").content != entry_of(talk, "b.txt").content


def test_real_files_of_every_kind_are_scanned(office: Office) -> None:
    for file in (shipped_folder("data") / "samples").iterdir():
        shutil.copy(file, office.folder)
    talk = office.conversation()
    scan(talk)
    assert len(talk.desk.pile) == 8
    assert all(entry.scan and not entry.scan.error and entry.scan.subject for entry in talk.desk.pile)


def test_the_scan_goes_on_beside_the_review_and_can_be_stopped(office: Office) -> None:
    for place in range(30):
        office.write(f"{place:02}.txt", parking(f"Nr {place}"))
    talk = office.conversation()
    told = threading.Event()
    talk.desk.scanner.start(told.set)
    talk.begin()
    talk.desk.scanner.stop()
    read = talk.desk.pile.progress().read
    assert 1 <= read <= 30
    assert told.is_set() or read < 30
    talk.desk.close()
    again = office.conversation()
    assert again.desk.pile.progress().read >= read - 1  # the one on the desk is not the scan's to keep


def test_a_store_that_takes_nothing_does_not_end_the_scan(office: Office, talk: Conversation) -> None:
    talk.desk.store._engine.dispose()
    with talk.desk.store._engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE scans RENAME TO gone")
        connection.commit()
    scan(talk)
    assert talk.desk.scanner.error is not None
    assert talk.desk.pile.progress().read == 5
