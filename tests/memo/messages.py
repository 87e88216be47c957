"""A small office with invented people, and messages to try rules on."""

import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.memo.content import ContentData, KLEdata
from markup_assistant.memo.message import (
    Action,
    EntryPoint,
    File,
    MainDocument,
    Message,
    MessageBody,
    MessageHeader,
    Reservation,
)
from markup_assistant.memo.office import Addressee, Office
from markup_assistant.memo.parties import Recipient, Sender
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.organisation import load_organisation

TITLE = load_catalogue().subject("28.06.04").title
UUID = "a97ca8c8-86c2-4078-a44d-55ed33b077d5"
OTHER_UUID = "241d39f6-998e-4929-b198-ccacbbf4b330"
NOW = datetime(2026, 2, 1, 8, tzinfo=UTC)
PERSON = Addressee("0102030000", "CPR", "Mette Eksempel")
COMPANY = Addressee("87654321", "CVR", "Eksempel ApS")
PDF = File(encoding_format="application/pdf", filename="Brev.pdf", language="da", content=b"%PDF-1.7 indhold")

BOOKED = Reservation(
    description="Samtale om dagtilbud",
    reservation_uuid=OTHER_UUID,
    abstract="Samtale",
    location="Rådhuset, lokale 2",
    start_date_time=datetime(2026, 2, 20, 9, tzinfo=UTC),
    end_date_time=datetime(2026, 2, 20, 10, tzinfo=UTC),
    organizer_mail="plads@lindeby.example",
    organizer_name="Pladsanvisningen",
)
MEETING = Action(label="Kom til samtale", action_code="AFTALE", reservation=BOOKED)
FORM = Action(
    label="Udfyld skema",
    action_code="SELVBETJENING",
    end_date_time=datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC),
    entry_point=EntryPoint(url="https://lindeby.example/skema"),
)
HEADER = MessageHeader(
    message_type="DIGITALPOST",
    message_uuid=UUID,
    label="Indkaldelse til samtale",
    sender=Sender(sender_id="12345678", id_type="CVR", label="Lindeby Kommune"),
    recipient=Recipient(recipient_id="0102030000", id_type="CPR"),
    content_data=ContentData(
        kle_data=KLEdata(subject_key="28.06.04", version="Februar 2026", activity_facet="G01", label=TITLE)
    ),
)
DOCUMENT = MainDocument(file=(PDF,), action=(MEETING, FORM))
BODY = MessageBody(created_date_time=NOW, main_document=DOCUMENT)
MESSAGE = Message(message_header=HEADER, message_body=BODY)


def with_header(**changes: Any) -> Message:
    """A right message with other values in its header."""
    return replace(MESSAGE, message_header=replace(HEADER, **changes))


def with_document(**changes: Any) -> Message:
    """A right message with other values in its letter."""
    return replace(MESSAGE, message_body=replace(BODY, main_document=replace(DOCUMENT, **changes)))


def with_action(action: Action, **changes: Any) -> Message:
    """A right message with one action, changed."""
    return with_document(action=(replace(action, **changes),))


def with_reservation(**changes: Any) -> Message:
    """A right message with one appointment, changed."""
    return with_action(MEETING, reservation=replace(BOOKED, **changes))


def with_file(**changes: Any) -> Message:
    """A right message with one file, changed."""
    return with_document(file=(replace(PDF, **changes),))


def with_kle(**changes: Any) -> Message:
    """A right message with other KLE data."""
    assert HEADER.content_data
    assert HEADER.content_data.kle_data
    return with_header(content_data=ContentData(kle_data=replace(HEADER.content_data.kle_data, **changes)))


@cache
def office() -> Office:
    """The invented municipality that comes with the program."""
    organisation = load_organisation(shipped_folder("data") / "organisation.yaml")
    return Office("12345678", "Lindeby Kommune", load_catalogue(), organisation, case_system="Lindeby ESDH")


def letter(text: str) -> Letter:
    """A letter of plain text."""
    return read_bytes(text.encode(), "brev.txt")


def uuids() -> Callable[[], str]:
    """A maker of UUIDs that makes the same ones each time."""
    chance = random.Random(1)  # noqa: S311  # the same each time is what tests want
    return lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4))
