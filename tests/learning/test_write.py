from pathlib import Path

import numpy as np
import pytest

from markup_assistant.errors import OutputError
from markup_assistant.learning import write
from markup_assistant.learning.write import write_bundle
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
