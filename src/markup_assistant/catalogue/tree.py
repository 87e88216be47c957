"""The KLE tree of one edition: main groups, groups and subjects, with facets and terms, walked both ways."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markup_assistant.catalogue.facets import usual_codes
from markup_assistant.catalogue.numbers import nearest_numbers, normal_number
from markup_assistant.errors import UnknownNumberError

TERM_KINDS = ("term", "heading", "form", "system", "abbreviation", "law")
"""The kinds of term, in the order in which they are shown; ``kle_catalogue/README.md`` says what each is."""

TermRow = tuple[str, str, str]
"""Kind, text and lapsed of a term as it stands in the file."""


@dataclass(frozen=True, slots=True)
class MainGroup:
    """A main group (hovedgruppe), ``27``."""

    number: str
    title: str
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group (gruppe), ``27.36``."""

    number: str
    title: str
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject (emne), ``27.36.04``; ``expires`` is the year, or year and month, in which it lapses."""

    number: str
    title: str
    expires: str = ""
    uuid: str = ""

    def lapsed_by(self, year: int) -> bool:
        """Whether the number had lapsed before the year began."""
        return bool(self.expires) and int(self.expires[:4]) < year


Node = MainGroup | Group | Subject
"""What a KLE number may stand for."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet (handlingsfacet): what the authority does in the case, ``K02``."""

    code: str
    title: str
    category: str
    category_title: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase for a number; ``lapsed`` is the year in which a law that it cites lapsed, or empty."""

    number: str
    kind: str
    text: str
    lapsed: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of KLE it is: ``KLE 2026-02`` of ``2026-02-01``, ``Februar 2026``."""

    name: str
    date: str
    label: str
    source: str

    @property
    def year(self) -> int:
        """The year of the edition."""
        return int(self.date[:4])


class Catalogue:
    """One edition of KLE.

    Every method that takes a number takes it as ``27.36.04``, ``273604`` or ``27 36 04``, and raises
    UnknownNumberError with the nearest right numbers. Terms are read when they are first asked for.
    """

    def __init__(
        self,
        edition: Edition,
        nodes: tuple[Node, ...],
        facets: tuple[Facet, ...],
        read_terms: Callable[[], Mapping[str, list[TermRow]]] = dict,
    ) -> None:
        """Take nodes sorted by number, each with its parent among them."""
        self.edition = edition
        self.facets = facets
        self._nodes = nodes
        self._numbers = [node.number for node in nodes]
        self._by_number = dict(zip(self._numbers, nodes, strict=True))
        self._facets = {facet.code: facet for facet in facets}
        self._read_terms = read_terms
        self._terms: Mapping[str, list[TermRow]] | None = None

    @property
    def name(self) -> str:
        """The edition's name, ``KLE 2026-02``."""
        return self.edition.name

    @property
    def main_groups(self) -> tuple[MainGroup, ...]:
        """All main groups by number."""
        return tuple(node for node in self._nodes if isinstance(node, MainGroup))

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups by number."""
        return tuple(node for node in self._nodes if isinstance(node, Group))

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All subjects by number."""
        return tuple(node for node in self._nodes if isinstance(node, Subject))

    def __iter__(self) -> Iterator[Node]:
        """Walk all nodes by number, a parent before its children."""
        return iter(self._nodes)

    def __len__(self) -> int:
        """Count main groups, groups and subjects."""
        return len(self._nodes)

    def __contains__(self, number: object) -> bool:
        return number in self._by_number

    def node(self, number: str) -> Node:
        """Return the main group, group or subject of a number."""
        found = self._by_number.get(number) or self._by_number.get(normal_number(number))
        if found is None:
            raise self._unknown(number)
        return found

    def subject(self, number: str) -> Subject:
        """Return the subject of a number."""
        found = self._by_number.get(number) or self._by_number.get(normal_number(number))
        if not isinstance(found, Subject):
            raise self._unknown(number, level=Subject)
        return found

    def facet(self, code: str) -> Facet:
        """Return the facet of a code, whatever its case; ``OE30`` is understood as ``Ø30``."""
        upper = code.strip().upper()
        found = self._facets.get(upper) or self._facets.get(upper.replace("OE", "Ø"))
        if found is None:
            codes = [facet.code for facet in self.facets]
            raise UnknownNumberError(number=code, nearest=", ".join(nearest_numbers(upper, codes)))
        return found

    def parent(self, number: str) -> MainGroup | Group | None:
        """Return the group of a subject or the main group of a group; a main group has none."""
        above = self._by_number.get(self.node(number).number[:-3])
        return above if isinstance(above, MainGroup | Group) else None

    def path(self, number: str) -> tuple[Node, ...]:
        """Return the node with all above it, the main group first."""
        full = self.node(number).number
        return tuple(self._by_number[full[:length]] for length in range(2, len(full) + 1, 3))

    def children(self, number: str) -> tuple[Node, ...]:
        """Return the nodes one level below, by number."""
        full = self.node(number).number
        start = bisect_left(self._numbers, full + ".")
        end = bisect_left(self._numbers, full + "/")  # "/" is the character after "."
        depth = len(full) + 3
        return tuple(node for node in self._nodes[start:end] if len(node.number) == depth)

    def siblings(self, number: str) -> tuple[Node, ...]:
        """Return the nodes with the same parent, itself among them, by number."""
        above = self.parent(number)
        return self.children(above.number) if above else self.main_groups

    def neighbours(self, number: str, reach: int = 3) -> tuple[Node, ...]:
        """Return up to ``reach`` siblings on each side, by number, without the node itself."""
        around = self.siblings(number)
        place = around.index(self.node(number))
        return around[max(0, place - reach) : place] + around[place + 1 : place + 1 + reach]

    def terms(self, number: str) -> tuple[Term, ...]:
        """Return the terms of a number in the order of the file."""
        full = self.node(number).number
        return tuple(Term(full, *row) for row in self.term_rows().get(full, ()))

    def term_rows(self) -> Mapping[str, list[TermRow]]:
        """Return all terms as plain rows by number: for indexes, where 28,000 objects would cost too much."""
        if self._terms is None:
            self._terms = self._read_terms()
        return self._terms

    def facets_for(self, number: str) -> tuple[Facet, ...]:
        """Return all facets, those usual for letters about the number first, the rest as in the catalogue."""
        usual = self.usual_facets(number)
        return usual + tuple(facet for facet in self.facets if facet not in usual)

    def usual_facets(self, number: str) -> tuple[Facet, ...]:
        """Return the facets that letters about the number usually have, the most usual first."""
        codes = usual_codes(self.node(number).number)
        return tuple(self._facets[code] for code in codes if code in self._facets)

    def _unknown(self, number: str, level: type[Node] | None = None) -> UnknownNumberError:
        rightly = [node.number for node in self._nodes if level is None or isinstance(node, level)]
        return UnknownNumberError(number=number, nearest=", ".join(nearest_numbers(number, rightly)))
