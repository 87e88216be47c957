"""An invented letter template with every kind of field, as Word and as OpenDocument source.

``python -m tests.letters.all_fields`` has LibreOffice open both and save them into ``files/``.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.letters.office_files import (
    STYLES,
    code,
    complex_field,
    control,
    odf_root,
    paragraph,
    run,
    text_box,
    word_file,
    word_root,
)

FILES = Path(__file__).parent / "files"

_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tilbud om plads i dagtilbud</dc:title>'
    "<dc:subject>Pladsanvisning</dc:subject><cp:keywords>plads, dagtilbud</cp:keywords></cp:coreProperties>"
)
_CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Afdeling">'
    "<vt:lpwstr>Pladsanvisningen</vt:lpwstr></property></Properties>"
)
_SETTINGS = '<w:docVars><w:docVar w:name="Journalnummer" w:val="28.09.40-G01"/></w:docVars>'
_PACKAGE_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
    'core-properties" Target="docProps/core.xml"/>'
    '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'custom-properties" Target="docProps/custom.xml"/></Relationships>'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS = {
    "word/document.xml": _WORD_TYPE + "document.main+xml",
    "word/styles.xml": _WORD_TYPE + "styles+xml",
    "word/settings.xml": _WORD_TYPE + "settings+xml",
    "word/numbering.xml": _WORD_TYPE + "numbering+xml",
    "word/header1.xml": _WORD_TYPE + "header+xml",
    "word/footer1.xml": _WORD_TYPE + "footer+xml",
    "word/footnotes.xml": _WORD_TYPE + "footnotes+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_CHANGE = 'w:id="{}" w:author="Sagsbehandler" w:date="2026-02-01T10:00:00Z"'


def _form(name: str, inner: str) -> str:
    return f'<w:ffData><w:name w:val="{name}"/><w:enabled/>{inner}</w:ffData>'


def _named(tag: str, alias: str, more: str = "") -> str:
    return f'<w:alias w:val="{alias}"/><w:tag w:val="{tag}"/>{more}'


def _word_body() -> str:
    simple = f'<w:fldSimple w:instr=" MERGEFIELD Fornavn ">{run("«Fornavn»")}</w:fldSimple>'
    merge = complex_field(" MERGEFIELD MoedeDato \\* MERGEFORMAT ", "«MoedeDato»")
    condition = complex_field(
        code(" IF ")
        + complex_field(" MERGEFIELD Afgoerelse ", "ja")
        + code(' = "ja" "Vi tilbyder barnet en plads i ')
        + complex_field(" MERGEFIELD Institution ", "«Institution»")
        + code('." "Vi kan ikke tilbyde en plads." '),
        "Vi tilbyder barnet en plads i «Institution».",
    )
    drop_down = (
        '<w:dropDownList><w:listItem w:displayText="Vælg" w:value=""/><w:listItem w:displayText="vuggestue" '
        'w:value="v"/><w:listItem w:displayText="børnehave" w:value="b"/></w:dropDownList>'
    )
    entries = '<w:ddList><w:listEntry w:val="fuldtid"/><w:listEntry w:val="deltid"/></w:ddList>'
    cell = "<w:tc><w:tcPr><w:tcW w:w='4000' w:type='dxa'/></w:tcPr>{}</w:tc>".format
    controlled = control(paragraph("2.345 kr."), _named("Takst", "Månedlig takst"))
    table = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/><w:gridCol w:w='4000'/></w:tblGrid>"
        f"<w:tr>{cell(paragraph('Pris pr. måned'))}{cell(controlled)}</w:tr></w:tbl>"
    )
    deleted = f"<w:del {_CHANGE.format(1)}><w:r><w:delText>otte</w:delText></w:r></w:del>"
    inserted = f"<w:ins {_CHANGE.format(2)}>{run('ti')}</w:ins>"
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId11"/>'
        '<w:footerReference w:type="default" r:id="rId12"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )
    content = (
        paragraph("Tilbud om plads i dagtilbud", '<w:pStyle w:val="Titel"/>'),
        paragraph(run("Kære ") + simple),
        paragraph(text_box(paragraph("Ring til os på hverdage mellem 10 og 14."))),
        paragraph(condition),
        paragraph(
            complex_field(' IF Soeskende = "ja" "Du får søskenderabat." "Du får ikke søskenderabat." ', "gammelt")
        ),
        paragraph(run("Du er velkommen til et besøg den ") + merge + run(".")),
        paragraph("Det skal du gøre", '<w:pStyle w:val="Overskrift1"/>'),
        paragraph(
            run("Svar inden ") + deleted + inserted + run(" dage"),
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        ),
        paragraph(run("Din sagsbehandler er ") + complex_field(" DOCVARIABLE Sagsbehandler ", "Bo Holm")),
        paragraph(run("Afdeling: ") + complex_field(" DOCPROPERTY Afdeling ", "Pladsanvisningen")),
        paragraph(
            run("Bemærkning: ") + complex_field(" FORMTEXT ", "skriv her", _form("Bemaerkning", "<w:textInput/>")),
        ),
        paragraph(
            complex_field(" FORMCHECKBOX ", None, _form("Accept", "<w:checkBox><w:checked/></w:checkBox>"))
            + run(" Jeg tager imod pladsen"),
        ),
        paragraph(run("Modul: ") + complex_field(" FORMDROPDOWN ", None, _form("Modul", entries))),
        paragraph(run("Tilbuddet gælder ") + control(run("barnets navn"), _named("Barn", "Barnets navn", "<w:text/>"))),
        paragraph(
            run("Type: ") + control(run("Vælg"), _named("Type", "Tilbudstype", f"<w:showingPlcHdr/>{drop_down}"))
        ),
        control(paragraph("Du kan klage inden fire uger."), _named("Klage", "Klagevejledning")),
        table,
        paragraph(
            run("Læs mere på ")
            + f'<w:hyperlink r:id="rId13">{run("kommunens hjemmeside")}</w:hyperlink>'
            + '<w:r><w:footnoteReference w:id="2"/></w:r>',
        ),
        section,
    )
    return "".join(content)


def word_source() -> bytes:
    """Return the template as a Word file written by hand."""
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{type_}"/>' for part, type_ in _PARTS.items())
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1" w:type="continuationSeparator"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        f'</w:footnote><w:footnote w:id="2">{paragraph("Dagtilbudsloven § 23.")}</w:footnote>'
    )
    return word_file(
        _word_body(),
        styles=STYLES,
        links={
            "rId10": ("settings", "settings.xml"),
            "rId11": ("header", "header1.xml"),
            "rId12": ("footer", "footer1.xml"),
            "rId13": ("hyperlink", "https://lindevig.eksempel/dagtilbud"),
            "rId14": ("footnotes", "footnotes.xml"),
            "rId15": ("numbering", "numbering.xml"),
        },
        parts={
            "[Content_Types].xml": _TYPES.format(overrides),
            "_rels/.rels": _PACKAGE_RELATIONS,
            "word/settings.xml": word_root("settings", _SETTINGS),
            "word/numbering.xml": word_root("numbering", _NUMBERING),
            "word/header1.xml": word_root("hdr", paragraph("Lindevig Kommune, Børn og Unge")),
            "word/footer1.xml": word_root("ftr", paragraph(run("Rådhustorvet 1 · side ") + complex_field("PAGE", "1"))),
            "word/footnotes.xml": word_root("footnotes", notes),
            "docProps/core.xml": _CORE,
            "docProps/custom.xml": _CUSTOM,
        },
    )


_ODF_STYLES = (
    '<office:styles><style:style style:name="Standard" style:family="paragraph"/>'
    '<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>'
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" '
    'style:parent-style-name="Heading" style:default-outline-level="1"/>'
    '<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading"/></office:styles>'
    '<office:automatic-styles><style:page-layout style:name="pm1"/></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">'
    "<style:header><text:p>Lindevig Kommune, Social og Sundhed</text:p></style:header>"
    "<style:footer><text:p>Rådhustorvet 1 · side <text:page-number>1</text:page-number></text:p></style:footer>"
    "</style:master-page></office:master-styles>"
)
_ODF_CHANGES = (
    "<text:tracked-changes>"
    '<text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>Sagsbehandler</dc:creator>'
    "<dc:date>2026-02-01T10:00:00</dc:date></office:change-info><text:p>otte</text:p></text:deletion>"
    '</text:changed-region><text:changed-region text:id="c2"><text:insertion><office:change-info>'
    "<dc:creator>Sagsbehandler</dc:creator><dc:date>2026-02-01T10:00:00</dc:date></office:change-info>"
    "</text:insertion></text:changed-region></text:tracked-changes>"
)
_ODF_FORMS = (
    '<office:forms><form:form form:name="Svar"><form:text form:name="Telefon" form:id="control1" '
    'xml:id="control1" form:control-implementation="ooo:com.sun.star.form.component.TextField"/>'
    '<form:checkbox form:name="Accept" form:label="Jeg tager imod" form:id="control2" xml:id="control2" '
    'form:control-implementation="ooo:com.sun.star.form.component.CheckBox"/></form:form></office:forms>'
)
_ODF_DECLARATIONS = (
    '<text:variable-decls><text:variable-decl office:value-type="string" text:name="Frist"/></text:variable-decls>'
    '<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="Bo Holm" '
    'text:name="Sagsbehandler"/></text:user-field-decls>'
)
_ODF_BODY = """
<text:p text:style-name="Title">Bevilling af hjælpemiddel</text:p>
<text:p>Kære <text:database-display text:table-name="Borgere" text:table-type="table"
  text:column-name="Fornavn" text:database-name="Breve">&lt;Fornavn&gt;</text:database-display></text:p>
