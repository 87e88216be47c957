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
    assert set(found) == {"catalogue", "model", "organisation", "settings", "samples", "log"}
    assert found["model"] == str(home / "vores-model")
    assert found["settings"] == str(home / "markup.yaml")
    shown = cli("paths").out
    assert f"{home / 'vores-model'} (findes ikke endnu)" in shown
    assert len(shown.splitlines()) == 6
