"""Removing letters for good, and their texts when they have been kept long enough."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, Table, and_, delete, func, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ColumnElement

from markup_assistant.store.address import SQLITE
from markup_assistant.store.engine import driver_connection
from markup_assistant.store.schema import assignments, bookmarks, decisions, letters, scans, superseded
from markup_assistant.store.values import Forgotten

_AT_ONCE = 500
"""Letters in one statement: below every limit on its parameters."""

_OF_A_LETTER = (decisions, superseded, letters, scans, assignments, bookmarks)


def forget_letters(connection: Connection, names: Sequence[str]) -> Forgotten:
    """Delete every row that names one of the letters, and count them."""
    gone: Counter[str] = Counter()
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        gone["texts"] += _count(connection, letters, and_(letters.c.letter.in_(some), letters.c.text != ""))
        for table in _OF_A_LETTER:
            gone[table.name] += connection.execute(delete(table).where(table.c.letter.in_(some))).rowcount
    return Forgotten(
        decisions=gone["decisions"],
        letters=gone["letters"],
        texts=gone["texts"],
        scans=gone["scans"],
        assignments=gone["assignments"],
        bookmarks=gone["bookmarks"],
    )


def forget_texts(connection: Connection, moment: datetime) -> Forgotten:
    """Empty the texts of letters that were last decided, or where nothing was decided last seen, before a moment."""
    decided = select(decisions.c.letter).group_by(decisions.c.letter)
    long_ago = decided.having(func.max(decisions.c.at) < moment)
    never = and_(letters.c.letter.not_in(select(decisions.c.letter)), letters.c.seen_at < moment)
    old = and_(letters.c.text != "", or_(letters.c.letter.in_(long_ago), never))
    count = _count(connection, letters, old)
    connection.execute(update(letters).where(old).values(text=""))
    return Forgotten(texts=count)


def overwrite(engine: Engine) -> bool:
    """Overwrite what deleted rows have left in the files; false where that was not possible now.

    SQLite zeroes what it frees (secure_delete), but pages that were split before keep copies of rows, and so does the
    write-ahead log: the file is written anew and the log emptied. PostgreSQL frees the rows for use by others; its
    own log, and backups of either database, are for those who run them.
    """
    try:
        if engine.dialect.name == SQLITE:
            with driver_connection(engine) as raw:
                raw.execute("VACUUM")
                busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not busy
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"VACUUM {', '.join(table.name for table in _OF_A_LETTER)}")
            return True
    except (DBAPIError, sqlite3.Error):
        return False


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
