"""The templates with every kind of field, as written by hand and as saved by LibreOffice 7.4.

What LibreOffice loses when it saves: the branches of an IF that it read from Word, tags of content controls
(titles stay for some), names of check boxes and lists. The hand-made files cover those.
"""

import pytest
from tests.letters.all_fields import FILES, opendocument_source, word_source

from markup_assistant.letters.letter import Letter
from markup_assistant.letters.office import read_office
from markup_assistant.letters.opendocument import read_opendocument


def named(letter: Letter) -> set[tuple[str, str]]:
    return {(field.name, field.kind.value) for field in letter.fields}


def branches(letter: Letter) -> list[list[str]]:
    return [[letter.text[a:b] for a, b in field.branches] for field in letter.fields if field.branches]


def saved(name: str) -> Letter:
    data = (FILES / name).read_bytes()
    return read_opendocument(data, name) if name.endswith(("odt", "ott")) else read_office(data, name)


def test_every_field_of_the_word_template_is_found() -> None:
    letter = read_office(word_source(), "skabelon.docx")
    assert named(letter) == {
        ("Fornavn", "merge"),
        ("Afgoerelse", "condition"),
        ("Afgoerelse", "merge"),
        ("Institution", "merge"),
        ("Soeskende", "condition"),
        ("MoedeDato", "merge"),
        ("Sagsbehandler", "variable"),
        ("Afdeling", "variable"),
        ("Bemaerkning", "form"),
        ("Accept", "form"),
        ("Modul", "form"),
        ("Barn", "control"),
        ("Type", "control"),
        ("Klage", "control"),
        ("Takst", "control"),
    }
    assert branches(letter)[0] == [
        "Vi tilbyder barnet en plads i «Institution».",
        "Vi kan ikke tilbyde en plads.",
    ]


@pytest.mark.parametrize("ending", ["docx", "dotx"])
def test_the_word_template_saved_by_libreoffice_keeps_its_fields(ending: str) -> None:
    letter = saved(f"all-fields.{ending}")
    assert letter.format == ending
    assert named(letter) == {
        ("Fornavn", "merge"),
        ("MoedeDato", "merge"),
        ("Sagsbehandler", "variable"),
        ("Afdeling", "variable"),
        ("Bemaerkning", "form"),
        ("FORMCHECKBOX", "form"),
        ("FORMDROPDOWN", "form"),
        ("Barnets navn", "control"),
        ("Vælg", "control"),
        ("Klagevejledning", "control"),
        ("Månedlig takst", "control"),
    }


def test_a_condition_written_by_libreoffice_into_word_has_both_branches() -> None:
    letter = saved("from-opendocument.docx")
    assert branches(letter) == [["Vi bevilger hjælpemidlet.", "Vi giver afslag."]]
    assert {("Udfald", "condition"), ("Fornavn", "merge"), ("Sagsbehandler", "variable")} <= named(letter)


@pytest.mark.parametrize("name", ["by-hand", "all-fields.odt", "all-fields.ott"])
def test_every_field_of_the_opendocument_template_is_found(name: str) -> None:
    letter = read_opendocument(opendocument_source(), name) if name == "by-hand" else saved(name)
    assert letter.format == {"by-hand": "fodt"}.get(name, name[-3:])
    assert named(letter) == {
        ("Fornavn", "merge"),
        ("Beloeb", "merge"),
        ("Udfald", "condition"),
        ("Udlaan", "condition"),
        ("Medhold", "condition"),
        ("Frist", "variable"),
        ("Sagsbehandler", "variable"),
        ("Afdeling", "variable"),
        ("Hjælpemiddel", "placeholder"),
        ("Begrundelse", "form"),
        ("Levering", "form"),
        ("Telefon", "form"),
        ("Accept", "form"),
    }
    assert branches(letter) == [
        ["Vi bevilger hjælpemidlet.", "Vi giver afslag."],
        [" (hjælpemidlet er et udlån)"],
        ["Du kan klage inden fire uger."],
    ]


def test_word_fields_that_libreoffice_keeps_in_opendocument_are_found() -> None:
    assert {
        ("MoedeDato", "merge"),
        ("Sagsbehandler", "variable"),
        ("Bemaerkning", "form"),
        ("FORMCHECKBOX", "form"),
        ("FORMDROPDOWN", "form"),
    } <= named(saved("from-word.odt"))


@pytest.mark.parametrize(
    "name",
    ["all-fields.docx", "all-fields.dotx", "all-fields.odt", "all-fields.ott", "from-word.odt"],
)
def test_a_saved_template_is_read_in_order_without_deletions_and_boxes_once(name: str) -> None:
    letter = saved(name)
    assert letter.blocks[0].kind == "header"
    assert letter.blocks[1].kind == "heading"
    assert letter.blocks[-1].kind == "footer"
    assert "Svar inden ti dage" in letter.text
    assert "otte" not in letter.text
    assert letter.text.count("Ring til os på hverdage") == 1
    assert {"box", "cell", "item"} <= {block.kind.value for block in letter.blocks}
    (link,) = letter.links
    assert link.url.startswith("https://lindevig.eksempel/")
    assert letter.properties["Afdeling"]
    assert letter.properties["title"] == letter.text[letter.blocks[1].start : letter.blocks[1].end]
