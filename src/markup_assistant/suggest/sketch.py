"""Finds letters that are versions of one another, among thousands and in milliseconds, without keeping their text.

A sketch is a MinHash (Broder 1997, "On the resemblance and containment of documents") of the stems of a letter's
content words. Numbers, fields, and words with a capital inside a sentence (names, places) are no part of it: they
are what differs between two letters of one template. How much of what all letters share (header, appeal instructions)
there is in a sketch cannot be told from one letter; it is told from the others that it is compared with.
``benchmarks/likeness.py`` measures this and what it was chosen over.
"""

import re
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from markup_assistant.letters.letter import Letter
from markup_assistant.suggest.features import MAX_WORD
from markup_assistant.suggest.stopwords import STOPWORDS
from markup_assistant.suggest.tokens import stem

SIZE = 128
"""Numbers in a sketch."""

ALIKE = 0.4
"""Likeness from which two letters count as versions of one template (the table of ``benchmarks/likeness.py``)."""

RARE = 0.003
"""Share of the templates up to which a word has full weight; its logarithm squared falls to LEAST where all have it."""

LEAST = 0.02

UNSEEN = 20
"""Templates added to those compared, so that a word in both of two letters does not count as one that all have."""

DOUBT = 0.05
"""Share of a sketch that counts as different beyond what is: letters with little of their own are not quite alike."""

BAND = 16
"""Numbers in which letters of one template agree at a stretch: with 90 % in common 4 of 5 pairs do, with 60 % none."""

FEWEST_WORDS = 4
"""Content words below which a letter has no sketch: nothing could be said of it."""

MAX_WORDS = 20_000
MAX_FIELD = 80
"""Characters of a field's value; a control around more is a part of the letter."""

_NONE = np.uint32(0)
_ALL = 0.9999  # of a sum of 32-bit floats
_TOKEN = re.compile(r"(?P<WORD>[^\W\d_]+(?:[-–][^\W\d_]+)*)|(?P<STOP>[.!?:](?=\s)|\n)|(?P<NUMBER>\d+)")
_SPREAD = np.uint32(0x9E3779B1)  # Knuth's multiplicative hash: the smallest hashes lie close together
_BUCKETS = 1 << 16
_AT_ONCE = 1024  # letters whose numbers fit into the processor's cache


def sketch(letter: Letter) -> NDArray[np.uint32]:
    """Return the letter's sketch, shape (SIZE,), the same on every machine; zeros for one with next to no words."""
    words = sorted(_content_words(letter))
    if len(words) < FEWEST_WORDS:
        return np.zeros(SIZE, np.uint32)
    hashes = np.array([zlib.crc32(word.encode()) for word in words], np.uint64)
    smallest: NDArray[np.uint64] = ((hashes[:, None] * _FACTORS + _TERMS) >> np.uint64(32)).min(axis=0)
    # Zero says that there is no sketch.
    return np.maximum(smallest, 1).astype(np.uint32)


def to_bytes(one: NDArray[np.uint32]) -> bytes:
    """Return a sketch as bytes, the same on every machine."""
    return one.astype("<u4").tobytes()


