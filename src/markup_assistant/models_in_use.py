"""Which trained model is in use: a small file in the folder of models.

Every start of the program reads it, so it is read in next to no time and never in vain: a file that cannot be
understood, or that names a model which is not there, means the model that the program came with.
"""

import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from markup_assistant.errors import OutputError

POINTER = "in-use.json"

SHIPPED_MODEL = "default"
"""The name of the model that came with the program; no other has it."""

MOST_FORMER = 20
"""Models used before that are remembered, for going back."""

_MAX_BYTES = 16_384
_NAME = re.compile(r"[^\W_][\w.-]{0,79}")
_PATIENCE = 20  # times that a pointer is tried to be put in place while a virus scanner reads the old one
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class ModelsInUse:
    """The model in use by name, and those used before it, the last one first.

    ``broken`` says that the file is there but cannot be understood.
    """

    name: str = SHIPPED_MODEL
    former: tuple[str, ...] = ()
    broken: bool = False

    def changed_to(self, name: str) -> "ModelsInUse":
        """Return what is in use after a change to another model."""
        return self if name == self.name else ModelsInUse(name, (self.name, *self.former)[:MOST_FORMER])


def is_model_name(name: str) -> bool:
    """Say whether a model may have this name: that of a folder, never a path."""
    return _NAME.fullmatch(name) is not None and not name.endswith(".")


def read_in_use(models: Path) -> ModelsInUse:
    """Read which model of a folder of models is in use; never raises."""
    try:
        with (models / POINTER).open("rb") as stream:
            content = stream.read(_MAX_BYTES)
        said = json.loads(content)
        name, former = said["name"], tuple(said.get("former", ()))
    except FileNotFoundError:
        return ModelsInUse()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ModelsInUse(broken=True)
    if not all(isinstance(one, str) and is_model_name(one) for one in (name, *former)):
        return ModelsInUse(broken=True)
    return ModelsInUse(name, former[:MOST_FORMER])


def folder_in_use(models: Path) -> Path | None:
    """Return the folder of the model in use, or None where that is the one that came with the program."""
    name = read_in_use(models).name
    if name == SHIPPED_MODEL:
        return None
    folder = models / name
    try:
        return folder if folder.is_dir() else None
    except OSError:  # a folder that may not be looked into
        return None


def write_in_use(models: Path, in_use: ModelsInUse) -> None:
    """Change which model is in use, at once or not at all; raises OutputError."""
    content = json.dumps({"name": in_use.name, "former": list(in_use.former)}, ensure_ascii=False) + "\n"
    part = models / f".{POINTER}-{os.getpid()}"
    try:
        models.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            stream.write(content.encode())
            stream.flush()
            os.fsync(stream.fileno())
        _put(part, models / POINTER)
    except OSError as error:
        raise OutputError(file=str(models / POINTER), reason=error.strerror or str(error)) from error


def _put(part: Path, place: Path) -> None:
    for _ in range(_PATIENCE):
        try:
            part.replace(place)
        except PermissionError:  # Windows refuses while another program has the file open
            time.sleep(_PAUSE)
        else:
            return
    part.replace(place)
