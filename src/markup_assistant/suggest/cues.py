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
from functools import cache
from importlib import resources
from typing import Any

from markup_assistant.suggest.passages import Place, Sentence, Word

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

_SOUND = re.compile(r"\.{2,3}|\[?[*\w|–-]+\]?")


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a cue: exact words, beginnings, endings and parts of which one must fit; or a gap."""

    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False

    def fits(self, word: str) -> bool:
        """Whether a word is one that the element names."""
        return (
            word in self.exact
            or word.startswith(self.prefixes)
            or word.endswith(self.suffixes)
            or any(part in word for part in self.parts)
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for a value (or against it, below zero); ``label`` names the action more closely."""

    value: str
    strength: float
    elements: tuple[Element, ...]
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
    """The sentences of a letter, boilerplate marked as such, and the cues in them by the value they speak for."""

    sentences: tuple[Sentence, ...]
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


class CueBook:
    """All cues, indexed by the word that they begin with."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._exact: dict[str, list[Cue]] = defaultdict(list)
        self._prefixes: dict[str, list[Cue]] = defaultdict(list)
        self._suffixes: dict[str, list[Cue]] = defaultdict(list)
        self._parts: list[tuple[str, Cue]] = []
        self._known: dict[str, tuple[Cue, ...]] = {}
        for cue in cues:
            self._add(cue)

    def find(self, sentences: Sequence[Sentence]) -> CueFindings:
        """Return every cue in the sentences, and the sentences with boilerplate marked."""
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
        return CueFindings(placed, dict(matches))

    def _add(self, cue: Cue) -> None:
        first = cue.elements[0]
        for word in first.exact:
            self._exact[word].append(cue)
        for word in first.prefixes:
            self._prefixes[word].append(cue)
        for word in first.suffixes:
            self._suffixes[word].append(cue)
        self._parts += [(word, cue) for word in first.parts]

    def _in(self, sentence: Sentence) -> Iterable[tuple[Cue, int, int]]:
        words = sentence.words
        for position, word in enumerate(words):
            for cue in self._beginning_with(word.text):
                if cue.at_start and position:
                    continue
                last = _match(cue, 1, words, position + 1)
                if last:
                    yield cue, word.start, words[last - 1].end

    def _beginning_with(self, word: str) -> tuple[Cue, ...]:
        """Return the cues whose first word this can be (kept, because letters repeat their words)."""
        known = self._known.get(word)
        if known is None:
            known = tuple(dict.fromkeys(self._look_up(word[:60])))
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[word] = known
        return known

    def _look_up(self, word: str) -> list[Cue]:
        found = list(self._exact.get(word, ()))
        for at in range(1, len(word) + 1):
            found += self._prefixes.get(word[:at], ())
            found += self._suffixes.get(word[at - 1 :], ())
        return found + [cue for part, cue in self._parts if part in word]


def _match(cue: Cue, at: int, words: Sequence[Word], position: int) -> int:
    """Return the position after the last word when the rest of a cue fits from ``position``, else 0."""
    if at == len(cue.elements):
        return position if not cue.at_end or position == len(words) else 0
    element = cue.elements[at]
    for skipped in range(element.gap + 1):
        here = position + skipped
        if here >= len(words):
            break
        fits = element.gap or element.fits(words[here].text)
        last = _match(cue, at + 1, words, here if element.gap else here + 1) if fits else 0
        if last:
            return last
    return _match(cue, at + 1, words, position) if element.optional else 0


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
    places = frozenset(Place(token[1:]) for token in tokens if token.startswith("@"))
    words = [token for token in tokens if token not in ("^", "$") and not token.startswith("@")]
    elements = tuple(map(_element, words))
    if not elements or any(end.gap or end.optional for end in (elements[0], elements[-1])):
        raise ValueError(line)
    if any(not _SOUND.fullmatch(word) for word in words):
        raise ValueError(line)
    return Cue(value, float(strength), elements, places, label.strip(), "^" in tokens, "$" in tokens)


def _element(token: str) -> Element:
    if token in ("..", "..."):
        return Element(gap=SHORT_GAP if token == ".." else LONG_GAP)
    optional = token.startswith("[") and token.endswith("]")
    exact, prefixes, suffixes, parts = [], [], [], []
    for word in token.strip("[]").split("|"):
        if word.startswith("*") and word.endswith("*"):
            parts.append(word.strip("*"))
        elif word.endswith("*"):
            prefixes.append(word[:-1])
        elif word.startswith("*"):
            suffixes.append(word[1:])
        else:
            exact.append(word)
    return Element(frozenset(exact), tuple(prefixes), tuple(suffixes), tuple(parts), optional=optional)


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


def _lines(text: str) -> list[str]:
    stripped = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in stripped if line]