<text:p>Kontakt<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box>
  <text:p>Ring til os på hverdage mellem 10 og 14.</text:p></draw:text-box></draw:frame></text:p>
<text:p><text:conditional-text text:condition="ooow:Udfald == &quot;ja&quot;"
  text:string-value-if-true="Vi bevilger hjælpemidlet." text:string-value-if-false="Vi giver afslag."
  text:current-value="false">Vi giver afslag.</text:conditional-text></text:p>
<text:h text:style-name="Heading_20_1" text:outline-level="1">Det skal du gøre</text:h>
<text:list><text:list-item><text:p>Svar inden <text:change text:change-id="c1"/><text:change-start
  text:change-id="c2"/>ti<text:change-end text:change-id="c2"/> dage</text:p></text:list-item></text:list>
<text:p>Frist: <text:variable-set text:name="Frist" office:value-type="string" text:formula="ooow:&quot;1. maj&quot;"
  office:string-value="1. maj">1. maj</text:variable-set> og igen <text:variable-get text:name="Frist"
  office:value-type="string">1. maj</text:variable-get></text:p>
<text:p>Din sagsbehandler er <text:user-field-get text:name="Sagsbehandler">Bo Holm</text:user-field-get>,
  <text:user-defined text:name="Afdeling">Hjælpemidler</text:user-defined></text:p>
