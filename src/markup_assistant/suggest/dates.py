"""Dates as Danish letters write them: ``torsdag den 5. marts 2026``, ``5/3-26``, ``d. 5.3.2026``, ``inden 14 dage``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar feb febr",
            "marts mar",
            "april apr",
            "maj",
            "juni jun",
            "juli jul",
            "august aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {name: number for number, name in enumerate("mandag tirsdag onsdag torsdag fredag lørdag søndag".split())}
_COUNTS = {name: n for n, name in enumerate("en to tre fire fem seks syv otte ni ti elleve tolv".split(), start=1)} | {
    "et": 1,
    "én": 1,
    "ét": 1,
    "fjorten": 14,
}

MOST_YEARS_AHEAD = 3
"""A date further from the letter's own year than this was no date of it."""

RANGE_GAP = 40
"""Characters between the two days of a period: ``fra den 11. maj til og med den 22. maj 2026``."""

_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)})\s{{1,3}})?"
_LEAD = r"(?:(?P<lead>den|d\.|d)\s{0,3})?"
_NAMED_MONTH = (
    rf"(?P<day>\d{{1,2}})\.?\s{{1,3}}(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
    r"(?!\s1[5-9]\d\d\b)"  # a law of 1849 is no appointment
    r"(?:\s{1,3}(?P<year>20\d\d|\d\d(?=[\s.,;)]|$)(?!\s?(?:kr|kl|dage|uger))))?"
)
_DIGITS = (
    r"(?P<d>\d{1,2})(?:(?P<sep>[./-])\s?(?P<m>\d{1,2})(?:(?P=sep)\s?|(?<=\d)(?P<mixed>[-. ]))(?P<y>20\d\d|\d\d)"
    r"|(?P<short>/)(?P<sm>\d{1,2}))(?![\d]|[.,/-]\d)"
)
_ISO = r"(?P<iso>20\d\d-\d\d-\d\d)(?!\d)"
_DATE = re.compile(rf"(?<![\w.,/§-]){_WEEKDAY}{_LEAD}(?<![\d])(?:{_ISO}|{_NAMED_MONTH}|{_DIGITS})", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:inden|senest|om)(?:\s(?:for|om))?\s(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s"
    r"(?P<unit>dage?|uger?|måned(?:er)?)\b(?:\s(?:fra|efter)\s(?:i\sdag|nu|dato|dags\sdato|modtagelsen|dette\sbrev\w*))?",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(r"\b(?:senest|inden|til|fra|pr\.)\s\Z", re.IGNORECASE)
_DATED = re.compile(r"(?:dato|den|d\.)[\s:]{1,20}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A calendar day written at ``text[start:end]``; ``dated`` says that its year was written too."""

    day: date
    start: int
    end: int
    dated: bool = True


def find_dates(text: str, start: int = 0, end: int | None = None, *, near: date | None = None) -> list[DateMatch]:
    """Return the days written in ``text[start:end]``, in order.

    A day without its year gets the year of the first day after it that has one, else the year in which it comes
    first after ``near`` (the letter's own date); it is left out when neither is known.
    """
    raw = list(_written(text, start, len(text) if end is None else end))
    found = []
    for index, written in enumerate(raw):
        following = raw[index + 1] if index + 1 < len(raw) else None
        made = _make(written.year or _guess_year(written, following, near), written.month, written.day)
        if made is not None and (near is None or abs(made.year - near.year) <= MOST_YEARS_AHEAD):
            found.append(DateMatch(made, written.start, written.end, dated=written.year is not None))
    return found


def find_letter_date(text: str) -> date | None:
    """Return the date that a letter bears: the first with a year that stands on a line of its own or after ``Dato``.

    Only the first and the last lines are looked at; dates inside sentences are not the letter's.
    """
    limit = 1200
    for begin, end in ((0, min(limit, len(text))), (max(0, len(text) - limit // 3), len(text))):
        for match in find_dates(text, begin, end):
            if match.dated and _stands_alone(text, match):
                return match.day
    return None


def find_periods(text: str, near: date | None) -> list[DateMatch]:
    """Return the last day of each period counted from the letter's own date: ``inden 14 dage``."""
    if near is None:
        return []
    found = []
    for match in _RELATIVE.finditer(text):
        count = match["count"].lower()
        number = int(count) if count.isdigit() else _COUNTS[count]
        unit = match["unit"].lower()
        days = number * (1 if unit.startswith("dag") else 7 if unit.startswith("uge") else 30)
        if 0 < days <= 366:
            found.append(DateMatch(near + timedelta(days=days), *match.span()))
    return found


@dataclass(frozen=True, slots=True)
class _Written:
    """What is written like a date, before it is known to be one."""

    day: int
    month: int
    year: int | None
    weekday: int | None
    start: int
    end: int


def _written(text: str, start: int, end: int) -> Iterator[_Written]:
    for match in _DATE.finditer(text, start, end):
        weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
            yield _Written(day, month, year, weekday, *match.span())
        elif match["month"]:
            named = _year(match["year"]) if match["year"] else None
            yield _Written(int(match["day"]), MONTHS[match["month"].lower()], named, weekday, *match.span())
        elif match["m"]:
            yield _Written(int(match["d"]), int(match["m"]), _year(match["y"]), weekday, *match.span())
        elif (
            weekday is not None or match["lead"] or _BEFORE_DAY.search(text, max(0, match.start() - 12), match.start())
        ):
            # 1/2 alone is a half; after a weekday, "d." or "senest" it is the first of February.
            yield _Written(int(match["d"]), int(match["sm"]), None, weekday, *match.span())


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _guess_year(written: _Written, following: _Written | None, near: date | None) -> int:
    """Return the year that a day without one means, 0 when nothing tells."""
    if following is not None and following.year and (near is None or following.start - written.end < RANGE_GAP):
        return following.year - (written.month > following.month)
    if near is None:
        return 0
    years = (near.year, near.year + 1, near.year - 1)
    possible = [made for year in years if (made := _make(year, written.month, written.day))]
    if written.weekday is not None:
        possible = [made for made in possible if made.weekday() == written.weekday] or possible
    upcoming = [made for made in possible if made >= near]
    return (upcoming or possible or [near])[0].year


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _stands_alone(text: str, match: DateMatch) -> bool:
    line_start = text.rfind("\n", 0, match.start) + 1
    line_end = text.find("\n", match.end)
    before = text[line_start : match.start]
    after = text[match.end : line_end if line_end >= 0 else len(text)].strip()
    alone = not before.strip() or before.endswith(("  ", "\t")) or before.rstrip().endswith((",", "|"))
    return (alone or bool(_DATED.search(before[-25:]))) and (not after or after[0] in "|,;." or len(after) < 30)
