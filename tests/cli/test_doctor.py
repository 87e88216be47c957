"""``doctor``: each check says OK, warning or error, and what to do."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.store.made import decision

from markup_assistant.cli import checks
from markup_assistant.cli.checks import Status, all_checks
from markup_assistant.cli.context import CliContext
from markup_assistant.settings import Settings
from markup_assistant.store.opening import open_store
from markup_assistant.texts import get_texts

Run = Callable[..., Any]


def check(name: str, **facts: Any) -> checks.Check:
    context = CliContext(facts.pop("settings", Settings()), get_texts("da"), **facts)
    return next(one for one in all_checks(context) if one.name == name)


@pytest.mark.usefixtures("home")
def test_the_catalogue_is_counted() -> None:
    found = check("catalogue")
    assert found.status is Status.OK
    assert "37 hovedgrupper, 499 grupper, 2395 emner, 69 handlingsfacetter" in found.detail


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["catalogue", "model", "organisation"])
def test_what_cannot_be_loaded_is_an_error_with_advice(name: str, tmp_path: Path) -> None:
    chosen: dict[str, Any] = {name: str(tmp_path / "nowhere")}
    found = check(name, settings=Settings(**chosen))
    assert found.status is Status.ERROR
    assert "nowhere" in found.detail
    assert found.do


@pytest.mark.usefixtures("home")
def test_a_console_that_is_not_utf8_is_a_warning() -> None:
    assert check("console", encoding="UTF-8").status is Status.OK
    found = check("console", encoding="cp1252")
    assert found.status is Status.WARNING
    assert "chcp 65001" in found.do


def test_a_log_folder_that_cannot_be_written_is_a_warning(home: Path) -> None:
    assert check("log").status is Status.OK
    (home.parent / "hjem").rename(home.parent / "andet")
    (home.parent / "hjem").write_text("en fil", encoding="utf-8")
    assert check("log").status is Status.WARNING


@pytest.mark.usefixtures("home")
def test_an_extra_that_is_missing_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "EXTRAS", {"train": "no_such_module"})
    found = check("extras")
    assert found.status is Status.OK
    assert "markup-assistant[train]" in found.do


@pytest.mark.usefixtures("home")
def test_a_part_that_cannot_be_imported_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "markup_assistant.suggest.model", None)
    found = check("model")
    assert found.status is Status.ERROR
    assert "kan ikke indlæses" in found.detail


@pytest.mark.usefixtures("home")
def test_an_old_python_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_PYTHON", (99, 0))
    assert check("python").status is Status.ERROR


def test_wrong_settings_are_an_error_and_the_exit_code_says_so(cli: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("jobs: mange\n", encoding="utf-8")
    shown = cli("doctor")
    assert shown.code == 1
    assert "fejl" in shown.out
    assert "jobs skal være et helt tal fra 0 til 64" in shown.out
    found = {one["name"]: one for one in cli("doctor", "--json").json}
    assert found["settings"]["status"] == "error"
    assert found["python"]["status"] == "ok"
    assert set(found["python"]) == {"name", "status", "detail", "do"}


@pytest.mark.usefixtures("home")
def test_a_store_that_is_not_there_is_well_and_not_made_by_looking(tmp_path: Path) -> None:
    found = check("store", settings=Settings(store=str(tmp_path / "nye" / "afg.db")))
    assert found.status is Status.OK
    assert "første afgørelse" in found.detail
    assert not (tmp_path / "nye").exists()


@pytest.mark.usefixtures("home")
def test_the_decisions_of_a_store_are_counted(tmp_path: Path) -> None:
    with open_store(tmp_path / "afg.db") as store:
        store.add(decision(), decision("b"))
    found = check("store", settings=Settings(store=str(tmp_path / "afg.db")))
    assert (found.status, found.do) == (Status.OK, "")
    assert "2 afgørelser" in found.detail


@pytest.mark.usefixtures("home")
def test_decisions_that_came_without_their_history_are_a_warning(tmp_path: Path) -> None:
    with open_store(tmp_path / "afg.db") as store:
        store.add(decision(supersedes=("2f1b0c55-0000-4000-8000-000000000000",)))
    found = check("store", settings=Settings(store=str(tmp_path / "afg.db")))
    assert found.status is Status.WARNING
    assert found.do


@pytest.mark.usefixtures("home")
def test_a_damaged_store_is_an_error_with_advice(tmp_path: Path) -> None:
    with open_store(tmp_path / "afg.db") as store:
        store.add(decision())
    connection = sqlite3.connect(tmp_path / "afg.db")
    connection.execute("UPDATE decisions SET at='i går'")
    connection.commit()
    connection.close()
    found = check("store", settings=Settings(store=str(tmp_path / "afg.db")))
    assert found.status is Status.ERROR
    assert "decisions" in found.detail
    assert "sikkerhedskopi" in found.do


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("address", ["postgresql://mette:hemmelig@server:port/breve", "brev.txt"])
def test_a_store_that_cannot_be_used_is_an_error(tmp_path: Path, address: str) -> None:
    (tmp_path / "brev.txt").write_text("Kære borger" * 100, encoding="utf-8")
    found = check("store", settings=Settings(store=address if "://" in address else str(tmp_path / address)))
    assert found.status is Status.ERROR
    assert found.do
    assert "hemmelig" not in found.detail
