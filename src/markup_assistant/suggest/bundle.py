"""Reads a model bundle: a folder of data, never of code.

``manifest.json`` names the format, the KLE edition, the feature settings, the digest of the training data, the
figures and the SHA-256 of each ``.npz`` file; nothing is loaded that it does not name, no array may hold objects, and
nothing becomes larger in memory than a model can be.
"""

import hashlib
import io
import json
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from tokenize import TokenError
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from markup_assistant.errors import ModelError

FORMAT = 1
MANIFEST = "manifest.json"
PARTS = ("vocabulary", "layers", "phrases", "alone", "ranker", "memory", "held_out")
"""The files that a bundle may have, without their ending."""

UNUSED = ("held_out.npz",)
"""Files that suggesting makes no use of: who compares models or looks for wrong decisions does."""

MAX_MANIFEST = 1024 * 1024
MAX_BUNDLE_FILE = 64 * 1024 * 1024
"""Bytes of one file of a bundle; the default model's largest is below a tenth of it."""

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that a file's arrays may have in memory; those of the default model's largest are a twentieth of it."""

MAX_ARRAYS = 64
_NOT_AN_ARCHIVE = (
    ValueError,
    OSError,
    KeyError,
    EOFError,
    BadZipFile,
    zlib.error,
    MemoryError,
    OverflowError,
    RuntimeError,  # a password, a compression that this Python lacks, a header nested without end
    SyntaxError,  # a header that is no value of Python, which numpy looks at word by word
    TokenError,
)

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as read: its manifest and the arrays of each file by the file's stem."""

    folder: Path
    manifest: dict[str, Any]
    arrays: dict[str, Arrays]


def read_bundle(folder: Path, *, whole: bool = False) -> Bundle:
    """Read and verify a bundle; raises ModelError that says what is wrong with it.

    ``whole`` reads also the parts of which suggesting makes no use.
    """
    manifest = read_manifest(folder)
    arrays = {}
    for name, digest in manifest["files"].items():
        if name in UNUSED and not whole:
            continue
        data = _read_member(folder, name)
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelError(folder=str(folder), reason="reasons.model.changed", part=name)
        arrays[name.removesuffix(".npz")] = _load_arrays(folder, name, data)
    return Bundle(folder, manifest, arrays)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a bundle's manifest and hold it against the format that this program knows."""
    content = _read(folder, MANIFEST, MAX_MANIFEST)
    try:
        manifest = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(folder=str(folder), reason="reasons.model.unreadable", part=MANIFEST) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError(folder=str(folder), reason="reasons.model.manifest", part=MANIFEST)
    if manifest.get("format") != FORMAT:
        found = str(manifest.get("format"))[:20]
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
    # A list of names, so that neither a path nor another kind of file can be one.
    if name not in {f"{part}.npz" for part in PARTS}:
        raise ModelError(folder=str(folder), reason="reasons.model.stranger", part=name[:80])
    return _read(folder, name, MAX_BUNDLE_FILE)


def _read(folder: Path, name: str, most: int) -> bytes:
    file = folder / name
    try:
        status = file.lstat()
        if not S_ISREG(status.st_mode):  # a link leads out of the bundle, a pipe never ends
            raise ModelError(folder=str(folder), reason="reasons.model.stranger", part=name)
        if status.st_size > most:
            raise ModelError(folder=str(folder), reason="reasons.model.size", part=name)
        return file.read_bytes()
    except FileNotFoundError:
        raise ModelError(folder=str(folder), reason="reasons.model.missing", part=name) from None
    except OSError as error:
        raise ModelError(folder=str(folder), reason="reasons.model.unreadable", part=name) from error


def _load_arrays(folder: Path, name: str, data: bytes) -> Arrays:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_ARRAYS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise ModelError(folder=str(folder), reason="reasons.model.size", part=name)
            arrays = {}
            for member in members:
                with archive.open(member) as stream:
                    arrays[member.filename.removesuffix(".npy")] = _read_array(stream, member.file_size)
            return arrays
    except _NOT_AN_ARCHIVE as error:
        raise ModelError(folder=str(folder), reason="reasons.model.damaged", part=name) from error


def _read_array(stream: IO[bytes], size: int) -> NDArray[Any]:
    """Read one array of numpy's own format; raises ValueError for objects, and where it claims more than there is.

    ``np.load`` would make room for what the header claims before it looks whether it is there.
    """
    version = npy.read_magic(stream)
    header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    shape, by_columns, dtype = header(stream)
    count = math.prod(shape)
    if dtype.hasobject or dtype.itemsize == 0 or min(shape, default=0) < 0 or count * dtype.itemsize > size:
        raise ValueError(shape)
    # A copy that may be written to: bytes may not.
    content = bytearray(stream.read(size))
    return np.frombuffer(content, dtype, count).reshape(shape, order="F" if by_columns else "C")
