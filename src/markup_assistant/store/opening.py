"""Opening a store: its folder is made, its tables are brought up to date, its file is told how to keep promises."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from markup_assistant.errors import NotAStoreError, StoreReadOnlyError, StoreUnreachableError
from markup_assistant.store.address import Address, read_address
from markup_assistant.store.engine import driver_connection, make_engine
from markup_assistant.store.failures import failures_of
from markup_assistant.store.migrate import bring_up_to_date
from markup_assistant.store.network import on_network
from markup_assistant.store.store import Store

WITHOUT_LOG = "store.note.without_log"
"""The note of a store whose file system cannot have a write-ahead log: as safe, but readers wait for writers."""

_PAUSE = 0.05


def open_store(address: str | Path | URL, *, busy_seconds: float = 10) -> Store:
    """Open the store at a path, ``sqlite:///PATH`` or ``postgresql+psycopg://…``; one that is not there is made.

    ``busy_seconds`` is how long a write waits for others before it raises StoreBusyError. Raises StoreAddressError,
    NotAStoreError, StoreNewerError, StoreDamagedError, StoreReadOnlyError, StoreUnreachableError or
    StoreMigrationError where the database cannot be used, MissingExtraError where its driver is not installed.
    """
    place = read_address(address)
    if place.file is not None:
        _check_place(place, place.file)
    engine = make_engine(place, busy_seconds)
    try:
        with failures_of(place):
            bring_up_to_date(engine, place)
            note = ""
            if place.file is not None:
                with driver_connection(engine) as connection:
                    note = _choose_journal(connection, busy_seconds, shared=on_network(place.file.parent))
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place, note)


def _check_place(place: Address, file: Path) -> None:
    """Make the folder, and refuse now what would otherwise fail when the first decision is to be kept."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise StoreReadOnlyError(store=place.shown) from error
    except OSError as error:
        raise StoreUnreachableError(store=place.shown, reason=error.strerror or str(error)) from error
    if file.is_dir():
        raise NotAStoreError(store=place.shown)
    # The folder too: the journal and the log are made beside the file.
    if not all(_writable(one) for one in (file.parent, file) if one.exists()):
        raise StoreReadOnlyError(store=place.shown)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _choose_journal(connection: Any, busy_seconds: float, *, shared: bool) -> str:
    """Use a write-ahead log where that is safe, so that nobody waits for readers, and return a note where it is not."""
    wanted = "delete" if shared else "wal"
    until = time.monotonic() + busy_seconds
    while (mode := _journal(connection, "")) != wanted:
        try:
            mode = _journal(connection, f"={wanted}")
            break
        except sqlite3.OperationalError as error:
            # Others have the file open; a commit is durable with either journal, so this may wait for another day.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                break
            time.sleep(_PAUSE)
    return "" if mode == "wal" and not shared else WITHOUT_LOG


def _journal(connection: Any, choice: str) -> str:
    return str(connection.execute(f"PRAGMA journal_mode{choice}").fetchone()[0])
