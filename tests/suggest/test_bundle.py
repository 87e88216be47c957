import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from markup_assistant.errors import ModelError
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.bundle import array_to_text, read_bundle, text_to_array
from markup_assistant.suggest.model import load_model


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(shipped_folder("models") / "default", folder)
    return folder


def change_manifest(folder: Path, **changes: object) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def replace_member(folder: Path, name: str, data: bytes) -> None:
    """Put other bytes in a member and make the manifest agree, as an attacker would."""
    (folder / name).write_bytes(data)
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    change_manifest(folder, files=files | {name: hashlib.sha256(data).hexdigest()})


def test_the_shipped_bundle_loads(bundle: Path) -> None:
    model = load_model(bundle)
    assert len(model.subjects) == 2395
    assert model.edition == "KLE 2026-02"


def test_a_changed_byte_is_noticed(bundle: Path) -> None:
    file = bundle / "layers.npz"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(ModelError, match="ændret"):
        load_model(bundle)


def test_a_missing_manifest_or_member_is_named(bundle: Path) -> None:
    (bundle / "phrases.npz").unlink()
    with pytest.raises(ModelError, match=r"phrases\.npz"):
        load_model(bundle)
    (bundle / "manifest.json").unlink()
    with pytest.raises(ModelError, match=r"manifest\.json"):
        load_model(bundle)


@pytest.mark.parametrize("name", ["../other.npz", "/etc/passwd", "code.py", "sub/layers.npz", "layers.pkl"])
def test_a_member_outside_the_bundle_or_of_another_kind_is_refused(bundle: Path, name: str) -> None:
    change_manifest(bundle, files={name: "0" * 64})
    with pytest.raises(ModelError, match="hører ikke hjemme"):
        read_bundle(bundle)


def test_a_link_out_of_the_bundle_is_refused(bundle: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.npz"
    (bundle / "layers.npz").rename(target)
    try:
        (bundle / "layers.npz").symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(ModelError, match="hører ikke hjemme"):
        load_model(bundle)


def test_an_array_of_objects_is_never_unpickled(bundle: Path, tmp_path: Path) -> None:
    file = tmp_path / "evil.npz"
    np.savez(file, features=np.array([{"an": "object"}], dtype=object))
    replace_member(bundle, "vocabulary.npz", file.read_bytes())
    with pytest.raises(ModelError, match="gyldige data"):
        load_model(bundle)


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_member_that_is_no_archive_is_refused(bundle: Path, data: bytes) -> None:
    replace_member(bundle, "layers.npz", data)
    with pytest.raises(ModelError):
        load_model(bundle)


def test_a_bundle_without_an_array_that_is_needed_is_refused(bundle: Path, tmp_path: Path) -> None:
    file = tmp_path / "less.npz"
    np.savez(file, coef=np.zeros(3))
    replace_member(bundle, "ranker.npz", file.read_bytes())
    with pytest.raises(ModelError, match="mangler"):
        load_model(bundle)


def test_a_newer_format_says_which_one_is_known(bundle: Path) -> None:
    change_manifest(bundle, format=99)
    with pytest.raises(ModelError, match="format 99"):
        load_model(bundle)


@pytest.mark.parametrize("text", ["[]", "{}", "not json", '{"format": 1, "files": []}'])
def test_a_manifest_that_is_none_is_refused(bundle: Path, text: str) -> None:
    (bundle / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError):
        load_model(bundle)


def test_lines_survive_as_bytes() -> None:
    lines = ["æøå", "§ 100", " ab "]
    assert array_to_text(text_to_array(lines)) == lines
    assert array_to_text(text_to_array([])) == []
