"""The desk at which letters are reviewed: reads and suggests, keeps decisions, hears of those of others.

Everything that touches files, the store or the clock in a review is here; the conversation on top of it only thinks.
"""

import threading
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from markup_assistant.batch.folder import find_letters, walk_letters
from markup_assistant.batch.reading import SafeReader
from markup_assistant.batch.remembering import StoreMemory
from markup_assistant.errors import LetterError, StoreError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.masking import mask_letter, mask_personal
from markup_assistant.markup import Decision, Outcome, Suggestions
from markup_assistant.review.draft import Draft, Drafting
from markup_assistant.review.pile import Entry, Pile
from markup_assistant.review.scan import Scanner, failed_scan, scan_of, status_of
from markup_assistant.settings import Settings
from markup_assistant.store.store import Store
from markup_assistant.store.values import KeptLetter, Scan
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.targets import route

GLANCE = 500
"""Files of a folder that are looked at before the first letter is shown."""

AHEAD = 4
"""Letters that are kept ready, the one before among them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter on the desk: as read, what is suggested, and what a scan of it would have found.

    ``known`` is the state of the memory that the suggestions were made with.
    """

    entry: Entry
    letter: Letter
    suggestions: Suggestions
    drafting: Drafting
    scan: Scan
    known: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How a decision came about, beside its draft."""

    seconds: float = 0.0
    blind: bool = False
    source: str = ""


def utc_now() -> datetime:
    """Return the time of the clock."""
    return datetime.now(UTC)


def random_id() -> str:
    """Return a new id for a decision."""
    return str(uuid.uuid4())


class Desk:
    """Reads the letters of a folder and keeps what is decided about them.

    Args:
        settings: what the user has chosen.
        folder: the folder whose letters are reviewed.
        store: where decisions are kept; closed by who opened it.
        person: who decides.
        now: the clock; new_id: gives each decision its id.
    """

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        store: Store,
        *,
        person: str,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        self.settings = settings
        self.folder = folder
        self.store = store
        self.person = person
        self.now = now
        self.new_id = new_id
        self.root = Path(settings.file).parent if settings.file else None
        self.assistant = Assistant(settings)
        self.catalogue = self.assistant.catalogue
        self.organisation = self.assistant.organisation
        self.pile = Pile(self.root, settings.blind_percent, self._routed)
        self.memory = StoreMemory(settings, self.assistant, store)
        self.scanner = Scanner(self.pile, self.memory, store, settings, self.root, self.assistant.model.name)
        self._here = SafeReader(settings.read_timeout)
        self._ahead = SafeReader(settings.read_timeout)
        self._reading = threading.Lock()
        self._helper = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._ready: dict[Path, tuple[tuple[int, int], Future[Opened]]] = {}
        self._mark = 0

    def fill(self) -> None:
        """Look through the folder and the store: names only, no letter is read."""
        files = find_letters(self.folder)
        self.memory.load()
        self._mark = self.store.mark()
        self.pile.fill(files, self.store.all_heads(), self.store.scans(), self.store.assignments())

    def bookmarked(self) -> Path | None:
        """Return the letter at which this person stopped in this folder, where it is still there."""
        name = self.store.bookmark(self.person, str(self.folder))
        path = self.folder / name if name else None
        return path if path and path.is_file() else None

    def first_file(self) -> Path | None:
        """Return a letter to begin with, without looking through a large folder first: the first of some by name."""
        return min(islice(walk_letters(self.folder), GLANCE), key=lambda path: path.as_posix().casefold(), default=None)

    def is_first_time(self) -> bool:
        """Whether this person has never been here before; from now on they have."""
        name = f"tour_seen:{self.person}"
        if self.store.setting(name):
            return False
        self.store.keep_setting(name, "yes")
        return True

    def shown(self, opened: Opened) -> Letter:
        """Return a letter as it may be shown on a screen: CPR numbers masked unless the settings say otherwise."""
        return opened.letter if self.settings.show_cpr else mask_letter(opened.letter)

    def assign(self, entry: Entry, person: str) -> None:
        """Give a letter to a person, or to nobody."""
        self.store.assign([entry.name], person, self.person, self.now())
        entry.assigned = person

    def name_in_folder(self, entry: Entry) -> str:
        """Return a letter's path below the folder, as people type it."""
        return unicodedata.normalize("NFC", entry.path.relative_to(self.folder).as_posix())

    def set_bookmark(self, entry: Entry) -> None:
        """Remember at which letter this person is; where that cannot be kept, one begins elsewhere next time."""
        with suppress(StoreError):
            self.store.set_bookmark(self.person, str(self.folder), entry.path.relative_to(self.folder).as_posix())

    def hear_of_others(self) -> tuple[Entry, ...]:
        """Take the decisions of others since the last time, and return the letters that they concern."""
        decisions, self._mark = self.store.since(self._mark)
        self.memory.refresh()
        return self.pile.decided(decisions)

    def open(self, entry: Entry) -> Opened:
        """Return a letter read and suggested; raises LetterError for one that cannot be read."""
        status = status_of(entry.path)
        ready = self._ready.pop(entry.path, None)
        try:
            if ready and ready[0] == status and (ready[1].done() or not ready[1].cancel()):
                opened = ready[1].result()
            else:
                with self._reading:
                    opened = self._open(entry, self._here, status)
        except LetterError as error:
            self.pile.learn(entry, failed_scan(entry, self.assistant.model.name, error))
            raise
        if opened.known != self.memory.state:
            # Decided since it was read ahead: what was learned from that counts for this letter too.
            opened = self._suggested(entry, opened.letter, status)
        self.pile.learn(entry, opened.scan)
        entry.heads = self.store.heads(entry.name)
        return opened

    def prefetch(self, entries: Sequence[Entry]) -> None:
        """Read letters that are probably asked for next."""
        wanted = {entry.path for entry in entries}
        for path in [path for path in self._ready if path not in wanted]:
            self._ready.pop(path)[1].cancel()
        for entry in entries[:AHEAD]:
            status = status_of(entry.path)
            if entry.path not in self._ready:
                future = self._helper.submit(self._open, entry, self._ahead, status)
                self._ready[entry.path] = (status, future)

    def decide(
        self, opened: Opened, outcome: Outcome, draft: Draft, how: Manner, supersedes: Sequence[Decision]
    ) -> Decision:
        """Keep a decision; on return it is on disk. Raises StoreError, with nothing kept, where it cannot be."""
        decision = self.made(opened.scan, outcome, draft, how, supersedes)
        self.keep([(decision, mask_personal(opened.letter).text)])
        self.memory.decided(decision, opened.letter)
        return decision

    def made(self, scan: Scan, outcome: Outcome, draft: Draft, how: Manner, supersedes: Sequence[Decision]) -> Decision:
        """Return a decision by this person, now, that is not kept yet."""
        return Decision(
            id=self.new_id(),
            letter=scan.letter,
            content=scan.content,
            outcome=outcome,
            person=self.person,
            at=self.now(),
            markup=draft.markup,
            choices=draft.choices,
            supersedes=tuple(head.id for head in supersedes),
            source=how.source,
            seconds=round(how.seconds, 1),
            model=scan.model,
            catalogue=scan.catalogue,
            blind=how.blind,
        )

    def keep(self, decided: Sequence[tuple[Decision, str]]) -> None:
        """Keep decisions, each with the masked text of its letter (empty where it is known already), all or none."""
        keeps_text = self.settings.store_text == "masked"
        for decision, text in decided:
            entry = self.pile.get(decision.letter)
            if text and entry is not None and entry.scan is not None:
                kept = KeptLetter(
                    letter=decision.letter,
                    content=decision.content,
                    path=str(entry.path),
                    text=text if keeps_text else "",
                    seen_at=decision.at,
                    sketch=entry.scan.sketch,
                )
                self.store.keep_letter(kept)
        self.store.add(*(decision for decision, _ in decided))
        self.pile.decided(decision for decision, _ in decided)

    def close(self) -> None:
        """Stop what is going on in the background."""
        self.scanner.stop()
        self._helper.shutdown(wait=True, cancel_futures=True)
        self._here.__exit__()
        self._ahead.__exit__()

    def _open(self, entry: Entry, reader: SafeReader, status: tuple[int, int]) -> Opened:
        return self._suggested(entry, reader.read(str(entry.path)), status)

    def _suggested(self, entry: Entry, letter: Letter, status: tuple[int, int]) -> Opened:
        known = self.memory.state
        suggestions = self.assistant.suggest(letter, memory=self.memory.memory, without=entry.name)
        scan = scan_of(letter, suggestions, entry.path, self.root, status)
        return Opened(entry, letter, suggestions, Drafting(letter, suggestions, self.organisation), scan, known)

    def _routed(self, subject: str) -> str:
        rule = route(self.organisation, subject, "") if subject else None
        return rule.target if rule else self.organisation.default
