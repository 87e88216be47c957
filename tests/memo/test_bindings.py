"""A template and a row of values become the markup of one recipient's letter."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.memo.messages import NOW, PDF, PERSON, letter, office, uuids

from markup_assistant.markup import Action, Detail, FieldRef, Markup
from markup_assistant.memo.bindings import Binding, bindings_of, fill, shown_fields
from markup_assistant.memo.compose import compose


def template(code: str, **details: Detail) -> Markup:
    return Markup("28.09.40", "G01", (Action(code, "Gør det", MappingProxyType(details)),))


def filled(code: str, row: dict[str, str], **details: Detail) -> dict[str, Detail]:
    done = fill(template(code, **details), row)
    assert done.findings == ()
    return dict(done.markup.actions[0].details)


def test_a_template_lists_which_field_fills_which_element() -> None:
    markup = template("AFTALE", start=FieldRef("MoedeDato", "MoedeTid"), location="Rådhuset")
    (binding,) = bindings_of(markup)
    element = "MessageBody/MainDocument/Action[AFTALE]/Reservation/startDateTime"
    assert binding == Binding("AFTALE", "start", element, "MoedeDato", "MoedeTid")
    assert binding.row() == {
        "action": "AFTALE",
        "detail": "start",
        "element": element,
        "field": "MoedeDato",
        "time": "MoedeTid",
    }


@pytest.mark.parametrize(
    ("day", "clock", "start"),
    [
        ("5. marts 2026", "10.30", "2026-03-05T10:30"),
        ("05-03-2026", "kl. 10.30", "2026-03-05T10:30"),
        ("05.03.2026", "10:30", "2026-03-05T10:30"),
        ("5/3-2026", "9", "2026-03-05T09:00"),
        ("torsdag den 5. marts 2026", "klokken halv ti", "2026-03-05T09:30"),
        ("2026-03-05", "10:30:00", "2026-03-05T10:30"),
        ("2026-03-05T00:00:00", "08.00", "2026-03-05T08:00"),
    ],
)
def test_a_day_and_a_time_of_day_in_two_fields(day: str, clock: str, start: str) -> None:
    row = {"moededato": day, "moedetid": clock}
    assert filled("AFTALE", row, start=FieldRef("MoedeDato", "MoedeTid")) == {"start": start}


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("5. marts 2026 kl. 10.30", "2026-03-05T10:30"),
        ("torsdag den 5. marts 2026 klokken 14", "2026-03-05T14:00"),
        ("2026-03-05T10:30", "2026-03-05T10:30"),
        ("2026-03-05 10:30:00", "2026-03-05T10:30"),
    ],
)
def test_a_day_and_a_time_of_day_in_one_field(written: str, start: str) -> None:
    assert filled("AFTALE", {"tidspunkt": written}, start=FieldRef("Tidspunkt")) == {"start": start}


def test_a_period_gives_the_end_too() -> None:
    row = {"dato": "5. marts 2026", "tid": "10.30-11.15"}
    done = filled("AFTALE", row, start=FieldRef("Dato", "Tid"))
    assert done == {"start": "2026-03-05T10:30", "end": "2026-03-05T11:15"}


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.250,50 kr.", "1250.50"),
        ("1.250,50", "1250.50"),
        ("kr. 500,-", "500.00"),
        ("500", "500.00"),
        ("1250.5", "1250.50"),
        ("2.520 kroner", "2520.00"),
    ],
)
def test_an_amount(written: str, amount: str) -> None:
    assert filled("BETALING", {"beloeb": written}, amount=FieldRef("Beloeb")) == {"amount": amount}


def test_deadlines_places_and_addresses() -> None:
    row = {"frist": "1. april 2026", "link": "www.lindeby.example/x", "sted": "Skolegade 3"}
    assert filled("TILMELDING", row, url=FieldRef("Link"), deadline=FieldRef("Frist")) == {
        "url": "www.lindeby.example/x",
        "deadline": "2026-04-01",
    }
    assert filled("BETALING", {"frist": "1. april 2026 kl. 12"}, due=FieldRef("Frist")) == {"due": "2026-04-01T12:00"}
    meeting = filled("AFTALE", row, start="2026-03-05T10:00", location=FieldRef("Sted"))
    assert meeting["location"] == "Skolegade 3"


def test_a_field_inside_an_address_is_filled() -> None:
    source = letter("Udfyld skemaet på https://lindeby.example/skema/{{Id}} inden fristen.")
    shown = shown_fields(source)
    markup = template("SELVBETJENING", url="https://lindeby.example/skema/{{Id}}")
    assert fill(markup, {"id": "42"}, shown).markup.actions[0].details["url"] == "https://lindeby.example/skema/42"
    missing = fill(markup, {}, shown)
    assert [(found.rule, found.facts["field"]) for found in missing.findings] == [("value_missing", "Id")]
    assert missing.markup.actions[0].details["url"] == FieldRef("Id")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({}, "value_missing"),
        ({"dato": "  "}, "value_missing"),
        ({"dato": "5. marts 2026"}, "value_missing"),
        ({"dato": "snart", "tid": "10"}, "value_unreadable"),
        ({"dato": "5. marts", "tid": "10"}, "value_unreadable"),
        ({"dato": "5. marts 2026", "tid": "om morgenen"}, "value_unreadable"),
        ({"dato": "31-02-2026", "tid": "10"}, "value_unreadable"),
    ],
)
def test_a_value_that_is_missing_or_unreadable_is_named_and_no_message_made(row: dict[str, str], rule: str) -> None:
    done = fill(template("AFTALE", start=FieldRef("Dato", "Tid")), row)
    assert [found.rule for found in done.findings] == [rule]
    assert done.findings[0].what()
    source = letter("Brev")
    assert compose(source, (PDF,), done.markup, PERSON, office(), uuids(), NOW).message is None


def test_a_template_becomes_a_message_for_each_recipient() -> None:
    source = letter("Samtale om {{Barn}}\n\nKære {{Navn}}\n\nVi ses den {{Dato}} kl. {{Tid}}.")
    markup = template("AFTALE", start=FieldRef("Dato", "Tid"), location="Rådhuset")
    for day, written in (("5. marts 2026", "2026-03-05T09:30"), ("6. marts 2026", "2026-03-06T09:30")):
        row = {"dato": day, "tid": "10.30", "barn": "Ida"}
        to = replace(PERSON, values=row)
        message = compose(source, (PDF,), fill(markup, row).markup, to, office(), uuids(), NOW).message
        assert message
        assert message.message_body
        assert message.message_header.label == "Samtale om Ida"
        booked = message.message_body.main_document.action[0].reservation
        assert booked
        assert booked.start_date_time.isoformat().startswith(written)


@given(st.dictionaries(st.sampled_from(["dato", "tid", "beloeb", "link"]), st.text(max_size=30)))
def test_any_row_gives_markup_or_a_reason(row: dict[str, str]) -> None:
    markup = Markup(
        actions=(
            Action("AFTALE", "a", MappingProxyType({"start": FieldRef("Dato", "Tid")})),
            Action("BETALING", "b", MappingProxyType({"amount": FieldRef("Beloeb"), "url": FieldRef("Link")})),
        )
    )
    done = fill(markup, row)
    still_open = {
        value.field
        for action in done.markup.actions
        for value in action.details.values()
        if isinstance(value, FieldRef)
    }
    assert bool(still_open) == bool(done.findings)
