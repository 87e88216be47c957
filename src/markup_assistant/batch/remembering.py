"""Keeps the memory in step with the store: what was decided, here or by others, counts for the next letter."""

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from markup_assistant.errors import StoreError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Choice, Decision, How, Markup, Outcome, Part, holding, in_conflict
from markup_assistant.settings import Settings, user_cache_folder
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.bundle import MANIFEST
from markup_assistant.suggest.memory import TRUST, Memory, Remembered
from markup_assistant.suggest.memory_file import read_memory, write_memory

if TYPE_CHECKING:
    from markup_assistant.store.store import Store

AT_ONCE = 5
"""Letters that are taken in when there is no time for more: each costs some ten milliseconds."""

MOST = 5000
"""Letters that are remembered, the last decided ones: older ones a training has learned from."""


class StoreMemory:
    """The memory of a store's decisions.

    ``memory`` is what suggestions are asked with, and ``state`` changes with it; :meth:`refresh` takes in what was
    decided since. Letters whose text is not kept (by the settings) are remembered only by the process in which they
    were decided.
    """

    def __init__(self, settings: Settings, assistant: Assistant, store: "Store") -> None:
        self.memory = Memory()
        self._settings = settings
        self._assistant = assistant
        self._store = store
        self._mark = 0
        self._own: set[str] = set()
        self._waiting: list[str] = []
        self._lock = threading.Lock()
        self._changed = False
        self.state = 0

    def load(self) -> None:
        """Take up the memory as it was left, and what was decided since; traces that are missing are made anew."""
        found = read_memory(memory_file(self._settings))
        if found is not None and found[1].get("made_by") == made_by(self._settings):
            self.memory, note = found
            self._mark, self._waiting = int(note.get("mark", 0)), list(note.get("waiting", ()))
        self.refresh()

    def refresh(self) -> None:
        """Take in the decisions that arrived since the last time, of this process and of others."""
        decisions, self._mark = self._store.since(self._mark)
        fresh = dict.fromkeys(decision.letter for decision in decisions if decision.id not in self._own)
        with self._lock:
            self._waiting = list(dict.fromkeys((*self._waiting, *fresh)))[-MOST:]
        self._catch_up(AT_ONCE)

    def catch_up(self, stopped: threading.Event) -> None:
        """Take in all that is still to be taken in, until it is done or stopped: for a thread in the background."""
        while self._waiting and not stopped.is_set():
            self._catch_up(AT_ONCE)

    def _catch_up(self, most: int) -> None:
        for _ in range(most):
            with self._lock:
                name = self._waiting.pop() if self._waiting else ""
            if not name:
                return
            self._take(name, None)

    def decided(self, decision: Decision, letter: Letter) -> None:
        """Take in a decision of this process, with its letter at hand."""
        self._own.add(decision.id)
        self._take(decision.letter, letter)

    def forget(self, names: Iterable[str]) -> None:
        """Let go of letters."""
        with self._lock:
            for name in names:
                self.memory.forget(name)
            self._changed = True
            self.state += 1

    def keep(self) -> None:
        """Write the memory for the next run; where that cannot be, the next run makes it anew.

        Best when the store is closed, because its files tell the next run that nothing was decided since.
        """
        if not self._changed:
            return
        note = {
            "made_by": made_by(self._settings),
            "mark": self._mark,
            "waiting": self._waiting,
            "store": store_stamp(self._settings.store_address),
        }
        try:
            write_memory(memory_file(self._settings), self.memory, note)
        except OSError:
            return
        self._changed = False

    def _take(self, name: str, letter: Letter | None) -> None:
        heads = self._store.heads(name)
        head = None if in_conflict(heads) else holding(heads)
        letter = letter or (self._kept(name, head.content) if head else None)
        trace = self._assistant.trace(letter) if letter is not None else None
        with self._lock:
            if head is None:
                self.memory.forget(name)
            elif trace is not None:
                self.memory.remember(name, _remembered(head), trace)
            self._changed = True
            self.state += 1

    def _kept(self, name: str, content: str) -> Letter | None:
        kept = self._store.kept_letter(name, content)
        if kept is None or not kept.text:
            return None
        # Without a name: that of the file may say more than the letter.
        return replace(read_bytes(kept.text.encode(), ".txt"), name="")


def current_memory(settings: Settings, assistant: Assistant) -> Memory | None:
    """Return the memory of the settings' store as it is now; None where nothing was ever decided.

    The store is opened only where something was decided since the memory was written: opening it takes a quarter
    of a second, which who asks about one letter should not wait for each time. A store that cannot be opened is the
    business of the verbs that decide.
    """
    ready = ready_memory(settings)
    if ready is not None:
        return ready
    if not has_store(settings.store_address):
        return None
    from markup_assistant.store.opening import open_store  # noqa: PLC0415 - see above

    try:
        with open_store(settings.store_address) as store:
            remembering = StoreMemory(settings, assistant, store)
            remembering.load()
            remembering.catch_up(threading.Event())
    except StoreError:
        return None
    remembering.keep()  # when the store is closed: closing it still changes its files
    return remembering.memory


def ready_memory(settings: Settings) -> Memory | None:
    """Return the memory as the last run left it, where nothing was decided since; None elsewhere."""
    found = read_memory(memory_file(settings))
    if found is None:
        return None
    memory, note = found
    stamp = store_stamp(settings.store_address)
    same = bool(stamp) and note.get("store") == stamp and not note.get("waiting")
    return memory if same and note.get("made_by") == made_by(settings) else None


def has_store(address: str) -> bool:
    """Whether there is a store at an address: a server always counts."""
    return "://" in address.removeprefix("sqlite:///") or bool(store_stamp(address))


def memory_file(settings: Settings) -> Path:
    """Return where the memory of a store is written: beside its file; of a server, in the user's own cache."""
    place = settings.store_address.removeprefix("sqlite:///")
    if "://" not in place:
        return Path(place).with_suffix(".memory.npz")
    return user_cache_folder() / f"memory-{sha256(place.encode()).hexdigest()[:16]}.npz"


def drop_memory(settings: Settings) -> None:
    """Remove the memory, so that nothing is left in it of a letter that was forgotten; it is made anew."""
    with suppress(OSError):
        memory_file(settings).unlink(missing_ok=True)


def made_by(settings: Settings) -> str:
    """Return the digest of the model that traces were made with: another one thinks otherwise."""
    try:
        return sha256((settings.model_folder / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def store_stamp(address: str) -> list[list[int]]:
    """Return size and time of the files of an SQLite store, which change with every decision; none for a server."""
    path = Path(address.removeprefix("sqlite:///"))
    if "://" in str(path):
        return []
    stamp = []
    for file in (path, path.with_name(path.name + "-wal")):
        try:
            status = file.stat()
            stamp.append([status.st_size, status.st_mtime_ns])
        except OSError:
            stamp.append([0, 0])
    return stamp if stamp[0][0] else []


def _remembered(decision: Decision) -> Remembered:
    markup = decision.markup if decision.outcome is Outcome.MARKED else Markup()
    choice = decision.choices.get(Part.SUBJECT, Choice(How.ACCEPTED))
    return Remembered(Path(decision.letter).name, markup, TRUST[choice.how])
