"""Writes a model bundle, whole or not at all."""

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from markup_assistant.errors import OutputError
from markup_assistant.suggest.bundle import FORMAT, MANIFEST, Arrays


def write_bundle(folder: Path, arrays: Mapping[str, Arrays], manifest: Mapping[str, Any]) -> None:
    """Write a bundle beside its place and move it there at the end, so that a half-written one is never used."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise OutputError(file=str(folder), reason=error.strerror or str(error)) from error
    try:
        _fill(made, arrays, manifest)
        former = folder.with_name(f".{folder.name}-former")
        shutil.rmtree(former, ignore_errors=True)
        if folder.exists():
            folder.rename(former)
        made.rename(folder)
        shutil.rmtree(former, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(made, ignore_errors=True)
        raise OutputError(file=str(folder), reason=error.strerror or str(error)) from error


def _fill(folder: Path, arrays: Mapping[str, Arrays], manifest: Mapping[str, Any]) -> None:
    digests = {}
    for name, content in sorted(arrays.items()):
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **content)  # type: ignore[arg-type]  # numpy's stub takes the keywords for flags
        data = buffer.getvalue()
        digests[f"{name}.npz"] = hashlib.sha256(data).hexdigest()
        _write(folder / f"{name}.npz", data)
    text = json.dumps({"format": FORMAT, **manifest, "files": digests}, ensure_ascii=False, indent=2) + "\n"
    _write(folder / MANIFEST, text.encode())
    folder.chmod(0o755)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
