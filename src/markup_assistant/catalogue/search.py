"""Finds KLE numbers from what a caseworker types: a number, a title, an everyday word, with typos."""

import re
from dataclasses import dataclass

from markup_assistant.catalogue.folding import fold
from markup_assistant.catalogue.index import index_of
from markup_assistant.catalogue.numbers import dotted
from markup_assistant.catalogue.scoring import best_entries
from markup_assistant.catalogue.tree import Catalogue, Group, Node, Subject

MAX_QUERY = 200
"""Characters of a query that are looked at."""

MAX_WORDS = 8
"""Words of a query that are looked at: more come from pasted text, and cost time without helping."""

_NUMBER = re.compile(r"\s*([0-9]{1,2}(?:[. ][0-9]{1,2}){0,2}|[0-9]{3,6})\.?(?:\s*$|[\s-]+[A-ZÆØÅa-zæøå][0-9]{2}\b)")
"""A number or its beginning, alone or followed by a facet as in a journal number (``27.36.04-G01-12-26``)."""

_LEVEL_WEIGHT = {"subject": 1.0, "group": 0.985, "main_group": 0.97}
"""A letter gets a subject; a group with the same title is shown right after it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A number found: ``score`` from 0 to 1, and what matched.

    ``level`` is ``subject``, ``group`` or ``main_group``; ``source`` is ``number``, ``title`` or ``term``.
    """

    number: str
    title: str
    level: str
    score: float
    matched: str
    source: str


def search(catalogue: Catalogue, query: str, limit: int = 10, *, year: int | None = None) -> tuple[Hit, ...]:
    """Return the numbers that fit a query best, best first.

    ``year`` is the year in which the number will be used (the edition's by default): subjects that had lapsed
    before it come last. The first search of a catalogue makes its index.
    """
    query = query[:MAX_QUERY]
    hits = _by_number(catalogue, query) or _by_words(catalogue, query)
    in_use = year or catalogue.edition.year

    def order(hit: Hit) -> tuple[bool, float, bool, bool, str]:
        node = catalogue.node(hit.number)
        lapsed = isinstance(node, Subject) and node.lapsed_by(in_use)
        lapsing = isinstance(node, Subject) and bool(node.expires)
        # "in general" comes after those that name what was typed as well
        return lapsed, -hit.score, lapsing, hit.source != "number" and hit.number.endswith(".00"), hit.number

    return tuple(sorted(hits, key=order)[: max(limit, 0)])


def level_of(node: Node) -> str:
    """Return ``subject``, ``group`` or ``main_group``."""
    if isinstance(node, Subject):
        return "subject"
    return "group" if isinstance(node, Group) else "main_group"


def _by_number(catalogue: Catalogue, query: str) -> list[Hit]:
    """Return the number typed and all that begin with it; for one that is not there, those around it."""
    typed = _NUMBER.match(query)
    if not typed:
        return []
    digits = typed[1]
    wanted = dotted(digits) if digits.isdigit() else digits.replace(" ", ".")
    found = [node for node in catalogue if node.number.startswith(wanted)]
    if not found and re.search(r"\.[0-9]$", wanted):  # 32.18.8 is written for 32.18.08
        wanted = f"{wanted[:-1]}0{wanted[-1]}"
        found = [node for node in catalogue if node.number.startswith(wanted)]
    scale = 1.0
    if len(wanted) == 8 and not found:
        scale = 0.5
        while not found and wanted:
            wanted = wanted[:-1]
            found = [node for node in catalogue if node.number.startswith(wanted)]
    return [_number_hit(node, wanted, scale) for node in found]


def _number_hit(node: Node, wanted: str, scale: float) -> Hit:
    levels_below = (len(node.number) - len(wanted)) // 3
    score = scale * (1.0 if node.number == wanted else 0.9 - 0.1 * levels_below)
    return Hit(node.number, node.title, level_of(node), round(score, 4), node.number, "number")


def _by_words(catalogue: Catalogue, query: str) -> list[Hit]:
    words = list(dict.fromkeys(fold(query)))[:MAX_WORDS]
    if not words:
        return []
    index = index_of(catalogue)
    hits = []
    for number, (score, entry) in best_entries(index, words).items():
        node = catalogue.node(number)
        level = level_of(node)
        source = "title" if index.sources[entry] == "title" else "term"
        hits.append(Hit(number, node.title, level, round(score * _LEVEL_WEIGHT[level], 4), index.texts[entry], source))
    return hits
