"""The memory of decided letters: what was decided for a letter is known for the next one, before any training.

A letter is remembered as the strongest features of its text (those that the model knows, and the stems of words that
it does not know, hashed) and as what the model got wrong about it: the decided subject, less what the model had
thought probable. A letter like it is corrected by as much (one step of kernel logistic regression). So a decision
that the model agreed with changes nothing, and one that it did not agree with changes what is like it, and only that.
How much, was fitted when the model was trained (``learning/remembering.py``).
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from markup_assistant.markup import How, Markup
from markup_assistant.suggest.features import Vocabulary
from markup_assistant.suggest.stopwords import STOPWORDS
from markup_assistant.suggest.tokens import Token, stem

KEPT = 250
"""Features of a letter that are remembered, the strongest ones: the rest is what all letters have."""

UNKNOWN = 1 << 18
"""Places for words that the model does not know."""

TWIN = 0.8
"""Likeness from which on a letter is a version of one that was decided; ``benchmarks/memory.py`` shows why."""

NEAREST = 10
"""Remembered letters that count for a letter, the likest ones: the hundredth like it says nothing more."""

TRUST = MappingProxyType(
    {
        How.TYPED: 1.0,
        How.SEARCHED: 1.0,
        How.PICKED: 1.0,
        How.ACCEPTED: 0.95,
        How.IMPORTED: 0.9,
        How.PROPAGATED: 0.9,
        How.AUTOMATIC: 0.0,
    }
)
"""How far a remembered subject counts, by how it was chosen; what nobody looked at does not count at all."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trace:
    """What is remembered of a text: ``features`` (n,) and their ``values`` (n,), together of length one.

    ``thought`` is what the model alone thought: the probability of each subject (by place) that it considered.
    """

    features: NDArray[np.int32]
    values: Floats
    thought: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A decided letter: the name by which it is spoken of, its markup, and how far its subject is to be trusted."""

    name: str
    markup: Markup
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Recall:
    """What the memory says of a letter: the likest remembered ``letters``, likest first, with their ``traces``.

    ``likeness`` (n,) goes from 0 to 1 and counts how far each letter is to be trusted.
    """

    letters: tuple[Remembered, ...] = ()
    traces: tuple[Trace, ...] = ()
    likeness: tuple[float, ...] = ()

    def corrections(self, place_of: Mapping[str, int]) -> dict[int, float]:
        """Return how much each subject (by its place in the model) gains or loses, before the fitted weight."""
        gained: dict[int, float] = {}
        for letter, trace, likeness in zip(self.letters, self.traces, self.likeness, strict=True):
            decided = place_of.get(letter.markup.subject)
            if decided is None:
                continue
            for place, thought in trace.thought.items():
                gained[place] = gained.get(place, 0.0) - likeness * thought
            gained[decided] = gained.get(decided, 0.0) + likeness
        return gained

    def agreement(self, subject: str) -> tuple[float, float]:
        """Return how like the likest letter is that was decided as a subject, and the likest decided otherwise."""
        same = [like for one, like in zip(self.letters, self.likeness, strict=True) if one.markup.subject == subject]
        other = [like for one, like in zip(self.letters, self.likeness, strict=True) if one.markup.subject != subject]
        return max(same, default=0.0), max(other, default=0.0)

    def twin(self) -> Remembered | None:
        """Return the remembered letter that this one is a version of."""
        return self.letters[0] if self.likeness and self.likeness[0] >= TWIN else None


class Memory:
    """Remembers decided letters by name; a letter that is decided again is remembered as it was decided last."""

    def __init__(self) -> None:
        self._letters: dict[str, tuple[Remembered, Trace]] = {}
        self._packed: _Packed | None = None

    def __len__(self) -> int:
        return len(self._letters)

    def __contains__(self, key: object) -> bool:
        return key in self._letters

    def remember(self, key: str, letter: Remembered, trace: Trace) -> None:
        """Take in a decided letter; ``key`` is its name in the store."""
        # Another thread may be asking: what it looks through stays as it is.
        others = {name: one for name, one in self._letters.items() if name != key}
        keeps = len(trace.features) > 0 and letter.trust > 0
        self._letters = {**others, key: (letter, trace)} if keeps else others
        self._packed = None

    def forget(self, key: str) -> None:
        """Let go of a letter."""
        if key in self._letters:
            self._letters = {name: one for name, one in self._letters.items() if name != key}
            self._packed = None

    def items(self) -> Sequence[tuple[str, Remembered, Trace]]:
        """Return all that is remembered, in the order in which it was decided."""
        return [(key, letter, trace) for key, (letter, trace) in self._letters.items()]

    def recall(self, features: NDArray[np.int32], values: Floats, without: str = "") -> Recall:
        """Return the remembered letters that are likest to a text; the one named ``without`` does not count.

        ``features`` and ``values`` are those of the text's own trace.
        """
        packed = self._pack()
        if not packed.letters or not len(features):
            return Recall()
        # A table of all features is quicker than looking each of millions up among the text's few.
        mine = np.zeros(max(int(packed.features.max()), int(features.max())) + 1, np.float32)
        mine[features] = values
        common = packed.values * mine[packed.features]
        likes = np.add.reduceat(common, packed.starts) * packed.trust
        if without in packed.keys:
            likes[packed.keys.index(without)] = 0
        # The last decided of two that are as like comes first.
        nearest = (len(likes) - 1 - np.argsort(-likes[::-1], kind="stable"))[:NEAREST]
        found = [int(at) for at in nearest if likes[at] > 0]
        return Recall(
            tuple(packed.letters[at] for at in found),
            tuple(packed.traces[at] for at in found),
            tuple(float(min(likes[at], 1.0)) for at in found),
        )

    def target_of(self, subject: str, facet: str) -> str:
        """Return the target that all remembered letters on a subject and facet have, at least two; or nothing."""
        found = [
            letter.markup.target
            for letter, _ in self._letters.values()
            if letter.markup.subject == subject and letter.markup.facet == facet and letter.markup.target
        ]
        return found[0] if len(found) > 1 and len(set(found)) == 1 else ""

    def _pack(self) -> "_Packed":
        packed = self._packed
        if packed is None:
            kept = self._letters
            letters = tuple(letter for letter, _ in kept.values())
            traces = tuple(trace for _, trace in kept.values())
            lengths = np.array([len(trace.features) for trace in traces], np.int64)
            packed = _Packed(
                list(kept),
                letters,
                traces,
                np.concatenate([trace.features for trace in traces]) if traces else np.empty(0, np.int32),
                np.concatenate([trace.values for trace in traces]) if traces else np.empty(0, np.float32),
                np.cumsum(lengths) - lengths,
                np.array([letter.trust for letter in letters], np.float32),
            )
            if kept is self._letters:
                self._packed = packed
        return packed


@dataclass(frozen=True, slots=True)
class _Packed:
    """All traces one after the other, so that one pass over numbers finds what is alike."""

    keys: list[str]
    letters: tuple[Remembered, ...]
    traces: tuple[Trace, ...]
    features: NDArray[np.int32]
    values: Floats
    starts: NDArray[np.int64]
    trust: Floats


def traced(
    tokens: Sequence[Token], features: NDArray[np.int32], values: Floats, vocabulary: Vocabulary
) -> tuple[NDArray[np.int32], Floats]:
    """Return features and values of a text's trace, from its vector (see ``Vocabulary.vector``) and its words."""
    strange, weights = _unknown_words(tokens, vocabulary)
    # The vector has length one; words that it lacks are weighed as it weighs its own.
    scale = _scale(features, values, vocabulary)
    every = np.concatenate([features, strange])
    weighed = np.concatenate([values, np.log1p(weights) * vocabulary.highest_idf * scale]).astype(np.float32)
    if len(every) > KEPT:
        strongest = np.sort(np.argpartition(-weighed, KEPT)[:KEPT])
        every, weighed = every[strongest], weighed[strongest]
    norm = float(np.sqrt(np.square(weighed).sum()))
    return every.astype(np.int32), weighed / np.float32(norm) if norm > 0 else weighed


def _unknown_words(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[NDArray[np.int32], Floats]:
    found: dict[int, float] = {}
    for token in tokens:
        word = token.word
        if len(word) < 3 or word in STOPWORDS or not word.isalpha() or vocabulary.knows(word):
            continue
        place = len(vocabulary) + zlib.crc32(stem(word).encode()) % UNKNOWN
        found[place] = found.get(place, 0.0) + token.weight
    places = sorted(found)
    return np.array(places, np.int32), np.array([found[place] for place in places], np.float32)


def _scale(features: NDArray[np.int32], values: Floats, vocabulary: Vocabulary) -> float:
    """Return what a feature of weight and idf one is worth in a vector of length one."""
    if not len(features):
        return 1.0
    # A word that stands once has weight log(2): the smallest values of a vector, whatever their idf.
    return float(np.median(values / vocabulary.idf[features])) / float(np.log(2))
