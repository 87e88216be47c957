"""Writes markup into OpenDocument texts: user-defined metadata, which LibreOffice shows and keeps when it saves.

The format: OpenDocument 1.3 part 3, 4.3.2.17 (``meta:user-defined``).
"""

from lxml import etree

from markup_assistant.errors import DocumentSignedError, EncryptedError
from markup_assistant.letters.opendocument_names import META, OFFICE
from markup_assistant.letters.xml import Element
from markup_assistant.memo.marked_parts import Parts
from markup_assistant.memo.marked_properties import NAMES, WHOLE, as_changed, marked_properties
from markup_assistant.memo.marked_values import Marked
from markup_assistant.memo.marked_xml import marked_xml, read_marked_xml

_META, _MANIFEST, _SIGNATURES = "meta.xml", "META-INF/manifest.xml", "META-INF/documentsignatures.xml"
_MANIFEST_NS = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def mark_opendocument(data: bytes, file: str, marked: Marked) -> bytes:
    """Return an OpenDocument text with markup in it, in place of what it had; all else stays.

    Raises:
        DocumentSignedError: it carries a digital signature, which any change would break.
        LetterError: it cannot be read.
    """
    parts = Parts(data, file)
    if _SIGNATURES in parts:
        raise DocumentSignedError(file=file)
    if _MANIFEST in parts and b"encryption-data" in parts.read(_MANIFEST):
        raise EncryptedError(file=file)
    root = parts.xml(_META) if _META in parts else _new_meta(parts)
    meta = root.find(OFFICE + "meta")
    if meta is None:
        meta = etree.SubElement(root, OFFICE + "meta")
    for element in list(meta.iterchildren(META + "user-defined")):
        if element.get(META + "name") in (*NAMES, WHOLE):
            meta.remove(element)
    for name, value in (marked_properties(marked.markup) | {WHOLE: marked_xml(marked).decode()}).items():
        made = etree.SubElement(meta, META + "user-defined")
        made.set(META + "name", name)
        made.text = value
    parts.put(_META, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    return parts.written()


def read_marked_opendocument(data: bytes, file: str) -> Marked | None:
    """Return the markup in an OpenDocument text, or None; LetterError where it cannot be read."""
    parts = Parts(data, file)
    meta = parts.xml(_META).find(OFFICE + "meta") if _META in parts else None
    if meta is None:
        return None
    said = {one.get(META + "name", ""): one.text or "" for one in meta.iterchildren(META + "user-defined")}
    marked = read_marked_xml(said[WHOLE].encode(), file) if said.get(WHOLE, "").strip() else None
    return as_changed(marked, said) if marked else None


def _new_meta(parts: Parts) -> Element:
    """Make the part of the metadata, and name it in the list of parts."""
    if _MANIFEST in parts:
        manifest = parts.xml(_MANIFEST)
        entry = etree.SubElement(manifest, _MANIFEST_NS + "file-entry")
        entry.set(_MANIFEST_NS + "full-path", _META)
        entry.set(_MANIFEST_NS + "media-type", "text/xml")
        parts.put(_MANIFEST, etree.tostring(manifest, encoding="UTF-8", xml_declaration=True))
    spaces = {"office": OFFICE.strip("{}"), "meta": META.strip("{}")}
    root = etree.Element(OFFICE + "document-meta", nsmap=spaces)
    root.set(OFFICE + "version", "1.3")
    return root
