"""Suggests the KLE subject of a letter, with the words that speak for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Evidence, Suggestion, Verdict
from markup_assistant.suggest.certainty import certainty_signs
from markup_assistant.suggest.laws import LawBook
from markup_assistant.suggest.memory import Memory, Recall, Trace, traced
from markup_assistant.suggest.model import Model
from markup_assistant.suggest.sign_names import SIGNS
from markup_assistant.suggest.signs import Reading, candidates, read_signs, sign_matrix

NOTHING = Recall()

FAINTEST_THOUGHT = 0.01
"""Probability of a subject from which on it is worth remembering that the model thought of it."""

MAX_EVIDENCE = 5
MAX_GAP = 6
"""Characters between two words that are shown as one reason: a stop word at the most."""


@dataclass(frozen=True, slots=True)
class SubjectSuggestions:
    """The subjects of a letter, the groups that share their probability, and the verdict on the first."""

    subjects: tuple[Suggestion[str], ...]
    groups: tuple[Suggestion[str], ...]
    verdict: Verdict
    recall: Recall = NOTHING


class SubjectSuggester:
    """Ranks the subjects of a letter with a model."""

    def __init__(self, model: Model, laws: LawBook) -> None:
        self._model = model
        self._laws = laws

    def suggest(
        self, letter: Letter, limit: int = 5, memory: Memory | None = None, without: str = ""
    ) -> SubjectSuggestions:
        """Return the ``limit`` most probable subjects, best first; none for a letter without a known word.

        ``memory`` holds decided letters; the one named ``without`` does not count.
        """
        reading = read_signs(letter, self._model, self._laws)
        recall = self._recall(reading, memory, without) if memory and self._model.remembering else NOTHING
        if not len(reading.features):
            return SubjectSuggestions((), (), Verdict.UNSURE, recall)
        corrections = recall.corrections(self._model.place_of)
        chosen = candidates(reading, corrections)
        probabilities = self._probabilities(reading, chosen, corrections)
        order = np.lexsort((np.asarray(chosen), -probabilities))
        confidences, verdict = self._judged(reading, chosen, probabilities, recall)
        subjects = tuple(
            Suggestion(
                self._model.subjects[chosen[place]],
                float(confidences[place]),
                self._evidence(letter, reading, chosen[place]),
            )
            for place in order[:limit]
        )
        return SubjectSuggestions(subjects, self._groups(chosen, confidences, limit), verdict, recall)

    def trace(self, letter: Letter) -> Trace:
        """Return what is to be remembered of a letter that was decided."""
        reading = read_signs(letter, self._model, self._laws)
        return trace_reading(reading, self._model)

    def _recall(self, reading: Reading, memory: Memory, without: str) -> Recall:
        vocabulary = self._model.vocabulary
        return memory.recall(*traced(reading.tokens, reading.features, reading.values, vocabulary), without)

    def _probabilities(
        self, reading: Reading, chosen: list[int], corrections: Mapping[int, float]
    ) -> NDArray[np.float32]:
        scores = rank(sign_matrix(reading, self._model, chosen), self._model) / self._model.ranker.temperature
        if corrections and self._model.remembering:
            gained = np.array([corrections.get(subject, 0.0) for subject in chosen], np.float32)
            scores = scores + np.float32(self._model.remembering.weight) * gained
        return softmax(scores)

    def _judged(
        self, reading: Reading, chosen: list[int], probabilities: NDArray[np.float32], recall: Recall
    ) -> tuple[NDArray[np.float32], Verdict]:
        """Return confidences and verdict, by the judgement for letters that the memory has something to say of."""
        signs = letter_certainty(reading, self._model, chosen, probabilities)
        certainty = self._model.certainty
        if recall.letters and self._model.remembering:
            best = self._model.subjects[chosen[int(probabilities.argmax())]]
            signs = np.append(signs, recall.agreement(best)).astype(np.float32)
            certainty = self._model.remembering.certainty
        first = certainty.confidence(signs)
        return _shared(first, probabilities), certainty.verdict(first, reading.alone)

    def _groups(self, chosen: list[int], confidences: NDArray[np.float32], limit: int) -> tuple[Suggestion[str], ...]:
        shares: dict[str, float] = defaultdict(float)
        for subject, confidence in zip(chosen, confidences, strict=True):
            shares[self._model.subjects[subject][:5]] += float(confidence)
        best = sorted(shares, key=lambda group: (-shares[group], group))[:limit]
        return tuple(Suggestion(group, min(shares[group], 1.0)) for group in best)

    def _evidence(self, letter: Letter, reading: Reading, subject: int) -> tuple[Evidence, ...]:
        found = _phrase_evidence(letter, reading, subject, self._model)
        taken = [(evidence.start, evidence.end) for evidence in found]
        by_unit = _unit_contributions(reading, self._model, subject)
        for evidence in _word_evidence(letter, reading, by_unit):
            if not any(evidence.start < end and start < evidence.end for start, end in taken):
                found.append(evidence)
        strongest = sorted(found, key=lambda evidence: (-evidence.weight, evidence.start))
        unique: dict[str, Evidence] = {}
        for evidence in strongest:
            unique.setdefault(evidence.text.casefold(), evidence)
        return tuple(unique.values())[:MAX_EVIDENCE]


def letter_certainty(
    reading: Reading, model: Model, chosen: list[int], probabilities: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the signs of how sure the most probable of the candidates is."""
    groups = [model.subjects[subject][:5] for subject in chosen]
    return certainty_signs(probabilities, groups, reading.scores.total[chosen], len(reading.units), reading.alone)


