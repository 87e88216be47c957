"""The run-time half of a model is held against scikit-learn's own decision."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.svm import LinearSVC

from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.features import LAW_WEIGHT, Vocabulary, word_features
from markup_assistant.suggest.laws import LawReference
from markup_assistant.suggest.model import Layer, Model, load_model
from markup_assistant.suggest.tokens import Token

WORDS = "merudgifter voksne sclerose medicin kommune parkering licens byggetilladelse carport høring".split()


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(shipped_folder("models") / "default")


def vector(model: Model, words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    tokens = [Token(word, 0, len(word), 1.0) for word in words]
    return model.vocabulary.vector(model.vocabulary.units(tokens, []))


def weights_of(layer: Layer, n_features: int) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(n_features), np.diff(layer.indptr))
    weights = layer.values.astype(np.float64) * layer.scale[layer.indices]
    return sparse.csr_matrix((weights, (rows, layer.indices)), shape=(n_features, len(layer.scale)))


@pytest.mark.parametrize("name", ["subject_layer", "group_layer", "main_group_layer"])
def test_each_layer_scores_as_scikit_learn_does_with_the_same_weights(model: Model, name: str) -> None:
    layer: Layer = getattr(model, name)
    features, values = vector(model, WORDS)
    reference = LinearSVC()
    reference.classes_ = np.arange(len(layer.scale))
    reference.coef_ = weights_of(layer, len(model.vocabulary))[features].T.toarray()
    reference.intercept_ = layer.bias.astype(np.float64)
    expected = reference.decision_function(values.astype(np.float64)[np.newaxis])[0]
    assert np.abs(layer.look_up(features, values).decision() - expected).max() < 1e-6


def test_what_the_features_add_and_the_bias_make_the_score(model: Model) -> None:
    features, values = vector(model, WORDS)
    scores = model.score(features, values)
    for subject in np.argsort(-scores.total)[:5].tolist():
        bias = (
            model.subject_layer.bias[subject]
            + model.group_layer.bias[model.group_of[subject]]
            + model.main_group_layer.bias[model.main_group_of[subject]]
        )
        added = model.contributions(scores, subject, len(features)).sum()
        assert added + bias == pytest.approx(scores.total[subject], abs=1e-5)


def test_a_text_without_known_words_has_an_empty_vector(model: Model) -> None:
    features, values = vector(model, ["og", "i"])
    assert len(features) == len(values) == 0
    assert np.isfinite(model.score(features, values).total).all()


def test_a_vector_has_length_one_and_repeated_words_count_less_each_time() -> None:
    known = sorted({*word_features("bil"), *word_features("kat")})
    vocabulary = Vocabulary(known, np.ones(len(known), np.float32))
    once = [Token("bil", 0, 3, 1.0), Token("kat", 4, 7, 1.0)]
    often = [Token("bil", 0, 3, 8.0), Token("kat", 4, 7, 1.0)]
    for tokens in (once, often):
        _, values = vocabulary.vector(vocabulary.units(tokens, []))
        assert np.square(values).sum() == pytest.approx(1.0)
    _, values = vocabulary.vector(vocabulary.units(often, []))
    assert 1 < values.max() / values.min() < 8


def test_a_law_weighs_more_than_a_word() -> None:
    vocabulary = Vocabulary(["§serviceloven § 100"], np.ones(1, np.float32))
    (unit,) = vocabulary.units([], [LawReference("serviceloven § 100", 0, 5)])
    assert unit.weight == LAW_WEIGHT > 1
