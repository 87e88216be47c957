"""Features of a text: its words, the pieces of its words, and the laws that it names.

Danish is a language of compounds, so the pieces (character n-grams inside word boundaries) carry most: they
make ``Parkeringslicensnr`` and ``licens til parkering`` alike. Training and run time share these functions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.suggest.laws import LawReference
from markup_assistant.suggest.stopwords import STOPWORDS
from markup_assistant.suggest.tokens import Token, stem

NGRAM_SIZES = (3, 4, 5)
LAW_WEIGHT = 5.0
"""A section of a law counts as this many words: it names the matter more exactly than any of them."""

MAX_WORD = 40
"""Letters of a word that are looked at: longer ones are no Danish words."""


def word_features(word: str) -> list[str]:
    """Return the features of one word in lower case: itself, its stem and its n-grams with word boundaries."""
    word = word[:MAX_WORD]
    padded = f" {word} "
    features = [f"={stem(word)}"]
    for size in NGRAM_SIZES:
        features += [padded[i : i + size] for i in range(len(padded) - size + 1)]
    if "-" in word:
        for part in word.split("-"):
            if len(part) > 2:
                features += word_features(part)
    return features


def law_features(reference: str) -> list[str]:
    """Return the feature of a law reference in its one form."""
    return [f"§{reference}"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or law reference with all the places where it stands, and the features that it brings."""

    key: str
    weight: float
    spans: tuple[tuple[int, int], ...]
    features: NDArray[np.int32]


class Vocabulary:
    """Numbers the features that the model knows, with their inverse document frequency.

    ``idf`` has shape (n_features,), float32.
    """

    def __init__(self, features: Sequence[str], idf: NDArray[np.float32]) -> None:
        self.features = features
        self.idf = idf
        self._index = dict(zip(features, range(len(features)), strict=True))
        self._words: dict[str, NDArray[np.int32]] = {}

    def __len__(self) -> int:
        return len(self.idf)

    @property
    def highest_idf(self) -> float:
        """The weight of what hardly any text has."""
        return float(self.idf.max(initial=1.0))

    def knows(self, word: str) -> bool:
        """Whether the stem of a word is one of the features."""
        return f"={stem(word)}" in self._index

    def of_word(self, word: str) -> NDArray[np.int32]:
        """Return the numbers of a word's known features (kept, because letters repeat their words)."""
        known = self._words.get(word)
        if known is None:
            known = self._lookup(word_features(word))
            if len(self._words) > 50_000:
                self._words.clear()
            self._words[word] = known
        return known

    def units(self, tokens: Iterable[Token], laws: Iterable[LawReference]) -> list[Unit]:
        """Gather a letter's words and law references, each once, with the sum of the weights of its places."""
        weights: dict[str, float] = defaultdict(float)
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for token in tokens:
            if token.word in STOPWORDS or len(token.word) == 1:
                continue
            weights[token.word] += token.weight
            spans[token.word].append((token.start, token.end))
        units = [Unit(word, weights[word], tuple(spans[word]), self.of_word(word)) for word in weights]
        law_spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for law in laws:
            law_spans[law.key].append((law.start, law.end))
        units += [
            Unit(key, LAW_WEIGHT * len(places), tuple(places), self._lookup(law_features(key)))
            for key, places in law_spans.items()
        ]
        return [unit for unit in units if len(unit.features)]

    def vector(self, units: Sequence[Unit]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the features of a text and their values: sublinear frequency times idf, length one.

        Shapes (n,) and (n,), features ascending; both empty for a text without a known feature.
        """
        if not units:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        features = np.concatenate([unit.features for unit in units])
        repeats = np.array([len(unit.features) for unit in units])
        weights = np.repeat(np.array([unit.weight for unit in units]), repeats)
        # Sorting the text's own features is cheaper than counting over the whole vocabulary.
        present, places = np.unique(features, return_inverse=True)
        values = np.log1p(np.bincount(places, weights=weights)) * self.idf[present]
        norm = np.sqrt(np.square(values).sum())
        if norm > 0:
            values /= norm
        return present.astype(np.int32), values.astype(np.float32)

    def _lookup(self, features: Iterable[str]) -> NDArray[np.int32]:
        index = self._index
        return np.array([index[feature] for feature in features if feature in index], dtype=np.int32)
