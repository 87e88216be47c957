"""What a MeMo message is about: case, KLE number, and the registers' numbers; see :mod:`memo.message`."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from markup_assistant.memo.parties import Address, ProductionUnit, UnstructuredAddress
from markup_assistant.memo.simple import AtMost, Plate, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CPRdata:
    """The person that the message is about."""

    prefix: ClassVar[str] = "grd"
    cpr_number: Text
    name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CVRdata:
    """The company that the message is about."""

    prefix: ClassVar[str] = "grd"
    cvr_number: Text
    company_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotorVehicle:
    """The vehicle that the message is about."""

    prefix: ClassVar[str] = "dmv"
    license_number: Plate
    chassis_number: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyNumber:
    """The real property that the message is about."""

    prefix: ClassVar[str] = "grd"
    property_number: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseID:
    """The case and the system in which it is."""

    case_id: Text
    case_system: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KLEdata:
    """The KLE number and facet, with the edition and the number's title."""

    prefix: ClassVar[str] = "kle"
    subject_key: Text
    version: Text
    activity_facet: Text = ""
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FORMdata:
    """The task in the state's own classification (FORM)."""

    prefix: ClassVar[str] = "form"
    task_key: Text
    version: Text
    activity_facet: Text = ""
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """An education by the code of Statistics Denmark."""

    prefix: ClassVar[str] = "udd"
    education_code: Text
    education_name: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalContentData:
    """A value agreed on between sender and recipient."""

    content_data_type: Text = ""
    content_data_name: Text
    content_data_value: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentData:
    """What the message is about."""

    cpr_data: CPRdata | None = None
    cvr_data: CVRdata | None = None
    motor_vehicle: MotorVehicle | None = None
    property_number: PropertyNumber | None = None
    case_id: CaseID | None = None
    kle_data: KLEdata | None = None
    form_data: FORMdata | None = None
    production_unit: ProductionUnit | None = None
    education: Education | None = None
    address: Address | None = None
    unstructured_address: UnstructuredAddress | None = None
    additional_content_data: Annotated[tuple[AdditionalContentData, ...], AtMost(10)] = ()
