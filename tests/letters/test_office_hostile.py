"""Hostile Word and OpenDocument files: each gets a named error or a letter, in bounded time and memory."""

import json
import random
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.letters.all_fields import opendocument_source, word_source
from tests.letters.office_files import (
    archive,
    code,
    mark,
    odf_file,
    odf_members,
    paragraph,
    run,
    word_file,
    word_members,
    word_root,
)

from markup_assistant.errors import AssistantError, DamagedError, ForbiddenContentError, TooLargeError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.limits import MAX_XML_MARKUP, MAX_XML_MARKUP_ALL
from markup_assistant.letters.office import read_office
from markup_assistant.letters.opendocument import read_opendocument

_WORD = word_members(paragraph("Kære borger") + paragraph(mark("begin") + code("MERGEFIELD A") + mark("end")))
_TEXT = odf_members("<text:p>Kære <text:placeholder>borger</text:placeholder></text:p>")
_READERS = (read_office, read_opendocument)


def with_part(members: dict[str, str | bytes], part: str, content: str | bytes) -> bytes:
    return archive({**members, part: content})


@pytest.mark.parametrize(
    ("declaration", "use"),
    [
        ('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>', "&c;"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', "&b;"),
    ],
)
def test_entities_are_refused_in_each_part(declaration: str, use: str) -> None:
    for part in ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"):
        with pytest.raises(ForbiddenContentError):
            read_office(with_part(_WORD, part, f"{declaration}<a>{use}</a>"), "a.docx")
    for part in ("content.xml", "styles.xml", "meta.xml"):
        with pytest.raises(ForbiddenContentError):
            read_opendocument(with_part(_TEXT, part, f"{declaration}<a>{use}</a>"), "a.odt")
    with pytest.raises(ForbiddenContentError):
        read_opendocument(f"{declaration}<a>{use}</a>".encode(), "a.fodt")


def test_ten_thousand_parts_are_too_many() -> None:
    members = {**_WORD, **{f"word/media/{index}.png": b"" for index in range(10_000)}}
    with pytest.raises(TooLargeError):
        read_office(archive(members), "a.docx")


def test_a_packed_bomb_in_the_main_part_is_refused() -> None:
    with pytest.raises(ForbiddenContentError):
        read_office(with_part(_WORD, "word/document.xml", b" " * 30_000_000), "a.docx")
    with pytest.raises(ForbiddenContentError):
        read_opendocument(with_part(_TEXT, "content.xml", b" " * 30_000_000), "a.odt")


def test_elements_nested_as_deep_as_the_parser_allows_are_read_without_exhausting_the_stack() -> None:
    for depth in (200, 1_000, 2_000, 100_000):
        for name in ("ins", "sdt><w:sdtContent", "customXml", "tbl><w:tr><w:tc"):
            closing = "".join(f"</w:{tag}>" for tag in reversed(name.replace("w:", "").split("><")))
            body = f"<w:{name}>" * depth + paragraph("dybt") + closing * depth
            _named(read_office, word_file(body))
        body = "<text:section>" * depth + "<text:p>dybt</text:p>" + "</text:section>" * depth
        _named(read_opendocument, odf_file(body))


def test_a_huge_attribute_and_a_huge_text_are_refused() -> None:
    noise = "abcdefghij" * 1_100_000
    for body in (f'<w:p w:rsidR="{noise}"/>', paragraph(noise[:3_000_000])):
        with pytest.raises((DamagedError, TooLargeError)):
            read_office(archive(word_members(body), zipfile.ZIP_STORED), "a.docx")


def _nested_controls() -> bytes:
    depth, tail = 450, run("x") * 30_000
    body = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" * depth + tail
    return word_file("<w:p>" + body + "</w:sdtContent></w:sdt>" * depth + "</w:p>")


def _nested_alternatives() -> bytes:
    depth = 450
    body = '<mc:AlternateContent><mc:Choice Requires="wps">' * depth + "<w:r/>" * 100_000
    return word_file("<w:p>" + body + "</mc:Choice></mc:AlternateContent>" * depth + "</w:p>")


def _chained_styles() -> bytes:
    styles = "".join(
        f'<w:style w:styleId="s{index}"><w:basedOn w:val="s{index + 1}"/></w:style>' for index in range(60_000)
    )
    body = "".join(paragraph("x", f'<w:pStyle w:val="s{index}"/>') for index in range(0, 60_000, 2))
    return word_file(body, styles=styles)


def _condition_of_quotes() -> bytes:
    return word_file(paragraph(mark("begin") + code("IF " + '= \\" &lt; " ' * 100_000) + mark("end")))


def _fields_side_by_side() -> bytes:
    return word_file(paragraph((mark("begin") + code("IF A = 1 b c") + mark("end")) * 15_000))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "make",
    [_nested_controls, _nested_alternatives, _chained_styles, _condition_of_quotes, _fields_side_by_side],
)
def test_what_is_made_to_take_long_does_not(make: Callable[[], bytes]) -> None:
    data = make()
    _named(read_office, data)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the process's size from /proc")
