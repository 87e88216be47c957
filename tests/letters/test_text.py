import pytest
from tests.letters.invariants import assert_sound

from markup_assistant.errors import FormatUnknownError, TooLargeError
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.read import read_bytes

LETTER = """Afgørelse om parkeringslicens

Kære Bodil Prøvesen

Du får en licens fra den
1. marts 2026.

- Læg licensen i bilen
- Husk at forny den
  hvert år

HVAD KOSTER DET

Licensen koster 300 kr.

Venlig hilsen
Skovborne Kommune"""


def blocks(letter: Letter) -> list[tuple[BlockKind, str]]:
    return [(block.kind, letter.text[block.start : block.end]) for block in letter.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    letter = read_bytes(LETTER.encode(encoding), "brev.txt")
    assert letter.text == LETTER
    assert letter.format == "txt"
    assert_sound(letter)


def test_lines_say_what_is_heading_item_and_paragraph() -> None:
    assert blocks(read_bytes(LETTER.encode(), "brev.txt")) == [
        (BlockKind.HEADING, "Afgørelse om parkeringslicens"),
        (BlockKind.PARAGRAPH, "Kære Bodil Prøvesen"),
        (BlockKind.PARAGRAPH, "Du får en licens fra den\n1. marts 2026."),
        (BlockKind.ITEM, "- Læg licensen i bilen"),
        (BlockKind.ITEM, "- Husk at forny den\n  hvert år"),
        (BlockKind.HEADING, "HVAD KOSTER DET"),
        (BlockKind.PARAGRAPH, "Licensen koster 300 kr."),
        (BlockKind.PARAGRAPH, "Venlig hilsen\nSkovborne Kommune"),
    ]


def test_markdown_has_headings_links_and_underlines() -> None:
    source = "# Høring\n\nVi skriver om\n\nPlanen\n======\n"
    source += "Læs [planen her](https://skovborne.example/plan).\n\n1. Et\n2) To"
    letter = read_bytes(source.encode(), "høring.md")
    assert letter.format == "md"
    assert blocks(letter) == [
        (BlockKind.HEADING, "Høring"),
        (BlockKind.HEADING, "Vi skriver om"),
        (BlockKind.HEADING, "Planen"),
        (BlockKind.PARAGRAPH, "Læs [planen her](https://skovborne.example/plan)."),
        (BlockKind.ITEM, "1. Et"),
        (BlockKind.ITEM, "2) To"),
    ]
    (link,) = letter.links
    assert (link.url, letter.text[link.start : link.end]) == ("https://skovborne.example/plan", "planen her")
    assert letter.fields == ()


def test_windows_and_old_mac_line_breaks_become_one_kind() -> None:
    assert read_bytes(b"en\r\nto\rtre\x0cfire", "a.txt").text == "en\nto\ntre\nfire"


def test_an_empty_file_is_an_empty_letter() -> None:
    assert read_bytes(b"", "tom.txt") == Letter("tom.txt", "txt", "")


def test_a_text_longer_than_a_letter_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read_bytes(b"a" * 2_000_001, "lang.txt")
    with pytest.raises(TooLargeError):
        read_bytes(b"a" * 9_000_000, "lang.txt")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(FormatUnknownError):
        read_bytes(bytes(range(256)) * 20, "data.txt")


def test_a_date_at_the_start_of_a_line_is_no_list_item() -> None:
    letter = read_bytes("Mødet er\n1. marts 2026 kl. 9".encode(), "a.txt")
    assert [block.kind for block in letter.blocks] == [BlockKind.PARAGRAPH]


def test_a_placeholder_in_capitals_is_no_heading() -> None:
    letter = read_bytes("[NAVN]\n[ADRESSE]\n\nKære [NAVN]".encode(), "a.txt")
    assert [block.kind for block in letter.blocks] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert [field.name for field in letter.fields] == ["NAVN", "ADRESSE", "NAVN"]
