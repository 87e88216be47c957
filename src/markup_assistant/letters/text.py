"""Reads plain text and Markdown: decoding, and what the lines say about headings, items and paragraphs."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from markup_assistant.errors import FormatUnknownError, TooLargeError
from markup_assistant.letters.builder import MAX_TEXT, clean
from markup_assistant.letters.letter import Block, BlockKind, Letter, Link

_BYTES_A_CHARACTER = 4  # at most, in UTF-8 and UTF-16
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"[ \t]*(={3,}|-{3,})[ \t]*\Z")
_ITEM = re.compile(r"[ \t]*(?:[-*•–·▪◦‣]|\d{1,3}[.)]|[a-zæøå]\))[ \t]+(?=\S)")
_DATE = re.compile(r"[ \t]*\d{1,2}\.[ \t]+([a-zæøå]{3})", re.IGNORECASE)
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\(<?([^()<>\s]{1,2000})>?(?:[ \t]{1,9}\"[^\"\n]{0,300}\")?\)")
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_SALUTATION = re.compile(r"(?:kære|hej|goddag|til|att|(?:med |de )?venlige?|vh|mvh|bilag|cc|kopi)\b", re.IGNORECASE)

_MAX_HEADING = 80


def read_text(data: bytes, name: str) -> Letter:
    """Read plain text in UTF-8, UTF-16 or Windows-1252."""
    return letter_of(decode(data, name), name, "txt")


def read_markdown(data: bytes, name: str) -> Letter:
    """Read Markdown, which differs from plain text in its name alone."""
    return letter_of(decode(data, name), name, "md")


def decode(data: bytes, name: str) -> str:
    """Return the text of bytes in UTF-8, UTF-16 (by its mark or by its look) or else Windows-1252.

    Raises:
        TooLargeError: more bytes than the longest letter can have; nothing was decoded.
        FormatUnknownError: bytes that are no text.
    """
    if len(data) > MAX_TEXT * _BYTES_A_CHARACTER:
        raise too_long(name)
    text = _decoded(data)
    if _is_junk(text):
        raise FormatUnknownError(file=name)
    return text


def too_long(name: str) -> TooLargeError:
    """Return the error for a text above :data:`MAX_TEXT`."""
    return TooLargeError(file=name, limit=f"{MAX_TEXT:,}".replace(",", ".") + " tegn")


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    wide = _wide(data[:4096])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        # Python's table leaves five bytes of the code page empty; Windows reads them as control characters.
        return data.decode("cp1252", "replace")


def _wide(head: bytes) -> str:
    """Return the UTF-16 that text without a mark is in: nearly every other byte is then zero."""
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    high, low = head[: pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if low > 0.7 * pairs and high < 0.1 * pairs:
        return "utf-16-le"
    if high > 0.7 * pairs and low < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _is_junk(text: str) -> bool:
    head = text[:65536]
    controls = sum(1 for character in head if character < " " and character not in "\t\n\r\f\v\x1a\x1b")
    replaced = head.count("\ufffd")
    return "\x00" in head or controls > 0.01 * len(head) or replaced > 0.02 * len(head) + 3


def letter_of(
    text: str,
    name: str,
    format_: str,
    *,
    heading: str = "",
    properties: Mapping[str, str] | None = None,
) -> Letter:
    """Make a letter of text whose lines stay as they are; ``heading`` is put before it as a block."""
    if len(text) > MAX_TEXT:
        raise too_long(name)
    body = clean(_LINE_ENDS.sub("\n", text)).rstrip()
    title = " ".join(clean(heading).split())
    start = len(title) + 2 if title else 0
    whole = f"{title}\n\n{body}" if title and body else title or body
    blocks = [Block(BlockKind.HEADING, 0, len(title), 1)] if title else []
    blocks += _blocks(whole, start)
    return Letter(
        name=name,
        format=format_,
        text=whole,
        blocks=tuple(blocks),
        links=tuple(find_links(whole)),
        properties=MappingProxyType(dict(properties or {})),
    )


def find_links(text: str) -> Iterator[Link]:
    """Yield the links that Markdown writes, ``[text](address)`` and ``<address>``, in order."""
    found = [Link(match[2], match.start(1), match.end(1)) for match in _LINK.finditer(text)]
    found += [Link(match[1], match.start(1), match.end(1)) for match in _BARE_LINK.finditer(text)]
    yield from sorted(found, key=lambda link: link.start)


def is_item(line: str) -> bool:
    """Whether a line begins as a list item does; ``1. marts 2026`` begins as a date."""
    date = _DATE.match(line)
    return bool(_ITEM.match(line)) and not (date and date[1].lower() in _MONTHS)


def looks_like_heading(line: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, begins large, ends without punctuation."""
    line = line.strip()
    return (
        3 <= len(line) <= _MAX_HEADING
        and line[-1] not in ".,;:!?…_-"
        and (line[0].isupper() or line[0].isdigit() or line[0] == "§")
        and sum(character.isalpha() for character in line) > len(line) / 2
        and "@" not in line
        and "\t" not in line
        and not _SALUTATION.match(line)
        and not _DATE.match(line)
    )


