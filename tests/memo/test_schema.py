"""The table of elements says what the published schemas say."""

import pytest
from lxml import etree
from tests.memo.official import FOLDER, SCHEMAS

from markup_assistant.memo.message import Message
from markup_assistant.memo.parties import Representative
from markup_assistant.memo.schema import Part, element_of, find_part
from markup_assistant.memo.simple import NAMESPACES, Kind, Simple

XS = "{http://www.w3.org/2001/XMLSchema}"
TYPES = {
    "dt:memoTextType": Simple(Kind.TEXT, 256),
    "dt:memoCommentType": Simple(Kind.TEXT, 512),
    "dt:memoNotificationType": Simple(Kind.TEXT, 150),
    "dt:memoLicenseNumberType": Simple(Kind.TEXT, 7),
    "dt:memoUriType": Simple(Kind.URL, 256),
    "dt:memoUuidType": Simple(Kind.UUID),
    "dt:memoLanguageType": Simple(Kind.LANGUAGE),
    "dt:memoMessageType": Simple(Kind.TYPE),
    "dt:memoDateTimeType": Simple(Kind.TIME),
    "dt:memoPNumberType": Simple(Kind.NUMBER, most=9_999_999_999),
    "dt:memoGLNType": Simple(Kind.NUMBER, most=9_999_999_999_999),
    "xs:boolean": Simple(Kind.FLAG),
    "xs:date": Simple(Kind.DAY),
    "xs:base64Binary": Simple(Kind.CONTENT),
}


class Published:
    """The elements of one version as its schema has them."""

    def __init__(self, version: str) -> None:
        core = FOLDER / SCHEMAS[version]
        if not core.is_file():
            pytest.skip("the schemas of MeMo are not in ../shared/memo")
        self.elements: dict[tuple[str, str], etree._Element] = {}
        for file in [core, *(FOLDER / f"xsd/memo-{version}").glob("MeMo_*.xsd")]:
            if file.name == core.name and file != core:
                continue  # the older core beside the newer one
            root = etree.parse(file).getroot()
            space = str(root.get("targetNamespace"))
            for element in root.iterchildren(f"{XS}element"):
                self.elements[space, str(element.get("name"))] = element

    def parts(self, tag: str) -> list[tuple[str, object, int, int]]:
        """Tag, type (None for an element with parts), low and high of each part, in order."""
        space, _, name = tag[1:].partition("}")
        found: list[tuple[str, object, int, int]] = []
        for child in self.elements[space, name].iter(f"{XS}element"):
            if child is self.elements[space, name]:
                continue
            low = int(child.get("minOccurs", "1"))
            most = child.get("maxOccurs", "1")
            high = 0 if most == "unbounded" else int(most)
            ref = child.get("ref")
            here, target, type_ = space, str(child.get("name")), child.get("type")
            if ref:
                prefix, _, target = str(ref).rpartition(":")
                here = NAMESPACES[prefix or "memo"]
                type_ = self.elements[here, target].get("type")
            found.append((f"{{{here}}}{target}", TYPES[type_] if type_ else None, low, high))
        return found


def walk(kind: type, seen: set[type]) -> set[type]:
    if kind not in seen:
        seen.add(kind)
        for part in element_of(kind).parts:
            if isinstance(part.holds, type):
                walk(part.holds, seen)
    return seen


def row(part: Part, version: str) -> tuple[str, object, int, int]:
    low = 1 if part.needed_in == version else part.low
    return part.tag, part.holds if isinstance(part.holds, Simple) else None, low, part.high


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_every_element_is_as_published(version: str) -> None:
    published = Published(version)
    kinds = walk(Message, set())
    theirs = {f"{{{space}}}{name}" for (space, name), element in published.elements.items() if len(element)}
    assert {element_of(kind).tag for kind in kinds if version == "1.2" or kind is not Representative} == theirs
    for kind in kinds:
        element = element_of(kind)
        if element.tag in theirs:
            ours = [row(part, version) for part in element.parts if part.since <= version]
            assert ours == published.parts(element.tag), element.name


def test_a_path_is_found_by_names() -> None:
    part = find_part("MessageHeader/ContentData/KLEdata/subjectKey")
    assert part is not None
    assert part.attribute == "subject_key"
    assert find_part("MessageHeader/ContentData/KLEdata/emne") is None
    assert find_part("MessageHeader/label/mere") is None
