"""All figures of one measurement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.calibration import Calibration, calibration
from markup_assistant.learning.evaluation.confusion import Confusion, confusion
from markup_assistant.learning.evaluation.coverage import Coverage, coverage
from markup_assistant.learning.evaluation.figures import Figure, by_trait, figures, within
from markup_assistant.learning.evaluation.labels import TRAITS, LabelledText
from markup_assistant.learning.evaluation.measures import Measure, measures
from markup_assistant.learning.evaluation.scores import DEPTH, Score, Scores, answer_of
from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Suggestions

OF_TRAITS = ("precision_at_1", "recall_at_5", "facet", "action_f1")
"""The figures that are broken down."""

Suggest = Callable[[Letter, int], Suggestions]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good a model is on labelled texts.

    ``figures`` are those of :mod:`measures` by name; ``by`` breaks some of them down: by trait, value and name.
    ``clusters`` is how many of the ``texts`` are independent, ``to_leave_alone`` how many have no subject.
    """

    model: str
    catalogue: str
    texts: int
    clusters: int
    to_leave_alone: int
    figures: Mapping[str, Figure]
    calibration: Calibration | None
    coverage: Coverage | None
    confusion: Confusion | None
    by: Mapping[str, Mapping[str, Mapping[str, Figure]]]


def score(text: LabelledText, letter: Letter, suggest: Suggest) -> Score:
    """Ask for the suggestions of one text and set them beside its labels."""
    return Score(text.id, text.cluster, text.labels, answer_of(suggest(letter, DEPTH)), text.traits)


def evaluate(scores: Scores) -> Evaluation:
    """Return all figures of the scores."""
    rows, clusters = scores.rows, scores.clusters()
    found = measures(rows)
    return Evaluation(
        model=scores.model,
        catalogue=scores.catalogue,
        texts=len(rows),
        clusters=len(np.unique(clusters)),
        to_leave_alone=sum(row.labels.left_alone for row in rows),
        figures=figures(found, clusters),
        calibration=calibration(rows, clusters),
        coverage=coverage(rows, clusters),
        confusion=confusion(rows),
        by=_broken_down(rows, found, clusters),
    )


def _broken_down(
    rows: Sequence[Score], found: Mapping[str, Measure], clusters: NDArray[np.int64]
) -> dict[str, dict[str, dict[str, Figure]]]:
    found = {name: found[name] for name in OF_TRAITS if name in found}
    traits = [row.traits for row in rows]
    broken: dict[str, dict[str, dict[str, Figure]]] = {}
    for trait in TRAITS:
        values = by_trait(traits, trait)
        if len(values) > 1:
            broken[trait] = {
                value: figures({name: within(measure, kept) for name, measure in found.items()}, clusters)
                for value, kept in values.items()
            }
    return broken