def _stands_as_heading(line: str) -> bool:
    return looks_like_heading(line) and not is_item(line)


def _is_capitals(line: str) -> bool:
    letters = [character for character in line if character.isalpha()]
    return (
        len(letters) >= 4
        and len(line) <= _MAX_HEADING
        and line[0].isalnum()
        and all(letter.isupper() for letter in letters)
    )


def _blocks(text: str, start: int) -> Iterator[Block]:
    """Yield the blocks of the text from ``start`` on, in order."""
    lines = list(_lines(text, start))
    first = 0
    while first < len(lines):
        if lines[first][0] == lines[first][1]:
            first += 1
            continue
        last = first
        while last + 1 < len(lines) and lines[last + 1][0] < lines[last + 1][1]:
            last += 1
        yield from _group(text, lines[first : last + 1], is_last=last + 1 >= len(lines))
        first = last + 1


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield each line's span without the white space around it."""
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        left = start + len(line) - len(line.lstrip())
        yield (left, max(left, start + len(line.rstrip())))
        start = end + 1


def _group(text: str, lines: list[tuple[int, int]], *, is_last: bool) -> Iterator[Block]:
    """Yield the blocks of lines that follow each other without a blank one."""
    if len(lines) == 1 and not is_last and _stands_as_heading(text[slice(*lines[0])]):
        yield Block(BlockKind.HEADING, *lines[0], 2)
        return
    open_kind, open_start, open_end = BlockKind.PARAGRAPH, -1, -1
    skip = False
    for number, (start, end) in enumerate(lines):
        if skip:
            skip = False
            continue
        line = text[start:end]
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        level, offset = _heading(line, following, alone=open_start < 0 or open_kind == BlockKind.HEADING)
        item = not level and is_item(line)
        if (level or item) and open_start >= 0:
            yield Block(open_kind, open_start, open_end)
            open_start = -1
        if level:
            yield Block(BlockKind.HEADING, start + offset, end, level)
            skip = bool(_UNDERLINE.match(following)) and not offset
        elif item or open_start < 0:
            open_kind, open_start, open_end = BlockKind.ITEM if item else BlockKind.PARAGRAPH, start, end
        else:
            open_end = end
    if open_start >= 0:
        yield Block(open_kind, open_start, open_end)


def _heading(line: str, following: str, *, alone: bool) -> tuple[int, int]:
    """Return a heading's level (0: none) and where its words begin in the line."""
    hashes = _HASHES.match(line)
    if hashes:
        return len(hashes[1]), hashes.end()
    underline = _UNDERLINE.match(following)
    if underline and alone and len(line) <= _MAX_HEADING:
        return (1 if underline[1][0] == "=" else 2), 0
    return (2, 0) if _is_capitals(line) else (0, 0)
