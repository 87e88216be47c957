from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.letters.masking import find_cpr
from markup_assistant.letters.naming import letter_key

CONTENT = "0123456789abcdef" * 4
Mac, Windows = PurePosixPath, PureWindowsPath


@pytest.mark.parametrize(
    ("path", "root"),
    [
        (Windows(r"N:\Breve\Bolig\støtte.docx"), Windows("N:\\Breve")),
        (Windows(r"n:\breve\Bolig\støtte.docx"), Windows("N:/Breve/")),
        (Windows(r"\\SRV01\Fælles\Breve\Bolig\støtte.docx"), Windows(r"\\srv01\fælles\breve")),
        (Windows(r"\\?\UNC\SRV01\Fælles\Bolig\støtte.docx"), Windows(r"\\srv01\fælles")),
        (Windows(r"\\?\N:\Breve\Bolig\støtte.docx"), Windows(r"N:\Breve")),
        (Windows(r"N:\Bolig\støtte.docx"), Windows("N:")),
        (Mac("/Volumes/Faelles/Bolig/støtte.docx"), Mac("/Volumes/Faelles")),
        (Mac("/mnt/faelles/../faelles/./Bolig//støtte.docx"), Mac("/mnt/faelles")),
    ],
)
def test_a_letter_has_one_name_wherever_the_drive_is_mounted(path: PurePath, root: PurePath) -> None:
    assert letter_key(path, root, CONTENT) == "Bolig/støtte.docx"


def test_a_name_that_a_mac_takes_apart_is_the_same_name() -> None:
    apart, whole = "A\u030arsopg\u00f8relse/bru\u0308cke.docx", "\u00c5rsopg\u00f8relse/br\u00fccke.docx"
    assert letter_key(Mac("/breve") / apart, Mac("/breve"), CONTENT) == whole
    assert letter_key(Windows("C:/breve") / whole, Windows("C:/breve"), CONTENT) == whole
    # The folder of the settings may be written the other way.
    assert letter_key(Mac("/A\u030ar/x.docx"), Mac("/\u00c5r"), CONTENT) == "x.docx"


@pytest.mark.parametrize(
    ("path", "root", "key"),
    [
        (Mac("/hjem/breve/x.docx"), None, "/hjem/breve/x.docx"),
        (Mac("/hjem/breve/x.docx"), Mac("/hjem/brev"), "/hjem/breve/x.docx"),
        (Mac("/hjem/Breve/x.docx"), Mac("/hjem/breve"), "/hjem/Breve/x.docx"),
        (Windows(r"c:\Breve\x.docx"), None, "C:/Breve/x.docx"),
        (Windows(r"c:\Breve\x.docx"), Windows("D:/Breve"), "C:/Breve/x.docx"),
        (Windows(r"\\SRV\Fælles\Breve\x.docx"), Windows("N:/"), "//srv/fælles/Breve/x.docx"),
    ],
)
def test_a_letter_elsewhere_has_its_whole_path(path: PurePath, root: PurePath | None, key: str) -> None:
    assert letter_key(path, root, CONTENT) == key


def test_a_path_as_typed_names_the_same_letter_as_the_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert letter_key(Path("a/x.txt"), None, CONTENT) == letter_key(tmp_path / "a" / "x.txt", None, CONTENT)
    assert letter_key(Path("a/x.txt"), Path(), CONTENT) == "a/x.txt"


def test_two_letters_named_by_personal_numbers_stay_apart_without_them() -> None:
    root = Mac("/breve")
    first = letter_key(root / "afgørelse 010203-0000.docx", root, "a" * 64)
    second = letter_key(root / "afgørelse 310299-0000.docx", root, "b" * 64)
    assert first == "afgørelse ••••••-••••.docx#aaaaaaaa"
    assert second == "afgørelse ••••••-••••.docx#bbbbbbbb"


def test_a_personal_number_above_the_folder_says_nothing() -> None:
    assert letter_key(Mac("/sager/010203-0000/x.docx"), Mac("/sager/010203-0000"), CONTENT) == "x.docx"


def test_an_old_file_name_that_is_no_text_can_still_be_kept() -> None:
    key = letter_key(Mac("/breve/r\udcf8d.doc"), Mac("/breve"), CONTENT)
    assert key.encode()
    assert key != letter_key(Mac("/breve/r\udce5d.doc"), Mac("/breve"), CONTENT)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4))
def test_any_name_is_one_that_can_be_stored(steps: list[str]) -> None:
    root = Mac("/breve")
    key = letter_key(root.joinpath(*[step.replace("/", "_") for step in steps]), root, CONTENT)
    assert key.encode()
    assert not find_cpr(key)
