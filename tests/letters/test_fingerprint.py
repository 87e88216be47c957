import hashlib
import io
import zipfile

import pytest
from tests.letters.office_files import complex_field, paragraph, run, word_file

from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.office import read_office
from markup_assistant.letters.read import read_bytes


def word(*paragraphs: str) -> Letter:
    return read_office(word_file("".join(paragraphs)), "brev.docx")


def text(words: str) -> Letter:
    return read_bytes(words.encode(), ".txt")


def test_saving_a_letter_again_keeps_its_fingerprint() -> None:
    data = word_file(paragraph(run("Kære borger. Du er indkaldt til møde.")))
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as target:
        for name in reversed(source.namelist()):
            target.writestr(name, source.read(name))
    split = word(paragraph(run("Kære borger. ") + run("Du er  ind") + run("kaldt til møde.")), paragraph(""))
    assert again.getvalue() != data
    assert (
        fingerprint(read_office(data, "brev.docx"))
        == fingerprint(read_office(again.getvalue(), "kopi.docx"))
        == fingerprint(split)
    )


def test_layout_and_accents_taken_apart_are_no_change() -> None:
    assert fingerprint(text("Kære Åse\n\nVi ses.")) == fingerprint(text("Kære A\u030ase\nVi  ses.\n"))


@pytest.mark.parametrize("changed", ["Du skal møde kl. 11.", "Du skal ikke møde kl. 10.", "Du skal møde kl. 10", ""])
def test_a_changed_word_is_another_fingerprint(changed: str) -> None:
    assert fingerprint(text(changed)) != fingerprint(text("Du skal møde kl. 10."))


def test_another_field_is_another_fingerprint() -> None:
    first = word(paragraph(run("Frist: ") + complex_field(" MERGEFIELD Svarfrist ", "1. maj")))
    second = word(paragraph(run("Frist: ") + complex_field(" MERGEFIELD Klagefrist ", "1. maj")))
    assert first.text == second.text
    assert fingerprint(first) != fingerprint(second)
    assert fingerprint(text("Frist Svarfrist")) != fingerprint(text("Frist"))


def test_who_the_citizen_is_makes_no_difference() -> None:
    def to(name: str, cpr: str, first: str) -> Letter:
        return word(
            paragraph(complex_field(" MERGEFIELD Modtagernavn ", name)),
            paragraph(run(f"CPR-nr. {cpr}")),
            paragraph(run(f"Kære {first}. Du får støtte.")),
        )

    one = to("Mette Marie Tofteby", "010203-0000", "Mette Marie")
    assert fingerprint(one) == fingerprint(to("Bo Li", "3102990000", "Bo"))
    assert fingerprint(one) == fingerprint(to("Bo Li", "310299 \u2013 0000", "Bo"))
    assert fingerprint(one) != fingerprint(to("Bo Li", "010203-0000", "Bo, hej"))


def test_the_fingerprint_is_the_same_on_every_machine() -> None:
    expected = hashlib.sha256("Kære Åse. Dit CPR-nr. er •.".encode()).hexdigest()
    assert fingerprint(text("Kære Åse.\nDit CPR-nr. er 010203-0000.")) == expected
