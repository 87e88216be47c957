import zipfile
from io import BytesIO

import pytest
from tests.letters.office_files import (
    STYLES,
    archive,
    paragraph,
    relations,
    run,
    text_box,
    word_file,
    word_members,
    word_root,
)

from markup_assistant.errors import DamagedError, EncryptedError, FormatUnknownError
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.office import read_office


def read(body: str, **more: object) -> Letter:
    return read_office(word_file(body, **more), "brev.docx")  # type: ignore[arg-type]  # passed on as given


def blocks(letter: Letter) -> list[tuple[str, str, int]]:
    return [(letter.text[b.start : b.end], b.kind.value, b.level) for b in letter.blocks]


@pytest.mark.parametrize("kind", ["docx", "dotx", "docm", "dotm"])
def test_documents_and_templates_with_and_without_macros_are_read(kind: str) -> None:
    letter = read_office(word_file(paragraph("Kære borger"), kind=kind), "brev.bin")
    assert (letter.text, letter.format) == ("Kære borger", kind)


def test_paragraphs_become_blocks_with_headings_by_style_outline_and_inheritance() -> None:
    letter = read(
        paragraph("Afgørelse", '<w:pStyle w:val="Titel"/>')
        + paragraph("Om sagen", '<w:pStyle w:val="Overskrift1"/>')
        + paragraph("Underordnet", '<w:outlineLvl w:val="2"/>')
        + paragraph("Arvet", '<w:pStyle w:val="Brevoverskrift"/>')
        + paragraph("Brød", '<w:pStyle w:val="Overskrift1"/><w:outlineLvl w:val="9"/>')
        + paragraph("Uden navn i filen", '<w:pStyle w:val="Overskrift2"/>')
        + paragraph("Almindelig"),
    )
    assert blocks(letter) == [
        ("Afgørelse", "heading", 1),
        ("Om sagen", "heading", 1),
        ("Underordnet", "heading", 3),
        ("Arvet", "heading", 1),
        ("Brød", "paragraph", 0),
        ("Uden navn i filen", "heading", 2),
        ("Almindelig", "paragraph", 0),
    ]


def test_list_items_are_found_directly_and_by_style() -> None:
    numbered = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    off = '<w:pStyle w:val="Punkt"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    letter = read(
        paragraph("a", numbered) + paragraph("b", '<w:pStyle w:val="Punkt"/>') + paragraph("c", off),
    )
    assert blocks(letter) == [("a", "item", 2), ("b", "item", 1), ("c", "paragraph", 0)]


def test_cells_are_read_row_by_row_and_a_heading_in_a_layout_table_stays_a_heading() -> None:
    cell = "<w:tc><w:tcPr/>{}</w:tc>".format
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('slettet'))}</w:tr>"
    heading = paragraph("Takster", '<w:pStyle w:val="Overskrift1"/>')
    table = f"<w:tbl><w:tr>{cell(heading)}{cell(paragraph('Beløb') + paragraph('kr.'))}</w:tr>{deleted}</w:tbl>"
    assert blocks(read(table + paragraph("efter"))) == [
        ("Takster", "heading", 1),
        ("Beløb", "cell", 0),
        ("kr.", "cell", 0),
        ("efter", "paragraph", 0),
    ]


def test_special_characters_of_a_run_are_read() -> None:
    inside = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
        '<w:softHyphen/><w:t>e</w:t><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:sym w:font="Wingdings" w:char="F04A"/><w:cr/><w:t>f</w:t></w:r>'
    )
    assert read(f"<w:p>{inside}</w:p>").text == "a\tb\nc-de☑\nf"


def test_a_letter_and_its_accent_in_two_runs_become_one_character() -> None:
    letter = read(paragraph(run("A") + run("\u030a") + run("rhus")))
    assert letter.text == "Århus"


def test_insertions_are_read_and_deletions_are_not() -> None:
    body = paragraph(
        run("Du får ")
        + "<w:del w:id='1'><w:r><w:delText>ikke </w:delText></w:r></w:del>"
        + f"<w:ins w:id='2'>{run('hele ')}</w:ins><w:moveFrom w:id='3'>{run('flyttet ')}</w:moveFrom>"
        + f"<w:moveTo w:id='4'>{run('beløbet')}</w:moveTo>",
    )
    assert read(body).text == "Du får hele beløbet"


