"""Builds small Word and OpenDocument files out of the XML that a test is about."""

import io
import zipfile

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W_NS,
        "r": R_NS,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    }.items()
)

MAIN_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
}

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Brevoverskrift"><w:name w:val="Brevoverskrift"/>
  <w:basedOn w:val="Overskrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Vejledning"><w:name w:val="Vejledning"/>
  <w:rPr><w:vanish/></w:rPr></w:style>
"""


def archive(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return buffer.getvalue()


def word_root(tag: str, content: str) -> str:
    """Return a part of a Word document with all namespaces declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMESPACES}>{content}</w:{tag}>'


def relations(entries: dict[str, tuple[str, str]]) -> str:
    """Return a relationship part; targets with a colon are outside the package."""
    rows = "".join(_relation(key, kind, target) for key, (kind, target) in entries.items())
    return f'<Relationships xmlns="{_RELATIONS_NS}">{rows}</Relationships>'


def _relation(key: str, kind: str, target: str) -> str:
    mode = ' TargetMode="External"' if ":" in target else ""
    return f'<Relationship Id="{key}" Type="{R_NS}/{kind}" Target="{target}"{mode}/>'


def word_members(
    body: str,
    *,
    kind: str = "docx",
    styles: str = STYLES,
    links: dict[str, tuple[str, str]] | None = None,
    parts: dict[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """Return the members of a Word file; ``links`` are relations of the main part, ``parts`` more members."""
    types = (
        f'<Types xmlns="{_TYPES_NS}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN_TYPES[kind]}"/></Types>'
    )
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": word_root("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations({"rId1": ("styles", "styles.xml"), **(links or {})}),
        "word/styles.xml": word_root("styles", styles),
        **(parts or {}),
    }


def word_file(
    body: str,
    *,
    kind: str = "docx",
    styles: str = STYLES,
    links: dict[str, tuple[str, str]] | None = None,
    parts: dict[str, str | bytes] | None = None,
) -> bytes:
    """Return a Word file with this body; arguments as for :func:`word_members`."""
    return archive(word_members(body, kind=kind, styles=styles, links=links, parts=parts))


def paragraph(content: str = "", properties: str = "") -> str:
    """Return a paragraph; plain text becomes a run."""
    inner = content if content.startswith("<") else run(content)
    props = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{props}{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str, content: str = "") -> str:
    """Return a mark of a complex field: ``begin``, ``separate`` or ``end``."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{content}</w:fldChar></w:r>'


def code(text: str) -> str:
    """Return a run with a piece of an instruction."""
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def complex_field(instruction: str, result: str | None = None, form: str = "") -> str:
    """Return a complex field; an instruction that begins with ``<`` is XML, other text one run."""
    inside = instruction if instruction.startswith("<") else code(instruction)
    shown = "" if result is None else mark("separate") + (result if result.startswith("<") else run(result))
    return mark("begin", form) + inside + shown + mark("end")


def control(content: str, properties: str = "") -> str:
    """Return a content control around runs, paragraphs, cells or rows."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def text_box(content: str) -> str:
    """Return a text box as Word writes it: once as a shape, once more for older programs."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "meta": "meta",
        "form": "form",
        "svg": "svg-compatible",
    }.items()
)
_ODF_OTHERS = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
    'xmlns:ooow="http://openoffice.org/2004/writer" xmlns:ooo="http://openoffice.org/2004/office" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
)


def odf_root(tag: str, content: str, attributes: str = "") -> str:
    """Return a part of an OpenDocument file with all namespaces declared."""
    head = f"{_ODF_NAMESPACES} {_ODF_OTHERS} {attributes}"
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{tag} {head}>{content}</office:{tag}>'


def odf_members(body: str, *, automatic: str = "", styles: str = "", meta: str = "") -> dict[str, str | bytes]:
    """Return the members of an OpenDocument text."""
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": odf_root("document-content", content),
        "styles.xml": odf_root("document-styles", styles),
        "meta.xml": odf_root("document-meta", f"<office:meta>{meta}</office:meta>"),
    }


def odf_file(body: str, *, automatic: str = "", styles: str = "", meta: str = "") -> bytes:
    """Return an OpenDocument text with this body."""
    return archive(odf_members(body, automatic=automatic, styles=styles, meta=meta))
