import pytest
from tests.letters.office_files import archive, odf_file, odf_members, odf_root

from markup_assistant.errors import DamagedError, EncryptedError, FormatUnknownError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.opendocument import read_opendocument


def read(body: str, *, automatic: str = "", styles: str = "", meta: str = "") -> Letter:
    return read_opendocument(odf_file(body, automatic=automatic, styles=styles, meta=meta), "brev.odt")


def blocks(letter: Letter) -> list[tuple[str, str, int]]:
    return [(letter.text[b.start : b.end], b.kind.value, b.level) for b in letter.blocks]


def fields(letter: Letter) -> list[tuple[str, str, str]]:
    return [(f.name, f.kind.value, letter.text[f.start : f.end]) for f in letter.fields]


def style(name: str, parent: str = "", text: str = "") -> str:
    inner = f"<style:text-properties {text}/>" if text else ""
    named = f'style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"'
    return f"<style:style {named}>{inner}</style:style>"


def test_headings_lists_cells_and_paragraphs_become_blocks() -> None:
    letter = read(
        '<text:p text:style-name="P1">Afgørelse</text:p><text:h text:outline-level="2">Klage</text:h>'
        "<text:list><text:list-item><text:p>et</text:p><text:list><text:list-item><text:p>to</text:p>"
        "</text:list-item></text:list></text:list-item></text:list><table:table><table:table-row>"
        "<table:table-cell><text:p>celle</text:p></table:table-cell><table:covered-table-cell><text:p>skjult"
        "</text:p></table:covered-table-cell></table:table-row></table:table><text:p>slut</text:p>",
        automatic=style("P1", "Title"),
    )
    assert blocks(letter) == [
        ("Afgørelse", "heading", 1),
        ("Klage", "heading", 2),
        ("et", "item", 1),
        ("to", "item", 2),
        ("celle", "cell", 0),
        ("slut", "paragraph", 0),
    ]


def test_white_space_is_read_as_the_format_says() -> None:
    letter = read(
        "<text:p>  Kære\n   <text:span> borger</text:span><text:s text:c='3'/>i<text:tab/>byen"
        "<text:line-break/> ja</text:p>",
    )
    assert letter.text == "Kære borger   i\tbyen\n ja"
    assert len(read('<text:p>a<text:s text:c="2000000000"/>b</text:p>').text) < 200


def test_deleted_hidden_and_commented_text_is_not_read() -> None:
    letter = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>slettet</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>synlig<office:annotation><text:p>kommentar</text:p></office:annotation>"
        '<text:span text:style-name="T1"> skjult</text:span> slut</text:p>'
        '<text:section text:display="none"><text:p>skjult afsnit</text:p></text:section>',
        automatic=style("T1", text='text:display="none"'),
    )
    assert letter.text == "synlig slut"


def test_a_box_and_a_shape_are_read_once_behind_their_paragraph_and_notes_at_the_end() -> None:
    letter = read(
        "<text:p>Du kan <draw:frame><draw:text-box><text:p>Åbent 10-14</text:p></draw:text-box></draw:frame>"
        "<draw:custom-shape><text:p>Telefon</text:p></draw:custom-shape>ringe<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>Loven § 1</text:p></text:note-body></text:note>."
        "</text:p><draw:frame><draw:text-box><text:p>på siden</text:p></draw:text-box></draw:frame>"
        "<text:p>Hilsen</text:p>",
    )
    assert blocks(letter) == [
        ("Du kan ringe.", "paragraph", 0),
        ("Åbent 10-14", "box", 0),
        ("Telefon", "box", 0),
        ("på siden", "box", 0),
        ("Hilsen", "paragraph", 0),
        ("Loven § 1", "paragraph", 0),
    ]


