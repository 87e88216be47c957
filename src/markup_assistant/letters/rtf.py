"""Reads RTF: text with its code pages, headings, lists, tables, headers, footers, fields and properties."""

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markup_assistant.errors import DamagedError, TooLargeError
from markup_assistant.letters.builder import LetterBuilder
from markup_assistant.letters.composer import Composer
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.limits import MAX_FILE, MAX_GROUPS, MB
from markup_assistant.letters.office_fields import FieldRecorder
from markup_assistant.letters.office_ops import End, FormData, Open
from markup_assistant.letters.rtf_words import (
    CHARACTERS,
    CHARSETS,
    DEFERRED,
    ENCODINGS,
    PROPERTIES,
    SKIPPED,
    STARRED,
    SYMBOLS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"(?P<text>[^\\{}\r\n]+)|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,9})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[^A-Za-z])|(?P<open>\{)|(?P<close>\})|(?P<other>[\r\n]+|\\)",
)
_FORM_NAME = re.compile(r"\\ffname ([^{}\\]{1,100})")
_FORM_WINDOW = 3_000
_HEADING_NAME = re.compile(r"(?:heading|overskrift) ([1-9])\Z")


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces; each group begins as a copy of the one around it."""

    to: str = "text"
    field: bool = False
    starred: bool = False
    fallback: int = 1  # \uc: characters after \u that stand for the same one
    encoding: str = "cp1252"
    hidden: bool = False
    level: int = 0
    cell: bool = False
    opened: int = 0


def read_rtf(data: bytes, name: str) -> Letter:
    """Read RTF; headers come first, text boxes behind their paragraph, notes and footers last.

    Raises:
        TooLargeError: more bytes or text than a letter has.
        DamagedError: groups nested deeper than any program writes them.
    """
    if len(data) > MAX_FILE:
        raise TooLargeError(file=name, limit=f"{MAX_FILE // MB} MB")
    return _Reader(data.decode("latin-1"), name).read()


class _Reader:
    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._name = name
        self._composer = Composer(LetterBuilder(name, "rtf"))
        self._fields = FieldRecorder(self._composer, name)
        self._group = _Group()
        self._stack: list[_Group] = []
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = -1
        self._styles: dict[int, int] = {}
        self._style = -1
        self._bytes = bytearray()
        self._high = ""  # the first half of a character beyond U+FFFF
        self._skip = 0
        self._begun = False
        self._item = False
        self._story: BlockKind | None = None
        self._later: list[tuple[str, int, int]] = []
        self._collected: list[str] = []
        self._key = ""
        self._properties: dict[str, str] = {}
        self._follow: dict[str, Callable[[int], None]] = {
            "par": lambda _: self._paragraph(BlockKind.PARAGRAPH),
            "sect": lambda _: self._paragraph(BlockKind.PARAGRAPH),
            "cell": lambda _: self._paragraph(BlockKind.CELL),
            "nestcell": lambda _: self._paragraph(BlockKind.CELL),
            "pard": lambda _: self._plain_paragraph(),
            "plain": lambda _: self._plain_text(),
            "v": self._hide,
            "deleted": self._hide,
            "uc": self._choose_fallback,
            "intbl": self._in_table,
            "s": self._choose_style,
            "outlinelevel": self._choose_level,
            "f": self._choose_font,
            "fcharset": self._choose_charset,
            "ansicpg": lambda number: self._choose_encoding(f"cp{number}"),
        }

    def read(self) -> Letter:
        self._run(0, len(self._source))
        self._stories("note", "footer")
        return self._composer.build(self._properties)

    def _run(self, start: int, end: int) -> None:
        depth = len(self._stack)
        position = start
        while position < end:
            match = _TOKEN.match(self._source, position, end)
            if match is None:  # every character belongs to a token
                break
            position = match.end()
            kind = match.lastgroup
            if kind in ("word", "number"):
                position += self._word(match["word"], match["number"], match.start())
            elif kind == "text":
                self._text(match["text"])
            elif kind == "hex":
                self._hex(int(match["hex"], 16))
            elif kind == "open":
                self._push(match.start())
            elif kind == "close":
                self._pop(match.start(), depth)
            elif kind == "symbol":
                self._symbol(match["symbol"])
        self._paragraph(BlockKind.PARAGRAPH)
        while len(self._stack) > depth:
            self._pop(end, depth)

    def _push(self, position: int) -> None:
        self._flush()
        if len(self._stack) >= MAX_GROUPS:
            raise DamagedError(file=self._name, format="RTF", reason="{ { { …")
        self._stack.append(self._group)
        self._group = replace(self._group, field=False, starred=False, opened=position)
        self._skip = 0

    def _pop(self, position: int, depth: int) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) <= depth:
            return
        closed, self._group = self._group, self._stack.pop()
        if closed.field:
            self._fields.end()
        if closed.to != self._group.to:
            self._leave(closed, position)

    def _leave(self, closed: _Group, position: int) -> None:
        """A group with a purpose of its own ended."""
        text = "".join(self._collected).strip()
        if closed.to in DEFERRED.values() and closed.opened < position:
            self._later.append((closed.to, closed.opened + 1, position))
            if closed.to == "header":
                self._stories("header")
        elif closed.to == "property" and text:
            self._properties.setdefault(self._key, text)
        elif closed.to == "propname":
            self._key = text
        elif closed.to == "list":
            self._item = self._item or bool(text)
        self._collected.clear()

    def _stories(self, *kinds: str) -> None:
        """Read the texts of their own that have been passed over."""
        chosen = [story for story in self._later if story[0] in kinds]
        self._later = [story for story in self._later if story[0] not in kinds]
        seen: set[str] = set()
        for kind in kinds:
            for _, start, end in (story for story in chosen if story[0] == kind):
                if self._source[start:end] not in seen:
                    seen.add(self._source[start:end])
                    self._tell(kind, start, end)

    def _tell(self, kind: str, start: int, end: int) -> None:
        kept = (self._group, self._begun, self._item, self._font)
        self._group = _Group(encoding=self._encoding)
        self._story = BlockKind.PARAGRAPH if kind == "note" else BlockKind(kind)
        self._begun = False
        self._fields.enter_story()
        self._run(start, end)
        self._fields.leave_story()
        self._story = None
        self._group, self._begun, self._item, self._font = kept

    # Text

    def _text(self, text: str) -> None:
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        self._bytes += text.encode("latin-1")

    def _hex(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(byte)

    def _unicode(self, number: int) -> None:
        self._flush()
        character = chr(number & 0xFFFF)
        self._skip = self._group.fallback
        if "\ud800" <= character <= "\udbff":
            self._high = character
            return
        pair = (self._high + character).encode("utf-16-le", "surrogatepass")
        self._high = ""
        self._put(pair.decode("utf-16-le", "replace"))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._group.starred = True
        elif self._skip:
            self._skip -= 1
        elif symbol in "\r\n":
            self._paragraph(BlockKind.PARAGRAPH)
        elif symbol in SYMBOLS:
            self._flush()
            self._put(SYMBOLS[symbol])

    def _flush(self) -> None:
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            self._put(data.decode(self._group.encoding, "replace"))

    def _put(self, text: str) -> None:
        """Add text where the group wants it."""
        to = self._group.to
        if to == "code":
            self._fields.code(text)
        elif to == "text":
            if not self._group.hidden:
                self._begin()
                self._fields.add(text)
        elif to == "styles":
            self._name_style(text)
        elif to in {"property", "propname", "list"}:
            self._collected.append(text)

    def _begin(self) -> None:
        """Begin a paragraph unless one is open."""
        if not self._begun:
            self._begun = True
            self._fields.add(Open())

    def _paragraph(self, kind: BlockKind) -> None:
        """End the open paragraph; ``kind`` is CELL at the end of a table cell."""
        self._flush()
        if self._group.to != "text":
            return
        if self._begun:
            self._fields.add(End(*self._kind(kind)))
            self._begun = False
        self._item = False
        if self._story is None:
            self._stories("box")

    def _kind(self, kind: BlockKind) -> tuple[BlockKind, int]:
        if self._story is not None:
            return self._story, 0
        if kind == BlockKind.CELL or self._group.cell:
            return BlockKind.CELL, 0
        if self._group.level:
            return BlockKind.HEADING, self._group.level
        return (BlockKind.ITEM, 1) if self._item else (BlockKind.PARAGRAPH, 0)

    # Words

    def _word(self, word: str, digits: str | None, position: int) -> int:
        """Follow a control word; returns how many characters of data after it to pass over."""
        number = int(digits) if digits else None
        if word == "u" and number is not None:
            self._unicode(number)
            return 0
        if word == "bin":
            return max(0, number or 0)
        if self._skip:
            self._skip -= 1
            return 0
        self._flush()
        if self._group.to != "skip" and not self._destination(word, position):
            self._property(word, 1 if number is None else number)
        return 0

    def _destination(self, word: str, position: int) -> bool:
        """Whether the word said what its group is for."""
        group = self._group
        starred, group.starred = group.starred, False
        if group.to in DEFERRED.values():
            return True
        if word == "field":
            self._open_field(position)
        elif word == "fldinst":
            group.to = "code"
        elif word == "fldrslt":
            group.to = "text"
            self._fields.separate()
        elif word in DEFERRED and self._story is None:
            group.to = DEFERRED[word]
        elif word in {"fonttbl", "stylesheet"}:
            group.to = "fonts" if word == "fonttbl" else "styles"
        elif word in {"listtext", "pntext"}:
            group.to = "list"
        elif word in PROPERTIES and group.to == "info":
            group.to, self._key = "property", PROPERTIES[word]
        elif word in {"info", "userprops"}:
            group.to = "info"
        elif word in {"propname", "staticval"} and group.to == "info":
            group.to = "propname" if word == "propname" else "property"
        elif word in SKIPPED or (starred and word not in STARRED):
            group.to = "skip"
        else:
            return False
        return True

    def _open_field(self, position: int) -> None:
        form = _FORM_NAME.search(self._source, position, position + _FORM_WINDOW)
        result = self._source.find("\\fldrslt", position, position + _FORM_WINDOW)
        known = FormData(name=form[1].strip()) if form and (result < 0 or form.start() < result) else None
        if self._group.to == "text":
            self._begin()
        self._fields.begin(known, hidden=self._group.hidden)
        self._group.field = True

    def _property(self, word: str, number: int) -> None:
        """Follow a word that changes how what comes next is read."""
        if word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif word in ENCODINGS:
            self._choose_encoding(ENCODINGS[word])
        elif word in self._follow:
            self._follow[word](number)

    def _plain_paragraph(self) -> None:
        self._group.level, self._group.cell = 0, False

    def _plain_text(self) -> None:
        self._group.hidden, self._group.encoding = False, self._encoding

    def _hide(self, number: int) -> None:
        self._group.hidden = number != 0

    def _in_table(self, number: int) -> None:
        self._group.cell = number != 0

    def _choose_fallback(self, number: int) -> None:
        self._group.fallback = min(max(number, 0), 8)

    def _choose_charset(self, number: int) -> None:
        if self._group.to == "fonts":
            self._fonts[self._font] = CHARSETS.get(number, "")

    def _choose_encoding(self, encoding: str) -> None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            return  # a code page that nobody knows: keep the one before
        self._encoding = self._group.encoding = encoding

    def _choose_font(self, number: int) -> None:
        self._font = number
        if self._group.to != "fonts":
            self._group.encoding = self._fonts.get(number) or self._encoding

    def _choose_style(self, number: int) -> None:
        if self._group.to == "styles":
            self._style = number
        else:
            self._group.level = self._styles.get(number, 0)

    def _choose_level(self, number: int) -> None:
        level = number + 1 if 0 <= number < 9 else 0
        if self._group.to == "styles":
            self._styles[self._style] = level
        else:
            self._group.level = level

    def _name_style(self, text: str) -> None:
        """Take a heading from its style's name where the style has no outline level."""
        found = _HEADING_NAME.match(text.strip(" ;").casefold())
        if found:
            self._styles.setdefault(self._style, int(found[1]))
