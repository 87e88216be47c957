"""Programs that decide letters, to be run beside each other, and to be killed: ``python deciding.py WHAT ADDRESS …``.

``letters ADDRESS PERSON FIRST COUNT`` decides that many letters from a number on, when a byte comes in.
``endless ADDRESS SEED`` decides until it is killed.
``killed ADDRESS ROUNDS SEED`` starts and kills so many endless ones at random moments; ``{}`` in the address is the
number of the round.
Each prints the id of a decision when the store has acknowledged it.
"""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from itertools import count
from uuid import UUID

from markup_assistant.markup import Decision, Markup, Outcome
from markup_assistant.store.address import read_address
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store

LETTERS = 20
WARM = hasattr(os, "fork")


def made(letter: str, person: str, chance: random.Random, **more: object) -> Decision:
    identity = str(UUID(int=chance.getrandbits(128), version=4))
    markup = Markup(f"27.36.{chance.randrange(20):02}", "G01")
    values = {"content": "", "outcome": Outcome.MARKED, "person": person, "at": datetime.now(UTC), "markup": markup}
    return Decision(identity, letter, **(values | more))  # type: ignore[arg-type]  # values of a decision, by name


def decide_letters(address: str, person: str, first: int, number: int) -> None:
    """Decide letters without looking at what others decide."""
    sys.stdin.buffer.read(1)
    chance = random.Random()  # noqa: S311 - no secret
    with open_store(address, busy_seconds=60) as store:
        for name in range(first, first + number):
            one = made(f"{name}.docx", person, chance)
            store.add(one)
            print(one.id)  # noqa: T201 - heard by the test


def decide_endlessly(address: str, seed: str, output: int) -> None:
    """Decide a few letters again and again, several at once; the model says how many belong together."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    with open_store(address) as store:
        for turn in count():
            some = list(together(store, f"{seed}.{turn}", chance))
            store.add(*some)
            os.write(output, "".join(f"{one.id}\n" for one in some).encode())


def together(store: Store, batch: str, chance: random.Random) -> list[Decision]:
    names = chance.sample(range(LETTERS), chance.randint(1, 4))
    return [
        made(
            f"{name}.docx",
            "Mette Prøvesen",
            chance,
            model=f"{batch}/{len(names)}",
            supersedes=tuple(head.id for head in store.heads(f"{name}.docx")),
        )
        for name in names
    ]


def kill_many(address: str, rounds: int, seed: str) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    if WARM:  # what takes long to load is there when a child starts, so that most are killed at work
        read_address(address).url.get_dialect().import_dbapi()
        import_module("alembic.command")
    for turn in range(rounds):
        kill_one(address.format(turn), f"{seed}.{turn}", chance.uniform(0, 0.12))


def kill_one(address: str, seed: str, seconds: float) -> None:
    if not WARM:  # a new interpreter each time, which takes longer to get to work
        command = [sys.executable, __file__, "endless", address, seed]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        time.sleep(1 + seconds)
        process.kill()
        tell(process.communicate()[0])
        return
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            decide_endlessly(address, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        tell(pipe.read())
    _, status = os.waitpid(child, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        sys.exit("it ended before it was killed")


def tell(said: bytes) -> None:
    """Print what was acknowledged: whole lines only."""
    sys.stdout.buffer.write(said[: said.rfind(b"\n") + 1])


if __name__ == "__main__":
    what, place, *more = sys.argv[1:]
    if what == "letters":
        decide_letters(place, more[0], int(more[1]), int(more[2]))
    elif what == "endless":
        decide_endlessly(place, more[0], sys.stdout.fileno())
    else:
        kill_many(place, int(more[0]), more[1])
