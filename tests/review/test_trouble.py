"""When the store or a file fails: a sentence, the letter stays, nothing is lost, and the next try works."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from tests.review.office import (
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

from markup_assistant.markup import Outcome
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Assign, ChooseFacet, Next, Propagate, Undo
from markup_assistant.review.pile import Standing
from markup_assistant.review.replies import Said, Tone
from markup_assistant.store.engine import driver_connection
from markup_assistant.store.store import Store

LONG_NAME = "Mette " + "Prøve " * 3000
"""A person with whom no decision fits onto what is left of a page: a full store refuses every one."""


class Failing:
    """Makes every write of a store fail, in one of the ways in which real ones do."""

    def __init__(self, office: Office, store: Store, kind: str) -> None:
        self._office = office
        self._store = store
        self._kind = kind
        self._pragma = ""
        self._holding: sqlite3.Connection | None = None
        event.listen(store._engine, "checkout", self._prepare)

    def start(self) -> None:
        if self._kind == "busy":
            self._holding = sqlite3.connect(self._office.file, isolation_level=None)
            self._holding.execute("BEGIN IMMEDIATE")
        else:
            self._pragma = {"full": "PRAGMA max_page_count=1", "read-only": "PRAGMA query_only=ON"}[self._kind]

    def stop(self) -> None:
        self._pragma = {"full": "PRAGMA max_page_count=1000000", "read-only": "PRAGMA query_only=OFF", "busy": ""}[
            self._kind
        ]
        if self._holding is not None:
            self._holding.execute("ROLLBACK")
            self._holding.close()
            self._holding = None

    def _prepare(self, connection: sqlite3.Connection, *_: object) -> None:
        if self._pragma:
            connection.execute(self._pragma)


@pytest.fixture(params=["full", "read-only", "busy"])
def failing(request: pytest.FixtureRequest, office: Office) -> Iterator[tuple[Conversation, Failing]]:
    """A conversation at the second of four letters, three of them alike, and what makes its store fail."""
    office.write("a.txt", parking("Asta"))
    office.write("b.txt", parking("Bo"))
    office.write("c.txt", parking("Eva"))
    office.write("d.txt", meeting())
    store = office.store(busy_seconds=0.2)
    talk = office.sit(LONG_NAME, store=store)
    read_all(talk)
    accept(talk)
    trouble = Failing(office, store, request.param)
    yield talk, trouble
    trouble.stop()


def errors(replies: tuple[object, ...]) -> list[str]:
    return [reply.text for reply in replies if isinstance(reply, Said) and reply.tone is Tone.ERROR]


def test_a_decision_that_cannot_be_kept_leaves_the_letter_as_it_was(failing: tuple[Conversation, Failing]) -> None:
    talk, trouble = failing
    talk.do(Next())
    assert letter_of(talk) == "c.txt"
    talk.do(ChooseFacet("K08"))
    trouble.start()
    turn = accept(talk)
    assert len(errors(turn.replies)) == 1
    assert not turn.moved
    assert letter_of(talk) == "c.txt"
    assert talk.sitting is not None
    assert talk.sitting.draft.markup.facet == "K08"
    assert history(talk, "c.txt") == ()
    assert entry_of(talk, "c.txt").standing is Standing.OPEN
    assert talk.decided_now == 1
    trouble.stop()
    assert accept(talk).moved
    assert decided(talk, "c.txt").markup.facet == "K08"
    assert len(history(talk, "c.txt")) == 1


def test_an_undo_that_cannot_be_kept_can_be_tried_again(failing: tuple[Conversation, Failing]) -> None:
    talk, trouble = failing
    trouble.start()
    assert errors(talk.do(Undo()).replies)
    assert decided(talk, "a.txt").outcome is Outcome.MARKED
    trouble.stop()
    talk.do(Undo())
    assert decided(talk, "a.txt").outcome is Outcome.WITHDRAWN


def test_letters_get_the_same_markup_all_or_none(failing: tuple[Conversation, Failing]) -> None:
    talk, trouble = failing
    trouble.start()
    assert errors(talk.do(Propagate()).replies)
    assert talk.desk.pile.progress().decided == 1
    assert history(talk, "b.txt") == ()
    trouble.stop()
    talk.do(Propagate())
    assert talk.desk.pile.progress().decided == 3
    assert len(history(talk, "b.txt")) == len(history(talk, "c.txt")) == 1


def test_a_letter_that_cannot_be_given_away_stays_nobody_s(failing: tuple[Conversation, Failing]) -> None:
    talk, trouble = failing
    trouble.start()
    assert errors(talk.do(Assign("Ole Prøve " * 500)).replies)
    assert talk.sitting is not None
    assert talk.sitting.entry.assigned == ""


def test_one_can_go_on_reading_where_nothing_can_be_written(failing: tuple[Conversation, Failing]) -> None:
    talk, trouble = failing
    trouble.start()
    assert talk.do(Next()).moved
    assert letter_of(talk) == "c.txt"
    assert talk.hear("hvorfor?").replies


def test_what_was_kept_is_said_to_be_kept_though_something_fails_after_it(office: Office) -> None:
    """The table of bookmarks refuses to be written to; that of decisions does not."""
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    talk = office.sit()
    with driver_connection(talk.desk.store._engine) as connection:
        for what in ("INSERT", "UPDATE"):
            connection.execute(
                f"CREATE TRIGGER no_{what} BEFORE {what} ON bookmarks BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
    turn = accept(talk)
    assert "Gemt" in words(turn)
    assert letter_of(talk) == "b.txt"
    accept(talk)
    assert talk.desk.pile.progress().decided == 2


def test_news_that_cannot_be_had_do_not_end_the_review(office: Office) -> None:
    office.write("a.txt", parking())
    talk = office.sit()
    with driver_connection(talk.desk.store._engine) as connection:
        connection.execute("ALTER TABLE decisions RENAME TO gone")
    assert talk.refresh().replies == ()
    assert errors(accept(talk).replies)
    with driver_connection(talk.desk.store._engine) as connection:
        connection.execute("ALTER TABLE gone RENAME TO decisions")
    accept(talk)
    assert decided(talk, "a.txt").outcome is Outcome.MARKED


def test_enter_twice_while_the_answer_is_unsure_makes_one_decision_that_holds(office: Office) -> None:
    """What others decided cannot be asked for right after the decision was kept; one presses Enter again."""
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    talk = office.sit()
    hear = talk.desk.hear_of_others

    def refuse() -> tuple[()]:
        talk.desk.store.place = "nowhere"
        with driver_connection(talk.desk.store._engine) as connection:
            connection.execute("ALTER TABLE decisions RENAME TO gone")
        return hear()  # type: ignore[return-value]  # raises

    talk.desk.hear_of_others = refuse  # type: ignore[method-assign]  # fails once, then works again
    turn = accept(talk)
    assert "Gemt" in words(turn)
    assert errors(turn.replies)
    talk.desk.hear_of_others = hear  # type: ignore[method-assign]  # see above
    with driver_connection(talk.desk.store._engine) as connection:
        connection.execute("ALTER TABLE gone RENAME TO decisions")
    assert letter_of(talk) == "a.txt"
    talk.do(ChooseFacet("K04"))
    accept(talk)
    assert decided(talk, "a.txt").markup.facet == "K04"
