"""Times of day as Danish letters write them: ``kl. 10.00-11.30``, ``kl. 9``, ``klokken halv ti``, ``13:30 - 14``."""

import re
from dataclasses import dataclass
from datetime import time

_HOURS = {name: n for n, name in enumerate("et to tre fire fem seks syv otte ni ti elleve tolv".split(), start=1)} | {
    "en": 1,
    "én": 1,
    "ét": 1,
}
_NAMES = "|".join(_HOURS)
_POINT = r"\d{1,2}(?:[.:]\d{2})?(?!\d|[.:/]\d)"
_TO = r"\s{0,2}(?:-|–|—|til|og)\s{0,2}(?:ca\.\s?)?(?:kl\.?\s?)?"
_DIGITS = re.compile(
    rf"\bk(?:l\.?|lokken)\s{{0,3}}(?:ca\.\s)?(?P<begin>{_POINT})(?:{_TO}(?P<finish>{_POINT}))?"
    rf"|(?<![\d.,:/-])(?P<begin2>\d{{1,2}}[.:]\d{{2}}){_TO}(?P<finish2>\d{{1,2}}[.:]\d{{2}})(?![\d]|[.:,/-]\d)",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\bk(?:l\.?|lokken)\s{{0,3}}(?:(?P<part>halv|kvart\sover|kvart\si)\s)?(?P<hour>{_NAMES})\b"
    r"(?P<late>\som\s(?:eftermiddagen|aftenen))?",
    re.IGNORECASE,
)
EARLIEST = 7
"""No meeting begins before seven: ``klokken halv tre`` is in the afternoon."""


@dataclass(frozen=True, slots=True)
class ClockMatch:
    """A time of day, or a period with its ``finish``, written at ``text[start:end]``."""

    begin: time
    finish: time | None
    start: int
    end: int


def find_clocks(text: str, start: int = 0, end: int | None = None) -> list[ClockMatch]:
    """Return the times written in ``text[start:end]``, in order."""
    stop = len(text) if end is None else end
    found: list[ClockMatch] = []
    for match in _DIGITS.finditer(text, start, stop):
        begin = _parse(match["begin"] or match["begin2"])
        finish = _parse(match["finish"] or match["finish2"] or "")
        if begin is not None:
            found.append(ClockMatch(begin, finish if finish and finish > begin else None, *match.span()))
    found += [ClockMatch(_spoken(match), None, *match.span()) for match in _WORDS.finditer(text, start, stop)]
    return sorted(found, key=lambda clock: clock.start)


def _parse(written: str) -> time | None:
    hour, _, minute = written.replace(".", ":").partition(":")
    if not hour or int(hour) > 24 or int(minute or 0) > 59:
        return None
    return time(int(hour) % 24, int(minute or 0))


def _spoken(match: re.Match[str]) -> time:
    hour = _HOURS[match["hour"].lower()]
    part = " ".join((match["part"] or "").lower().split())
    if part == "halv":
        hour, minute = hour - 1, 30
    elif part == "kvart i":
        hour, minute = hour - 1, 45
    else:
        minute = 15 if part else 0
    if match["late"] or hour < EARLIEST:
        hour += 12
    return time(hour % 24, minute)
