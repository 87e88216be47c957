"""Reads a model bundle: a folder of data, never of code.

``manifest.json`` names the format, the KLE edition, the feature settings, the digest of the training data, the
figures and the SHA-256 of each ``.npz`` file; nothing is loaded that it does not name, and no array may hold
objects.
"""

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from markup_assistant.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"
MAX_BUNDLE_FILE = 64 * 1024 * 1024
"""Bytes of one file of a bundle; the default model's largest is below a tenth of it."""

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read: its manifest and the arrays of each file by the file's stem."""

    folder: Path
    manifest: dict[str, Any]
    arrays: dict[str, Arrays]


def read_bundle(folder: Path) -> Bundle:
    """Read and verify a bundle; raises ModelError that says what is wrong with it."""
    manifest = read_manifest(folder)
    arrays = {}
    for name, digest in manifest["files"].items():
        data = _read_member(folder, name)
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelError(folder=str(folder), reason="reasons.model.changed", part=name)
        arrays[name.removesuffix(".npz")] = _load_arrays(folder, name, data)
    return Bundle(folder, manifest, arrays)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a bundle's manifest and hold it against the format that this program knows."""
    file = folder / MANIFEST
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(folder=str(folder), reason="reasons.model.missing", part=MANIFEST) from None
    except (OSError, ValueError) as error:
        raise ModelError(folder=str(folder), reason="reasons.model.unreadable", part=MANIFEST) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError(folder=str(folder), reason="reasons.model.manifest", part=MANIFEST)
    if manifest.get("format") != FORMAT:
        found = manifest.get("format")
        raise ModelError(folder=str(folder), reason="reasons.model.format", found=found, known=FORMAT)
    return manifest


def text_to_array(lines: list[str]) -> NDArray[np.uint8]:
    """Return lines as UTF-8 bytes, because an array of strings would need four bytes a letter."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def array_to_text(array: NDArray[np.uint8]) -> list[str]:
    """Return the lines of :func:`text_to_array`."""
    text = array.tobytes().decode("utf-8")
    return text.split("\n") if text else []


def _read_member(folder: Path, name: str) -> bytes:
    file = folder / name
    if Path(name).name != name or not name.endswith(".npz") or file.is_symlink():
        raise ModelError(folder=str(folder), reason="reasons.model.stranger", part=name)
    try:
        if file.stat().st_size > MAX_BUNDLE_FILE:
            raise ModelError(folder=str(folder), reason="reasons.model.size", part=name)
        return file.read_bytes()
    except OSError as error:
        raise ModelError(folder=str(folder), reason="reasons.model.unreadable", part=name) from error


def _load_arrays(folder: Path, name: str, data: bytes) -> Arrays:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return {key: file[key] for key in file.files}
    except (ValueError, OSError, KeyError, EOFError, BadZipFile) as error:
        raise ModelError(folder=str(folder), reason="reasons.model.damaged", part=name) from error
