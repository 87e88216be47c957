"""Bringing a store to the revision of today: one process does it, others wait, and it is done whole or not at all."""

import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, literal, select
from sqlalchemy.exc import SQLAlchemyError

from markup_assistant.errors import NotAStoreError, StoreError, StoreMigrationError, StoreNewerError
from markup_assistant.store.address import SQLITE, Address
from markup_assistant.store.copies import copy_file
from markup_assistant.store.engine import writing
from markup_assistant.store.failures import failure
from markup_assistant.store.schema import APPLICATION_ID, REVISION, VERSION_TABLE, version

SCRIPTS = Path(__file__).parent / "migrations"

NEW = ""
"""The revision of a database that has no tables of ours."""

_MIGRATING = 0x4D41_5331_0002
"""The lock of PostgreSQL under which a store is brought up to date."""

_one_at_a_time = threading.Lock()  # Alembic knows one migration a process


def bring_up_to_date(engine: Engine, address: Address, scripts: Path = SCRIPTS, newest: str = REVISION) -> None:
    """Make the tables of a new store, or migrate an older one after copying its file.

    The copy is ``NAME.before-REVISION.db`` beside it. Raises NotAStoreError for the database of another program,
    StoreNewerError for a store of a newer one, StoreMigrationError where it failed; the store is unchanged then.
    """
    if _revision(engine) == newest:
        return
    with _one_at_a_time, writing(engine) as connection:
        if connection.dialect.name != SQLITE:
            connection.execute(select(func.pg_advisory_xact_lock(literal(_MIGRATING))))
        present = revision_of(connection)
        if present == newest:  # another process has done it meanwhile
            return
        if present == NEW and address.file and inspect(connection).get_table_names():
            raise NotAStoreError(store=address.shown)
        _migrate(connection, present, engine, address, scripts)


def revision_of(connection: Connection) -> str:
    """Return the revision of a database, or :data:`NEW`."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return NEW
    return connection.execute(select(version.c.version_num)).scalar() or NEW


def _revision(engine: Engine) -> str:
    """Return the revision with one question; whatever is wrong comes to light when it is asked again."""
    try:
        with engine.connect() as connection:
            return connection.execute(select(version.c.version_num)).scalar() or NEW
    except SQLAlchemyError:
        return NEW


def _migrate(connection: Connection, present: str, engine: Engine, address: Address, scripts: Path) -> None:
    # Alembic takes longer to load than a store that is up to date takes to open.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    directory = ScriptDirectory.from_config(config)
    if present != NEW and present not in {script.revision for script in directory.walk_revisions()}:
        raise StoreNewerError(store=address.shown, revision=present)
    backup = _copy_before(engine, address, directory.get_current_head() or NEW) if present != NEW else None
    try:
        command.upgrade(config, "head")
    except Exception as error:  # a script may raise anything; the transaction ends with this error
        reason: object = repr(error)
        if isinstance(error, SQLAlchemyError):
            fault = failure(error, address)
            if type(fault) is not StoreError:  # a full disk, a server that went away: no fault of the script
                raise fault from error
            reason = fault.facts["reason"]
        raise StoreMigrationError(store=address.shown, backup=str(backup or "–"), reason=reason) from error
    if address.file and present == NEW:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _copy_before(engine: Engine, address: Address, revision: str) -> Path | None:
    if address.file is None:
        return None
    return copy_file(engine, address.file.with_name(f"{address.file.stem}.before-{revision}.db"))
