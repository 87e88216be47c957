"""Copies of a store: where they go, and what is in one that somebody has kept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markup_assistant.batch.decision_heads import Heads
from markup_assistant.errors import InputFileError, NotAStoreError, OutputIsStoreError, StoreError
from markup_assistant.settings import STORE_NAME
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store

_SQLITE = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-journal")
"""What may lie beside a database that is in use, and belongs to it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a store: ``first`` and ``last`` are when the decisions were made, None where there are none."""

    decisions: int
    decided: int
    conflicts: int
    letters: int
    first: datetime | None
    last: datetime | None


def contents_of(store: Store) -> Contents:
    """Count what is in a store."""
    heads, decisions = Heads(), 0
    first: datetime | None = None
    last: datetime | None = None
    for decision in store.decisions():
        heads.add(decision)
        decisions += 1
        first = min(first or decision.at, decision.at)
        last = max(last or decision.at, decision.at)
    held = heads.held()
    letters = sum(1 for _ in store.kept_letters())
    return Contents(decisions, held.letters, len(held.conflicts), letters, first, last)


def default_target(place: Path | None, now: datetime) -> Path:
    """Return where a copy goes that nobody gave a name: beside the store, or for one on a server into this folder.

    The second copy of a day has the time in its name.
    """
    beside = place or Path.cwd() / STORE_NAME
    target = beside.with_name(f"{beside.stem}-{now:%Y-%m-%d}.db")
    return target if not target.exists() else beside.with_name(f"{beside.stem}-{now:%Y-%m-%d-%H%M%S}.db")


def refuse_store(target: Path, place: Path | None) -> None:
    """Raise OutputIsStoreError where output was to go over the store, or what belongs to it."""
    if place is None:
        return
    for own in (place, *(place.with_name(f"{place.name}{ending}") for ending in (*_BESIDE, "-shm"))):
        same = target.resolve() == own.resolve()
        with suppress(OSError):
            same = same or target.samefile(own)
        if same:
            raise OutputIsStoreError(file=str(target))


@contextmanager
def opened_copy(file: Path) -> Iterator[Store]:
    """Open a copy of a store without touching it: it may lie where nobody may write, or be of an older program.

    Raises InputFileError where it cannot be read, NotAStoreError and the other errors of a store naming it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="markup-assistant-") as folder:
            work = Path(folder) / STORE_NAME
            _copy(file, work)
            with open_store(work) as store:
                yield store
    except StoreError as error:
        raise _renamed(error, file) from error


def faults_of_copy(store: Store, file: Path) -> tuple[StoreError, ...]:
    """Return what is wrong with a copy that :func:`opened_copy` opened."""
    return tuple(_renamed(fault, file) for fault in store.check())


def _copy(file: Path, work: Path) -> None:
    try:
        with file.open("rb") as stream:
            if stream.read(len(_SQLITE)) != _SQLITE:
                raise NotAStoreError(store=str(file))
        shutil.copyfile(file, work)
        for ending in _BESIDE:
            beside = file.with_name(f"{file.name}{ending}")
            if beside.is_file():
                shutil.copyfile(beside, work.with_name(f"{work.name}{ending}"))
    except OSError as error:
        raise InputFileError(file=str(file)) from error


def _renamed(error: StoreError, file: Path) -> StoreError:
    return type(error)(**{**error.facts, "store": str(file)})
