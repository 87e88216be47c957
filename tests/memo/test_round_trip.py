"""Messages written and read again are the same, whoever wrote them, and never invalid."""

import base64
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.memo.messages import (
    BODY,
    DOCUMENT,
    FORM,
    HEADER,
    MESSAGE,
    NOW,
    PDF,
    with_document,
    with_file,
    with_header,
    with_reservation,
)
from tests.memo.official import EXAMPLES, example, schema_errors

from markup_assistant.errors import AssistantError, DamagedError, ForbiddenContentError, MemoError, TooLargeError
from markup_assistant.memo.findings import has_errors
from markup_assistant.memo.message import AdditionalDocument, EntryPoint, Message, TechnicalDocument
from markup_assistant.memo.parties import Representative
from markup_assistant.memo.read import read_message
from markup_assistant.memo.rules import check_message
from markup_assistant.memo.shape import check_shape
from markup_assistant.memo.write import message_chunks, write_message

FULL = b"""<memo:Message xmlns:memo="https://DigitalPost.dk/MeMo-1" memoVersion="%s"><memo:MessageHeader>
<memo:messageType>DIGITALPOST</memo:messageType><memo:messageUUID>a97ca8c8-86c2-4078-a44d-55ed33b077d5</memo:messageUUID>
<memo:label>%s</memo:label>%s<memo:Sender><memo:senderID>12345678</memo:senderID><memo:idType>CVR</memo:idType>
<memo:label>Lindeby</memo:label></memo:Sender><memo:Recipient><memo:recipientID>0102030000</memo:recipientID>
<memo:idType>CPR</memo:idType></memo:Recipient></memo:MessageHeader></memo:Message>"""


def xml_message(version: bytes = b"1.2", label: bytes = b"Brev", more: bytes = b"") -> bytes:
    return FULL % (version, label, more)


def content(xml: bytes) -> str:
    """What XML says, whatever its white space between elements and its prefixes that nobody uses."""
    return str(etree.canonicalize(etree.fromstring(xml), strip_text=True))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_official_example_is_written_again_as_it_was(name: str) -> None:
    original = example(name)
    reading = read_message(original, name)
    assert reading.findings == ()
    written = write_message(reading.message, only_shape=True)
    assert content(written) == content(original)
    assert schema_errors(written, "1.2") == []


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_message_is_valid_and_reads_back_as_it_was(version: str) -> None:
    everything = replace(
        MESSAGE,
        memo_version=version,
        message_header=replace(HEADER, mandatory=False, legal_notification=False, reply=True),
        message_body=replace(
            BODY,
            additional_document=(AdditionalDocument(label="Bilag", file=(PDF, PDF), action=(FORM,)),),
            technical_document=(TechnicalDocument(file=(replace(PDF, encoding_format="text/xml"),)),),
        ),
    )
    xml = write_message(everything)
    assert schema_errors(xml, version) == []
    assert read_message(xml, "x.xml").message == everything


def test_version_1_1_says_its_schema_and_both_flags() -> None:
    old, new = write_message(MESSAGE, "1.1"), write_message(MESSAGE, "1.2")
    assert b'memoVersion="1.1" memoSchVersion="1.1.0"' in old
    assert b"<memo:mandatory>false</memo:mandatory>" in old
    assert b"<memo:legalNotification>false</memo:legalNotification>" in old
    assert b"mandatory" not in new
    assert b"memoSchVersion" not in new


def test_what_only_1_2_has_is_not_written_as_1_1() -> None:
    agent = Representative(representative_id="87654321", id_type="CVR")
    message = with_header(sender=replace(HEADER.sender, representative=agent))
    assert schema_errors(write_message(message, "1.2"), "1.2") == []
    with pytest.raises(MemoError) as refused:
        write_message(message, "1.1")
    findings = refused.value.facts["findings"]
    assert isinstance(findings, tuple)
    assert [(found.place, found.rule) for found in findings] == [("MessageHeader/Sender/Representative", "since")]


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(MemoError):
        write_message(MESSAGE, "1.3")
    assert [found.rule for found in read_message(xml_message(b"1.3"), "x").findings] == ["version"]
    assert read_message(xml_message(b"1.20"), "x").findings == ()