<text:p>Hjælpemiddel: <text:placeholder text:placeholder-type="text"
  text:description="Skriv hjælpemidlet">&lt;Hjælpemiddel&gt;</text:placeholder></text:p>
<text:p>Begrundelse: <text:text-input text:description="Begrundelse">skriv her</text:text-input></text:p>
<text:p>Levering: <text:drop-down text:name="Levering"><text:label text:value="hjemme"/><text:label
  text:value="på depotet"/>hjemme</text:drop-down></text:p>
<text:p>Vilkår<text:hidden-text text:condition="ooow:Udlaan == &quot;nej&quot;"
  text:string-value=" (hjælpemidlet er et udlån)" text:is-hidden="false"
  > (hjælpemidlet er et udlån)</text:hidden-text></text:p>
<text:p>Du kan klage inden fire uger.<text:hidden-paragraph text:condition="ooow:Medhold == &quot;ja&quot;"
  text:is-hidden="false"/></text:p>
<text:p>Telefon: <draw:control text:anchor-type="as-char" svg:width="4cm" svg:height="0.6cm"
  draw:control="control1"/></text:p>
<text:p><draw:control text:anchor-type="as-char" svg:width="4cm" svg:height="0.6cm"
  draw:control="control2"/></text:p>
<table:table table:name="Tabel1"><table:table-column table:number-columns-repeated="2"/><table:table-row>
  <table:table-cell><text:p>Beløb</text:p></table:table-cell>
  <table:table-cell><text:p><text:database-display text:table-name="Borgere" text:table-type="table"
  text:column-name="Beloeb" text:database-name="Breve">&lt;Beloeb&gt;</text:database-display></text:p>
  </table:table-cell></table:table-row></table:table>
<text:p>Læs mere på <text:a xlink:type="simple" xlink:href="https://lindevig.eksempel/hjaelpemidler">kommunens
  hjemmeside</text:a><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
  <text:note-body><text:p>Serviceloven § 112.</text:p></text:note-body></text:note>.</text:p>
"""
_ODF_META = (
    "<office:meta><dc:title>Bevilling af hjælpemiddel</dc:title><dc:subject>Hjælpemidler</dc:subject>"
    "<meta:keyword>bevilling</meta:keyword><meta:keyword>hjælpemiddel</meta:keyword>"
    '<meta:user-defined meta:name="Afdeling">Hjælpemidler</meta:user-defined></office:meta>'
)


def opendocument_source() -> bytes:
    """Return another template as flat OpenDocument written by hand."""
    body = (
        f"<office:body><office:text>{_ODF_FORMS}{_ODF_CHANGES}{_ODF_DECLARATIONS}{_ODF_BODY}</office:text>"
        "</office:body>"
    )
    attributes = 'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"'
    return odf_root("document", _ODF_META + _ODF_STYLES + body, attributes).encode()


def _convert(source: Path, formats: dict[str, str], folder: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        message = "LibreOffice is needed to make the files"
        raise SystemExit(message)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for ending, filter_ in formats.items():
        arguments = [program, profile, "--headless", "--convert-to", filter_, "--outdir", str(FILES), str(source)]
        subprocess.run(arguments, check=True, timeout=300, stdout=subprocess.DEVNULL)
        assert (FILES / f"{source.stem}.{ending}").is_file()


def main() -> None:
    """Make the files again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word = folder / "all-fields.docx"
        word.write_bytes(word_source())
        _convert(word, {"docx": "docx:MS Word 2007 XML", "dotx": "dotx:MS Word 2007 XML Template"}, folder)
        flat = folder / "all-fields.fodt"
        flat.write_bytes(opendocument_source())
        _convert(flat, {"odt": "odt:writer8", "ott": "ott:writer8_template"}, folder)
        _convert(word.rename(folder / "from-word.docx"), {"odt": "odt:writer8"}, folder)
        _convert(flat.rename(folder / "from-opendocument.fodt"), {"docx": "docx:MS Word 2007 XML"}, folder)


if __name__ == "__main__":
    main()
