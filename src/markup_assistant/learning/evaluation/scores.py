"""What an assistant said of labelled texts, side by side with what is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.details import Details
from markup_assistant.learning.evaluation.labels import Labels
from markup_assistant.markup import Suggestions, Verdict

DEPTH = 10
"""Subjects that are asked for: no figure looks further down the list."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of a text: subjects best first with the confidence of the first, facet, actions by code."""

    subjects: tuple[str, ...] = ()
    confidence: float = 0.0
    verdict: Verdict = Verdict.UNSURE
    facet: str = ""
    actions: Mapping[str, Details] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def first(self) -> str:
        """The subject that was suggested first, or nothing."""
        return self.subjects[0] if self.subjects else ""


@dataclass(frozen=True, slots=True)
class Score:
    """One text: what is right and what was said. ``cluster`` and ``traits`` are those of the line."""

    id: str
    cluster: str
    labels: Labels
    answer: Answer
    traits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def right(self) -> bool:
        """Whether the first subject is acceptable; for a text to be left alone, whether none was suggested."""
        if self.labels.left_alone:
            return not self.answer.subjects
        return self.answer.first in (self.labels.subjects or ())


@dataclass(frozen=True, slots=True)
class Scores:
    """The texts of one measurement, all judged by the same model and catalogue."""

    model: str
    catalogue: str
    rows: tuple[Score, ...]

    def clusters(self) -> NDArray[np.int64]:
        """Return the number of each row's cluster, shape (n_rows,), counted from 0."""
        _, numbers = np.unique([row.cluster for row in self.rows], return_inverse=True)
        return numbers.astype(np.int64)


def answer_of(suggestions: Suggestions) -> Answer:
    """Return what a letter's suggestions say, without their evidence."""
    first = suggestions.subjects[0] if suggestions.subjects else None
    return Answer(
        tuple(subject.value for subject in suggestions.subjects[:DEPTH]),
        first.confidence if first else 0.0,
        suggestions.verdict,
        suggestions.facets[0].value if suggestions.facets else "",
        MappingProxyType({action.value.code: action.value.details for action in suggestions.actions}),
    )
