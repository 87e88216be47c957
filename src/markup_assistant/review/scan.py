"""Looks through a folder in the background, so that the review knows which letters need a person most."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from markup_assistant.batch.remembering import StoreMemory
from markup_assistant.errors import AssistantError, LetterError
from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.isolation import GuardedPool
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.limits import MB, READ_MEMORY
from markup_assistant.letters.naming import letter_key
from markup_assistant.letters.read import read_letter
from markup_assistant.letters.worker import WorkLimits
from markup_assistant.markup import Suggestions, Verdict
from markup_assistant.review.pile import Entry, Pile
from markup_assistant.settings import Settings
from markup_assistant.store.store import Store
from markup_assistant.store.values import Scan
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.sketch import sketch, to_bytes

KEEP_EVERY = 100
"""Letters after which what was found goes into the store."""

MODEL_MEMORY = 128 * MB
"""What the loaded model and catalogue take in the scanning process, beside the letter."""


def scan_of(letter: Letter, suggestions: Suggestions, path: Path, root: Path | None, status: tuple[int, int]) -> Scan:
    """Return what is worth knowing of a letter without reading it again; ``status`` is the file's size and time."""
    content = fingerprint(letter)
    best = suggestions.subjects[0] if suggestions.subjects else None
    return Scan(
        letter=letter_key(path, root, content),
        path=str(path),
        size=status[0],
        mtime_ns=status[1],
        content=content,
        model=suggestions.model,
        catalogue=suggestions.catalogue,
        verdict=suggestions.verdict.value,
        subject=best.value if best else "",
        confidence=round(best.confidence, 4) if best else 0.0,
        sketch=to_bytes(sketch(letter)),
        error="",
    )


def status_of(path: Path) -> tuple[int, int]:
    """Return size and time of a file; zeros where it is gone."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


class Scanner:
    """Reads the letters of a pile that are new or have changed, in a process of its own, until it is stopped."""

    def __init__(
        self, pile: Pile, memory: StoreMemory, store: Store, settings: Settings, root: Path | None, model: str
    ) -> None:
        """``model`` is the name of the model in use: what another one found is found again."""
        self._pile = pile
        self._memory = memory
        self._store = store
        self._settings = settings
        self._root = root
        self._model = model
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.error: AssistantError | None = None

    def start(self, told: Callable[[], None]) -> None:
        """Begin; ``told`` hears now and then that there is news, in the scanner's thread."""
        self._thread = threading.Thread(target=self.run, args=(told,), name="scan", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the letter at hand, with what was found kept."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join(self._settings.read_timeout)

    def run(self, told: Callable[[], None]) -> None:
        """Look through the pile once, and through what is still to be remembered."""
        with suppress(AssistantError):
            self._memory.catch_up(self._stopped)
        stale = [entry for entry in self._pile.entries() if self._is_stale(entry)]
        if not stale:
            told()
            return
        limits = WorkLimits(seconds=self._settings.read_timeout, memory=READ_MEMORY + MODEL_MEMORY)
        with GuardedPool(1, limits, _prepare, (self._settings,)) as pool:
            found: list[Scan] = []
            for entry in stale:
                if self._stopped.is_set():
                    break
                scan = self._read(pool, entry)
                self._pile.learn(entry, scan)
                found.append(scan)
                if len(found) == KEEP_EVERY:
                    self._keep(found)
                    told()
            self._keep(found)
        told()

    def _is_stale(self, entry: Entry) -> bool:
        scan = entry.scan
        return scan is None or scan.model != self._model or (scan.size, scan.mtime_ns) != status_of(entry.path)

    def _read(self, pool: GuardedPool, entry: Entry) -> Scan:
        try:
            return pool.run(_scan_one, str(entry.path), self._root, file=str(entry.path))
        except LetterError as error:
            return failed_scan(entry, self._model, error)

    def _keep(self, found: list[Scan]) -> None:
        try:
            self._store.keep_scans(found)
        except AssistantError as error:  # the scans can be made again; decisions tell of a store that does not work
            self.error = error
        found.clear()


def failed_scan(entry: Entry, model: str, error: LetterError) -> Scan:
    """Return the scan of a letter that cannot be read; ``error`` is kept by its kind, not by its words."""
    size, time = status_of(entry.path)
    return Scan(
        letter=entry.name,
        path=str(entry.path),
        size=size,
        mtime_ns=time,
        content="",
        model=model,
        catalogue="",
        verdict=Verdict.UNSURE.value,
        subject="",
        confidence=0.0,
        sketch=b"",
        error=type(error).__name__,
    )


_assistants: list[Assistant] = []
"""The assistant of the scanning process."""


def _prepare(settings: Settings) -> None:
    _assistants.append(Assistant(settings))


def _scan_one(file: str, root: Path | None) -> Scan:
    path = Path(file)
    status = status_of(path)
    letter = read_letter(path)
    return scan_of(letter, _assistants[0].suggest(letter), path, root, status)
