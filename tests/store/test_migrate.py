"""A store of an older program becomes one of today, whole or not at all, and a newer one is left alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.store.made import decision

from markup_assistant.errors import NotAStoreError, StoreMigrationError, StoreNewerError
from markup_assistant.store.address import read_address
from markup_assistant.store.engine import make_engine, writing
from markup_assistant.store.migrate import SCRIPTS, bring_up_to_date, revision_of
from markup_assistant.store.opening import open_store
from markup_assistant.store.schema import REVISION, VERSION_TABLE, metadata

HEAD = """
import os, signal
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.execute("DELETE FROM decisions WHERE letter = '2.docx'")
    op.add_column("decisions", sa.Column("journal", sa.Text, nullable=False, server_default="ingen"))
    op.create_table("extra", sa.Column("name", sa.Text, primary_key=True))
"""
FAILS = f"{HEAD}    op.drop_table('findes_ikke')\n"
RAISES = HEAD + "    raise LookupError('et emne mangler')\n"
KILLED = HEAD + "    os.kill(os.getpid(), signal.SIGKILL)\n"

OPEN = """
import sys
from pathlib import Path
from markup_assistant.store.address import read_address
from markup_assistant.store.engine import make_engine
from markup_assistant.store.migrate import bring_up_to_date
place = read_address(sys.argv[1])
engine = make_engine(place, 20)
sys.stdin.read(1)
bring_up_to_date(engine, place, Path(sys.argv[2]), "0002")
engine.dispose()
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The migrations of the program, to which a test adds one that is to come."""
    folder = tmp_path / "migrations"
    shutil.copytree(SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def add(scripts: Path, script: str) -> Path:
    (scripts / "versions" / "0002_to_come.py").write_text(script, encoding="utf-8")
    return scripts


def migrate(address: str, scripts: Path, newest: str = "0002") -> None:
    place = read_address(address)
    engine = make_engine(place, 5)
    try:
        bring_up_to_date(engine, place, scripts, newest)
    finally:
        engine.dispose()


def ask(address: str, question: str) -> list[object]:
    engine = make_engine(read_address(address), 5)
    with engine.connect() as connection:
        answer: list[object] = list(connection.execute(text(question)).scalars())
    engine.dispose()
    return answer


def fill(address: str) -> None:
    with open_store(address) as store:
        store.add(decision("1.docx"), decision("2.docx"))


def test_an_older_store_is_brought_up_to_date_with_its_decisions(address: str, scripts: Path) -> None:
    fill(address)
    migrate(address, add(scripts, HEAD))
    assert ask(address, f"SELECT version_num FROM {VERSION_TABLE}") == ["0002"]  # noqa: S608 - our own name
    assert ask(address, "SELECT letter || journal FROM decisions") == ["1.docxingen"]
    assert ask(address, "SELECT name FROM extra") == []


def test_a_copy_from_before_lies_beside_the_file_and_is_a_store(file: Path, scripts: Path) -> None:
    fill(str(file))
    migrate(str(file), add(scripts, HEAD))
    before = file.with_name("afgørelser.before-0002.db")
    with open_store(before) as copy:
        assert list(copy.all_heads()) == ["1.docx", "2.docx"]


@pytest.mark.parametrize(("script", "reason"), [(FAILS, "findes_ikke"), (RAISES, "et emne mangler")])
def test_a_migration_that_fails_half_way_changes_nothing(address: str, scripts: Path, script: str, reason: str) -> None:
    fill(address)
    with pytest.raises(StoreMigrationError, match=reason) as caught:
        migrate(address, add(scripts, script))
    with open_store(address) as store:
        assert list(store.all_heads()) == ["1.docx", "2.docx"]
        assert store.check() == ()
    place = read_address(address)
    if place.file:
        backup = place.file.with_name("afgørelser.before-0002.db")
        assert str(backup) in caught.value.do()
        with open_store(backup) as copy:
            assert list(copy.all_heads()) == ["1.docx", "2.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_program_killed_in_the_middle_of_a_migration_changes_nothing(address: str, scripts: Path) -> None:
    fill(address)
    done = subprocess.run(
        [sys.executable, "-c", OPEN, address, str(add(scripts, KILLED))], input=b"!", check=False, timeout=60
    )
    assert done.returncode == -9
    with open_store(address) as store:
        assert list(store.all_heads()) == ["1.docx", "2.docx"]
    migrate(address, add(scripts, HEAD))
    assert ask(address, "SELECT letter FROM decisions") == ["1.docx"]


def test_one_process_migrates_while_others_wait(address: str, scripts: Path) -> None:
    fill(address)
    command = [sys.executable, "-c", OPEN, address, str(add(scripts, HEAD))]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        assert process.stdin
        process.stdin.write(b"!")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert ask(address, "SELECT letter || journal FROM decisions") == ["1.docxingen"]


def test_many_who_open_a_store_that_is_not_there_yet_get_the_same_one(address: str) -> None:
    code = (
        "import sys; from markup_assistant.store.opening import open_store; from tests.store.made import decision\n"
        "sys.stdin.read(1)\n"
        "with open_store(sys.argv[1]) as store: store.add(decision(sys.argv[2]))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, address, name], stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        )
        for name in "abcd"
    ]
    for process in running:
        assert process.stdin
        process.stdin.write(b"!")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    with open_store(address) as store:
        assert set(store.all_heads()) == set("abcd")


ROOT = Path(__file__).parents[2]


def test_a_store_of_a_newer_program_is_left_alone(address: str, scripts: Path) -> None:
    fill(address)
    migrate(address, add(scripts, HEAD))
    with pytest.raises(StoreNewerError, match="0002"):
        open_store(address)
    assert ask(address, "SELECT letter FROM decisions") == ["1.docx"]


def test_the_database_of_another_program_is_left_alone(file: Path) -> None:
    engine = make_engine(read_address(file), 1)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE bogmærker (x TEXT)"))
    engine.dispose()
    before = file.read_bytes()
    with pytest.raises(NotAStoreError):
        open_store(file)
    assert file.read_bytes() == before


def test_the_migrations_make_the_tables_that_the_program_knows(address: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    open_store(address).close()
    engine = make_engine(read_address(address), 5)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
        assert revision_of(connection) == REVISION
    engine.dispose()


def test_a_store_that_is_up_to_date_opens_without_loading_what_migrates(file: Path) -> None:
    open_store(file).close()
    code = (
        "import sys; from markup_assistant.store.opening import open_store\n"
        "with open_store(sys.argv[1]) as store: store.all_heads(), store.since(0)\n"
        "print([name for name in ('alembic', 'mako', 'psycopg', 'sqlalchemy.orm') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
