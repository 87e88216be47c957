"""A letter with its markup becomes a message that can be sent, or says why not."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memo.messages import COMPANY, NOW, PDF, PERSON, letter, office, uuids
from tests.memo.official import schema_errors

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import ACTION_CODES, DETAILS, Action, Detail, FieldRef, Markup
from markup_assistant.memo import message as memo
from markup_assistant.memo.compose import Composition, compose
from markup_assistant.memo.content import ContentData
from markup_assistant.memo.findings import Severity, has_errors
from markup_assistant.memo.labels import letter_label, shorten
from markup_assistant.memo.markup_of import markup_of
from markup_assistant.memo.office import Addressee, Office
from markup_assistant.memo.read import read_message
from markup_assistant.memo.rules import check_message
from markup_assistant.memo.write import write_message

TEXT = """Lindeby Kommune
Pladsanvisningen

Indkaldelse til samtale om dagtilbud

Kære Mette

Vi indkalder dig til samtale fredag den 20. februar 2026 kl. 10.00 på rådhuset, lokale 2, om plads til dit barn.
Sagsnr.: 28.06.04-G01-12-26. Bilen har reg.nr. AB 12 345. Matr.nr. 12ab Tofte By, Tofte.
"""


def action(code: str, label: str = "Gør det", **details: Detail) -> Action:
    return Action(code, label, MappingProxyType(details))


MEETING = action("AFTALE", start="2026-02-20T10:00", end="2026-02-20T11:00", location="Rådhuset, lokale 2")
FORM = action("SELVBETJENING", url="https://lindeby.example/skema", deadline="2026-03-01")
BILL = action("BETALING", amount="1250.00", due="2026-07-01", url="https://lindeby.example/betal")
MARKUP = Markup("28.09.40", "G01", (MEETING, BILL, FORM), "pladsanvisningen")


def made(markup: Markup = MARKUP, text: str | Letter = TEXT, to: Addressee = PERSON, **choices: Any) -> Composition:
    source = letter(text) if isinstance(text, str) else text
    return compose(source, (PDF,), markup, to, replace(office(), **choices), uuids(), NOW)


def message_of(composition: Composition) -> memo.Message:
    assert composition.message is not None, composition.findings
    return composition.message


def actions_of(composition: Composition) -> tuple[memo.Action, ...]:
    body = message_of(composition).message_body
    assert body
    return body.main_document.action


def content_of(composition: Composition) -> ContentData:
    content = message_of(composition).message_header.content_data
    assert content
    return content


def rules(composition: Composition) -> set[str]:
    return {found.rule for found in composition.findings}


def target_of(name: str) -> Any:
    return office().organisation.units[name]


def test_a_letter_becomes_a_message_with_all_its_markup() -> None:
    composition = made()
    message = message_of(composition)
    assert composition.findings == ()
    assert message.message_header.label == "Indkaldelse til samtale om dagtilbud"
    kle = content_of(composition).kle_data
    assert kle
    assert (kle.subject_key, kle.version, kle.activity_facet) == ("28.09.40", "Februar 2026", "G01")
    assert kle.label == office().catalogue.subject("28.09.40").title
    meeting, bill, form = actions_of(composition)
    assert meeting.reservation
    assert meeting.reservation.start_date_time == datetime(2026, 2, 20, 9, tzinfo=UTC)
    assert meeting.reservation.location == "Rådhuset, lokale 2"
    assert meeting.reservation.organizer_name == target_of("pladsanvisningen").name
    assert form.end_date_time == datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC)
    assert bill.end_date_time == datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC)
    for version in ("1.1", "1.2"):
        assert schema_errors(write_message(message, version), version) == []


def test_the_same_letter_becomes_the_same_message() -> None:
    assert write_message(message_of(made())) == write_message(message_of(made()))


def test_the_message_gives_the_markup_back() -> None:
    again = read_message(write_message(message_of(made())), "x.xml").message
    assert markup_of(again, office().organisation) == MARKUP


def test_the_way_back_leads_to_case_unit_and_subject() -> None:
    message = message_of(made())
    (reply,) = message.message_header.reply_data
    unit = target_of("pladsanvisningen")
    assert message.message_header.reply is True
    assert reply.message_uuid == message.message_header.message_uuid
    assert reply.case_id == "28.06.04-G01-12-26"
    assert reply.contact_point_id == unit.contact_point
    assert [(one.label, one.value) for one in reply.additional_reply_data] == [("KLE", "28.09.40 G01")]
    assert message_of(made(may_reply=False)).message_header.reply_data == ()


def test_the_sender_is_the_unit_that_the_post_belongs_to() -> None:
    sender = message_of(made()).message_header.sender
    unit = target_of("pladsanvisningen")
    system = office().organisation.systems[unit.system]
    assert sender.contact_point
    assert sender.attention_data
    assert sender.contact_point.contact_point_id == unit.contact_point
    assert sender.contact_point.contact_group == unit.contact_group
    assert sender.attention_data.email
    assert sender.attention_data.email.email_address == unit.email
    assert sender.attention_data.content_responsible
    assert sender.attention_data.content_responsible.content_responsible_id == unit.unit_id
    assert sender.attention_data.generating_system
    assert sender.attention_data.generating_system.generating_system_id == system.system_id


def test_a_system_can_be_the_target_and_an_unknown_one_is_refused() -> None:
    markup = replace(MARKUP, target="esdh")
    message = message_of(made(markup))
    assert message.message_header.sender.contact_point is None
    assert markup_of(message, office().organisation).target == "esdh"
    refused = made(replace(MARKUP, target="findes-ikke"))
    assert refused.message is None
    assert rules(refused) == {"target_unknown"}


def test_an_empty_markup_is_a_letter_all_the_same() -> None:
    message = message_of(made(Markup(), "Hej"))
    assert message.message_header.content_data is None
    assert message.message_header.label == "Brev"
    assert markup_of(message, office().organisation) == Markup()


@pytest.mark.parametrize(
    ("local", "utc", "rule"),
    [
        ("2026-02-20T10:00", datetime(2026, 2, 20, 9, tzinfo=UTC), ""),
        ("2026-07-20T10:00", datetime(2026, 7, 20, 8, tzinfo=UTC), ""),
        ("2026-03-29T01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), ""),
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "time_missing"),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, tzinfo=UTC), ""),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "time_twice"),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, tzinfo=UTC), ""),
        ("2026-10-25T02:30:00Z", datetime(2026, 10, 25, 2, 30, tzinfo=UTC), ""),
    ],
)
def test_danish_time_becomes_utc_over_summer_time(local: str, utc: datetime, rule: str) -> None:
    composition = made(Markup(actions=(action("AFTALE", start=local, location="Rådhuset"),)))
    (meeting,) = actions_of(composition)
    assert meeting.reservation
    assert meeting.reservation.start_date_time == utc
    assert rules(composition) - {"end_assumed"} == ({rule} if rule else set())


def test_a_meeting_without_an_end_lasts_as_long_as_chosen() -> None:
    meeting = action("AFTALE", start="2026-02-20T10:00", location="Rådhuset")
    for minutes in (60, 45):
        composition = made(Markup(actions=(meeting,)), meeting_minutes=minutes)
        (one,) = actions_of(composition)
        assert one.reservation
        assert (one.reservation.end_date_time - one.reservation.start_date_time).total_seconds() == minutes * 60
        assert [(found.severity, found.rule) for found in composition.findings] == [(Severity.HINT, "end_assumed")]


def test_a_place_that_is_missing_is_said_to_be_and_not_read_back() -> None:
    meeting = action("AFTALE", start="2026-02-20T10:00", end="2026-02-20T11:00")
    composition = made(Markup(actions=(meeting,)))
    (one,) = actions_of(composition)
    assert one.reservation
    assert one.reservation.location == "Fremgår af brevet"
    assert rules(composition) == {"no_location"}
    assert markup_of(message_of(composition)).actions == (meeting,)


@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        (action("AFTALE", start="2026-02-20"), "no_time"),
        (action("AFTALE"), "no_time"),
        (action("UNDERSKRIV", deadline="2026-03-01"), "no_url"),
    ],
)
def test_what_memo_cannot_hold_is_left_out_and_said(left_out: Action, rule: str) -> None:
    composition = made(Markup(actions=(left_out, FORM)))
    assert [one.action_code for one in actions_of(composition)] == ["SELVBETJENING"]
    assert [(found.severity, found.rule) for found in composition.findings] == [(Severity.WARNING, rule)]


def test_the_municipality_can_have_an_address_for_actions_without_one() -> None:
    pay = action("BETALING", label="", amount="500.00")
    composition = made(Markup(actions=(pay,)), entry_points={"BETALING": "https://lindeby.example/betal"})
    (one,) = actions_of(composition)
    assert one.entry_point == memo.EntryPoint(url="https://lindeby.example/betal")
    assert one.label == "Betal"
    (data,) = content_of(composition).additional_content_data
    assert (data.content_data_type, data.content_data_name, data.content_data_value) == ("Betaling", "Beløb", "500.00")


@pytest.mark.parametrize(
    ("url", "written", "rule"),
    [
        ("lindeby.example/skema", "https://lindeby.example/skema", "url_completed"),
        ("http://lindeby.example/skema", "https://lindeby.example/skema", "url_http"),
        ("HTTPS://lindeby.example/skema", "https://lindeby.example/skema", ""),
        ("https://lindeby.example/spørg?a=b&c=%20d#e", "https://lindeby.example/spørg?a=b&c=%20d#e", ""),
    ],
)
def test_addresses_are_made_ones_that_digital_post_takes(url: str, written: str, rule: str) -> None:
    composition = made(Markup(actions=(action("INFORMATION", url=url),)))
    (one,) = actions_of(composition)
    assert one.entry_point == memo.EntryPoint(url=written)
    assert rules(composition) == ({rule} if rule else set())


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (replace(MARKUP, subject="28.09.99"), "kle_unknown"),
        (replace(MARKUP, subject="dagtilbud"), "kle_form"),
        (replace(MARKUP, facet="G99"), "facet_unknown"),
        (Markup(actions=(action("FOO", url="https://x.example"),)), "action_code"),
        (Markup(actions=(action("INFORMATION", url="https://x"),)), "url"),
        (Markup(actions=(action("INFORMATION", label="x" * 257, url="https://x.example"),)), "too_long"),
        (Markup(actions=(action("AFTALE", start="2026-02-20T10:00", end="2026-02-20T09:00"),)), "time_order"),
        (Markup(actions=(action("AFTALE", start="fredag kl. 10"),)), "time_unreadable"),
        (Markup(actions=(action("SELVBETJENING", url="https://x.example", deadline="snart"),)), "time_unreadable"),
        (Markup(actions=(action("AFTALE", start=FieldRef("MoedeDato")),)), "field_open"),
    ],
)
def test_what_would_be_wrong_is_refused(wrong: Markup, rule: str) -> None:
    composition = made(wrong)
    assert composition.message is None
    assert (Severity.ERROR, rule) in {(found.severity, found.rule) for found in composition.findings}


def test_a_facet_without_a_subject_is_said() -> None:
    assert rules(made(Markup(facet="G01"))) == {"facet_alone"}


def test_the_numbers_of_the_letter_stand_in_the_content_data() -> None:
    content = content_of(made())
    assert content.case_id
    assert (content.case_id.case_id, content.case_id.case_system) == ("28.06.04-G01-12-26", "Pladssystemet")
    assert content.motor_vehicle
    assert content.motor_vehicle.license_number == "AB12345"
    assert content.property_number
    assert content.property_number.property_number == "12ab Tofte By, Tofte"


def test_nobody_elses_personal_number_is_sent_on() -> None:
    own = content_of(made(text="Vedr. dig, cpr-nr. 010203-0000, og dit barn 310215-9999"))
    assert own.cpr_data
    assert (own.cpr_data.cpr_number, own.cpr_data.name) == ("0102030000", "Mette Eksempel")
    assert content_of(made(text="Vedr. dit barn, cpr-nr. 310215-9999")).cpr_data is None
    assert content_of(made(text="Vedr. cpr-nr. 010203-0000", to=COMPANY)).cpr_data is None


def test_a_company_is_the_recipient_or_the_only_other_one() -> None:
    own, other, third = "12345678", "29189846", "25313763"
    one = content_of(made(text=f"CVR-nr. {own}. Til virksomheden med CVR-nr. {other}."))
    assert one.cvr_data
    assert one.cvr_data.cvr_number == other
    assert content_of(made(text=f"CVR-nr. {other} og CVR-nr. {third}")).cvr_data is None
    to = Addressee(third, "CVR", "Eksempel ApS")
    chosen = content_of(made(text=f"CVR-nr. {other} og CVR-nr. {third}", to=to)).cvr_data
    assert chosen
    assert (chosen.cvr_number, chosen.company_name) == (third, "Eksempel ApS")
    assert content_of(made(text=f"CVR-nr. {other}", cvr=other)).cvr_data is None


def test_of_several_numbers_none_is_chosen() -> None:
    composition = made(text="Biler med reg.nr. AB 12 345 og reg.nr. CD 67 890.")
    assert content_of(composition).motor_vehicle is None
    assert rules(composition) == {"several"}


def test_a_case_number_with_a_personal_number_is_left_out() -> None:
    composition = made(text="Sagsnr. 010203-0000-12")
    assert content_of(composition).case_id is None
    assert rules(composition) == {"case_cpr"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (TEXT, "Indkaldelse til samtale om dagtilbud"),
        ("Vedr.: ophør af kontanthjælp\n\nKære Mette\n\nDin hjælp ophører.", "Ophør af kontanthjælp"),
        ("Sag om 010203-0000\n\nKære Mette\n\nDin hjælp ophører.", "Emnets titel"),
        ("Møde om {{barn}}\n\nKære Mette\n\nVi skal mødes.", "Møde om Ida"),
        ("Møde om {{ukendt}}\n\nKære Mette\n\nVi skal mødes.", "Emnets titel"),
        ("", "Emnets titel"),
    ],
)
def test_the_label_is_the_heading_of_the_letter(text: str, label: str) -> None:
    assert letter_label(letter(text), {"barn": "Ida"}, "Emnets titel") == label


def test_a_label_is_shortened_between_words() -> None:
    assert shorten("Afgørelse om " + "meget " * 40) == "Afgørelse om " + "meget " * 18 + "meget…"
    assert len(shorten("x" * 300)) == 128


WORDS = st.text(max_size=30) | st.just("x" * 10_000) | st.sampled_from(["", "\x00", "😀" * 256, "\ud800", "a\r\nb"])
TIMES = st.datetimes().map(lambda moment: moment.isoformat()) | st.dates().map(str) | WORDS
URLS = st.just("https://x.example/") | WORDS.map(lambda word: f"https://x.example/{word}") | WORDS
SENSE = {
    "start": "2026-03-05T10:30",
    "end": "2026-03-05T11:30",
    "location": "Rådhuset",
    "amount": "500.00",
    "url": "https://lindeby.example/betal",
} | dict.fromkeys(("due", "deadline"), "2026-04-01")
VALUES = {"url": URLS, "location": WORDS, "amount": WORDS} | dict.fromkeys(("start", "end", "deadline", "due"), TIMES)


@st.composite
def markups(draw: st.DrawFn) -> Markup:
    """Markup with anything in a few of its places, sense in the others."""
    wild = draw(st.sets(st.sampled_from(["subject", "facet", "label", "code", *VALUES]), max_size=2))
    made_actions = []
    for code in draw(st.lists(st.sampled_from(ACTION_CODES), max_size=3, unique=True)):
        names = draw(st.lists(st.sampled_from(DETAILS[code]), unique=True))
        details = {name: draw(VALUES[name]) if name in wild else SENSE[name] for name in names}
        label = draw(WORDS) if "label" in wild else "Gør det"
        made_actions.append(Action("FOO" if "code" in wild else code, label, MappingProxyType(details)))
    return Markup(
        subject=draw(st.sampled_from(["00", "99.99.99"]) | WORDS) if "subject" in wild else "28.09.40",
        facet=draw(st.just("X99") | WORDS) if "facet" in wild else draw(st.sampled_from(["", "G01"])),
        actions=tuple(made_actions),
        target=draw(st.sampled_from(["", "pladsanvisningen", "esdh", "pladsanvisningen", "?"])),
    )


LETTERS = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n"), max_size=200)


@given(markups(), LETTERS, st.just("Mette Eksempel") | WORDS, st.sampled_from(["1.1", "1.2"]))
@settings(deadline=None, max_examples=400)
def test_any_markup_gives_a_valid_message_or_a_reason(markup: Markup, text: str, name: str, version: str) -> None:
    composition = made(markup, letter(text), replace(PERSON, name=name), version=version)
    assert all(found.what() and found.do() for found in composition.findings)
    if composition.message is None:
        assert has_errors(composition.findings)
        return
    xml = write_message(composition.message)
    assert schema_errors(xml, version) == []
    again = read_message(xml, "x.xml")
    assert again.findings == ()
    assert not has_errors(check_message(again.message, office().catalogue))


def test_an_office_needs_nothing_but_who_it_is() -> None:
    plain = Office("12345678", "Lindeby Kommune", office().catalogue, office().organisation)
    text = "Brev om en sag\n\nSagsnr.: 12-34"
    composition = compose(letter(text), (PDF,), Markup("28.09.40"), PERSON, plain, uuids(), NOW)
    assert rules(composition) == {"case_system"}
