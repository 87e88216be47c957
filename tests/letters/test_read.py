import os
import pickle
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.letters.invariants import assert_sound

from markup_assistant.errors import (
    AssistantError,
    FileMissingError,
    FileUnreadableError,
    FolderGivenError,
    TooLargeError,
)
from markup_assistant.letters.detect import SUFFIXES
from markup_assistant.letters.letter import FieldKind
from markup_assistant.letters.read import read_bytes, read_letter

FILES = Path(__file__).parent / "files"

STARTS = (
    b"",
    b"%PDF-1.4\n",
    b"{\\rtf1 ",
    b"<html>",
    b"PK\x03\x04",
    b"\xff\xfe",
    b"Subject: a\nTo: b\nFrom: c\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
PIECES = st.sampled_from(
    [
        b"{",
        b"}",
        b"\\par ",
        b"\\u230?",
        b"\\'e6",
        b"{\\field{\\*\\fldinst MERGEFIELD A}{\\fldrslt ",
        b"{\\header x}",
        b"{\\footnote y}",
        b"\\cell ",
        b"<p>",
        b"</p>",
        b"<li>",
        b"<a href=x>",
        b"</a>",
        b"<br>",
        b"<pre>",
        b"&aelig;",
        b"\n",
        b"\r\n",
        b"\n\n",
        b"  ",
        b"# A",
        b"===",
        b"- a",
        b"[a](b)",
        b"{{x}}",
        b"____",
        "æ\u0301".encode(),
        b"\xe6",
        b"Content-Type: text/html\n",
        b"Content-Type: multipart/mixed; boundary=a\n",
        b"--a\n",
        b"CAPS LOCK",
        b"\x00",
    ],
)


def check(data: bytes, name: str) -> None:
    try:
        letter = read_bytes(data, name)
    except AssistantError as error:
        named, said = error.facts["file"], str(error)
    else:
        assert_sound(letter)
        assert pickle.loads(pickle.dumps(letter)) == letter  # noqa: S301  # the letter crosses process borders
        named, said = letter.name, letter.name
    assert named == name
    assert name in said


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(SUFFIXES))
def test_any_bytes_are_a_letter_or_a_named_error(start: bytes, rest: bytes, suffix: str) -> None:
    check(start + rest, f"brev{suffix}")


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(STARTS), st.lists(PIECES, max_size=30), st.sampled_from(SUFFIXES))
def test_any_mixture_of_markup_is_a_letter_or_a_named_error(start: bytes, pieces: list[bytes], suffix: str) -> None:
    check(start + b"".join(pieces), f"brev{suffix}")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_real_files_with_bytes_changed_or_cut_are_a_letter_or_a_named_error(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES.glob("boernehave.*"))))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(content[: data.draw(st.integers(0, len(content)))]), path.name)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "væk.docx", tmp_path / "væk" / "a.txt", "a\x00b"):
        with pytest.raises(FileMissingError):
            read_letter(path)
    with pytest.raises(FolderGivenError):
        read_letter(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rør.txt")
    with pytest.raises(FileUnreadableError):
        read_letter(tmp_path / "rør.txt")


@pytest.mark.timeout(10)
def test_three_hundred_megabytes_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(TooLargeError) as caught:
        read_letter(path)
    assert "50 MB" in caught.value.what()


def test_a_letter_is_called_what_the_caller_called_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mappe").mkdir()
    Path("mappe/brev.txt").write_text("Kære «Navn»", encoding="utf-8")
    assert read_letter("mappe/brev.txt").name == "mappe/brev.txt"
    assert read_letter(Path("mappe") / "brev.txt").is_template


def test_a_placeholder_that_is_a_field_already_is_not_found_twice() -> None:
    letter = read_bytes(
        b"{\\rtf1 {\\field{\\*\\fldinst MERGEFIELD Navn}{\\fldrslt {\\'abNavn\\'bb}}} og [dato] "
        b'{\\field{\\*\\fldinst IF 1 = 1 "indtil [slut]" ""}{\\fldrslt x}}}',
        "a.rtf",
    )
    assert [(field.name, field.kind) for field in letter.fields] == [
        ("Navn", FieldKind.MERGE),
        ("dato", FieldKind.PLACEHOLDER),
        ("1", FieldKind.CONDITION),
        ("slut", FieldKind.PLACEHOLDER),
    ]


def test_a_pdf_whose_stream_unpacks_to_hundreds_of_megabytes_is_no_harm() -> None:
    packed = zlib.compress(b" " * 100_000_000, 9)
    data = (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>> endobj\n"
        b"4 0 obj <</Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">> stream\n"
        + packed
        + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n"
    )
    check(data, "bombe.pdf")


def test_reading_a_text_loads_no_parser_of_another_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kære du", encoding="utf-8")
    program = (
        "import sys; from markup_assistant.letters.read import read_letter; read_letter('a.txt'); "
        "print(sorted({'lxml', 'numpy', 'pypdfium2', 'email', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
