"""Narrows a short list by what is typed: whole words, parts of words, and with typos where nothing else fits."""

from collections.abc import Mapping

from rapidfuzz.fuzz import partial_ratio

from markup_assistant.catalogue.folding import fold

CLOSE = 75.0
"""Likeness (rapidfuzz's partial ratio, 0 to 100) from which on a mistyped word is taken to be meant."""


def matching(query: str, entries: Mapping[str, str]) -> list[str]:
    """Return the keys of the entries that fit a query: those with most of its words whole first, then in their order.

    Every word of the query must be part of an entry. Where no entry has them all, the entries most like the query
    are returned, the likest first.
    """
    words = fold(query)
    folded = {key: " ".join(fold(entry)) for key, entry in entries.items()}
    having = [key for key, text in folded.items() if all(word in text for word in words)]
    if having or not words:
        return sorted(having, key=lambda key: -len(set(words) & set(folded[key].split())))
    likeness = {key: min(partial_ratio(word, text) for word in words) for key, text in folded.items()}
    return sorted((key for key, score in likeness.items() if score >= CLOSE), key=lambda key: -likeness[key])
