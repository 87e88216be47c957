"""Finds out what the columns of a municipality's own list hold, by their headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rapidfuzz import fuzz

from markup_assistant.batch.decision_report import shown
from markup_assistant.batch.tables import Row
from markup_assistant.catalogue.folding import fold


class Role(StrEnum):
    """What a column holds."""

    LETTER = "letter"
    SUBJECT = "subject"
    FACET = "facet"
    ACTIONS = "actions"
    TARGET = "target"
    TITLE = "title"
    TEXT = "text"


# fmt: off
HEADINGS: Mapping[Role, tuple[str, ...]] = MappingProxyType({
    Role.LETTER: (
        "filnavn", "fil", "filename", "file", "filsti", "sti", "path", "brevfil", "skabelonfil", "brevnavn", "brev",
        "letter", "skabelonnavn", "brevskabelon", "skabelon", "template", "dokumentnavn", "dokument", "document",
        "navn", "name",
    ),
    Role.SUBJECT: (
        "klenummer", "klenr", "klekode", "kle", "kleemnenummer", "kleemnenr", "emnenummer", "emnenr", "subjectnumber",
        "klenumber", "klefacet", "kleogfacet", "kleemne", "subject", "emne", "nummer", "number",
    ),
    Role.FACET: ("handlingsfacet", "handlingsfacetkode", "facetkode", "facetnummer", "facet"),
    Role.ACTIONS: ("handlinger", "handling", "memohandling", "actions", "action"),
    Role.TARGET: (
        "routingmaal", "modtagerenhed", "enhed", "afdeling", "forvaltning", "team", "kontaktpunkt", "target", "unit",
        "department",
    ),
    Role.TITLE: ("kletitel", "emnetitel", "emnetekst", "emnenavn", "kletekst", "titel", "title", "emne", "subject"),
    Role.TEXT: ("brevtekst", "tekst", "text"),
})
"""Headings of each role, folded and without spaces, those that say it most clearly first."""
# fmt: on

LIKE = 84
"""Likeness (0 to 100) from which a heading counts as one of these with a slip of the finger: ``Handligsfacet``."""

SHORTEST = 4
"""Signs of a heading below which a slip makes another word of it."""

NOTHING = frozenset(("-", "–", "—", ".", "?"))
"""Cells that people fill in where there is nothing to say."""

HEAD_ROWS = 10
"""Rows among which the headings are looked for: lists often begin with a title."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the roles stand: ``places`` from 0, with the ``headings`` as they are written."""

    places: Mapping[Role, int]
    headings: Mapping[str, str]

    def cell(self, row: Row, role: Role) -> str:
        """Return what a row says in a role, without white space around it; empty where it says nothing."""
        place = self.places.get(role, -1)
        said = row.cells[place].strip() if 0 <= place < len(row.cells) else ""
        return "" if said in NOTHING else said


def find_columns(rows: Sequence[Row]) -> tuple[int, Columns] | None:
    """Return which of the first rows has the headings, and what they say; None where none has.

    A heading each for the number and for the letter's file (or text) is the least.
    """
    for place, row in enumerate(rows[:HEAD_ROWS]):
        columns = recognise(row.cells)
        if Role.SUBJECT in columns.places and columns.places.keys() & {Role.LETTER, Role.TEXT}:
            return place, columns
    return None


def recognise(cells: Sequence[str]) -> Columns:
    """Return which cells are headings, and of what: each cell once, each role once, the clearest first."""
    folded = ["".join(fold(cell)) for cell in cells]
    # The title last: ``emne`` is that where another column has the number, and the number where none has.
    claims = sorted(
        (role is Role.TITLE, -likeness, rank, place, role)
        for place, heading in enumerate(folded)
        for role, known in HEADINGS.items()
        for rank, word in enumerate(known)
        if (likeness := _likeness(heading, word)) >= LIKE
    )
    places: dict[Role, int] = {}
    for *_, place, role in claims:
        if role not in places and place not in places.values():
            places[role] = place
    headings = {role.value: shown(cells[place]) for role, place in places.items()}
    return Columns(MappingProxyType(places), MappingProxyType(headings))


def _likeness(heading: str, word: str) -> float:
    if heading == word:
        return 100.0
    return fuzz.ratio(heading, word) if len(heading) >= SHORTEST and len(word) >= SHORTEST else 0.0
