"""Which model is in use is read at every start: quickly, and never in vain."""

import json
import os
import time
from pathlib import Path

import pytest

from markup_assistant import settings as settings_module
from markup_assistant.errors import OutputError
from markup_assistant.models_in_use import (
    MOST_FORMER,
    POINTER,
    ModelsInUse,
    folder_in_use,
    is_model_name,
    read_in_use,
    write_in_use,
)
from markup_assistant.settings import Settings, load_settings
from markup_assistant.shipped import shipped_folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "modeller"
    for name in ("own-2026-02-03", "own-2026-02-03-2"):
        (folder / name).mkdir(parents=True)
    return folder


def test_without_a_choice_the_shipped_model_is_used(tmp_path: Path) -> None:
    assert read_in_use(tmp_path / "none") == ModelsInUse("default")
    assert Settings(models=str(tmp_path / "none")).model_folder == shipped_folder("models") / "default"


def test_what_is_put_to_use_is_used_by_the_next_run(models: Path) -> None:
    write_in_use(models, ModelsInUse().changed_to("own-2026-02-03").changed_to("own-2026-02-03-2"))
    assert read_in_use(models) == ModelsInUse("own-2026-02-03-2", ("own-2026-02-03", "default"))
    assert Settings(models=str(models)).model_folder == models / "own-2026-02-03-2"
    assert [path.name for path in models.iterdir() if path.is_file()] == [POINTER]


def test_a_run_keeps_to_the_model_that_it_began_with(tmp_path: Path, models: Path) -> None:
    """What a long run remembers of letters belongs to its model; so does the rest of a folder that is tagged."""
    (tmp_path / "markup.yaml").write_text("models: modeller\n", encoding="utf-8")
    begun = load_settings(tmp_path, {})
    write_in_use(models, ModelsInUse("own-2026-02-03"))
    assert begun.model_folder == shipped_folder("models") / "default"
    assert load_settings(tmp_path, {}).model_folder == models / "own-2026-02-03"


def test_the_setting_model_comes_before_what_is_in_use(tmp_path: Path, models: Path) -> None:
    write_in_use(models, ModelsInUse("own-2026-02-03"))
    (tmp_path / "markup.yaml").write_text("models: modeller\nmodel: min-model\n", encoding="utf-8")
    assert load_settings(tmp_path, {}).model_folder == tmp_path / "min-model"


def test_models_are_kept_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_module, "user_data_folder", lambda: tmp_path)
    assert Settings().models_folder == tmp_path / "models"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"own-2026-02-03"',
        b"\xff\xfe",
        b'{"name": 3}',
        b'{"former": []}',
        b'{"name": "../own-2026-02-03"}',
        b'{"name": "/etc"}',
        b'{"name": "own-2026-02-03", "former": [["x"]]}',
        b'{"name": "own-2026-02-03", "former": 7}',
        b'{"name": "' + b"a" * 100_000 + b'"}',
        b"[" * 100_000,
    ],
)
def test_a_broken_choice_means_the_shipped_model(models: Path, content: bytes) -> None:
    (models / POINTER).write_bytes(content)
    assert read_in_use(models) == ModelsInUse(broken=True)
    assert Settings(models=str(models)).model_folder == shipped_folder("models") / "default"


def test_a_choice_that_is_gone_means_the_shipped_model(models: Path) -> None:
    write_in_use(models, ModelsInUse("own-2026-01-01"))
    assert folder_in_use(models) is None
    assert Settings(models=str(models)).model_folder == shipped_folder("models") / "default"


def test_a_choice_that_is_a_folder_or_may_not_be_read_means_the_shipped_model(models: Path) -> None:
    (models / POINTER).mkdir()
    assert read_in_use(models).broken


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\\b", "/x", "C:x", ".hidden", "x\n", "ends."])
def test_no_path_is_a_name(name: str) -> None:
    assert not is_model_name(name)


@pytest.mark.parametrize("name", ["default", "own-2026-02-03", "own-2026-02-03-12", "forsøg_2.1"])
def test_names_of_models(name: str) -> None:
    assert is_model_name(name)


def test_what_was_used_before_is_remembered_but_not_for_ever(models: Path) -> None:
    in_use = ModelsInUse()
    for number in range(3 * MOST_FORMER):
        in_use = in_use.changed_to(f"own-{number}")
    write_in_use(models, in_use)
    assert len(read_in_use(models).former) == MOST_FORMER
    assert in_use.changed_to(in_use.name) == in_use


def test_a_choice_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, models: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"in-use\.json"):
        write_in_use(tmp_path / "file", ModelsInUse("own-2026-02-03"))
    if os.name == "posix" and os.geteuid() != 0:
        write_in_use(models, ModelsInUse("own-2026-02-03"))
        models.chmod(0o500)
        with pytest.raises(OutputError):
            write_in_use(models, ModelsInUse("own-2026-02-03-2"))
        models.chmod(0o700)
        assert read_in_use(models).name == "own-2026-02-03"


def test_reading_it_takes_no_time(models: Path) -> None:
    write_in_use(models, ModelsInUse("own-2026-02-03", tuple(f"own-{number}" for number in range(MOST_FORMER))))
    json.loads("{}")
    begun = time.process_time()
    for _ in range(200):
        folder_in_use(models)
    assert (time.process_time() - begun) / 200 < 0.001
