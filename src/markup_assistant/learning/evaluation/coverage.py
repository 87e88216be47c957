"""How many texts could be left to the assistant, and how many of those would be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.bootstrap import cluster_weights
from markup_assistant.learning.evaluation.measures import Numbers
from markup_assistant.learning.evaluation.scores import Score

PRECISIONS = (0.90, 0.95, 0.97, 0.99)
COVERAGES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Limit:
    """The lowest confidence from which on a share ``precision`` of the texts is right, and what it covers.

    ``confidence`` is ``None``, and the coverage 0, where no limit reaches the precision.
    """

    precision: float
    coverage: float
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The share that is right of the most confident share ``coverage`` of the texts."""

    coverage: float
    right: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table of risk and coverage (El-Yaniv and Wiener 2010)."""

    limits: tuple[Limit, ...]
    accuracies: tuple[Accuracy, ...]


def coverage(rows: Sequence[Score], clusters: NDArray[np.int64]) -> Coverage | None:
    """Return the table over all texts whose subject, or that they have none, is known.

    A text for which nothing was suggested comes last and is covered by no limit. Equal confidences cannot be told
    apart: a limit takes all of them or none, and the accuracies take the same share of each.
    """
    counted = np.array([row.labels.subjects is not None for row in rows], np.bool_)
    if not counted.any():
        return None
    weights = cluster_weights(counted, clusters)[counted]
    weights = weights / weights.sum()
    confidence = np.array([row.answer.confidence if row.answer.subjects else -1.0 for row in rows])[counted]
    right = np.array([float(row.right) for row in rows])[counted]
    values, place = np.unique(-confidence, return_inverse=True)
    covered = np.cumsum(np.bincount(place, weights).astype(np.float64))
    hits = np.cumsum(np.bincount(place, weights * right).astype(np.float64))
    limits = tuple(_limit(precision, -values, covered, hits) for precision in PRECISIONS)
    known = np.interp(COVERAGES, np.concatenate([[0.0], covered]), np.concatenate([[0.0], hits]))
    accuracies = tuple(Accuracy(share, float(hit / share)) for share, hit in zip(COVERAGES, known, strict=True))
    return Coverage(limits, accuracies)


def _limit(precision: float, confidence: Numbers, covered: Numbers, hits: Numbers) -> Limit:
    good = np.flatnonzero((hits >= precision * covered - 1e-9) & (confidence >= 0))
    if not len(good):
        return Limit(precision, 0.0, None)
    return Limit(precision, float(covered[good[-1]]), float(confidence[good[-1]]))
