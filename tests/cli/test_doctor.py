"""``doctor``: each check says OK, warning or error, and what to do."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from markup_assistant.cli import checks
from markup_assistant.cli.checks import Status, all_checks
from markup_assistant.cli.context import CliContext
from markup_assistant.settings import Settings
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
