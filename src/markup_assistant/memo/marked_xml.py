"""Markup as a small piece of XML: a part of a Word document, a property of an OpenDocument text.

.. code-block:: xml

    <markup xmlns="urn:markup-assistant:markup:1" status="decided" person="mette" at="2026-02-16T08:00:01+00:00" …>
      <subject>28.09.40</subject>
      <facet>G01</facet>
      <target>pladsanvisningen</target>
      <action code="AFTALE" label="Tilføj til din kalender">
        <detail name="start" field="MoedeDato" time="MoedeTid"/>
        <detail name="location">Torvet 4</detail>
      </action>
    </markup>
"""

from datetime import datetime

from lxml import etree

from markup_assistant.letters.xml import Element, parse_xml
from markup_assistant.markup import FieldRef, Markup
from markup_assistant.markup_json import action_of
from markup_assistant.memo.marked_values import Marked, Status
from markup_assistant.memo.simple import NO_XML

NAMESPACE = "urn:markup-assistant:markup:1"
_NS = f"{{{NAMESPACE}}}"
_TEXTS = ("person", "model", "catalogue", "content")


def marked_xml(marked: Marked) -> bytes:
    """Return markup as XML in UTF-8, with its declaration."""
    root = etree.fromstring(f'<markup xmlns="{NAMESPACE}"/>')
    root.set("status", marked.status.value)
    for name in _TEXTS:
        root.set(name, _clean(str(getattr(marked, name))))
    root.set("at", marked.at.isoformat() if marked.at else "")
    for name in ("subject", "facet", "target"):
        _add(root, name).text = _clean(str(getattr(marked.markup, name)))
    for action in marked.markup.actions:
        element = _add(root, "action")
        element.set("code", action.code)
        element.set("label", _clean(action.label))
        for name, value in action.details.items():
            detail = _add(element, "detail")
            detail.set("name", name)
            if isinstance(value, FieldRef):
                detail.set("field", _clean(value.field))
                if value.time:
                    detail.set("time", _clean(value.time))
            else:
                detail.text = _clean(value)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def read_marked_xml(data: bytes, file: str) -> Marked | None:
    """Return the markup of such XML, or None for XML that says something else; LetterError where it is broken."""
    root = parse_xml(data, file, "markup")
    if root.tag != f"{_NS}markup":
        return None
    try:
        at = root.get("at", "")
        return Marked(
            markup=_markup(root),
            status=Status(root.get("status", "")),
            at=datetime.fromisoformat(at) if at else None,
            person=root.get("person", ""),
            model=root.get("model", ""),
            catalogue=root.get("catalogue", ""),
            content=root.get("content", ""),
        )
    except ValueError:  # a newer program, or somebody's hand: what cannot be understood says nothing
        return None


def _markup(root: Element) -> Markup:
    texts = {name: (root.findtext(_NS + name) or "").strip() for name in ("subject", "facet", "target")}
    actions = [
        action_of(
            {
                "code": element.get("code"),
                "label": element.get("label", ""),
                "details": {detail.get("name", ""): _detail(detail) for detail in element.iterchildren(_NS + "detail")},
            }
        )
        for element in root.iterchildren(_NS + "action")
    ]
    return Markup(actions=tuple(sorted(actions, key=lambda action: action.code)), **texts)


def _detail(element: Element) -> str | dict[str, str]:
    field = element.get("field", "")
    return {"field": field, "time": element.get("time", "")} if field else (element.text or "")


def _add(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, _NS + name)


def _clean(text: str) -> str:
    return NO_XML.sub("", text)
