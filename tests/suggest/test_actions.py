"""What the recipient can do: codes, labels and details, in sentences and letters written for these tests."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup_assistant.letters.builder import clean
from markup_assistant.letters.letter import Letter, Link
from markup_assistant.letters.placeholders import find_placeholders
from markup_assistant.letters.read import read_bytes
from markup_assistant.letters.text import letter_of
from markup_assistant.markup import ACTION_CODES, DETAILS, Action, Detail, FieldRef
from markup_assistant.suggest.actions import suggest_actions
from markup_assistant.suggest.bindings import Role, name_roles

HEAD = "Lindeby Kommune\nDato: 2. februar 2026\n\nKære Ib\n\n"


def actions(text: str) -> dict[str, Action]:
    read = read_bytes((HEAD + text).encode(), ".txt")
    return {suggestion.value.code: suggestion.value for suggestion in suggest_actions(read)}


CASES: list[tuple[str, str, Mapping[str, Detail]]] = [
    (
        "Vi indkalder dig til samtale torsdag den 5. marts 2026 kl. 10.00-11.30 på Rådhuset, lokale 2.",
        "AFTALE",
        {"start": "2026-03-05T10:00", "end": "2026-03-05T11:30", "location": "Rådhuset, lokale 2"},
    ),
    (
        "Du inviteres til møde:\n\nTid: 5/3-26 kl. 9\nSted: Biblioteket, 1. sal",
        "AFTALE",
        {"start": "2026-03-05T09:00", "location": "Biblioteket, 1. sal"},
    ),
    (
        "Vi kommer på besøg d. 5.3.2026, kl. halv ti.",
        "AFTALE",
        {"start": "2026-03-05T09:30"},
    ),
    (
        "Mødet holdes den {{moede.dato}} kl. {{moede.start}}-{{moede.slut}} i {{moede.lokale}}.",
        "AFTALE",
        {
            "start": FieldRef("moede.dato", "moede.start"),
            "end": FieldRef("moede.dato", "moede.slut"),
            "location": FieldRef("moede.lokale"),
        },
    ),
    (
        "Du skal betale 1.234,50 kr. senest den 1. marts 2026.",
        "BETALING",
        {"amount": "1234.50", "due": "2026-03-01"},
    ),
    (
        "Faktura 4711\n\nMad    1.029,00\nBiret   210,00\nAt betale 1.239,00 kr.\n\nForfalder 2. marts 2026.",
        "BETALING",
        {"amount": "1239.00", "due": "2026-03-02"},
    ),
    (
        "Betal regningen på «Beloeb» kr. senest «Forfaldsdato» på «BetalLink».",
        "BETALING",
        {"amount": FieldRef("Beloeb"), "due": FieldRef("Forfaldsdato"), "url": FieldRef("BetalLink")},
    ),
    (
        "Du skal søge om forlængelse på https://www.lindeby.example/soeg senest den 15. april 2026.",
        "SELVBETJENING",
        {"url": "https://www.lindeby.example/soeg", "deadline": "2026-04-15"},
    ),
    (
        "Udfyld skemaet på [SkemaLink] inden [Svarfrist].",
        "SELVBETJENING",
        {"url": FieldRef("SkemaLink"), "deadline": FieldRef("Svarfrist")},
    ),
    (
        "Vi beder dig underskrive kontrakten og sende den retur senest den 20. februar 2026.",
        "UNDERSKRIV",
        {"deadline": "2026-02-20"},
    ),
    (
        "Giv os besked senest fredag den 6. marts, om du tager imod pladsen.",
        "BEKRAEFT",
        {"deadline": "2026-03-06"},
    ),
    (
        "Tilmeld jer borgermødet på www.lindeby.example/tilmeld senest 1/3-2026.",
        "TILMELDING",
        {"url": "www.lindeby.example/tilmeld", "deadline": "2026-03-01"},
    ),
    ("Medbring gyldig legitimation og dit sundhedskort.", "FORBEREDELSE", {}),
    (
        "Læs mere om ordningen på https://www.lindeby.example/ordning.",
        "INFORMATION",
        {"url": "https://www.lindeby.example/ordning"},
    ),
]


@pytest.mark.parametrize(("text", "code", "details"), CASES, ids=[f"{case[1]}-{n}" for n, case in enumerate(CASES)])
def test_an_action_is_found_with_its_details(text: str, code: str, details: Mapping[str, Detail]) -> None:
    found = actions(text)
    assert code in found
    assert dict(found[code].details) == dict(details)
    assert found[code].label


def test_every_code_has_a_case() -> None:
    assert {code for _, code, _ in CASES} == set(ACTION_CODES)


@pytest.mark.parametrize(
    "text",
    [
        "Vi har den 5. januar 2026 besluttet at bevilge dig 1.124 kr. om måneden efter servicelovens § 100.",
        "Pengene bliver sat ind på din NemKonto den 1. marts 2026. Du skal ikke foretage dig noget.",
        "Du kan klage over afgørelsen. Klagen skal være hos os senest den 2. marts 2026 kl. 12.",
        "Bekendtgørelse nr. 102 af 3. februar 2024 trådte i kraft den 1. marts 2024.",
        "Borgerservice har åbningstid mandag til fredag kl. 10.00-14.00.",
        "Vi behandler oplysninger om dig. Læs om dine rettigheder på https://www.lindeby.example/persondata.",
        "Udvalget behandlede sagen på mødet den 14. januar 2026.",
        "Beløbet bliver trukket i din pension, så du skal ikke selv betale noget.",
        "Ved tilsyn den 7. januar 2026 kl. 10.15 så vi, at alt var i orden.",
        "Venlig hilsen\nAne Lund\nwww.lindeby.example",
    ],
)
def test_where_nothing_is_asked_there_is_no_action(text: str) -> None:
    assert actions(text) == {}


def test_a_whole_letter_with_several_actions() -> None:
    found = actions(
        "Første aften på knallertholdet er onsdag den 4. marts 2026 kl. 18-21 i lokale 22.\n\n"
        "Du skal betale 500,- kr. senest 27. februar 2026, og en forælder skal skrive under på ansøgningen.\n\n"
        "Medbring pasfoto.\n\nDu kan klage til Ankestyrelsen inden 4 uger."
    )
    assert set(found) == {"AFTALE", "BETALING", "UNDERSKRIV", "FORBEREDELSE"}
    assert found["AFTALE"].details["start"] == "2026-03-04T18:00"
    assert found["AFTALE"].details["end"] == "2026-03-04T21:00"
    assert dict(found["BETALING"].details) == {"amount": "500.00", "due": "2026-02-27"}


def test_the_label_says_what_the_button_does() -> None:
    assert actions("Her er regningen for mad. Betal 120 kr. senest 1. marts 2026.")["BETALING"].label.startswith(
        "Betal"
    )
    offer = actions("Svar på tilbuddet om plads senest 1. marts 2026.")["BEKRAEFT"]
    assert offer.label == "Svar på tilbuddet"


def test_the_surest_action_comes_first_and_each_code_once() -> None:
    read = read_bytes((HEAD + " ".join(case[0] for case in CASES)).encode(), ".txt")
    found = suggest_actions(read)
    assert [s.confidence for s in found] == sorted((s.confidence for s in found), reverse=True)
    assert len({s.value.code for s in found}) == len(found)
    assert all(s.confidence >= 0.5 for s in found)


def test_an_address_behind_words_is_found() -> None:
    text = "Kære Ib\n\nDu kan søge om pladsen her senest den 1. marts 2026."
    start = text.index("her")
    read = Letter("x", "docx", text, links=(Link("https://www.lindeby.example/plads", start, start + 3),))
    action = suggest_actions(read)[0].value
    assert (action.code, action.details["url"]) == ("SELVBETJENING", "https://www.lindeby.example/plads")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("MoedeDato", Role.DAY),
        ("moede.tid", Role.CLOCK),
        ("Svarfrist", Role.DEADLINE),
        ("BELOEB_I_ALT", None),
        ("RestBeloeb", Role.AMOUNT),
        ("LinkSvar", Role.LINK),
        ("Mødested", Role.PLACE),
        ("PrisGruppe", None),
        ("Navn", None),
    ],
)
def test_the_name_of_a_field_says_what_it_carries(name: str, role: Role | None) -> None:
    assert (name_roles(name) or (None,))[0] == role


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "piece",
    [
        "betal senest den 1. marts 2026 kl. 10 ",
        "1.1.2026 ",
        "«Dato» kl. «Tid» ",
        "www.x.dk/a ",
        "kr. 1 ",
        "a@b.cd ",
        "111 ",
    ],
)
def test_a_hostile_letter_costs_seconds_at_most(piece: str) -> None:
    read = read_bytes((piece * (300_000 // len(piece))).encode(), ".txt")
    suggest_actions(read)


PIECES = st.sampled_from(
    "Vi indkalder dig til møde|torsdag den 5. marts 2026|kl. 10.00-11.30|på Rådhuset|«MoedeDato»|«Tid»|«Sted»|[Beloeb]|"
    "betal|senest|inden 14 dage|1.234,50 kr.|https://x.example/a|{{link}}|/sti|underskriv|tilmeld jer|læs mere|"
    "medbring|\n|\n\n|.|,|Sted:|Tid:|____|Dato: 1. februar 2026|5/3-26|😀|Du kan klage|skal ikke".split("|")
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=300)))
def test_any_text_gives_sound_actions_and_evidence(text: str) -> None:
    read = replace(letter_of(clean(text), "x", "txt"), fields=tuple(find_placeholders(clean(text))))
    names = {field.name for field in read.fields} | {""}
    for suggestion in suggest_actions(read):
        action = suggestion.value
        assert action.code in ACTION_CODES
        assert action.label
        assert 0.5 <= suggestion.confidence <= 1.0
        assert set(action.details) <= set(DETAILS[action.code])
        for value in action.details.values():
            if isinstance(value, FieldRef):
                assert {value.field, value.time} <= names
            else:
                assert value
        for evidence in suggestion.evidence:
            assert read.text[evidence.start : evidence.end] == evidence.text != ""
