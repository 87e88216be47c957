"""Nothing acknowledged is lost: not when a program is killed, not when two decide at once."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.store import deciding

from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store

KILLS = int(os.environ.get("STORE_KILLS", "60" if deciding.WARM else "5"))
"""``benchmarks/store_safety.py`` does more."""


def start(what: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, deciding.__file__, what, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> list[str]:
    said, errors = process.communicate("!", timeout=110)
    assert process.returncode == 0, errors
    return said.split()


def assert_whole(store: Store, acknowledged: list[str]) -> None:
    kept = list(store.decisions())
    ids = [one.id for one in kept]
    assert len(set(ids)) == len(ids)
    assert set(acknowledged) - set(ids) == set(), "acknowledged and lost"
    for batch, number in Counter(one.model for one in kept).items():
        assert number == int(batch.rpartition("/")[2]), "half of what was to be kept together"
    assert store.check() == ()


def test_nothing_acknowledged_is_lost_when_a_program_is_killed_at_any_moment(address: str) -> None:
    open_store(address).close()
    acknowledged = finish(start("killed", address, KILLS, "1"))
    assert len(acknowledged) > KILLS
    with open_store(address) as store:
        assert_whole(store, acknowledged)
        if "://" not in address:
            # Each saw all that was there. (A server may finish a commit after its client was killed.)
            assert {len(heads) for heads in store.all_heads().values()} == {1}


def test_a_program_killed_while_the_store_is_made_leaves_one_that_can_be_used(tmp_path: Path) -> None:
    acknowledged = set(finish(start("killed", tmp_path / "{}.db", KILLS // 3, "2")))
    kept: set[str] = set()
    for number in range(KILLS // 3):
        with open_store(tmp_path / f"{number}.db") as store:
            assert_whole(store, [])
            kept |= {one.id for one in store.decisions()}
    assert acknowledged - kept == set()


def test_two_programs_that_decide_at_once_lose_nothing_of_each_other(address: str) -> None:
    """Each decides 1,000 letters, 200 of them the same as the other's."""
    running = [start("letters", address, "Mette", 0, 1000), start("letters", address, "Ali", 800, 1000)]
    for process in running:
        assert process.stdin
        process.stdin.write("!")
        process.stdin.flush()
    acknowledged = [identity for process in running for identity in finish(process)]
    assert len(acknowledged) == 2000
    with open_store(address) as store:
        assert {one.id for one in store.decisions()} == set(acknowledged)
        heads = store.all_heads()
        assert len(heads) == 1800
        both = {letter for letter, some in heads.items() if {one.person for one in some} == {"Mette", "Ali"}}
        assert both == {f"{number}.docx" for number in range(800, 1000)}
        assert store.check() == ()
