"""What a row of a list says of a letter's markup: read exactly, never guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from markup_assistant.batch.decision_report import Fault, shown
from markup_assistant.catalogue.folding import fold
from markup_assistant.catalogue.numbers import dotted
from markup_assistant.catalogue.search import search
from markup_assistant.catalogue.tree import Catalogue, Subject
from markup_assistant.errors import UnknownNumberError
from markup_assistant.markup import ACTION_CODES, Action, Markup, Outcome, Part
from markup_assistant.suggest.organisation import Organisation

NONE_WORDS = frozenset(("ingen", "intet", "none", "ikke et brev", "skal ikke opmaerkes"))
"""Folded words for a letter that is to have no markup."""

LIKELY = 0.5
"""Score from which a subject found by its title is offered."""

MAX_SEARCHES = 2_000
"""Titles of a list that are looked up: each costs some milliseconds, and nobody reads more."""

OFFERED = 3
"""Numbers, or names, that are offered in place of one that is not there."""

_NUMBER = re.compile(
    r"\s*(?:KLE\b[\s:.-]*)?(?P<number>\d\d\.\d\d\.\d\d|\d\d \d\d \d\d|\d{6})(?!\d)"
    r"(?:\s*[-–/ ]\s*(?P<facet>(?:[A-ZÆØÅ]|OE)\d\d)\b)?(?:\.?\s*|[\s,;:(/–-].*)\Z",
    re.IGNORECASE | re.DOTALL,
)
"""``27.36.04``, ``273604``, ``27.36.04-G01`` (also with year and serial number after it), ``27.36.04 Title``."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?|\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d\d:\d\d:\d\d")
_FACET = re.compile(r"\s*(?P<code>(?:[A-ZÆØÅ]|OE)\d\d)\b.*", re.IGNORECASE | re.DOTALL)
_BETWEEN_ACTIONS = re.compile(r"[,;/|+&\n]|\s+og\s+|\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says, as it is written."""

    number: str
    facet: str = ""
    actions: str = ""
    target: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The markup that a row asks for; only ``parts`` were said."""

    outcome: Outcome
    markup: Markup
    parts: frozenset[Part]


class WrongValueError(Exception):
    """A value that cannot be taken as it is; see :class:`decision_report.Problem`."""

    def __init__(self, fault: Fault, got: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(fault)
        self.fault = fault
        self.got = shown(got)
        self.nearest = nearest


class Values:
    """Understands the cells of a list by a catalogue and an organisation; ``year`` is when the numbers are used."""

    def __init__(self, catalogue: Catalogue, organisation: Organisation, year: int) -> None:
        self.catalogue = catalogue
        self._year = year
        self._searches = 0
        names = {unit.id: unit.name for unit in organisation.units.values()}
        names |= {system.id: system.name for system in organisation.systems.values()}
        self._targets: dict[str, set[str]] = {}
        for identity, name in names.items():
            for word in (identity, name):
                self._targets.setdefault(_folded(word), set()).add(identity)
        self._names = names

    def wanted(self, said: Said) -> Wanted:
        """Return the markup of a row; raises WrongValueError for the first value that cannot be taken."""
        if _folded(said.number) in NONE_WORDS:
            return Wanted(Outcome.LEFT_ALONE, Markup(), frozenset({Part.SUBJECT}))
        number, beside = self._number(said.number, said.title)
        facet = self._facet(said.facet, beside)
        actions = tuple(self._actions(said.actions))
        target = self._target(said.target)
        subject = self.checked(number, said.title)
        given = {Part.SUBJECT: subject.number, Part.FACET: facet, Part.ACTIONS: actions, Part.TARGET: target}
        parts = frozenset(part for part, value in given.items() if value)
        return Wanted(Outcome.MARKED, Markup(subject.number, facet, actions, target), parts)

    def checked(self, number: str, title: str = "") -> Subject:
        """Return the subject of a number that may be used today."""
        try:
            subject = self.catalogue.subject(number)
        except UnknownNumberError as error:
            # A spreadsheet drops the zero that a number begins with.
            whole = [one for one in [dotted(f"0{number.strip()}")] if one in self.catalogue]
            nearest = filter(None, str(error.facts["nearest"]).split(", "))
            offered = self._offered((*whole, *self._by_title(title), *nearest))
            raise WrongValueError(Fault.UNKNOWN_NUMBER, number, offered) from None
        if subject.lapsed_by(self._year):
            around = [node.number for node in self.catalogue.neighbours(subject.number)]
            offered = self._offered((*self._by_title(subject.title), *self._by_title(title), *around))
            raise WrongValueError(Fault.LAPSED, f"{subject.number} {subject.title}", offered)
        return subject

    def _number(self, cell: str, title: str) -> tuple[str, str]:
        """Return the number of a cell, and the facet beside it."""
        found = _NUMBER.match(cell)
        if found:
            return found["number"], found["facet"] or ""
        if not cell.strip():
            raise WrongValueError(Fault.NO_NUMBER, title, self._offered(self._by_title(title)))
        if _DATE.fullmatch(cell.strip()):
            raise WrongValueError(Fault.DATE, cell, self._offered(self._by_title(title)))
        if any(sign.isdigit() for sign in cell):
            return self.checked(cell, title).number, ""
        offered = (*self._by_title(cell), *self._by_title(title))
        raise WrongValueError(Fault.UNKNOWN_NUMBER, cell, self._offered(offered))

    def _facet(self, cell: str, beside: str) -> str:
        codes = {self._known_facet(code) for code in (cell, beside) if code.strip()}
        if len(codes) > 1:
            raise WrongValueError(Fault.TWO_FACETS, f"{beside}, {cell}")
        return next(iter(codes), "")

    def _known_facet(self, cell: str) -> str:
        found = _FACET.fullmatch(cell)
        try:
            return self.catalogue.facet(found["code"] if found else cell).code
        except UnknownNumberError as error:
            nearest = tuple(filter(None, str(error.facts["nearest"]).split(", ")))
            raise WrongValueError(Fault.UNKNOWN_FACET, cell, nearest) from None

    def _actions(self, cell: str) -> Iterator[Action]:
        codes = set()
        for word in filter(None, (_folded(word) for word in _BETWEEN_ACTIONS.split(cell))):
            found = [code for code in ACTION_CODES if _folded(code) == word]
            # Several codes with only spaces between them, as an export writes them.
            apart = found or [code for one in word.split() for code in ACTION_CODES if _folded(code) == one]
            if not apart or len(apart) != (1 if found else len(word.split())):
                raise WrongValueError(Fault.UNKNOWN_ACTION, cell, ACTION_CODES)
            codes.update(apart)
        yield from (Action(code) for code in sorted(codes))

    def _target(self, cell: str) -> str:
        if not cell.strip():
            return ""
        found = self._targets.get(_folded(cell), set())
        if len(found) == 1:
            return next(iter(found))
        # Two units may have one name; their ids tell them apart.
        near = sorted(found) or [
            identity
            for _, _, identity in process.extract(cell, self._names, scorer=fuzz.WRatio, limit=OFFERED, score_cutoff=60)
        ]
        raise WrongValueError(Fault.UNKNOWN_TARGET, cell, tuple(f"{one} ({self._names[one]})" for one in near))

    def _by_title(self, title: str) -> tuple[str, ...]:
        self._searches += bool(title.strip())
        if not title.strip() or self._searches > MAX_SEARCHES:
            return ()
        hits = search(self.catalogue, title, OFFERED, year=self._year)
        return tuple(hit.number for hit in hits if hit.level == "subject" and hit.score >= LIKELY)

    def _offered(self, numbers: tuple[str, ...]) -> tuple[str, ...]:
        nodes = [self.catalogue.node(number) for number in dict.fromkeys(numbers)]
        usable = [node for node in nodes if not (isinstance(node, Subject) and node.lapsed_by(self._year))]
        return tuple(f"{node.number} {node.title}" for node in usable[:OFFERED])


def _folded(text: str) -> str:
    return " ".join(fold(text))
