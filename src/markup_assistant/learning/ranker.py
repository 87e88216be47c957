"""Fits the ranker on letters that the layers have not seen, and turns its scores into confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from markup_assistant.suggest.bundle import Arrays
from markup_assistant.suggest.certainty import certainty_signs
from markup_assistant.suggest.model import certainty_of
from markup_assistant.suggest.sign_names import SIGNS
from markup_assistant.suggest.subjects import softmax

SURE_PRECISION = 0.97
"""Share of right first suggestions from which on a letter is called sure, on letters that were held out."""

CHECK_CONFIDENCES = (0.4, 0.45, 0.5)
"""Confidences below which a letter may be called unsure: the first suggestion is then hardly more right than wrong."""

CAUGHT = 0.96
"""Share of the texts to be left alone that must be called unsure: one in a hundred more than is asked of texts that
nobody has seen."""

NEGATIVES = 12
"""Wrong candidates that each right one is compared with, the highest of the linear layers first."""


@dataclass(frozen=True, slots=True)
class Case:
    """A held-out text: the signs of its candidates, shape (n_candidates, n_signs), and which are right.

    ``best`` is the place of the right candidate, or -1 where it is not among them. ``groups`` are the candidates'
    groups, ``words`` the text's number of different words; ``left_alone`` is a text for which no subject is right,
    ``alone`` its score by the model as one of those. ``name`` is the letter's id and ``candidates`` are the subjects of
    the rows by place; a phrase has neither.
    """

    signs: NDArray[np.float32]
    right: NDArray[np.bool_]
    best: int
    groups: tuple[str, ...]
    words: int
    weight: float = 1.0
    left_alone: bool = False
    source: "Source | None" = None
    alone: float = 0.0
    name: str = ""
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What the memory needs to know of the letter of a case.

    ``candidates`` are the subjects of the case's rows by place, ``subject`` is the right one, ``letter_type`` the
    kind of letter; ``features`` and ``values`` are its trace (see ``suggest.memory``).
    """

    candidates: tuple[int, ...]
    subject: int
    letter_type: str
    features: NDArray[np.int32]
    values: NDArray[np.float32]


def fit_ranker(cases: Sequence[Case]) -> Arrays:
    """Fit weights of signs, temperature, certainty and limits of the verdicts on held-out cases.

    Cases in which nothing is right (texts that must be left alone) teach the certainty alone.
    """
    spread = np.maximum(np.vstack([case.signs for case in cases]).std(axis=0), 1e-6).astype(np.float32)
    coef = _fit_weights(cases, spread)
    scores = [(case.signs / spread) @ coef for case in cases]
    temperature = _fit_temperature(cases, scores)
    probabilities = [softmax((score / temperature).astype(np.float32)) for score in scores]
    correct = np.array([bool(case.right[p.argmax()]) for case, p in zip(cases, probabilities, strict=True)])
    return {
        "coef": coef,
        "spread": spread,
        "temperature": np.array(temperature),
        **_with_limits(cases, probabilities, _fit_certainty(cases, probabilities, correct)),
    }


def _fit_certainty(
    cases: Sequence[Case], probabilities: Sequence[NDArray[np.float32]], correct: NDArray[np.bool_]
) -> Arrays:
    signs = np.array([case_certainty(case, p) for case, p in zip(cases, probabilities, strict=True)])
    return fit_certainty(signs, correct, np.array([case.weight for case in cases]))


