"""Puts a message together out of a letter, its markup, who sends and who receives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Markup
from markup_assistant.memo.about import subject_title, tell_about
from markup_assistant.memo.actions import ActionMaker, Organizer
from markup_assistant.memo.content import ContentData
from markup_assistant.memo.findings import Finding, Severity, finding, has_errors
from markup_assistant.memo.labels import letter_label
from markup_assistant.memo.message import (
    AdditionalReplyData,
    File,
    MainDocument,
    Message,
    MessageBody,
    MessageHeader,
    ReplyData,
)
from markup_assistant.memo.office import Addressee, Office
from markup_assistant.memo.parties import (
    AttentionData,
    ContactPoint,
    ContentResponsible,
    EMail,
    GeneratingSystem,
    Recipient,
    Sender,
)
from markup_assistant.memo.rules import check_message
from markup_assistant.memo.words import REPLY_KLE
from markup_assistant.suggest.organisation import Organisation, System, Unit


@dataclass(frozen=True, slots=True)
class Composition:
    """A message with all that there is to say about it; without one when a finding is an error."""

    message: Message | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the post belongs: a unit, and the system in which its cases are; each may be missing."""

    unit: Unit | None = None
    system: System | None = None


def compose(  # a message is what these say, each of them its own matter
    letter: Letter,
    files: Sequence[File],
    markup: Markup,
    addressee: Addressee,
    office: Office,
    new_uuid: Callable[[], str],
    now: datetime,
) -> Composition:
    """Return the message that sends a letter.

    ``files`` are the letter in one or more formats; ``new_uuid`` gives UUIDs of version 4, ``now`` has a time zone.
    Same input, same message. What MeMo cannot hold is left out with a finding; what would make the message wrong
    is an error, and then there is no message.
    """
    target, findings = _find_target(office.organisation, markup.target)
    title = subject_title(office.catalogue, markup.subject)
    label = letter_label(letter, addressee.values, title) or _file_label(files)
    uuid = new_uuid()
    unit = target.unit
    maker = ActionMaker(office, label, Organizer(unit.name, unit.email) if unit else Organizer(office.name), new_uuid)
    made = [maker.make(action) for action in markup.actions]
    more = tuple(data for one in made for data in one.data)
    system = target.system.name if target.system else office.case_system
    about = tell_about(letter, markup, addressee, office, system)
    content = replace(about.data, additional_content_data=more)
    header = MessageHeader(
        message_type="DIGITALPOST",
        message_uuid=uuid,
        message_code=office.message_code,
        label=label,
        reply=office.may_reply,
        mandatory=False,
        legal_notification=False,
        post_type=office.post_type,
        sender=_sender(office, target),
        recipient=_recipient(addressee),
        content_data=None if content == ContentData() else content,
        reply_data=(_reply(uuid, about.data, target),) if office.may_reply else (),
    )
    document = MainDocument(
        label=label, file=tuple(files), action=tuple(one.action for one in made if one.action is not None)
    )
    body = MessageBody(created_date_time=now, main_document=document)
    message = Message(message_header=header, message_body=body, memo_version=office.version)
    said = [note for one in made for note in one.findings]
    found = (*findings, *said, *about.findings, *check_message(message, office.catalogue))
    return Composition(None if has_errors(found) else message, found)


def _file_label(files: Sequence[File]) -> str:
    return files[0].filename.rpartition(".")[0] or files[0].filename if files else ""


def _find_target(organisation: Organisation, id_: str) -> tuple[_Target, tuple[Finding, ...]]:
    unit = organisation.units.get(id_)
    if unit is not None:
        return _Target(unit, organisation.systems.get(unit.system)), ()
    if id_ in organisation.systems:
        return _Target(None, organisation.systems[id_]), ()
    if not id_:
        return _Target(), ()
    return _Target(), (finding(Severity.ERROR, "MessageHeader/Sender/ContactPoint", "target_unknown", got=id_),)


def _sender(office: Office, target: _Target) -> Sender:
    unit, system = target.unit, target.system
    attention = AttentionData(
        email=EMail(email_address=unit.email, related_agent=unit.name) if unit and unit.email else None,
        content_responsible=ContentResponsible(content_responsible_id=unit.unit_id, label=unit.name) if unit else None,
        generating_system=GeneratingSystem(generating_system_id=_system_id(system), label=system.name)
        if system
        else None,
    )
    point = None
    if unit and unit.contact_point:
        point = ContactPoint(contact_group=unit.contact_group, contact_point_id=unit.contact_point, label=unit.name)
    return Sender(
        sender_id=office.cvr,
        id_type="CVR",
        label=office.name,
        attention_data=None if attention == AttentionData() else attention,
        contact_point=point,
    )


def _recipient(addressee: Addressee) -> Recipient:
    point = None
    if addressee.contact_point:
        point = ContactPoint(contact_group=addressee.contact_group, contact_point_id=addressee.contact_point)
    return Recipient(recipient_id=addressee.id, id_type=addressee.id_type, label=addressee.name, contact_point=point)


def _reply(uuid: str, about: ContentData, target: _Target) -> ReplyData:
    """Return what a reply brings back, so that it finds its case, its unit and its subject."""
    kle = about.kle_data
    number = f"{kle.subject_key} {kle.activity_facet}".strip() if kle else ""
    return ReplyData(
        message_uuid=uuid,
        case_id=about.case_id.case_id if about.case_id else "",
        contact_point_id=target.unit.contact_point if target.unit else "",
        generating_system_id=_system_id(target.system) if target.system else "",
        additional_reply_data=(AdditionalReplyData(label=REPLY_KLE, value=number),) if number else (),
    )


def _system_id(system: System) -> str:
    return system.system_id or system.id