def from_bytes(kept: bytes) -> NDArray[np.uint32]:
    """Return the sketch that :func:`to_bytes` wrote, shape (SIZE,); zeros where the bytes are no sketch."""
    if len(kept) != 4 * SIZE:
        return np.zeros(SIZE, np.uint32)
    return np.frombuffer(kept, "<u4").astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much each number of many sketches tells.

    ``weights`` has the shape of the sketches, (n, SIZE): 1 where few templates have the word, towards 0 where all do.
    ``parts``, shape (n,), is each letter's part of its template: a tenth where ten letters were made of one.
    """

    weights: NDArray[np.float32]
    parts: NDArray[np.float32]


def rarity(many: NDArray[np.uint32]) -> Rarity:
    """Weigh what sketches, shape (n, SIZE), have in common.

    This is what takes time in :func:`likeness`: with thousands of letters keep it until enough of them have changed.
    """
    parts = _parts(many)
    templates = float(parts.sum())
    weights = np.empty(many.shape, np.float32)
    for place in range(many.shape[1]):
        bucket = (many[:, place] * _SPREAD) >> np.uint32(16)
        having = np.bincount(bucket, parts, _BUCKETS)
        weights[:, place] = _weight(having[bucket], templates)
    return Rarity(weights, parts)


def likeness(one: NDArray[np.uint32], many: NDArray[np.uint32], rare: Rarity | None = None) -> NDArray[np.float32]:
    """Return how alike a letter is to each of many, shape (n,), 0 to 1: the share of their words that both have.

    ``one`` is a sketch, ``many`` sketches of shape (n, SIZE), best all letters there are: what many templates share
    hardly counts. ``rare`` is :func:`rarity` of ``many`` where it was kept.
    """
    if not len(many) or not one.any():
        return np.zeros(len(many), np.float32)
    if rare is None:
        rare = rarity(many)
    same = (many == one).astype(np.float32)
    own = _weight(rare.parts @ same, float(rare.parts.sum()))
    shared = same @ own
    whole = np.empty(len(many), np.float32)
    for start in range(0, len(many), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        # Of two numbers the smaller belongs to a word that only its letter has, or the other would show it too.
        theirs = (many[rows] < one).astype(np.float32)
        whole[rows] = own.sum() + np.einsum("ij,ij->i", theirs, rare.weights[rows]) - theirs @ own
    found = np.where(shared > own.sum() * _ALL, 1, shared / (whole + DOUBT * SIZE))
    return np.where(many[:, 0] == _NONE, 0, found).astype(np.float32)


def _parts(many: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Return each letter's part of its template, 0 for one without a sketch.

    Letters of one template agree in some band of their numbers from first to last; letters that share no more than
    what a municipality writes in all of them hardly ever do.
    """
    made = np.ones(len(many), np.int64)
    for first in range(0, many.shape[1], BAND):
        band = many[:, first : first + BAND].astype(np.uint64) @ _FACTORS[:BAND]
        _, which, counts = np.unique(band, return_inverse=True, return_counts=True)
        made = np.maximum(made, counts[which])
    return np.where(many[:, 0] == _NONE, 0, 1 / made).astype(np.float32)


def _weight(having: NDArray[np.float64] | NDArray[np.float32], templates: float) -> NDArray[np.float32]:
    """Return the weight of words that so many templates have."""
    share = np.maximum(having, 1) / (templates + UNSEEN)
    weights: NDArray[np.float32] = (np.clip(np.log(share) / np.log(RARE), LEAST, 1) ** 2).astype(np.float32)
    return weights


def _content_words(letter: Letter) -> set[str]:
    words: set[str] = set()
    fields = [(field.start, field.end) for field in letter.fields if field.end - field.start <= MAX_FIELD]
    left = MAX_WORDS
    at = 0
    for start, end in [*fields, (len(letter.text), len(letter.text))]:
        if start >= at:
            left -= _add_words(letter.text, at, start, words, left)
        at = max(at, end)
    return words


def _add_words(text: str, start: int, end: int, words: set[str], limit: int) -> int:
    """Add the stems of the content words in ``text[start:end]``; return how many words were looked at."""
    count = 0
    begins = start == 0 or text[start - 1] == "\n"
    for match in _TOKEN.finditer(text, start, end):
        if count >= limit:
            break
        if match.lastgroup == "STOP":
            begins = True
            continue
        word = match.group()[:MAX_WORD]
        if match.lastgroup == "WORD":
            count += 1
            small = word.lower()
            if small not in STOPWORDS and (begins or word[0] == small[0] or _is_shouted(text, match.start())):
                words.add(stem(small))
        begins = False
    return count


def _is_shouted(text: str, at: int) -> bool:
    """Whether the line is in capitals, where a capital tells no name."""
    begin = text.rfind("\n", max(0, at - 200), at) + 1 or max(0, at - 200)
    end = text.find("\n", at, at + 200)
    return text[begin : end if end >= 0 else at + 200].isupper()


def _constants(count: int, seed: int) -> list[int]:
    """Return 64-bit numbers of SplitMix64 (Steele, Lea and Flood 2014): numpy's generators may change their streams."""
    numbers = []
    for _ in range(count):
        seed = (seed + 0x9E3779B97F4A7C15) % (1 << 64)
        mixed = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) % (1 << 64)
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) % (1 << 64)
        numbers.append(mixed ^ (mixed >> 31))
    return numbers


_DRAWN = np.array(_constants(2 * SIZE, seed=2026), np.uint64)
_FACTORS, _TERMS = _DRAWN[:SIZE] | np.uint64(1), _DRAWN[SIZE:]
