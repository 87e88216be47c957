"""The ways to say a thing, one a line, and how well a typed line fits one: ``hvorfor [ikke] {place}``."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from markup_assistant.review.grammar_setting import Reading
from markup_assistant.review.grammar_words import Line

_SLOT = re.compile(r"\{([a-z]+)(?::([a-z]+))?\}")

POLITE = 0.03
"""Cost of a word that is passed over because it is only polite."""

SPLIT = 0.1
"""Cost of a word written as two: ``for tryd``."""

FREE_TEXT, FREE_WORD = 0.3, 0.01
"""What free text and each of its words count against a line: one that is understood word for word comes first."""

Alternative = tuple[str, ...]
"""The folded words of one alternative; mostly one."""


@dataclass(frozen=True, slots=True)
class Words:
    """A place in a line where one of some words stands; ``optional`` when none need."""

    alternatives: tuple[Alternative, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a line where a value stands, and what reads it."""

    name: str
    reader: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say something; ``needed`` holds for each place that must be filled the words that may begin it."""

    written: str
    elements: tuple[Words | Slot, ...]
    needed: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How a line fits a pattern, the smallest best.

    ``passed`` counts the letters of words that were passed over, ``cost`` what was forgiven, ``free`` how much was
    taken as free text; ``spans`` says which slot, read by what, which words fill.
    """

    passed: int
    cost: float
    free: float
    spans: tuple[tuple[str, str, int, int], ...]


Read = Callable[[str, int, int], Reading | None]
"""Reads the words of the line from one place up to another as a value of a slot."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A line with what each of its words, and each two of them together, may be; and which say nothing or much.

    ``known`` are all words of the vocabulary that the line may have.
    """

    line: Line
    near: tuple[Mapping[str, float], ...]
    pairs: tuple[Mapping[str, float], ...]
    polite: frozenset[int]
    weighty: frozenset[int]
    known: frozenset[str]


def parse_pattern(written: str, sets: Mapping[str, str], fold: Callable[[str], str]) -> Pattern:
    """Read a line of the vocabulary (its language stands at the head of ``phrases.toml``)."""
    elements: list[Words | Slot] = []
    for part in written.split():
        slot = _SLOT.fullmatch(part)
        if slot:
            elements.append(Slot(slot[1], slot[2] or slot[1]))
            continue
        optional = part.startswith("[")
        spelled = part.strip("[]")
        chosen = "|".join(sets[word[1:]] if word.startswith("$") else word for word in spelled.split("|"))
        alternatives = tuple(
            tuple(fold(word) or word for word in word_group.split("_")) for word_group in chosen.split("|")
        )
        elements.append(Words(tuple(dict.fromkeys(alternatives)), optional))
    needed = tuple(
        frozenset(alternative[0] for alternative in element.alternatives)
        for element in elements
        if isinstance(element, Words) and not element.optional
    )
    return Pattern(written, tuple(elements), needed)


@dataclass(frozen=True, slots=True)
class Slots:
    """How slots are read: the most words that each reader takes, and which of them take words as they are."""

    read: Read
    sizes: Mapping[str, int]
    free: frozenset[str]


def fit(pattern: Pattern, heard: Heard, slots: Slots) -> Fit | None:
    """Return the best way in which the whole line fits the pattern, None when it does not."""
    return _Fitting(pattern, heard, slots).best(0, 0)


class _Fitting:
    """Fits the elements of a pattern to the words of a line, each pair of places once."""

    def __init__(self, pattern: Pattern, heard: Heard, slots: Slots) -> None:
        self._elements = pattern.elements
        self._heard = heard
        self._slots = slots
        self._count = len(heard.line.words)
        # A pattern of slots alone has nothing to hold on to: every word must fit.
        self._strict = not pattern.needed
        self._found: dict[tuple[int, int], Fit | None] = {}

    def best(self, element: int, word: int) -> Fit | None:
        """Return how the rest of the line, from ``word`` on, fits the elements from ``element`` on."""
        at = (element, word)
        if at not in self._found:
            self._found[at] = min(self._ways(element, word), default=None)
        return self._found[at]

    def _ways(self, element: int, word: int) -> list[Fit]:
        ways: list[Fit] = []
        place = self._elements[element] if element < len(self._elements) else None
        if place is None and word == self._count:
            ways.append(Fit(0, 0.0, 0.0, ()))
        elif isinstance(place, Slot):
            ways += self._filled(element, word, place)
        elif isinstance(place, Words):
            ways += self._spoken(element, word, place)
        if word < self._count and word not in self._heard.weighty:
            ways += self._passed(element, word)
        return ways

    def _passed(self, element: int, word: int) -> list[Fit]:
        """Pass over a word: a polite one anywhere, another one not before a slot that has begun."""
        polite = word in self._heard.polite
        before_slot = 0 < element < len(self._elements) and isinstance(self._elements[element], Slot)
        if not polite and (self._strict or before_slot):
            return []
        rest = self.best(element, word + 1)
        if rest is None:
            return []
        letters = 0 if polite else len(self._heard.line.words[word].folded)
        return [replace(rest, passed=rest.passed + letters, cost=rest.cost + (POLITE if polite else 0.0))]

    def _spoken(self, element: int, word: int, place: Words) -> list[Fit]:
        """Take words of the line as one of the alternatives, or go without where that may be."""
        ways = [(0.0, 0)] if place.optional else []
        for alternative in place.alternatives:
            cost = _said(self._heard, alternative, word)
            if cost is not None:
                ways.append((cost, len(alternative)))
            if len(alternative) == 1 and word + 1 < self._count and alternative[0] in self._heard.pairs[word]:
                ways.append((self._heard.pairs[word][alternative[0]] + SPLIT, 2))
        rests = [(cost, self.best(element + 1, word + size)) for cost, size in ways]
        return [replace(rest, cost=rest.cost + cost) for cost, rest in rests if rest is not None]

    def _filled(self, element: int, word: int, place: Slot) -> list[Fit]:
        """Fill a slot with the words from here on, as many as its reader takes."""
        ways = []
        for end in range(word + 1, min(self._count, word + self._slots.sizes[place.reader]) + 1):
            rest = self.best(element + 1, end)
            reading = self._slots.read(place.reader, word, end) if rest is not None else None
            if rest is not None and reading is not None:
                text = FREE_TEXT + FREE_WORD * (end - word) if place.reader in self._slots.free else 0.0
                spans = ((place.name, place.reader, word, end), *rest.spans)
                ways.append(Fit(rest.passed, rest.cost + reading.cost, rest.free + text, spans))
        return ways


def _said(heard: Heard, alternative: Alternative, word: int) -> float | None:
    """Return what it costs that the words of an alternative stand here, None when they do not."""
    if word + len(alternative) > len(heard.near):
        return None
    costs = [heard.near[word + place].get(said) for place, said in enumerate(alternative)]
    return None if None in costs else sum(cost for cost in costs if cost is not None)
