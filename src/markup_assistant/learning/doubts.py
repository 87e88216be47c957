"""Finds decided letters whose number looks wrong: slips of the keyboard, letters waved through, versions that differ.

Two signs speak against a decision, and neither proves anything: a person looks.

- *Another number.* A model that has not learned from the letter finds another number more probable, and at least as
  probable as it usually finds numbers that were decided. That is the rule of confident learning (Northcutt, Jiang and
  Chuang 2021): the limit of a number is the mean probability that the letters decided as it have for it. Few numbers
  have letters enough for a mean of their own, so it is drawn towards that of all letters.
- *A version decided otherwise.* Of letters that are versions of one another most, or those decided with most care, have
  another number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.decided import DecidedLetter
from markup_assistant.learning.held_out import HeldOut, held_out_id
from markup_assistant.suggest.memory import Trace
from markup_assistant.suggest.sketch import ALIKE, likeness, rarity

PRIOR = 5
"""Letters for which the mean of all letters counts beside those of a number."""

LEAST = 0.5
"""Probability below which another number is never proposed, however unsure the model usually is."""


class Why(StrEnum):
    """What speaks against a decision."""

    MODEL = "model"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A decided letter that looks wrong.

    ``decided`` is its number and ``instead`` what speaks for itself (nothing: to be left alone). For ``model`` the
    probabilities of both are those of a model that has not learned from the letter, and ``usual`` is the limit; for
    ``version``, ``other`` is the likest letter decided otherwise, ``likeness`` how alike they are (0 to 1), and
    ``versions`` how many there are of that letter.
    """

    letter: str
    decided: str
    instead: str
    why: Why
    probability: float = 0.0
    instead_probability: float = 0.0
    usual: float = 0.0
    other: str = ""
    likeness: float = 0.0
    versions: int = 0


def doubtful(
    letters: Sequence[DecidedLetter],
    held_out: Mapping[str, HeldOut],
    trace: Callable[[DecidedLetter], Trace],
    numbers: Sequence[str],
    told: Callable[[int, int], None] = lambda _, __: None,
) -> tuple[Doubt, ...]:
    """Return the letters that look wrong, each once, the most doubtful first.

    ``held_out`` is what the model in use had said of the letters that it learned from, before it saw them; others are
    ``trace``-d by it, with subjects as places in ``numbers``. ``told`` hears how many letters of how many are done.
    """
    thoughts = []
    for done, letter in enumerate(letters):
        told(done, len(letters))
        thoughts.append(_thought(letter, held_out, trace, numbers))
    by_version = {doubt.letter: doubt for doubt in _by_version(letters)}
    by_model = {doubt.letter: doubt for doubt in _by_model(letters, thoughts)}
    # A letter of the same words is a better reason than a probability.
    found = [*by_version.values(), *(doubt for name, doubt in by_model.items() if name not in by_version)]
    return tuple(sorted(found, key=_order))


def _order(doubt: Doubt) -> tuple[float, str]:
    sure = doubt.likeness if doubt.why is Why.VERSION else doubt.instead_probability - doubt.probability
    return -sure, doubt.letter


def _thought(
    letter: DecidedLetter,
    held_out: Mapping[str, HeldOut],
    trace: Callable[[DecidedLetter], Trace],
    numbers: Sequence[str],
) -> Mapping[str, float]:
    before = held_out.get(held_out_id(letter.labelled))
    if before is not None:
        return before.shares
    return {numbers[place]: share for place, share in trace(letter).thought.items()}


def _by_model(letters: Sequence[DecidedLetter], thoughts: Sequence[Mapping[str, float]]) -> Iterator[Doubt]:
    usual = usual_probabilities(letters, thoughts)
    for letter, thought in zip(letters, thoughts, strict=True):
        # What is to be left alone has no probability of its own; its versions may still speak against it.
        if not letter.subject or not thought:
            continue
        own = thought.get(letter.subject, 0.0)
        number, share = max(thought.items(), key=lambda pair: pair[1])
        limit = max(usual(number), LEAST)
        if number != letter.subject and share >= limit:
            yield Doubt(letter.name, letter.subject, number, Why.MODEL, own, share, limit)


def usual_probabilities(
    letters: Sequence[DecidedLetter], thoughts: Sequence[Mapping[str, float]]
) -> Callable[[str], float]:
    """Return for a number how probable letters decided as it usually are, drawn towards the mean of all letters."""
    own: dict[str, list[float]] = defaultdict(list)
    for letter, thought in zip(letters, thoughts, strict=True):
        if letter.subject:
            own[letter.subject].append(thought.get(letter.subject, 0.0))
    every = [share for shares in own.values() for share in shares]
    mean = sum(every) / len(every) if every else 0.0
    return lambda number: (sum(own.get(number, ())) + PRIOR * mean) / (len(own.get(number, ())) + PRIOR)


def _by_version(letters: Sequence[DecidedLetter]) -> Iterator[Doubt]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place, letter in enumerate(letters):
        groups[letter.labelled.letter_type].append(place)
    mixed = [places for places in groups.values() if len({letters[place].subject for place in places}) > 1]
    if not mixed:
        return
    sketches = np.array([letter.sketch for letter in letters])
    rare = rarity(sketches)
    for places in mixed:
        right = _right_of([letters[place] for place in places])
        for place in places:
            letter = letters[place]
            if letter.subject == right:
                continue
            alike = likeness(letter.sketch, sketches, rare)
            other = _likest(alike, (one for one in places if letters[one].subject == right))
            if alike[other] >= ALIKE:
                likest = letters[other]
                yield Doubt(
                    letter.name,
                    letter.subject,
                    right,
                    Why.VERSION,
                    other=likest.name,
                    likeness=round(float(alike[other]), 4),
                    versions=len(places),
                )


def _right_of(versions: Iterable[DecidedLetter]) -> str:
    """Return the number that most speaks for: the sum of weights decides, then the last decision."""
    weights: Counter[str] = Counter()
    last: dict[str, float] = {}
    for letter in versions:
        # Weights are quarters: their sums are exact, whatever the order.
        weights[letter.subject] += int(4 * letter.weight)
        last[letter.subject] = max(last.get(letter.subject, 0.0), letter.at.timestamp())
    return max(weights, key=lambda subject: (weights[subject], last[subject], subject))


def _likest(alike: NDArray[np.float32], places: Iterable[int]) -> int:
    return max(places, key=lambda place: (float(alike[place]), -place))
