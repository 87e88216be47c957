"""``config`` and ``paths``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from markup_assistant.settings import KEYS

Run = Callable[..., Any]


def test_each_setting_is_shown_with_its_origin(cli: Run, home: Path) -> None:
    file = home / "markup.yaml"
    file.write_text("jobs: 2\n", encoding="utf-8")
    lines = {line.split()[0]: line for line in cli("config").out.splitlines() if line[0] != " "}
    assert list(lines) == list(KEYS)
    assert "standard" in lines["language"]
    assert lines["show_cpr"].split()[1] == "false"
    found = {one["key"]: one for one in cli("config", "--json").json}
    assert found["jobs"] == {"key": "jobs", "value": 2, "origin": str(file)}
    assert found["suggestions"] == {"key": "suggestions", "value": 5, "origin": "default"}


def test_the_option_is_named_as_origin_of_the_language(cli: Run) -> None:
    assert cli("--language", "en", "config").out.splitlines()[0].split() == ["language", "en", "--language"]


def test_every_place_is_shown(cli: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("model: vores-model\n", encoding="utf-8")
    found = cli("paths", "--json").json
    assert set(found) == {"catalogue", "model", "organisation", "store", "settings", "samples", "log"}
    assert found["model"] == str(home / "vores-model")
    assert found["settings"] == str(home / "markup.yaml")
    shown = cli("paths").out
    assert f"{home / 'vores-model'} (findes ikke endnu)" in shown
    assert len(shown.splitlines()) == 7


def test_the_password_of_a_database_is_shown_nowhere(cli: Run, home: Path) -> None:
    for address in (
        "postgresql+psycopg://mette:hemmelig@server:5432/breve?sslmode=require",
        "postgresql://mette@server/breve?password=hemmelig",
        "postgresql://mette:hemmelig@server:port/breve",
    ):
        (home / "markup.yaml").write_text(f"store: {address}\n", encoding="utf-8")
        for arguments in (("config",), ("config", "--json"), ("paths",), ("paths", "--json")):
            outcome = cli(*arguments)
            assert outcome.code == 0
            assert "hemmelig" not in outcome.out + outcome.err
            assert "postgresql://" in outcome.out + outcome.err


def test_the_place_of_the_decisions_is_shown_before_and_after_the_first(cli: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("store: afg.db\n", encoding="utf-8")
    assert f"{home / 'afg.db'} (findes ikke endnu)" in cli("paths").out
    (home / "afg.db").touch()
    assert cli("paths", "--json").json["store"] == str(home / "afg.db")
    assert "(findes ikke endnu)" not in next(line for line in cli("paths").out.splitlines() if "afg.db" in line)


def test_a_setting_that_is_empty_says_what_counts_then(cli: Run) -> None:
    lines = {line.split()[0]: line for line in cli("config").out.splitlines() if line[0] != " "}
    assert "(dit login)" in lines["person"]
    assert "markup-assistant paths" in lines["store"]
    assert "fulgte med programmet" in lines["model"]
