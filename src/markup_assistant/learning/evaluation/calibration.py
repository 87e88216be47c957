"""Whether confidences are what they claim to be: of those around 80 %, 80 in 100 should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.bootstrap import RESAMPLES, SEED, cluster_weights
from markup_assistant.learning.evaluation.measures import Numbers
from markup_assistant.learning.evaluation.scores import Score

BINS = 15
"""As many as is usual (Guo et al. 2017, "On calibration of modern neural networks")."""

MOST_BY_CHANCE = 0.95
"""Share of chance errors below which an error says nothing."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts of about the same confidence: from ``low`` to ``high``, its mean, and the share that was right."""

    low: float
    high: float
    texts: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The expected calibration error, and what chance alone would make of it.

    ``by_chance`` is the mean error, and ``most_by_chance`` the 95th percentile, if every confidence were exactly
    right: with few texts the error is far from zero even then.
    """

    error: float
    by_chance: float
    most_by_chance: float
    bins: tuple[Bin, ...]


def calibration(rows: Sequence[Score], clusters: NDArray[np.int64], seed: int = SEED) -> Calibration | None:
    """Return the calibration of the first subjects; nothing where no text has one.

    Bins of equal mass: confidences crowd at a few values near 1, where bins of equal width would put nearly all
    texts into one and leave the others to the luck of two or three. Equal confidences stay in one bin. A subject
    suggested for a text that must be left alone is wrong.
    """
    counted = np.array([row.labels.subjects is not None and bool(row.answer.subjects) for row in rows], np.bool_)
    if not counted.any():
        return None
    weights = cluster_weights(counted, clusters)[counted]
    confidence = np.array([row.answer.confidence for row in rows])[counted]
    right = np.array([float(row.right) for row in rows])[counted]
    bins = _bins_of(confidence, weights)
    by_chance = _errors_by_chance(confidence, weights, bins, clusters[counted], seed)
    return Calibration(
        float(_errors((confidence - right)[np.newaxis, :], weights, bins)[0]),
        float(by_chance.mean()),
        float(np.quantile(by_chance, MOST_BY_CHANCE)),
        tuple(_bin(confidence, right, weights, bins == number) for number in range(int(bins.max()) + 1)),
    )


def _bins_of(confidence: Numbers, weights: Numbers) -> NDArray[np.int64]:
    """Return the number of each text's bin, counted from 0 without gaps."""
    values, place = np.unique(confidence, return_inverse=True)
    mass = np.bincount(place, weights)
    middle = (np.cumsum(mass) - mass / 2) / mass.sum()
    _, numbers = np.unique((middle * BINS).astype(np.int64), return_inverse=True)
    assert len(numbers) == len(values)  # noqa: S101 - one number a value, by construction
    return np.asarray(numbers[place], np.int64)


def _errors(excess: Numbers, weights: Numbers, bins: NDArray[np.int64]) -> Numbers:
    """Return the calibration error of each sample; ``excess`` is confidence less rightness, (n_samples, n_texts)."""
    member = (bins[:, np.newaxis] == np.arange(bins.max() + 1)) * weights[:, np.newaxis]
    return np.asarray(np.abs(excess @ member).sum(axis=1) / weights.sum(), np.float64)


def _errors_by_chance(
    confidence: Numbers, weights: Numbers, bins: NDArray[np.int64], clusters: NDArray[np.int64], seed: int
) -> Numbers:
    random = np.random.default_rng(seed)
    errors = []
    for _ in range(10):  # a tenth of the samples at a time, to keep memory flat
        # Texts of a cluster are right or wrong together.
        luck = random.random((RESAMPLES // 10, int(clusters.max()) + 1))[:, clusters]
        errors.append(_errors(confidence - (luck < confidence), weights, bins))
    return np.concatenate(errors)


def _bin(confidence: Numbers, right: Numbers, weights: Numbers, inside: NDArray[np.bool_]) -> Bin:
    values, share = confidence[inside], weights[inside]
    return Bin(
        float(values.min()),
        float(values.max()),
        int(inside.sum()),
        float(np.average(values, weights=share)),
        float(np.average(right[inside], weights=share)),
    )
