"""Reads a message from XML of MeMo 1.1 or 1.2 that nobody vouches for."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from markup_assistant.errors import MemoError, TooLargeError
from markup_assistant.letters.xml import Element, parse_xml
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.message import Message
from markup_assistant.memo.schema import Part, element_of
from markup_assistant.memo.simple import LATEST, VERSIONS, Kind, Simple
from markup_assistant.memo.sizes import MAX_MESSAGE, mb

LONG_RUN = 4_096
"""Characters of base64 from which a document is lifted out before the XML is parsed: its limits are for text."""

_RUN = re.compile(rb">([A-Za-z0-9+/=\s]{%d,}+)<" % LONG_RUN)
_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_SPACE = b" \t\r\n"
_TEXTUAL = (Kind.TEXT, Kind.TYPE, Kind.UUID, Kind.URL, Kind.LANGUAGE)
"""What is an empty text where it is missing: the check of the message says so."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A message that was read, and what its XML has that no message can hold."""

    message: Message
    findings: tuple[Finding, ...] = ()


def read_message(data: bytes, name: str) -> Reading:
    """Read a message; ``name`` is what its errors call it.

    What can be read is read: an unknown element, a wrong order or a value that cannot be understood is a finding.

    Raises:
        TooLargeError: more than Digital Post takes, or more markup than a message has.
        ForbiddenContentError: a document type or entities.
        DamagedError: no well-formed XML.
        MemoError: no message, or so much is missing that none can be made; its fact ``findings`` says what.
    """
    if len(data) > MAX_MESSAGE:
        raise TooLargeError(file=name, limit=mb(MAX_MESSAGE))
    rest, lifted = _lift(data)
    root = parse_xml(rest, name, "MeMo")
    reader = _Reader(lifted)
    if root.tag != element_of(Message).tag:
        reader.error("", "no_message", got=str(root.tag))
        raise reader.refusal()
    version = _version(str(root.get("memoVersion") or ""))
    if version not in VERSIONS:
        reader.error("", "version", got=version, known=", ".join(VERSIONS))
    message = reader.element(root, Message, "", memo_version=version if version in VERSIONS else LATEST)
    if not isinstance(message, Message):
        raise reader.refusal()
    return Reading(message, tuple(reader.findings))


def _lift(data: bytes) -> tuple[bytes, Mapping[str, bytes]]:
    """Take long runs of base64 out of XML; a mark that stands nowhere in the data is left in place of each."""
    mark = b"long-run"
    while mark in data:
        mark += b"-"
    lifted: dict[str, bytes] = {}

    def keep(match: re.Match[bytes]) -> bytes:
        name = b"%s %d" % (mark, len(lifted))
        lifted[name.decode()] = match[1]
        return b">" + name + b"<"

    return _RUN.sub(keep, data), lifted


def _version(written: str) -> str:
    try:
        number = Decimal(written.strip()).normalize()
    except InvalidOperation:
        return written
    return f"{number:f}" if abs(number) < 100 else written


class _WrongError(Exception):
    """A value that is not of its type; says the rule that it breaks."""


class _Reader:
    """Builds values from elements and collects what is wrong with them."""

    def __init__(self, lifted: Mapping[str, bytes]) -> None:
        self._lifted = lifted
        self.findings: list[Finding] = []

    def error(self, place: str, rule: str, **facts: str | int) -> None:
        """Note an error."""
        self.findings.append(finding(Severity.ERROR, place, rule, **facts))

    def refusal(self) -> MemoError:
        """Return the error that says why there is no message."""
        first = self.findings[0].place or "Message"
        return MemoError(count=len(self.findings), place=first, findings=tuple(self.findings))

    def element(self, element: Element, kind: type, place: str, **more: str) -> object | None:
        """Return the value of an element with parts, or None when something is missing that it needs."""
        row = element_of(kind)
        held: dict[str, list[Any]] = {}
        last = -1
        for child in element:
            part = row.by_tag.get(str(child.tag))
            if part is None:
                self.error(place, "unknown_element", got=_local(child))
                continue
            at = row.parts.index(part)
            if at < last:
                self.error(_join(place, part.name), "order")
            last = max(last, at)
            items = held.setdefault(part.attribute, [])
            here = _join(place, part.name) + (f"[{len(items) + 1}]" if part.many else "")
            if items and not part.many:
                self.error(here, "too_many", got=len(items) + 1, limit=1)
                continue
            items.append(self._part(child, part, here))
        values = {part.attribute: self._value(part, held.get(part.attribute, [])) for part in row.parts}
        lacking = [part for part in row.parts if part.low and values[part.attribute] is None]
        for part in lacking:
            if part.attribute not in held:
                self.error(_join(place, part.name), "missing")
        if lacking:
            return None
        made: object = kind(**values, **more)
        return made

    def _part(self, child: Element, part: Part, place: str) -> object | None:
        if not isinstance(part.holds, Simple):
            return self.element(child, part.holds, place)
        if len(child):
            self.error(place, "unknown_element", got=_local(child[0]))
        text = child.text or ""
        lifted = self._lifted.get(text)
        try:
            if part.holds.kind is Kind.CONTENT:
                return _content(text.encode() if lifted is None else lifted)
            return _READERS[part.holds.kind](text if lifted is None else lifted.decode())
        except _WrongError as wrong:
            self.error(place, str(wrong), got=text)
            return None

    @staticmethod
    def _value(part: Part, items: list[Any]) -> Any:
        kept = [item for item in items if item is not None]
        if part.many:
            return tuple(kept) if kept or not part.low else None
        if kept:
            return kept[0]
        textual = isinstance(part.holds, Simple) and part.holds.kind in _TEXTUAL
        return "" if textual else None


def _time(written: str) -> datetime:
    match = _TIME.fullmatch(written.strip())
    if match is None:
        raise _WrongError("time_form")
    year, month, day, hour, minute, second = (int(digits) for digits in match.groups()[:6])
    fraction = int((match[7] or "0").ljust(6, "0"))
    midnight = (hour, minute, second, fraction) == (24, 0, 0, 0)  # XML Schema lets a day end at 24:00:00
    try:
        moment = datetime(year, month, day, 0 if midnight else hour, minute, second, fraction, UTC)
        moment += timedelta(days=midnight)
    except (ValueError, OverflowError):
        raise _WrongError("time_form") from None
    if match[8] != "Z":
        raise _WrongError("time_zone")
    return moment


def _day(written: str) -> date:
    match = _DAY.fullmatch(written.strip())
    try:
        return date(*(int(digits) for digits in match.groups())) if match else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise _WrongError("day_form")


def _flag(written: str) -> bool:
    values = {"true": True, "1": True, "false": False, "0": False}
    if written.strip() not in values:
        raise _WrongError("flag_form")
    return values[written.strip()]


def _number(written: str) -> int:
    if not _NUMBER.fullmatch(written.strip()):
        raise _WrongError("number_form")
    return int(written)


def _content(written: bytes) -> bytes:
    try:
        return base64.b64decode(written.translate(None, _SPACE), validate=True)
    except (binascii.Error, ValueError):
        raise _WrongError("base64_form") from None


_READERS: dict[Kind, Callable[[str], object]] = dict.fromkeys(Kind, str) | {
    Kind.TIME: _time,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.NUMBER: _number,
    Kind.LANGUAGE: str.strip,
    Kind.URL: str.strip,
}


def _join(place: str, name: str) -> str:
    return f"{place}/{name}".lstrip("/")


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
