"""Connections to the database: settings under which nothing acknowledged is lost, and transactions as we mean them."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from markup_assistant.errors import MissingExtraError
from markup_assistant.store.address import SQLITE, Address

WRITES = "store_writes"
"""The execution option of a connection whose transactions write: SQLite is told when they begin, not half-way."""

_PRAGMAS = (
    "PRAGMA synchronous=EXTRA",  # a commit that returned is on the disk: FULL, and the folder too without a log
    "PRAGMA fullfsync=ON",  # on macOS too, where a common fsync is not enough
    "PRAGMA secure_delete=ON",  # what is forgotten is overwritten
    "PRAGMA temp_store=MEMORY",  # nothing of the letters beside the store
    "PRAGMA trusted_schema=OFF",
)

_IDLE_SECONDS = 60
"""After so long a program that hangs half-way through a transaction loses it, and others go on."""


def make_engine(address: Address, busy_seconds: float) -> Engine:
    """Return the connections to a database, none of them open yet; raises MissingExtraError without its driver.

    ``busy_seconds`` is how long a write waits for another one, and a server may take to answer the first call.
    """
    if address.url.get_backend_name() == SQLITE:
        # Python's own handling of transactions begins them too late and leaves tables out: ours is below.
        arguments: dict[str, Any] = {"timeout": busy_seconds, "isolation_level": None}
        engine = create_engine(address.url, connect_args=arguments, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    arguments = {} if "connect_timeout" in address.url.query else {"connect_timeout": max(2, math.ceil(busy_seconds))}
    try:
        engine = create_engine(address.url, connect_args=arguments, hide_parameters=True, pool_pre_ping=True)
    except ImportError as error:
        raise MissingExtraError(extra="postgres") from error
    event.listen(engine, "connect", lambda connection, _: _prepare_postgresql(connection, busy_seconds))
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Hold a transaction that writes: all or nothing, durable when the block was left."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def driver_connection(engine: Engine) -> Iterator[Any]:
    """Lend a connection of the driver itself, for what SQLite refuses within a transaction."""
    lent = engine.raw_connection()
    try:
        yield lent.driver_connection
    finally:
        lent.close()


def _prepare_sqlite(connection: Any, _: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: Any, busy_seconds: float) -> None:
    milliseconds = max(1, round(busy_seconds * 1000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", (f"{milliseconds}ms",))
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, false)", (f"{_IDLE_SECONDS}s",))
        # Where the server acknowledges before it has written, ours still writes first.
        cursor.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )
    connection.commit()
