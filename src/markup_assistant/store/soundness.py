"""Whether a store is whole: its file, its rows, and what its decisions say of each other."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from markup_assistant.errors import StoreDamagedError, StoreError, StoreLinkError, StoreRowError
from markup_assistant.markup import Decision
from markup_assistant.store.address import SQLITE
from markup_assistant.store.columns import stored_fingerprint, stored_text
from markup_assistant.store.rows import (
    DECISION_COLUMNS,
    LETTER_COLUMNS,
    SCAN_COLUMNS,
    AnyRow,
    decision_of,
    kept_letter_of,
    read_rows,
    scan_of,
)
from markup_assistant.store.schema import decisions, letters, scans, superseded

Link = tuple[str, str, str]
"""Letter, the decision that is replaced, the one that replaces it."""


def faults_of_file(connection: Connection, store: str) -> Iterator[StoreError]:
    """Ask SQLite whether its file is whole; a server looks after its own."""
    if connection.dialect.name == SQLITE:
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield StoreDamagedError(store=store, reason=said)


def faults_of_rows(connection: Connection, store: str) -> Iterator[StoreError]:
    """Read every row, and look up every decision that another one replaces."""
    made: list[Decision] = []
    yield from _unreadable(connection, select(*DECISION_COLUMNS), decision_of, decisions, store, made.append)
    yield from _unreadable(connection, select(*LETTER_COLUMNS), kept_letter_of, letters, store)
    yield from _unreadable(connection, select(*SCAN_COLUMNS), scan_of, scans, store)
    linked: set[Link] = {tuple(row) for row in connection.execute(select(superseded))}
    there = {(stored_text(decision.letter), decision.id) for decision in made}
    for letter, older, newer in sorted(linked):
        if (letter, older) not in there:
            yield StoreLinkError(store=store, decision=newer, missing=older)
    for link in sorted({link for decision in made for link in _links(decision)} - linked):
        yield StoreDamagedError(store=store, reason=f"{superseded.name}: {link[2]}")


def _links(decision: Decision) -> Iterator[Link]:
    for older in decision.supersedes:
        yield stored_text(decision.letter), stored_fingerprint(older), stored_fingerprint(decision.id)


def _unreadable(
    connection: Connection,
    question: Select[Any],
    decode: Callable[[AnyRow], Any],
    table: Table,
    store: str,
    keep: Callable[[Any], None] = lambda _: None,
) -> Iterator[StoreError]:
    for row in connection.execute(question):
        try:
            keep(*read_rows([row], decode, table, store))
        except StoreRowError as error:
            yield error
