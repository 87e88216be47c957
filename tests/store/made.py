"""Decisions and letters to keep, with invented people."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from markup_assistant.markup import Action, Choice, Decision, FieldRef, How, Markup, Outcome, Part
from markup_assistant.store.values import KeptLetter, Scan

MORNING = datetime(2026, 2, 3, 9, 30, 15, 123456, tzinfo=UTC)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

APPOINTMENT = Action(
    "AFTALE",
    "Møde om tilbud",
    MappingProxyType({"start": FieldRef("MoedeDato", "MoedeTid"), "location": "Rådhuset, lokale 2"}),
)
PARKING = Markup("05.09.00", "G01", (APPOINTMENT,), "parkering")


def decision(letter: str = "breve/plads.docx", **more: Any) -> Decision:
    values: dict[str, Any] = {
        "id": str(uuid4()),
        "letter": letter,
        "content": DIGEST,
        "outcome": Outcome.MARKED,
        "markup": PARKING,
        "choices": MappingProxyType({Part.SUBJECT: Choice(How.PICKED, 2), Part.FACET: Choice(How.TYPED)}),
        "person": "Mette Prøvesen",
        "at": MORNING,
        "seconds": 12.5,
        "model": "default-2026-02",
        "catalogue": "KLE 2026-02",
    }
    return Decision(**(values | more))


def kept_letter(letter: str = "breve/plads.docx", **more: Any) -> KeptLetter:
    values: dict[str, Any] = {
        "letter": letter,
        "content": DIGEST,
        "path": f"/drev/{letter}",
        "text": "Kære borger\nDu får tilbudt en plads.",
        "seen_at": MORNING,
        "sketch": bytes(range(256)),
    }
    return KeptLetter(**(values | more))


def scan(letter: str = "breve/plads.docx", **more: Any) -> Scan:
    values: dict[str, Any] = {
        "letter": letter,
        "path": f"/drev/{letter}",
        "size": 3_000_000_000,
        "mtime_ns": 1_769_000_000_123_456_789,
        "content": DIGEST,
        "model": "default-2026-02",
        "catalogue": "KLE 2026-02",
        "verdict": "sure",
        "subject": "28.09.40",
        "confidence": 0.9312345678901234,
        "sketch": b"\x00\xff",
    }
    return Scan(**(values | more))


def later(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)