def test_headers_come_first_each_text_once_and_footers_last() -> None:
    pages = (
        "<office:master-styles><style:master-page style:name='A'><style:header><text:p>Hoved</text:p>"
        "</style:header><style:header-first><text:p>Første</text:p></style:header-first>"
        "<style:header-left style:display='false'><text:p>slået fra</text:p></style:header-left>"
        "<style:footer><text:p>Fod</text:p></style:footer></style:master-page>"
        "<style:master-page style:name='B'><style:header><text:p>Hoved</text:p></style:header>"
        "</style:master-page></office:master-styles>"
    )
    assert blocks(read("<text:p>brød</text:p>", styles=pages)) == [
        ("Første", "header", 0),
        ("Hoved", "header", 0),
        ("brød", "paragraph", 0),
        ("Fod", "footer", 0),
    ]


def test_links_have_their_address_and_places_in_the_letter_have_none() -> None:
    letter = read(
        '<text:p>Se <text:a xlink:href="https://eksempel.dk/a">siden</text:a> og '
        '<text:a xlink:href="#afsnit">nedenfor</text:a></text:p>',
    )
    assert letter.text == "Se siden og nedenfor"
    assert [(link.url, letter.text[link.start : link.end]) for link in letter.links] == [
        ("https://eksempel.dk/a", "siden"),
    ]


def element(tag: str, content: str = "", **attributes: str) -> str:
    """Return an element; an attribute ``text_name`` is ``text:name``."""
    said = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{v}"' for name, v in attributes.items())
    return f"<{tag}{said}>{content}</{tag}>"


_MERGED = "text:database-display"
_ASKED = {"text_name": "By", "text_description": "Hvilken by?"}
_FORM_MARK = "vnd.oasis.opendocument.field.FORMTEXT"
_LABELS = element("text:label", text_value="ja") + element("text:label", text_value="nej") + "ja"
_CHOICE = element("loext:list-item", loext_display_text="ja", loext_value="1") + "<text:span>Vælg</text:span>"
_KEPT = element(
    "field:param",
    field_name="vnd.oasis.opendocument.field.code",
    field_value=" MERGEFIELD Beloeb ",
)


@pytest.mark.parametrize(
    ("xml", "name", "kind", "shown"),
    [
        (element(_MERGED, "&lt;Navn&gt;", text_column_name="Navn"), "Navn", "merge", "«Navn»"),
        (element(_MERGED, "Anne", text_column_name="Navn"), "Navn", "merge", "Anne"),
        (element("text:placeholder", "&lt;dato&gt;"), "dato", "placeholder", "<dato>"),
        (element("text:user-field-get", text_name="Sag"), "Sag", "variable", "«Sag»"),
        (element("text:variable-get", "1. maj", text_name="Frist"), "Frist", "variable", "1. maj"),
        (element("text:variable-input", "Vig", **_ASKED), "By", "form", "Vig"),
        (element("text:text-input", text_description="Begrundelse"), "Begrundelse", "form", "«Begrundelse»"),
        (element("text:hidden-text", "x", text_condition="ooow:A==1"), "A", "condition", "x"),
        (element("text:drop-down", _LABELS, text_name="Udfald"), "Udfald", "form", "ja / nej"),
        (
            element("loext:content-control", "3. maj", loext_alias="Titel", loext_tag="Frist"),
            *("Frist", "control", "3. maj"),
        ),
        (
            element("loext:content-control", _CHOICE, loext_showing_place_holder="true"),
            *("Vælg", "control", "Vælg (ja)"),
        ),
        (
            element("field:fieldmark-start", text_name="T1", field_type=_FORM_MARK) + "a<field:fieldmark-end/>",
            *("T1", "form", "a"),
        ),
        (
            element("field:fieldmark-start", _KEPT) + "12<field:fieldmark-end/>",
            *("Beloeb", "merge", "12"),
        ),
    ],
)
def test_each_kind_of_field_is_found(xml: str, name: str, kind: str, shown: str) -> None:
    letter = read(f"<text:p>Her: {xml} slut</text:p>")
    assert fields(letter) == [(name, kind, shown)]
    assert letter.text == f"Her: {shown} slut"


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ("ooow:Koen == &quot;M&quot;", "Koen"),
        ("ooow:[Breve.Borgere.Koen] == &quot;M&quot;", "Koen"),
        ("ooow:NOT (Alder EQ 67)", "Alder"),
        ("", ""),
    ],
)
def test_a_condition_has_both_branches_and_the_name_of_what_it_asks(condition: str, name: str) -> None:
    letter = read(
        f'<text:p><text:conditional-text text:condition="{condition}" text:string-value-if-true="hr." '
        'text:string-value-if-false="fru">fru</text:conditional-text></text:p>',
    )
    (field,) = letter.fields
    assert (letter.text, field.name) == ("hr. | fru", name)
    assert [letter.text[a:b] for a, b in field.branches] == ["hr.", "fru"]


