"""What a database says when it cannot, as the errors that a user can meet."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from markup_assistant.errors import (
    NotAStoreError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnreachableError,
)
from markup_assistant.store.address import Address

_PRIMARY_CODE = 0xFF
"""An SQLite error code has its kind in the lowest byte (https://www.sqlite.org/rescode.html)."""

_SQLITE = {
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_PROTOCOL: StoreBusyError,  # the locks of the write-ahead log were taken again and again
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_READONLY: StoreReadOnlyError,
    sqlite3.SQLITE_PERM: StoreReadOnlyError,
    sqlite3.SQLITE_CORRUPT: StoreDamagedError,
    sqlite3.SQLITE_FORMAT: StoreDamagedError,
    sqlite3.SQLITE_NOTADB: NotAStoreError,
    sqlite3.SQLITE_CANTOPEN: StoreUnreachableError,
}

_POSTGRESQL = {
    "08": StoreUnreachableError,  # connection
    "28": StoreUnreachableError,  # password, access
    "3D": StoreUnreachableError,  # no such database
    "57": StoreUnreachableError,  # the server is being stopped or started
    "53": StoreUnreachableError,  # too many connections, out of memory
    "53100": StoreFullError,  # disk full
    "55": StoreBusyError,  # a lock was not given in time
    "40": StoreBusyError,  # two transactions in each other's way
    "57014": StoreBusyError,  # a time limit of the server
    "25P03": StoreBusyError,  # idle in a transaction for too long
    "25006": StoreReadOnlyError,  # a standby
    "42501": StoreReadOnlyError,  # rights
    "XX": StoreDamagedError,
}
"""By SQLSTATE, or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_LEAST_SPACE = 1_000_000
"""Bytes below which a disk counts as full: a write fails in several ways then."""

_UNDECODABLE = "Could not decode to UTF-8"


@contextmanager
def failures_of(address: Address) -> Iterator[None]:
    """Turn every error of the database in the block into a StoreError that names the store."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusyError(store=address.shown) from error
    except StatementError as error:
        if not isinstance(error, DBAPIError) and error.orig is not None:
            raise error.orig from None  # a value that its caller should not have given, no fault of the database
        raise failure(error, address) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise failure(error, address) from error


def failure(error: Exception, address: Address) -> StoreError:
    """Return the error to raise for one of the database."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    kind = _sqlite_kind(cause, address) if isinstance(cause, sqlite3.Error) else _postgresql_kind(error, cause)
    lines = address.without_secrets(str(cause)).strip().splitlines()
    return kind(store=address.shown, reason=lines[0] if lines else type(cause).__name__)


def _sqlite_kind(cause: sqlite3.Error, address: Address) -> type[StoreError]:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return StoreDamagedError if _UNDECODABLE in str(cause) else StoreError
    primary = code & _PRIMARY_CODE
    if primary in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN} and _disk_is_full(address):
        return StoreFullError
    return _SQLITE.get(primary, StoreError)


def _postgresql_kind(error: Exception, cause: BaseException) -> type[StoreError]:
    state = getattr(cause, "sqlstate", None) or ""
    # A connection that is not made has no state at all.
    lost = isinstance(error, DBAPIError) and (error.connection_invalidated or (not state and error.statement is None))
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]) or (StoreUnreachableError if lost else StoreError)


def _disk_is_full(address: Address) -> bool:
    try:
        return address.file is not None and shutil.disk_usage(address.file.parent).free < _LEAST_SPACE
    except OSError:
        return False
