"""Trains the linear layers: main group, group within it, subject within that.

One classifier over 2,395 subjects takes minutes and gigabytes; three layers of small ones take seconds, and say
how sure the group is by themselves. To the innermost layer is added the likeness (cosine) to one document per
subject made of its titles, terms and letters, which long letters need more than short phrases do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from markup_assistant.learning.examples import Example
from markup_assistant.learning.vectors import matrix
from markup_assistant.suggest.bundle import Arrays
from markup_assistant.suggest.features import Vocabulary

SVM_C = 0.5
SVM_TOLERANCE = 0.05
"""Looser than the default of 1e-4: the weights are kept in eight bits, and training is a tenth shorter."""

SVM_SHARE = 0.2
"""Weight of the classifiers beside the cosine, whose range is 0 to 1."""

LETTER_SHARE = 0.6
"""Weight of a subject's letters beside its titles and terms in its document."""

TITLE_COUNT, GROUP_SHARE, MAIN_GROUP_SHARE = 2, 0.3, 0.1
MAX_KEPT = 5000
KEPT = {"main_group": MAX_KEPT, "group": 1500, "subject": 600}
"""Weights kept for each class, largest first: the rest are noise and would not fit in eight megabytes."""


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Subjects in order, and the place of each one's group and main group."""

    subjects: tuple[str, ...]
    group_of: NDArray[np.int64]
    main_group_of: NDArray[np.int64]
    groups: tuple[str, ...]
    main_groups: tuple[str, ...]


def hierarchy(subjects: Sequence[str]) -> Hierarchy:
    """Return the hierarchy of subjects."""
    groups = tuple(sorted({number[:5] for number in subjects}))
    main_groups = tuple(sorted({number[:2] for number in subjects}))
    return Hierarchy(
        tuple(subjects),
        np.array([groups.index(number[:5]) for number in subjects]),
        np.array([main_groups.index(number[:2]) for number in subjects]),
        groups,
        main_groups,
    )


def train_layers(
    examples: Sequence[Example],
    vocabulary: Vocabulary,
    tree: Hierarchy,
    group_words: Mapping[str, Example],
    *,
    exact: bool = False,
) -> Arrays:
    """Train the three layers; returns the arrays of a bundle's ``layers`` file but for names and prior.

    ``exact`` leaves the weights as they were trained, for measuring what eight bits cost.
    """
    vectors = matrix(examples, vocabulary)
    subject = np.array([example.subject for example in examples])
    weights = np.array([example.weight for example in examples])
    documents = _documents(examples, vectors, vocabulary, tree, group_words)
    main_group, main_bias = classifier(vectors, tree.main_group_of[subject], weights, len(tree.main_groups))
    group, group_bias = _within(vectors, tree.group_of[subject], tree.main_group_of[subject], weights, len(tree.groups))
    inner, inner_bias = _within(vectors, subject, tree.group_of[subject], weights, len(tree.subjects))
    return {
        **pack_layer("main_group", main_group * SVM_SHARE, main_bias * SVM_SHARE, exact=exact),
        **pack_layer("group", group * SVM_SHARE, group_bias * SVM_SHARE, exact=exact),
        **pack_layer("subject", documents + inner * SVM_SHARE, inner_bias * SVM_SHARE, exact=exact),
    }


def fit_svm(vectors: sparse.csr_matrix, labels: NDArray[np.int64], weights: NDArray[np.float64]) -> LinearSVC:
    """Train one-against-rest classifiers; raises ValueError where there are not two classes."""
    return LinearSVC(C=SVM_C, random_state=0, max_iter=2000, tol=SVM_TOLERANCE).fit(
        vectors, labels, sample_weight=weights
    )


def classifier(
    vectors: sparse.csr_matrix,
    labels: NDArray[np.int64],
    weights: NDArray[np.float64],
    n_classes: int,
    kept: int = MAX_KEPT,
) -> tuple[sparse.csr_matrix, NDArray[np.float32]]:
    """Train classifiers and return weights, shape (n_classes, n_features), the ``kept`` largest a class, and biases.

    A class without examples has neither; so have all where there is only one.
    """
    present = np.unique(labels)
    bias = np.zeros(n_classes, np.float32)
    if len(present) < 2:
        return sparse.csr_matrix((n_classes, vectors.shape[1]), dtype=np.float32), bias
    # What no text has gets no weight; thousands of empty columns would only cost time.
    used = np.unique(vectors.indices)
    model = fit_svm(vectors[:, used], labels, weights)
    coefficients, intercepts = model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
    if len(present) == 2:
        coefficients = np.vstack([-coefficients, coefficients])
        intercepts = np.concatenate([-intercepts, intercepts])
    bias[present] = intercepts
    blocks = [_largest(coefficients[row], kept) for row in range(len(present))]
    data = np.concatenate([values for _, values in blocks])
    columns = used[np.concatenate([places for places, _ in blocks])]
    row_of = np.repeat(present, [len(places) for places, _ in blocks])
    return sparse.csr_matrix((data, (row_of, columns)), shape=(n_classes, vectors.shape[1])), bias


