import pytest

from markup_assistant.letters.identifiers import find_identifiers


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("CPR-nr.: 010203-0000", "cpr", "••••••-••••"),
        ("CVR-nr. 29189846", "cvr", "29189846"),
        ("CVR: DK 29 18 98 46", "cvr", "29189846"),
        ("P-nummer: 1003456789", "p_number", "1003456789"),
        ("EAN-nr. 5798006000012", "gln", "5798006000012"),
        ("GLN-nummer: 5790000000005", "gln", "5790000000005"),
        ("lokation 5798006000012", "gln", "5798006000012"),
        ("Sagsnr.: 27.36.04-P19-1-26.", "case", "27.36.04-P19-1-26"),
        ("Sags-id: EMN-2026-00123", "case", "EMN-2026-00123"),
        ("Sagsnummer 26/12345", "case", "26/12345"),
        ("Sagsnr. 2026-010203-0000", "case", "2026-••••••-••••"),
        ("J.nr. 2026-1234.", "journal", "2026-1234"),
        ("Journalnummer: 26/12345", "journal", "26/12345"),
        ("Matr.nr. 12ab Tofte By, Tofte.", "property", "12ab Tofte By, Tofte"),
        ("BFE-nummer: 1234567", "property", "1234567"),
        ("Ejendomsnr. 123456", "property", "123456"),
        ("Registreringsnummer: AB 12 345", "vehicle", "AB12345"),
        ("Din bil AB 12 345 holder ulovligt", "vehicle", "AB12345"),
    ],
)
def test_each_kind_of_number_is_found(text: str, kind: str, value: str) -> None:
    (identifier,) = find_identifiers(text)
    assert (identifier.kind, identifier.value) == (kind, value)
    assert len(text[identifier.start : identifier.end].replace(" ", "")) == len(value.replace(" ", ""))


@pytest.mark.parametrize(
    "text",
    [
        "CVR-nr. 29189847",
        "EAN-nr. 5798006000013",
        "Sagsnr. [sagsnummer]",
        "Sagsnr.: «Sagsnr2»",
        "J.nr. {{sag.nr}}",
        "CVR: ________",
        "Vi mødes AB 12 345 gange",
        "Sagsnummeret står øverst",
        "29189846",
    ],
)
def test_placeholders_and_numbers_of_other_kinds_are_none(text: str) -> None:
    assert find_identifiers(text) == ()


def test_several_numbers_come_in_order_and_apart() -> None:
    text = "Sagsnr. 26/123, CVR 29189846, CPR 010203-0000"
    identifiers = find_identifiers(text)
    assert [identifier.kind for identifier in identifiers] == ["case", "cvr", "cpr"]
    assert text[identifiers[2].start : identifiers[2].end] == "010203-0000"
