from pathlib import Path

import numpy as np
import pytest

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.learning.train import Trained, train
from markup_assistant.learning.write import write_bundle
from markup_assistant.letters.read import read_bytes
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.laws import LawBook, load_laws
from markup_assistant.suggest.model import load_model
from markup_assistant.suggest.subjects import SubjectSuggester


@pytest.fixture(scope="module")
def laws() -> LawBook:
    return load_laws(shipped_folder("kle_catalogue"))


@pytest.fixture(scope="module")
def steps() -> list[float]:
    return []


@pytest.fixture(scope="module")
def trained(
    small_catalogue: Catalogue, small_letters: tuple[LabelledLetter, ...], laws: LawBook, steps: list[float]
) -> Trained:
    return train(small_catalogue, small_letters, laws, lambda _, share: steps.append(share))


def test_training_says_how_far_it_is(trained: Trained, steps: list[float]) -> None:
    assert steps == sorted(steps)
    assert steps[0] == 0.0
    assert steps[-1] == 1.0
    assert trained.metrics["held_out_letters"] > 10


def test_a_trained_model_knows_letters_it_has_not_seen(trained: Trained, laws: LawBook, tmp_path: Path) -> None:
    write_bundle(tmp_path / "model", trained.arrays, {"name": "test", "edition": "KLE 2026-02"})
    suggester = SubjectSuggester(load_model(tmp_path / "model"), laws)
    letter = read_bytes("Du får støtte til køb af bil, fordi du ikke kan gå langt.".encode(), ".txt")
    assert suggester.suggest(letter).subjects[0].value == "27.60.20"


def test_the_same_data_make_the_same_model(
    trained: Trained, small_catalogue: Catalogue, small_letters: tuple[LabelledLetter, ...], laws: LawBook
) -> None:
    again = train(small_catalogue, small_letters, laws, lambda *_: None)
    for name, arrays in trained.arrays.items():
        for key, array in arrays.items():
            assert np.array_equal(array, again.arrays[name][key]), f"{name}.{key}"


def test_a_model_holds_no_text_of_the_letters(trained: Trained) -> None:
    features = bytes(trained.arrays["vocabulary"]["features"]).decode()
    assert "-0000" not in features
    assert not any(character.isdecimal() for line in features.split("\n") if line[0] != "§" for character in line)
