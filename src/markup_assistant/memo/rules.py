"""Checks a message against what the schema of MeMo lets through: the rules of Digital Post, of KLE, and of sense."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.letters.masking import find_cpr
from markup_assistant.markup import ACTION_CODES
from markup_assistant.memo.content import CPRdata, CVRdata, KLEdata
from markup_assistant.memo.documents import check_file, check_sizes
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.known import KNOWN
from markup_assistant.memo.message import Action, File, Message, MessageBody, MessageHeader, Reservation
from markup_assistant.memo.parties import EMail, Recipient, Representative, Sender
from markup_assistant.memo.shape import check_shape, parts_in

APPOINTMENT = "AFTALE"
"""The one action that is a reservation; every other one is carried out at an address."""

ID_TYPES = {"CPR": re.compile(r"[0-9]{10}"), "CVR": re.compile(r"[0-9]{8}")}
"""Who can send and receive; an authority's own number (MyndighedsID) was taken out of MeMo 1.1."""

HTTPS = re.compile(
    r"https://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?"
    r"(?:/(?:[^\s\x00-\x20\x7f<>\"{}|\\^`\[\]%?#]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\?(?:[^\s\x00-\x20\x7f<>\"{}|\\^`\[\]%#]|%[0-9A-Fa-f]{2})*)?"
    r"(?:#(?:[^\s\x00-\x20\x7f<>\"{}|\\^`\[\]%#]|%[0-9A-Fa-f]{2})*)?"
)
"""An absolute address with https, which Digital Post has asked for since September 2025."""

_MAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(?:\.[^\s@<>,;\".]+)+")
_SUBJECT = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
_FACET = re.compile(r"[A-ZÆØÅ][0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Around:
    """What a rule may look at beside the part that it is about."""

    message: Message
    catalogue: Catalogue | None

    @property
    def created(self) -> datetime | None:
        """When the message was made, where that can be compared."""
        body = self.message.message_body
        return body.created_date_time if body is not None and _aware(body.created_date_time) else None


def check_message(message: Message, catalogue: Catalogue | None = None) -> tuple[Finding, ...]:
    """Return all findings on a message, those that the schema would make among them.

    With a catalogue, KLE numbers and facets must exist in it. A message without an error is valid for its version.
    """
    parts = parts_in(message)
    around = _Around(message, catalogue)
    found = [*check_shape(message, parts), *_message(message)]
    for placed in parts:
        rule = _RULES.get(type(placed.value))
        if rule is not None:
            found += rule(placed.place, placed.value, around)
    return (*found, *check_sizes(message))


def _message(message: Message) -> Iterator[Finding]:
    header = message.message_header
    if header.message_type == "NEMSMS":
        if not header.notification:
            yield _error("MessageHeader/notification", "sms_text")
    elif message.message_body is None:
        yield _error("MessageBody", "body_missing")


def _header(place: str, header: MessageHeader, _: _Around) -> Iterator[Finding]:
    notes = {"notification": header.notification, "additionalNotification": header.additional_notification}
    for name, text in notes.items():
        if find_cpr(text):
            yield _error(f"{place}/{name}", "cpr_in_notification")
    if find_cpr(header.label):
        yield _warning(f"{place}/label", "cpr_in_label")
    if header.mandatory:
        yield _warning(f"{place}/mandatory", "mandatory")
    if header.legal_notification:
        yield _warning(f"{place}/legalNotification", "legal_notification")
    if header.reply_by_date_time is not None and not header.reply:
        yield _warning(f"{place}/replyByDateTime", "reply_by")


def _body(_: str, body: MessageBody, around: _Around) -> Iterator[Finding]:
    until = around.message.message_header.do_not_deliver_until_date
    most = KNOWN.most_days
    if until is not None and until > body.created_date_time.date() + timedelta(days=most):
        yield _warning("MessageHeader/doNotDeliverUntilDate", "deliver_late", got=until.isoformat(), limit=most)


def _action(place: str, action: Action, around: _Around) -> Iterator[Finding]:
    code = action.action_code
    if code not in ACTION_CODES:
        yield _error(f"{place}/actionCode", "action_code", got=code, known=", ".join(ACTION_CODES))
    elif code == APPOINTMENT and action.reservation is None:
        yield _error(f"{place}/Reservation", "reservation_needed")
    elif code != APPOINTMENT and action.entry_point is None:
        yield _error(f"{place}/EntryPoint", "entry_point_needed", code=code)
    if action.entry_point is not None and not HTTPS.fullmatch(action.entry_point.url):
        yield _error(f"{place}/EntryPoint/url", "url", got=action.entry_point.url)
    yield from _order(place, action)
    yield from _past(f"{place}/endDateTime", action.end_date_time, around)


def _reservation(place: str, reservation: Reservation, around: _Around) -> Iterator[Finding]:
    yield from _order(place, reservation)
    yield from _past(f"{place}/endDateTime", reservation.end_date_time, around)
    if reservation.organizer_mail and not _MAIL.fullmatch(reservation.organizer_mail):
        yield _warning(f"{place}/organizerMail", "mail", got=reservation.organizer_mail)


def _order(place: str, timed: Action | Reservation) -> Iterator[Finding]:
    start, end = timed.start_date_time, timed.end_date_time
    if start is not None and end is not None and _aware(start) and _aware(end) and end <= start:
        yield _error(f"{place}/endDateTime", "time_order", start=f"{start:%Y-%m-%d %H:%M}", end=f"{end:%Y-%m-%d %H:%M}")


def _past(place: str, end: datetime | None, around: _Around) -> Iterator[Finding]:
    if end is not None and _aware(end) and around.created is not None and end < around.created:
        yield _warning(place, "past", end=f"{end:%Y-%m-%d}")


def _kle(place: str, kle: KLEdata, around: _Around) -> Iterator[Finding]:
    if kle.subject_key and not _SUBJECT.fullmatch(kle.subject_key):
        yield _error(f"{place}/subjectKey", "kle_form", got=kle.subject_key)
    elif around.catalogue is not None and kle.subject_key:
        yield from _kle_known(place, kle, around.catalogue)
    if kle.activity_facet and not _FACET.fullmatch(kle.activity_facet):
        yield _error(f"{place}/activityFacet", "facet_form", got=kle.activity_facet)
    elif around.catalogue is not None and kle.activity_facet:
        yield from _facet_known(place, kle.activity_facet, around.catalogue)


def _facet_known(place: str, code: str, catalogue: Catalogue) -> Iterator[Finding]:
    if code not in {facet.code for facet in catalogue.facets}:
        yield _error(f"{place}/activityFacet", "facet_unknown", got=code, edition=catalogue.name)


def _kle_known(place: str, kle: KLEdata, catalogue: Catalogue) -> Iterator[Finding]:
    edition = catalogue.edition
    if kle.version and kle.version.casefold() != edition.label.casefold():
        yield _warning(f"{place}/version", "kle_edition", got=kle.version, edition=edition.label)
    if kle.subject_key not in catalogue:
        yield _error(f"{place}/subjectKey", "kle_unknown", got=kle.subject_key, edition=edition.name)
        return
    subject = catalogue.subject(kle.subject_key)
    if subject.expires and subject.expires < edition.date[: len(subject.expires)]:
        yield _warning(f"{place}/subjectKey", "kle_lapsed", got=subject.number, expires=subject.expires)
    if kle.label and kle.label.strip().casefold() != subject.title[: len(kle.label)].casefold():
        yield finding(Severity.HINT, f"{place}/label", "kle_title", got=kle.label, title=subject.title)


def _sender(place: str, sender: Sender, _: _Around) -> Iterator[Finding]:
    yield from _party(place, "senderID", sender.sender_id, sender.id_type)


def _recipient(place: str, recipient: Recipient, _: _Around) -> Iterator[Finding]:
    yield from _party(place, "recipientID", recipient.recipient_id, recipient.id_type)


def _representative(place: str, representative: Representative, _: _Around) -> Iterator[Finding]:
    if representative.id_type or representative.representative_id:
        yield from _party(place, "representativeID", representative.representative_id, representative.id_type)


def _party(place: str, name: str, id_: str, id_type: str) -> Iterator[Finding]:
    form = ID_TYPES.get(id_type)
    if form is None:
        yield _error(f"{place}/idType", "id_type", got=id_type)
    elif id_ and not form.fullmatch(id_):
        yield _error(f"{place}/{name}", f"{id_type.lower()}_form", length=len(id_))


def _cpr(place: str, data: CPRdata, _: _Around) -> Iterator[Finding]:
    if data.cpr_number and not ID_TYPES["CPR"].fullmatch(data.cpr_number):
        yield _error(f"{place}/cprNumber", "cpr_form", length=len(data.cpr_number))


def _cvr(place: str, data: CVRdata, _: _Around) -> Iterator[Finding]:
    if data.cvr_number and not ID_TYPES["CVR"].fullmatch(data.cvr_number):
        yield _error(f"{place}/cvrNumber", "cvr_form", length=len(data.cvr_number))


def _email(place: str, mail: EMail, _: _Around) -> Iterator[Finding]:
    if mail.email_address and not _MAIL.fullmatch(mail.email_address):
        yield _warning(f"{place}/emailAddress", "mail", got=mail.email_address)


def _file(place: str, file: File, _: _Around) -> Iterator[Finding]:
    yield from check_file(place, file)


_RULES: dict[type, Callable[[str, Any, _Around], Iterator[Finding]]] = {
    MessageHeader: _header,
    MessageBody: _body,
    Action: _action,
    Reservation: _reservation,
    KLEdata: _kle,
    Sender: _sender,
    Recipient: _recipient,
    Representative: _representative,
    CPRdata: _cpr,
    CVRdata: _cvr,
    EMail: _email,
    File: _file,
}


def _aware(moment: datetime) -> bool:
    return moment.utcoffset() is not None


def _error(place: str, rule: str, **facts: str | int) -> Finding:
    return finding(Severity.ERROR, place, rule, **facts)


def _warning(place: str, rule: str, **facts: str | int) -> Finding:
    return finding(Severity.WARNING, place, rule, **facts)
