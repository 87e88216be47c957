"""Words of a typed line, and how near each is to a word of the vocabulary: slips, sounds, foreign keyboards."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from markup_assistant.catalogue.folding import fold
from markup_assistant.review.grammar_setting import Span

_TYPED = re.compile(r"«[^«»]{1,60}»|\{[^{}]{1,60}\}+|\[[^\[\]]{1,60}\]|\S+")
_EDGE = " .,;:!?…()\"'„“”´`*"
_BREAK = (",", ";", ".", ":")

NO_ACCENTS = str.maketrans({"æ": "a", "ø": "o", "å": "a"})
"""What people type who leave the rings and strokes out: ``naste`` for ``næste``."""

BARE, SOUND = 0.05, 0.2
"""Cost of a word without its Danish letters, and of one that only sounds like it."""

SLIPS = {3: (0.65,), 4: (0.4,), 5: (0.4,), 6: (0.25, 0.6), 7: (0.25, 0.6), 8: (0.25, 0.5), 9: (0.2, 0.4, 0.7)}
"""Cost of one, two ... slips (a letter too many, missing, wrong, or two exchanged) by the word's length. Shorter words
must be right, longer ones are as those of nine; one of three may be a word of four with a letter missing."""

OTHER_BEGINNING = 0.15
"""What is added when the first letter is another: people seldom mistype it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the line, ``text[start:end]``, folded; ``ends`` says that a comma or full stop follows."""

    folded: str
    start: int
    end: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line with its words."""

    text: str
    words: tuple[Word, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the words from ``start`` up to ``end``, as typed and folded."""
        within = self.words[start:end]
        typed = self.text[within[0].start : within[-1].end] if within else ""
        return Span(typed.strip(" ,;"), tuple(word.folded for word in within))

    def part(self, start: int, end: int) -> "Line":
        """Return a part of the line as a line."""
        return Line(self.text, self.words[start:end])


def joined(text: str) -> str:
    """Return a word folded, without what divides it: ``it's`` as ``its``."""
    return "".join(fold(text))


def read_line(text: str) -> Line:
    """Split a line into words; signs that stand alone are left out."""
    words = []
    for match in _TYPED.finditer(text):
        typed = match.group()
        core = typed.strip(_EDGE) if typed[0] not in "«{[" else typed
        folded = joined(core)
        if folded:
            start = match.start() + typed.find(core)
            ends = (typed.endswith(_BREAK) and not core[-1:].isdigit()) or typed.endswith((",", ";"))
            words.append(Word(folded, start, start + len(core), ends))
    if text.strip() == "?":
        words.append(Word("?", text.index("?"), text.index("?") + 1))
    return Line(text, tuple(words))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that the grammar knows, by their folded form, without accents and by sound."""

    words: frozenset[str]
    sounds: tuple[tuple[str, str], ...]
    bare: Mapping[str, tuple[str, ...]] = field(repr=False)
    heard: Mapping[str, tuple[str, ...]] = field(repr=False)
    fuzzy: tuple[str, ...] = field(repr=False)

    def near(self, typed: str) -> dict[str, float]:
        """Return the words that a typed (folded) word may be meant as, with their cost."""
        found: dict[str, float] = {}
        if len(typed) >= 3 and not any(sign.isdigit() for sign in typed):
            most = len(_slips(len(typed)))
            for word, distance, _ in process.extract(
                typed, self.fuzzy, scorer=OSA.distance, score_cutoff=most, limit=None
            ):
                cost = slip_cost(typed, word, int(distance))
                if cost is not None:
                    found[word] = cost
        return found | self.alike(typed)

    def alike(self, typed: str) -> dict[str, float]:
        """Return the words that are spelled or sound as the typed one, without slips."""
        found: dict[str, float] = {}
        if len(typed) >= 4:
            found |= dict.fromkeys(self.heard.get(sound(typed, self.sounds), ()), SOUND)
        found |= dict.fromkeys(self.bare.get(typed, ()), BARE)
        if typed in self.words:
            found[typed] = 0.0
        return found

    def split(self, line: Line, whole: Container[str]) -> Line:
        """Return the line with words apart that were written together (``springover``), but for ``whole`` ones."""
        words: list[Word] = []
        for word in line.words:
            known = word.folded in self.words or word.folded in whole
            words += (word,) if known else self._apart(line.text, word)
        return Line(line.text, tuple(words))

    def _apart(self, text: str, word: Word) -> tuple[Word, ...]:
        typed = text[word.start : word.end]
        if not 5 <= len(typed) <= 24 or not typed.isalpha():
            return (word,)
        for cut in range(2, len(typed) - 2):
            first, second = joined(typed[:cut]), joined(typed[cut:])
            if first in self.words and second in self.words and len(first) >= 3 and len(second) >= 3:
                return (
                    Word(first, word.start, word.start + cut),
                    Word(second, word.start + cut, word.end, word.ends),
                )
        return (word,)


def make_vocabulary(
    words: Iterable[str], sounds: Iterable[tuple[str, str]], spoken: Iterable[tuple[str, str]] = ()
) -> Vocabulary:
    """Index words as they are written in Danish; ``spoken`` gives forms in which some of them are typed."""
    rules = tuple(sounds)
    bare: dict[str, list[str]] = {}
    for typed, meant in spoken:
        bare.setdefault(joined(typed), []).append(joined(meant))
    heard: dict[str, list[str]] = {}
    known = set()
    for written in words:
        folded = joined(written) or written
        known.add(folded)
        plain = joined(written.lower().translate(NO_ACCENTS))
        if plain != folded:
            bare.setdefault(plain, []).append(folded)
        if len(folded) >= 4:
            heard.setdefault(sound(folded, rules), []).append(folded)
    return Vocabulary(
        frozenset(known),
        rules,
        {key: tuple(found) for key, found in bare.items()},
        {key: tuple(found) for key, found in heard.items()},
        tuple(sorted(word for word in known if len(word) >= 4)),
    )


def slip_cost(typed: str, word: str, distance: int) -> float | None:
    """Return what it costs to take a typed word for another at this distance, None when it is too far."""
    if distance == 0:
        return 0.0
    costs = _slips(min(len(typed), len(word)))
    if distance > len(costs):
        return None
    return costs[distance - 1] + (OTHER_BEGINNING if typed[0] != word[0] else 0.0)


def _slips(length: int) -> tuple[float, ...]:
    return SLIPS[min(length, 9)] if length >= 3 else ()


def sound(folded: str, rules: tuple[tuple[str, str], ...]) -> str:
    """Return how a folded word sounds, roughly: two words with one sound are taken for one another."""
    for written, heard in rules:
        folded = folded.replace(written, heard)
    kept = [sign for place, sign in enumerate(folded) if place == 0 or sign != folded[place - 1]]
    return "".join(kept)
