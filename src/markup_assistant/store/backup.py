"""A backup of a store: one SQLite file that is itself a store."""

from pathlib import Path

from sqlalchemy import Engine

from markup_assistant.store.address import Address, read_address
from markup_assistant.store.copies import copy_file, copy_rows, part_of
from markup_assistant.store.engine import make_engine, writing
from markup_assistant.store.migrate import bring_up_to_date


def back_up(engine: Engine, address: Address, target: Path) -> Path:
    """Copy a store as it stands now, while others go on writing; raises OutputError where that cannot be written."""
    if address.file is not None:
        return copy_file(engine, target)
    with part_of(target) as part:
        place = read_address(part)
        copy = make_engine(place, busy_seconds=0)
        try:
            bring_up_to_date(copy, place)
            snapshot = engine.connect().execution_options(isolation_level="REPEATABLE READ")
            with snapshot as source, writing(copy) as into:
                copy_rows(source, into)
        finally:
            copy.dispose()
    return target