def test_a_section_and_a_paragraph_on_condition_are_conditions() -> None:
    letter = read(
        '<text:section text:display="condition" text:condition="ooow:Afslag==1">'
        "<text:p>Du kan klage.</text:p><text:p>Inden fire uger.</text:p></text:section>"
        '<text:p><text:hidden-paragraph text:condition="Medhold"/>Vi betaler.</text:p>',
    )
    assert fields(letter) == [
        ("Afslag", "condition", "Du kan klage.\nInden fire uger."),
        ("Medhold", "condition", "Vi betaler."),
    ]


def test_form_controls_show_what_can_be_filled_in() -> None:
    letter = read(
        '<office:forms><form:form form:name="F">'
        '<form:checkbox form:id="c1" form:name="Ja" form:label="Ja tak"/>'
        '<form:listbox form:id="c2" form:name="Tid"><form:option form:label="formiddag"/><form:option '
        'form:label="eftermiddag"/></form:listbox><form:button form:id="c3" form:name="Send"/></form:form>'
        '</office:forms><text:p><draw:control draw:control="c1"/> <draw:control draw:control="c2"/>'
        '<draw:control draw:control="c3"/><draw:control draw:control="c9"/></text:p>',
    )
    assert fields(letter) == [("Ja", "form", "☐ Ja tak"), ("Tid", "form", "formiddag / eftermiddag")]


def test_properties_are_read() -> None:
    letter = read(
        '<text:user-field-decls><text:user-field-decl text:name="KLE" office:string-value="27.36.04"/>'
        "</text:user-field-decls><text:p>x</text:p>",
        meta="<dc:title>Brev</dc:title><dc:subject>Emne</dc:subject><meta:keyword>a</meta:keyword>"
        '<meta:keyword>b</meta:keyword><meta:user-defined meta:name="Afdeling">Social</meta:user-defined>',
    )
    assert dict(letter.properties) == {
        "title": "Brev",
        "subject": "Emne",
        "keywords": "a, b",
        "Afdeling": "Social",
        "docvar:KLE": "27.36.04",
    }


def test_templates_are_named_as_such_and_spreadsheets_are_no_letters() -> None:
    members = odf_members("<text:p>x</text:p>")
    members["mimetype"] = "application/vnd.oasis.opendocument.text-template"
    assert read_opendocument(archive(members), "a").format == "ott"
    members["mimetype"] = "application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(FormatUnknownError):
        read_opendocument(archive(members), "a")
    del members["mimetype"]
    sheet = "<office:body><office:spreadsheet/></office:body>"
    members["content.xml"] = odf_root("document-content", sheet)
    with pytest.raises(FormatUnknownError):
        read_opendocument(archive(members), "a")


def test_a_file_behind_a_password_and_one_without_content_say_so() -> None:
    members = odf_members("<text:p>x</text:p>")
    members["META-INF/manifest.xml"] = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(EncryptedError):
        read_opendocument(archive(members), "a")
    members = odf_members("x")
    del members["content.xml"]
    with pytest.raises(DamagedError):
        read_opendocument(archive(members), "a")


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    letter = read('<text:p text:style-name="A">x</text:p>', automatic=style("A", "B") + style("B", "A"))
    assert letter.text == "x"
