"""A bundle keeps what the model said of letters before it had seen them."""

from pathlib import Path

import numpy as np
import pytest

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import ModelError
from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.learning.held_out import DEPTH, held_out_id, load_held_out
from markup_assistant.learning.train import Trained, train
from markup_assistant.learning.write import write_bundle
from markup_assistant.markup import Verdict
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.laws import load_laws

MANIFEST = {"name": "test", "edition": "KLE 2026-02"}


@pytest.fixture(scope="module")
def trained(small_catalogue: Catalogue, small_letters: tuple[LabelledLetter, ...]) -> Trained:
    laws = load_laws(shipped_folder("kle_catalogue"))
    return train(small_catalogue, small_letters, laws, lambda *_: None)


def test_the_answers_are_those_that_the_figures_were_taken_of(
    trained: Trained, small_letters: tuple[LabelledLetter, ...], tmp_path: Path
) -> None:
    write_bundle(tmp_path / "m", trained.arrays, MANIFEST)
    found = load_held_out(tmp_path / "m")
    labelled = [letter for letter in small_letters if letter.subject and held_out_id(letter) in found]
    right = sum(found[held_out_id(letter)].answer.first in letter.accepted for letter in labelled)
    metrics = trained.metrics
    counted = [(metrics[f"held_out_letters{kind}"], metrics[f"precision_at_1{kind}"]) for kind in ("", "_known_types")]
    assert len(labelled) == sum(count for count, _ in counted)
    assert right == round(sum(count * share for count, share in counted))


def test_every_letter_has_its_first_ten_subjects_with_their_probabilities(
    trained: Trained, small_catalogue: Catalogue, small_letters: tuple[LabelledLetter, ...], tmp_path: Path
) -> None:
    write_bundle(tmp_path / "m", trained.arrays, MANIFEST)
    found = load_held_out(tmp_path / "m")
    assert {held_out_id(letter) for letter in small_letters if letter.subject} <= set(found)
    for held in found.values():
        shares = list(held.shares.values())
        assert 1 <= len(held.answer.subjects) <= DEPTH
        assert all(number in small_catalogue for number in held.answer.subjects)
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) < 1.01
        assert 0 <= held.answer.confidence <= 1
    assert {held.answer.verdict for held in found.values()} <= set(Verdict)


def test_texts_to_be_left_alone_are_among_them_and_called_unsure(
    trained: Trained, small_letters: tuple[LabelledLetter, ...], tmp_path: Path
) -> None:
    write_bundle(tmp_path / "m", trained.arrays, MANIFEST)
    found = load_held_out(tmp_path / "m")
    alone = [found[held_out_id(one)] for one in small_letters if not one.subject and held_out_id(one) in found]
    assert len(alone) > 20
    assert sum(held.answer.verdict is Verdict.UNSURE for held in alone) > 0.8 * len(alone)


def test_the_shipped_model_keeps_its_answers() -> None:
    assert len(load_held_out(shipped_folder("models") / "default")) > 1500


def test_a_bundle_without_answers_has_none(trained: Trained, tmp_path: Path) -> None:
    write_bundle(tmp_path / "m", {name: part for name, part in trained.arrays.items() if name != "held_out"}, MANIFEST)
    assert load_held_out(tmp_path / "m") == {}


@pytest.mark.parametrize("key", ["ids", "subjects", "shares", "confidence", "verdicts"])
def test_answers_that_do_not_fit_together_are_refused(trained: Trained, tmp_path: Path, key: str) -> None:
    held_out = trained.arrays["held_out"]
    for broken in (
        {name: array for name, array in held_out.items() if name != key},
        held_out | {key: held_out[key][: len(held_out[key]) // 2]},
    ):
        write_bundle(tmp_path / "m", trained.arrays | {"held_out": broken}, MANIFEST)
        with pytest.raises(ModelError, match="held_out"):
            load_held_out(tmp_path / "m")
    places = held_out | {"subjects": np.full_like(held_out["subjects"], 60_000)}
    write_bundle(tmp_path / "m", trained.arrays | {"held_out": places}, MANIFEST)
    with pytest.raises(ModelError, match="held_out"):
        load_held_out(tmp_path / "m")
