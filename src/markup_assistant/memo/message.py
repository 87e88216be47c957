"""A MeMo message as values, complete for versions 1.1 and 1.2.

These classes are the one description of the format: :mod:`memo.schema` reads the names, the order, the types and
how often an element may stand off them, and writing, reading and checking all follow that. An attribute is called
as its element is (``sender_id`` is ``senderID``) or, where it holds an element with parts, as its class; it must stand
when it has no default. An empty text is an element that is left out.
"""

from dataclasses import dataclass
from typing import Annotated

from markup_assistant.memo.content import ContentData
from markup_assistant.memo.parties import Recipient, Sender
from markup_assistant.memo.simple import (
    LATEST,
    AtMost,
    Comment,
    Content,
    Day,
    Flag,
    Language,
    MessageType,
    NeededIn,
    Notification,
    Since,
    Text,
    Time,
    Url,
    Uuid,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardData:
    """Where a message that is sent on came from."""

    message_uuid: Uuid
    original_message_date_time: Time
    original_sender: Text
    original_content_responsible: Text = ""
    original_representative: Annotated[Text, Since("1.2")] = ""
    contact_point_id: Text = ""
    comment: Comment = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalReplyData:
    """A value that a reply is to bring back."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyData:
    """What a reply brings back, so that it finds its case; ``message_uuid`` is that of the message replied to."""

    message_id: Text = ""
    message_uuid: Uuid
    reply_uuid: Uuid = ""
    sender_id: Text = ""
    recipient_id: Text = ""
    case_id: Text = ""
    contact_point_id: Text = ""
    generating_system_id: Text = ""
    comment: Comment = ""
    additional_reply_data: Annotated[tuple[AdditionalReplyData, ...], AtMost(4)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHeader:
    """Everything but the documents."""

    message_type: MessageType
    message_uuid: Uuid
    message_id: Text = ""
    message_code: Text = ""
    label: Text
    notification: Notification = ""
    additional_notification: Text = ""
    reply: Flag | None = None
    reply_by_date_time: Time | None = None
    do_not_deliver_until_date: Day | None = None
    mandatory: Annotated[Flag | None, NeededIn("1.1")] = None
    legal_notification: Annotated[Flag | None, NeededIn("1.1")] = None
    post_type: Text = ""
    sender: Sender
    recipient: Recipient
    content_data: ContentData | None = None
    forward_data: ForwardData | None = None
    reply_data: tuple[ReplyData, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A document in one format; several files of one document say the same."""

    encoding_format: Text
    filename: Text
    language: Language
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """An appointment that the recipient can put in a calendar."""

    description: Text
    reservation_uuid: Uuid
    abstract: Text
    location: Text
    start_date_time: Time
    end_date_time: Time
    organizer_mail: Text = ""
    organizer_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """Where an action is carried out."""

    url: Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What the recipient can do; a reservation or an entry point, never both."""

    label: Text
    action_code: Text
    start_date_time: Time | None = None
    end_date_time: Time | None = None
    reservation: Reservation | None = None
    entry_point: EntryPoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MainDocument:
    """The letter."""

    main_document_id: Text = ""
    label: Text = ""
    file: tuple[File, ...]
    action: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalDocument:
    """An enclosure."""

    additional_document_id: Text = ""
    label: Text = ""
    file: tuple[File, ...]
    action: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalDocument:
    """A document for machines."""

    technical_document_id: Text = ""
    label: Text = ""
    file: tuple[File, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageBody:
    """The documents."""

    created_date_time: Time
    main_document: MainDocument
    additional_document: tuple[AdditionalDocument, ...] = ()
    technical_document: tuple[TechnicalDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A MeMo message; ``memo_version`` is the version that it was read from or is to be written in."""

    message_header: MessageHeader
    message_body: MessageBody | None = None
    memo_version: str = LATEST
