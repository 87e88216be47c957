"""How sure the first suggestion is: what its lead, and the letter itself, say about its being right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.markup import Verdict

_SMALLEST = 1e-4
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Certainty:
    """A fitted judgement of first suggestions.

    ``coef`` (n_signs,) and ``intercept`` make a logistic score of :func:`certainty_signs`; ``raw`` and
    ``calibrated`` are the steps that turn it into a probability; ``sure`` and ``check`` are the probabilities from
    which the verdicts hold; ``alone`` is the score of texts to be left alone above which none but ``unsure`` does.
    """

    coef: Scores
    intercept: float
    raw: Scores
    calibrated: Scores
    sure: float
    check: float
    alone: float

    def confidence(self, signs: Scores) -> float:
        """Return the probability that the first suggestion is right."""
        score = 1 / (1 + math.exp(-float(signs @ self.coef) - self.intercept))
        return float(np.interp(score, self.raw, self.calibrated))

    def verdict(self, confidence: float, alone: float) -> Verdict:
        """Return how far a first suggestion can be trusted, by its confidence and the text's score as one without."""
        if alone > self.alone:
            return Verdict.UNSURE
        if confidence >= self.sure:
            return Verdict.SURE
        return Verdict.CHECK if confidence >= self.check else Verdict.UNSURE


def certainty_signs(probabilities: Scores, groups: Sequence[str], known: Scores, words: int, alone: float) -> Scores:
    """Return the signs for the most probable candidate, in the order of ``CERTAINTY_SIGNS``.

    ``probabilities``, ``groups`` (the KLE group) and ``known`` (the linear layers' score) run over the candidates;
    ``words`` and ``alone`` (the score of texts to be left alone) are the text's.
    """
    best = int(probabilities.argmax())
    first = float(probabilities[best])
    second = float(np.delete(probabilities, best).max(initial=0))
    group = float(sum(p for p, g in zip(probabilities.tolist(), groups, strict=True) if g == groups[best]))
    return np.array(
        [_log_odds(first), first - second, float(known[best]), _log_odds(group), math.log1p(words), alone], np.float32
    )


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return math.log(bounded / (1 - bounded))
