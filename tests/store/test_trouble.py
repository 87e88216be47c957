"""Whatever is wrong with the file is said in a sentence, and nothing that was kept is lost."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from tests.store.made import decision, kept_letter, scan

from markup_assistant.errors import (
    NotAStoreError,
    StoreAddressError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreLinkError,
    StoreReadOnlyError,
    StoreRowError,
    StoreUnreachableError,
)
from markup_assistant.markup import Decision
from markup_assistant.store import network
from markup_assistant.store.engine import driver_connection
from markup_assistant.store.opening import WITHOUT_LOG, open_store
from markup_assistant.store.store import Store
from markup_assistant.texts import get_texts


def run(file: Path, *statements: str) -> None:
    """Do to the file what the program never would."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def fill(file: Path, count: int = 3) -> list[Decision]:
    made = [decision(f"{number}.docx") for number in range(count)]
    with open_store(file) as store:
        store.add(*made)
    return made


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    file = tmp_path / "ny mappe" / "æøå" / "afgørelser.db"
    fill(file)
    with open_store(f"sqlite:///{file}") as store:
        assert len(store.all_heads()) == 3
        assert store.place == str(file)
        assert store.note == ""


def test_an_empty_file_becomes_a_store(file: Path) -> None:
    file.touch()
    fill(file)
    with open_store(file) as store:
        assert len(store.all_heads()) == 3


@pytest.mark.parametrize(
    "content", [b"Kaere borger, " * 500, b"PK\x03\x04" + bytes(5000), b"SQLite format 3\x00" * 400]
)
def test_a_file_that_is_no_database_is_left_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises((NotAStoreError, StoreDamagedError)):
        open_store(file)
    assert file.read_bytes() == content


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(NotAStoreError):
        open_store(tmp_path)


