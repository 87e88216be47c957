"""Every rule that the schema does not know, each with a message that breaks it and that the schema lets through."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.memo.messages import (
    BODY,
    BOOKED,
    DOCUMENT,
    FORM,
    HEADER,
    MEETING,
    MESSAGE,
    NOW,
    PDF,
    office,
    with_action,
    with_document,
    with_file,
    with_header,
    with_kle,
    with_reservation,
)
from tests.memo.official import example, schema_errors

import markup_assistant.memo
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import MemoError
from markup_assistant.memo.content import AdditionalContentData, ContentData, CPRdata, CVRdata, MotorVehicle
from markup_assistant.memo.findings import Finding, Severity
from markup_assistant.memo.message import (
    AdditionalReplyData,
    EntryPoint,
    Message,
    ReplyData,
    TechnicalDocument,
)
from markup_assistant.memo.parties import (
    AttentionData,
    ContactInfo,
    ContactPoint,
    EMail,
    GlobalLocationNumber,
    ProductionUnit,
    Representative,
)
from markup_assistant.memo.read import read_message
from markup_assistant.memo.rules import check_message
from markup_assistant.memo.write import write_message
from markup_assistant.texts import get_texts

DOC = "MessageBody/MainDocument"
ACTION = f"{DOC}/Action[1]"
HEAD = "MessageHeader"
CONTENT = f"{HEAD}/ContentData"
ATTENTION = f"{HEAD}/Sender/AttentionData"
KLE = f"{CONTENT}/KLEdata"
AGENT = Representative(representative_id="1", id_type="CVR")
GLN = GlobalLocationNumber(global_location_number=10**13)
E, W, H = Severity.ERROR, Severity.WARNING, Severity.HINT


def linked(url: str) -> Message:
    return with_action(FORM, entry_point=EntryPoint(url=url))


def about(**values: Any) -> Message:
    return with_header(content_data=ContentData(**values))


def unit(number: int) -> Message:
    return attention(production_unit=ProductionUnit(production_unit_number=number))


def attention(**values: Any) -> Message:
    return sender(attention_data=AttentionData(**values))


def sender(**values: Any) -> Message:
    return with_header(sender=replace(HEADER.sender, **values))


def recipient(**values: Any) -> Message:
    return with_header(recipient=replace(HEADER.recipient, **values))


def booked(start: int, end: int) -> Message:
    return with_reservation(start_date_time=NOW + timedelta(days=start), end_date_time=NOW + timedelta(days=end))


def point(count: int) -> Message:
    info = (ContactInfo(label="Barnets navn", value="Ida"),) * count
    return recipient(contact_point=ContactPoint(contact_point_id="x", contact_info=info))


def more(count: int) -> Message:
    data = AdditionalContentData(content_data_name="a", content_data_value="b")
    return about(additional_content_data=(data,) * count)


def reply(count: int) -> Message:
    data = (AdditionalReplyData(label="KLE", value="28.06.04"),) * count
    return with_header(reply_data=(ReplyData(message_uuid=HEADER.message_uuid, additional_reply_data=data),))


def comment(length: int) -> Message:
    return with_header(reply_data=(ReplyData(message_uuid=HEADER.message_uuid, comment="x" * length),))


LET_THROUGH = [
    (with_action(FORM, action_code="FOO"), E, f"{ACTION}/actionCode", "action_code"),
    (with_action(FORM, action_code="BEKRÆFT"), E, f"{ACTION}/actionCode", "action_code"),
    (with_action(MEETING, reservation=None), E, f"{ACTION}/Reservation", "reservation_needed"),
    (with_action(FORM, entry_point=None), E, f"{ACTION}/EntryPoint", "entry_point_needed"),
    (with_action(MEETING, action_code="BETALING"), E, f"{ACTION}/EntryPoint", "entry_point_needed"),
    (linked("http://lindeby.example/skema"), E, f"{ACTION}/EntryPoint/url", "url"),
    (linked("/skema"), E, f"{ACTION}/EntryPoint/url", "url"),
    (linked("lindeby.example"), E, f"{ACTION}/EntryPoint/url", "url"),
    (linked("https://"), E, f"{ACTION}/EntryPoint/url", "url"),
    (linked("https://skema"), E, f"{ACTION}/EntryPoint/url", "url"),
    (linked("https://mette@lindeby.example/"), E, f"{ACTION}/EntryPoint/url", "url"),
    (with_header(label=""), E, f"{HEAD}/label", "missing"),
    (with_header(label=" \n"), E, f"{HEAD}/label", "missing"),
    (with_action(FORM, label=""), E, f"{ACTION}/label", "missing"),
    (with_reservation(location=""), E, f"{ACTION}/Reservation/location", "missing"),
    (with_reservation(end_date_time=BOOKED.start_date_time), E, f"{ACTION}/Reservation/endDateTime", "time_order"),
    (with_action(FORM, start_date_time=NOW + timedelta(days=90)), E, f"{ACTION}/endDateTime", "time_order"),
    (with_action(FORM, end_date_time=NOW - timedelta(days=1)), W, f"{ACTION}/endDateTime", "past"),
    (booked(-2, -1), W, f"{ACTION}/Reservation/endDateTime", "past"),
    (with_reservation(organizer_mail="plads"), W, f"{ACTION}/Reservation/organizerMail", "mail"),
    (with_kle(subject_key="28.06"), E, f"{KLE}/subjectKey", "kle_form"),
    (with_kle(subject_key="28.06.99"), E, f"{KLE}/subjectKey", "kle_unknown"),
    (with_kle(activity_facet="g1"), E, f"{KLE}/activityFacet", "facet_form"),
    (with_kle(activity_facet="G99"), E, f"{KLE}/activityFacet", "facet_unknown"),
    (with_kle(version="Maj 2018"), W, f"{KLE}/version", "kle_edition"),
    (with_kle(label="Noget andet"), H, f"{KLE}/label", "kle_title"),
    (with_kle(version=""), E, f"{KLE}/version", "missing"),
    (with_kle(label=""), E, f"{KLE}/label", "missing"),
    (sender(id_type="MyndighedsID"), E, f"{HEAD}/Sender/idType", "id_type"),
    (sender(sender_id="1234567"), E, f"{HEAD}/Sender/senderID", "cvr_form"),
    (recipient(recipient_id="010203-0000"), E, f"{HEAD}/Recipient/recipientID", "cpr_form"),
    (recipient(recipient_id="٠١٠٢٠٣٠٠٠٠"), E, f"{HEAD}/Recipient/recipientID", "cpr_form"),
    (sender(representative=AGENT), E, f"{HEAD}/Sender/Representative/representativeID", "cvr_form"),
    (about(cpr_data=CPRdata(cpr_number="0102")), E, f"{CONTENT}/CPRdata/cprNumber", "cpr_form"),
    (about(cvr_data=CVRdata(cvr_number="DK12345678")), E, f"{CONTENT}/CVRdata/cvrNumber", "cvr_form"),
    *[
        (with_file(filename=f"a{wrong}b.pdf"), E, f"{DOC}/File[1]/filename", "file_name")
        for wrong in '<>:"/\\|?*\r\n\u00a0\u2000\u200a\u2028\u205f\u2060\u3000'
    ],
    (with_file(encoding_format="pdf"), E, f"{DOC}/File[1]/encodingFormat", "media_form"),
    (with_file(encoding_format="video/mp4"), W, f"{DOC}/File[1]/encodingFormat", "media_unknown"),
    (with_file(content=b""), E, f"{DOC}/File[1]/content", "file_empty"),
    (with_file(language="d"), E, f"{DOC}/File[1]/language", "language"),
    (replace(MESSAGE, message_body=None), E, "MessageBody", "body_missing"),
    (with_header(message_type="NEMSMS"), E, f"{HEAD}/notification", "sms_text"),
    (with_header(mandatory=True), W, f"{HEAD}/mandatory", "mandatory"),
    (with_header(legal_notification=True), W, f"{HEAD}/legalNotification", "legal_notification"),
    (with_header(notification="Brev til 010203-0000"), E, f"{HEAD}/notification", "cpr_in_notification"),
    (with_header(additional_notification="0102030000"), E, f"{HEAD}/additionalNotification", "cpr_in_notification"),
    (with_header(label="Sag om 010203-0000"), W, f"{HEAD}/label", "cpr_in_label"),
    (with_header(reply_by_date_time=NOW), W, f"{HEAD}/replyByDateTime", "reply_by"),
    (with_header(do_not_deliver_until_date=date(2026, 2, 14)), W, f"{HEAD}/doNotDeliverUntilDate", "deliver_late"),
    (attention(email=EMail(email_address="en adresse")), W, f"{ATTENTION}/EMail/emailAddress", "mail"),
    (unit(-1), E, f"{ATTENTION}/ProductionUnit/productionUnitNumber", "number"),
]  # fmt: skip
"""Messages that the schema lets through, with the finding that they must give."""

REFUSED = [
    (with_action(MEETING, entry_point=FORM.entry_point), ACTION, "both"),
    (with_header(label="å" * 257), f"{HEAD}/label", "too_long"),
    (with_header(notification="x" * 161), f"{HEAD}/notification", "too_long"),
    (comment(513), f"{HEAD}/ReplyData[1]/comment", "too_long"),
    (linked("https://x.example/" + "a" * 239), f"{ACTION}/EntryPoint/url", "too_long"),
    (linked("https://x.example/a b{"), f"{ACTION}/EntryPoint/url", "uri"),
    (about(motor_vehicle=MotorVehicle(license_number="AB 12345")), f"{CONTENT}/MotorVehicle/licenseNumber", "too_long"),
    (more(11), f"{CONTENT}/AdditionalContentData", "too_many"),
    (point(3), f"{HEAD}/Recipient/ContactPoint/ContactInfo", "too_many"),
    (reply(5), f"{HEAD}/ReplyData[1]/AdditionalReplyData", "too_many"),
    (with_header(message_uuid="8c2ea15d-61fb-1ba9-9366-42f8b194c114"), f"{HEAD}/messageUUID", "uuid"),
    (with_header(message_type="BREV"), f"{HEAD}/messageType", "one_of"),
    (with_file(language="dansk"), f"{DOC}/File[1]/language", "language"),
    (with_document(file=()), f"{DOC}/File", "missing"),
    (unit(10**10), f"{ATTENTION}/ProductionUnit/productionUnitNumber", "number"),
    (attention(global_location_number=GLN), f"{ATTENTION}/GlobalLocationNumber/globalLocationNumber", "number"),
]  # fmt: skip
"""Messages that the schema refuses, with the finding that must come before it."""

UNWRITABLE = [
    (with_header(label="Brev\x00"), f"{HEAD}/label", "character"),
    (with_header(label="Brev\x1b[0m"), f"{HEAD}/label", "character"),
    (with_header(label="Brev\ud800"), f"{HEAD}/label", "character"),
    (with_header(label="Brev\uffff"), f"{HEAD}/label", "character"),
    (with_header(reply_by_date_time=datetime(2026, 3, 1)), f"{HEAD}/replyByDateTime", "zone"),  # noqa: DTZ001  # what is tested
    (with_header(do_not_deliver_until_date=date(1, 1, 1)), f"{HEAD}/doNotDeliverUntilDate", "year"),
    (with_file(content=Path("findes-ikke.pdf")), f"{DOC}/File[1]/content", "file_gone"),
]
"""Messages that cannot be written at all."""


def findings(message: Message) -> tuple[Finding, ...]:
    return check_message(message, office().catalogue)


def test_a_right_message_has_no_findings() -> None:
    assert findings(MESSAGE) == ()


@pytest.mark.parametrize(("message", "severity", "place", "rule"), LET_THROUGH)
def test_what_the_schema_lets_through_is_found(message: Message, severity: Severity, place: str, rule: str) -> None:
    found = [(one.severity, one.place, one.rule) for one in findings(message)]
    assert (severity, place, rule) in found
    assert len(found) == 1


@pytest.mark.parametrize(("message", "severity", "place", "rule"), LET_THROUGH)
def test_the_schema_does_let_it_through(message: Message, severity: Severity, place: str, rule: str) -> None:
    """What makes a rule of our own needed; where it fails, the rule only says sooner what the schema says."""
    assert severity
    assert place
    if rule in {"missing", "number", "language"}:  # here, more is asked for than the schema does
        with pytest.raises(MemoError):
            write_message(message, only_shape=True)
    else:
        assert schema_errors(write_message(message, only_shape=True), "1.2") == []


@pytest.mark.parametrize(("message", "place", "rule"), REFUSED + UNWRITABLE)
def test_what_the_schema_refuses_is_said_before(message: Message, place: str, rule: str) -> None:
    assert (E, place, rule) in [(one.severity, one.place, one.rule) for one in findings(message)]
    with pytest.raises(MemoError):
        write_message(message)


def test_a_lapsed_subject_is_a_warning() -> None:
    now = office().catalogue
    lapsing = next(subject for subject in now.subjects if subject.expires)
    message = with_kle(subject_key=lapsing.number, label=lapsing.title)
    assert findings(message) == ()
    later = Catalogue(replace(now.edition, date="2099-02-01"), tuple(now), now.facets)
    assert [(one.severity, one.rule) for one in check_message(message, later)] == [(W, "kle_lapsed")]


def test_without_a_catalogue_numbers_are_not_looked_up() -> None:
    assert check_message(with_kle(subject_key="99.99.99", activity_facet="Z99")) == ()


@pytest.mark.parametrize("length", [256, 257])
@pytest.mark.parametrize("letter", ["a", "å", "😀"])
def test_lengths_are_counted_in_characters(length: int, letter: str) -> None:
    refused = [one.rule for one in findings(with_header(label=letter * length))]
    assert refused == (["too_long"] if length > 256 else [])


def test_too_large_documents_are_refused_and_large_ones_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "stor.pdf"
    for size, rules in ((74_000_000, []), (74_000_001, ["raw_size"]), (74_700_000, ["message_size"])):
        with file.open("wb") as stream:
            stream.truncate(size)
        assert [one.rule for one in findings(with_file(content=file))] == rules


def test_a_message_a_few_bytes_too_large_is_refused_when_written(tmp_path: Path) -> None:
    file = tmp_path / "stor.pdf"
    with file.open("wb") as stream:
        stream.truncate(74_624_000)
    assert [one.rule for one in findings(with_file(content=file))] == ["raw_size"]
    with pytest.raises(MemoError) as refused:
        write_message(with_file(content=file))
    assert "message_size" in {one.rule for one in refused.value.facts["findings"]}  # type: ignore[attr-defined]  # findings


def test_a_text_message_needs_no_letter() -> None:
    header = replace(HEADER, message_type="NEMSMS", notification="Husk din tid i morgen")
    message = Message(message_header=header)
    assert findings(message) == ()
    assert schema_errors(write_message(message), "1.2") == []


def test_a_technical_document_may_be_xml_and_a_letter_not() -> None:
    xml = replace(PDF, encoding_format="text/xml", filename="data.xml")
    technical = replace(MESSAGE, message_body=replace(BODY, technical_document=(TechnicalDocument(file=(xml,)),)))
    letter = replace(MESSAGE, message_body=replace(BODY, main_document=replace(DOCUMENT, file=(xml,))))
    assert findings(technical) == ()
    assert [one.rule for one in findings(letter)] == ["media_unknown"]


def test_the_official_example_breaks_the_rules_that_it_is_known_to_break() -> None:
    message = read_message(example("MeMo_Full_Example.xml"), "x").message
    errors = {(one.place, one.rule) for one in check_message(message) if one.severity is E}
    assert errors == {
        (f"{DOC}/Action[2]/endDateTime", "time_order"),
        ("MessageBody/AdditionalDocument[1]/Action[1]/endDateTime", "time_order"),
        ("MessageBody/AdditionalDocument[2]/Action[1]/endDateTime", "time_order"),
        (f"{KLE}/activityFacet", "facet_form"),
    }


def test_no_finding_shows_a_personal_number_or_obeys_a_control_character() -> None:
    message = with_action(FORM, entry_point=EntryPoint(url="http://x.example/010203-0000\x1b[31m" + "a" * 300))
    for found in findings(message):
        for language in ("da", "en"):
            said = found.what(get_texts(language)) + found.do(get_texts(language))
            assert "010203" not in said
            assert "\x1b" not in said
            assert len(said) < 400


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_rule_has_its_sentences(language: str) -> None:
    texts = get_texts(language)
    folder = Path(markup_assistant.memo.__file__).parent
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    rules = set(re.findall(r"\"([a-z0-9_]+)\"", source)) | {"cpr_form", "cvr_form"}
    said = {key.split(".")[2] for key in texts.keys() if key.startswith("memo.rule.")}  # noqa: SIM118  # no mapping
    assert said - rules == set()
    found = re.findall(r"(?:_error|\.error|_warning|_note|_wrong|finding)\([^()]*?\"([a-z0-9_]+)\"", source)
    assert len(found) > 50
    assert {*found, *re.findall(r"_WrongError\(\"(\w+)\"", source)} - said == set()
