"""Prints how safe and how quick the store is: ``python benchmarks/store_safety.py [ADDRESS]``.

A program that decides without end is killed 200 times at random moments (``STORE_KILLS`` says how often); then
20,000 letters are decided and asked for. ADDRESS is a new file or an empty PostgreSQL database; without it a file in
the temporary folder is used. Seconds of work are user plus system time of this process, so that a busy machine does
not matter; a PostgreSQL server's own work is not in them.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

from markup_assistant.markup import Action, Choice, Decision, FieldRef, How, Markup, Outcome, Part
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store
from markup_assistant.store.values import Scan

DECIDING = Path(__file__).parents[1] / "tests" / "store" / "deciding.py"
KILLS = int(os.environ.get("STORE_KILLS", "200"))
LETTERS = 20_000
ONES = 50
MORNING = datetime(2026, 2, 3, 9, 30, tzinfo=UTC)
ACTION = Action("AFTALE", "Møde om tilbud", MappingProxyType({"start": FieldRef("MoedeDato"), "location": "Rådhuset"}))
CHOICES = MappingProxyType({Part.SUBJECT: Choice(How.ACCEPTED, 1), Part.FACET: Choice(How.PICKED, 2)})
OPENING = """
import os, sys
import sqlalchemy, sqlalchemy.dialects.sqlite
def used(): return sum(os.times()[:2])
at = used()
from markup_assistant.store.opening import open_store
loaded = used()
for _ in range(20): open_store(sys.argv[1]).close()
print((loaded - at) * 1000, (used() - loaded) * 50)
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        address = sys.argv[1] if len(sys.argv) > 1 else str(Path(folder) / "store.db")
        measure_safety(address)
        measure_speed(address)


def measure_safety(address: str) -> None:
    command = [sys.executable, str(DECIDING), "killed", address, str(KILLS), "bench"]
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    acknowledged = done.stdout.split()
    with open_store(address) as store:
        kept = {decision.id for decision in store.decisions()}
        lost, faults = set(acknowledged) - kept, store.check()
    seconds = time.perf_counter() - began
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged: {len(lost)} lost, {len(faults)} faults ({seconds:.0f} s)")
    assert not lost
    assert not faults


def measure_speed(address: str) -> None:
    with open_store(address) as store:
        made = [decision(f"breve/afdeling-{number % 90}/brev-{number}.docx") for number in range(LETTERS)]
        scans = [scan(one.letter) for one in made]
        show(f"add {LETTERS} at once", lambda: store.add(*made))
        show(f"keep {LETTERS} scans", lambda: store.keep_scans(scans))
        show("all heads", store.all_heads)
        show("since 0", lambda: store.since(0))
        mark = store.mark()
        show("since the last mark", lambda: store.since(mark), ONES)
        show("scans", store.scans)
        show("heads of one letter", lambda: store.heads(made[7].letter), ONES)
        show("add one", lambda: store.add(decision("breve/nyt.docx")), ONES)
        show("check", store.check)
        show("forget one", lambda: store.forget(made[7].letter))
        measure_backup(store)
    if "://" not in address:
        said = subprocess.run([sys.executable, "-c", OPENING, address], stdout=subprocess.PIPE, check=True, text=True)
        loading, opening = map(float, said.stdout.split())
        print(f"{'load the room, SQLAlchemy loaded':32} {loading:8.1f} ms of work")
        print(f"{'open a store that is up to date':32} {opening:8.1f} ms of work")


def measure_backup(store: Store) -> None:
    with tempfile.TemporaryDirectory() as folder:
        show("backup", lambda: store.backup(Path(folder) / "copy.db"))


def show(name: str, work: Callable[[], object], times: int = 1) -> None:
    before, began = sum(os.times()[:2]), time.perf_counter()
    for _ in range(times):
        work()
    seconds, used = (time.perf_counter() - began) / times, (sum(os.times()[:2]) - before) / times
    print(f"{name:32} {used * 1000:8.1f} ms of work, {seconds * 1000:8.1f} ms by the clock")


def decision(letter: str) -> Decision:
    return Decision(
        id=str(uuid4()),
        letter=letter,
        content=uuid4().hex * 2,
        outcome=Outcome.MARKED,
        person="Mette Prøvesen",
        at=MORNING + timedelta(seconds=len(letter)),
        markup=Markup("27.36.04", "G01", (ACTION,), "pladsanvisningen"),
        choices=CHOICES,
        seconds=8.0,
        model="default-2026-02",
        catalogue="KLE 2026-02",
    )


def scan(letter: str) -> Scan:
    return Scan(letter, f"/drev/{letter}", 20_000, 1_769_000_000_000_000_000, uuid4().hex * 2, sketch=bytes(512))


if __name__ == "__main__":
    main()
