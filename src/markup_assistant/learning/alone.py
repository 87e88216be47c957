"""Trains what tells texts to be left alone from municipal letters: letters of others, newsletters, empty frames."""

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from markup_assistant.suggest.bundle import Arrays

C = 10.0
"""Little regularisation: the vectors are short, and what gives such texts away are single words."""

KEPT = 20_000
"""Weights that are kept, largest first; the rest change a score by less than a hundredth."""


def train_alone(letters: sparse.csr_matrix, alone: sparse.csr_matrix) -> Arrays:
    """Return the weights of features that speak for leaving a text alone.

    Shapes (n_letters, n_features) and (n_alone, n_features). The arrays are ``places`` (n,), ``values`` (n,) in eight
    bits, ``scale`` and ``bias``. Without a text to be left alone, none is ever told apart.
    """
    if not letters.shape[0] or not alone.shape[0]:
        return {
            "places": np.empty(0, np.int32),
            "values": np.empty(0, np.int8),
            "scale": np.array(1.0),
            "bias": np.array(0.0),
        }
    vectors = sparse.vstack([letters, alone]).tocsr()
    labels = np.repeat([0, 1], [letters.shape[0], alone.shape[0]])
    # What neither has cannot tell them apart; thousands of empty columns would only cost time.
    used = np.unique(vectors.indices)
    model = LogisticRegression(C=C, max_iter=300, class_weight="balanced").fit(vectors[:, used], labels)
    weights = model.coef_[0]
    largest = np.sort(np.argsort(-np.abs(weights), kind="stable")[:KEPT])
    scale = float(np.abs(weights).max()) / 127 or 1.0
    return {
        "places": used[largest].astype(np.int32),
        "values": np.rint(weights[largest] / scale).astype(np.int8),
        "scale": np.array(scale),
        "bias": np.array(float(model.intercept_[0])),
    }
