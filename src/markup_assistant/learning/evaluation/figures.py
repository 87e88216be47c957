"""Figures with their intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.bootstrap import (
    SEED,
    ClusterSums,
    cluster_sums,
    interval,
    interval_of_all_alike,
)
from markup_assistant.learning.evaluation.measures import Measure, Numbers
from markup_assistant.markup import ACTION_CODES

MACRO_F1 = "action_macro_f1"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval.

    ``low`` and ``high`` are ``None`` where there is too little for an interval. ``texts`` is how many texts it is
    taken of, ``whole`` what it is a share of: texts, actions or details.
    """

    value: float
    low: float | None
    high: float | None
    texts: int
    whole: float


def figures(found: Mapping[str, Measure], clusters: NDArray[np.int64], seed: int = SEED) -> dict[str, Figure]:
    """Return each measure as a figure, and the mean of the F1 of the actions that are due somewhere.

    A figure that is a share of nothing (the precision of an action that was never suggested) is left out.
    """
    names = [name for name, measure in found.items() if measure.wholes.any()]
    if not names:
        return {}
    sums = cluster_sums([found[name] for name in names], clusters)
    values, draws = sums.values(), sums.resampled(seed=seed)
    figures = {
        name: _figure(found[name], float(values[place]), draws[:, place], _at(sums, place))
        for place, name in enumerate(names)
    }
    due = [f"action.{code}_f1" for code in ACTION_CODES if f"action.{code}_recall" in names]
    if due:
        places = [names.index(name) for name in due]
        figures[MACRO_F1] = _macro(values[places], draws[:, places], figures["action_f1"])
    return figures


def _figure(measure: Measure, value: float, draws: Numbers, sums: tuple[Numbers, Numbers]) -> Figure:
    parts, wholes = sums
    alike = np.isclose(parts, value * wholes).all()
    n = int((wholes > 0).sum())
    if not alike:
        found = interval(draws)
    elif measure.share and min(value, 1 - value) < 1e-9:
        found = interval_of_all_alike(value, n)
    else:
        found = None  # texts that all give the same figure do not tell how far others may differ
    low, high = found or (None, None)
    return Figure(value, low, high, int((measure.wholes > 0).sum()), float(measure.wholes.sum()))


def _at(sums: ClusterSums, place: int) -> tuple[Numbers, Numbers]:
    return sums.parts[:, place], sums.wholes[:, place]


def _macro(values: Numbers, draws: Numbers, micro: Figure) -> Figure:
    # An action that a sample lacks is left out of its mean.
    known = np.isfinite(draws)
    means = np.where(known, draws, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    if np.ptp(means) == 0:  # every action is right, or wrong, in every text
        low, high = micro.low, micro.high
    else:
        low, high = interval(means[known.any(axis=1)]) or (None, None)
    return Figure(float(values.mean()), low, high, micro.texts, len(values))


def by_trait(rows: Sequence[Mapping[str, str]], name: str) -> dict[str, NDArray[np.bool_]]:
    """Return for each value of a trait, the commonest first, which rows have it."""
    values = np.array([row.get(name, "") for row in rows])
    counts = {value: int((values == value).sum()) for value in dict.fromkeys(values.tolist()) if value}
    return {value: values == value for value in sorted(counts, key=lambda value: (-counts[value], value))}


def within(measure: Measure, kept: NDArray[np.bool_]) -> Measure:
    """Return a measure of some of the texts."""
    return Measure(
        measure.parts * kept, measure.wholes * kept, measure.counted & kept, measure.hit, measure.miss, measure.share
    )
