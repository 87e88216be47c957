"""What goes wrong: files, folders and stores that do not work, others who decide meanwhile, keys pressed too early."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from tests.review.office import COMPLAINT, PLACE, Office, accept, decided, entry_of, history, meeting, parking
from tests.tui.review_run import PERSON, Review, review_app, run_review
from tests.tui.screens import TEXTS, until

from markup_assistant.errors import FolderMissingError, NotAStoreError, StoreBusyError
from markup_assistant.markup import Outcome, in_conflict
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.desk import Desk, Opened
from markup_assistant.review.intents import ChooseQueue, ChooseSubject, GoTo, Queue
from markup_assistant.review.pile import Entry, Standing
from markup_assistant.store.opening import open_store
from markup_assistant.tui.card_view import CardView
from markup_assistant.tui.letter_pane import LetterPane


@pytest.fixture(autouse=True)
def letters(office: Office) -> None:
    office.write("a-klage.txt", COMPLAINT)
    office.write("b-plads.txt", PLACE)
    office.write("c-parkering.txt", parking())


class SlowDesk(Desk):
    """A desk whose reader waits for the test before it reads some letters."""

    slow: frozenset[str] = frozenset()
    gate: threading.Event

    def open(self, entry: Entry) -> Opened:
        if entry.path.name in self.slow:
            assert self.gate.wait(20)
        return super().open(entry)


def slowly(office: Office, desks: list[SlowDesk], *slow: str) -> Conversation:
    """Begin a review in which some letters take long to read."""
    made = office.desk(PERSON)
    desk = SlowDesk(made.settings, office.folder, office.store(), person=PERSON, now=office.now)
    desk.slow, desk.gate = frozenset(slow), threading.Event()
    desks.append(desk)
    return Conversation(desk, TEXTS, office.clock)


def test_enter_pressed_twice_decides_one_letter_only(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.until(lambda: review.in_view(review.subject))
        await asyncio.sleep(3.2)
        await review.pilot.press("enter", "enter", "enter")
        await review.settled()
        assert review.letter == "b-plads.txt"
        assert review.conversation.decided_now == 1
        await asyncio.sleep(3.2)
        await review.press("enter")
        assert review.letter == "c-parkering.txt"

    run_review(office, script, look_seconds=3.0)


def test_keys_pressed_while_a_letter_is_being_read_never_decide_it(office: Office) -> None:
    desks: list[SlowDesk] = []

    async def script(review: Review) -> None:
        desk = desks[0]
        await review.pilot.press("enter", "enter", "2", "f8", "enter")
        await review.until(lambda: review.in_view(TEXTS("review.screen.working")))
        assert review.in_view("klage")
        desk.gate.set()
        await review.settled()
        assert review.letter == "b-plads.txt"
        assert not review.sitting.steps
        assert review.conversation.decided_now == 1
        assert not history(review.conversation, "b-plads.txt")
        assert not review.in_view(TEXTS("review.screen.working"))

    run_review(office, script, make=lambda: slowly(office, desks, "b-plads.txt"))


def test_undo_pressed_right_after_enter_takes_the_decision_back_or_nothing(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.pilot.press("enter", "ctrl+z")
        await review.settled()
        outcomes = [one.outcome for one in history(review.conversation, "a-klage.txt")]
        assert (review.letter, outcomes) in [
            ("a-klage.txt", [Outcome.MARKED, Outcome.WITHDRAWN]),
            ("b-plads.txt", [Outcome.MARKED]),
        ]

    run_review(office, script)


def test_what_is_typed_before_the_first_letter_is_there_stays_in_the_line(office: Office) -> None:
    desks: list[SlowDesk] = []
    ready = threading.Event()

    def make() -> Conversation:
        assert ready.wait(20)
        return slowly(office, desks)

    async def go() -> None:
        app = review_app(office, make=make)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            review = Review(app, pilot)
            await pilot.pause()
            assert review.in_view(TEXTS("review.screen.starting"))
            await pilot.press("enter", "2", "f3", "f1", "tab", "escape", "ctrl+z")
            await pilot.press(*"ja", "enter")
            assert review.line == "ja"
            ready.set()
            await review.settled()
            assert review.letter == "a-klage.txt"
            assert review.line == "ja"
            assert review.conversation.decided_now == 0
            await review.press("enter")
            assert review.letter == "b-plads.txt"
            app.review.close_down()
            await until(pilot, lambda: app._exit)

    asyncio.run(go())


def test_leaving_while_everything_is_being_opened_ends_at_once(office: Office) -> None:
    async def go() -> None:
        app = review_app(office)
        async with app.run_test(size=(80, 24)) as pilot:
            app.review.close_down()
            await until(pilot, lambda: app._exit)

    asyncio.run(go())


def test_the_folder_is_looked_through_after_the_first_letter_is_shown(office: Office) -> None:
    filling = threading.Event()

    class Waiting(Desk):
        def fill(self) -> None:
            assert filling.wait(20)
            super().fill()

    def make() -> Conversation:
        made = office.desk(PERSON)
        desk = Waiting(made.settings, office.folder, office.store(), person=PERSON, now=office.now)
        return Conversation(desk, TEXTS, office.clock)

    async def go() -> None:
        app = review_app(office, make=make)
        async with app.run_test(size=(80, 24)) as pilot:
            review = Review(app, pilot)
            await until(pilot, lambda: review.in_view(TEXTS("suggestion.subject")))
            assert review.in_view(TEXTS("review.screen.filling"))
            assert "Svar på din klage" in review.shown_letter
            filling.set()
            await review.settled()
            assert review.in_view(TEXTS("review.screen.place", place=1, length=3))
            app.review.close_down()
            await until(pilot, lambda: app._exit)

    asyncio.run(go())


def test_a_file_that_cannot_be_read_says_why_and_the_others_go_on(office: Office) -> None:
    (office.folder / "a-a-knækket.docx").write_bytes(b"PK\x03\x04 half a file")

    async def script(review: Review) -> None:
        await review.do(GoTo("knækket"))
        assert review.letter == "a-a-knækket.docx"
        assert TEXTS("review.said.unreadable") in review.text()
        assert review.app.review.query_one(LetterPane).has_class("-message")
        assert not any(card.display for card in review.app.review.query(CardView))
        for key in ("2", "escape", "f3", "tab", "f4", "escape", "f8"):
            await review.press(key)
        await review.press("enter")
        assert review.letter.endswith(".txt")
        assert not review.app.review.query_one(LetterPane).has_class("-message")
        await review.press("enter", "enter", "enter")
        assert TEXTS("review.screen.decided", decided=3, total=4) in review.rows()[0]

    run_review(office, script)


def test_a_letter_that_changed_since_it_was_decided_shows_what_changed(office: Office) -> None:
    before = office.sit(PERSON)
    accept(before)
    office.write("a-klage.txt", COMPLAINT.replace("holder fast i afgørelsen", "har ændret afgørelsen"))

    async def script(review: Review) -> None:
        await review.do(ChooseQueue(Queue.CHANGED))
        assert review.letter == "a-klage.txt"
        assert "+ " in review.said()
        assert "har ændret afgørelsen" in review.said()
        await review.press("enter")
        assert entry_of(review.conversation, "a-klage.txt").standing is Standing.DECIDED

    run_review(office, script)


def test_two_people_who_decide_the_same_letter_lose_nothing(office: Office) -> None:
    async def script(review: Review) -> None:
        other = office.sit("Bent Anden")
        other.do(ChooseSubject("28.09.40"))
        accept(other)
        await review.press("enter")
        assert "Bent Anden" in review.said()
        entry = entry_of(review.conversation, "a-klage.txt")
        assert in_conflict(entry.heads)
        assert {head.person for head in entry.heads} == {PERSON, "Bent Anden"}
        await review.do(ChooseQueue(Queue.CONFLICTS))
        assert review.letter == "a-klage.txt"
        assert TEXTS("review.said.conflict") in review.said()
        await review.press("enter")
        assert entry.standing is Standing.DECIDED
        assert len(history(review.conversation, "a-klage.txt")) == 3

    run_review(office, script)


def test_what_another_decides_meanwhile_is_said_at_once(office: Office) -> None:
    async def script(review: Review) -> None:
        accept(office.sit("Bent Anden"))
        await review.until(lambda: "Bent Anden" in review.said())
        assert review.letter == "a-klage.txt"

    run_review(office, script)


def test_an_empty_folder_is_said_to_be_empty(office: Office) -> None:
    for file in office.folder.iterdir():
        file.unlink()

    async def script(review: Review) -> None:
        assert TEXTS("review.said.empty_folder", folder="").strip(" .") in review.said().replace(str(office.folder), "")
        for key in ("enter", "2", "f3", "tab", "f1", "escape", "f8", "ctrl+z", "right", "left", "f2", "escape"):
            await review.press(key)

    run_review(office, script, size=(200, 24))


def test_a_folder_that_is_gone_is_named_on_the_screen(office: Office) -> None:
    missing = office.folder / "findes ikke"

    def make() -> Conversation:
        made = office.desk(PERSON)
        return Conversation(Desk(made.settings, missing, office.store(), person=PERSON), TEXTS)

    async def script(review: Review) -> None:
        assert FolderMissingError(folder=str(missing)).what(TEXTS) in review.said()
        assert TEXTS("review.screen.stopped") in review.text()

    run_review(office, script, make=make, size=(200, 24))


def test_a_store_that_cannot_be_opened_is_a_sentence_and_the_program_can_be_left(office: Office) -> None:
    place = office.folder.parent / "en mappe"
    place.mkdir()

    def make() -> Conversation:
        open_store(place)
        raise AssertionError

    async def script(review: Review) -> None:
        error = NotAStoreError(store=str(place))
        assert error.what(TEXTS) in review.said()
        assert TEXTS("review.screen.stopped") in review.text()
        for key in ("enter", "2", "f3", "f1", "f2", "tab", "escape", "ctrl+z"):
            await review.press(key)

    run_review(office, script, make=make, size=(200, 24))


def test_a_store_that_refuses_a_decision_keeps_the_letter_on_the_screen(office: Office) -> None:
    def make() -> Conversation:
        desk = office.desk(PERSON, office.store(busy_seconds=0.1))
        return Conversation(desk, TEXTS, office.clock)

    async def script(review: Review) -> None:
        await review.press("2")
        chosen = review.subject
        with closing(sqlite3.connect(office.file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await review.press("enter")
            assert StoreBusyError(store=str(office.file)).what(TEXTS).split("'")[0] in review.said()
            assert (review.letter, review.subject) == ("a-klage.txt", chosen)
            assert review.conversation.decided_now == 0
            other.execute("ROLLBACK")
        await review.press("enter")
        assert decided(review.conversation, "a-klage.txt").markup.subject == chosen
        assert review.letter == "b-plads.txt"

    run_review(office, script, make=make, size=(200, 40))


def test_the_scan_reads_the_folder_in_the_background_and_the_status_follows(office: Office) -> None:
    for number in range(5):
        office.write(f"d-møde-{number}.txt", meeting(f"Borger {number}", f"{number + 1}. marts 2026"))

    def make() -> Conversation:
        desk = office.desk(PERSON)
        return Conversation(desk, TEXTS, office.clock)

    async def go() -> None:
        app = review_app(office, make=make, read=False)
        async with app.run_test(size=(160, 24)) as pilot:
            review = Review(app, pilot)
            await until(pilot, lambda: app.review.talk_to is not None and len(review.conversation.desk.pile) == 8)
            await review.settled()
            first = review.rows()[0]
            assert " %" not in first
            assert TEXTS("review.screen.read", read=8, total=8) not in first
            for _ in range(20):
                if " %" in review.rows()[0]:
                    break
                await asyncio.sleep(1)
            assert " %" in review.rows()[0]
            assert all(entry.scan for entry in review.conversation.desk.pile)
            app.review.close_down()
            await until(pilot, lambda: app._exit)

    asyncio.run(go())


def test_an_error_that_nobody_foresaw_ends_the_program_without_showing_the_letter(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken(Desk):
        def fill(self) -> None:
            super().fill()
            raise RuntimeError("noget uventet")

    def make() -> Conversation:
        made = office.desk(PERSON)
        return Conversation(Broken(made.settings, office.folder, office.store(), person=PERSON), TEXTS)

    app = review_app(office, make=make)
    with pytest.raises(RuntimeError, match="noget uventet"):
        app.run(headless=True, size=(80, 24))
    written = capsys.readouterr()
    assert "Svar på din klage" not in written.out + written.err
    assert "Traceback" not in written.out + written.err


def test_nothing_is_left_running_when_the_screen_is_left(office: Office) -> None:
    office.write("d-møde.txt", meeting())

    def make() -> Conversation:
        return Conversation(office.desk(PERSON), TEXTS, office.clock)

    async def go() -> None:
        app = review_app(office, make=make, read=False)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: any(thread.name == "scan" for thread in threading.enumerate()))
            app.review.close_down()
            await until(pilot, lambda: app._exit)

    asyncio.run(go())
    for thread in threading.enumerate():
        if thread.name.startswith(("scan", "thinker", "ahead")):
            thread.join(10)
    assert not [one.name for one in threading.enumerate() if one.name.startswith(("scan", "thinker", "ahead"))]


def test_the_next_day_goes_on_where_the_last_one_stopped(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("enter", "right")
        assert review.letter == "c-parkering.txt"

    async def again(review: Review) -> None:
        assert review.letter == "c-parkering.txt"
        assert TEXTS("review.screen.decided", decided=1, total=3) in review.rows()[0]

    run_review(office, script)
    run_review(office, again)


def test_a_folder_below_the_folder_is_reviewed_too(office: Office) -> None:
    office.write(str(Path("0", "breve", "møde.txt")), meeting())

    async def script(review: Review) -> None:
        assert review.letter == "møde.txt"
        await review.press("enter")
        assert "breve/møde.txt" in review.said()

    run_review(office, script, size=(160, 48))
