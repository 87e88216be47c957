"""The signs by which candidate subjects of a letter are told apart.

Training and run time call the same function, so that the ranker is fitted on what it will see.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.suggest.features import Unit
from markup_assistant.suggest.laws import LawBook
from markup_assistant.suggest.model import LayerScores, Model
from markup_assistant.suggest.phrases import PhraseIndex, PhraseMatch
from markup_assistant.suggest.tokens import Token, split_words, stem, tokenise

CANDIDATES = 30
"""Subjects that are looked at closely; the right one is among the first thirty of the linear layers or nowhere."""

FUZZY_CANDIDATES = 12
HEADLINES = 4
PRINCIPLES = "00.07."
"""Group of the principles of public administration (forvaltningsprincipper)."""

GENERAL = ".00"
"""End of a subject's number that covers its group in general."""

LETTER_WORDS = 40
"""Different words that a short letter has; a phrase about a principle is about just that."""

MIN_LIKENESS = 85
"""Likeness (0 to 100) from which on a phrase is taken for the one in the headline: one typo in seven letters."""

MIN_FUZZY = 6
"""Letters of a phrase below which a likeness is chance."""

_WORDY = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as the model sees it: words, laws, vector, phrases, headlines and layer scores.

    ``unit_features`` are the features of all units one after another, as places in ``features``; those of a unit
    begin at ``unit_starts``. ``brought`` is the weight with which each feature was brought by all units together.
    ``alone`` is the score of texts that must be left alone.
    """

    tokens: tuple[Token, ...]
    units: list[Unit]
    features: NDArray[np.int32]
    values: NDArray[np.float32]
    matches: list[PhraseMatch]
    headlines: tuple[str, ...]
    scores: LayerScores
    unit_features: NDArray[np.intp]
    unit_starts: NDArray[np.intp]
    brought: NDArray[np.float64]
    alone: float = 0.0


def read_signs(letter: Letter, model: Model, laws: LawBook) -> Reading:
    """Look at a letter with a model: everything that its signs are made of."""
    tokens = tokenise(letter)
    references = laws.find(letter.text)
    units = model.vocabulary.units(tokens, references)
    features, values = model.vocabulary.vector(units)
    unit_features, unit_starts, brought = _shares(units, features)
    return Reading(
        tokens,
        units,
        features,
        values,
        model.phrases.find(tokens, references),
        headlines(letter),
        model.score(features, values),
        unit_features,
        unit_starts,
        brought,
        model.alone_score(features, values),
    )


def _shares(
    units: Sequence[Unit], features: NDArray[np.int32]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    if not units:
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    lengths = np.array([len(unit.features) for unit in units])
    places = np.searchsorted(features, np.concatenate([unit.features for unit in units]))
    weights = np.repeat([unit.weight for unit in units], lengths)
    brought = np.asarray(np.bincount(places, weights=weights, minlength=len(features)), np.float64)
    return places, np.cumsum(lengths) - lengths, brought


def headlines(letter: Letter) -> tuple[str, ...]:
    """Return the lines that name the matter: the document's title, the headings or first lines, the file's name."""
    lines = [letter.properties.get("title", "")]
    headings = [b for b in letter.blocks if b.kind is BlockKind.HEADING]
    opening = headings or [b for b in letter.blocks if b.kind not in (BlockKind.HEADER, BlockKind.FOOTER)]
    lines += [letter.text[block.start : block.end] for block in opening[:3]]
    if not letter.blocks:
        lines.append(letter.text[:200])
    lines.append(PurePosixPath(letter.name).stem)
    found: dict[str, None] = {}
    for line in lines:
        words = split_words(line[:300])
        if any(_WORDY.match(word) for word in words):
            found[" ".join(stem(word) for word in words)] = None
    return tuple(found)[:HEADLINES]


def candidates(reading: Reading, extra: Iterable[int] = ()) -> list[int]:
    """Return the subjects worth a closer look: the best of the linear layers, and those that phrases name."""
    best = np.argsort(-reading.scores.total, kind="stable")[:CANDIDATES]
    named: dict[int, float] = defaultdict(float)
    for match in reading.matches:
        named[match.subject] += match.weight
    strongest = sorted(named, key=lambda subject: (-named[subject], subject))[:CANDIDATES]
    return sorted({int(subject) for subject in best} | set(strongest) | set(extra))


def sign_matrix(reading: Reading, model: Model, chosen: Sequence[int]) -> NDArray[np.float32]:
    """Return the signs of candidate subjects, shape (n_candidates, n_signs) in the order of ``SIGNS``."""
    index = np.asarray(chosen)
    numbers = [model.subjects[subject] for subject in chosen]
    scores = reading.scores
    strongest, law = _phrase_signs(reading.matches, chosen)
    closest = np.argsort(-scores.total[index], kind="stable")[:FUZZY_CANDIDATES].tolist()
    headline = np.zeros(len(chosen), np.float32)
    headline[closest] = _headline_sign(reading.headlines, [chosen[place] for place in closest], model.phrases)
    return np.column_stack(
        [
            scores.total[index],
            _standard(scores.subject)[index],
            _standard(scores.group)[index],
            _standard(scores.main_group)[index],
            strongest,
            law,
            headline,
            _principle_sign(numbers, len(reading.units)),
            [float(number.endswith(GENERAL)) for number in numbers],
        ]
    ).astype(np.float32)


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def _phrase_signs(
    matches: Iterable[PhraseMatch], chosen: Sequence[int]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    strongest: dict[int, float] = defaultdict(float)
    law: dict[int, float] = defaultdict(float)
    for match in matches:
        if match.kind == "law":
            law[match.subject] += match.weight
        else:
            strongest[match.subject] = max(strongest[match.subject], match.weight)
    return (
        np.array([strongest[subject] for subject in chosen], np.float32),
        np.array([math.log1p(law[subject]) for subject in chosen], np.float32),
    )


def _principle_sign(numbers: Sequence[str], words: int) -> NDArray[np.float32]:
    """Mark the subjects that a letter speaks of while it is about another: access to documents, hearing, appeal.

    KLE files those under the matter itself, with a facet (A53, K04, K02) that says the rest.
    """
    weight = math.log1p(words / LETTER_WORDS)
    return np.array([weight if number.startswith(PRINCIPLES) else 0.0 for number in numbers], np.float32)


def _headline_sign(lines: Sequence[str], subjects: Sequence[int], known: PhraseIndex) -> list[float]:
    """Return for each subject the weight of its strongest phrase that stands in a headline but for typos."""
    phrases = [(key, weight, place) for place, of in enumerate(subjects) for key, weight in known.of(of)]
    strongest = [0.0] * len(subjects)
    if not lines or not phrases:
        return strongest
    keys = [key for key, _, _ in phrases]
    likeness = process.cdist(lines, keys, scorer=fuzz.partial_ratio, score_cutoff=MIN_LIKENESS)
    for line, row in zip(lines, likeness, strict=True):
        for at in np.flatnonzero(row).tolist():
            key, weight, place = phrases[at]
            # partial_ratio also finds a short line in a longer phrase, which says nothing.
            if MIN_FUZZY <= len(key) <= len(line) + 2:
                strongest[place] = max(strongest[place], weight * float(row[at]) / 100)
    return strongest
