"""Templates: which field fills which element of a message, and filling them for one recipient.

A template's markup has details that a field carries (:class:`markup.FieldRef`). Its skeleton is the list of these
bindings; for each recipient :func:`fill` puts the values of a row in their place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from types import MappingProxyType

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Action, Detail, FieldRef, Markup
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.rules import APPOINTMENT
from markup_assistant.memo.times import read_local
from markup_assistant.suggest.amounts import find_amounts
from markup_assistant.suggest.clocks import ClockMatch, find_clocks
from markup_assistant.suggest.dates import find_dates

_ELEMENTS = {
    "start": "Reservation/startDateTime",
    "end": "Reservation/endDateTime",
    "location": "Reservation/location",
    "url": "EntryPoint/url",
    "deadline": "endDateTime",
    "due": "endDateTime",
    "amount": "AdditionalContentData",
}
_EXAMPLES = {
    "time": "5. marts 2026 kl. 10.30",
    "day": "5. marts 2026",
    "amount": "1.250,00 kr.",
}


@dataclass(frozen=True, slots=True)
class Binding:
    """A field that fills an element: ``time`` names the field of the time of day where that stands apart."""

    action: str
    detail: str
    element: str
    field: str
    time: str = ""

    def row(self) -> dict[str, str]:
        """Return the binding as an object of JSON or YAML."""
        row = {"action": self.action, "detail": self.detail, "element": self.element, "field": self.field}
        return row | ({"time": self.time} if self.time else {})


@dataclass(frozen=True, slots=True)
class Filled:
    """Markup whose fields have values, and what is wrong with the values; an error leaves its field open."""

    markup: Markup
    findings: tuple[Finding, ...] = ()


def bindings_of(markup: Markup) -> tuple[Binding, ...]:
    """Return the bindings of a template, in the order of its actions: the skeleton of its messages."""
    return tuple(
        Binding(action.code, name, f"{_place(action.code)}/{_ELEMENTS[name]}", value.field, value.time)
        for action in markup.actions
        for name, value in action.details.items()
        if isinstance(value, FieldRef)
    )


def shown_fields(letter: Letter) -> dict[str, str]:
    """Return the fields of a template by what stands in their place (``«MoedeDato»``), the longest first."""
    shown = {letter.text[field.start : field.end]: field.name for field in letter.fields if not field.branches}
    return {text: shown[text] for text in sorted(shown, key=len, reverse=True) if len(text) > 2}


def fill(markup: Markup, row: Mapping[str, str], shown: Mapping[str, str] | None = None) -> Filled:
    """Return a template's markup with the values of a row.

    Args:
        markup: that of the template.
        row: values by the name of the field, in lower case.
        shown: what :func:`shown_fields` says, for fields inside an address or place (``https://x.dk/«Id»``).
    """
    filler = _Filler(row, shown or {})
    actions = tuple(filler.action(action) for action in markup.actions)
    return Filled(replace(markup, actions=actions), tuple(filler.findings))


class _Filler:
    """Fills the details of actions from one row and collects what is wrong."""

    def __init__(self, row: Mapping[str, str], shown: Mapping[str, str]) -> None:
        self._row = row
        self._shown = shown
        self.findings: list[Finding] = []

    def action(self, action: Action) -> Action:
        details: dict[str, Detail] = {}
        for name, value in action.details.items():
            details[name] = self._detail(action.code, name, value)
        start = action.details.get("start")
        if action.code == APPOINTMENT and "end" not in details and isinstance(start, FieldRef):
            end = self._end_in_start(start)
            if end:
                details["end"] = end
        return replace(action, details=MappingProxyType(details))

    def _detail(self, code: str, name: str, value: Detail) -> Detail:
        place = f"{_place(code)}/{_ELEMENTS.get(name, name)}"
        if isinstance(value, str):
            return self._inside(place, value)
        written = self._value(place, value.field)
        if written is None:
            return value
        clock = ""
        if value.time and value.time != value.field:
            clock = self._value(place, value.time) or ""
            if not clock:
                return value
        parse, kind = _PARSERS.get(name, (_as_it_stands, ""))
        parsed = parse(written, clock)
        if parsed is None:
            facts = {"field": value.field, "got": f"{written} {clock}".strip(), "kind": f"memo.kind.{kind}"}
            self._error(place, "value_unreadable", **facts, example=_EXAMPLES[kind])
            return value
        return parsed

    def _inside(self, place: str, text: str) -> Detail:
        """Fill the fields that stand inside a text; without a value for one, that field is still open."""
        for shown, field in self._shown.items():
            if shown in text:
                value = self._value(place, field)
                if value is None:
                    return FieldRef(field)
                text = text.replace(shown, value)
        return text

    def _value(self, place: str, field: str) -> str | None:
        value = self._row.get(field.casefold(), "").strip()
        if not value:
            self._error(place, "value_missing", field=field)
            return None
        return value

    def _end_in_start(self, start: FieldRef) -> str:
        """Return the end of a meeting whose time of day is a period: ``10.30-11.30``."""
        written = self._row.get(start.field.casefold(), "")
        clock = self._row.get((start.time or start.field).casefold(), "")
        day, found = _day(written), _clock(clock)
        return f"{day.isoformat()}T{found.finish:%H:%M}" if day and found and found.finish else ""

    def _error(self, place: str, rule: str, **facts: str) -> None:
        self.findings.append(finding(Severity.ERROR, place, rule, **facts))


def _moment(written: str, clock: str) -> str | None:
    """Read a day with its time of day, which stands in the same value or in one of its own."""
    local = read_local(written)
    if isinstance(local, datetime) and not clock and (local.time() != time() or "T" in written):
        return local.isoformat(timespec="minutes")
    day, found = _day(written), _clock(clock or written)
    return f"{day.isoformat()}T{found.begin:%H:%M}" if day and found else None


def _deadline(written: str, clock: str) -> str | None:
    """Read a day, with the time of day if one is given."""
    day = _day(written)
    if day is None:
        return None
    found = _clock(clock) if clock else next(iter(find_clocks(written)), None)
    return f"{day.isoformat()}T{found.begin:%H:%M}" if found else day.isoformat()


def _day(written: str) -> date | None:
    local = read_local(written)
    if local is not None:
        return local.date() if isinstance(local, datetime) else local
    found = find_dates(written)
    return found[0].day if len(found) == 1 else None


def _clock(written: str) -> ClockMatch | None:
    """Read a time of day, also without the ``kl.`` that a letter has before it."""
    bare = written.strip().removesuffix(":00") if written.count(":") == 2 else written.strip()
    return next(iter(find_clocks(written)), None) or next(iter(find_clocks(f"kl. {bare}")), None)


def _amount(written: str, _: str) -> str | None:
    """Read an amount, with or without its currency, as a sheet or a letter writes it."""
    found = find_amounts(written) or find_amounts(f"kr. {written}")
    if len(found) == 1:
        return found[0].value
    try:
        return f"{float(written):.2f}" if written.replace(".", "", 1).isdigit() and written.isascii() else None
    except ValueError:
        return None


def _as_it_stands(written: str, _: str) -> str | None:
    return written


_PARSERS: dict[str, tuple[Callable[[str, str], str | None], str]] = {
    "start": (_moment, "time"),
    "end": (_moment, "time"),
    "deadline": (_deadline, "day"),
    "due": (_deadline, "day"),
    "amount": (_amount, "amount"),
}


def _place(code: str) -> str:
    return f"MessageBody/MainDocument/Action[{code}]"
