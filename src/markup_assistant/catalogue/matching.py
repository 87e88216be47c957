"""Which words of the catalogue a typed word may mean: whole, inflected, a compound's part, a typo."""

from rapidfuzz import fuzz, process

from markup_assistant.catalogue.folding import ENDINGS, FILLERS
from markup_assistant.catalogue.index import Index

Matches = dict[str, float]
"""Words of the catalogue with the quality of the match, 0 to 1."""

WHOLE = 1.0
INFLECTED = 0.95
STEM = (0.66, 0.14)
"""``rotter`` for ``rottebekæmpelse``: what is left without the ending begins a compound."""
JOINED = 0.96
"""``mad service`` for ``madservice``: people split compounds."""

PREFIX = (0.82, 0.14)
SUFFIX = (0.72, 0.16)
INSIDE = (0.6, 0.16)
"""Quality of a compound's first, last and middle part, and what is added by the share of it that it is."""

TAIL_OF_TYPED = (0.5, 0.3)
HEAD_OF_TYPED = (0.4, 0.3)
"""The typed word is the longer compound: ``beboerparkeringskort`` where there is ``parkeringskort``."""

TYPO = 0.85
TYPO_IN_PART = 0.72
LEAST_RATIO = {4: 75, 5: 75, 6: 73}
"""rapidfuzz ratio (0 to 100) from which a word counts as a typo of another, by length; longer ones as six."""
LEAST_PARTIAL_RATIO = 82
TYPOS_KEPT = 40
"""Typos considered for a word, best first."""

PARTS_LOOKED_FOR = 3
"""Words of a query for which a typo inside a compound is looked for: the slowest step, 3 ms a word."""


def match_words(index: Index, typed: list[str]) -> list[Matches]:
    """Return for each typed (folded) word what it may mean."""
    found = [_whole_or_part(index, word) for word in typed]
    _join_neighbours(index, typed, found)
    looked_for = 0
    for word, matches in zip(typed, found, strict=True):
        found_well = max(matches.values(), default=0) >= INFLECTED
        if found_well or len(word) < 4 or word in FILLERS or word.isdigit():
            continue
        _add_typos(index, word, matches)
        if len(word) >= 6 and max(matches.values(), default=0) < INSIDE[0] and looked_for < PARTS_LOOKED_FOR:
            looked_for += 1
            _add_typos_in_parts(index, word, matches)
    return found


def _whole_or_part(index: Index, word: str) -> Matches:
    matches: Matches = {}
    length = len(word)
    if word in index.postings:
        matches[word] = WHOLE
    if length < 2 or word in FILLERS or word.isdigit():
        return matches
    containing = (
        [other for other in index.words if word in other]
        if length >= 4
        else [other for other in index.words if other.startswith(word)]
    )
    for other in containing:
        if other != word:
            base, gain = _part(word, other)
            matches[other] = base + gain * length / len(other)
    stems = _stems(word)
    _add_inflected(index, [word, *stems], matches)
    _add_compounds_of_stem(index, stems, matches)
    if word not in matches:
        _add_parts_of_typed(index, word, matches)
    return matches


def _part(word: str, other: str) -> tuple[float, float]:
    """Say which part of another word a word is; ``licens`` is also the last of ``parkeringslicenser``."""
    if other.startswith(word):
        return PREFIX
    after = other[other.rfind(word) + len(word) :]
    return SUFFIX if not after or after in ENDINGS else INSIDE


def _stems(word: str) -> list[str]:
    """Return what is left of a word without an ending, the longest first."""
    return [word[:-cut] for cut in range(1, 5) if word[-cut:] in ENDINGS and len(word) - cut >= 4]


def _add_inflected(index: Index, stems: list[str], matches: Matches) -> None:
    for stem in stems:
        for form in (stem, *(stem + ending for ending in ENDINGS)):
            if form in index.postings:
                matches[form] = max(matches.get(form, 0.0), INFLECTED)


def _add_compounds_of_stem(index: Index, stems: list[str], matches: Matches) -> None:
    base, gain = STEM
    for stem in stems[:1]:
        if len(stem) >= 5:
            for other in index.words:
                if other.startswith(stem):
                    matches[other] = max(matches.get(other, 0.0), base + gain * len(stem) / len(other))


def _add_parts_of_typed(index: Index, word: str, matches: Matches) -> None:
    length = len(word)
    for cut in range(3, length - 4):
        tail, head = word[cut:], word[:cut]
        if tail in index.postings:
            base, gain = TAIL_OF_TYPED
            matches[tail] = max(matches.get(tail, 0.0), base + gain * len(tail) / length)
        for part in (head, head.removesuffix("s")):
            if len(part) >= 5 and part in index.postings:
                base, gain = HEAD_OF_TYPED
                matches[part] = max(matches.get(part, 0.0), base + gain * len(part) / length)


def _join_neighbours(index: Index, typed: list[str], found: list[Matches]) -> None:
    for place in range(len(typed) - 1):
        for link in ("", "s"):
            joined = typed[place] + link + typed[place + 1]
            for form in (joined, *(joined + ending for ending in ENDINGS)):
                if form in index.postings:
                    for matches in found[place : place + 2]:
                        matches[form] = max(matches.get(form, 0.0), JOINED)


def _add_typos(index: Index, word: str, matches: Matches) -> None:
    least = LEAST_RATIO[min(len(word), 6)]
    for other, ratio, _ in process.extract(word, index.words, scorer=fuzz.ratio, score_cutoff=least, limit=TYPOS_KEPT):
        matches[other] = max(matches.get(other, 0.0), TYPO * (ratio / 100) ** 2)


def _add_typos_in_parts(index: Index, word: str, matches: Matches) -> None:
    longer = [other for other in index.words if len(other) > len(word)]
    for other, ratio, _ in process.extract(
        word, longer, scorer=fuzz.partial_ratio, score_cutoff=LEAST_PARTIAL_RATIO, limit=TYPOS_KEPT
    ):
        matches[other] = max(matches.get(other, 0.0), TYPO_IN_PART * (ratio / 100) ** 2)