def test_a_deleted_line_break_joins_two_paragraphs() -> None:
    deleted = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert read(paragraph("for", deleted) + paragraph("ældre")).text == "forældre"
    assert read(paragraph("sidst", deleted)).text == "sidst"


def test_hidden_text_is_not_read_whether_hidden_itself_or_by_style() -> None:
    hidden_style = '<w:style w:styleId="Skjult" w:type="paragraph"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        paragraph(run("synlig") + run(" skjult", "<w:vanish/>") + run("!", '<w:vanish w:val="0"/>'))
        + paragraph(run("vejledning", '<w:rStyle w:val="Vejledning"/>'))
        + paragraph(run("væk") + run("dog ikke", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="Skjult"/>')
    )
    assert read(body, styles=STYLES + hidden_style).text == "synlig!\ndog ikke"


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    inner = paragraph("Åbent 10-14") + paragraph("Lukket fredag")
    letter = read(paragraph(run("Du kan ") + text_box(inner) + run("ringe til os")) + paragraph("Hilsen"))
    assert blocks(letter) == [
        ("Du kan ringe til os", "paragraph", 0),
        ("Åbent 10-14", "box", 0),
        ("Lukket fredag", "box", 0),
        ("Hilsen", "paragraph", 0),
    ]


def test_a_text_box_of_older_word_and_a_box_in_a_box_are_read() -> None:
    old = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + paragraph(run("ydre") + text_box(paragraph("indre")))
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert read(paragraph(old) + paragraph("efter")).text == "ydre\nindre\nefter"


def test_an_unknown_extension_is_read_by_its_fallback() -> None:
    alternatives = (
        '<mc:AlternateContent><mc:Choice Requires="w99"><w:r><w:t>nyt</w:t></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:t>gammelt</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )
    assert read(f"<w:p>{alternatives}</w:p>").text == "gammelt"


def test_wrappers_are_read_through() -> None:
    inner = paragraph(f"<w:smartTag>{run('Torvet 1')}</w:smartTag>")
    body = f"<w:customXml w:element='x'>{inner}</w:customXml>"
    assert read(body).text == "Torvet 1"


def test_links_have_the_address_of_their_relation_and_comments_are_not_read() -> None:
    body = paragraph(
        run("Søg ")
        + f'<w:hyperlink r:id="rId9">{run("på borger.dk")}</w:hyperlink>'
        + f'<w:hyperlink w:anchor="side2">{run(" se nedenfor")}</w:hyperlink>'
        + '<w:r><w:commentReference w:id="0"/></w:r>',
    )
    comments = word_root("comments", f'<w:comment w:id="0">{paragraph("husk at ændre")}</w:comment>')
    letter = read(
        body,
        links={"rId9": ("hyperlink", "https://www.borger.dk/plads"), "rId8": ("comments", "comments.xml")},
        parts={"word/comments.xml": comments},
    )
    assert letter.text == "Søg på borger.dk se nedenfor"
    (link,) = letter.links
    assert (link.url, letter.text[link.start : link.end]) == ("https://www.borger.dk/plads", "på borger.dk")


def test_headers_come_first_each_text_once_then_notes_then_footers() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/>'
        '<w:headerReference w:type="first" r:id="h2"/><w:headerReference w:type="even" r:id="h3"/>'
        '<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = word_root(
        "footnotes",
        f'<w:footnote w:id="-1" w:type="separator">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Serviceloven § 41")}</w:footnote>'
        f'<w:footnote w:id="3">{paragraph("ikke henvist til")}</w:footnote>',
    )
    letter = read(
        paragraph(run("Brødtekst") + note) + section,
        links={
            "h1": ("header", "header1.xml"),
            "h2": ("header", "header2.xml"),
            "h3": ("header", "header3.xml"),
            "f1": ("footer", "footer1.xml"),
            "n1": ("footnotes", "footnotes.xml"),
        },
        parts={
            "word/header1.xml": word_root("hdr", paragraph("Lindevig Kommune")),
            "word/header2.xml": word_root("hdr", paragraph("Første side")),
            "word/header3.xml": word_root("hdr", paragraph("Lindevig Kommune")),
            "word/footer1.xml": word_root("ftr", paragraph("Rådhuset")),
            "word/footnotes.xml": notes,
        },
    )
    assert blocks(letter) == [
        ("Første side", "header", 0),
        ("Lindevig Kommune", "header", 0),
        ("Brødtekst", "paragraph", 0),
        ("Serviceloven § 41", "paragraph", 0),
        ("Rådhuset", "footer", 0),
    ]


def test_properties_and_document_variables_are_read() -> None:
    core = (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tilbud om plads</dc:title>'
        "<dc:subject>28.09.40</dc:subject><cp:keywords>plads, dagtilbud</cp:keywords>"
        "<cp:category>Breve</cp:category></cp:coreProperties>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property name="Afdeling"><vt:lpwstr>Pladsanvisningen</vt:lpwstr></property></Properties>'
    )
    settings = word_root(
        "settings",
        '<w:docVars><w:docVar w:name="KLE" w:val="28.09.40"/></w:docVars>',
    )
    letter = read(
        paragraph("x"),
        links={"s": ("settings", "settings.xml")},
        parts={"docProps/core.xml": core, "docProps/custom.xml": custom, "word/settings.xml": settings},
    )
    assert dict(letter.properties) == {
        "title": "Tilbud om plads",
        "subject": "28.09.40",
        "keywords": "plads, dagtilbud",
        "category": "Breve",
        "Afdeling": "Pladsanvisningen",
        "docvar:KLE": "28.09.40",
    }


def test_the_strict_form_of_the_format_is_read() -> None:
    members = word_members(
        paragraph("Overskrift", '<w:pStyle w:val="Overskrift1"/>')
        + paragraph(f'<w:hyperlink r:id="rId9">{run("her")}</w:hyperlink>'),
        links={"rId9": ("hyperlink", "https://eksempel.dk")},
    )
    strict = "http://purl.oclc.org/ooxml/"
    for name, content in members.items():
        if isinstance(content, str):
            members[name] = content.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                strict + "wordprocessingml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                strict + "officeDocument/relationships",
            )
    letter = read_office(archive(members), "brev.docx")
    assert letter.text == "Overskrift\nher"
    assert letter.blocks[0].kind is BlockKind.HEADING
    assert letter.links[0].url == "https://eksempel.dk"


