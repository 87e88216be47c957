"""Chooses the details of an action: the amount, day, address or place nearest to the words that ask for it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Detail, FieldRef
from markup_assistant.suggest.amounts import find_amounts
from markup_assistant.suggest.bindings import BoundField, Role
from markup_assistant.suggest.cues import CueFindings
from markup_assistant.suggest.links import WebLink
from markup_assistant.suggest.locations import find_location
from markup_assistant.suggest.moments import Deadline, Moment, Schedule, read_schedule
from markup_assistant.suggest.passages import MAX_SCANNED, Place

SENTENCES_AFTER, SENTENCES_BEFORE = 4, 2
"""How far from its cue a detail may stand, in sentences: ``I inviteres til møde`` and the time two lines below."""

FEWEST_WORDS = 4
"""Words from which what surrounds an address is a sentence."""

STRONG = 4.0
"""From this weight on, a cue draws details no more strongly."""

WITHOUT_DEADLINE = ("INFORMATION", "FORBEREDELSE")
"""Actions whose day is that of something else: a link to read has none, a preparation has the meeting's."""

MAX_ITEMS = 1000
"""Amounts and addresses of a letter that are looked at."""

_SUM = re.compile(
    r"\b(?:i alt|ialt|at betale|til betaling|skal (?:du |i |de )?(?:\w+ )?betale|betales?|betal|indbetal\w*|beløbet|"
    r"skyldig\w*|restance\w*|saldo|samlet|total|krav\w*|gæld|til gode|koster|regning\w* på|depositum|i gebyr|"
    r"afgift\w* på)\b[^\n]{0,50}\Z",
    re.IGNORECASE,
)
_NO_SUM = re.compile(
    r"\b(?:rykkergebyr|moms|rente\w*|heraf|fradrag|tidligere|loft|højst|maks|før|tilskud|udbetal\w*|indkomst\w*|løn|grundbeløb)\b[^\n]{0,25}\Z",
    re.IGNORECASE,
)
_PAYS = re.compile(r"betal|forfald|netto|rettidig|rate|afdrag", re.IGNORECASE)
_PRIVACY = re.compile(r"privat(?:liv|es?policy)|persondata|personoplysning|databeskyt|gdpr|cookie")
_PER_UNIT = re.compile(r"\s?(?:pr\.|om måneden|månedligt|årligt|om året|i timen|/)", re.IGNORECASE)
_TRAIL = re.compile(r"[^\s<>«»\"'(){}\[\]|,;]{0,200}")


@dataclass(frozen=True, slots=True)
class LinkItem:
    """A web address or the field that carries it."""

    value: Detail
    start: int
    end: int

    @property
    def name(self) -> str:
        """What the address or field is called, in lower case."""
        return (self.value if isinstance(self.value, str) else self.value.field).lower()


@dataclass(frozen=True, slots=True)
class AmountItem:
    """An amount or the field that carries it; ``rank`` says how much it reads as what is to be paid."""

    value: Detail
    start: int
    end: int
    rank: float


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


I = TypeVar("I", bound=_Spanned)  # noqa: E741  # the one type of item that a choice is made among


@dataclass(frozen=True, slots=True)
class Anchor:
    """A sentence that speaks of an action, and how strongly: its details are looked for around it."""

    sentence: int
    weight: float


@dataclass(frozen=True, slots=True)
class ChosenDetail:
    """A detail by name with the words that it was read from, ``text[start:end]``.

    Not ``certain`` is a meeting's day that stands without a time.
    """

    name: str
    value: Detail
    start: int
    end: int
    certain: bool = True


class Facts:
    """All times, amounts and addresses of a letter that may be details of an action; boilerplate is left out."""

    def __init__(self, letter: Letter, cues: CueFindings) -> None:
        self._letter = letter
        self._sentences = cues.passages.sentences
        self._starts = [sentence.start for sentence in self._sentences]
        fields = cues.passages.fields
        self._fields = [bound.field for bound in fields]
        schedule: Schedule = read_schedule(letter, fields)
        self.moments: list[Moment] = self._said(schedule.moments)
        self.deadlines: list[Deadline] = self._said(schedule.deadlines)
        self.links: list[LinkItem] = self._said(_links(letter, cues.passages.links, fields))
        self.amounts: list[AmountItem] = self._said(_amounts(letter, fields))

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence at an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def moment(self, anchors: Sequence[Anchor]) -> Moment | None:
        """Return the meeting that the anchors speak of; without any, the first with a time of day."""
        timed = [moment for moment in self.moments if moment.timed]
        carried = [moment for moment in self.moments if not moment.timed and isinstance(moment.begin, FieldRef)]
        first = timed[0] if timed else None
        return self.nearest(timed, anchors) or first or self.nearest(carried, anchors)

    def nearest(
        self, items: Iterable[I], anchors: Sequence[Anchor], rank: Callable[[I], float] | None = None
    ) -> I | None:
        """Return the item nearest to any of the anchors in sentences; ``rank`` counts against distance."""
        best: tuple[float, int] | None = None
        chosen: I | None = None
        for item in items:
            cost = self.distance(item.start, anchors)
            if cost is None:
                continue
            key = (cost - (rank(item) if rank else 0.0), item.start)
            if best is None or key < best:
                best, chosen = key, item
        return chosen

    def distance(self, offset: int, anchors: Sequence[Anchor]) -> float | None:
        """Return how far an offset is from the nearest anchor, in sentences, or None when it is too far."""
        here = self.sentence(offset)
        costs = [
            (here - anchor.sentence if here >= anchor.sentence else (anchor.sentence - here) * 1.5)
            - min(anchor.weight, STRONG) * 0.25
            for anchor in anchors
            if -SENTENCES_BEFORE <= here - anchor.sentence <= SENTENCES_AFTER
        ]
        return min(costs, default=None)

    def in_sentence(self, link: LinkItem) -> bool:
        """Whether an address stands in a sentence: not alone on a line, not among telephone numbers."""
        sentence = self._sentences[self.sentence(link.start)]
        return sentence.place is not Place.MARGIN and len(sentence.words) >= FEWEST_WORDS

    def pays(self, deadline: Deadline) -> float:
        """Return how much the words before a deadline speak of paying."""
        return 1.5 if _PAYS.search(self._letter.text, max(0, deadline.start - 60), deadline.start) else 0.0

    def location(self, moment: Moment) -> ChosenDetail | None:
        """Return where a meeting is held: as it stands, or the field that is all of it."""
        place = find_location(self._letter, self._fields, moment.start, moment.end)
        if place is None:
            return None
        field = next((f for f in self._fields if f.start == place.start and f.end == place.end), None)
        value: Detail = FieldRef(field.name) if field else self._letter.text[place.start : place.end]
        return ChosenDetail("location", value, place.start, place.end)

    def _said(self, items: Iterable[I]) -> list[I]:
        places = self._sentences
        return [item for item in items if places and places[self.sentence(item.start)].place is not Place.BOILERPLATE]


