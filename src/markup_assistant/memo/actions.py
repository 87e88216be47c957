"""Makes the actions of a message out of those of the markup.

An appointment becomes a reservation; every other action an address with, as its end, the deadline. What MeMo cannot
hold is left out and said: an action without an address, an appointment without a time of day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markup_assistant.markup import Action as MarkedAction
from markup_assistant.markup import FieldRef
from markup_assistant.memo.content import AdditionalContentData
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.labels import shorten
from markup_assistant.memo.message import Action, EntryPoint, Reservation
from markup_assistant.memo.office import Office
from markup_assistant.memo.rules import APPOINTMENT
from markup_assistant.memo.simple import LONGEST_TEXT
from markup_assistant.memo.times import end_of_day, read_local, to_utc
from markup_assistant.memo.words import AMOUNT_NAME, AMOUNT_TYPE, button, filler_location


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who holds a meeting."""

    name: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An action, or None where it is left out; data that stands elsewhere in the message; the findings."""

    action: Action | None
    data: tuple[AdditionalContentData, ...] = ()
    findings: tuple[Finding, ...] = ()


class ActionMaker:
    """Makes actions for one letter; ``subject`` is what it is about in a few words."""

    def __init__(self, office: Office, subject: str, organizer: Organizer, new_uuid: Callable[[], str]) -> None:
        self._office = office
        self._subject = subject
        self._organizer = organizer
        self._new_uuid = new_uuid

    def make(self, marked: MarkedAction) -> Made:
        """Return the action of a message for one of the markup."""
        open_fields = [value.field for value in marked.details.values() if isinstance(value, FieldRef)]
        if open_fields:
            wrong = [_note(marked.code, Severity.ERROR, "field_open", field=field) for field in open_fields]
            return Made(None, findings=tuple(wrong))
        details = {name: str(value) for name, value in marked.details.items() if value}
        label = marked.label or button(marked.code, self._office.texts)
        notes: list[Finding] = []
        if marked.code == APPOINTMENT:
            action = self._appointment(label, details, notes)
        else:
            action = self._linked(marked.code, label, details, notes)
        data: tuple[AdditionalContentData, ...] = ()
        if action is not None and details.get("amount"):
            amount = details["amount"]
            data = (
                AdditionalContentData(
                    content_data_type=AMOUNT_TYPE, content_data_name=AMOUNT_NAME, content_data_value=amount
                ),
            )
        return Made(action, data, tuple(notes))

    def _appointment(self, label: str, details: dict[str, str], notes: list[Finding]) -> Action | None:
        start = self._moment(APPOINTMENT, details, "start", notes)
        if start is None:
            if "start" not in details or isinstance(read_local(details["start"]), date):
                notes.append(_note(APPOINTMENT, Severity.WARNING, "no_time"))
            return None
        end = self._moment(APPOINTMENT, details, "end", notes)
        if end is None:
            minutes = self._office.meeting_minutes
            end = start + timedelta(minutes=minutes)
            notes.append(_note(APPOINTMENT, Severity.HINT, "end_assumed", minutes=minutes))
        location = details.get("location", "").strip()
        if not location:
            location = filler_location(self._office.texts)
            notes.append(_note(APPOINTMENT, Severity.HINT, "no_location", got=location))
        reservation = Reservation(
            description=shorten(self._subject or label, LONGEST_TEXT),
            reservation_uuid=self._new_uuid(),
            abstract=label,
            location=location,
            start_date_time=start,
            end_date_time=end,
            organizer_mail=self._organizer.mail,
            organizer_name=self._organizer.name,
        )
        return Action(label=label, action_code=APPOINTMENT, reservation=reservation)

    def _linked(self, code: str, label: str, details: dict[str, str], notes: list[Finding]) -> Action | None:
        url = details.get("url", "").strip()
        if not url:
            url = self._office.entry_points.get(code, "")
        if not url:
            notes.append(_note(code, Severity.WARNING, "no_url", label=label))
            return None
        name = "due" if "due" in details else "deadline"
        return Action(
            label=label,
            action_code=code,
            end_date_time=self._moment(code, details, name, notes),
            entry_point=EntryPoint(url=_https(code, url, notes)),
        )

    @staticmethod
    def _moment(code: str, details: dict[str, str], name: str, notes: list[Finding]) -> datetime | None:
        """Return a detail as a moment; a day alone is no time for a meeting, a deadline lasts until its end."""
        written = details.get(name, "")
        if not written:
            return None
        local = read_local(written)
        if local is None:
            notes.append(_note(code, Severity.ERROR, "time_unreadable", got=written))
            return None
        if not isinstance(local, datetime):
            return None if code == APPOINTMENT else end_of_day(local).utc
        moment = to_utc(local)
        if moment.doubt:
            notes.append(_note(code, Severity.WARNING, moment.doubt, got=written.replace("T", " ")))
        return moment.utc


def _https(code: str, url: str, notes: list[Finding]) -> str:
    """Return an address as Digital Post takes it: https, written out."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        notes.append(_note(code, Severity.HINT, "url_completed", got=url))
        return f"https://{url}"
    if scheme.lower() == "http":
        notes.append(_note(code, Severity.WARNING, "url_http", got=url))
        return f"https://{rest}"
    return f"{scheme.lower()}://{rest}"


def _note(code: str, severity: Severity, rule: str, **facts: str | int) -> Finding:
    return finding(severity, f"MessageBody/MainDocument/Action[{code}]", rule, **facts)
