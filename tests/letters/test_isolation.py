"""Functions of the standard library stand for readers that go wrong: a worker can import them."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from markup_assistant.errors import FileMissingError, ReaderStoppedError
from markup_assistant.letters.isolation import GuardedPool
from markup_assistant.letters.read import read_letter
from markup_assistant.letters.worker import WorkLimits

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module")
def pool() -> Iterator[GuardedPool]:
    with GuardedPool(1, WorkLimits(seconds=0.5, memory=100_000_000)) as pool:
        yield pool


def stopped(pool: GuardedPool, function: object, *args: object) -> ReaderStoppedError:
    with pytest.raises(ReaderStoppedError) as caught:
        pool.run(function, *args, file="mappe/ond.docx")  # type: ignore[arg-type]  # any function of any arguments
    assert "mappe/ond.docx" in caught.value.what()
    assert pool.run(abs, -2, file="næste.docx") == 2, "the next file goes on"
    return caught.value


def test_a_reader_that_sleeps_is_stopped(pool: GuardedPool) -> None:
    assert stopped(pool, time.sleep, 30).facts["reason"] == "0.5 s"


def test_a_reader_that_computes_without_end_is_stopped(pool: GuardedPool) -> None:
    # A pattern that backtracks holds the interpreter's lock, so nothing in its own process could stop it.
    assert stopped(pool, re.fullmatch, "(a+)+b", "a" * 50).facts["reason"] == "0.5 s"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
@pytest.mark.parametrize(("function", "argument"), [(bytearray, 400_000_000), (list, range(100_000_000))])
def test_a_reader_that_fills_the_memory_is_stopped(pool: GuardedPool, function: object, argument: object) -> None:
    assert stopped(pool, function, argument).facts["reason"] == "100 MB"


@pytest.mark.skipif(sys.platform == "win32", reason="signals end no process there")
def test_a_reader_that_crashes_is_replaced(pool: GuardedPool) -> None:
    assert stopped(pool, signal.raise_signal, signal.SIGSEGV).facts["reason"] == "SIGSEGV"
    assert stopped(pool, os._exit, 3).facts["reason"] == "3"


def test_a_failure_without_a_name_costs_its_own_file(pool: GuardedPool) -> None:
    assert stopped(pool, int, "x").facts["reason"] == "ValueError"
    assert stopped(pool, open, os.devnull).facts["reason"] == "TypeError"  # a result that cannot be handed back


def test_calls_come_back_in_the_order_in_which_they_are_asked_for() -> None:
    with GuardedPool(2, WorkLimits(seconds=5)) as pool:
        assert [call.result() for call in [pool.submit(abs, -n, file="a") for n in range(20)]] == list(range(20))


def test_what_a_worker_cannot_prepare_every_call_says() -> None:
    with (
        GuardedPool(1, initializer=read_letter, initargs=("væk/model.txt",)) as pool,
        pytest.raises(FileMissingError),
    ):
        pool.run(abs, 1, file="a.docx")


def test_workers_that_die_while_they_start_are_not_waited_for_without_end() -> None:
    with GuardedPool(1, initializer=os._exit, initargs=(3,)) as pool, pytest.raises(ReaderStoppedError):
        pool.run(abs, 1, file="a.docx")


def test_workers_that_are_killed_again_and_again_lose_their_own_calls_alone() -> None:
    """A worker that dies with a lock in its hand once made every other wait for ever."""
    with GuardedPool(2, WorkLimits(seconds=5)) as pool:
        functions: list[Any] = [os._exit if n % 5 == 0 else abs for n in range(1, 41)]
        calls = [pool.submit(function, -n, file=f"{n}") for n, function in enumerate(functions, 1)]
        lost = 0
        for number, call in enumerate(calls, 1):
            try:
                assert call.result() == number
            except ReaderStoppedError:
                lost += 1
        assert lost == 8
