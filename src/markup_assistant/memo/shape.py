"""Checks a message against the table: what the schema of its version would refuse, and texts that say nothing.

What the schema lets through although Digital Post refuses it or a reader is misled stands in :mod:`memo.rules`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.message import Action, Message
from markup_assistant.memo.schema import Part, element_of
from markup_assistant.memo.simple import (
    LANGUAGE_FORM,
    MESSAGE_TYPES,
    NO_XML,
    URI_FORM,
    UUID_FORM,
    VERSIONS,
    Kind,
    Simple,
)

FIRST_YEAR, LAST_YEAR = 1900, 9998
"""Years that a moment may have: a day more or less for the time zone must still be a date."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a message with its place: ``Action[2]`` is the second where several may stand."""

    place: str
    value: Any
    part: Part


def parts_in(message: Message) -> list[Placed]:
    """Return every part of a message that is filled in, a whole before what it is made of."""
    found: list[Placed] = []
    _collect(message, "", found)
    return found


def _collect(value: Any, above: str, found: list[Placed]) -> None:
    for part in element_of(type(value)).parts:
        held = getattr(value, part.attribute)
        if held is None or held in ("", ()):
            continue
        place = f"{above}/{part.name}" if above else part.name
        if not part.many:
            found.append(Placed(place, held, part))
            if isinstance(part.holds, type):
                _collect(held, place, found)
            continue
        for number, item in enumerate(held, start=1):
            here = f"{place}[{number}]"
            found.append(Placed(here, item, part))
            if isinstance(part.holds, type):
                _collect(item, here, found)


def check_shape(message: Message, parts: Sequence[Placed] | None = None) -> tuple[Finding, ...]:
    """Return what in a message its version of MeMo does not allow: every finding is an error.

    ``parts`` are those of the message, where somebody has them already.
    """
    version = message.memo_version
    if version not in VERSIONS:
        return (_error("", "version", got=version, known=", ".join(VERSIONS)),)
    found = list(_missing(message, ""))
    for placed in parts_in(message) if parts is None else parts:
        if placed.part.since > version:
            found.append(_error(placed.place, "since", since=placed.part.since, got=version))
        elif isinstance(placed.part.holds, Simple):
            found += _CHECKS[placed.part.holds.kind](placed.place, placed.value, placed.part.holds)
        else:
            found += _missing(placed.value, placed.place)
            if isinstance(placed.value, Action) and placed.value.reservation and placed.value.entry_point:
                found.append(_error(placed.place, "both"))
    return tuple(found)


def _missing(value: Any, place: str) -> Iterator[Finding]:
    for part in element_of(type(value)).parts:
        held = getattr(value, part.attribute)
        here = f"{place}/{part.name}".lstrip("/")
        if part.low and (held is None or held in ("", ()) or (isinstance(held, str) and not held.strip())):
            yield _error(here, "missing")
        if part.many and part.high and len(held) > part.high:
            yield _error(here, "too_many", got=len(held), limit=part.high)


def _text(place: str, value: str, simple: Simple) -> Iterator[Finding]:
    character = NO_XML.search(value)
    if character:
        yield _error(place, "character", got=f"U+{ord(character[0]):04X}", position=character.start() + 1)
    if simple.longest and len(value) > simple.longest:
        yield _error(place, "too_long", got=len(value), limit=simple.longest)


def _type(place: str, value: str, _: Simple) -> Iterator[Finding]:
    if value not in MESSAGE_TYPES:
        yield _error(place, "one_of", got=value, known=", ".join(MESSAGE_TYPES))


def _uuid(place: str, value: str, _: Simple) -> Iterator[Finding]:
    if not UUID_FORM.fullmatch(value):
        yield _error(place, "uuid", got=value)


def _uri(place: str, value: str, simple: Simple) -> Iterator[Finding]:
    yield from _text(place, value, simple)
    if not URI_FORM.fullmatch(value):
        yield _error(place, "uri", got=value)


def _language(place: str, value: str, _: Simple) -> Iterator[Finding]:
    if not LANGUAGE_FORM.fullmatch(value):
        yield _error(place, "language", got=value)


def _time(place: str, value: datetime, _: Simple) -> Iterator[Finding]:
    if value.tzinfo is None or value.utcoffset() is None:
        yield _error(place, "zone", got=value.isoformat())
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield _error(place, "year", got=value.year)


def _day(place: str, value: date, _: Simple) -> Iterator[Finding]:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        yield _error(place, "year", got=value.year)


def _number(place: str, value: int, simple: Simple) -> Iterator[Finding]:
    if not 0 < value <= simple.most:
        yield _error(place, "number", got=str(value), limit=simple.most)


def _nothing(_: str, __: object, ___: Simple) -> Iterator[Finding]:
    yield from ()


_CHECKS: dict[Kind, Callable[[str, Any, Simple], Iterator[Finding]]] = {
    Kind.TEXT: _text,
    Kind.TYPE: _type,
    Kind.UUID: _uuid,
    Kind.URL: _uri,
    Kind.LANGUAGE: _language,
    Kind.TIME: _time,
    Kind.DAY: _day,
    Kind.FLAG: _nothing,
    Kind.NUMBER: _number,
    Kind.CONTENT: _nothing,
}


def _error(place: str, rule: str, **facts: str | int) -> Finding:
    return finding(Severity.ERROR, place, rule, **facts)
