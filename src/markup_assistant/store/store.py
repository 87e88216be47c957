"""The store: decisions that are never lost, and what is known of their letters."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, Select, Table

from markup_assistant.errors import StoreError
from markup_assistant.markup import Decision
from markup_assistant.store import decided, erase, kept, soundness
from markup_assistant.store.address import Address
from markup_assistant.store.backup import back_up
from markup_assistant.store.columns import text_of
from markup_assistant.store.engine import writing
from markup_assistant.store.failures import failures_of
from markup_assistant.store.rows import AnyRow, decision_of, kept_letter_of, read_rows, scan_of
from markup_assistant.store.schema import assignments, bookmarks, decisions, letters, scans, settings
from markup_assistant.store.values import Forgotten, KeptLetter, Scan

V = TypeVar("V")

_AT_ONCE = 1000
"""Rows that are read at a time where all are asked for: no transaction stays open while they are worked on."""


class Store:
    """An open store; made by :func:`opening.open_store`, usable from several threads, closed when its block is left.

    Every method may raise a StoreError that says what is wrong with the database; a write that raises has written
    nothing. Texts are masked on their way in: no CPR number is ever stored.

    Attributes:
        place: where it is, without password.
        note: the key of a sentence that the user should know, or empty.
    """

    def __init__(self, engine: Engine, address: Address, note: str = "") -> None:
        self._engine = engine
        self._address = address
        self._write_lock = threading.Lock()  # threads of one program wait here, not on the database's clock
        self.place = address.shown
        self.note = note

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; what was written is on the disk already."""
        self._engine.dispose()

    # Decisions

    def add(self, *made: Decision) -> None:
        """Keep decisions, all or none; on return they are durable.

        One that is there already with the same content is left alone, so that a write whose answer got lost can be
        repeated. Raises DecisionDiffersError where an id is taken by another decision.
        """
        if made:
            with self._writing() as connection:
                decided.add(connection, made, self.place)

    def heads(self, letter: str) -> tuple[Decision, ...]:
        """Return the decisions on a letter that no later one supersedes, oldest first.

        One: it holds, unless it was withdrawn. Several: people decided without seeing each other; where they differ
        it is a conflict, settled by a decision that supersedes them all.
        """
        return self._decisions(decided.heads().where(decided.is_letter(letter)))

    def all_heads(self) -> dict[str, tuple[Decision, ...]]:
        """Return the heads of every letter that was ever decided."""
        found: dict[str, list[Decision]] = {}
        for decision in self._decisions(decided.heads()):
            found.setdefault(decision.letter, []).append(decision)
        return {letter: tuple(heads) for letter, heads in found.items()}

    def history(self, letter: str) -> tuple[Decision, ...]:
        """Return every decision on a letter, oldest first."""
        return self._decisions(decided.of_letter(letter))

    def decisions(self) -> Iterator[Decision]:
        """Go through all decisions in the order in which they arrived; some thousands in memory at a time."""
        mark = 0
        while True:
            some, reached = self._after(mark, _AT_ONCE)
            yield from some
            if reached == mark:
                return
            mark = reached

    def since(self, mark: int) -> tuple[tuple[Decision, ...], int]:
        """Return the decisions that arrived after a mark (0: all), and the mark to go on from.

        None is ever skipped: a decision becomes visible only after all that have lower marks.
        """
        return self._after(mark, None)

    def mark(self) -> int:
        """Return the mark of today: taken before :meth:`all_heads`, ``since`` tells all that came afterwards."""
        return int(self._row(decided.last_arrival())[0])

    def models_used(self) -> tuple[str, ...]:
        """Return the models whose suggestions were shown, in the order of their first decision."""
        return tuple(self._values(decided.models(), lambda row: text_of(row[0]), decisions))

    # Letters, scans, people

    def keep_letter(self, letter: KeptLetter) -> None:
        """Keep a letter as it was seen, in place of the one of the same name and content."""
        with self._writing() as connection:
            kept.put_letter(connection, letter)

    def kept_letter(self, letter: str, content: str = "") -> KeptLetter | None:
        """Return a letter with a content, or as it was seen last where that is empty."""
        found = self._values(kept.letter_as_seen(letter, content), kept_letter_of, letters)
        return found[0] if found else None

    def kept_letters(self) -> Iterator[KeptLetter]:
        """Go through all kept letters in the order in which they were first kept."""
        number = 0
        while True:
            rows = self._rows(kept.letters_after(number, _AT_ONCE))
            if not rows:
                return
            yield from read_rows(rows, kept_letter_of, letters, self.place)
            number = int(rows[-1].number)

    def scans(self, prefix: str = "") -> dict[str, Scan]:
        """Return what was found in the letters whose names begin with a prefix, by name."""
        return {scan.letter: scan for scan in self._values(kept.scans_of(prefix), scan_of, scans)}

    def keep_scans(self, found: Iterable[Scan]) -> None:
        """Keep what was found in letters, each in place of what was found before; all or none."""
        with self._writing() as connection:
            kept.put_scans(connection, found)

    def assign(self, names: Iterable[str], person: str, by: str, at: datetime) -> None:
        """Give letters to a person from now on, or to nobody where that is empty; ``by`` says who did."""
        with self._writing() as connection:
            kept.assign(connection, names, person, by, at)

    def assignments(self) -> dict[str, str]:
        """Return who has which letter; one that nobody has is not there."""
        pairs = self._values(kept.assigned(), lambda row: (text_of(row[0]), text_of(row[1])), assignments)
        return dict(pairs)

    def bookmark(self, person: str, folder: str) -> str:
        """Return the letter at which a person stopped in a folder, or nothing."""
        found = self._values(kept.bookmark_of(person, folder), lambda row: text_of(row[0]), bookmarks)
        return found[0] if found else ""

    def set_bookmark(self, person: str, folder: str, letter: str) -> None:
        """Remember the letter at which a person stopped in a folder."""
        with self._writing() as connection:
            kept.put_bookmark(connection, person, folder, letter)

    def setting(self, name: str) -> str:
        """Return a small fact of the store (``tour_seen:PERSON``), or nothing."""
        found = self._values(kept.setting_of(name), lambda row: text_of(row[0]), settings)
        return found[0] if found else ""

    def keep_setting(self, name: str, value: str) -> None:
        """Remember a small fact of the store."""
        with self._writing() as connection:
            kept.put_setting(connection, name, value)

    # Care

    def forget(self, *names: str) -> Forgotten:
        """Remove every row of letters, and overwrite what they leave in the files.

        ``Forgotten.erased`` says whether that last step was possible now. Copies made before, and on PostgreSQL the
        server's own log and backups, still hold the letters: they are for those who keep them.
        """
        return self._erase(lambda connection: erase.forget_letters(connection, names))

    def forget_before(self, moment: datetime) -> Forgotten:
        """Empty the kept texts of letters last decided (or, never decided, last seen) before a moment.

        Only the text goes: the decisions, the letter's name and its sketch stay.
        """
        return self._erase(lambda connection: erase.forget_texts(connection, moment))

    def backup(self, target: Path) -> Path:
        """Copy the store as it stands now into one SQLite file, while others go on writing, and return its path.

        The copy is itself a store. It is written beside its place and moved there when it is whole; a file there is
        replaced. Raises OutputError where it cannot be written.
        """
        with failures_of(self._address):
            return back_up(self._engine, self._address, target)

    def check(self) -> tuple[StoreError, ...]:
        """Return all that is wrong with the store: its file, its rows, decisions that point nowhere."""
        faults: list[StoreError] = []
        for look in (soundness.faults_of_file, soundness.faults_of_rows):
            try:
                with failures_of(self._address), self._engine.connect() as connection:
                    faults.extend(look(connection, self.place))
            except StoreError as error:
                faults.append(error)
        return tuple(faults)

    def _after(self, mark: int, limit: int | None) -> tuple[tuple[Decision, ...], int]:
        rows = self._rows(decided.after(mark, limit))
        made = tuple(read_rows(rows, decision_of, decisions, self.place))
        return made, int(rows[-1].arrival) if rows else mark

    def _decisions(self, question: Select[Any]) -> tuple[Decision, ...]:
        return tuple(self._values(question, decision_of, decisions))

    def _values(self, question: Select[Any], decode: Callable[[AnyRow], V], table: Table) -> list[V]:
        return read_rows(self._rows(question), decode, table, self.place)

    def _row(self, question: Select[Any]) -> AnyRow:
        return self._rows(question)[0]

    def _rows(self, question: Select[Any]) -> list[AnyRow]:
        with failures_of(self._address), self._engine.connect() as connection:
            return list(connection.execute(question).all())

    def _erase(self, work: Callable[[Connection], Forgotten]) -> Forgotten:
        with self._writing() as connection:
            gone = work(connection)
        with self._write_lock:
            return replace(gone, erased=erase.overwrite(self._engine))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with failures_of(self._address), self._write_lock, writing(self._engine) as connection:
            yield connection
