import pytest
from tests.letters.invariants import assert_sound

from markup_assistant.errors import DamagedError
from markup_assistant.letters.letter import BlockKind, FieldKind
from markup_assistant.letters.rtf import read_rtf


def text_of(body: str) -> str:
    return read_rtf(("{\\rtf1\\ansi\n" + body + "}").encode("latin-1"), "brev.rtf").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\\ansicpg1252 K\\'e6re", "Kære"),
        ("K\u00e6re", "Kære"),
        ("K\\u230?re", "Kære"),
        ("K\\u230\\'e6re", "Kære"),
        ("\\uc0 K\\u230 re", "Kære"),
        ("\\uc2 K\\u230 xxre", "Kære"),
        ("\\u-10179?\\u-8704?", "\U0001f600"),
        ("{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}\\f1 \\'e6\\f0 \\'e6", "жæ"),
        ("\\ansicpg99999 \\'e6", "æ"),
        ("a\\~b\\line c\\tab d\\endash e \\{f\\}\\\\", "a b\nc\td–e {f}\\"),
        ("a{\\v skjult}{\\deleted slettet}b{\\pict 0102}{\\*\\unknown x}c", "abc"),
        ("a\\bin3 {{{b", "ab"),
        ("a\\par\\par b", "a\nb"),
    ],
)
def test_characters_come_out_as_they_are_read_in_word(source: str, text: str) -> None:
    assert text_of(source) == text


def test_merge_fields_conditions_and_form_fields_have_their_names() -> None:
    letter = read_rtf(
        rb"""{\rtf1\ansi K\'e6re {\field{\*\fldinst { MERGEFIELD Navn \\* MERGEFORMAT }}
{\fldrslt {\'abNavn\'bb}}}\par
{\field{\*\fldinst { IF {\field{\*\fldinst {MERGEFIELD Barn}}{\fldrslt x}}
 = "ja" "Dit barn" "Du" }}{\fldrslt Du}}
{\field{\*\fldinst { FORMTEXT }{\*\formfield{\fftype0{\*\ffname Tekst1}}}}{\fldrslt svar}}
{\field{\*\fldinst DOCVARIABLE Sag}{\fldrslt }}
{\field{\*\fldinst HYPERLINK "https://skovborne.example"}{\fldrslt her}}}""",
        "skabelon.rtf",
    )
    assert_sound(letter)
    shown = [(field.name, field.kind, letter.text[field.start : field.end]) for field in letter.fields]
    assert shown == [
        ("Navn", FieldKind.MERGE, "«Navn»"),
        ("Barn", FieldKind.CONDITION, "Dit barn | Du"),
        ("Barn", FieldKind.MERGE, "Dit barn | Du"),
        ("Tekst1", FieldKind.FORM, "svar"),
        ("Sag", FieldKind.VARIABLE, "«Sag»"),
    ]
    branches = [letter.text[start:end] for start, end in letter.fields[1].branches]
    assert branches == ["Dit barn", "Du"]
    assert [(link.url, letter.text[link.start : link.end]) for link in letter.links] == [
        ("https://skovborne.example", "her"),
    ]


def test_notes_boxes_headers_and_footers_are_texts_of_their_own() -> None:
    letter = read_rtf(
        rb"{\rtf1{\footer Bund\par}{\header Top\par}Br\'f8d{\footnote en note}tekst"
        rb"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt boks\par}}{\shprslt dobbelt}}\par mere}",
        "brev.rtf",
    )
    assert [(block.kind, letter.text[block.start : block.end]) for block in letter.blocks] == [
        (BlockKind.HEADER, "Top"),
        (BlockKind.PARAGRAPH, "Brødtekst"),
        (BlockKind.BOX, "boks"),
        (BlockKind.PARAGRAPH, "mere"),
        (BlockKind.PARAGRAPH, "en note"),
        (BlockKind.FOOTER, "Bund"),
    ]


def test_headings_are_known_by_style_or_outline_and_properties_are_kept() -> None:
    letter = read_rtf(
        rb"{\rtf1{\stylesheet{\s0 Normal;}{\s1 heading 2;}}{\info{\title Pr\'f8ve}}"
        rb"{\*\userprops{\propname KLE}\proptype30{\staticval 28.09.40}}"
        rb"\pard\s1 Stil\par\pard\outlinelevel0 Niveau\par\pard tekst}",
        "brev.rtf",
    )
    assert [(block.kind, block.level) for block in letter.blocks] == [
        (BlockKind.HEADING, 2),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]
    assert dict(letter.properties) == {"title": "Prøve", "KLE": "28.09.40"}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("group", [b"{", b"{\\field", b"{\\header ", b"{\\footnote ", b"{\\*\\fldinst "])
def test_a_hundred_thousand_nested_groups_are_refused_at_once(group: bytes) -> None:
    with pytest.raises(DamagedError):
        read_rtf(b"{\\rtf1 " + group * 100_000, "dyb.rtf")
