"""A small world to train in: real KLE numbers, invented letters, seconds rather than minutes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.learning.small_world import GROUPS, make_catalogue, make_corpus, world_settings

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.settings import Settings
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store


@pytest.fixture(scope="session")
def small_catalogue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kle")
    make_catalogue(folder)
    return folder


@pytest.fixture(scope="session")
def small_catalogue(small_catalogue_folder: Path) -> Catalogue:
    return load_catalogue(small_catalogue_folder)


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("breve")
    make_corpus(folder, GROUPS, left_alone=100)
    return folder


@pytest.fixture(scope="session")
def small_letters(small_corpus: Path) -> tuple[LabelledLetter, ...]:
    return load_corpus(small_corpus)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A folder with a catalogue of a few groups, in which a store and models can be made."""
    make_catalogue(tmp_path / "kle")
    return tmp_path


@pytest.fixture
def settings(world: Path) -> Settings:
    return world_settings(world)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings.store) as opened:
        yield opened
