import zipfile
from pathlib import Path

import numpy as np
import pytest

from markup_assistant.errors import OutputError
from markup_assistant.learning import write
from markup_assistant.learning.write import clear_leftovers, write_bundle
from markup_assistant.suggest.bundle import read_bundle


def test_a_bundle_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_bundle(tmp_path / "m", {"vocabulary": {"a": np.arange(3)}}, {"name": "x", "edition": "KLE"})
    bundle = read_bundle(tmp_path / "m")
    assert bundle.manifest["name"] == "x"
    assert bundle.arrays["vocabulary"]["a"].tolist() == [0, 1, 2]


def test_the_former_bundle_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bundle(tmp_path / "m", {"vocabulary": {"a": np.arange(3)}}, {"name": "old", "edition": "KLE"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "_write", full)
    with pytest.raises(OutputError, match="No space left"):
        write_bundle(tmp_path / "m", {"vocabulary": {"a": np.arange(9)}}, {"name": "new", "edition": "KLE"})
    assert read_bundle(tmp_path / "m").manifest["name"] == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_the_same_arrays_make_the_same_bytes(tmp_path: Path) -> None:
    parts = {"layers": {"much": np.arange(1000), "noise": np.random.default_rng(1).integers(0, 255, 5000, np.uint8)}}
    for name in ("one", "two"):
        write_bundle(tmp_path / name, parts, {"name": "x", "edition": "KLE"})
    files = [{file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]
    with np.load(tmp_path / "one" / "layers.npz") as found:  # any reader of numpy's files can read it
        assert np.array_equal(found["noise"], parts["layers"]["noise"])


def test_what_hardly_shrinks_is_kept_as_it_is_so_that_it_loads_quickly(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, 5000, np.uint8)
    write_bundle(tmp_path / "m", {"layers": {"much": np.zeros(9000), "noise": noise}}, {"name": "x", "edition": "K"})
    with zipfile.ZipFile(tmp_path / "m" / "layers.npz") as file:
        kinds = {member.filename: member.compress_type for member in file.infolist()}
    assert kinds == {"much.npy": zipfile.ZIP_DEFLATED, "noise.npy": zipfile.ZIP_STORED}


def test_a_run_stopped_between_the_two_moves_costs_nothing(tmp_path: Path) -> None:
    write_bundle(tmp_path / "m", {"layers": {"a": np.arange(3)}}, {"name": "old", "edition": "KLE"})
    (tmp_path / "m").rename(tmp_path / ".m-former")
    write_bundle(tmp_path / "m", {"layers": {"a": np.arange(9)}}, {"name": "new", "edition": "KLE"})
    assert read_bundle(tmp_path / "m").manifest["name"] == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_what_stopped_runs_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    for name in (".own-2026-02-03-ab12", ".own-x-former", ".other", "own-2026-02-03"):
        (tmp_path / name).mkdir()
    (tmp_path / ".own-note").write_text("a file is nobody's leftover", encoding="utf-8")
    clear_leftovers(tmp_path, "own-")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".other", ".own-note", "own-2026-02-03"]
