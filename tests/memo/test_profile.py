"""Profiles say what a municipality asks for, and a wrong one says where it is wrong."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.memo.messages import MEETING, MESSAGE, NOW, PDF, PERSON, letter, office, uuids, with_document, with_header

from markup_assistant.errors import ProfileError, ProfileFileError
from markup_assistant.markup import Action, FieldRef, Markup
from markup_assistant.memo.compose import compose
from markup_assistant.memo.findings import Severity
from markup_assistant.memo.message import Message
from markup_assistant.memo.profile import check_profile, load_profile, profile_names
from markup_assistant.texts import get_texts

DOC = "MessageBody/MainDocument"


def lacking(thing: Message | Markup, name: str) -> dict[str, Severity]:
    return {found.place: found.severity for found in check_profile(thing, load_profile(name))}


def write(folder: Path, text: str, name: str = "egen.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_that_comes_along_can_be_read_and_has_a_title(name: str) -> None:
    assert load_profile(name).fields
    for language in ("da", "en"):
        assert get_texts(language)(f"memo.profile.{name}")


def test_the_profiles_are_those_of_the_usual_letters() -> None:
    assert profile_names() == ("appointment", "minimum", "payment", "self-service", "to-authorities")


def test_a_message_is_asked_for_what_it_lacks() -> None:
    assert lacking(MESSAGE, "minimum") == {
        "MessageHeader/Sender/ContactPoint": Severity.WARNING,
        "MessageHeader/Recipient/label": Severity.HINT,
        "MessageHeader/ContentData/CaseID": Severity.HINT,
        "MessageHeader/ReplyData": Severity.HINT,
    }
    assert lacking(with_header(content_data=None), "minimum")["MessageHeader/ContentData/KLEdata"] is Severity.ERROR


def test_an_action_that_is_not_there_is_asked_for_once() -> None:
    found = lacking(with_document(action=()), "payment")
    assert [place for place in found if "BETALING" in place] == [f"{DOC}/Action[BETALING]"]


def test_each_action_of_a_code_is_asked() -> None:
    assert MEETING.reservation
    plain = replace(MEETING, reservation=replace(MEETING.reservation, organizer_mail="", organizer_name=""))
    found = lacking(with_document(action=(MEETING, plain, plain)), "appointment")
    assert {place: level for place, level in found.items() if "Action" in place} == {
        f"{DOC}/Action[2]/Reservation/organizerName": Severity.WARNING,
        f"{DOC}/Action[3]/Reservation/organizerName": Severity.WARNING,
        f"{DOC}/Action[2]/Reservation/organizerMail": Severity.HINT,
        f"{DOC}/Action[3]/Reservation/organizerMail": Severity.HINT,
    }


def test_a_letter_with_all_its_markup_fulfils_the_profile() -> None:
    meeting = Action(
        "AFTALE",
        "Kom",
        MappingProxyType({"start": "2026-02-20T10:00", "end": "2026-02-20T11:00", "location": "Rådhuset"}),
    )
    markup = Markup("28.09.40", "G01", (meeting,), "pladsanvisningen")
    made = compose(letter("Brev\n\nSagsnr. 12-34"), (PDF,), markup, PERSON, office(), uuids(), NOW).message
    assert made
    assert lacking(made, "appointment") == {}
    assert lacking(markup, "appointment") == {}


def test_markup_is_asked_only_for_what_markup_says() -> None:
    assert lacking(Markup(), "appointment") == {
        "MessageHeader/Sender/ContactPoint": Severity.WARNING,
        "MessageHeader/ContentData/KLEdata": Severity.ERROR,
        "MessageHeader/ContentData/KLEdata/activityFacet": Severity.WARNING,
        f"{DOC}/Action[AFTALE]": Severity.ERROR,
    }
    meeting = Action("AFTALE", "Kom", MappingProxyType({"start": FieldRef("MoedeDato")}))
    assert lacking(Markup("28.09.40", "G01", (meeting,), "plads"), "appointment") == {
        f"{DOC}/Action[AFTALE]/Reservation/endDateTime": Severity.WARNING,
        f"{DOC}/Action[AFTALE]/Reservation/location": Severity.ERROR,
    }


def test_a_municipality_can_change_and_add(tmp_path: Path) -> None:
    text = (
        "extends: minimum\nfields:\n  MessageHeader/ContentData/CaseID: error\n  MessageHeader/messageCode: warning\n"
    )
    profile = load_profile(write(tmp_path, text))
    assert profile.name == "egen"
    assert profile.fields["MessageHeader/ContentData/CaseID"] is Severity.ERROR
    assert profile.fields["MessageHeader/messageCode"] is Severity.WARNING
    assert profile.fields["MessageHeader/label"] is Severity.ERROR
    write(tmp_path, "extends: egen\n", "afdeling.yaml")
    assert load_profile(tmp_path / "afdeling.yaml").fields == profile.fields


@pytest.mark.parametrize(
    ("text", "line", "key", "known"),
    [
        ("felter:\n  a: error\n", 1, "felter", "fields"),
        ("fields:\n  MessageHeader/labl: error\n", 2, "MessageHeader/labl", "MessageHeader/label"),
        ("fields:\n\n  MessageHeader/label: fejl\n", 3, "fejl", "warning"),
        ("fields:\n  MessageBody/MainDocument/Action[MOEDE]: error\n", 2, "Action[MOEDE]", "Action[AFTALE]"),
        ("fields:\n  MessageHeader/label: [error]\n", 2, "[…]", "warning"),
        ("fields:\n  MessageHeader/label: error\n  MessageHeader/label: hint\n", 3, "MessageHeader/label", "label"),
        ("fields: [a]\n", 1, "[…]", "MessageHeader/label"),
        ("extends: ukendt\n", 1, "ukendt", "minimum"),
        ("extends: egen\n", 1, "egen", "minimum"),
        ("- a\n", 1, "[…]", "fields"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_is_right(
    tmp_path: Path, text: str, line: int, key: str, known: str
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(ProfileError) as wrong:
        load_profile(file)
    assert wrong.value.facts["line"] == line
    assert key in str(wrong.value.facts["key"])
    assert known in str(wrong.value.facts["known"])
    assert str(file) in wrong.value.what()


NO_YAML = {
    "open": b"fields: {\n",
    "no-utf8": b"\xff\xfe\x00",
    "unknown-alias": b"a: &a [*a]\nb: *c\n",
    "deep": b"[" * 5000,
    "long": b"x" * 200_001,
}


@pytest.mark.parametrize("content", NO_YAML.values(), ids=NO_YAML)
def test_a_file_that_is_no_yaml_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "egen.yaml"
    file.write_bytes(content)
    with pytest.raises(ProfileError):
        load_profile(file)


def test_a_profile_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileFileError):
        load_profile(tmp_path / "ingen.yaml")