@pytest.mark.parametrize(
    ("local", "written"),
    [
        (datetime(2026, 1, 20, 10, tzinfo=ZoneInfo("Europe/Copenhagen")), b"2026-01-20T09:00:00Z"),
        (datetime(2026, 7, 20, 10, tzinfo=ZoneInfo("Europe/Copenhagen")), b"2026-07-20T08:00:00Z"),
        (datetime(2026, 7, 20, 0, 30, 59, 999999, tzinfo=timezone(timedelta(hours=2))), b"2026-07-19T22:30:59Z"),
    ],
)
def test_times_are_written_in_utc_and_whole_seconds(local: datetime, written: bytes) -> None:
    message = replace(
        MESSAGE, message_body=replace(BODY, created_date_time=local, main_document=replace(DOCUMENT, action=()))
    )
    assert b"<memo:createdDateTime>" + written in write_message(message)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"2026-03-01T10:00:00Z", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        (b" 2026-03-01T10:00:00.5Z\n", datetime(2026, 3, 1, 10, 0, 0, 500000, tzinfo=UTC)),
        (b"2026-03-01T10:00:00.123456789Z", datetime(2026, 3, 1, 10, 0, 0, 123456, tzinfo=UTC)),
        (b"2026-02-28T24:00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_every_way_to_write_a_time_is_read(written: bytes, read: datetime) -> None:
    xml = xml_message(more=b"<memo:replyByDateTime>" + written + b"</memo:replyByDateTime>")
    assert schema_errors(xml, "1.2") == []
    assert read_message(xml, "x").message.message_header.reply_by_date_time == read


@pytest.mark.parametrize(
    ("more", "place", "rule"),
    [
        (b"<memo:replyByDateTime>2026-03-01T10:00:00+01:00</memo:replyByDateTime>", "replyByDateTime", "time_zone"),
        (b"<memo:replyByDateTime>i morgen</memo:replyByDateTime>", "replyByDateTime", "time_form"),
        (b"<memo:replyByDateTime>2026-02-30T10:00:00Z</memo:replyByDateTime>", "replyByDateTime", "time_form"),
        (b"<memo:doNotDeliverUntilDate>1/3</memo:doNotDeliverUntilDate>", "doNotDeliverUntilDate", "day_form"),
        (b"<memo:reply>ja</memo:reply>", "reply", "flag_form"),
        (b"<memo:farve>gul</memo:farve>", "", "unknown_element"),
        (
            b"<memo:notification>a</memo:notification><memo:notification>b</memo:notification>",
            "notification",
            "too_many",
        ),
        (b"<memo:postType>X</memo:postType><memo:reply>true</memo:reply>", "reply", "order"),
    ],
)
def test_what_a_message_may_not_say_is_named_with_its_place(more: bytes, place: str, rule: str) -> None:
    xml = xml_message(more=more)
    assert schema_errors(xml, "1.2") != []
    assert [(found.place, found.rule) for found in read_message(xml, "x").findings] == [
        (f"MessageHeader/{place}".rstrip("/"), rule)
    ]


def test_a_message_without_what_it_needs_is_refused_with_the_reason() -> None:
    xml = xml_message().replace(b"<memo:idType>CPR</memo:idType>", b"").replace(b"Recipient>", b"Modtager>")
    with pytest.raises(MemoError) as refused:
        read_message(xml, "x")
    assert refused.value.facts["place"] == "MessageHeader"
    with pytest.raises(MemoError):
        read_message(b"<html/>", "x")


def test_a_missing_text_is_a_finding_of_the_message() -> None:
    message = read_message(xml_message(label=b""), "x").message
    assert [(found.place, found.rule) for found in check_shape(message)] == [("MessageHeader/label", "missing")]


@pytest.mark.parametrize(
    ("xml", "error"),
    [
        (b'<!DOCTYPE m [<!ENTITY a "x">]>' + xml_message(label=b"&a;"), ForbiddenContentError),
        (b'<!DOCTYPE m SYSTEM "http://x.example/x.dtd">' + xml_message(), ForbiddenContentError),
        (xml_message()[:-20], DamagedError),
        (b"", DamagedError),
        (xml_message(more=b"<a/>" * 400_001), TooLargeError),
        (b" " * 99_500_001, TooLargeError),
    ],
    ids=["entity", "external", "cut", "empty", "many-elements", "long"],
)
def test_hostile_files_are_named_errors(xml: bytes, error: type[AssistantError]) -> None:
    with pytest.raises(error):
        read_message(xml, "x.xml")


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_a_message_or_a_named_error(data: bytes) -> None:
    try:
        read_message(data, "x.xml")
    except AssistantError as error:
        assert str(error)  # noqa: PT017  # whatever it is, it must say something


def test_large_documents_survive_the_way_out_and_back(tmp_path: Path) -> None:
    raw = bytes(range(256)) * 70_000  # 17.9 MB: more XML than a letter may have
    file = tmp_path / "stor.pdf"
    file.write_bytes(raw)
    message = with_document(file=(replace(PDF, content=file), replace(PDF, content=raw), PDF))
    xml = write_message(message)
    assert schema_errors(xml, "1.2") == []
    body = read_message(xml, "x.xml").message.message_body
    assert body
    assert [one.content for one in body.main_document.file] == [raw, raw, PDF.content]


def test_a_file_is_encoded_while_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "stor.pdf"
    file.write_bytes(b"x" * 30_000_000)
    message = with_file(content=file)
    tracemalloc.start()
    size = sum(len(chunk) for chunk in message_chunks(message))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 40_000_000
    assert peak < 5_000_000


def test_a_long_text_is_no_document() -> None:
    """Long runs are lifted out before parsing, wherever they stand: a label of 5,000 letters is still too long."""
    long = read_message(xml_message(label=b"a" * 5000), "x").message
    assert long.message_header.label == "a" * 5000
    assert [found.rule for found in check_shape(long)] == ["too_long"]
    message = replace(with_file(content=b"x" * 9000), message_header=replace(HEADER, label="long-run 0"))
    assert read_message(write_message(message), "x").message.message_header.label == "long-run 0"


@pytest.mark.parametrize("spoilt", [b"QUJD*", b"QUJ", b"QQ==QQ=="])
def test_a_document_that_is_no_base64_is_named(spoilt: bytes) -> None:
    xml = write_message(with_file(content=b"ABC" * 3000))
    good = base64.b64encode(b"ABC" * 3000)
    for wrong in (spoilt, good + spoilt):
        findings = read_message(xml.replace(good, wrong), "x.xml").findings
        assert [(found.place, found.rule) for found in findings] == [
            ("MessageBody/MainDocument/File[1]/content", "base64_form")
        ]


TEXTS = st.text(max_size=40) | st.text(st.characters(categories=["Cs", "Cc", "Co", "Cn", "So", "Lu"]), max_size=12)
LONG = st.integers(1, 600).map(lambda length: "å" * length)


PLACES = ("label", "note", "url", "action", "moment", "language", "name", "number")


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """A message with anything a program could put there in a few of its places, sense in the others."""
    wild = draw(st.sets(st.sampled_from(PLACES), max_size=2))

    def value(place: str, sense: Any, anything: st.SearchStrategy[Any]) -> Any:
        return draw(anything) if place in wild else sense

    start = draw(st.sampled_from(["https://x.example/", "https://x.example", "http://", "", "x:"]))
    action = replace(
        FORM,
        label=value("action", "Udfyld", TEXTS | LONG),
        entry_point=EntryPoint(url=value("url", "https://x.example/", (TEXTS | LONG).map(lambda text: start + text))),
        end_date_time=value("moment", NOW, st.datetimes() | st.datetimes(timezones=st.just(UTC))),
    )
    name = value("name", "Lindeby", TEXTS)
    file = replace(PDF, filename=name, language=value("language", "da", st.text(max_size=3)))
    sender = replace(HEADER.sender, sender_id=value("number", "12345678", st.text(max_size=10)), label=name)
    label = value("label", "Brev", TEXTS | LONG | st.just("x" * 10_000))
    note = value("note", "", TEXTS | LONG)
    return replace(
        with_document(label=note, file=(file,), action=(action,)),
        message_header=replace(HEADER, label=label, notification=note, sender=sender),
        memo_version=draw(st.sampled_from(["1.1", "1.2"])),
    )


@given(messages(), st.booleans())
@settings(deadline=None, max_examples=500)
def test_no_message_is_ever_written_invalid(message: Message, only_shape: bool) -> None:
    try:
        xml = write_message(message, only_shape=only_shape)
    except MemoError as refused:
        findings = refused.facts["findings"]
        assert isinstance(findings, tuple)
        assert all(found.what() and found.do() for found in findings)
        return
    assert schema_errors(xml, message.memo_version) == []
    assert only_shape or not has_errors(check_message(message))
    again = read_message(xml, "x.xml")
    assert again.findings == ()
    assert again.message.message_header.label == message.message_header.label


def test_a_message_crosses_a_process_border() -> None:
    import pickle

    assert pickle.loads(pickle.dumps(MESSAGE)) == MESSAGE  # noqa: S301  # made a line above
    with pytest.raises(MemoError) as refused:
        write_message(with_reservation(location=""))
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301  # made a line above
    assert str(again) == str(refused.value)
    assert isinstance(MESSAGE, Message)
