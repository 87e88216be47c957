"""How well each number of the catalogue fits the typed words, from 0 to 1."""

from math import log10

from markup_assistant.catalogue.folding import FILLERS
from markup_assistant.catalogue.index import Index
from markup_assistant.catalogue.matching import Matches, match_words

LEAST = 0.3
"""Score under which a hit would only be noise; chosen on the queries of the test suite."""

MISSING_COSTS = 1.4
"""Power of the share of typed words that were found: above 1, so that a text with all of them wins."""

COVERAGE = 0.2
"""Share of the score that goes by how much of the title or term was typed: ``Licens`` before a long title."""

UNKNOWN_WEIGHT = 0.4
"""Weight of a typed word that the catalogue does not have, against one that it has once."""

SOURCE_WEIGHT = {"title": 1.0, "heading": 0.86, "form": 0.86, "system": 0.84}
"""How far words count by where they stand."""
TERM_WEIGHT = 0.88
"""Other terms: below a title, above a part of a word."""

FROM_PARENT = 0.75
"""How far a word counts that stands in the title of the group above."""
SCATTERED = 0.88
"""How far the words count together when they stand in different titles and terms of a number."""

GENERAL = ("ialmindelighed", "mvialmindelighed", "mv")
"""What may follow a title that is otherwise exactly what was typed."""
GENERAL_SCORE = 0.975

Best = dict[str, tuple[float, int]]
"""Score and best entry of each number."""

Qualities = dict[int, tuple[float, int]]
"""By entry: quality of the best match in it, and the letters of the entry that it takes."""


def best_entries(index: Index, typed: list[str]) -> Best:
    """Return for each number that fits the typed (folded) words its score and the text that fits."""
    words = [word for word in typed if word not in FILLERS] or typed
    matches = match_words(index, words)
    weights = [_weight(index, word, found) for word, found in zip(words, matches, strict=True)]
    qualities = [_entry_qualities(index, found) for found in matches]
    best: Best = {}
    for entry, score in _entry_scores(index, "".join(typed), qualities, weights).items():
        weighted = score * SOURCE_WEIGHT.get(index.sources[entry], TERM_WEIGHT)
        number = index.numbers[entry]
        if number not in best or weighted > best[number][0]:
            best[number] = (weighted, entry)
    if len(words) > 1:
        _add_scattered(index, qualities, weights, best)
    return {number: found for number, found in best.items() if found[0] >= LEAST}


def _weight(index: Index, word: str, matches: Matches) -> float:
    """Weigh a typed word: a rare one says more (inverse document frequency, damped).

    A word that the catalogue hardly knows cannot tell its numbers apart, and must not drown those that can.
    """
    known = max(UNKNOWN_WEIGHT, max(matches.values(), default=0.0))
    return known / (1 + 0.5 * log10(1 + len(index.postings.get(word, ()))))


def _entry_qualities(index: Index, matches: Matches) -> Qualities:
    found: Qualities = {}
    for word, quality in sorted(matches.items(), key=lambda match: match[1]):
        value = (quality, len(word))
        for entry in index.postings[word]:
            found[entry] = value
    return found


def _entry_scores(index: Index, typed: str, qualities: list[Qualities], weights: list[float]) -> dict[int, float]:
    """Score each title and term by the typed words found in it and by how much of it they are."""
    whole = sum(weights)
    sums: dict[int, float] = {}
    letters: dict[int, float] = {}
    for found, weight in zip(qualities, weights, strict=True):
        for entry, (quality, length) in found.items():
            sums[entry] = sums.get(entry, 0.0) + weight * quality
            letters[entry] = letters.get(entry, 0.0) + length * quality
    general = {typed + ending for ending in GENERAL}
    scores: dict[int, float] = {}
    for entry, total in sums.items():
        text = index.compact[entry]
        if text == typed:
            scores[entry] = 1.0
        elif text in general:
            scores[entry] = GENERAL_SCORE
        else:
            covered = min(1.0, letters[entry] / len(text))
            scores[entry] = (total / whole) ** MISSING_COSTS * (1 - COVERAGE + COVERAGE * covered)
    return scores


def _add_scattered(index: Index, qualities: list[Qualities], weights: list[float], best: Best) -> None:
    """Raise numbers whose words stand in several of their titles and terms, or in the title above."""
    by_number: list[dict[str, float]] = []
    for found in qualities:
        numbers: dict[str, float] = {}
        for entry, (quality, _) in found.items():
            number = index.numbers[entry]
            if quality > numbers.get(number, 0.0):
                numbers[number] = quality
        by_number.append(numbers)
    whole = sum(weights)
    sums: dict[str, float] = {}
    for numbers, weight in zip(by_number, weights, strict=True):
        for number in best:
            quality = max(numbers.get(number, 0.0), FROM_PARENT * numbers.get(number[:-3], 0.0))
            if quality:
                sums[number] = sums.get(number, 0.0) + weight * quality
    for number, total in sums.items():
        score, entry = best[number]
        best[number] = (max(score, SCATTERED * (total / whole) ** MISSING_COSTS), entry)
