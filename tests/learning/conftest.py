"""A small world to train in: real KLE numbers, invented letters, seconds rather than minutes."""

import shutil
from collections.abc import Callable

import pytest

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.shipped import shipped_folder

GROUPS = ("05.09", "27.60", "28.09", "32.18")


@pytest.fixture(scope="session")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("kle")
    shipped = shipped_folder("kle_catalogue")
    for name in ("edition.toml", "facets.csv", "laws.csv"):
        shutil.copy(shipped / name, folder / name)
    wanted: dict[str, Callable[[str], bool]] = {
        "main_groups.csv": lambda number: number in {group[:2] for group in GROUPS},
        "groups.csv": lambda number: number in GROUPS,
        "subjects.csv": lambda number: number[:5] in GROUPS,
        "terms.csv": lambda number: number[:5] in GROUPS,
    }
    for name, keep in wanted.items():
        header, *lines = (shipped / name).read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if keep(line.split(";")[0])]
        (folder / name).write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    return load_catalogue(folder)


@pytest.fixture(scope="session")
def small_letters() -> tuple[LabelledLetter, ...]:
    letters = load_corpus(shipped_folder("data") / "letters")
    return tuple(letter for letter in letters if letter.subject[:5] in GROUPS or not letter.subject)
