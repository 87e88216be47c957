"""Writes a model bundle, whole or not at all."""

import hashlib
import io
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import numpy as np

from markup_assistant.errors import OutputError
from markup_assistant.suggest.bundle import FORMAT, MANIFEST, Arrays

HARDLY_SMALLER = 0.45
"""Share of its size from which on an array is not packed: unpacking weights was a third of the time of loading a model,
and the default one has two megabytes to spare."""


def write_bundle(folder: Path, arrays: Mapping[str, Arrays], manifest: Mapping[str, Any]) -> None:
    """Write a bundle beside its place and move it there at the end, so that a half-written one is never used."""
    former = folder.with_name(f".{folder.name}-former")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if former.exists() and not folder.exists():  # a run was stopped between the two moves
            former.rename(folder)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise OutputError(file=str(folder), reason=error.strerror or str(error)) from error
    try:
        _fill(made, arrays, manifest)
        shutil.rmtree(former, ignore_errors=True)
        if folder.exists():
            folder.rename(former)
        made.rename(folder)
        _sync_folder(folder.parent)
        shutil.rmtree(former, ignore_errors=True)
    except OSError as error:
        raise OutputError(file=str(folder), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def clear_leftovers(models: Path, prefix: str) -> None:
    """Remove what runs that were stopped have left of bundles whose names begin with ``prefix``."""
    for left in models.glob(f".{prefix}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _fill(folder: Path, arrays: Mapping[str, Arrays], manifest: Mapping[str, Any]) -> None:
    digests = {}
    for name, content in sorted(arrays.items()):
        data = _packed(content)
        digests[f"{name}.npz"] = hashlib.sha256(data).hexdigest()
        _write(folder / f"{name}.npz", data)
    text = json.dumps({"format": FORMAT, **manifest, "files": digests}, ensure_ascii=False, indent=2) + "\n"
    _write(folder / MANIFEST, text.encode())
    folder.chmod(0o755)
    _sync_folder(folder)


def _packed(content: Arrays) -> bytes:
    """Return arrays as ``np.savez`` would write them, but with those left as they are that hardly become smaller."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, array in content.items():
            raw = io.BytesIO()
            np.lib.format.write_array(raw, np.asanyarray(array), allow_pickle=False)
            data = raw.getvalue()
            hardly = len(zlib.compress(data)) > HARDLY_SMALLER * len(data)
            # The entry is dated 1980, whatever the clock says: the same arrays make the same bytes.
            archive.writestr(ZipInfo(f"{name}.npy"), data, ZIP_STORED if hardly else ZIP_DEFLATED)
    return buffer.getvalue()


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system lets a folder be opened for that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
