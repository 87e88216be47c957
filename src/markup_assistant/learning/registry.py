"""The models that there are: the one that came with the program, and those that were trained here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markup_assistant.errors import ModelError, NoFormerModelError, UnknownModelError
from markup_assistant.learning.held_out import load_held_out
from markup_assistant.models_in_use import (
    POINTER,
    SHIPPED_MODEL,
    ModelsInUse,
    is_model_name,
    read_in_use,
    write_in_use,
)
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.bundle import MANIFEST, read_manifest
from markup_assistant.suggest.model import load_model

OWN_PREFIX = "own-"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model without loading it: its manifest, or the error that says why it cannot be used."""

    name: str
    folder: Path
    manifest: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    error: ModelError | None = None

    def figure(self, name: str) -> float | None:
        """Return a figure on held-out letters, or None where the manifest has none."""
        value = self._part("metrics").get(name)
        return float(value) if isinstance(value, int | float) else None

    def count(self, name: str) -> int | None:
        """Return a number of letters that the model was trained on, or None where the manifest has none."""
        value = self._part("data").get(name)
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str:
        """Return a text of the manifest, or nothing."""
        value = self.manifest.get(name)
        return value if isinstance(value, str) else ""

    def _part(self, name: str) -> Mapping[str, Any]:
        part = self.manifest.get(name)
        return part if isinstance(part, dict) else {}


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The model that is in use again, and those between that cannot be used any more, with why."""

    name: str
    skipped: tuple[tuple[str, ModelError], ...] = ()


class Registry:
    """The models that the settings give a choice of; reads manifests, and changes which model is in use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.folder = settings.models_folder

    def in_use(self) -> ModelsInUse:
        """Return what the folder of models says is in use."""
        return read_in_use(self.folder)

    def used_folder(self) -> Path:
        """Return the folder of the model that is used now, whatever was used when the settings were read."""
        return replace(self._settings, model_used="").model_folder

    def used_name(self) -> str:
        """Return the name of the model that is used now; nothing where the setting ``model`` names another folder."""
        used = self.used_folder().resolve()
        return next((card.name for card in self.cards() if card.folder.resolve() == used), "")

    def names(self) -> list[str]:
        """Return the names of all models, the shipped one first."""
        return [SHIPPED_MODEL, *self._own()]

    def cards(self) -> list[ModelCard]:
        """Return what is known of all models, the shipped one first."""
        return [self.card(name) for name in self.names()]

    def card(self, name: str) -> ModelCard:
        """Return what is known of a model; raises UnknownModelError."""
        folder = self.folder_of(name)
        try:
            return ModelCard(name, folder, MappingProxyType(read_manifest(folder)))
        except ModelError as error:
            return ModelCard(name, folder, error=error)

    def folder_of(self, name: str) -> Path:
        """Return the folder of a model; raises UnknownModelError."""
        if name == SHIPPED_MODEL:
            return shipped_folder("models") / SHIPPED_MODEL
        folder = self.folder / name
        if not is_model_name(name) or not folder.is_dir():
            raise UnknownModelError(name=name, known=", ".join(self.names()))
        return folder

    def use(self, name: str) -> None:
        """Put a model to use, after it was loaded whole; raises UnknownModelError, ModelError or OutputError.

        What is raised leaves the model in use that was.
        """
        check_model(self.folder_of(name))
        before = self.in_use()
        changed = before.changed_to(name)
        if changed != before or before.broken:
            write_in_use(self.folder, replace(changed, broken=False))

    def roll_back(self) -> RolledBack:
        """Put the model to use that was used before; one that cannot be used any more is passed over.

        Raises NoFormerModelError where there is none, OutputError.
        """
        now = self.in_use()
        # Behind all that were used stands the one that came with the program.
        former = [*now.former, *(() if SHIPPED_MODEL in (now.name, *now.former) else (SHIPPED_MODEL,))]
        skipped: list[tuple[str, ModelError]] = []
        for place, name in enumerate(former):
            try:
                check_model(self.folder / name if name != SHIPPED_MODEL else self.folder_of(name))
            except ModelError as error:
                skipped.append((name, error))
                continue
            write_in_use(self.folder, ModelsInUse(name, tuple(former[place + 1 :])))
            return RolledBack(name, tuple(skipped))
        if skipped:
            raise skipped[0][1]
        raise NoFormerModelError(name=now.name)

    def _own(self) -> Iterator[str]:
        try:
            folders = sorted(self.folder.iterdir(), key=lambda path: _by_date(path.name))
        except OSError:
            return
        for folder in folders:
            if folder.name not in (POINTER, SHIPPED_MODEL) and is_model_name(folder.name) and _is_model(folder):
                yield folder.name


def check_model(folder: Path) -> None:
    """Load a model whole, with the parts that suggesting does without; raises ModelError."""
    load_model(folder)
    load_held_out(folder)


def _is_model(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).exists()
    except OSError:
        return False


def _by_date(name: str) -> tuple[str, int, str]:
    """Order ``own-2026-03-01-10`` behind ``own-2026-03-01-2``."""
    begin, _, number = name.rpartition("-")
    return (begin, int(number), "") if name.count("-") == 4 and number.isdigit() else (name, 0, name)
