"""What a letter is about, as far as MeMo has a place for it: KLE, case, and the numbers of the registers.

| found in the letter | in the message | why |
| --- | --- | --- |
| cpr | ``CPRdata``, when it is the recipient's own | nobody else's number is sent on by itself |
| cvr | ``CVRdata``, when it is the recipient's, or the only one but the sender's | the sender's own says nothing |
| case, else journal | ``CaseID``, the first | the head of a letter names its own case before others |
| vehicle | ``MotorVehicle``, when it is the only one | of two, none is right |
| property | ``PropertyNumber``, the same | |
| p_number | ``ProductionUnit``, the same | |
| gln | nothing | it is where a bill to somebody is sent; ``ContentData`` has no place for it |
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markup_assistant.catalogue.tree import Catalogue, Subject
from markup_assistant.letters.identifiers import find_identifiers
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.masking import MASK, find_cpr
from markup_assistant.markup import Identifier, Markup
from markup_assistant.memo.content import (
    CaseID,
    ContentData,
    CPRdata,
    CVRdata,
    KLEdata,
    MotorVehicle,
    PropertyNumber,
)
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.labels import shorten
from markup_assistant.memo.office import Addressee, Office
from markup_assistant.memo.parties import ProductionUnit
from markup_assistant.memo.simple import LONGEST_PLATE, LONGEST_TEXT

_PLACE = "MessageHeader/ContentData"
_SINGLE = {"vehicle": "MotorVehicle", "property": "PropertyNumber", "p_number": "ProductionUnit"}


@dataclass(frozen=True, slots=True)
class About:
    """The content data of a message and the findings on the way."""

    data: ContentData
    findings: tuple[Finding, ...]


def tell_about(letter: Letter, markup: Markup, addressee: Addressee, office: Office, system: str) -> About:
    """Return what a letter is about; ``system`` is the name of the system in which the case is."""
    findings: list[Finding] = []
    identifiers = _outside_fields(letter)
    single: dict[str, str] = {}
    for kind, name in _SINGLE.items():
        values = tuple(dict.fromkeys(found.value for found in identifiers if found.kind == kind))
        if len(values) == 1:
            single[kind] = values[0]
        elif values:
            findings.append(finding(Severity.HINT, f"{_PLACE}/{name}", "several", count=len(values)))
    case = next((found.value for kind in ("case", "journal") for found in identifiers if found.kind == kind), "")
    if MASK in case:
        findings.append(finding(Severity.HINT, f"{_PLACE}/CaseID", "case_cpr"))
        case = ""
    if case and not system:
        findings.append(finding(Severity.HINT, f"{_PLACE}/CaseID", "case_system", got=case))
    if markup.facet and not markup.subject:
        findings.append(finding(Severity.WARNING, f"{_PLACE}/KLEdata", "facet_alone", got=markup.facet))
    plate, unit = single.get("vehicle", ""), single.get("p_number", "")
    data = ContentData(
        cpr_data=_own_cpr(letter, addressee),
        cvr_data=_cvr(identifiers, addressee, office),
        motor_vehicle=MotorVehicle(license_number=plate) if 0 < len(plate) <= LONGEST_PLATE else None,
        property_number=PropertyNumber(property_number=single["property"]) if "property" in single else None,
        case_id=CaseID(case_id=case, case_system=system) if case and system else None,
        kle_data=_kle(markup, office) if markup.subject else None,
        production_unit=ProductionUnit(production_unit_number=int(unit)) if unit else None,
    )
    return About(data, tuple(findings))


def subject_title(catalogue: Catalogue, number: str) -> str:
    """Return the title of a subject, or nothing for what is none in this edition."""
    node = catalogue.node(number) if number in catalogue else None
    return node.title if isinstance(node, Subject) else ""


def _outside_fields(letter: Letter) -> list[Identifier]:
    """Return the numbers of a letter that are no placeholders."""
    spans = [(field.start, field.end) for field in letter.fields if not field.branches]
    return [
        found
        for found in find_identifiers(letter.text)
        if not any(start < found.end and found.start < end for start, end in spans)
    ]


def _kle(markup: Markup, office: Office) -> KLEdata:
    catalogue = office.catalogue
    title = subject_title(catalogue, markup.subject) or markup.subject
    return KLEdata(
        subject_key=markup.subject,
        version=catalogue.edition.label,
        activity_facet=markup.facet,
        label=shorten(title, LONGEST_TEXT),
    )


def _own_cpr(letter: Letter, addressee: Addressee) -> CPRdata | None:
    if addressee.id_type != "CPR" or addressee.id not in _cpr_digits(letter):
        return None
    return CPRdata(cpr_number=addressee.id, name=addressee.name)


def _cpr_digits(letter: Letter) -> Iterator[str]:
    for start, end in find_cpr(letter.text):
        yield "".join(sign for sign in letter.text[start:end] if sign.isdigit())


def _cvr(identifiers: list[Identifier], addressee: Addressee, office: Office) -> CVRdata | None:
    numbers = {found.value for found in identifiers if found.kind == "cvr"} - {office.cvr}
    if addressee.id_type == "CVR" and addressee.id in numbers:
        return CVRdata(cvr_number=addressee.id, company_name=addressee.name)
    return CVRdata(cvr_number=numbers.pop()) if len(numbers) == 1 else None
