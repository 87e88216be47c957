"""Reads the markup of a letter off a message: what the message says of subject, facet, actions and target."""

from types import MappingProxyType

from markup_assistant.markup import DETAILS, Detail, Markup
from markup_assistant.markup import Action as MarkedAction
from markup_assistant.memo.message import Action, Message
from markup_assistant.memo.times import say_deadline, say_time
from markup_assistant.memo.words import AMOUNT_NAME, AMOUNT_TYPE, is_filler
from markup_assistant.suggest.organisation import Organisation


def markup_of(message: Message, organisation: Organisation | None = None) -> Markup:
    """Return the markup that a message carries.

    Actions are those of the letter itself, the first of each code, by code; times become Danish local time. The
    target is the unit or system of the organisation whose contact point, unit or system the sender names.
    """
    content = message.message_header.content_data
    kle = content.kle_data if content else None
    return Markup(
        subject=kle.subject_key if kle else "",
        facet=kle.activity_facet if kle else "",
        actions=_actions(message),
        target=_target(message, organisation) if organisation else "",
    )


def _actions(message: Message) -> tuple[MarkedAction, ...]:
    if message.message_body is None:
        return ()
    first: dict[str, MarkedAction] = {}
    for action in message.message_body.main_document.action:
        first.setdefault(action.action_code, _action(message, action))
    return tuple(first[code] for code in sorted(first))


def _action(message: Message, action: Action) -> MarkedAction:
    details: dict[str, Detail] = {}
    booked = action.reservation
    if booked is not None:
        details = {"start": say_time(booked.start_date_time), "end": say_time(booked.end_date_time)}
        if not is_filler(booked.location):
            details["location"] = booked.location
    elif action.action_code == "BETALING":
        if _amount(message):
            details["amount"] = _amount(message)
        if action.end_date_time:
            details["due"] = say_deadline(action.end_date_time)
    elif action.end_date_time:
        details = {"deadline": say_deadline(action.end_date_time)}
    if action.entry_point is not None:
        details["url"] = action.entry_point.url
    ordered = {name: details[name] for name in DETAILS.get(action.action_code, tuple(details)) if name in details}
    return MarkedAction(action.action_code, action.label, MappingProxyType(ordered))


def _amount(message: Message) -> str:
    content = message.message_header.content_data
    for data in content.additional_content_data if content else ():
        if (data.content_data_type, data.content_data_name) == (AMOUNT_TYPE, AMOUNT_NAME):
            return data.content_data_value
    return ""


def _target(message: Message, organisation: Organisation) -> str:
    sender = message.message_header.sender
    point = sender.contact_point.contact_point_id if sender.contact_point else ""
    attention = sender.attention_data
    responsible = attention.content_responsible if attention else None
    unit_id = responsible.content_responsible_id if responsible else ""
    system = attention.generating_system if attention else None
    system_id = system.generating_system_id if system else ""
    for unit in organisation.units.values():
        if (point and unit.contact_point == point) or (not point and unit_id and unit_id in (unit.unit_id, unit.id)):
            return unit.id
    if point or unit_id:
        return ""
    return next((s.id for s in organisation.systems.values() if system_id and system_id in (s.system_id, s.id)), "")