def test_a_part_in_utf_16_is_read() -> None:
    members = word_members(paragraph("Kære borger"))
    document = str(members["word/document.xml"]).replace("UTF-8", "UTF-16")
    members["word/document.xml"] = document.encode("utf-16")
    assert read_office(archive(members), "brev.docx").text == "Kære borger"


def test_a_file_without_its_main_part_is_damaged() -> None:
    members = word_members(paragraph("x"))
    del members["word/document.xml"]
    with pytest.raises(DamagedError) as caught:
        read_office(archive(members), "brev.docx")
    assert caught.value.facts["reason"] == "word/document.xml"


def test_a_spreadsheet_is_no_letter() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
        '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        '.main+xml"/></Types>'
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": "<workbook/>",
    }
    with pytest.raises(FormatUnknownError):
        read_office(archive(members), "tal.xlsx")


def test_a_file_behind_a_password_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedError):
        read_office(data, "brev.docx")


def test_targets_outside_the_package_open_nothing() -> None:
    section = '<w:sectPr><w:headerReference r:id="h1"/><w:headerReference w:type="first" r:id="h2"/></w:sectPr>'
    letter = read(
        paragraph("kun brødtekst") + section,
        links={"h1": ("header", "../../../etc/passwd"), "h2": ("header", "file:///etc/hosts")},
    )
    assert letter.text == "kun brødtekst"


def test_an_absolute_target_is_a_part_of_the_package() -> None:
    section = '<w:sectPr><w:headerReference r:id="h1"/></w:sectPr>'
    letter = read(
        paragraph("brødtekst") + section,
        links={"h1": ("header", "/word/header1.xml")},
        parts={"word/header1.xml": word_root("hdr", paragraph("hoved"))},
    )
    assert letter.text == "hoved\nbrødtekst"


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    circle = (
        '<w:style w:styleId="A" w:type="paragraph"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B" w:type="paragraph"><w:basedOn w:val="A"/></w:style>'
    )
    assert read(paragraph("x", '<w:pStyle w:val="A"/>'), styles=circle).text == "x"


def test_a_stored_archive_with_odd_names_is_read() -> None:
    members = {name.replace("/", "\\").upper(): content for name, content in word_members(paragraph("x")).items()}
    buffer = BytesIO(archive(members, zipfile.ZIP_STORED))
    assert read_office(buffer.getvalue(), "brev.docx").text == "x"
