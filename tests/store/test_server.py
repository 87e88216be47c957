"""The same promises on a real PostgreSQL server, and what is special there."""

import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from tests.store.made import decision

from markup_assistant.errors import MissingExtraError, StoreBusyError, StoreReadOnlyError, StoreUnreachableError
from markup_assistant.store import decided
from markup_assistant.store.opening import open_store


def test_a_transaction_that_commits_late_is_never_skipped_by_those_who_read_on(database: str) -> None:
    """The numbers of a sequence become visible out of order unless something sees to it."""
    made = [[decision(f"{writer}/{number}.docx") for number in range(60)] for writer in range(6)]
    heard: list[str] = []
    done = threading.Event()

    def write(mine: list[Any]) -> None:
        with open_store(database) as store:
            for one in range(0, len(mine), 3):
                store.add(*mine[one : one + 3])

    def read() -> None:
        mark = 0
        with open_store(database) as store:
            while True:
                last = done.is_set()
                some, mark = store.since(mark)
                heard.extend(one.id for one in some)
                if last:
                    return

    writers = [threading.Thread(target=write, args=(mine,)) for mine in made]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert len(heard) == len(set(heard))
    assert set(heard) == {one.id for mine in made for one in mine}


def test_an_open_transaction_holds_later_numbers_back_until_it_ends(database: str) -> None:
    """The case itself: the first has its number, the second must not become visible before it."""
    first, second = decision("1.docx"), decision("2.docx")
    with open_store(database) as slow, open_store(database) as quick:
        with slow._engine.begin() as connection:
            decided.add(connection, [first], slow.place)
            thread = threading.Thread(target=quick.add, args=(second,))
            thread.start()
            thread.join(0.3)
            assert thread.is_alive()
            assert quick.since(0) == ((), 0)
        thread.join()
        assert quick.since(0)[0] == (first, second)


def test_a_writer_that_hangs_makes_others_say_so_and_reading_goes_on(database: str) -> None:
    mine = decision("1.docx")
    with open_store(database) as hanging, open_store(database, busy_seconds=0.3) as store:
        with hanging._engine.begin() as connection:
            decided.add(connection, [decision("2.docx")], hanging.place)
            with pytest.raises(StoreBusyError):
                store.add(mine)
            assert store.all_heads() == {}
        store.add(mine)
        assert store.heads("1.docx") == (mine,)


def test_a_connection_that_the_server_has_cut_is_made_again(server: Any, database: str) -> None:
    import psycopg

    with open_store(database) as store:
        store.add(decision("1.docx"))
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 't%'")
        time.sleep(0.2)
        store.add(decision("2.docx"))
        assert len(store.all_heads()) == 2


def test_a_database_without_rights_or_for_reading_only_is_said_to_be_so(server: Any, database: str) -> None:
    import psycopg

    open_store(database).close()
    name = make_url(database).database
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    with open_store(database) as store:
        with pytest.raises(StoreReadOnlyError):
            store.add(decision())
        assert store.all_heads() == {}


@pytest.fixture
def guarded(server: Any) -> Any:
    """A server that asks one of its users for a password."""
    import psycopg

    rules = Path(server.pgdata) / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE ROLE kollega LOGIN PASSWORD 'rigtigt-kodeord'")
        rules.write_text(f"local all kollega scram-sha-256\n{before}", encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")
        yield server
        rules.write_text(before, encoding="utf-8")
        connection.execute("DROP ROLE kollega")
        connection.execute("SELECT pg_reload_conf()")


@pytest.mark.parametrize("how", ["in the address", "among the options"])
def test_a_wrong_password_is_refused_and_shown_nowhere(guarded: Any, how: str) -> None:
    socket = guarded.get_uri().partition("host=")[2]
    address = (
        f"postgresql://kollega:hemmeligt-kodeord@/postgres?host={socket}"
        if how == "in the address"
        else f"postgresql+psycopg://kollega@/postgres?host={socket}&password=hemmeligt-kodeord"
    )
    with pytest.raises(StoreUnreachableError, match="kollega") as caught:
        open_store(address, busy_seconds=2)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value.facts)
    assert "hemmeligt-kodeord" not in told


@pytest.mark.parametrize("place", ["127.0.0.1:1", "findes-ikke.invalid:5432"])
def test_a_server_that_is_not_there_is_said_to_be_unreachable(place: str) -> None:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(f"postgresql+psycopg://mette:hemmelig@{place}/afgørelser", busy_seconds=2)
    assert place in str(caught.value)
    assert "hemmelig" not in str(caught.value)


def test_a_database_that_is_not_there_is_said_to_be_unreachable(server: Any) -> None:
    with pytest.raises(StoreUnreachableError, match="findes_ikke"):
        open_store(server.get_uri(database="findes_ikke", driver="psycopg"))


def test_a_driver_that_is_not_installed_is_named() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from markup_assistant.errors import MissingExtraError\n"
        "from markup_assistant.store.opening import open_store\n"
        "try: open_store('postgresql://server/db')\n"
        "except MissingExtraError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True, timeout=60
    )
    assert done.stdout.strip() == str(MissingExtraError(extra="postgres"))
