"""The letters of a folder with what is known of each, and the queues in which they are gone through.

The pile reads no files: a scan, the store and the conversation tell it what they learn, from any thread.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from markup_assistant.letters.naming import letter_key
from markup_assistant.markup import Decision, Verdict, holding, in_conflict
from markup_assistant.review.intents import Queue
from markup_assistant.store.values import Scan
from markup_assistant.suggest.review_order import teaching_order
from markup_assistant.suggest.sketch import ALIKE, SIZE, Rarity, from_bytes, likeness, rarity

RECOUNT = 1.1
"""Growth of the letters read after which the rarity of their words is counted anew."""

_DOUBT = {Verdict.UNSURE.value: 0, Verdict.CHECK.value: 1, Verdict.SURE.value: 2}


class Standing(StrEnum):
    """How far a letter has come."""

    OPEN = "open"
    DECIDED = "decided"
    CHANGED = "changed"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


@dataclass(slots=True, eq=False)
class Entry:
    """A letter of the pile: ``name`` is that of the store; what is not known yet is empty.

    ``heads`` are the decisions that hold (two that differ are a conflict), ``skipped`` counts in this session.
    """

    path: Path
    place: int
    name: str
    scan: Scan | None = None
    heads: tuple[Decision, ...] = ()
    assigned: str = ""
    skipped: bool = False

    @property
    def content(self) -> str:
        """The fingerprint of its text, as last read."""
        return self.scan.content if self.scan else ""

    @property
    def verdict(self) -> str:
        """The verdict on what is suggested, empty before it was read."""
        return self.scan.verdict if self.scan else ""

    @property
    def standing(self) -> Standing:
        """How far the letter has come."""
        if in_conflict(self.heads):
            return Standing.CONFLICT
        head = holding(self.heads)
        if head:
            changed = bool(self.content) and self.content not in {one.content for one in self.heads}
            return Standing.CHANGED if changed else Standing.DECIDED
        return Standing.UNREADABLE if self.scan and self.scan.error else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the pile has come: counts of letters; ``sure`` of those ``read``."""

    total: int
    decided: int
    read: int
    sure: int


