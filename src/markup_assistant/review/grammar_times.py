"""Days and times of day as they are typed: ``1/3``, ``5 March``, ``om 14 dage``, ``på fredag kl. 10-11``."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from markup_assistant.review.grammar_rules import load_phrases
from markup_assistant.review.grammar_setting import Doubt, Reading, Setting
from markup_assistant.review.intents import Intent, SetDetail
from markup_assistant.suggest.clocks import ClockMatch, find_clocks
from markup_assistant.suggest.dates import MONTHS, WEEKDAYS, DateMatch, find_dates, find_periods

_WORD = re.compile(r"[^\W\d_]+\.?|\d[^\s]*|\S")
_SHORT = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.?(?![\d.])")
_ENGLISH = re.compile(r"\b([a-zæøå]+) (\d{1,2})(?:st|nd|rd|th)?\b(?![.:]\d)")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th|ende|te)\b")
_BARE_CLOCK = re.compile(r"(\d{1,2}(?:[.:]\d\d)?)(\s?(?:-|–|til)\s?\d{1,2}(?:[.:]\d\d)?)")
_DAY_OF_MONTH = re.compile(r"(?:den |d\.? )?(\d{1,2})\.?")
_PERIOD = re.compile(
    r"(?:om|inden(?: for)?|senest om|efter|på)?\s?(\w+) (dage?|uger?|måned(?:er)?)(?: fra (?:i dag|nu|dato))?"
)
_DIGIT = re.compile(r"\d")

MEND_FROM = 4
"""Letters from which a slip in the name of a month or weekday is mended."""


@dataclass(frozen=True, slots=True)
class _Days:
    """The vocabulary of days."""

    words: Mapping[str, str]
    mended: tuple[str, ...]
    phrases: Mapping[str, frozenset[str]]
    between: frozenset[str]


@cache
def _days() -> _Days:
    raw = load_phrases().tables["days"]
    pairs = [pair.partition(":") for pair in raw["words"].split()]
    names = ("today", "tomorrow", "after_tomorrow", "month_end", "next")
    return _Days(
        {english: danish for english, _, danish in pairs},
        tuple(raw["mended"].split()),
        {name: frozenset(raw[name].split("|") if name != "next" else raw[name].split()) for name in names},
        frozenset(raw["between"].split()),
    )


def read_day(text: str, setting: Setting) -> Reading | None:
    """Read words as one day; a day that the calendar does not have is a doubt with no value."""
    danish, slips = _danish(text)
    found = _spoken(danish, setting) or _counted(danish, setting) or _written(danish, setting)
    if found:
        doubt = Doubt.SEVERAL if len(found) > 1 else None
        return Reading(tuple(day.isoformat() for day in found), slips, doubt)
    return Reading((), 0.3 + slips, Doubt.DAY) if _looks_like_a_day(danish) else None


def read_moment(text: str, setting: Setting, *, needs_clock: bool = False) -> Reading | None:
    """Read words as the start, and the end where it was typed, of an appointment."""
    danish, slips = _danish(text)
    days = _find_days(danish, setting)
    rest = _without(danish, days)
    clocks = _find_clocks(rest)
    left = _without(rest, clocks)
    if len(clocks) > 1 or len(days) > 1 or (needs_clock and not clocks):
        return None
    if not days and left.strip(" ,.:-"):
        spoken = read_day(" ".join(left.replace(",", " ").split()), setting)
        if spoken is None or (spoken.doubt is None and len(spoken.values) != 1):
            return None
        if spoken.doubt is not None:
            return spoken
        day = str(spoken.values[0])
    elif any(word.strip(".,:-") not in _days().between for word in left.split() if word.strip(".,:-")):
        return Reading((), 0.3 + slips, Doubt.DAY) if _looks_like_a_day(danish) else None
    else:
        day = days[0].day.isoformat() if days else _day_on_card(setting)
    if not days and not clocks:
        return None
    if not day:
        return Reading((), slips, Doubt.DAY)
    return Reading((_start_and_end(day, clocks[0] if clocks else None),), slips)


def _start_and_end(day: str, clock: ClockMatch | None) -> tuple[Intent, ...]:
    if clock is None:
        return (SetDetail("start", day, "AFTALE"),)
    begin = SetDetail("start", f"{day}T{clock.begin:%H:%M}", "AFTALE")
    return (begin, SetDetail("end", f"{day}T{clock.finish:%H:%M}", "AFTALE")) if clock.finish else (begin,)


def _day_on_card(setting: Setting) -> str:
    """Return the day of the appointment on the card, to which a new time of day belongs."""
    for action in setting.draft.actions:
        start = action.details.get("start")
        if action.code == "AFTALE" and isinstance(start, str):
            return start[:10]
    return ""


def _danish(text: str) -> tuple[str, float]:
    """Return the words in Danish and mended, and the cost of the slips."""
    vocabulary = _days()
    cost, words = 0.0, []
    for word in _WORD.findall(text.lower()):
        plain = word.rstrip(".")
        said = vocabulary.words.get(word) or vocabulary.words.get(plain)
        if word in vocabulary.words or plain in vocabulary.words:
            words.append(said or "")
        elif len(plain) >= MEND_FROM and plain.isalpha() and plain not in MONTHS and plain not in WEEKDAYS:
            mended = process.extractOne(
                plain, vocabulary.mended, scorer=OSA.distance, score_cutoff=1 + (len(plain) > 6)
            )
            cost += 0.25 if mended else 0.0
            words.append(mended[0] if mended else word)
        else:
            words.append(word)
    danish = " ".join(word for word in words if word)
    danish = _ORDINAL.sub(r"\1.", danish)
    danish = _ENGLISH.sub(lambda found: f"{found[2]}. {found[1]}" if found[1] in MONTHS else found[0], danish)
    return re.sub(r"\s([,.:)])", r"\1", danish), cost


def _find_days(danish: str, setting: Setting) -> list[DateMatch]:
    near = setting.written or setting.today
    found = find_dates(danish, near=near)
    if found:
        return found
    # "1/3" and "1.3" are days where a day is asked for; the reader of letters wants a word before them.
    for match in re.finditer(r"(?<![\d./])\d{1,2}[/.]\d{1,2}(?![\d/]|\.\d)", danish):
        day, _, month = match.group().replace("/", ".").partition(".")
        made = find_dates(f"den {day}/{month}", near=near)
        if made:
            return [DateMatch(made[0].day, match.start(), match.end(), dated=False)]
    return []


def _find_clocks(danish: str) -> list[ClockMatch]:
    found = find_clocks(danish)
    if found:
        return found
    bare = _BARE_CLOCK.search(danish)
    made = find_clocks(f"kl. {bare.group()}") if bare else []
    return [ClockMatch(made[0].begin, made[0].finish, bare.start(), bare.end())] if bare and made else []


def _without(text: str, found: Sequence[DateMatch | ClockMatch]) -> str:
    for match in found:
        text = text[: match.start] + " " * (match.end - match.start) + text[match.end :]
    return text


def _written(danish: str, setting: Setting) -> list[date]:
    found = _find_days(danish, setting)
    rest = [word.strip(".,:") for word in _without(danish, found).split()]
    if len(found) == 1 and all(not word or word in _days().between for word in rest):
        return [found[0].day]
    return []


def _counted(danish: str, setting: Setting) -> list[date]:
    match = _PERIOD.fullmatch(danish)
    near = setting.written or setting.today
    return [found.day for found in find_periods(f"om {match[1]} {match[2]}", near)][:1] if match else []


def _spoken(danish: str, setting: Setting) -> list[date]:
    """Return the day of ``i morgen``, ``på fredag``, ``ultimo marts``, ``den 15.``; two for ``næste fredag``."""
    phrases, today = _days().phrases, setting.today
    said = danish.removeprefix("senest ").removeprefix("på ")
    for name, ahead in (("today", 0), ("tomorrow", 1), ("after_tomorrow", 2)):
        if said in phrases[name]:
            return [today + timedelta(days=ahead)]
    first, _, rest = said.partition(" ")
    following = first in phrases["next"]
    if (rest if following else said) in WEEKDAYS:
        ahead = (WEEKDAYS[rest if following else said] - today.weekday() - 1) % 7 + 1
        coming = today + timedelta(days=ahead)
        return [coming, coming + timedelta(days=7)] if following else [coming]
    near = setting.written or today
    for lead in phrases["month_end"]:
        month = MONTHS.get(said.removeprefix(f"{lead} ")) if said.startswith(f"{lead} ") else None
        if month:
            year = near.year + (month < near.month)
            return [date(year, month, monthrange(year, month)[1])]
    day = _DAY_OF_MONTH.fullmatch(said)
    return _day_of_month(int(day[1]), near) if day and said.startswith("d") else []


def _day_of_month(day: int, near: date) -> list[date]:
    for months in range(3):
        year, month = near.year + (near.month + months - 1) // 12, (near.month + months - 1) % 12 + 1
        if 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= near:
            return [date(year, month, day)]
    return []


def _looks_like_a_day(danish: str) -> bool:
    """Whether the words can only have been meant as a day: ``31. februar``, ``32/1``."""
    parts = danish.replace(".", " ").replace(",", " ").split()
    named = any(word in MONTHS or word in WEEKDAYS for word in parts)
    nothing_else = all(
        _DIGIT.match(word) or word in MONTHS or word in WEEKDAYS or word in _days().between for word in parts
    )
    slashed = re.fullmatch(r"(?:den )?\d{1,2}[/.]\d{1,2}(?:[-/.]\d{2,4})?\.?", danish)
    return bool(slashed) or (named and bool(_DIGIT.search(danish)) and nothing_else)