def trace_reading(reading: Reading, model: Model) -> Trace:
    """Return what is to be remembered of a text that was read."""
    if not len(reading.features):
        return Trace(np.empty(0, np.int32), np.empty(0, np.float32), {})
    chosen = candidates(reading)
    probabilities = softmax(rank(sign_matrix(reading, model, chosen), model) / model.ranker.temperature)
    features, values = traced(reading.tokens, reading.features, reading.values, model.vocabulary)
    return Trace(features, values, thoughts(chosen, probabilities))


def thoughts(chosen: Sequence[int], probabilities: NDArray[np.float32]) -> dict[int, float]:
    """Return the probabilities that are worth remembering, by subject."""
    return {
        subject: round(float(share), 4)
        for subject, share in zip(chosen, probabilities, strict=True)
        if share >= FAINTEST_THOUGHT
    }


def _shared(first: float, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the best candidate its confidence, and let the others share what it leaves as their probabilities do."""
    best = int(probabilities.argmax())
    others = np.delete(probabilities, best)
    left, second = float(others.sum()), float(others.max(initial=0))
    # No other subject may come out surer than the first, however little that one was trusted.
    scale = min((1 - first) / left, first / second) if second > 0 else 0.0
    confidences = probabilities * np.float32(scale)
    confidences[best] = first
    return np.asarray(confidences, np.float32)


def rank(signs: NDArray[np.float32], model: Model) -> NDArray[np.float32]:
    """Return the ranker's score of each candidate, shape (n_candidates,)."""
    return np.asarray((signs / model.ranker.spread) @ model.ranker.coef, np.float32)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities that sum to one."""
    shifted = np.exp(scores - scores.max())
    return np.asarray(shifted / shifted.sum(), np.float32)


def _unit_contributions(reading: Reading, model: Model, subject: int) -> dict[str, float]:
    """Share what each feature adds to the subject's score among the words that brought it."""
    contributions = model.contributions(reading.scores, subject, len(reading.features))
    if not reading.units:
        return {}
    share = contributions / reading.brought
    sums = np.add.reduceat(share[reading.unit_features], reading.unit_starts)
    return {unit.key: unit.weight * float(value) for unit, value in zip(reading.units, sums, strict=True)}


def _word_evidence(letter: Letter, reading: Reading, by_unit: Mapping[str, float]) -> list[Evidence]:
    """Join neighbouring words that speak for the subject into the reasons that a reader sees."""
    positive = {key: value for key, value in by_unit.items() if value > 0}
    if not positive:
        return []
    floor = max(positive.values()) * 0.1
    total = sum(positive.values())
    runs: list[tuple[float, int, int]] = []
    used: set[str] = set()
    for token in reading.tokens:
        value = positive.get(token.word, 0.0)
        if value < floor:
            continue
        fresh = value if token.word not in used else 0.0
        used.add(token.word)
        if runs and 0 <= token.start - runs[-1][2] <= MAX_GAP and _plain(letter.text[runs[-1][2] : token.start]):
            runs[-1] = (runs[-1][0] + fresh, runs[-1][1], token.end)
        else:
            runs.append((fresh, token.start, token.end))
    evidence = [
        Evidence(letter.text[start:end], start, end, "model", round(value / total, 4))
        for value, start, end in runs
        if value > 0
    ]
    laws = [unit for unit in reading.units if "§" in unit.key and positive.get(unit.key, 0.0) >= floor]
    evidence += [
        Evidence(letter.text[start:end], start, end, "law", round(positive[unit.key] / total, 4))
        for unit in laws
        for start, end in unit.spans[:1]
    ]
    return evidence


def _plain(between: str) -> bool:
    return not any(character.isdigit() or character in "\n.,;:()«»<>{}[]|" for character in between)


def _phrase_evidence(letter: Letter, reading: Reading, subject: int, model: Model) -> list[Evidence]:
    weight = _phrase_share(model)
    mine = [match for match in reading.matches if match.subject == subject and match.weight > 0]
    total = sum(match.weight for match in mine)
    evidence: list[Evidence] = []
    for match in sorted(mine, key=lambda match: (-match.weight, match.spans)):
        start, end = match.spans[0]
        if any(start < other.end and other.start < end for other in evidence):
            continue
        share = round(weight * match.weight / total, 4)
        evidence.append(Evidence(letter.text[start:end], start, end, match.kind, share))
    return evidence


def _phrase_share(model: Model) -> float:
    """Return how much phrases weigh beside the linear layers in the ranker, 0 to 1."""
    weights = dict(zip(SIGNS, np.abs(model.ranker.coef).tolist(), strict=True))
    phrases = weights["phrase"] + weights["law"] + weights["headline"]
    linear = weights["subject"] + weights["group"] + weights["main_group"]
    return float(phrases / (phrases + linear)) if phrases + linear else 0.5
