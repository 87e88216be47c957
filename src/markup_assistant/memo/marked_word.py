"""Writes markup into Word documents: custom properties that people see, and a part with the whole markup.

The formats: ECMA-376 part 1, 22.3 (custom properties) and 22.5 (custom XML data properties), part 2 (packages).
"""

import re

from lxml import etree

from markup_assistant.errors import DocumentSignedError
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.office_parts import Package
from markup_assistant.letters.xml import Element
from markup_assistant.memo.marked_parts import Parts
from markup_assistant.memo.marked_properties import NAMES, WHOLE, as_changed, marked_properties
from markup_assistant.memo.marked_values import Marked
from markup_assistant.memo.marked_xml import NAMESPACE, marked_xml, read_marked_xml

_TYPES, _PACKAGE = "[Content_Types].xml", "_rels/.rels"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM = "docProps/custom.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ITEM_PROPS_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What marks a property as one of the user's own (ECMA-376 part 1, 22.3.2.2)."""

_ITEM_ID = "{6C6B2E0B-7A57-4E4E-9D3C-0D6E1B6F5A41}"
"""The id of our part in Word's data store: one a document, so that it can always be the same."""

_ITEM = re.compile(r"customxml/item(\d{1,9})\.xml")


def mark_word(data: bytes, file: str, marked: Marked) -> bytes:
    """Return a Word document with markup in it, in place of what it had; its other properties and parts stay.

    Raises:
        DocumentSignedError: it carries a digital signature, which any change would break.
        LetterError: it cannot be read.
    """
    parts = Parts(data, file)
    if any(name.lower().startswith("_xmlsignatures/") for name in parts.names()):
        raise DocumentSignedError(file=file)
    main = Package(Archive(data, file)).main
    types = _Types(parts)
    strict = _STRICT.encode() in parts.read(_PACKAGE)
    _put_properties(parts, types, marked_properties(marked.markup), strict=strict)
    _put_item(parts, types, main, marked_xml(marked), strict=strict)
    types.put()
    return parts.written()


def read_marked_word(data: bytes, file: str) -> Marked | None:
    """Return the markup in a Word document, or None; LetterError where it cannot be read."""
    parts = Parts(data, file)
    item = _our_item(parts)
    properties = Package(Archive(data, file)).properties()
    # A document that was an OpenDocument text before has the markup among its properties.
    written = parts.read(item) if item else properties.get(WHOLE, "").encode()
    marked = read_marked_xml(written, file) if written else None
    return as_changed(marked, properties) if marked else None


class _Types:
    """The list of what kind each part is."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._root = parts.xml(_TYPES)

    def add(self, part: str, content_type: str) -> None:
        """Say what a part is, where nothing says so yet."""
        place = f"/{part}"
        for element in self._root:
            if element.get("PartName", "").lower() == place.lower():
                return
            # A default for XML in general says nothing of properties, which have a kind of their own.
            if element.get("Extension", "").lower() == "xml" and element.get("ContentType") == content_type:
                return
        etree.SubElement(self._root, f"{{{_TYPES_NS}}}Override", PartName=place, ContentType=content_type)

    def put(self) -> None:
        """Write the list."""
        self._parts.put(_TYPES, _written(self._root))


def _put_properties(parts: Parts, types: _Types, values: dict[str, str], *, strict: bool) -> None:
    place = _related(parts, _PACKAGE, "custom-properties", "customProperties") or _CUSTOM
    base = _STRICT if strict else _OFFICE
    namespace, variants = f"{base}custom-properties", f"{base}docPropsVTypes"
    if strict:
        namespace = f"{base}customProperties"
    if place in parts:
        root = parts.xml(place)
        namespace = etree.QName(root).namespace or namespace
        variants = root.nsmap.get("vt") or variants
    else:
        root = etree.fromstring(f'<Properties xmlns="{namespace}" xmlns:vt="{variants}"/>')
    for element in list(root):
        if element.get("name", "").lower() in {name.lower() for name in (*NAMES, WHOLE)}:
            root.remove(element)
    used = [int(pid) for element in root if (pid := element.get("pid", "")).isdigit()]
    for number, (name, value) in enumerate(values.items(), start=max([*used, 1]) + 1):
        made = etree.SubElement(root, f"{{{namespace}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name)
        etree.SubElement(made, f"{{{variants}}}lpwstr").text = value
    parts.put(place, _written(root))
    types.add(place, _CUSTOM_TYPE)
    if not _related(parts, _PACKAGE, "custom-properties", "customProperties"):
        kind = f"{base}relationships/customProperties" if strict else f"{base}relationships/custom-properties"
        _relate(parts, _PACKAGE, kind, place)


def _put_item(parts: Parts, types: _Types, main: str, content: bytes, *, strict: bool) -> None:
    item = _our_item(parts)
    if item:
        parts.put(item, content)
        return
    base = _STRICT if strict else _OFFICE
    taken = [int(found[1]) for name in parts.names() if (found := _ITEM.fullmatch(name.lower()))]
    number = max([*taken, 0]) + 1
    item, about = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    parts.put(item, content)
    namespace = f"{base}customXml"
    root = etree.Element(f"{{{namespace}}}datastoreItem", nsmap={"ds": namespace})
    root.set(f"{{{namespace}}}itemID", _ITEM_ID)
    references = etree.SubElement(root, f"{{{namespace}}}schemaRefs")
    etree.SubElement(references, f"{{{namespace}}}schemaRef").set(f"{{{namespace}}}uri", NAMESPACE)
    parts.put(about, _written(root))
    types.add(item, "application/xml")
    types.add(about, _ITEM_PROPS_TYPE)
    _relate(parts, f"customXml/_rels/item{number}.xml.rels", f"{base}relationships/customXmlProps", about)
    folder, _, name = main.rpartition("/")
    _relate(parts, f"{folder}/_rels/{name}.rels".lstrip("/"), f"{base}relationships/customXml", item)


def _our_item(parts: Parts) -> str:
    """Return the name of the part with our markup, or nothing."""
    for name in parts.names():
        if _ITEM.fullmatch(name.lower()) and NAMESPACE.encode() in parts.read(name):
            return name
    return ""


def _related(parts: Parts, relations: str, *kinds: str) -> str:
    """Return the part that a list of relations calls one of these kinds, or nothing."""
    for element in parts.xml(relations) if relations in parts else ():
        if element.get("Type", "").rpartition("/")[2] in kinds and element.get("TargetMode") != "External":
            place = element.get("Target", "").lstrip("/")
            if place in parts:
                return place
    return ""


def _relate(parts: Parts, relations: str, kind: str, target: str) -> None:
    """Add a relation; the target is written from the top of the package, which holds wherever the list lies."""
    root = parts.xml(relations) if relations in parts else etree.fromstring(f'<Relationships xmlns="{_RELATIONS_NS}"/>')
    taken = {element.get("Id", "") for element in root}
    number = next(number for number in range(1, len(taken) + 2) if f"rIdMarkup{number}" not in taken)
    etree.SubElement(root, f"{{{_RELATIONS_NS}}}Relationship", Id=f"rIdMarkup{number}", Type=kind, Target=f"/{target}")
    parts.put(relations, _written(root))


def _written(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
