"""Catalogues for the tests: the shipped one, one of its titles alone, and small ones written for a test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.shipped import shipped_folder

SMALL = {
    "edition.toml": 'name = "KLE prøve"\ndate = 2026-02-01\nlabel = "Prøve"\nsource = "test"\n',
    "main_groups.csv": "number;title\n05;Veje og trafik\n27;Social service\n",
    "groups.csv": "number;title\n05.09;Parkering\n27.36;Personlig hjælp\n",
    "subjects.csv": (
        "number;title;expires\n"
        "05.09.00;Parkering i almindelighed;\n"
        "05.09.02;Parkeringslicens;\n"
        "05.09.04;Parkeringslicens, ældre ordning;2024\n"
        "05.09.06;Parkeringsanlæg;2027-06\n"
        "27.36.04;Personlig og praktisk hjælp;\n"
        "27.36.24;Madservice;\n"
    ),
    "facets.csv": "code;title;category;category_title\nG01;Generelle sager;G;Regler\nK02;Klage;K;Klager\n",
    "terms.csv": (
        "number;kind;term;lapsed\n"
        "05.09.02;term;beboerkort;\n"
        "05.09.02;heading;Din parkeringslicens er fornyet;\n"
        "27.36.04;term;hjemmehjælp;\n"
        "27.36.04;law;serviceloven § 83;2025\n"
        "27.36.24;term;mad ud af huset;\n"
        "27.36.24;abbreviation;MUH;\n"
        "99.99.99;term;fra en tidligere udgave;\n"
    ),
}


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def titles_only(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The shipped edition without our own terms."""
    folder = tmp_path_factory.mktemp("titles") / "kle"
    shutil.copytree(shipped_folder("kle_catalogue"), folder)
    (folder / "terms.csv").unlink(missing_ok=True)
    return load_catalogue(folder)


@pytest.fixture
def small_folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a small catalogue, with some of its files replaced (``None`` leaves one out)."""

    def write(**replaced: str | bytes | None) -> Path:
        folder = tmp_path / "kle"
        folder.mkdir(exist_ok=True)
        for name, text in SMALL.items():
            content = replaced.get(name.replace(".", "_"), text)
            if isinstance(content, bytes):
                (folder / name).write_bytes(content)
            elif content is not None:
                (folder / name).write_text(content, encoding="utf-8", newline="\n")
        return folder

    return write


@pytest.fixture
def small(small_folder: Callable[..., Path]) -> Catalogue:
    return load_catalogue(small_folder())
