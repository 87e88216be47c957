"""One invented letter, saved by LibreOffice in each format: every reader finds the same in it."""

from pathlib import Path

import pytest
from tests.letters.invariants import assert_sound

from markup_assistant.errors import EncryptedError, OldWordError
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.read import read_letter

FILES = Path(__file__).parent / "files"
LINK = "https://skovborne.example/pladsanvisning"


def of_kind(letter: Letter, kind: BlockKind) -> list[str]:
    return [letter.text[block.start : block.end] for block in letter.blocks if block.kind == kind]


@pytest.mark.parametrize("suffix", ["pdf", "rtf", "html", "odt"])
def test_headings_items_links_and_placeholders_survive_every_format(suffix: str) -> None:
    letter = read_letter(FILES / f"boernehave.{suffix}")
    assert_sound(letter)
    assert letter.format == suffix
    assert letter.name == (FILES / f"boernehave.{suffix}").as_posix()
    assert letter.properties["title"] == "Tilbud om plads i børnehave"
    headings = of_kind(letter, BlockKind.HEADING)
    assert headings == ["Vi tilbyder dit barn en plads i børnehave", "Det skal du gøre"]
    assert [item.removeprefix("• ") for item in of_kind(letter, BlockKind.ITEM)] == [
        "Svar senest den 15. februar 2026",
        "Søg om søskendetilskud, hvis du har flere børn",
    ]
    assert "og I kan besøge børnehaven, inden I bestemmer jer. Ring til lederen" in letter.text
    (link,) = letter.links
    assert (link.url, letter.text[link.start : link.end]) == (LINK, "vores selvbetjening")
    assert [field.name for field in letter.fields] == ["ForaelderNavn", "BarnNavn"]


@pytest.mark.parametrize("suffix", ["rtf", "odt"])
def test_pages_have_their_header_and_footer_and_tables_their_cells(suffix: str) -> None:
    letter = read_letter(FILES / f"boernehave.{suffix}")
    assert of_kind(letter, BlockKind.HEADER) == ["Skovborne Kommune"]
    assert of_kind(letter, BlockKind.FOOTER) == ["Pladsanvisningen, Torvet 1, 9999 Skovborne"]
    assert of_kind(letter, BlockKind.CELL) == ["Takst pr. måned", "2.150 kr."]


def test_words_that_a_pdf_splits_over_two_lines_are_whole_again() -> None:
    text = read_letter(FILES / "split-words.pdf").text
    assert "inden I bestemmer jer på dagtilbudsområdet. Ring" in text
    assert "Børne- og ungdomsudvalget skriver om børne-/ungdomsforvaltningen" in text


def test_a_pdf_behind_a_password_says_so() -> None:
    with pytest.raises(EncryptedError):
        read_letter(FILES / "encrypted.pdf")


def test_an_old_word_file_says_how_to_save_it() -> None:
    with pytest.raises(OldWordError) as caught:
        read_letter(FILES / "boernehave.doc")
    assert ".docx" in caught.value.do()
