import time
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.letters.office_files import complex_field, control, paragraph, run, word_file

from markup_assistant.letters.letter import Field, FieldKind, Letter, Link
from markup_assistant.letters.masking import find_cpr, mask_cpr, mask_letter, mask_personal
from markup_assistant.letters.office import read_office
from markup_assistant.letters.read import read_bytes


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("010203-0000", "••••••-••••"),
        ("0102030000", "••••••••••"),
        ("010203 0000", "•••••• ••••"),
        ("010203 - 0000", "•••••• - ••••"),
        ("010203\u20130000", "••••••\u2013••••"),
        ("010203\u20110000", "••••••\u2011••••"),
        ("010203\u00a00000", "••••••\u00a0••••"),
        ("01 02 03 0000", "•• •• •• ••••"),
        ("01 02 03-0000", "•• •• ••-••••"),
        ("610203-0000", "••••••-••••"),
        ("311299-0000", "••••••-••••"),
    ],
)
def test_a_personal_number_is_masked_however_it_is_written(written: str, masked: str) -> None:
    assert mask_cpr(f"CPR-nr. {written}, født i går") == f"CPR-nr. {masked}, født i går"


@pytest.mark.parametrize(
    "text",
    [
        "320203-0000",
        "011303-0000",
        "000203-0000",
        "1010203-0000",
        "010203-00001",
        "sag 2026-0102030000-7",
        "+4512345678",
        "tlf. +0102030000",
        "0045 12 34 56 78",
        "0101031000 kr.",
        "P-nr. 1003456789",
        "EAN 5798006000012",
        "den 01-02-2026",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert mask_cpr(text) == text


def test_a_list_of_personal_numbers_is_masked_whole() -> None:
    assert mask_cpr("010203-0000/010204-0000,0102050000") == "••••••-••••/••••••-••••,••••••••••"


@given(st.text(alphabet="0123 -/.,+\u2013kr", max_size=120))
@example("010203-0000-0102030000-010203-0000")
@example("0102030000-0102030000")
def test_masking_keeps_the_length_and_leaves_no_plausible_number(text: str) -> None:
    masked = mask_cpr(text)
    assert len(masked) == len(text)
    assert find_cpr(masked) == []
    assert all(new in (old, "•") for old, new in zip(text, masked, strict=True))


def merged(name: str, value: str, words: str) -> str:
    """Return the masked text of a Word letter with one filled merge field and then some words."""
    body = paragraph(complex_field(f' MERGEFIELD "{name}" ', value)) + paragraph(run(words))
    return mask_personal(read_office(word_file(body), "brev.docx")).text


def test_a_personal_number_is_masked_wherever_a_letter_has_words() -> None:
    cpr = "010203-0000"
    letter = Letter(
        "brev.docx",
        "docx",
        f"CPR {cpr}",
        fields=(Field(f"Felt {cpr}", FieldKind.MERGE, 0, 3, f"Titel {cpr}"),),
        links=(Link(f"https://by.example/?id={cpr}", 0, 3),),
        properties={"Emne": cpr, cpr: "Emne"},
    )
    for masked in (mask_letter(letter), mask_personal(letter)):
        assert cpr not in repr(masked)
        assert masked.fields[0].name == "Felt ••••••-••••"
        assert masked.links[0].url == "https://by.example/?id=••••••-••••"


@pytest.mark.parametrize(
    "name",
    [
        *("Navn", "Navn2", "NAVN", "Modtagernavn", "modtager_navn", "Modtager.Navn", "BorgerNavn", "borgers navn"),
        *("CPRNavn", "CprNavn", "BarnetsNavn", "ElevNavn", "AnsoegerNavn", "Forældrenavn", "ForaelderNavn"),
        *("Fuldt navn", "Navn på beboer", "NavnBorger", "PasserNavn", "Modtager", "Borger", "Barn", "Lejer", "Name"),
    ],
)
def test_the_name_in_a_filled_field_is_masked_wherever_it_stands(name: str) -> None:
    words = "Kære Mette. Mette Tofteby skal møde. Mettes sag. TOFTEBY. Metten og metteby er andre ord."
    assert merged(name, "Mette Tofteby", words) == (
        "••••• •••••••\nKære •••••. ••••• ••••••• skal møde. •••••• sag. •••••••. Metten og metteby er andre ord."
    )


@pytest.mark.parametrize(
    "name",
    [
        *("Sagsbehandlernavn", "SagsbehandlerNavn", "Enhedsnavn", "Afdelingsnavn", "KommuneNavn", "afsender.navn"),
        *("Skolenavn", "Filnavn", "Bynavn", "Kontaktperson", "KontaktpersonNavn", "Projektnavn", "Parti", "Sted"),
        *("BorgersSvar", "AnsoegDato", "ModtagetDato", "Ydelse", "borgerraadgiver.navn", "Vejleder"),
    ],
)
def test_what_the_sender_says_of_itself_stays(name: str) -> None:
    assert merged(name, "Mette Tofteby", "Kære Mette") == "Mette Tofteby\nKære Mette"


@pytest.mark.parametrize(("name", "value"), [("Fornavn", "Per"), ("Fornavn", "Bo"), ("Efternavn", "Dam")])
def test_a_name_that_is_also_a_word_leaves_the_word(name: str, value: str) -> None:
    words = f"{value.lower()} {value.lower()}støtte {value}støtte {value}-støtte {value}"
    dots = "•" * len(value)
    assert (
        merged(name, value, words)
        == f"{dots}\n{value.lower()} {value.lower()}støtte {value}støtte {value}-støtte {dots}"
    )


def test_small_words_in_a_name_stay_in_the_rest_of_the_letter() -> None:
    masked = merged("Navn", "Anders og Ida de Lange", "Kære Anders. Det er de regler, og de gælder for Ida de Lange.")
    assert masked == "•••••• •• ••• •• •••••\nKære ••••••. Det er de regler, og de gælder for ••• de •••••."


def test_a_name_in_small_letters_is_masked_as_it_is_written_in_the_letter() -> None:
    assert merged("Navn", "mette tofteby", "Kære Mette, din mor hedder mette tofteby.") == (
        "••••• •••••••\nKære •••••, din mor hedder ••••• •••••••."
    )


def test_an_authority_as_recipient_is_masked_only_by_its_whole_name() -> None:
    masked = merged("Modtagernavn", "Lindeby Kommune", "Lindeby Kommune skriver til en kommune. Kommune og Lindeby.")
    assert masked == "••••••• •••••••\n••••••• ••••••• skriver til en kommune. Kommune og Lindeby."


@pytest.mark.parametrize("name", ["Adresse", "ModtagerAdresse", "borger.adresse", "Adresselinje1", "Bopælsadresse"])
def test_the_street_is_masked_and_the_town_stays_readable(name: str) -> None:
    masked = merged(name, "Violvej 3, 9999 Lindeby", "Du bor på Violvej 3. Lindeby Kommune. Violvej 31.")
    assert masked == "••••••• •, •••• •••••••\nDu bor på ••••••• •. Lindeby Kommune. Violvej 31."


@pytest.mark.parametrize("name", ["MoedeAdresse", "Klageadresse", "KommuneAdresse", "Skoleadresse"])
def test_an_address_of_the_authority_stays(name: str) -> None:
    assert merged(name, "Rådhustorvet 1", "Rådhustorvet 1") == "Rådhustorvet 1\nRådhustorvet 1"


def test_number_and_contact_of_a_citizen_are_masked_as_they_are_written() -> None:
    assert merged("CPR", "010203 xxxx", "CPR 010203 xxxx") == "•••••• ••••\nCPR •••••• ••••"
    assert merged("BorgerMail", "mette@by.example", "Skriv til mette@by.example") == (
        "•••••@••.•••••••\nSkriv til •••••@••.•••••••"
    )
    assert merged("Telefon", "99 99 10 00", "Ring 99 99 10 00") == "99 99 10 00\nRing 99 99 10 00"


def test_an_address_block_and_its_greeting_are_masked() -> None:
    block = paragraph(
        complex_field(" ADDRESSBLOCK ", "Mette Tofteby, Violvej 3, 9999 Lindeby"),
    ) + paragraph(complex_field(" GREETINGLINE ", "Kære Mette Tofteby"))
    masked = mask_personal(read_office(word_file(block + paragraph(run("Mette, Violvej 3, Lindeby"))), "brev.docx"))
    assert masked.text.splitlines()[1:] == ["Kære ••••• •••••••", "•••••, ••••••• •, Lindeby"]
    assert "Mette" not in masked.text


@pytest.mark.parametrize(
    "shown",
    ["«Navn»", "[Navn]", "Navn", "Borgerens fulde navn", "Klik her for at skrive tekst.", "Indtast navn", "________"],
)
def test_a_template_keeps_its_placeholders(shown: str) -> None:
    body = paragraph(control(run(shown), '<w:tag w:val="Modtagernavn"/>')) + paragraph(
        run("Kære Navn. Klik her. Indtast tekst.")
    )
    letter = read_office(word_file(body), "skabelon.docx")
    assert [field.name for field in letter.fields][:1] == ["Modtagernavn"]
    assert mask_personal(letter).text == letter.text


def test_placeholders_in_plain_text_stay() -> None:
    letter = read_bytes("Til «Modtagernavn»\n{{borger.adresse}}\nKære [Fornavn]".encode(), ".txt")
    assert letter.fields
    assert mask_personal(letter) == letter


def test_a_control_around_a_paragraph_is_no_name() -> None:
    prose = "Borgeren har søgt om støtte til en bil. " * 8
    body = paragraph(control(run(prose), '<w:tag w:val="Borger"/>'))
    assert mask_personal(read_office(word_file(body), "brev.docx")).text.strip() == prose.strip()


def test_a_name_in_the_properties_of_the_file_is_masked() -> None:
    letter = Letter("b.docx", "docx", "Mette Tofteby", fields=(Field("Navn", FieldKind.MERGE, 0, 13),))
    masked = mask_personal(replace(letter, properties={"title": "Svar til Mette Tofteby"}))
    assert dict(masked.properties) == {"title": "Svar til ••••• •••••••"}


names = st.text(alphabet="ABab -,.\n'æÅ19", max_size=30)


@given(st.lists(st.tuples(st.sampled_from(["Navn", "Modtager", "Adresse", "CPR", "BorgerTlf"]), names)), names)
def test_masking_moves_nothing_and_is_done_once(values: list[tuple[str, str]], words: str) -> None:
    text, fields = "", []
    for name, value in values:
        fields.append(Field(name, FieldKind.MERGE, len(text), len(text) + len(value)))
        text += f"{value} "
    letter = Letter("b", "txt", text + words, fields=tuple(fields))
    masked = mask_personal(letter)
    assert all(new in (old, "•") for old, new in zip(letter.text, masked.text, strict=True))
    assert masked.fields == letter.fields
    assert mask_personal(masked) == masked


@pytest.mark.timeout(30)
def test_a_hostile_letter_is_masked_in_time() -> None:
    values = [f"Anna{number} " + "Bo " * 6 for number in range(2000)]
    text = "".join(values) + "Anna1 Bo Bo Bo " * 60_000
    fields, at = [], 0
    for value in values:
        fields.append(Field("Navn", FieldKind.MERGE, at, at + len(value) - 1))
        at += len(value)
    begun = time.process_time()
    masked = mask_personal(Letter("ond", "txt", text, fields=tuple(fields)))
    assert time.process_time() - begun < 15
    assert "Anna1 " not in masked.text
