"""Sender and recipient of a MeMo message, and whom within them it concerns; see :mod:`memo.message`."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from markup_assistant.memo.simple import AtMost, Gln, PNumber, Since, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionPerson:
    """The person that post is for the attention of."""

    person_id: Text = ""
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionUnit:
    """A production unit (P-enhed) of the business register."""

    prefix: ClassVar[str] = "grd"
    production_unit_number: PNumber
    production_unit_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalLocationNumber:
    """A GLN (EAN) number."""

    prefix: ClassVar[str] = "gln"
    global_location_number: Gln
    location: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EMail:
    """A mail address and who answers there."""

    email_address: Text
    related_agent: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SEnumber:
    """A number of the tax authority's register of businesses."""

    prefix: ClassVar[str] = "grd"
    se_number: Text
    company_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """A telephone number and who answers there."""

    telephone_number: Text
    related_agent: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EID:
    """An electronic identity."""

    prefix: ClassVar[str] = "grd"
    e_id: Text
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentResponsible:
    """The unit that answers for what the message says."""

    content_responsible_id: Text = ""
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratingSystem:
    """The system in which the case is."""

    generating_system_id: Text
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SORdata:
    """A unit of the health service's register of organisations."""

    prefix: ClassVar[str] = "sor"
    sor_identifier: Text
    entry_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPoint:
    """Where an address lies."""

    prefix: ClassVar[str] = "grd"
    geographic_easting_measure: Text = ""
    geographic_northing_measure: Text = ""
    geographic_height_measure: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in its parts."""

    prefix: ClassVar[str] = "grd"
    id: Text = ""
    address_label: Text = ""
    house_number: Text = ""
    door: Text = ""
    floor: Text = ""
    co: Text = ""
    zip_code: Text = ""
    city: Text = ""
    country: Text = ""
    address_point: AddressPoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnstructuredAddress:
    """An address in one line."""

    prefix: ClassVar[str] = "grd"
    unstructured: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionData:
    """Whom within sender or recipient the message concerns."""

    attention_person: AttentionPerson | None = None
    production_unit: ProductionUnit | None = None
    global_location_number: GlobalLocationNumber | None = None
    email: EMail | None = None
    se_number: SEnumber | None = None
    telephone: Telephone | None = None
    eid: EID | None = None
    content_responsible: ContentResponsible | None = None
    generating_system: GeneratingSystem | None = None
    sor_data: SORdata | None = None
    address: Address | None = None
    unstructured_address: UnstructuredAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactInfo:
    """What the contact point asks the writer for, with the answer."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """The contact point of Digital Post that the message belongs to."""

    contact_group: Text = ""
    contact_point_id: Text
    label: Text = ""
    contact_info: Annotated[tuple[ContactInfo, ...], AtMost(2)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who sends on the sender's behalf."""

    representative_id: Text = ""
    id_type: Text = ""
    id_type_label: Text = ""
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who the message is from; ``id_type`` is ``CVR`` or ``CPR``."""

    sender_id: Text
    id_type: Text
    id_type_label: Text = ""
    label: Text
    attention_data: AttentionData | None = None
    contact_point: ContactPoint | None = None
    representative: Annotated[Representative | None, Since("1.2")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who the message is to; ``id_type`` is ``CPR`` or ``CVR``."""

    recipient_id: Text
    id_type: Text
    id_type_label: Text = ""
    label: Text = ""
    attention_data: AttentionData | None = None
    contact_point: ContactPoint | None = None
