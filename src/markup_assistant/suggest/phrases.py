"""Finds the catalogue's titles and terms in a letter, word for word up to inflection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.suggest.laws import LawReference
from markup_assistant.suggest.tokens import Token, split_words, stem

MAX_PHRASE = 5
"""Words of the longest phrase that is looked for; longer titles do not stand in letters word for word."""

KINDS = ("title", "term", "heading", "form", "system", "abbreviation", "law")
"""Where a phrase comes from; the place in this tuple is its number in a bundle."""


def phrase_key(text: str) -> str:
    """Return the form in which a phrase is looked up: stems in lower case, separated by spaces."""
    return " ".join(stem(word) for word in split_words(text))


def law_key(reference: str) -> str:
    """Return the form in which a law reference is looked up."""
    return f"§{reference}"


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """A phrase of a subject that stands in the letter at ``spans``; ``weight`` grows with rarity and place."""

    subject: int
    kind: str
    weight: float
    spans: tuple[tuple[int, int], ...]


class PhraseIndex:
    """Every title and term by its key.

    ``keys`` are sorted and may repeat (a term of several subjects); ``subjects``, ``kinds`` and ``weights`` run
    beside them.
    """

    def __init__(
        self,
        keys: Sequence[str],
        subjects: NDArray[np.uint16],
        kinds: NDArray[np.uint8],
        weights: NDArray[np.float32],
    ) -> None:
        self.keys = keys
        self.subjects = subjects
        self.kinds = kinds
        self.weights = weights
        # From the last to the first, so that the first of equal keys stays.
        self._first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))

    def find(self, tokens: Sequence[Token], laws: Iterable[LawReference]) -> list[PhraseMatch]:
        """Return every phrase in the letter, once for each subject that it belongs to."""
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        best: dict[str, float] = defaultdict(float)
        for key, start, end, weight in self._occurrences(tokens):
            places[key].append((start, end))
            best[key] = max(best[key], weight)
        for law in laws:
            key = law_key(law.key)
            if key in self._first:
                places[key].append((law.start, law.end))
                best[key] = max(best[key], 1.0)
        return [
            PhraseMatch(
                int(self.subjects[entry]),
                KINDS[self.kinds[entry]],
                float(self.weights[entry]) * best[key],
                tuple(spans),
            )
            for key, spans in places.items()
            for entry in self._entries(key)
        ]

    def of(self, subject: int) -> list[tuple[str, float]]:
        """Return the keys of a subject with their weights, law references left out."""
        return [
            (self.keys[at], float(self.weights[at]))
            for at in np.flatnonzero(self.subjects == subject).tolist()
            if not self.keys[at].startswith("§")
        ]

    def _entries(self, key: str) -> Iterator[int]:
        entry = self._first[key]
        while entry < len(self.keys) and self.keys[entry] == key:
            yield entry
            entry += 1

    def _occurrences(self, tokens: Sequence[Token]) -> Iterator[tuple[str, int, int, float]]:
        stems = [stem(token.word) for token in tokens]
        for at, key in enumerate(stems):
            for count in range(1, min(MAX_PHRASE, len(stems) - at) + 1):
                if count > 1:
                    key = f"{key} {stems[at + count - 1]}"  # noqa: PLW2901 - grows word by word
                if key in self._first:
                    yield key, tokens[at].start, tokens[at + count - 1].end, tokens[at].weight