class Pile:
    """The letters of a folder, in the folder's order, with what is known of each.

    Args:
        root: the folder that names are relative to, so that all who share a store use the same names.
        blind_percent: the share of letters that are reviewed before their suggestions are shown.
        route: which unit a subject goes to, for the queue of one department.
    """

    def __init__(self, root: Path | None, blind_percent: float, route: Callable[[str], str]) -> None:
        self._root = root
        self._blind_permille = blind_percent * 10
        self._route = route
        self._entries: list[Entry] = []
        self._by_name: dict[str, Entry] = {}
        self._by_path: dict[Path, Entry] = {}
        self._stored: tuple[Mapping[str, tuple[Decision, ...]], Mapping[str, str]] = ({}, {})
        self._lock = threading.RLock()
        self._sketches = np.zeros((0, SIZE), np.uint32)
        self._sketched = np.zeros(0, bool)
        self._rarity: Rarity | None = None
        self._rarity_of = 0
        self._counts: Counter[str] = Counter()
        self.complete = False

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries())

    def entries(self) -> tuple[Entry, ...]:
        """Return all letters in the folder's order."""
        with self._lock:
            return tuple(self._entries)

    def fill(
        self,
        files: Iterable[Path],
        heads: Mapping[str, tuple[Decision, ...]],
        scans: Mapping[str, Scan],
        assigned: Mapping[str, str],
    ) -> None:
        """Take the letters of the folder with what the store knows of them; letters there already stay themselves."""
        with self._lock:
            entries = []
            for place, path in enumerate(files, start=1):
                entry = self._by_path.get(path) or Entry(path, place, self.name_of(path))
                entry.place = place
                scan = entry.scan or scans.get(entry.name)
                entry.scan, entry.name = scan, scan.letter if scan else entry.name
                entry.heads = heads.get(entry.name, entry.heads)
                entry.assigned = assigned.get(entry.name, "")
                entries.append(entry)
            self._entries = entries
            self._by_name = {entry.name: entry for entry in entries}
            self._by_path = {entry.path: entry for entry in entries}
            self._stored = heads, assigned
            self._sketches = np.zeros((len(entries), SIZE), np.uint32)
            self._sketched = np.zeros(len(entries), bool)
            self._rarity = None
            for entry in entries:
                self._note_sketch(entry)
            self._counts = sum((_counted(entry) for entry in entries), Counter())
            self.complete = True

    def add(self, path: Path) -> Entry:
        """Add a letter before the folder was looked through, or return it where it is there."""
        with self._lock:
            if path not in self._by_path:
                entry = Entry(path, len(self._entries) + 1, self.name_of(path))
                self._entries.append(entry)
                self._by_name[entry.name] = self._by_path[path] = entry
            return self._by_path[path]

    def name_of(self, path: Path, content: str = "") -> str:
        """Return the name by which the store knows a letter."""
        return letter_key(path, self._root, content)

    def get(self, name: str) -> Entry | None:
        """Return the letter of a name."""
        return self._by_name.get(name)

    def learn(self, entry: Entry, scan: Scan) -> None:
        """Take what reading a letter gave; its name may only be known now (see :func:`letter_key`)."""
        with self._lock:
            if self._by_name.get(entry.name) is entry:  # until they are read, two letters may have one name
                self._by_name.pop(entry.name)
            with self._counting(entry):
                if entry.name != scan.letter:
                    heads, assigned = self._stored
                    entry.name, entry.heads = scan.letter, heads.get(scan.letter, entry.heads)
                    entry.assigned = assigned.get(scan.letter, entry.assigned)
                entry.scan = scan
            self._by_name[entry.name] = entry
            self._note_sketch(entry)

    def decided(self, decisions: Iterable[Decision]) -> tuple[Entry, ...]:
        """Take decisions, of this session or of others, and return the letters that they change."""
        touched = []
        with self._lock:
            for decision in decisions:
                entry = self._by_name.get(decision.letter)
                if entry is None or any(head.id == decision.id for head in entry.heads):
                    continue
                kept = [head for head in entry.heads if head.id not in decision.supersedes]
                with self._counting(entry):
                    entry.heads = (*kept, decision)
                entry.skipped = False
                touched.append(entry)
        return tuple(touched)

    def queue(self, queue: Queue, *, person: str = "", department: str = "") -> tuple[Entry, ...]:
        """Return the letters that a queue goes through, in its order."""
        wanted = [entry for entry in self.entries() if self.belongs(entry, queue, person=person, department=department)]
        if queue is Queue.UNSURE:
            return tuple(teaching_order(wanted, _doubt, self._sketch_of))
        return tuple(wanted)

    def _sketch_of(self, entry: Entry) -> NDArray[np.uint32] | None:
        place = entry.place - 1
        return self._sketches[place] if place < len(self._sketched) and self._sketched[place] else None

    def belongs(self, entry: Entry, queue: Queue, *, person: str = "", department: str = "") -> bool:
        """Whether a letter is one that a queue goes through."""
        standing = entry.standing
        if department and (not entry.scan or self._route(entry.scan.subject) != department):
            return False
        settled = {
            Queue.DECIDED: standing in (Standing.DECIDED, Standing.CHANGED),
            Queue.CHANGED: standing is Standing.CHANGED,
            Queue.CONFLICTS: standing is Standing.CONFLICT,
        }
        if queue in settled:
            return settled[queue]
        if standing in (Standing.DECIDED, Standing.UNREADABLE):
            return False
        if queue is Queue.BLIND:
            return self.is_blind(entry)
        return (queue is not Queue.SKIPPED or entry.skipped) and (queue is not Queue.MINE or entry.assigned == person)

    def is_blind(self, entry: Entry) -> bool:
        """Whether a letter is one of those reviewed before suggestions are shown: always the same ones."""
        drawn = int.from_bytes(hashlib.sha256(entry.name.encode()).digest()[:4], "big") % 1000
        return drawn < self._blind_permille

    def alike(self, entry: Entry) -> tuple[tuple[Entry, float], ...]:
        """Return the other letters that look like one, most alike first; only letters that were read count."""
        with self._lock:
            place = entry.place - 1
            if place >= len(self._sketched) or not self._sketched[place]:
                return ()
            likes = likeness(self._sketches[place], self._sketches, self._rarities())
            found = np.flatnonzero(self._sketched & (likes >= ALIKE))
            pairs = [(self._entries[other], float(likes[other])) for other in found if other != place]
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0].place)))

    def _rarities(self) -> Rarity:
        """Return how rare each number of the sketches is, counted anew when many letters have come."""
        counted = int(self._sketched.sum())
        if self._rarity is None or counted > self._rarity_of * RECOUNT:
            self._rarity, self._rarity_of = rarity(self._sketches), counted
        return self._rarity

    def progress(self) -> Progress:
        """Count the letters."""
        with self._lock:
            return Progress(len(self._entries), self._counts["decided"], self._counts["read"], self._counts["sure"])

    @contextmanager
    def _counting(self, entry: Entry) -> Iterator[None]:
        """Keep the counts right while a letter changes: counting 20,000 at each key would be felt."""
        self._counts.subtract(_counted(entry))
        yield
        self._counts.update(_counted(entry))

    def _note_sketch(self, entry: Entry) -> None:
        place = entry.place - 1
        if entry.scan and entry.scan.sketch and place < len(self._sketched):
            self._sketches[place] = from_bytes(entry.scan.sketch)
            self._sketched[place] = True


def _counted(entry: Entry) -> Counter[str]:
    return Counter(
        decided=int(entry.standing in (Standing.DECIDED, Standing.CHANGED)),
        read=int(entry.scan is not None),
        sure=int(entry.verdict == Verdict.SURE),
    )


def _doubt(entry: Entry) -> tuple[int, float]:
    scan = entry.scan
    if scan is None:  # not read yet: after those that are known to need a person
        return 1, 1.0
    return _DOUBT.get(scan.verdict, 0), scan.confidence
