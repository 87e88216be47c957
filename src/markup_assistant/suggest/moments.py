"""Meetings and deadlines in a letter: days and times of day, written out or carried by fields."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Detail, FieldRef
from markup_assistant.suggest.bindings import BoundField, Role
from markup_assistant.suggest.clocks import ClockMatch, find_clocks
from markup_assistant.suggest.dates import DateMatch, find_dates, find_letter_date, find_periods
from markup_assistant.suggest.passages import MAX_SCANNED

MAX_GAP = 34
"""Characters between a day and its time of day: ``den 5. marts i tidsrummet kl. 10``."""

MAX_FOUND = 300
"""Days and times that are looked at: no letter has more, and a calendar of thousands takes no more time."""

SLACK = timedelta(days=2)
"""A meeting may be this long before the letter's date, because the date may be a typing error or a later print."""

_DEADLINE_WORDS = re.compile(
    r"\b(?:senest|inden(?!\sfor)|\w*frist(?:en)?|deadline|sidste\s\w+|forfald\w*|forfalder|rettidig\w*|"
    r"til\sog\smed|indtil|besvar\w*|netto|før|udløber)\b[^.!?\n]{0,45}\Z",
    re.IGNORECASE,
)
_NO_DEADLINE = re.compile(
    r"\b(?:afgørelse\saf|brev\saf|modtaget|modtog|gælder|bevilget|vedtag\w*|udløb(?:er|et)?\s(?:den\s)?)\b[^.!?\n]{0,25}\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"[\s,;:.|(–-]*(?:(?:fra|mellem|i tidsrummet|tid(?:spunkt)?|om \w+en|klokken)[\s:.|]*)?\Z", re.IGNORECASE
)
_TO_FIELD = re.compile(r"\s{0,2}(?:-|–|til|og)\s{0,2}(?:kl\.?\s{0,2})?\Z", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:mødet|mødtes|modtog|modtaget|besøgte|talte|skrev|var|blev|af|fik|havde|siden|tilsyn|besigtigelse|"
    r"kontrol|så vi)\s(?:den\s|d\.\s?)?\Z",
    re.IGNORECASE,
)
_MEETING_NAME = re.compile(r"møde|moede|besøg|besoeg|samtale|aftale|tidspunkt|termin|tilsyn|syn", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A meeting's ``begin`` and (when written) ``finish``; ``start`` and ``end`` are offsets of the words.

    ``timed`` says that a time of day was given, by words or by a field.
    """

    begin: Detail
    finish: Detail | None
    start: int
    end: int
    timed: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day until which something must be done; ``counted`` from the letter's date (``inden 14 dage``)."""

    value: Detail
    start: int
    end: int
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """All meetings and deadlines of a letter, each in the order of the text."""

    moments: tuple[Moment, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as text or as a field."""

    match: DateMatch | BoundField
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day as text or as a field."""

    match: ClockMatch | BoundField
    start: int
    end: int


def read_schedule(letter: Letter, fields: tuple[BoundField, ...]) -> Schedule:
    """Find the meetings and deadlines of a letter."""
    text = letter.text
    written = find_letter_date(text)
    near = written or _first_dated(text)
    days = _days(text, fields, near)
    clocks = _clocks(text, fields)
    moments: list[Moment] = []
    deadlines: list[Deadline] = []
    for index, day in enumerate(days):
        following = days[index + 1].start if index + 1 < len(days) else len(text)
        clock = _clock_of(text, day, clocks, following)
        if _is_deadline(text, day):
            deadlines.append(_deadline(day, clock))
        elif not _is_past(text, day, written):
            moment = _moment(text, day, clock, fields)
            if moment is not None:
                moments.append(moment)
    deadlines += [
        Deadline(p.day.isoformat(), p.start, p.end, counted=True) for p in find_periods(text[:MAX_SCANNED], written)
    ]
    return Schedule(tuple(moments), tuple(sorted(deadlines, key=lambda deadline: deadline.start)))


def _first_dated(text: str) -> date | None:
    """Return a little before the first day whose year is written: where no letter date is, it is nearest."""
    dated = [found.day for found in find_dates(text, 0, MAX_SCANNED) if found.dated]
    return min(dated) - timedelta(days=60) if dated else None


def _days(text: str, fields: tuple[BoundField, ...], near: date | None) -> list[_Day]:
    days = [_Day(found, found.start, found.end) for found in find_dates(text, 0, MAX_SCANNED, near=near)]
    days += [
        _Day(bound, bound.field.start, bound.field.end)
        for bound in fields
        if bound.may_be(Role.DAY) or bound.may_be(Role.DEADLINE) or _may_be_meeting(bound)
    ]
    return sorted(days, key=lambda day: day.start)[:MAX_FOUND]


def _may_be_meeting(bound: BoundField) -> bool:
    return bound.roles[:1] == (Role.CLOCK,) and bool(re.search(r"tidspunkt|termin", bound.field.name, re.IGNORECASE))


def _clocks(text: str, fields: tuple[BoundField, ...]) -> list[_Clock]:
    clocks = [_Clock(found, found.start, found.end) for found in find_clocks(text, 0, MAX_SCANNED)]
    clocks += [_Clock(bound, bound.field.start, bound.field.end) for bound in fields if bound.may_be(Role.CLOCK)]
    return sorted(clocks, key=lambda clock: clock.start)[:MAX_FOUND]


def _clock_of(text: str, day: _Day, clocks: list[_Clock], following: int) -> _Clock | None:
    """Return the time of day that belongs to a day: after it in the same line or the next, or just before it."""
    for clock in clocks:
        if day.end <= clock.start < following and clock.start - day.end <= MAX_GAP:
            between = re.sub(
                r"\bkl\.?\s*\Z|\btid(?:spunkt)?:?\s*\Z", "", text[day.end : clock.start], flags=re.IGNORECASE
            )
            if _BETWEEN.match(between) and between.count("\n") <= 2:
                return clock
        if clock.end <= day.start and day.start - clock.end <= 6 and "\n" not in text[clock.end : day.start]:
            return clock
    return None


def _is_deadline(text: str, day: _Day) -> bool:
    before = text[max(0, day.start - 70) : day.start]
    if isinstance(day.match, BoundField) and day.match.roles[:1] == (Role.DEADLINE,):
        return True
    return bool(_DEADLINE_WORDS.search(before)) and not _NO_DEADLINE.search(before)


def _is_past(text: str, day: _Day, written: date | None) -> bool:
    if isinstance(day.match, DateMatch) and written is not None and day.match.day < written - SLACK:
        return True
    return bool(_PAST.search(text[max(0, day.start - 24) : day.start]))


def _deadline(day: _Day, clock: _Clock | None) -> Deadline:
    if isinstance(day.match, BoundField):
        time_field = clock.match.field.name if clock and isinstance(clock.match, BoundField) else ""
        return Deadline(FieldRef(day.match.field.name, time_field), day.start, day.end)
    value = day.match.day.isoformat()
    if clock and isinstance(clock.match, ClockMatch) and clock.start > day.start:
        value += f"T{clock.match.begin:%H:%M}"
    return Deadline(value, day.start, day.end)


def _moment(text: str, day: _Day, clock: _Clock | None, fields: tuple[BoundField, ...]) -> Moment | None:
    if clock is None:
        return _day_only(day)
    start, end = min(day.start, clock.start), max(day.end, clock.end)
    if isinstance(day.match, BoundField):
        name = day.match.field.name
        if isinstance(clock.match, ClockMatch):
            return Moment(FieldRef(name), None, start, end, timed=True)
        finish = _finish_field(text, clock, fields)
        ending = FieldRef(name, finish.field.name) if finish else None
        begin = FieldRef(name, clock.match.field.name) if clock.match is not day.match else FieldRef(name)
        return Moment(begin, ending, start, finish.field.end if finish else end, timed=True)
    iso = day.match.day.isoformat()
    if isinstance(clock.match, BoundField):
        return Moment(iso, None, start, end, timed=True)
    finish_time = clock.match.finish
    closing = f"{iso}T{finish_time:%H:%M}" if finish_time else None
    return Moment(f"{iso}T{clock.match.begin:%H:%M}", closing, start, end, timed=True)


def _day_only(day: _Day) -> Moment | None:
    if isinstance(day.match, DateMatch):
        return Moment(day.match.day.isoformat(), None, day.start, day.end, timed=False)
    if _MEETING_NAME.search(day.match.field.name):
        return Moment(FieldRef(day.match.field.name), None, day.start, day.end, timed=False)
    return None


def _finish_field(text: str, clock: _Clock, fields: tuple[BoundField, ...]) -> BoundField | None:
    for bound in fields:
        if clock.end <= bound.field.start <= clock.end + 12 and _TO_FIELD.match(text[clock.end : bound.field.start]):
            return bound
    return None
