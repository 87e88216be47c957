"""An index of the catalogue's folded words: which titles and terms have which word."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from markup_assistant.catalogue.folding import fold_lines
from markup_assistant.catalogue.tree import Catalogue


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Titles first, then terms, each an entry; and the words in them.

    ``numbers``, ``texts``, ``sources`` (``title`` or the kind of term) and ``compact`` (the folded words
    without spaces) are by entry. ``postings`` gives for each of ``words`` the entries that have it.
    """

    numbers: list[str]
    texts: list[str]
    sources: list[str]
    compact: list[str]
    words: list[str]
    postings: dict[str, list[int]]


@lru_cache(maxsize=4)
def index_of(catalogue: Catalogue) -> Index:
    """Return the catalogue's index, made when it is first asked for."""
    numbers = [node.number for node in catalogue]
    texts = [node.title for node in catalogue]
    sources = ["title"] * len(texts)
    for number, rows in catalogue.term_rows().items():
        if number in catalogue:
            numbers += [number] * len(rows)
            texts += [row[1] for row in rows]
            sources += [row[0] for row in rows]
    joined = "\n".join(texts)
    if joined.count("\n") >= len(texts):  # a quoted title over two lines would shift all after it
        joined = "\n".join(text.replace("\n", " ") for text in texts)
    folded = fold_lines(unicodedata.normalize("NFC", joined))
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for entry, line in enumerate(folded.split("\n")):
        for word in line.split():
            postings[word].append(entry)
    compact = folded.replace(" ", "").split("\n")
    return Index(numbers, texts, sources, compact, list(postings), dict(postings))