def test_the_memory_of_reading_the_densest_file_allowed_stays_below_300_mb() -> None:
    program = """
        import json, re, sys
        from markup_assistant.errors import AssistantError
        from markup_assistant.letters.office import read_office
        data = sys.stdin.buffer.read()
        try:
            outcome = len(read_office(data, "a.docx").text)
        except AssistantError as error:
            outcome = type(error).__name__
        # Not getrusage: its largest size is that of the parent where the parent was larger.
        status = open("/proc/self/status").read()
        print(json.dumps([outcome, int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024]))
    """
    dense = "<w:r/>x" * (MAX_XML_MARKUP - 2_000)
    half = "<w:r/>x" * ((MAX_XML_MARKUP_ALL - MAX_XML_MARKUP) - 4_000)
    header = word_root("hdr", f"<w:p>{half}</w:p>")
    section = '<w:sectPr><w:headerReference r:id="h1"/></w:sectPr>'
    members = word_members(
        f"<w:p>{dense}</w:p>{section}",
        links={"h1": ("header", "header1.xml")},
        parts={"word/header1.xml": header},
    )
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        input=archive(members, zipfile.ZIP_STORED),
        capture_output=True,
        check=True,
    )
    outcome, megabytes = json.loads(done.stdout)
    assert outcome == 0
    assert megabytes < 300


def _named(read: Callable[[bytes, str], Letter], data: bytes) -> Letter | AssistantError:
    """Return the letter or the named error; anything else fails the test."""
    try:
        letter = read(data, "brev")
    except AssistantError as error:
        _speaks(error)
        return error
    length = len(letter.text)
    spans = [(span.start, span.end) for span in letter.blocks]
    spans += [(span.start, span.end) for span in letter.fields]
    spans += [(span.start, span.end) for span in letter.links]
    assert all(0 <= start <= end <= length for start, end in spans)
    for field in letter.fields:
        assert all(field.start <= start <= end <= field.end for start, end in field.branches)
    return letter


def _speaks(error: AssistantError) -> None:
    assert error.what()
    assert error.do()


@given(st.binary(max_size=2_000))
def test_any_bytes_give_a_letter_or_a_named_error(data: bytes) -> None:
    for read in _READERS:
        _named(read, data)
        _named(read, b"PK\x03\x04" + data)
        _named(read, b"<" + data)


_SOURCES = (word_source(), opendocument_source(), archive(_WORD), archive(_TEXT))


@settings(max_examples=200)
@given(st.sampled_from(_SOURCES), st.randoms(use_true_random=False), st.integers(1, 20))
def test_files_with_random_damage_give_a_letter_or_a_named_error(
    source: bytes, chance: random.Random, changes: int
) -> None:
    data = bytearray(source)
    for _ in range(changes):
        at = chance.randrange(len(data))
        if chance.random() < 0.2:
            del data[at : at + chance.randrange(1, 40)]
        else:
            data[at] = chance.randrange(256)
    for read in _READERS:
        _named(read, bytes(data))


_ELEMENTS = (
    "p",
    "r",
    "t",
    "sdt",
    "sdtPr",
    "sdtContent",
    "tbl",
    "tr",
    "tc",
    "hyperlink",
    "fldSimple",
    "txbxContent",
)
_LEAVES = (
    *(mark(kind) for kind in ("begin", "separate", "end")),
    *(code(text) for text in ("MERGEFIELD A", 'IF A = "1" "b" "c"', '"', "\\", " = ", "HYPERLINK x", "FORMTEXT")),
    run("ord"),
    run(" "),
    "<w:t>løs</w:t>",
    '<w:pPr><w:pStyle w:val="Overskrift1"/></w:pPr>',
    '<w:tag w:val="navn"/>',
    "<w:showingPlcHdr/>",
    "<w:br/>",
)
_TREES = st.recursive(
    st.sampled_from(_LEAVES),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>",
        st.sampled_from(_ELEMENTS),
        st.lists(inner, max_size=6),
    ),
    max_leaves=40,
)


@settings(max_examples=100)
@given(st.lists(_TREES, max_size=6))
def test_elements_in_any_order_give_a_letter_with_right_offsets(trees: list[str]) -> None:
    assert isinstance(_named(read_office, word_file("".join(trees))), Letter)


_ODF_LEAVES = (
    "ord ",
    '<text:placeholder>"x"</text:placeholder>',
    '<text:conditional-text text:string-value-if-true="b" text:string-value-if-false="c"/>',
    '<text:hidden-paragraph text:condition="B"/>',
    '<field:fieldmark-start text:name="F" field:type="x.FORMTEXT"/>',
    "<field:fieldmark-end/>",
    "<text:s/>",
    "<text:line-break/>",
)
_ODF_ELEMENTS = (
    *("text:p", "text:h", "text:span", "text:list", "text:list-item", "text:a", "text:section", "text:note"),
    *("text:note-body", "table:table-cell", "draw:text-box", "draw:custom-shape", "loext:content-control"),
)
_ODF_TREES = st.recursive(
    st.sampled_from(_ODF_LEAVES),
    lambda inner: st.builds(
        lambda name, parts: f'<{name} xlink:href="u" loext:tag="t" text:display="condition">{"".join(parts)}</{name}>',
        st.sampled_from(_ODF_ELEMENTS),
        st.lists(inner, max_size=6),
    ),
    max_leaves=40,
)


@settings(max_examples=100)
@given(st.lists(_ODF_TREES, max_size=6))
def test_opendocument_elements_in_any_order_give_a_letter_with_right_offsets(trees: list[str]) -> None:
    assert isinstance(_named(read_opendocument, odf_file("".join(trees))), Letter)
