import pytest
from tests.letters.invariants import assert_sound

from markup_assistant.errors import TooLargeError
from markup_assistant.letters.html import read_html
from markup_assistant.letters.letter import BlockKind, Letter


def blocks(letter: Letter) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, letter.text[block.start : block.end]) for block in letter.blocks]


def test_blocks_links_and_properties_are_what_a_reader_sees() -> None:
    letter = read_html(
        b"<html><head><title>Hej &amp; du</title><meta name=keywords content='a, b'><style>x</style></head>"
        b"<body><h2>Titel <b>fed</b></h2>tekst\n efter <a href='https://x.example'>et <i>link</i></a>. "
        b"<script>no</script>mere<br>ny   linje<p style='display: none'>nej</p><p hidden>nej</p>"
        b"<ul><li>en<li>to</ul><table><tr><td>a</td><td><p>b</p></td></tr></table><footer>bund</footer>",
        "side.html",
    )
    assert_sound(letter)
    assert blocks(letter) == [
        (BlockKind.HEADING, 2, "Titel fed"),
        (BlockKind.PARAGRAPH, 0, "tekst efter et link. mere\nny linje"),
        (BlockKind.ITEM, 1, "en"),
        (BlockKind.ITEM, 1, "to"),
        (BlockKind.CELL, 0, "a"),
        (BlockKind.CELL, 0, "b"),
        (BlockKind.FOOTER, 0, "bund"),
    ]
    (link,) = letter.links
    assert (link.url, letter.text[link.start : link.end]) == ("https://x.example", "et link")
    assert dict(letter.properties) == {"title": "Hej & du", "keywords": "a, b"}


@pytest.mark.parametrize("declared", ["", '<meta charset="iso-8859-1">', '<meta charset="nonsense">'])
def test_danish_letters_survive_old_encodings(declared: str) -> None:
    assert read_html(f"{declared}<p>Kære søster".encode("cp1252"), "a.html").text == "Kære søster"


def test_entities_that_a_page_declares_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    letter = read_html(f"{bomb}<html><p>start &b; &c; slut".encode(), "bombe.html")
    assert "haha" not in letter.text.replace(bomb, "").split("start")[1]
    assert "root:" not in letter.text


@pytest.mark.parametrize("data", [b"<div>" * 200_000, b"<b>" * 700_000, b"<p>" * 6_000_000])
def test_pages_of_nothing_but_markup_are_refused_or_read(data: bytes) -> None:
    try:
        letter = read_html(b"<html>" + data, "dyb.html")
    except TooLargeError:
        return
    assert_sound(letter)
