"""Fits how much decided letters count beside the model, on letters that it has not seen.

A municipality is played: some of the held-out letters have been decided, the others are asked about. It sends some
letter types under a neighbour of the number that the corpus gives them, as municipalities do, so that the memory
learns to speak against a model that is sure. The weight is taken that makes the right subjects most probable.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.ranker import Case, Source, case_certainty, fit_certainty
from markup_assistant.markup import Markup
from markup_assistant.suggest.bundle import Arrays
from markup_assistant.suggest.memory import Memory, Recall, Remembered, Trace
from markup_assistant.suggest.subjects import softmax, thoughts

DECIDED = 0.5
"""Share of the letters that have been decided."""

OWN_NUMBERS = 0.1
"""Share of the letter types that the municipality sends under a number of its own."""

WEIGHTS = (1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0)
SEED = 2026


@dataclass(frozen=True, slots=True)
class _Asked:
    """A letter that is asked about: its case with the right candidate of the municipality, and what is recalled."""

    case: Case
    scores: NDArray[np.float32]
    gained: NDArray[np.float32]
    recall: Recall


def fit_remembering(folds: Sequence[Sequence[Case]], ranker: Arrays, subjects: Sequence[str]) -> Arrays:
    """Return the weight of corrections, and the judgement of first suggestions that the memory spoke of.

    ``folds`` are the held-out cases by fold, each judged by a model that had not seen them; ``ranker`` is what was
    fitted on all of them.
    """
    asked = [one for number, cases in enumerate(folds) for one in _played(cases, ranker, subjects, SEED + number)]
    weight = min(WEIGHTS, key=lambda weight: sum(_loss(one, weight) for one in asked))
    signs, correct = [], []
    for one in asked:
        if not one.recall.letters:
            continue
        probabilities = softmax(one.scores + np.float32(weight) * one.gained)
        best = int(probabilities.argmax())
        assert one.case.source is not None  # noqa: S101 - only such are asked about
        agreement = one.recall.agreement(subjects[one.case.source.candidates[best]])
        signs.append(np.append(case_certainty(one.case, probabilities), agreement))
        correct.append(bool(one.case.right[best]))
    judged = fit_certainty(np.array(signs, np.float32), np.array(correct), np.ones(len(signs)))
    return {"weight": np.array(weight), **judged, "check": ranker["check"], "alone": ranker["alone"]}


def _played(cases: Sequence[Case], ranker: Arrays, subjects: Sequence[str], seed: int) -> Iterator[_Asked]:
    """Play a municipality with the letters of a fold."""
    random = np.random.default_rng(seed)
    known = [case for case in cases if case.source is not None]
    types = sorted({case.source.letter_type for case in known if case.source})
    own = {name: random.random() for name in types if random.random() < OWN_NUMBERS}
    memory = Memory()
    for place, case in enumerate(known):
        source = case.source
        if source is None or random.random() >= DECIDED:
            continue
        scores = _scores(case, ranker)
        trace = Trace(source.features, source.values, thoughts(source.candidates, softmax(scores)))
        decided = subjects[_own_subject(source, own, subjects)]
        memory.remember(str(place), Remembered(str(place), Markup(decided)), trace)
    place_of = {number: place for place, number in enumerate(subjects)}
    for place, case in enumerate(known):
        source = case.source
        if source is None:
            continue
        recall = memory.recall(source.features, source.values, without=str(place))
        gained = recall.corrections(place_of)
        changed = case
        if source.letter_type in own:
            number = _own_subject(source, own, subjects)
            if number not in source.candidates:
                continue  # at run time the memory would bring it along, with signs that are not known here
            changed = replace(case, right=np.array([one == number for one in source.candidates]))
        share = np.array([gained.get(one, 0.0) for one in source.candidates], np.float32)
        yield _Asked(changed, _scores(case, ranker), share, recall)


def _scores(case: Case, ranker: Arrays) -> NDArray[np.float32]:
    scores = (case.signs / ranker["spread"]) @ ranker["coef"] / float(ranker["temperature"])
    return np.asarray(scores, np.float32)


def _own_subject(source: Source, own: Mapping[str, float], subjects: Sequence[str]) -> int:
    """Return the subject under which the municipality sends a letter: a neighbour for types that it numbers itself."""
    if source.letter_type not in own:
        return source.subject
    group = subjects[source.subject][:5]
    others = [place for place, number in enumerate(subjects) if number[:5] == group and place != source.subject]
    return others[int(own[source.letter_type] * len(others))] if others else source.subject


def _loss(one: _Asked, weight: float) -> float:
    probabilities = softmax(one.scores + np.float32(weight) * one.gained)
    return -float(np.log(max(float(probabilities[one.case.right].sum()), 1e-6)))
