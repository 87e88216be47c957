"""What runs is what was trained: the run-time half of a model gives the scores that scikit-learn gives."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.learning.examples import Example, Vocabularies, catalogue_examples, letter_examples, text_example
from markup_assistant.learning.layers import classifier, fit_svm, hierarchy, pack_layer, train_layers
from markup_assistant.learning.vectors import build_vocabulary, matrix
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.features import Vocabulary
from markup_assistant.suggest.laws import LawBook, load_laws
from markup_assistant.suggest.model import Layer

EVERY = 10**9


@pytest.fixture(scope="module")
def laws() -> LawBook:
    return load_laws(shipped_folder("kle_catalogue"))


@pytest.fixture(scope="module")
def known(small_catalogue: Catalogue, laws: LawBook) -> Vocabularies:
    return catalogue_examples(small_catalogue, laws)


@pytest.fixture(scope="module")
def examples(
    known: Vocabularies, small_catalogue: Catalogue, small_letters: tuple[LabelledLetter, ...], laws: LawBook
) -> list[Example]:
    on_subject = [letter for letter in small_letters if letter.subject in small_catalogue]
    weights = {letter.id: 0.5 + (place % 4) / 2 for place, letter in enumerate(on_subject)}
    return [*known.examples, *letter_examples(on_subject, known.subjects, laws, weights)]


@pytest.fixture(scope="module")
def vocabulary(known: Vocabularies, examples: list[Example]) -> Vocabulary:
    return build_vocabulary(examples, len(known.subjects))


@pytest.fixture(scope="module")
def vectors(vocabulary: Vocabulary, examples: list[Example]) -> sparse.csr_matrix:
    return matrix(examples, vocabulary)


def at_run_time(layer: Layer, vectors: sparse.csr_matrix) -> NDArray[np.float32]:
    """The layer's scores of every text, as a letter gets them."""
    rows = []
    for row in range(vectors.shape[0]):
        start, end = vectors.indptr[row], vectors.indptr[row + 1]
        features = vectors.indices[start:end].astype(np.int32)
        rows.append(layer.look_up(features, vectors.data[start:end].astype(np.float32)).decision())
    return np.array(rows)


@pytest.mark.parametrize("name", ["main_group", "group", "subject"])
def test_run_time_scores_are_those_of_scikit_learn(
    name: str, known: Vocabularies, examples: list[Example], vectors: sparse.csr_matrix
) -> None:
    tree = hierarchy(known.subjects)
    subject = np.array([example.subject for example in examples])
    labels = {"main_group": tree.main_group_of[subject], "group": tree.group_of[subject], "subject": subject}[name]
    weights = np.array([example.weight for example in examples])
    assert len(set(weights)) > 2, "the weights of letters take part"
    expected = fit_svm(vectors, labels, weights).decision_function(vectors)
    trained, bias = classifier(vectors, labels, weights, int(labels.max()) + 1, kept=EVERY)
    layer = Layer(pack_layer(name, trained, bias, kept=EVERY, exact=True), name)
    assert np.abs(at_run_time(layer, vectors)[:, np.unique(labels)] - expected).max() < 1e-6


def test_two_classes_get_the_two_sides_of_one_classifier(examples: list[Example], vectors: sparse.csr_matrix) -> None:
    labels = np.array([example.subject % 2 for example in examples])
    weights = np.ones(len(examples))
    expected = fit_svm(vectors, labels, weights).decision_function(vectors)
    trained, bias = classifier(vectors, labels, weights, 2, kept=EVERY)
    layer = Layer(pack_layer("group", trained, bias, kept=EVERY, exact=True), "group")
    found = at_run_time(layer, vectors)
    assert np.abs(found[:, 1] - expected).max() < 1e-6
    assert np.abs(found[:, 0] + expected).max() < 1e-6


def test_eight_bits_change_a_score_by_little(
    known: Vocabularies, examples: list[Example], vocabulary: Vocabulary, vectors: sparse.csr_matrix, laws: LawBook
) -> None:
    group_words = {number: text_example(words, 0, "group", laws) for number, words in known.group_words.items()}
    tree = hierarchy(known.subjects)
    packed, exact = (train_layers(examples, vocabulary, tree, group_words, exact=exact) for exact in (False, True))
    # The groups of this small world stand alone in their main groups, and need no layer.
    for name in ("main_group", "subject"):
        difference = at_run_time(Layer(packed, name), vectors) - at_run_time(Layer(exact, name), vectors)
        assert 0 < np.abs(difference).max() < 0.02, name
        assert packed[f"{name}_values"].dtype == np.int8


def test_a_letter_counts_by_its_weight(small_catalogue: Catalogue, known: Vocabularies, laws: LawBook) -> None:
    """The same two letters decided differently: the one that weighs more has its say."""
    first, second = known.subjects.index("28.09.40"), known.subjects.index("28.09.32")
    text = "Pladsløftet hos Spirerne Spirerne Pladsløftet Holdekort Holdekort"
    scores = {}
    for weight in (0.25, 4.0):
        letters = [
            Example(first, text_example(text, first, "letter", laws).tokens, (), "letter", "a", weight),
            Example(second, text_example(text, second, "letter", laws).tokens, (), "letter", "b", 1.0),
        ]
        examples = [*known.examples, *letters]
        vocabulary = build_vocabulary(examples, len(known.subjects))
        group_words = {number: text_example(words, 0, "group", laws) for number, words in known.group_words.items()}
        arrays = train_layers(examples, vocabulary, hierarchy(known.subjects), group_words)
        row = at_run_time(Layer(arrays, "subject"), matrix(letters[:1], vocabulary))[0]
        scores[weight] = float(row[first] - row[second])
    assert scores[0.25] < scores[4.0]
    assert small_catalogue.subject("28.09.32")
