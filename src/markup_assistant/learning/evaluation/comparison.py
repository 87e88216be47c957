"""Whether one model is better than another, judged on the same texts.

Both are taken of the same samples of the texts (a paired bootstrap), so that what is hard for both tells nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from markup_assistant.learning.evaluation.bootstrap import SEED, ClusterSums, cluster_sums, interval
from markup_assistant.learning.evaluation.measures import Measure, Numbers, measures
from markup_assistant.learning.evaluation.scores import Scores

NOT_WORSE_MARGIN = 0.02
"""A loss that nobody notices: two texts in a hundred."""

ENOUGH = 150
"""Independent texts below which no loss of that size can be excluded, even if the models never differ (3 / 0.02)."""

DECIDING = (
    "precision_at_1",
    "recall_at_5",
    "facet",
    "action_f1",
    "detail",
    "verdict.sure_right",
    "no_action_where_none",
    "left_alone",
)
"""The figures that a model may not lose in; the first that both models have decides whether it gained."""


NO_GAIN = ("overconfidence", "detail_invented", "silent_wrongly")
"""Figures of which more is not better; nor is it of those of the verdicts, but for ``verdict.sure_right``."""


class Judgement(StrEnum):
    """How the second model fares against the first."""

    BETTER = "better"  # the whole interval of the difference is above zero
    NOT_WORSE = "not-worse"  # the interval excludes a loss larger than the margin
    WORSE = "worse"  # the whole interval is below zero
    CANNOT_TELL = "cannot-tell"  # too few texts, or too mixed, to say any of these


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both models, and the 95 % interval of the second's less the first's; ``texts`` have it in both."""

    figure: str
    first: float
    second: float
    low: float
    high: float
    texts: int
    judgement: Judgement

    @property
    def difference(self) -> float:
        """The second model's figure less the first's."""
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second model against the first: each figure, and all in all.

    ``decided_by`` is the figure that the judgement rests on. ``answers_changed`` counts the texts whose first
    subject, facet, actions or details differ.
    """

    first: str
    second: str
    differences: tuple[Difference, ...]
    judgement: Judgement
    decided_by: str
    answers_changed: int

    @property
    def may_replace(self) -> bool:
        """Whether the second model may be used in the first one's place."""
        return self.judgement in (Judgement.BETTER, Judgement.NOT_WORSE)


def compare(first: Scores, second: Scores, *, margin: float = NOT_WORSE_MARGIN, seed: int = SEED) -> Comparison:
    """Judge the second model against the first, usually the one in use.

    The second is worse if it lost in any figure of :data:`DECIDING`; otherwise the first of them that the texts
    have decides. A lucky sample then keeps a good model back sooner than it lets a bad one through.

    Raises:
        ValueError: the scores are not of the same texts with the same labels.
    """
    if [(row.id, row.labels) for row in first.rows] != [(row.id, row.labels) for row in second.rows]:
        raise ValueError("scores of different texts")
    differences = _differences(first, second, margin, seed)
    judgement, decided_by = _all_in_all(differences)
    changed = sum(
        (one.answer.first, one.answer.facet, one.answer.actions)
        != (other.answer.first, other.answer.facet, other.answer.actions)
        for one, other in zip(first.rows, second.rows, strict=True)
    )
    return Comparison(first.model, second.model, differences, judgement, decided_by, changed)


def more_is_better(figure: str) -> bool:
    """Say whether a model with more of a figure is the better for it."""
    if figure.startswith("verdict."):
        return figure == "verdict.sure_right"
    return figure not in NO_GAIN


def _differences(first: Scores, second: Scores, margin: float, seed: int) -> tuple[Difference, ...]:
    ours, theirs = measures(first.rows), measures(second.rows)
    names = [
        name
        for name in ours
        if more_is_better(name) and name in theirs and ours[name].wholes.any() and theirs[name].wholes.any()
    ]
    if not names:
        return ()
    clusters = first.clusters()
    of_first = cluster_sums([ours[name] for name in names], clusters)
    of_second = cluster_sums([theirs[name] for name in names], clusters)
    values = of_first.values(), of_second.values()
    draws = _draws(of_first, of_second, [ours[name] for name in names], seed)
    found = []
    for place, name in enumerate(names):
        low, high = interval(draws[:, place]) or (-1.0, 1.0)
        texts = int(((ours[name].wholes > 0) & (theirs[name].wholes > 0)).sum())
        judgement = _judge(low, high, margin)
        one, other = (float(of_model[place]) for of_model in values)
        found.append(Difference(name, one, other, low, high, texts, judgement))
    return tuple(found)


def _draws(first: ClusterSums, second: ClusterSums, found: Sequence[Measure], seed: int) -> Numbers:
    """Return the difference in each sample, shape (resamples, n_figures).

    Two texts are added, one that only the first model has right and one that only the second has: where the models
    never differed, or hardly, the samples would not either, and few texts would prove what they cannot (the
    adjustment of Bonett and Price 2012 for paired shares; without it four texts against none would count as proof).
    """
    hits = np.array([measure.hit for measure in found])
    misses = np.array([measure.miss for measure in found])
    with_first = _with(first, hits, misses).resampled(seed=seed)
    with_second = _with(second, misses, hits).resampled(seed=seed)
    return with_second - with_first


def _with(sums: ClusterSums, one: Numbers, other: Numbers) -> ClusterSums:
    """Add two texts, each given by its part and whole of every figure, shape (n_figures, 2)."""
    return ClusterSums(
        np.vstack([sums.parts, one[:, 0], other[:, 0]]), np.vstack([sums.wholes, one[:, 1], other[:, 1]])
    )


def _judge(low: float, high: float, margin: float) -> Judgement:
    if low > 0:
        return Judgement.BETTER
    if high < 0:
        return Judgement.WORSE
    return Judgement.NOT_WORSE if low >= -margin else Judgement.CANNOT_TELL


def _all_in_all(differences: Sequence[Difference]) -> tuple[Judgement, str]:
    by_name = {difference.figure: difference for difference in differences}
    deciding = [by_name[name] for name in DECIDING if name in by_name]
    if not deciding:
        return Judgement.CANNOT_TELL, ""
    lost = next((one for one in deciding if one.judgement is Judgement.WORSE), None)
    decided = lost or deciding[0]
    return decided.judgement, decided.figure
