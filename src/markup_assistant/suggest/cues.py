"""Finds the words that speak for a facet or an action: the cues of ``cues.toml``.

A cue is a short pattern over the words of one sentence (the language is described at the top of ``cues.toml``).
It is compared word by word, never backtracking over more than its own few gaps, so the time grows with the
length of the letter and nothing more.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from markup_assistant.letters.letter import Letter
from markup_assistant.suggest.passages import Passages, Place, Sentence, read_passages

SHORT_GAP, LONG_GAP = 3, 8
"""Words that ``..`` and ``...`` in a cue may stand for."""

PLACE_FACTORS = {
    Place.HEADING: 1.6,
    Place.OPENING: 1.2,
    Place.BODY: 1.0,
    Place.MARGIN: 0.3,
    Place.BOILERPLATE: 0.0,
}
"""What a cue counts for in each place: a heading says what a letter is, appeal instructions stand in all."""

FADING = 0.5
"""The second strongest cue for a value counts half, the third a quarter: repeating is not new evidence."""

BOILERPLATE = "boilerplate"

MAX_WORD = 60
"""Letters of a word that are looked at."""

MAX_KNOWN = 50_000
"""Words that are kept with what they fit."""

_SOUND = re.compile(r"\.{2,3}|\[?[*\w|–-]+\]?")


class Step(NamedTuple):
    """One word of a cue as written, ``a|b*|*c`` (see ``cues.toml``), or a gap of up to so many words."""

    words: str
    gap: int = 0
    optional: bool = False


class Cue(NamedTuple):
    """A pattern that speaks for a value (or against it, below zero); ``label`` names the action more closely."""

    value: str
    strength: float
    steps: tuple[Step, ...]
    places: frozenset[Place] = frozenset()
    label: str = ""
    at_start: bool = False
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue in the letter, ``text[start:end]``, in the sentence of that number; ``weight`` is what it counts."""

    cue: Cue
    start: int
    end: int
    sentence: int
    weight: float


@dataclass(frozen=True, slots=True)
class CueFindings:
    """What a letter says, boilerplate marked as such, and the cues in it by the value that they speak for."""

    passages: Passages
    matches: dict[str, list[CueMatch]]

    def score(self, value: str) -> float:
        """Return the cues for a value as one number: each cue once, the weaker ones fading; those against in full."""
        best: dict[int, float] = {}
        for match in self.matches.get(value, ()):
            key = id(match.cue)
            if abs(match.weight) > abs(best.get(key, 0.0)):
                best[key] = match.weight
        speaking = sorted((weight for weight in best.values() if weight > 0), reverse=True)
        against = sum(weight for weight in best.values() if weight < 0)
        return sum(weight * FADING**rank for rank, weight in enumerate(speaking)) + against


class _Pattern(NamedTuple):
    """A cue over numbered words: ``steps`` are number, gap and whether optional; ``needed`` must all be there."""

    cue: Cue
    steps: tuple[tuple[int, int, bool], ...]
    needed: frozenset[int]


class CueBook:
    """All cues, indexed by the words that fit them."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._prefixes: dict[str, list[int]] = defaultdict(list)
        self._suffixes: dict[str, list[int]] = defaultdict(list)
        self._parts: list[tuple[str, int]] = []
        self._numbers: dict[str, int] = {}
        self._starting: dict[int, list[_Pattern]] = defaultdict(list)
        self._known: dict[str, tuple[frozenset[int], tuple[_Pattern, ...]]] = {}
        for cue in cues:
            self._add(cue)

    def find(self, passages: Passages) -> CueFindings:
        """Return every cue in the sentences of a letter, boilerplate marked as such."""
        sentences = passages.sentences
        raw = [(number, cue, start, end) for number, s in enumerate(sentences) for cue, start, end in self._in(s)]
        placed = _mark_boilerplate(sentences, {number for number, cue, _, _ in raw if cue.value == BOILERPLATE})
        matches: dict[str, list[CueMatch]] = defaultdict(list)
        for number, cue, start, end in raw:
            place = placed[number].place
            if cue.places and place not in cue.places:
                continue
            weight = cue.strength * PLACE_FACTORS[place]
            if weight or not cue.strength:
                matches[cue.value].append(CueMatch(cue, start, end, number, weight))
        return CueFindings(replace(passages, sentences=placed), dict(matches))

    def _add(self, cue: Cue) -> None:
        steps = tuple((self._number(step.words), step.gap, step.optional) for step in cue.steps)
        needed = frozenset(number for number, gap, optional in steps if not gap and not optional)
        self._starting[steps[0][0]].append(_Pattern(cue, steps, needed))

    def _number(self, words: str) -> int:
        """Return the number of a cue's word; the same word in two cues has one number."""
        known = self._numbers.get(words)
        if known is not None:
            return known
        number = self._numbers[words] = len(self._numbers)
        for word in filter(None, words.split("|")):
            if word.startswith("*") and word.endswith("*"):
                self._parts.append((word.strip("*"), number))
            elif word.endswith("*"):
                self._prefixes[word[:-1]].append(number)
            elif word.startswith("*"):
                self._suffixes[word[1:]].append(number)
            else:
                self._exact[word].append(number)
        return number

    def _in(self, sentence: Sentence) -> Iterable[tuple[Cue, int, int]]:
        words = sentence.words
        known = [self._look_up(word.text) for word in words]
        fitting = [numbers for numbers, _ in known]
        present = frozenset().union(*fitting)
        for position, (_, patterns) in enumerate(known):
            for pattern in patterns:
                if not pattern.needed <= present or (pattern.cue.at_start and position):
                    continue
                last = _match(pattern, 1, fitting, position + 1)
                if last:
                    yield pattern.cue, words[position].start, words[last - 1].end

    def _look_up(self, word: str) -> tuple[frozenset[int], tuple[_Pattern, ...]]:
        """Return what a word fits and the cues that it can begin (kept: letters repeat their words)."""
        known = self._known.get(word)
        if known is None:
            numbers = frozenset(self._fitting(word[:MAX_WORD]))
            patterns = tuple(pattern for number in sorted(numbers) for pattern in self._starting.get(number, ()))
            if len(self._known) > MAX_KNOWN:
                self._known.clear()
            known = self._known[word] = (numbers, patterns)
        return known

    def _fitting(self, word: str) -> list[int]:
        found = list(self._exact.get(word, ()))
        for at in range(1, len(word) + 1):
            found += self._prefixes.get(word[:at], ())
            found += self._suffixes.get(word[at - 1 :], ())
        return found + [number for part, number in self._parts if part in word]