def _within(
    vectors: sparse.csr_matrix,
    labels: NDArray[np.int64],
    parents: NDArray[np.int64],
    weights: NDArray[np.float64],
    n_classes: int,
) -> tuple[sparse.csr_matrix, NDArray[np.float32]]:
    bias = np.zeros(n_classes, np.float32)
    parts = []
    for parent in np.unique(parents):
        rows = np.flatnonzero(parents == parent)
        part, part_bias = classifier(vectors[rows], labels[rows], weights[rows], n_classes)
        parts.append(part.tocoo())
        bias += part_bias
    data = np.concatenate([part.data for part in parts])
    row = np.concatenate([part.row for part in parts])
    col = np.concatenate([part.col for part in parts])
    return sparse.csr_matrix((data, (row, col)), shape=(n_classes, vectors.shape[1])), bias


def _documents(
    examples: Sequence[Example],
    vectors: sparse.csr_matrix,
    vocabulary: Vocabulary,
    tree: Hierarchy,
    group_words: Mapping[str, Example],
) -> sparse.csr_matrix:
    """Return one document a subject, shape (n_subjects, n_features), rows of length one; letters count by weight."""
    n = len(tree.subjects)
    merged = [
        Example(place, tuple(t for e in of for t in e.tokens), tuple(x for e in of for x in e.laws), "document")
        for place, of in _by_subject(examples, n)
    ]
    words = matrix(merged, vocabulary)
    groups = matrix([group_words[number[:5]] for number in tree.subjects], vocabulary)
    main_groups = matrix([group_words[number[:2]] for number in tree.subjects], vocabulary)
    is_letter = np.array([example.source == "letter" for example in examples])
    rows = np.flatnonzero(is_letter)
    weights = np.array([example.weight for example in examples], np.float32)
    subject = np.array([example.subject for example in examples])
    pick = sparse.csr_matrix((weights[rows], (subject[rows], rows)), shape=(n, len(examples)))
    letters = normalize(pick @ vectors)
    total = words + GROUP_SHARE * groups + MAIN_GROUP_SHARE * main_groups + LETTER_SHARE * letters
    return sparse.csr_matrix(normalize(total), dtype=np.float32)


def _by_subject(examples: Sequence[Example], n: int) -> list[tuple[int, list[Example]]]:
    of: list[list[Example]] = [[] for _ in range(n)]
    for example in examples:
        if example.source != "letter":
            of[example.subject].append(example)
    return list(enumerate(of))


def _largest(values: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    places = np.flatnonzero(values)
    if len(places) > count:
        order = np.argpartition(-np.abs(values[places]), count)[:count]
        places = np.sort(places[order])
    return places, values[places]


def pack_layer(
    name: str, weights: sparse.csr_matrix, bias: NDArray[np.float32], *, kept: int = 0, exact: bool = False
) -> Arrays:
    """Prune, quantise to eight bits with one scale a class, and turn to feature-major order.

    ``kept`` weights a class stay, else those of :data:`KEPT`; ``exact`` leaves them as they are, with a scale of one.
    """
    kept = kept or KEPT[name]
    weights = weights.tocsr()
    weights.sort_indices()
    n_classes, n_features = weights.shape
    scale = np.ones(n_classes, np.float32)
    # Empty to begin with: a catalogue with one group in each main group needs no layer of groups.
    rows, columns = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
    values: list[NDArray[Any]] = [np.empty(0, np.float32 if exact else np.int8)]
    for row in range(n_classes):
        start, end = weights.indptr[row], weights.indptr[row + 1]
        dense_places = weights.indices[start:end]
        dense = weights.data[start:end]
        if len(dense) > kept:
            keep = np.sort(np.argpartition(-np.abs(dense), kept)[:kept])
            dense_places, dense = dense_places[keep], dense[keep]
        if not len(dense):
            continue
        if not exact:
            scale[row] = np.abs(dense).max() / 127
            dense = np.rint(dense / scale[row]).astype(np.int8)
        alive = dense != 0
        rows.append(np.full(int(alive.sum()), row))
        columns.append(dense_places[alive])
        values.append(dense[alive])
    row_of, column_of, data = np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
    order = np.lexsort((row_of, column_of))
    counts = np.bincount(column_of, minlength=n_features)
    return {
        f"{name}_indptr": np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        f"{name}_indices": row_of[order].astype(np.uint16),
        f"{name}_values": data[order],
        f"{name}_scale": scale,
        f"{name}_bias": bias.astype(np.float32),
    }
