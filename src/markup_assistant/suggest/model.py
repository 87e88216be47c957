"""The run-time half of a model: scores of subjects from sparse weights, in numpy alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from markup_assistant.errors import ModelError
from markup_assistant.suggest.bundle import Arrays, array_to_text, read_bundle
from markup_assistant.suggest.certainty import Certainty
from markup_assistant.suggest.features import Vocabulary
from markup_assistant.suggest.phrases import PhraseIndex
from markup_assistant.suggest.sign_names import CERTAINTY_SIGNS, MEMORY_CERTAINTY_SIGNS, SIGNS

Scores = NDArray[np.float32]


class Layer:
    """Sparse linear weights: for each feature its classes (rows compressed), eight bits a weight.

    ``indptr`` (n_features + 1,), ``indices`` and ``values`` (n_weights,), ``scale`` and ``bias`` (n_classes,);
    the weight of feature f for class ``indices[k]`` is ``values[k] * scale[indices[k]]``.
    """

    def __init__(self, arrays: Arrays, prefix: str) -> None:
        self.indptr = arrays[f"{prefix}_indptr"]
        self.indices = arrays[f"{prefix}_indices"]
        self.values = arrays[f"{prefix}_values"]
        self.scale = arrays[f"{prefix}_scale"]
        self.bias = arrays[f"{prefix}_bias"]

    def look_up(self, features: NDArray[np.int32], values: Scores) -> "LayerView":
        """Gather the weights that one text's features have in this layer, multiplied by the features' values."""
        starts = self.indptr[features]
        counts = self.indptr[features + 1] - starts
        before = np.cumsum(counts, dtype=np.int64) - counts
        rows = np.repeat(np.arange(len(features), dtype=np.int32), counts)
        take = (starts - before)[rows] + np.arange(len(rows))
        return LayerView(self, rows, self.indices[take], self.values[take] * values[rows])


@dataclass(frozen=True, slots=True)
class LayerView:
    """The entries of a layer that one text touches, shape (n_entries,) each.

    ``rows`` counts the text's features, ``classes`` the layer's classes; ``products`` are weight times value
    before the class's scale.
    """

    layer: Layer
    rows: NDArray[np.int32]
    classes: NDArray[np.uint16]
    products: Scores

    def decision(self) -> Scores:
        """Return the score of each class, shape (n_classes,)."""
        sums = np.bincount(self.classes, weights=self.products, minlength=len(self.layer.scale))
        return np.asarray(sums * self.layer.scale + self.layer.bias, np.float32)

    def contributions(self, class_: int, n_features: int) -> Scores:
        """Return what each of the text's features adds to a class's score, shape (n_features,)."""
        mine = self.classes == class_
        sums = np.bincount(self.rows[mine], weights=self.products[mine], minlength=n_features)
        return np.asarray(sums * self.layer.scale[class_], np.float32)


@dataclass(frozen=True, slots=True)
class LayerScores:
    """Scores of one text: of its subject within the group, of the group, of the main group; and their sum.

    ``views`` are the entries of the three layers that made them.
    """

    subject: Scores
    group: Scores
    main_group: Scores
    total: Scores
    views: tuple[LayerView, LayerView, LayerView]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weighs the signs for each candidate against one another.

    ``coef``, shape (n_signs,), multiplies signs divided by ``spread``; ``temperature`` turns the scores into
    probabilities.
    """

    coef: Scores
    spread: Scores
    temperature: float


@dataclass(frozen=True, slots=True)
class Remembering:
    """How much decided letters count: ``weight`` of a correction, and the judgement of what they have changed."""

    weight: float
    certainty: Certainty


