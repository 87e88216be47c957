"""Calendar files that another program reads right, in winter and in summer."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]  # it has no types
from tests.memo.messages import BOOKED, MESSAGE, NOW, OTHER_UUID

from markup_assistant.memo.calendar import calendar_file, reservations_in

DENMARK = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        (datetime(2026, 1, 20, 9, tzinfo=UTC), "2026-01-20 10:00"),
        (datetime(2026, 7, 20, 8, tzinfo=UTC), "2026-07-20 10:00"),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), "2026-03-29 03:00"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2027-01-01 00:30"),
        (datetime(2026, 7, 20, 10, tzinfo=DENMARK), "2026-07-20 10:00"),
    ],
)
def test_an_appointment_stands_at_its_danish_time(utc: datetime, local: str) -> None:
    data = calendar_file([replace(BOOKED, start_date_time=utc)], NOW)
    event = vobject.readOne(data.decode()).vevent
    assert f"{event.dtstart.value.astimezone(DENMARK):%Y-%m-%d %H:%M}" == local


def test_the_event_says_what_the_appointment_says() -> None:
    place = "Rådhuset; lokale 2, 1. sal\\venstre 😀 " + "lang " * 40
    data = calendar_file([replace(BOOKED, location=place, description="Første linje\nanden linje")], NOW)
    event = vobject.readOne(data.decode()).vevent
    assert event.summary.value == "Samtale"
    assert event.location.value == place
    assert event.description.value == "Første linje\nanden linje"
    assert event.uid.value == OTHER_UUID
    assert event.organizer.value == "mailto:plads@lindeby.example"
    assert event.organizer.params["CN"] == ["Pladsanvisningen"]
    assert event.dtstamp.value == NOW
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_every_appointment_of_a_message_is_an_event() -> None:
    (booked,) = reservations_in(MESSAGE)
    assert booked == BOOKED
    data = calendar_file([booked, replace(booked, reservation_uuid="x", organizer_mail="")], NOW)
    assert len(vobject.readOne(data.decode()).vevent_list) == 2
    assert reservations_in(replace(MESSAGE, message_body=None)) == ()
