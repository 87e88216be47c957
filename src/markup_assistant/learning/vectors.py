"""Turns examples into the sparse matrix that scikit-learn trains on, with the run-time functions themselves."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from markup_assistant.learning.examples import NO_SUBJECT, Example
from markup_assistant.suggest.features import Vocabulary, law_features, word_features
from markup_assistant.suggest.stopwords import STOPWORDS

MIN_DOCUMENTS = 2
"""Texts that a feature must stand in: what only one text has cannot recognise another."""

MIN_IDF = 1.5
"""Inverse document frequency below which a feature is left out: it stands in more than a fifth of the letters, says
next to nothing, and brings half of the weights that a letter would touch."""


def build_vocabulary(examples: Sequence[Example], n_subjects: int) -> Vocabulary:
    """Choose the features and weigh them by how few subjects and how few letters have them.

    A word that is rare among the terms but stands in most letters (``kommune``, ``sagsbehandler``) is boilerplate:
    the larger of the two shares decides its inverse document frequency.
    """
    documents: Counter[str] = Counter()
    in_subjects: Counter[str] = Counter()
    in_letters: Counter[str] = Counter()
    letter_types = {example.group for example in examples if example.source == "letter"}
    for features in _by_document(
        examples, lambda example: "" if example.subject == NO_SUBJECT else str(example.subject)
    ):
        in_subjects.update(features)
    for features in _by_document(examples, lambda example: example.group):
        in_letters.update(features)
    for example in examples:
        documents.update(example_features(example))
    chosen = sorted(feature for feature, count in documents.items() if count >= MIN_DOCUMENTS)
    shares = np.array(
        [
            max(
                (in_subjects[f] + 1) / (n_subjects + 1),
                (in_letters[f] + 1) / (len(letter_types) + n_subjects / 10),
            )
            for f in chosen
        ]
    )
    # Through sixteen bits, as a bundle keeps them.
    idf = np.log(1 / np.minimum(shares, 1.0)).astype(np.float16).astype(np.float32)
    telling = np.flatnonzero(idf >= MIN_IDF)
    return Vocabulary([chosen[at] for at in telling.tolist()], idf[telling])


def example_features(example: Example) -> set[str]:
    """Return the features of an example, each once."""
    features: set[str] = set()
    for word in {token.word for token in example.tokens} - STOPWORDS:
        if len(word) > 1:
            features.update(_word_features(word))
    for law in example.laws:
        features.update(law_features(law.key))
    return features


def matrix(examples: Iterable[Example], vocabulary: Vocabulary) -> sparse.csr_matrix:
    """Return the vectors of examples, shape (n_examples, n_features), float32, rows of length one."""
    indices: list[NDArray[np.int32]] = []
    values: list[NDArray[np.float32]] = []
    indptr = [0]
    for example in examples:
        features, row = vocabulary.vector(vocabulary.units(example.tokens, example.laws))
        indices.append(features)
        values.append(row)
        indptr.append(indptr[-1] + len(features))
    shape = (len(indptr) - 1, len(vocabulary))
    if not indices:
        return sparse.csr_matrix(shape, dtype=np.float32)
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(indices), np.array(indptr)), shape=shape)


@cache
def _word_features(word: str) -> tuple[str, ...]:
    return tuple(word_features(word))


def _by_document(examples: Sequence[Example], key: Callable[[Example], str]) -> Iterable[set[str]]:
    """Merge the features of examples with the same key; those with an empty key are left out."""
    documents: dict[str, set[str]] = {}
    for example in examples:
        name = key(example)
        if name:
            documents.setdefault(name, set()).update(example_features(example))
    return documents.values()