class Model:
    """A trained model ready to score letters."""

    def __init__(self, name: str, edition: str, arrays: dict[str, Arrays]) -> None:
        self.name = name
        self.edition = edition
        names = arrays["vocabulary"]
        self.vocabulary = Vocabulary(array_to_text(names["features"]), names["idf"].astype(np.float32))
        layers = arrays["layers"]
        self.subjects = array_to_text(layers["subjects"])
        self.groups = sorted({number[:5] for number in self.subjects})
        self.main_groups = sorted({number[:2] for number in self.subjects})
        self.place_of = {number: place for place, number in enumerate(self.subjects)}
        group_places = {number: place for place, number in enumerate(self.groups)}
        main_group_places = {number: place for place, number in enumerate(self.main_groups)}
        self.group_of = np.array([group_places[number[:5]] for number in self.subjects])
        self.main_group_of = np.array([main_group_places[number[:2]] for number in self.subjects])
        self.subject_layer = Layer(layers, "subject")
        self.group_layer = Layer(layers, "group")
        self.main_group_layer = Layer(layers, "main_group")
        phrases = arrays["phrases"]
        self.phrases = PhraseIndex(
            array_to_text(phrases["keys"]),
            phrases["subjects"],
            phrases["kinds"],
            phrases["weights"].astype(np.float32),
        )
        ranker = arrays["ranker"]
        self.ranker = Ranker(ranker["coef"], ranker["spread"], float(ranker["temperature"]))
        if len(self.ranker.coef) != len(SIGNS):
            # Trained by a version of the program that looked at other signs.
            raise ValueError("ranker.npz")
        self.certainty = _certainty(ranker, len(CERTAINTY_SIGNS))
        alone = arrays["alone"]
        self._alone = np.zeros(len(self.vocabulary), np.float32)
        self._alone[alone["places"]] = alone["values"] * np.float32(alone["scale"])
        self._alone_bias = float(alone["bias"])
        memory = arrays.get("memory")
        # A model that was trained without one leaves decided letters out of account.
        self.remembering = (
            Remembering(float(memory["weight"]), _certainty(memory, len(MEMORY_CERTAINTY_SIGNS))) if memory else None
        )

    def score(self, features: NDArray[np.int32], values: Scores) -> LayerScores:
        """Return the scores of every subject for one text's vector."""
        layers = (self.subject_layer, self.group_layer, self.main_group_layer)
        subject_view, group_view, main_group_view = (layer.look_up(features, values) for layer in layers)
        subject = subject_view.decision()
        group = group_view.decision()[self.group_of]
        main_group = main_group_view.decision()[self.main_group_of]
        views = (subject_view, group_view, main_group_view)
        return LayerScores(subject, group, main_group, subject + group + main_group, views)

    def alone_score(self, features: NDArray[np.int32], values: Scores) -> float:
        """Return how much a text looks like one that must be left alone (log-odds, of as many such as letters)."""
        return float(values @ self._alone[features]) + self._alone_bias

    def contributions(self, scores: LayerScores, subject: int, n_features: int) -> Scores:
        """Return what each of a text's features adds to a subject's total score, shape (n_features,)."""
        classes = (subject, int(self.group_of[subject]), int(self.main_group_of[subject]))
        parts = [view.contributions(c, n_features) for view, c in zip(scores.views, classes, strict=True)]
        return np.asarray(np.sum(parts, axis=0), np.float32)


def _certainty(arrays: Arrays, signs: int) -> Certainty:
    if len(arrays["certainty_coef"]) != signs:
        # Trained by a version of the program that looked at other signs.
        raise ValueError("certainty_coef")
    return certainty_of(arrays)


def certainty_of(arrays: Arrays) -> Certainty:
    """Return the judgement that arrays of a bundle hold."""
    return Certainty(
        arrays["certainty_coef"],
        float(arrays["certainty_intercept"]),
        arrays["raw"],
        arrays["calibrated"],
        float(arrays["sure"]),
        float(arrays["check"]),
        float(arrays["alone"]),
    )


def load_model(folder: Path) -> Model:
    """Load the bundle in a folder; raises ModelError for one that is missing, changed or of another format."""
    bundle = read_bundle(folder)
    try:
        return Model(str(bundle.manifest["name"]), str(bundle.manifest["edition"]), bundle.arrays)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise ModelError(folder=str(folder), reason="reasons.model.incomplete", part=str(error)) from error
