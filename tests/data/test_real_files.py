"""Letters of the corpus as LibreOffice saved them read as they were written."""

import re
from collections import Counter
from pathlib import Path

import pytest

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.letters.read import read_letter
from markup_assistant.shipped import shipped_folder

FILES = sorted((shipped_folder("data") / "files").iterdir())


@pytest.fixture(scope="module")
def letters() -> dict[str, LabelledLetter]:
    return {letter.id: letter for letter in load_corpus(shipped_folder("data") / "letters")}


def test_there_are_at_least_eighty_in_six_formats() -> None:
    formats = Counter(file.suffix for file in FILES)
    assert sum(formats.values()) >= 80
    assert set(formats) == {".docx", ".dotx", ".odt", ".pdf", ".rtf", ".html"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_reads_as_its_letter(file: Path, letters: dict[str, LabelledLetter]) -> None:
    written = letters[file.stem].letter
    read = read_letter(file)
    fields = re.compile("|".join(re.escape(written.text[f.start : f.end]) for f in written.fields) or r"(?!)")
    wanted = Counter(re.findall(r"\w+", fields.sub(" ", written.text)))
    found = Counter(re.findall(r"\w+", read.text))
    missing = wanted - found
    assert sum(missing.values()) <= 0.03 * sum(wanted.values()), missing
    if file.suffix in (".docx", ".dotx", ".odt"):
        assert {field.name for field in written.fields} <= {field.name for field in read.fields}
