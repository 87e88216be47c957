"""How a letter is prepared for the screen: signs, offsets, inks, and rows that fit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from markup_assistant.letters.letter import Block, BlockKind, Field, FieldKind, Letter, Link
from markup_assistant.letters.read import read_bytes, read_letter
from markup_assistant.shipped import shipped_folder
from markup_assistant.texts import get_texts
from markup_assistant.tui.letter_display import Display, Ink, display, message_display
from markup_assistant.tui.letter_rows import NARROWEST, ODD, rows_of

TEXTS = get_texts("da")

SAMPLES = sorted((shipped_folder("data") / "samples").iterdir())

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list("ab æø[]«»{}\n\n   \t\x00\x1b\u202e\u200d\ufe0f\u0301漢👨👩🇩🇰☎é/")),
    ),
    max_size=300,
)


def letter_of(text: str, *fields: Field, kind: BlockKind = BlockKind.PARAGRAPH, links: tuple[Link, ...] = ()) -> Letter:
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind, start, start + len(line), 1))
        start += len(line) + 1
    return Letter("prøve.txt", "text", text, tuple(blocks), fields, links)


def shown_rows(letter: Letter, width: int) -> list[str]:
    shown = display(letter, TEXTS)
    return [row.sign + shown.text[row.start : row.end] for row in rows_of(shown, width)]


def inked(shown: Display, ink: Ink) -> list[str]:
    return [shown.text[start:end] for start, end, found in shown.inks(0, len(shown.text)) if ink in found]


def condition(text: str, name: str, *branches: str) -> Letter:
    """A letter with a condition over its whole text, whose branches stand in it one after the other."""
    spans, at = [], 0
    for branch in branches:
        start = text.index(branch, at)
        spans.append((start, start + len(branch)))
        at = start + len(branch)
    return letter_of(text, Field(name, FieldKind.CONDITION, 0, len(text), branches=tuple(spans)))


def test_a_field_is_seen_without_colour() -> None:
    text = "Din sagsbehandler er Bo Holm."
    shown = display(letter_of(text, Field("Sagsbehandler", FieldKind.VARIABLE, 21, 28)), TEXTS)
    assert shown.text == "Din sagsbehandler er «Bo Holm»."
    assert inked(shown, Ink.FIELD) == ["«Bo Holm»"]


def test_a_field_that_shows_itself_gets_no_signs_twice() -> None:
    letter = read_bytes("Kære {{navn}}, mød den [dato] eller «Tid».".encode(), "brev.txt")
    shown = display(letter, TEXTS)
    assert shown.text == letter.text
    assert inked(shown, Ink.FIELD) == ["{{navn}}", "[dato]", "«Tid»"]


def test_an_empty_field_shows_its_name() -> None:
    shown = display(letter_of("Kære ", Field("Fornavn", FieldKind.CONTROL, 5, 5)), TEXTS)
    assert shown.text == "Kære «Fornavn»"


@pytest.mark.parametrize(
    ("letter", "seen"),
    [
        (condition("hr. | fru", "Koen", "hr.", "fru"), "«hvis Koen: hr. | ellers: fru»"),
        (condition("Du får hjælp.", "Medhold", "Du får hjælp."), "«hvis Medhold: Du får hjælp.»"),
        (condition("under", "Alder", "", "under"), "«hvis Alder: intet | ellers: under»"),
        (
            condition("Du kan klage.\nInden fire uger.", "Afslag", "Du kan klage.\nInden fire uger."),
            "«hvis Afslag: Du kan klage.\nInden fire uger.»",
        ),
    ],
)
def test_a_condition_shows_both_its_branches(letter: Letter, seen: str) -> None:
    assert display(letter, TEXTS).text == seen


def test_a_condition_speaks_the_readers_language() -> None:
    letter = condition("hr. | fru", "Koen", "hr.", "fru")
    assert display(letter, get_texts("en")).text == "«if Koen: hr. | otherwise: fru»"


def test_fields_within_a_condition_open_and_close_in_order() -> None:
    text = "Anna | Bo"
    fields = (
        Field("K", FieldKind.CONDITION, 0, 9, branches=((0, 4), (7, 9))),
        Field("K", FieldKind.MERGE, 0, 9),
        Field("A", FieldKind.MERGE, 0, 4),
        Field("B", FieldKind.MERGE, 7, 9),
    )
    assert display(letter_of(text, *fields), TEXTS).text == "«hvis K: «Anna» | ellers: «Bo»»"


def test_kinds_of_blocks_are_told_apart_without_colour() -> None:
    text = "Sidehoved\nPris\n100 kr.\nSvar\n- Ring\nHusk"
    kinds = (BlockKind.HEADER, BlockKind.CELL, BlockKind.CELL, BlockKind.ITEM, BlockKind.ITEM, BlockKind.BOX)
    blocks, start = [], 0
    for kind, line in zip(kinds, text.split("\n"), strict=True):
        blocks.append(Block(kind, start, start + len(line)))
        start += len(line) + 1
    rows = shown_rows(Letter("x", "text", text, tuple(blocks)), 40)
    assert rows == ["┆ Sidehoved", "", "│ Pris", "│ 100 kr.", "", "• Svar", "- Ring", "", "┃ Husk"]


def test_a_long_list_item_wraps_under_itself() -> None:
    rows = shown_rows(letter_of("et to tre fire fem seks syv", kind=BlockKind.ITEM), 14)
    assert rows == ["• et to tre", "  fire fem", "  seks syv"]


def test_text_that_moves_the_screen_is_shown_as_signs() -> None:
    shown = display(letter_of("a\x1b[2Jb\x00c\u202ed\tslut\ud800"), TEXTS)
    assert shown.text == "a�[2Jb�c�d slut�"


def test_evidence_stays_on_its_words_where_characters_are_left_out() -> None:
    text = "Ring ☎\ufe0f i\u00addag til os"
    shown = display(letter_of(text), TEXTS)
    start = text.index("i\u00addag")
    first, last = shown.place(start, start + 5)
    assert shown.text[first:last] == "idag"
    first, last = shown.place(0, 7)
    assert shown.text[first:last] == "Ring ☎"


def test_a_letters_last_words_are_found_behind_all_its_fields() -> None:
    letter = read_letter(shipped_folder("data") / "samples" / "tilbud-om-plads.docx")
    shown = display(letter, TEXTS)
    start = letter.text.rindex("Pladsanvisningen")
    first, last = shown.place(start, start + 16)
    assert shown.text[first:last] == "Pladsanvisningen"
    assert last == len(shown.text)


def test_links_and_headings_are_inked() -> None:
    text = "Overskrift\nLæs mere her"
    blocks = (Block(BlockKind.HEADING, 0, 10, 1), Block(BlockKind.PARAGRAPH, 11, 24))
    shown = display(Letter("x", "html", text, blocks, (), (Link("https://x.example", 20, 23),)), TEXTS)
    assert inked(shown, Ink.HEADING) == ["Overskrift"]
    assert inked(shown, Ink.LINK) == ["her"]


def test_a_message_has_a_heading_and_its_lines() -> None:
    shown = message_display("brev.docx kunne ikke læses", ["Filen er beskadiget.", "Gem den igen."], TEXTS)
    assert inked(shown, Ink.HEADING) == ["brev.docx kunne ikke læses"]
    assert [shown.text[row.start : row.end] for row in rows_of(shown, 60)] == [
        "brev.docx kunne ikke læses",
        "",
        "Filen er beskadiget.",
        "Gem den igen.",
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("width", [20, 77])
def test_no_word_of_a_sample_is_lost(path: object, width: int) -> None:
    letter = read_letter(str(path))
    shown = display(letter, TEXTS)
    rows = rows_of(shown, width)
    said = "".join(shown.text[row.start : row.end] for row in rows)
    assert "".join(said.split()) == "".join(shown.text.split())
    assert all(len(row.sign) + cell_len(shown.text[row.start : row.end]) <= width for row in rows)


@given(HOSTILE, st.integers(1, 30))
def test_rows_of_any_text_fit_and_lose_nothing(text: str, width: int) -> None:
    shown = display(letter_of(text), TEXTS)
    rows = rows_of(shown, width)
    pieces = [shown.text[row.start : row.end] for row in rows]
    assert "".join("".join(pieces).split()) == "".join(shown.text.split())
    for row, piece in zip(rows, pieces, strict=True):
        assert "\n" not in piece
        assert len(row.sign) + cell_len(piece) <= max(width, NARROWEST + len(row.sign))
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in "".join(pieces))


@given(HOSTILE, st.data())
def test_offsets_hold_in_any_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    field = Field("Felt", FieldKind.MERGE, cuts[0], cuts[1])
    plain = display(letter_of(text), TEXTS)
    shown = display(letter_of(text, field), TEXTS)
    start, end = shown.place(cuts[2], cuts[3])
    expected_start, expected_end = plain.place(cuts[2], cuts[3])
    assert shown.text[start:end] == plain.text[expected_start:expected_end]


def test_characters_taken_as_one_cell_are() -> None:
    wrong = [
        chr(point)
        for point in range(0x20, 0x10000)
        if not ODD.match(chr(point)) and get_character_cell_size(chr(point)) != 1
    ]
    assert wrong == []