def test_a_place_below_a_file_cannot_be_reached(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    with pytest.raises(StoreUnreachableError):
        open_store(tmp_path / "fil" / "afgørelser.db")


def test_a_damaged_file_is_told_of_and_never_as_a_traceback(file: Path) -> None:
    fill(file, 2000)
    content = bytearray(file.read_bytes())
    content[8192 : len(content) // 2] = b"\xa5" * (len(content) // 2 - 8192)
    file.write_bytes(content)
    with open_store(file) as store:
        with pytest.raises(StoreDamagedError):
            store.all_heads()
        assert any(isinstance(fault, StoreDamagedError) for fault in store.check())
        with pytest.raises(StoreError):
            store.add(decision("ny.docx"), *(decision(f"{number}.docx") for number in range(500)))


@pytest.mark.parametrize(
    "change",
    [
        "actions = '['",
        "actions = '{}'",
        "actions = '[1]'",
        """actions = '[{"code": "AFTALE"}]'""",
        """actions = '[{"code": "AFTALE", "label": "", "details": {"start": 7}}]'""",
        "actions = printf('%.*c', 100000, '[')",
        "actions = x'00ff'",
        "choices = '[]'",
        """choices = '{"emne": {"how": "typed", "rank": 1}}'""",
        """choices = '{"subject": {"how": "gættet", "rank": 1}}'""",
        "supersedes = '[[]]'",
        "outcome = 'ukendt'",
        "at = 'i går'",
        "at = '2026-02-03T09:30:15'",
        "at = 7",
        "person = x'41'",
        "seconds = 'længe'",
    ],
)
def test_a_row_that_cannot_be_read_is_named(file: Path, change: str) -> None:
    _, bad, _ = fill(file)
    run(file, f"UPDATE decisions SET {change} WHERE letter = '1.docx'")  # noqa: S608 - the changes above
    with open_store(file) as store:
        for read in (store.all_heads, lambda: store.since(0), lambda: list(store.decisions())):
            with pytest.raises(StoreRowError, match=bad.id):
                read()
        assert store.heads("2.docx"), "the other letters can still be read"
        (fault,) = store.check()
        assert isinstance(fault, StoreRowError)


def test_rows_of_letters_and_scans_that_cannot_be_read_are_named(file: Path) -> None:
    with open_store(file) as store:
        store.keep_letter(kept_letter("dårlig.docx"))
        store.keep_scans([scan("dårlig.docx")])
    run(file, "UPDATE letters SET seen_at = ''", "UPDATE scans SET sketch = 5")
    with open_store(file) as store:
        with pytest.raises(StoreRowError, match=r"dårlig\.docx"):
            store.scans()
        with pytest.raises(StoreRowError, match=r"dårlig\.docx"):
            store.kept_letter("dårlig.docx")
        assert [type(fault) for fault in store.check()] == [StoreRowError] * 2


def test_text_that_is_no_text_is_damage(file: Path) -> None:
    fill(file)
    run(file, "UPDATE decisions SET subject = CAST(x'ff' AS TEXT)")
    with open_store(file) as store:
        with pytest.raises(StoreDamagedError, match="subject"):
            store.all_heads()
        assert any(isinstance(fault, StoreDamagedError) for fault in store.check())


def test_decisions_that_point_nowhere_are_found(file: Path) -> None:
    first, second, _ = fill(file)
    lost = decision("0.docx", supersedes=("00000000-0000-4000-8000-000000000000",))
    astray = decision("0.docx", supersedes=(second.id,))
    good = decision("0.docx", supersedes=(first.id,))
    with open_store(file) as store:
        store.add(lost, astray, good)
        faults = store.check()
        assert {(type(fault), fault.facts["decision"]) for fault in faults} == {
            (StoreLinkError, lost.id),
            (StoreLinkError, astray.id),
        }
    run(file, f"DELETE FROM superseded WHERE newer = '{good.id}'")  # noqa: S608 - our own id
    with open_store(file) as store:
        assert [fault for fault in store.check() if isinstance(fault, StoreDamagedError)]


@contextmanager
def nobody() -> Iterator[None]:
    """Give up the rights of an administrator, which no folder can be closed to."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o777, 0o444), (0o555, None)])
def test_a_place_that_cannot_be_written_to_is_refused_when_it_is_opened(
    folder_mode: int, file_mode: int | None
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        place = folder / "delt"
        place.mkdir()
        file = place / "afgørelser.db"
        if file_mode is not None:
            fill(file)
            file.chmod(file_mode)
        place.chmod(folder_mode)
        with nobody(), pytest.raises(StoreReadOnlyError, match=r"afgørelser\.db"):
            open_store(file)
        with nobody(), pytest.raises(StoreReadOnlyError):
            open_store(folder / "ny" / "afgørelser.db")
        place.chmod(0o777)


def test_a_database_that_turns_out_to_be_read_only_refuses_the_decision_and_can_be_read(file: Path) -> None:
    made = fill(file)
    with open_store(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        with pytest.raises(StoreReadOnlyError):
            store.add(decision("ny.docx"))
        assert tuple(store.decisions()) == tuple(made)


def limit(store: Store, pages: int) -> None:
    """Make the disk as large as so many pages of the file."""
    event.listen(store._engine, "checkout", lambda connection, *_: connection.execute(f"PRAGMA max_page_count={pages}"))


def test_a_full_disk_loses_nothing_and_the_decision_can_be_kept_again(file: Path) -> None:
    kept = fill(file)
    refused = None
    with open_store(file) as store:
        limit(store, 40)
        for number in range(2000):
            one = decision(f"ny/{number}.docx")
            try:
                store.add(one, decision(f"ny/{number}.docx"))
            except StoreFullError:
                refused = one
                break
            kept += store.history(one.letter)
        assert refused is not None
        assert list(store.decisions()) == kept
        limit(store, 1_000_000)
        store.add(refused)
        assert list(store.decisions()) == [*kept, refused]
        assert store.check() == ()


def test_a_store_that_another_program_holds_too_long_can_be_read_and_written_to_later(file: Path) -> None:
    made = fill(file)
    mine = decision("ny.docx")
    with open_store(file, busy_seconds=0.2) as store, open_store(file) as other:
        with driver_connection(other._engine) as connection:
            connection.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreBusyError):
                store.add(mine)
            assert list(store.decisions()) == made
            connection.execute("ROLLBACK")
        store.add(mine)
        assert store.heads("ny.docx") == (mine,)


@pytest.mark.skipif(sys.platform == "win32", reason="a file system of Unix")
def test_a_drive_that_refuses_the_log_is_used_without_it_and_the_user_is_told(file: Path) -> None:
    """The VFS with lock files is SQLite's own for network drives, and has no shared memory."""
    address = f"sqlite:///file:{file}?vfs=unix-dotfile&uri=true"
    with open_store(address) as store, open_store(address) as colleague:
        assert store.note == WITHOUT_LOG
        assert all(get_texts(language)(store.note) for language in ("da", "en"))
        store.add(mine := decision("1.docx"))
        colleague.add(yours := decision("1.docx"))
        assert store.heads("1.docx") == (mine, yours)
        assert not file.with_name(f"{file.name}-wal").exists()
        assert pragma(store, "synchronous") == 3


def pragma(store: Store, name: str) -> Any:
    with driver_connection(store._engine) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_file_on_a_network_drive_is_used_without_the_log_also_where_it_had_one(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(file)
    with open_store(file) as store:
        assert pragma(store, "journal_mode") == "wal"
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/breve {tmp_path} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    monkeypatch.setattr(sys, "platform", "linux")
    with open_store(file) as store:
        assert pragma(store, "journal_mode") == "delete"
        assert store.note == WITHOUT_LOG
        assert len(store.all_heads()) == 3


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mysql://mette:hemmelig@server/db", "mysql://mette@server/db"),
        ("postgresql+asyncpg://mette:hemmelig@server/db", "server/db"),
        ("postgresql+psycopg://mette:hemmelig@server:port/db", "postgresql+psycopg://"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite://"),
        (":memory:", ":memory:"),
        ("", ""),
        ("://", "://"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_without_its_password(address: str, shown: str) -> None:
    with pytest.raises(StoreAddressError) as caught:
        open_store(address)
    assert shown in str(caught.value)
    assert "hemmelig" not in str(caught.value)
