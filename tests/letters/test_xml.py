import pytest

from markup_assistant.errors import DamagedError, ForbiddenContentError, TooLargeError
from markup_assistant.letters.limits import MAX_XML, MAX_XML_MARKUP
from markup_assistant.letters.xml import parse_xml, text_in

_BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
_EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
_PARAMETER = '<!DOCTYPE a SYSTEM "http://lindevig.eksempel/a.dtd"><a/>'


def parse(data: bytes) -> str:
    return text_in(parse_xml(data, "brev.docx", "word/document.xml"))


def test_comments_and_instructions_are_no_text() -> None:
    assert parse(b"<a>x<!-- nej --><?pi nej?>y</a>") == "xy"


@pytest.mark.parametrize("bomb", [_BOMB, _EXTERNAL, _PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_document_types_and_entities_are_refused_in_every_encoding(bomb: str, encoding: str) -> None:
    with pytest.raises(ForbiddenContentError):
        parse(bomb.encode(encoding))


def test_another_encoding_cannot_hide_a_document_type() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a +AFsAPA-!ENTITY b "c"+AD4AXQA+-<a>x</a>'
    with pytest.raises(DamagedError):
        parse(hidden.encode("ascii"))


@pytest.mark.parametrize("data", [b"", b"x", b"<a>", b"<a></b>", b"<a>\xff</a>", b"\xff\xfe<", b"<a>&b;</a>"])
def test_what_is_no_xml_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError) as caught:
        parse(data)
    assert "word/document.xml" in str(caught.value.facts["reason"])


def test_a_hundred_thousand_elements_in_each_other_are_refused() -> None:
    with pytest.raises(DamagedError):
        parse(b"<a>" * 100_000 + b"</a>" * 100_000)


def test_more_bytes_or_markup_than_a_letter_has_are_refused() -> None:
    with pytest.raises(TooLargeError):
        parse(b"<a>" + b" " * MAX_XML + b"</a>")
    with pytest.raises(TooLargeError):
        parse(b"<a>" + b"<b/>" * MAX_XML_MARKUP + b"</a>")
    with pytest.raises(TooLargeError):
        parse(b"<a " + b"".join(b"b%d='' " % index for index in range(MAX_XML_MARKUP)) + b"/>")


def test_a_huge_attribute_is_refused() -> None:
    with pytest.raises(DamagedError):
        parse(b"<a b='" + b"x" * 11_000_000 + b"'/>")


def test_namespaces_are_renamed_before_parsing() -> None:
    root = parse_xml(b"<a xmlns='urn:strict'/>", "a", "b", [(b"urn:strict", b"urn:usual")])
    assert root.tag == "{urn:usual}a"
