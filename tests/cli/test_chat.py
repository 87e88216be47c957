"""``chat --plain``: the whole review by standard input and output, in a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from markup_assistant.markup import How, Outcome, Part
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.opening import open_store

Chat = Callable[..., tuple[int, str, str]]


@pytest.fixture
def letters(home: Path) -> Path:
    """A folder with the eight sample letters."""
    return Path(shutil.copytree(shipped_folder("data") / "samples", home / "breve"))


@pytest.fixture
def store(home: Path) -> Path:
    """The store that the settings name."""
    (home / "markup.yaml").write_text("store: afgørelser.db\nperson: Mette Prøve\nblind_percent: 0\n", encoding="utf-8")
    return home / "afgørelser.db"


@pytest.fixture
def chat(home: Path, store: Path) -> Chat:
    """Hold a conversation with lines typed in advance, and return exit code, output and errors."""

    def hold(folder: Path, *lines: str, options: tuple[str, ...] = (), encoding: str = "utf-8") -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "markup_assistant", *options, "chat", str(folder), "--plain"],
            input="".join(f"{line}\n" for line in lines).encode(encoding),
            capture_output=True,
            check=False,
            cwd=home,
            env=os.environ.copy(),
            timeout=60,
        )
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    return hold


def test_a_whole_review_by_typing(chat: Chat, letters: Path, store: Path) -> None:
    """The lines accept, pick, search, correct, look at the message, take back, and stop."""
    code, out, err = chat(
        letters,
        "",  # accept the decision about extra expenses
        "vis som MeMo",
        "2",  # pick another subject for the parking licence
        "facet K02",
        "",
        "merudgifter voksne",
        "1",
        "ja",
        "fortryd",
        "hvor langt er jeg",
        "stop",
    )
    assert (code, err) == (0, "")
    assert "Traceback" not in out
    assert "Brev 1 af 8: breve/afgoerelse-merudgifter.rtf" in out
    assert "<kle:subjectKey>05.09.02</kle:subjectKey>" in out
    assert "1: 32.18.08" in out
    assert "Fortrudt" in out
    assert "2 af 8 breve er afgjort" in out
    assert "Tak for i dag" in out
    assert "\x1b" not in out
    with open_store(store) as opened:
        heads = {name.rpartition("/")[2]: found[-1] for name, found in opened.all_heads().items()}
    first, second = heads["afgoerelse-merudgifter.rtf"], heads["beboerlicens-udloeber.odt"]
    assert (first.markup.subject, first.person, first.choices[Part.SUBJECT].how) == (
        "32.18.08",
        "Mette Prøve",
        How.ACCEPTED,
    )
    assert (second.choices[Part.SUBJECT].how, second.choices[Part.SUBJECT].rank) == (How.PICKED, 2)
    assert (second.markup.facet, second.choices[Part.FACET].how) == ("K02", How.TYPED)
    assert heads["manglende-betaling.html"].outcome is Outcome.WITHDRAWN


def test_all_sample_letters_are_accepted_with_nothing_but_enter(chat: Chat, letters: Path, store: Path) -> None:
    code, out, err = chat(letters, *[""] * 8)
    assert (code, err) == (0, "")
    assert "ikke flere breve" in out
    with open_store(store) as opened:
        assert len(opened.all_heads()) == 8


def test_the_end_of_the_input_ends_the_review_and_loses_nothing(chat: Chat, letters: Path, store: Path) -> None:
    code, out, _ = chat(letters, "")
    assert code == 0
    assert out.endswith("\n")
    code, out, _ = chat(letters)
    assert code == 0
    assert "Brev 1 af 7: breve/beboerlicens-udloeber.odt" in out
    with open_store(store) as opened:
        assert len(opened.all_heads()) == 1


def test_a_broken_file_among_the_letters_is_a_message(chat: Chat, letters: Path, store: Path) -> None:
    (letters / "b-defekt.docx").write_bytes(b"PK\x03\x04 no archive at all")
    (letters / "a-gammelt.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    code, out, err = chat(letters, *[""] * 10)
    assert (code, err) == (0, "")
    assert "Fejl:" in out
    assert "b-defekt.docx" in out
    assert "a-gammelt.doc" in out
    assert "Traceback" not in out
    with open_store(store) as opened:
        assert len(opened.all_heads()) == 8


def test_an_empty_folder_is_said_to_be_so(chat: Chat, home: Path) -> None:
    (home / "tom").mkdir()
    code, out, err = chat(home / "tom", "")
    assert (code, err) == (0, "")
    assert "ingen breve" in out


def test_a_folder_that_is_not_there_is_an_error_with_a_sentence(chat: Chat, home: Path) -> None:
    code, out, err = chat(home / "findes-ikke", "")
    assert (code, out) == (1, "")
    assert "findes-ikke" in err
    assert "Traceback" not in err


def test_what_is_shown_has_no_cpr_number(chat: Chat, letters: Path) -> None:
    (letters / "0 010203-0000 Bo.txt").write_text("Kære Bo, CPR 010203-0000\n\nDin beboerlicens udløber.\n", "utf-8")
    _, out, _ = chat(letters, "vis brevet", "", "hvem besluttede", "vis som MeMo")
    assert "beboerlicens" in out
    assert "010203" not in out
    assert "150645" not in out


def test_the_conversation_is_held_in_english_where_that_is_chosen(chat: Chat, letters: Path) -> None:
    code, out, _ = chat(letters, "why?", "undo", "yes", "stop", options=("--language", "en"))
    assert code == 0
    assert "Letter 1 of 8" in out
    assert "Saved:" in out
    assert "That is it for today" in out


def test_lines_that_are_no_words_at_all_are_answered(chat: Chat, letters: Path, store: Path) -> None:
    code, out, err = chat(letters, "%&/()=", "x" * 100_000, "\x00\x1b[2J", "æøå 🙂", "stop")
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    with open_store(store) as opened:
        assert opened.all_heads() == {}


def test_input_that_is_not_utf_8_does_not_end_the_review(chat: Chat, letters: Path) -> None:
    code, out, _ = chat(letters, "næste", "stop", encoding="latin-1")
    assert "Traceback" not in out
    assert code == 0
    assert "Tak for i dag" in out
