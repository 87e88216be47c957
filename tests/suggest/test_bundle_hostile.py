"""A bundle is data: whatever else somebody puts in its place is refused, and costs neither memory nor time."""

import hashlib
import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from markup_assistant.errors import ModelError
from markup_assistant.suggest.bundle import MAX_ARRAYS, MAX_MANIFEST, read_bundle

HEAD = b"\x93NUMPY\x01\x00"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    buffer = io.BytesIO()
    np.savez(buffer, a=np.arange(3))
    put(folder, "vocabulary.npz", buffer.getvalue())
    return folder


def put(folder: Path, name: str, data: bytes) -> None:
    """Put a member in a bundle with a manifest that agrees, as an attacker would."""
    (folder / name).write_bytes(data)
    write_manifest(folder, {name: hashlib.sha256(data).hexdigest()})


def write_manifest(folder: Path, files: object, **more: object) -> None:
    manifest = {"format": 1, "name": "x", "edition": "KLE 2026-02", "files": files} | more
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def archive(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return buffer.getvalue()


def array(header: str, content: bytes = b"") -> bytes:
    """An array in numpy's format with a header of one's own."""
    text = header.encode() + b"\n"
    return HEAD + len(text).to_bytes(2, "little") + text + content


def header(shape: object = (3,), descr: str = "'<i4'") -> str:
    return f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape!r}}}"


def test_what_is_well_formed_is_read(bundle: Path) -> None:
    assert read_bundle(bundle).arrays["vocabulary"]["a"].tolist() == [0, 1, 2]
    put(bundle, "vocabulary.npz", archive(("a.npy", array(header(), np.arange(3, dtype="<i4").tobytes()))))
    assert read_bundle(bundle).arrays["vocabulary"]["a"].tolist() == [0, 1, 2]


def test_columns_first_scalars_and_empty_arrays_are_read_as_numpy_does(bundle: Path) -> None:
    buffer = io.BytesIO()
    columns = np.asfortranarray(np.arange(6).reshape(2, 3))
    np.savez_compressed(buffer, columns=columns, one=np.array(2.5), none=np.empty((0, 10), np.float16))
    put(bundle, "vocabulary.npz", buffer.getvalue())
    found = read_bundle(bundle).arrays["vocabulary"]
    assert found["columns"].tolist() == columns.tolist()
    assert float(found["one"]) == 2.5
    assert found["none"].shape == (0, 10)


@pytest.mark.parametrize(
    "data",
    [
        archive(("a.npy", array(header((10**12,))))),
        archive(("a.npy", array(header((10**12, 10**12, 10**12))))),
        archive(("a.npy", array(header((-1,)), b"abcd"))),
        archive(("a.npy", array(header((3,), "'|O'"), b"\0" * 24))),
        archive(("a.npy", array(header((3,), "[('a', '|O')]"), b"\0" * 24))),
        archive(("a.npy", array(header((10**9,), "'|V0'")))),
        archive(("a.npy", array("__import__('os').system('true')"))),
        archive(("a.npy", array("(" * 5000))),
        archive(("a.npy", array(header("x")))),
        archive(("a.npy", b"")),
        archive(("a.npy", b"print('code')")),
        archive(("a.npy", HEAD[:6] + b"\x09\x00")),
    ],
)
def test_an_array_that_is_none_or_claims_what_is_not_there_is_refused(bundle: Path, data: bytes) -> None:
    put(bundle, "vocabulary.npz", data)
    with pytest.raises(ModelError, match="gyldige data"):
        read_bundle(bundle)


def test_a_bomb_is_refused_before_it_is_unpacked(bundle: Path) -> None:
    zeros = array(header((50_000_000,), "'<f8'"), b"\0" * 400_000_000)
    put(bundle, "vocabulary.npz", archive(("a.npy", zeros)))
    begun = time.process_time()
    with pytest.raises(ModelError, match="for stor"):
        read_bundle(bundle)
    assert time.process_time() - begun < 0.5


def test_a_bomb_that_lies_about_its_size_is_refused(bundle: Path) -> None:
    data = bytearray(archive(("a.npy", array(header((50_000,), "'<f8'"), b"\0" * 400_000))))
    true, lie = (400_000 + len(array(header((50_000,), "'<f8'")))).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert data.count(true) == 2
    put(bundle, "vocabulary.npz", bytes(data.replace(true, lie)))
    with pytest.raises(ModelError, match="gyldige data"):
        read_bundle(bundle)


def test_thousands_of_arrays_are_refused(bundle: Path) -> None:
    put(bundle, "vocabulary.npz", archive(*((f"{number}.npy", b"") for number in range(MAX_ARRAYS + 1))))
    with pytest.raises(ModelError, match="for stor"):
        read_bundle(bundle)


def test_a_file_behind_a_password_is_refused(bundle: Path) -> None:
    data = bytearray((bundle / "vocabulary.npz").read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[data.index(b"PK\x03\x04") + 6] |= 1
    put(bundle, "vocabulary.npz", bytes(data))
    with pytest.raises(ModelError, match="gyldige data"):
        read_bundle(bundle)


@pytest.mark.parametrize(
    "name", ["extra.npz", "layers.npy", "manifest.json", "Layers.npz", "C:layers.npz", "..\\layers.npz", "a\nb", ""]
)
def test_a_member_that_no_model_has_is_refused(bundle: Path, name: str) -> None:
    write_manifest(bundle, {name: "0" * 64})
    with pytest.raises(ModelError, match="hører ikke hjemme"):
        read_bundle(bundle)


def test_files_that_the_manifest_does_not_name_are_never_read(bundle: Path) -> None:
    (bundle / "layers.npz").write_bytes(b"nonsense")
    (bundle / "code.py").write_text("raise SystemExit", encoding="utf-8")
    assert list(read_bundle(bundle).arrays) == ["vocabulary"]


@pytest.mark.parametrize("digest", [None, 7, "", "0" * 64, {"sha256": "x"}])
def test_a_digest_that_does_not_fit_is_refused(bundle: Path, digest: object) -> None:
    write_manifest(bundle, {"vocabulary.npz": digest})
    with pytest.raises(ModelError, match="ændret"):
        read_bundle(bundle)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["vocabulary.npz", "manifest.json"])
def test_a_pipe_is_not_waited_for(bundle: Path, name: str) -> None:
    (bundle / name).unlink()
    os.mkfifo(bundle / name)
    with pytest.raises(ModelError, match="hører ikke hjemme"):
        read_bundle(bundle)


@pytest.mark.parametrize(
    "make",
    [
        lambda file: file.write_bytes(b"\xff\xfe{}"),
        lambda file: file.write_bytes(b"[" * 100_000),
        lambda file: file.write_bytes(b" " * (MAX_MANIFEST + 1)),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: (file.unlink(), file.symlink_to(file.parent / "vocabulary.npz")),
    ],
)
def test_a_manifest_that_is_none_is_refused(bundle: Path, make: Callable[[Path], object]) -> None:
    try:
        make(bundle / "manifest.json")
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(ModelError, match=r"manifest\.json"):
        read_bundle(bundle)


def test_an_answer_kept_for_comparing_is_read_only_when_asked_for(bundle: Path) -> None:
    put(bundle, "held_out.npz", b"changed since")
    assert read_bundle(bundle).arrays == {}
    with pytest.raises(ModelError, match="gyldige data"):
        read_bundle(bundle, whole=True)
