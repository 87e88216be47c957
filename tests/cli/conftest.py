"""Runs the command line in this process or in one of its own, away from the user's own folders."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from markup_assistant import settings as settings_module
from markup_assistant.cli.program import run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the user's folders inside it and nothing chosen in the environment."""
    folder = tmp_path / "arbejde"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(settings_module, "user_config_folder", lambda: tmp_path / "config")
    for name in ("MARKUP_ASSISTANT_LANGUAGE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "hjem"))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def cli(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def run_here(*arguments: str) -> Outcome:
        code = run(arguments)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run_here


@pytest.fixture
def process(home: Path) -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """Run a command line in a process of its own."""

    def run_apart(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "markup_assistant", *arguments],
            capture_output=True,
            check=False,
            env={**os.environ, **environment},
            cwd=home,
        )

    return run_apart
