"""Prints what the review screen costs against its budgets: ``python benchmarks/screen.py [--keys N] [--letters N]``.

The program runs in a terminal of its own (a pseudo-terminal of 120 columns and 40 rows), as a user starts it; what it
writes there says when the first card stands and when a key has been answered. Milliseconds of a key are until the last
of its answer is written, and user plus system time of the program until nothing more comes. Needs Linux.
"""

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from markup_assistant import Assistant
from markup_assistant.batch.folder import find_letters
from markup_assistant.letters.naming import letter_key
from markup_assistant.letters.read import read_letter
from markup_assistant.review.scan import scan_of, status_of
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.opening import open_store
from markup_assistant.store.values import Scan

PROGRAM = [sys.executable, "-m", "markup_assistant", "review"]
COLUMNS, ROWS = 120, 40
PERSON = "Måler"
CARD = b"Routingm"
"""What the last line of the card begins with; before it stands the rest."""

QUIET = 0.15
"""Seconds without output after which a key counts as answered."""

FLICKER = 120
"""Bytes up to which output is no answer: the cursor of the line blinks."""

ENTER, TAB, ESCAPE, UNDO, LEAVE = b"\r", b"\t", b"\x1b", b"\x1a", b"\x11"
READY_SECONDS, READY_RUNS = 60.0, 5
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Key:
    """What a key took: milliseconds on the clock until the last of its answer, and of user and system time."""

    clock: float
    cpu: float


class Terminal:
    """The program in a pseudo-terminal."""

    def __init__(self, folder: Path) -> None:
        self._begun = time.monotonic()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "OPENBLAS_NUM_THREADS": "1"}
            os.execv(PROGRAM[0], [*PROGRAM, str(folder)])  # noqa: S606 - our own program, in this very process
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def ready(self) -> tuple[float, float]:
        """Wait for the first card; return seconds of user and system time of all processes, and on the clock."""
        written = b""
        while CARD not in written:
            written += self._read(READY_SECONDS)
        return self.cpu_of_all(), time.monotonic() - self._begun

    def press(self, key: bytes) -> Key:
        """Press a key and wait until it is answered."""
        before, begun = self.cpu(), time.monotonic()
        os.write(self._fd, key)
        last = begun
        while some := self._read(QUIET, must=False):
            if len(some) > FLICKER or last == begun:
                last = time.monotonic()
            elif time.monotonic() - last > QUIET:
                break
        return Key((last - begun) * 1000, (self.cpu() - before) * 1000)

    def rest(self, seconds: float) -> None:
        """Let the program go on with what it does by itself."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._read(0.1, must=False)

    def cpu(self) -> float:
        """Return the user and system time of the program itself, in seconds."""
        return time.clock_gettime(((~self.pid) << 3) | 2)  # the CPU clock of another process, clock_getcpuclockid(3)

    def cpu_of_all(self) -> float:
        """The same with the processes that it has started."""
        return self.cpu() + sum(time.clock_gettime(((~child) << 3) | 2) for child in children(self.pid))

    def memory(self) -> float:
        """Return the largest resident size of the program so far and of its processes now, in megabytes."""
        own = _status(self.pid, "VmHWM")
        return (own + sum(_status(child, "VmRSS") for child in children(self.pid))) * 1024 / MB

    def leave(self) -> float:
        """Leave by Ctrl+Q; return the seconds until the program has ended."""
        begun = time.monotonic()
        os.write(self._fd, LEAVE)
        while True:
            ended, _ = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                os.close(self._fd)
                return time.monotonic() - begun
            if time.monotonic() - begun > READY_SECONDS:
                os.kill(self.pid, signal.SIGKILL)
            self._read(0.02, must=False)

    def _read(self, seconds: float, *, must: bool = True) -> bytes:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        try:
            found = os.read(self._fd, 65536) if ready else b""
        except OSError:  # the other side is closed
            found = b""
        if must and not found:
            raise TimeoutError("the program wrote nothing more")
        return found


def main() -> None:
    """Print one line a measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=100)
    parser.add_argument("--letters", type=int, default=20_000)
    chosen = parser.parse_args()
    print(f"{'what':<52}{'measured':>46}{'budget':>12}")
    with tempfile.TemporaryDirectory() as name:
        few = few_letters(Path(name, "few"))
        many = many_letters(Path(name, "many"), chosen.letters)
        measure(few, "8 letters, scans kept", chosen.keys, undo=True)
        measure(many, f"{chosen.letters} letters, never scanned", chosen.keys, undo=False)
        keep_scans(many)
        measure(many, f"{chosen.letters} letters, scans kept", chosen.keys, undo=False)


