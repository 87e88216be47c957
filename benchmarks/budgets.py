"""Prints what the program costs against its budgets: ``python benchmarks/budgets.py``.

Seconds are user plus system time of the process and its children, so that a busy machine does not matter; memory is
the largest resident size. Needs a system with ``os.wait4`` (Linux, macOS).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markup_assistant import Assistant
from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.search import search
from markup_assistant.learning.corpus import load_corpus
from markup_assistant.shipped import shipped_folder

PROGRAM = [sys.executable, "-m", "markup_assistant"]
REPEATS = 5
TEXT_LETTERS, OFFICE_LETTERS = 3000, 1500
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds of user and system time with children, seconds on the clock, megabytes."""

    cpu: float
    wall: float
    memory: float


def main() -> None:
    """Print one line a budget."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line has it
    print(f"{'what':<44}{'measured':>26}{'budget':>16}")
    samples = shipped_folder("data") / "samples"
    text, office = samples / "tilforordnet.txt", samples / "opfoelgning-sygedagpenge.docx"
    helped = best(["--help"])
    line("--help", f"{helped.cpu:.2f} s", "0.25 s")
    for file in (text, office):
        cost = best(["suggest", str(file)])
        line(f"suggest, cold, one {file.suffix}", f"{cost.cpu:.2f} s, {cost.memory:.0f} MB", "0.5 s, 150 MB")
    line("suggest, warm, letters of 250 to 350 words", warm(), "10 ms")
    for what, milliseconds, limit in catalogue():
        line(f"catalogue, {what}", f"{milliseconds:.0f} ms", limit)
    for file, count, budget in ((text, TEXT_LETTERS, 150), (office, OFFICE_LETTERS, 100)):
        line(f"tag, {count} {file.suffix} letters", *tagged(file, count, budget))
    model = sum(file.stat().st_size for file in (shipped_folder("models") / "default").iterdir())
    line("default model on disk", f"{model / MB:.1f} MB", "8 MB")


def line(what: str, measured: str, budget: str) -> None:
    """Print a line of the table."""
    print(f"{what:<44}{measured:>26}{budget:>16}")


def run(arguments: Sequence[str]) -> Cost:
    """Run the program once and return its cost."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([*PROGRAM, *arguments], stdout=out, stderr=out)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    size = usage.ru_maxrss / 1000 if sys.platform != "darwin" else usage.ru_maxrss / MB
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begun, size)


def best(arguments: Sequence[str]) -> Cost:
    """Return the cheapest of a few runs, the first of which warms the disk cache."""
    return min((run(arguments) for _ in range(REPEATS)), key=lambda cost: cost.cpu)


def warm() -> str:
    """Return the mean time of a suggestion on the corpus' letters, scaled to 300 words."""
    assistant = Assistant()
    corpus = load_corpus(shipped_folder("data") / "letters")
    letters = [item.letter for item in corpus if item.subject and 250 <= len(item.letter.text.split()) <= 350]
    for letter in letters:
        assistant.suggest(letter)
    begun = time.process_time()
    for letter in letters:
        assistant.suggest(letter)
    took = (time.process_time() - begun) * 1000
    return f"{took / len(letters):.1f} ms ({len(letters)} letters)"


def catalogue() -> list[tuple[str, float, str]]:
    """Return what the catalogue costs: (what, milliseconds, budget)."""
    loaded = load_catalogue(shipped_folder("kle_catalogue"))
    ready = min(spent(lambda: load_catalogue(shipped_folder("kle_catalogue"))) for _ in range(REPEATS))
    terms = spent(loaded.term_rows)
    index = spent(lambda: search(loaded, "parkering"))
    queries = ("merudgfit", "parkering", "27.3", "hjmmehjlp rngring af hjmet", "hjælp til børn og unge")
    slowest = max(min(spent(partial(search, loaded, query)) for _ in range(REPEATS)) for query in queries)
    return [
        ("ready", ready, "50 ms"),
        ("terms", terms, ""),
        ("first search, with its index", index, ""),
        ("slowest of five searches", slowest, "20 ms"),
    ]


def spent(do: Callable[[], object]) -> float:
    """Return the milliseconds of user and system time that a call takes."""
    begun = time.process_time()
    do()
    return (time.process_time() - begun) * 1000


def tagged(file: Path, count: int, budget: int) -> tuple[str, str]:
    """Tag a folder of copies of a letter; return letters a second of one core's time, and of the clock."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            shutil.copy(file, Path(folder, f"{number:05}{file.suffix}"))
        cost = run(["tag", folder, "-o", str(Path(folder, "out.jsonl"))])
    # Two cores work at once, so a second has two seconds of user and system time.
    return f"{2 * count / cost.cpu:.0f} a s, clock {count / cost.wall:.0f}", f"{budget} a s"


if __name__ == "__main__":
    main()
