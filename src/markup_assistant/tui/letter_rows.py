"""Wraps a shown letter to rows of a screen, fast enough for 300,000 characters at a keypress."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from rich.cells import get_character_cell_size

from markup_assistant.letters.letter import BlockKind
from markup_assistant.tui.letter_display import Display, Line

NARROWEST = 8
"""Cells that a row has for text, however narrow the pane is."""

CHARACTERS_A_CELL = 4
"""A row ends after this many characters a cell: hostile text stacks combining marks without end."""

ODD = re.compile(
    "[^\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u2010-\u2027\u2030-\u205e\u20a0-\u20af\u2190-\u21ff]"
)
"""Characters that may take none or two cells; all others take one."""

_BULLET = re.compile(r"\s*(?:[•·‣◦▪*–—-]|[0-9A-Za-zÆØÅæøå]{1,3}[.)])(?:\s|$)")
"""How a list item begins that has its bullet or number in its text."""

_SIGNS = {
    BlockKind.CELL: "│ ",
    BlockKind.BOX: "┃ ",
    BlockKind.HEADER: "┆ ",
    BlockKind.FOOTER: "┆ ",
}
"""What stands before each row of a block, so that its kind is seen without colour."""


class Row(NamedTuple):
    """A row: ``text[start:end]`` of the display after ``sign``."""

    start: int
    end: int
    sign: str


class _Widths(dict[str, int]):
    """Cells that each character takes, looked up once."""

    def __missing__(self, character: str) -> int:
        width = self[character] = get_character_cell_size(character)
        return width


_WIDTHS = _Widths()


def rows_of(display: Display, width: int) -> list[Row]:
    """Return the rows of a display in ``width`` cells, with blank rows where the eye needs them."""
    all_plain = ODD.search(display.text) is None
    rows: list[Row] = []
    before: Line | None = None
    rows_before = 0
    for line in display.lines:
        sign, hang = _sign(display.text, line)
        room = max(width - len(sign), NARROWEST)
        plain = all_plain or ODD.search(display.text, line.start, line.end) is None
        wrap = _wrap_plain if plain else _wrap_odd
        spans = list(wrap(display.text, line.start, line.end, room))
        if before and _apart(before, line, rows_before, len(spans)):
            rows.append(Row(line.start, line.start, ""))
        rows.append(Row(*spans[0], sign))
        rows += [Row(start, end, hang) for start, end in spans[1:]]
        rows_before = len(spans) if not before or line.block != before.block else rows_before + len(spans)
        before = line
    return rows


def _sign(text: str, line: Line) -> tuple[str, str]:
    """Return what stands before the first row of a line, and before those that follow."""
    if line.kind is BlockKind.ITEM:
        if line.first and not _BULLET.match(text, line.start, line.end):
            return "• ", "  "
        return ("", "  ") if line.first else ("  ", "  ")
    sign = _SIGNS.get(line.kind, "")
    return sign, sign


def _apart(before: Line, line: Line, rows_before: int, rows: int) -> bool:
    """Whether a blank row stands between two lines: around headings and long paragraphs, never within a list."""
    if before.block == line.block or before.start == before.end or line.start == line.end:
        return False
    if before.kind is not line.kind or line.kind is BlockKind.HEADING:
        return True
    return line.kind is BlockKind.PARAGRAPH and max(rows, rows_before) > 1


def _wrap_plain(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Wrap text of which every character takes one cell."""
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            cut = start + width
        yield start, cut
        start = _after_spaces(text, cut, end)
        if start == end:
            return
    yield start, end


def _wrap_odd(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """Wrap text by the cells that its characters take; none is divided from the marks on it."""
    taken = list(accumulate(map(_WIDTHS.__getitem__, text[start:end])))
    first = start
    while start < end:
        limit = (taken[start - first - 1] if start > first else 0) + width
        stop = first + bisect_right(taken, limit)
        stop = max(min(stop, start + CHARACTERS_A_CELL * width, end), start + 1)
        if stop == end:
            break
        cut = text.rfind(" ", start, stop + 1)
        if cut <= start:
            cut = stop
        yield start, cut
        start = _after_spaces(text, cut, end)
        if start == end:
            return
    yield start, end


def _after_spaces(text: str, start: int, end: int) -> int:
    while start < end and text[start] == " ":
        start += 1
    return start
