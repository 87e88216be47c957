"""Names as people type them: of facets, actions, details, topics and units, with slips and endings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from markup_assistant.catalogue.folding import ENDINGS, fold
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.review.grammar_setting import Doubt, Reading
from markup_assistant.review.grammar_words import slip_cost
from markup_assistant.suggest.organisation import Organisation, System, Unit

MOST = 5
"""Names that are offered where it is unsure which was meant."""

SURE_UNIT, LIKELY_UNIT, LEAST_UNIT = 84.0, 66.0, 45.0
"""Likeness (0 to 100) from which a unit is taken, from which one is offered, and under which none is alike."""

LEAD = 9.0
"""How much more alike than the next one a unit must be to be taken without asking."""

ONE_WORD = 6.0
"""What is taken off where only one word of a unit's name was typed: ``økonomi`` for ``Økonomi og Budget``."""


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names with what each stands for; a name may stand for several."""

    by_name: Mapping[str, tuple[str, ...]]

    def find(self, typed: str) -> Reading | None:
        """Return what a folded name stands for: as written, with another ending, with slips."""
        if typed in self.by_name:
            return _reading(self.by_name[typed], 0.0)
        for cut in range(1, 5):
            if typed[-cut:] in ENDINGS and len(typed) - cut >= 4 and typed[:-cut] in self.by_name:
                return _reading(self.by_name[typed[:-cut]], 0.05)
        if len(typed) < 4:
            return None
        costs = ((slip_cost(typed, name, OSA.distance(typed, name, score_cutoff=3)), name) for name in self.by_name)
        near = sorted((cost, name) for cost, name in costs if cost is not None and len(name) >= 4)
        return _reading(self.by_name[near[0][1]], near[0][0]) if near else None


def read_names(table: Mapping[str, str]) -> Names:
    """Read a table of ``phrases.toml``: a value with the names for it, divided by ``|``."""
    return index_names((value, name) for value, names in table.items() for name in names.split("|"))


def index_names(rows: Iterable[tuple[str, str]]) -> Names:
    """Index values by their folded names."""
    found: dict[str, list[str]] = {}
    for value, name in rows:
        values = found.setdefault(" ".join(fold(name)), [])
        if value not in values:
            values.append(value)
    return Names({name: tuple(values) for name, values in found.items()})


def find_facet(catalogue: Catalogue, own: Names, typed: str) -> Reading | None:
    """Return the facet that is called so by habit or by its title; several titles may begin with the words."""
    codes = {facet.code for facet in catalogue.facets}
    found = own.find(typed)
    if found is not None and found.cost <= 0.1:
        return found if set(found.values) <= codes else None
    words = typed.split()
    begun = [code for code, title in _titles(catalogue) if _begins(title, words)]
    if begun:
        return _reading(tuple(begun[:MOST]), 0.1)
    return found if found is not None and set(found.values) <= codes else None


@lru_cache(maxsize=4)
def _titles(catalogue: Catalogue) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((facet.code, tuple(fold(facet.title))) for facet in catalogue.facets)


def _begins(title: tuple[str, ...], words: list[str]) -> bool:
    """Whether the words stand in a title in this order, from its first word or as all that matters."""
    if not words or len("".join(words)) < 5:
        return False
    return all(any(part.startswith(word) for part in title) for word in words) and title[0].startswith(words[0][:5])


def find_unit(organisation: Organisation, typed: str) -> Reading | None:
    """Return the unit or system of a folded name, or those most alike; None where none is alike."""
    scores = sorted(
        ((_likeness(typed, name), id_) for id_, name in _unit_names(organisation)), key=lambda row: (-row[0], row[1])
    )
    if not scores or scores[0][0] < LEAST_UNIT:
        return None
    best = scores[0][0]
    close = [id_ for score, id_ in scores if score > best - LEAD and score >= LEAST_UNIT]
    if best >= SURE_UNIT and (len(close) == 1 or best == 100.0):
        return Reading((scores[0][1],), (100 - best) / 100)
    if best >= LIKELY_UNIT:
        return Reading(tuple(close[:MOST]), 0.4, Doubt.SEVERAL)
    return Reading(tuple(id_ for score, id_ in scores[:3] if score >= LEAST_UNIT), 0.6, Doubt.UNIT)


def _likeness(typed: str, name: str) -> float:
    if typed == name:
        return 100.0
    whole = fuzz.ratio(typed, name)
    if len(typed) >= 4 and (name.startswith(typed) or _inflected(typed, name)):
        whole = max(whole, 90.0)
    parts = [part for part in name.split() if len(part) >= 3]
    if len(parts) > 1:
        whole = max(whole, max(fuzz.ratio(typed, part) for part in parts) - ONE_WORD)
    first = typed.split(maxsplit=1)[0] if typed else ""
    if len(first) >= 5 and any(part.startswith(first) for part in parts):
        whole = max(whole, LIKELY_UNIT)
    return whole


def _inflected(typed: str, name: str) -> bool:
    return typed.startswith(name) and len(name) >= 5 and typed[len(name) :] in ENDINGS


@lru_cache(maxsize=4)
def _names_of(names: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((id_, " ".join(fold(name))) for id_, name in names)


def _unit_names(organisation: Organisation) -> tuple[tuple[str, str], ...]:
    both: list[Unit | System] = [*organisation.units.values(), *organisation.systems.values()]
    return _names_of(tuple((one.id, one.name) for one in both))


def _reading(values: tuple[str, ...], cost: float) -> Reading:
    return Reading(values[:MOST], cost, Doubt.SEVERAL if len(values) > 1 else None)