def case_certainty(case: Case, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the signs of how sure the most probable candidate of a case is."""
    return certainty_signs(probabilities, case.groups, case.signs[:, SIGNS.index("raw")], case.words, case.alone)


def fit_certainty(signs: NDArray[np.float32], correct: NDArray[np.bool_], weight: NDArray[np.float64]) -> Arrays:
    """Fit how sure first suggestions are, and from which confidence on they are, on held-out cases.

    ``signs`` (n_cases, n_signs), ``correct`` and ``weight`` (n_cases,); letters weigh 1, phrases less.
    """
    model = LogisticRegression(C=1.0, max_iter=1000).fit(signs, correct, sample_weight=weight)
    score = model.predict_proba(signs)[:, 1]
    raw, calibrated = _fit_isotonic(score, correct, weight)
    confidence = np.interp(score, raw, calibrated)
    # The limits are for letters: phrases are only there to teach the ranker.
    letters = weight == 1.0
    sure = _limit(confidence[letters], correct[letters], SURE_PRECISION)
    return {
        "certainty_coef": model.coef_[0].astype(np.float32),
        "certainty_intercept": np.array(float(model.intercept_[0])),
        "raw": raw,
        "calibrated": calibrated,
        "sure": np.array(sure),
        "check": np.array(min(sure, max(CHECK_CONFIDENCES))),
        "alone": np.array(np.inf),
    }


def _with_limits(cases: Sequence[Case], probabilities: Sequence[NDArray[np.float32]], certainty: Arrays) -> Arrays:
    """Choose the limits of ``unsure``: it catches the texts to be left alone, and the fewest letters with them."""
    fitted = certainty_of(certainty)
    letters = [place for place, case in enumerate(cases) if case.weight == 1.0]
    confidence = np.array([fitted.confidence(case_certainty(cases[at], probabilities[at])) for at in letters])
    alone = np.array([cases[at].alone for at in letters])
    left = np.array([cases[at].left_alone for at in letters])
    if not left.any():
        return certainty
    best: tuple[float, float, float] | None = None
    for check in CHECK_CONFIDENCES:
        for limit in np.quantile(alone[left], np.linspace(0, 1, 41)):
            unsure = (confidence < check) | (alone > limit)
            lost = float(unsure[~left].mean()) if (~left).any() else 0.0
            if unsure[left].mean() >= CAUGHT and (best is None or lost < best[0]):
                best = lost, check, float(limit)
    _, check, limit = best or (1.0, max(CHECK_CONFIDENCES), float(alone[left].min()))
    return certainty | {"check": np.array(min(float(certainty["sure"]), check)), "alone": np.array(limit)}


def _fit_weights(cases: Sequence[Case], spread: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fit a pairwise ranker: the right candidate's signs less a wrong one's should point one way."""
    differences, weights = [], []
    for case in cases:
        if case.best < 0:
            continue
        wrong = np.flatnonzero(~case.right)
        hardest = wrong[np.argsort(-case.signs[wrong, 0])[:NEGATIVES]]
        differences.append((case.signs[case.best] - case.signs[hardest]) / spread)
        weights += [case.weight / max(len(hardest), 1)] * len(hardest)
    pairs = np.vstack(differences)
    labels = np.repeat([1, 0], len(pairs))
    model = LogisticRegression(fit_intercept=False, C=1.0, max_iter=1000)
    model.fit(np.vstack([pairs, -pairs]), labels, sample_weight=np.tile(weights, 2))
    return np.asarray(model.coef_[0], np.float32)


def _fit_temperature(cases: Sequence[Case], scores: Sequence[NDArray[np.float32]]) -> float:
    """Return the temperature with the least loss on a fixed grid (one number needs no optimiser)."""
    grid = np.geomspace(0.1, 10, 41)

    def loss(temperature: float) -> float:
        total = 0.0
        for case, score in zip(cases, scores, strict=True):
            p = softmax((score / temperature).astype(np.float32))
            total -= case.weight * float(np.log(max(p[case.right].sum(), 1e-6)))
        return total

    return float(grid[int(np.argmin([loss(temperature) for temperature in grid]))])


def _fit_isotonic(
    first: NDArray[np.float32], correct: NDArray[np.bool_], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    fit = IsotonicRegression(y_min=0.005, y_max=0.995, out_of_bounds="clip")
    fit.fit(first, correct.astype(float), sample_weight=weight)
    grid = np.linspace(0, 1, 101)
    # Averaged over a window: the bare steps would give hundreds of letters one and the same confidence.
    smooth = np.convolve(np.pad(fit.predict(grid), 5, mode="edge"), np.ones(11) / 11, mode="valid")
    smooth[0] = min(smooth[0], 0.005)
    return grid.astype(np.float32), np.maximum.accumulate(smooth).astype(np.float32)


def _limit(confidence: NDArray[np.float64], correct: NDArray[np.bool_], precision: float) -> float:
    """Return the least confidence from which on the first suggestions reach a precision; above 1 if none does."""
    order = np.argsort(-confidence, kind="stable")
    reached = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(reached >= precision)
    enough = good[good >= min(20, len(order) - 1)]
    return float(confidence[order][enough[-1]]) if len(enough) else 1.01
