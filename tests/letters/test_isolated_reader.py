"""Functions of the standard library stand for readers that go wrong: the other process can import them."""

import re
import sys
from functools import partial
from operator import mul
from pathlib import Path
from typing import Any

import pytest

from markup_assistant.errors import FileMissingError, FormatUnknownError, ReaderStoppedError
from markup_assistant.letters.isolated_reader import IsolatedReader
from markup_assistant.letters.read import read_letter
from markup_assistant.letters.worker import WorkLimits

pytestmark = pytest.mark.timeout(60)


def test_letters_and_their_errors_come_back_from_the_other_process(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("Kære «Navn»", encoding="utf-8")
    (tmp_path / "data.txt").write_bytes(bytes(range(32)) * 9)
    with IsolatedReader() as reader:
        letter = reader.read(tmp_path / "brev.txt")
        assert letter == read_letter(tmp_path / "brev.txt")
        with pytest.raises(FileMissingError):
            reader.read(tmp_path / "væk.txt")
        with pytest.raises(FormatUnknownError) as caught:
            reader.read(str(tmp_path / "data.txt"))
        assert caught.value.facts["file"] == (tmp_path / "data.txt").as_posix()
        assert reader.read(tmp_path / "brev.txt") == letter


def test_a_letter_is_read_while_its_asker_does_something_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kære Alma", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Kære Bo", encoding="utf-8")
    with IsolatedReader() as reader:
        reader.begin(tmp_path / "a.txt")
        assert reader.read(tmp_path / "a.txt").text == "Kære Alma"
        reader.begin(tmp_path / "a.txt")
        assert reader.read(tmp_path / "b.txt").text == "Kære Bo", "an asker may change its mind"


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        # A pattern that backtracks holds the interpreter's lock, so nothing in its own process could stop it.
        (partial(re.fullmatch, "(a+)+b"), "0.5 s"),
        pytest.param(
            partial(mul, 900_000_000),
            "100 MB",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process"),
        ),
        (int, "ValueError"),
    ],
)
def test_a_reader_that_goes_wrong_costs_its_own_letter_alone(function: Any, reason: str) -> None:
    with IsolatedReader(WorkLimits(seconds=0.5, memory=100_000_000), function) as reader:
        for _ in range(2):
            with pytest.raises(ReaderStoppedError) as caught:
                reader.read("a" * 60)
            assert caught.value.facts["reason"] == reason
            assert caught.value.facts["file"] == "a" * 60


def test_a_process_that_died_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kære Alma", encoding="utf-8")
    with IsolatedReader() as reader:
        assert reader.read(tmp_path / "a.txt").text == "Kære Alma"
        process = reader._pool._running[0].process
        process.kill()
        process.join()
        assert reader.read(tmp_path / "a.txt").text == "Kære Alma"
