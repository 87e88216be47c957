"""The digest of what a model was trained on, which ties a shipped model to the data beside it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from markup_assistant.learning.corpus import LabelledLetter, corpus_files

CATALOGUE_FILES = (
    "edition.toml",
    "main_groups.csv",
    "groups.csv",
    "subjects.csv",
    "facets.csv",
    "terms.csv",
    "laws.csv",
)


def data_digest(catalogue: Path, letters: Path) -> str:
    """Return the SHA-256 of a catalogue's files and of the labelled letters, names and contents, line ends aside."""
    digest = hashlib.sha256()
    files = [(name, catalogue / name) for name in CATALOGUE_FILES]
    files += [(file.relative_to(letters).as_posix(), file) for file in corpus_files(letters)]
    for name, file in files:
        if file.is_file():
            # A checkout on Windows may have other line ends than the one that trained the model.
            content = file.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name}\n{len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def with_letters(digest: str, letters: Iterable[LabelledLetter], weights: dict[str, float]) -> str:
    """Return the SHA-256 of a digest and of letters with their subjects and weights, in whatever order they stand."""
    whole = hashlib.sha256(digest.encode())
    for line in sorted(
        f"{letter.id} {letter.letter_type} {letter.subject} {weights[letter.id]} "
        + hashlib.sha256(letter.letter.text.encode("utf-8", "surrogatepass")).hexdigest()
        for letter in letters
    ):
        whole.update(f"{line}\n".encode())
    return whole.hexdigest()