def _match(pattern: _Pattern, at: int, fitting: Sequence[frozenset[int]], position: int) -> int:
    """Return the position after the last word when the rest of a cue fits from ``position``, else 0."""
    if at == len(pattern.steps):
        return position if not pattern.cue.at_end or position == len(fitting) else 0
    number, gap, optional = pattern.steps[at]
    if gap:
        for here in range(position, min(position + gap + 1, len(fitting))):
            last = _match(pattern, at + 1, fitting, here)
            if last:
                return last
        return 0
    if position < len(fitting) and number in fitting[position]:
        last = _match(pattern, at + 1, fitting, position + 1)
        if last:
            return last
    return _match(pattern, at + 1, fitting, position) if optional else 0


def _mark_boilerplate(sentences: Sequence[Sentence], marked: set[int]) -> tuple[Sentence, ...]:
    """Mark what follows a boilerplate sentence in its block, or a boilerplate heading up to the next heading."""
    placed: list[Sentence] = []
    block, section = -1, False
    for number, sentence in enumerate(sentences):
        heading = sentence.place is Place.HEADING
        if heading:
            section = number in marked
        if number in marked and not heading:
            block = sentence.block
        if section or sentence.block == block or number in marked:
            placed.append(replace(sentence, place=Place.BOILERPLATE))
        else:
            placed.append(sentence)
    return tuple(placed)


def parse_cue(value: str, line: str) -> Cue:
    """Return the cue that a line of ``cues.toml`` describes; raises ValueError for a line that describes none."""
    pattern, _, label = line.partition("=>")
    strength, *tokens = pattern.split()
    words = [token for token in tokens if token[0] not in "@^$"]
    if not words or words[0][0] in ".[" or words[-1][0] in ".[":
        raise ValueError(line)
    places = frozenset(Place(token[1:]) for token in tokens if token[0] == "@")
    return Cue(value, float(strength), tuple(map(_step, words)), places, label.strip(), "^" in tokens, "$" in tokens)


@lru_cache(maxsize=4096)
def _step(written: str) -> Step:
    if not _SOUND.fullmatch(written):
        raise ValueError(written)
    if written[0] == ".":
        return Step("", SHORT_GAP if len(written) == 2 else LONG_GAP)
    return Step(written.strip("[]"), 0, written[0] == "[")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of ``cues.toml``: the cues, and the plain numbers and words for facets and actions."""

    book: CueBook
    facets: dict[str, Any]
    actions: dict[str, Any]


def read_knowledge(text: str) -> Knowledge:
    """Read the content of ``cues.toml``."""
    table = tomllib.loads(text)
    cues = [parse_cue(BOILERPLATE, line) for line in _lines(table[BOILERPLATE]["cues"])]
    for section in ("facets", "actions"):
        for value, entry in table[section].items():
            if isinstance(entry, dict):
                cues += [parse_cue(value, line) for line in _lines(entry.get("cues", ""))]
    return Knowledge(CueBook(cues), table["facets"], table["actions"])


@cache
def knowledge() -> Knowledge:
    """Return what comes with the program, read once."""
    return read_knowledge(resources.files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))


def find_cues(letter: Letter) -> CueFindings:
    """Return the cues of a letter; whoever wants facets and actions finds them once and hands them to both."""
    return knowledge().book.find(read_passages(letter))


def _lines(text: str) -> list[str]:
    stripped = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in stripped if line]