def measure(folder: Path, what: str, keys: int, *, undo: bool) -> None:
    """Print what the screen costs in a folder; ``undo`` takes each letter back, where there are few."""
    runs = [_only_ready(folder) for _ in range(READY_RUNS)]
    cpu, clock = min(cpu for cpu, _ in runs), min(clock for _, clock in runs)
    line(f"ready, {what}", f"{cpu:.2f} s, clock {clock:.2f} s", "1.2 s")
    with running(folder) as terminal:
        terminal.ready()
        terminal.rest(3.0 if "kept" in what else 6.0)
        told(f"Tab, {what}", [terminal.press(TAB) for _ in range(keys)])
        terminal.press(ESCAPE)
        told(f"digit, {what}", list(digits(terminal, keys)))
        told(f"Enter, {what}", list(entered(terminal, keys, undo=undo)))
        line(f"memory, {what}", f"{terminal.memory():.0f} MB", "")
        line(f"leaving, {what}", f"clock {terminal.leave():.2f} s", "")


def digits(terminal: Terminal, keys: int) -> Iterator[Key]:
    """Press 2 and 1 in turn; Escape between them, as two digits at once are a number."""
    for turn in range(keys):
        yield terminal.press(b"21"[turn % 2 : turn % 2 + 1])
        terminal.press(ESCAPE)


def entered(terminal: Terminal, keys: int, *, undo: bool) -> Iterator[Key]:
    """Accept letters, each after it was looked at."""
    for _ in range(keys):
        terminal.rest(0.3)
        yield terminal.press(ENTER)
        if undo:
            terminal.press(UNDO)


def told(what: str, keys: Sequence[Key]) -> None:
    """Print the median and the 95th percentile of keys."""
    parts = []
    for name, values in (("cpu", [key.cpu for key in keys]), ("clock", [key.clock for key in keys])):
        high = statistics.quantiles(values, n=20)[-1]
        parts.append(f"{name} {statistics.median(values):.0f}, 95 % {high:.0f} ms")
    line(what, "; ".join(parts), "50 ms")


def line(what: str, measured: str, budget: str) -> None:
    """Print a line of the table."""
    print(f"{what:<52}{measured:>46}{budget:>12}", flush=True)


@contextmanager
def running(folder: Path) -> Iterator[Terminal]:
    """Give the running program, and end it whatever happens."""
    terminal = Terminal(folder)
    try:
        yield terminal
    finally:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass  # it has left


def _only_ready(folder: Path) -> tuple[float, float]:
    with running(folder) as terminal:
        return terminal.ready()


def few_letters(folder: Path) -> Path:
    """Make a folder of the samples, read before."""
    shutil.copytree(shipped_folder("data") / "samples", folder)
    _settle(folder)
    keep_scans(folder)
    return folder


def many_letters(folder: Path, count: int) -> Path:
    """Make a folder of many small letters, of which nothing is known yet."""
    folder.mkdir()
    text = (shipped_folder("data") / "samples" / "tilforordnet.txt").read_text(encoding="utf-8")
    for number in range(count):
        Path(folder, f"{number:06}.txt").write_text(f"{text}\nSag {number}\n", encoding="utf-8")
    _settle(folder)
    return folder


def keep_scans(folder: Path) -> None:
    """Keep what a scan would find; letters that differ in a number alone get what the first of them has."""
    assistant = Assistant(Settings())
    with open_store(folder / "decisions.db") as store:
        store.keep_scans(_scans(folder, assistant))


def _scans(folder: Path, assistant: Assistant) -> Iterator[Scan]:
    read: dict[str, Scan] = {}
    for path in _letters(folder):
        status = status_of(path)
        kind = path.name if path.suffix != ".txt" else ".txt"
        if kind not in read:
            letter = read_letter(path)
            read[kind] = scan_of(letter, assistant.suggest(letter), path, folder, status)
        name = letter_key(path, folder, read[kind].content)
        yield replace(read[kind], letter=name, path=str(path), size=status[0], mtime_ns=status[1])


def _letters(folder: Path) -> Iterable[Path]:
    return find_letters(folder)


def _settle(folder: Path) -> None:
    """Give the folder its settings and a store in which this person has seen the tour."""
    settings = f"store: decisions.db\nperson: {PERSON}\nblind_percent: 0\n"
    Path(folder, "markup.yaml").write_text(settings, encoding="utf-8")
    with open_store(folder / "decisions.db") as store:
        store.keep_setting(f"tour_seen:{PERSON}", "yes")


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, with theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text(encoding="ascii").split()):
            found += [child, *children(child)]
    return found


def _status(pid: int, name: str) -> float:
    for row in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if row.startswith(f"{name}:"):
            return float(row.split()[1])
    return 0.0


if __name__ == "__main__":
    main()
