"""Copies of a store that are whole, made while others write."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, column, insert, select
from sqlalchemy import table as bare_table

from markup_assistant.errors import OutputError
from markup_assistant.store.engine import driver_connection
from markup_assistant.store.schema import metadata

_ROWS_AT_ONCE = 1000


def copy_file(engine: Engine, target: Path) -> Path:
    """Copy an SQLite store as it stands now; raises OutputError where the copy cannot be written."""
    with part_of(target) as part, driver_connection(engine) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
        # The copy is one file, to be carried about without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    return target


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of one database into the empty tables of another, through one snapshot of the first."""
    for table in metadata.sorted_tables:
        # Without the types of the columns: what is read is masked and encoded already.
        as_it_stands = bare_table(table.name, *(column(one.name) for one in table.columns))
        rows = source.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(table)).mappings()
        for some in rows.partitions():
            target.execute(insert(as_it_stands), [dict(row) for row in some])


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """Give a new file beside the target, to be moved to its place when the block has written it, or removed."""
    part = target.with_name(f"{target.name}.part-{uuid4().hex[:8]}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.touch(exist_ok=False)
        yield part
        _flush(part)
        part.replace(target)
    except OSError as error:
        raise OutputError(file=str(target), reason=error.strerror or str(error)) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise  # the store's own trouble, not that of its copy
        raise OutputError(file=str(target), reason=str(error)) from error
    finally:
        for leftover in (part, part.with_name(f"{part.name}-journal"), part.with_name(f"{part.name}-wal")):
            with suppress(OSError):  # mostly: it is not there
                leftover.unlink()


def _flush(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
