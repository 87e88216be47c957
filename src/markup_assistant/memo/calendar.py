"""Calendar files (iCalendar, RFC 5545) for the appointments of a message."""

from collections.abc import Sequence
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText

from markup_assistant.memo.message import Message, Reservation

PRODUCT = "-//Markup Assistant//MeMo//DA"


def calendar_file(reservations: Sequence[Reservation], made: datetime) -> bytes:
    """Return a calendar with an event for each appointment; ``made`` is when it was made, with a time zone.

    Times are written in UTC: every calendar shows them in its owner's own time, in winter and in summer, without a
    description of the Danish time zone that could grow old. The appointment's UUID is the event's, so that a changed
    letter changes the event instead of adding one.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for reservation in reservations:
        calendar.add_component(_event(reservation, made))
    return bytes(calendar.to_ical())


def reservations_in(message: Message) -> tuple[Reservation, ...]:
    """Return the appointments of a message, those of the letter before those of its enclosures."""
    if message.message_body is None:
        return ()
    actions = list(message.message_body.main_document.action)
    for enclosure in message.message_body.additional_document:
        actions += enclosure.action
    return tuple(action.reservation for action in actions if action.reservation)


def _event(reservation: Reservation, made: datetime) -> Event:
    event = Event()
    event.add("uid", reservation.reservation_uuid)
    event.add("dtstamp", _utc(made))
    event.add("dtstart", _utc(reservation.start_date_time))
    event.add("dtend", _utc(reservation.end_date_time))
    event.add("summary", reservation.abstract)
    event.add("description", reservation.description)
    event.add("location", reservation.location)
    if reservation.organizer_mail:
        organizer = vCalAddress(f"mailto:{reservation.organizer_mail}")
        if reservation.organizer_name:
            organizer.params["CN"] = vText(reservation.organizer_name)
        event.add("organizer", organizer)
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