def choose_details(
    code: str, facts: Facts, anchors: Sequence[Anchor], links: Sequence[LinkItem]
) -> tuple[ChosenDetail, ...]:
    """Return the details of an action; ``links`` are the addresses that belong to this action."""
    if code == "AFTALE":
        return _of_meeting(facts, anchors)
    found: list[ChosenDetail] = []
    if code == "BETALING":
        amount = facts.nearest(facts.amounts, anchors, lambda item: item.rank)
        if amount is not None:
            found.append(ChosenDetail("amount", amount.value, amount.start, amount.end))
    deadline = _deadline(code, facts, anchors)
    if deadline is not None:
        name = "due" if code == "BETALING" else "deadline"
        found.append(ChosenDetail(name, deadline.value, deadline.start, deadline.end))
    link = facts.nearest(links, anchors)
    if link is not None:
        found.append(ChosenDetail("url", link.value, link.start, link.end))
    return tuple(found)


def _of_meeting(facts: Facts, anchors: Sequence[Anchor]) -> tuple[ChosenDetail, ...]:
    moment = facts.moment(anchors)
    if moment is None:
        return ()
    found = [ChosenDetail("start", moment.begin, moment.start, moment.end, certain=moment.timed)]
    if moment.finish is not None:
        found.append(ChosenDetail("end", moment.finish, moment.start, moment.end))
    place = facts.location(moment)
    if place is not None:
        found.append(place)
    return tuple(found)


def _deadline(code: str, facts: Facts, anchors: Sequence[Anchor]) -> Deadline | None:
    if code in WITHOUT_DEADLINE:
        return None
    written = [deadline for deadline in facts.deadlines if not deadline.counted]
    return facts.nearest(written, anchors, facts.pays if code == "BETALING" else None)


def _links(letter: Letter, links: Sequence[WebLink], fields: Sequence[BoundField]) -> list[LinkItem]:
    found = [LinkItem(link.url, link.start, link.end) for link in links[:MAX_ITEMS]]
    for bound in fields:
        if not bound.may_be(Role.LINK):
            continue
        start, end = bound.field.start, bound.field.end
        trail = _TRAIL.match(letter.text, end)
        path = (trail[0] if trail else "").rstrip(".,;:!?")
        if path.startswith("/"):
            found.append(LinkItem(letter.text[start : end + len(path)], start, end + len(path)))
        elif not any(item.start <= start < item.end for item in found):
            found.append(LinkItem(FieldRef(bound.field.name), start, end))
    return sorted((item for item in found if not _PRIVACY.search(item.name)), key=lambda item: item.start)


def _amounts(letter: Letter, fields: Sequence[BoundField]) -> list[AmountItem]:
    text = letter.text
    found = [
        AmountItem(amount.value, amount.start, amount.end, _rank(text, amount.start, amount.end, bare=amount.bare))
        for amount in find_amounts(text, 0, MAX_SCANNED)[:MAX_ITEMS]
    ]
    found += [
        AmountItem(FieldRef(bound.field.name), start, end, _rank(text, start, end, bare=False) + _field_rank(bound))
        for bound in fields
        if bound.may_be(Role.AMOUNT)
        for start, end in [(bound.field.start, bound.field.end)]
    ]
    return sorted(found, key=lambda item: item.start)


def _rank(text: str, start: int, end: int, *, bare: bool) -> float:
    # An amount alone on its line is a cell of a table: what it is for stands in the one before.
    line = text[max(0, start - 90) : start].rstrip("\n\t ").rpartition("\n")[2]
    rank = -0.5 if bare else 0.0
    if _SUM.search(line):
        rank += 2.5
    if _NO_SUM.search(line):
        rank -= 2.5
    if _PER_UNIT.match(text, end):
        rank -= 1.0
    return rank


def _field_rank(bound: BoundField) -> float:
    name = bound.field.name.lower()
    return 1.0 if re.search(r"beløb|beloeb|belob|ialt|total|rest|saldo|sum", name) else 0.0
