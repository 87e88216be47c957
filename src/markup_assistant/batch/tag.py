"""Tags a folder of letters: one JSON object a letter, in the order of the folder, resumable.

The rows are written to ``OUT.part`` as they come and moved to ``OUT`` at the end, so that a half-written result
is never taken for a whole one, and a run that was interrupted goes on where it stopped.
"""

import json
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markup_assistant.batch.remembering import current_memory, has_store, ready_memory
from markup_assistant.batch.rows import error_row, suggestion_row
from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.errors import LetterError, OutputError
from markup_assistant.letters.isolation import GuardedPool, Pending
from markup_assistant.letters.limits import MB, READ_MEMORY
from markup_assistant.letters.read import read_letter
from markup_assistant.letters.worker import WorkLimits
from markup_assistant.settings import Settings
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.bundle import MANIFEST, read_manifest
from markup_assistant.suggest.memory import Memory
from markup_assistant.texts import get_texts

AHEAD = 8
"""Letters that wait in line for each worker: enough that none is idle, few enough that memory stays flat."""

MODEL_MEMORY = 128 * MB
"""What the loaded model and catalogue take in a worker, beside the letter."""

SYNC_ROWS = 200
"""Rows after which what is written is forced to the disk."""


@dataclass(slots=True)
class Tally:
    """How many letters got which verdict, and the files that could not be read with the reason."""

    verdicts: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)
    resumed: int = 0

    @property
    def total(self) -> int:
        """Letters done so far."""
        return sum(self.verdicts.values()) + len(self.failed)

    def add(self, row: dict[str, object]) -> None:
        """Count a row."""
        if row["error"]:
            self.failed.append((str(row["letter"]), str(row["error"])))
        else:
            self.verdicts[str(row["verdict"])] += 1


@dataclass(frozen=True, slots=True)
class Job:
    """What to tag, with what, and where to: letter names in ``OUT`` are relative to ``folder``."""

    folder: Path
    files: Sequence[Path]
    out: Path
    settings: Settings
    workers: int
    limit: int


def tag(job: Job, told: Callable[[Tally], None]) -> Tally:
    """Write suggestions for each file of a job; ``told`` hears of each row that is done.

    Raises:
        OutputError: the output cannot be written.
        AssistantError: model, catalogue or organisation cannot be used.
    """
    part = job.out.with_name(f"{job.out.name}.part")
    tally = Tally()
    try:
        done = _take_up(part, job, tally)
        told(tally)
        with part.open("a", encoding="utf-8", newline="\n") as stream:
            for number, line in enumerate(_lines(job, [file for file in job.files if _name(job, file) not in done]), 1):
                stream.write(line + "\n")
                tally.add(json.loads(line))
                told(tally)
                if number % SYNC_ROWS == 0:
                    _sync(stream.fileno(), stream.flush)
            _sync(stream.fileno(), stream.flush)
        part.replace(job.out)
    except OSError as error:
        raise OutputError(file=str(job.out), reason=error.strerror or str(error)) from error
    return tally


def _lines(job: Job, files: Sequence[Path]) -> Iterator[str]:
    limits = WorkLimits(seconds=job.settings.read_timeout, memory=READ_MEMORY + MODEL_MEMORY)
    texts = get_texts(job.settings.language)
    if ready_memory(job.settings) is None and has_store(job.settings.store_address):
        current_memory(job.settings, Assistant(job.settings))  # written once, before each worker reads it
    with GuardedPool(job.workers, limits, _prepare, (job.settings,)) as pool:
        waiting: deque[tuple[str, Pending[str]]] = deque()
        rest = iter(files)
        while True:
            while len(waiting) < AHEAD * job.workers and (file := next(rest, None)) is not None:
                name = _name(job, file)
                waiting.append((name, pool.submit(_tag_one, str(file), name, job.limit, file=name)))
            if not waiting:
                return
            name, pending = waiting.popleft()
            try:
                yield pending.result()
            except LetterError as error:
                yield json.dumps(error_row(name, error, texts), ensure_ascii=False)


_assistants: list[tuple[Assistant, Memory | None]] = []
"""The assistant of this worker process, with the memory of what was decided."""


def _prepare(settings: Settings) -> None:
    _assistants.append((Assistant(settings), ready_memory(settings)))


def _tag_one(file: str, name: str, limit: int) -> str:
    assistant, memory = _assistants[0]
    suggestions = assistant.suggest(read_letter(file), limit, memory=memory)
    row = suggestion_row(suggestions, assistant.catalogue, assistant.organisation)
    return json.dumps(row | {"letter": name}, ensure_ascii=False)


def _name(job: Job, file: Path) -> str:
    return file.relative_to(job.folder).as_posix()


def _take_up(part: Path, job: Job, tally: Tally) -> set[str]:
    """Return the letters that an interrupted run has done, and cut off what it left half written.

    A letter that has changed since, or a row of another model or edition, is done again.
    """
    if not part.is_file():
        return set()
    written = part.stat().st_mtime
    model = read_manifest(job.settings.model_folder).get("name")
    edition = load_catalogue(job.settings.catalogue_folder).name
    # A model that was trained again keeps its name: what the former one suggested is of no use.
    retrained = (job.settings.model_folder / MANIFEST).stat().st_mtime > written
    wanted = {_name(job, file): file for file in job.files}
    kept: list[str] = []
    done: set[str] = set()
    for line in part.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
            name = row["letter"]
            same = not row["error"] and (row["model"], row["catalogue"]) == (
                model,
                edition,
            )
        except (ValueError, KeyError, TypeError):
            continue
        if same and not retrained and name in wanted and name not in done and wanted[name].stat().st_mtime < written:
            kept.append(line)
            done.add(name)
            tally.add(row)
    tally.resumed = len(done)
    fresh = part.with_name(f"{part.name}.new")
    fresh.write_text("".join(line + "\n" for line in kept), encoding="utf-8", newline="\n")
    fresh.replace(part)
    return done


def _sync(descriptor: int, flush: Callable[[], None]) -> None:
    flush()
    os.fsync(descriptor)
