"""Danish local time to UTC and back, over summer time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

ZONE_NAME = "Europe/Copenhagen"

END_OF_DAY = time(23, 59, 59)
"""A deadline that is a day lasts until its last second."""

MISSING, TWICE = "time_missing", "time_twice"
"""Rules that a local time can break: it is skipped in spring, or comes twice in autumn."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC; ``doubt`` names the rule that its local time breaks, or is empty."""

    utc: datetime
    doubt: str = ""


@cache
def copenhagen() -> ZoneInfo:
    """Return the time zone of Denmark (from the system, or from the package tzdata where the system has none)."""
    return ZoneInfo(ZONE_NAME)


def read_local(written: str) -> date | datetime | None:
    """Return a day or a local time written in ISO 8601, ``2026-03-01`` or ``2026-03-01T10:00``, or None."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.astimezone(copenhagen()).replace(tzinfo=None) if moment.tzinfo else moment


def to_utc(local: datetime) -> Moment:
    """Return the moment of a Danish local time.

    A time that the clocks skip in spring is moved on by the hour that is skipped (02.30 becomes 03.30); of a time
    that comes twice in autumn the first is meant, in summer time. Both are in doubt.
    """
    zone = copenhagen()
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return Moment(first)
    skipped = first.astimezone(zone).replace(tzinfo=None) != local.replace(fold=0)
    return Moment(first, MISSING if skipped else TWICE)


def end_of_day(day: date) -> Moment:
    """Return the last second of a day in Denmark."""
    return to_utc(datetime.combine(day, END_OF_DAY))


def to_local(moment: datetime) -> datetime:
    """Return a moment as Danish local time, without a time zone."""
    return moment.astimezone(copenhagen()).replace(tzinfo=None)


def say_deadline(moment: datetime) -> str:
    """Return a moment as a deadline is written in markup: the day alone when it is the end of one."""
    local = to_local(moment)
    return local.date().isoformat() if local.time() == END_OF_DAY else say_time(moment)


def say_time(moment: datetime) -> str:
    """Return a moment as a time is written in markup, ``2026-03-01T10:00``."""
    local = to_local(moment)
    return local.isoformat(timespec="seconds" if local.second else "minutes")
