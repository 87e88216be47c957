"""How far a figure may be from the truth: it is taken again of many samples of the texts.

Percentile intervals of the bootstrap (Efron and Tibshirani 1993, chapter 13). What is drawn are clusters, because
texts that are nearly the same tell together no more than one does; a cluster counts as one text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.measures import Measure, Numbers

RESAMPLES = 1000
SEED = 20260201
"""Fixed, so that the same texts give the same intervals."""

LEVEL = 0.95
_MOST_AT_ONCE = 2_000_000
"""Counts held in memory at a time (16 MB)."""


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """Parts and wholes of figures, summed within each cluster, shape (n_clusters, n_figures) each.

    Within a figure every text of a cluster weighs as much as the others, and the cluster as much as one text.
    """

    parts: Numbers
    wholes: Numbers

    def values(self) -> Numbers:
        """Return each figure, shape (n_figures,); not a number where nothing was counted."""
        return _ratio(self.parts.sum(axis=0), self.wholes.sum(axis=0))

    def resampled(self, resamples: int = RESAMPLES, seed: int = SEED) -> Numbers:
        """Return each figure of each sample, shape (resamples, n_figures)."""
        size = len(self.parts)
        random = np.random.default_rng(seed)
        rows = max(1, _MOST_AT_ONCE // max(size, 1))
        values = []
        for start in range(0, resamples, rows):
            counts = _draw(random, min(rows, resamples - start), size)
            values.append(_ratio(counts @ self.parts, counts @ self.wholes))
        return np.vstack(values)


def cluster_weights(counted: NDArray[np.bool_], clusters: NDArray[np.int64]) -> Numbers:
    """Return the weight of each text, shape (n_texts,): the texts of a cluster that count weigh one together."""
    sizes = np.bincount(clusters, weights=counted, minlength=1)
    return np.asarray(counted / np.maximum(sizes[clusters], 1), np.float64)


def cluster_sums(measures: Sequence[Measure], clusters: NDArray[np.int64]) -> ClusterSums:
    """Sum figures within clusters."""
    n_clusters = int(clusters.max(initial=-1)) + 1
    parts = np.zeros((n_clusters, len(measures)))
    wholes = np.zeros_like(parts)
    for place, measure in enumerate(measures):
        weights = cluster_weights(measure.counted, clusters)
        parts[:, place] = np.bincount(clusters, weights * measure.parts, n_clusters)
        wholes[:, place] = np.bincount(clusters, weights * measure.wholes, n_clusters)
    return ClusterSums(parts, wholes)


def interval(draws: Numbers, level: float = LEVEL) -> tuple[float, float] | None:
    """Return the percentile interval of one figure's draws, shape (resamples,); none where it has no values."""
    known = draws[np.isfinite(draws)]
    if not len(known):
        return None
    low, high = np.percentile(known, [50 * (1 - level), 50 * (1 + level)])
    return float(low), float(high)


def interval_of_all_alike(value: float, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Return the exact interval of a share that is 0 or 1 in ``n`` texts (Clopper and Pearson 1934).

    Samples of texts that are all alike are all alike too, and would pretend that nothing is uncertain.
    """
    reach = ((1 - level) / 2) ** (1 / n)
    return (reach, 1.0) if value > 0.5 else (0.0, 1 - reach)


def _draw(random: np.random.Generator, resamples: int, size: int) -> Numbers:
    """Return how often each of ``size`` clusters is in each sample, shape (resamples, size)."""
    drawn = random.integers(size, size=(resamples, size))
    drawn += np.arange(resamples)[:, np.newaxis] * size
    return np.bincount(drawn.ravel(), minlength=resamples * size).reshape(resamples, size).astype(np.float64)


def _ratio(parts: Numbers, wholes: Numbers) -> Numbers:
    ratio = np.full(parts.shape, np.nan)
    np.divide(parts, wholes, out=ratio, where=wholes > 0)
    return ratio
