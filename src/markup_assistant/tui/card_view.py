"""The card of the letter at hand as a widget: values, choices with their digits, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from markup_assistant.markup import Part
from markup_assistant.review.card import CardLine, LineKind

LABEL = 10
"""Cells of the first column."""

DIGIT = 3
"""Cells of a choice's digit."""

_LOOKS = {
    LineKind.VALUE: "bold",
    LineKind.PATH: "$text-muted",
    LineKind.DETAIL: "",
    LineKind.REASON: "$text-muted italic",
    LineKind.OTHER: "",
}


class CardView(Widget):
    """Shows the lines of a card; a click on a choice picks it, one on a part gives it the focus."""

    DEFAULT_CSS = """
    CardView { height: auto; width: 1fr; }
    """

    @dataclass
    class Picked(Message):
        """A choice was clicked."""

        place: int

    @dataclass
    class Focused(Message):
        """A part was clicked."""

        part: Part

    def __init__(self, lines: Sequence[CardLine], part: Part | None) -> None:
        super().__init__(classes="card")
        self._lines = tuple(lines)
        self._part = part
        self._digits = True
        self._rows: list[CardLine] = []

    def tell(self, lines: Sequence[CardLine], part: Part | None) -> None:
        """Show other lines, with digits again."""
        self._lines, self._part, self._digits = tuple(lines), part, True
        self.refresh(layout=True)

    def offer(self, *, digits: bool) -> None:
        """Show whether digits pick from the card: not while they pick from a list below it."""
        if digits != self._digits:
            self._digits = digits
            self.refresh()

    @property
    def focused_rows(self) -> tuple[int, int]:
        """The first and last row of the part that has the focus; the first row twice where none has."""
        lines = [line for line, _ in self._laid_out(self.content_size.width or self.size.width)]
        rows = [number for number, line in enumerate(lines) if line.part is self._part]
        return (rows[0], rows[-1]) if rows else (0, 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows the card takes at a width."""
        return len(self._laid_out(width))

    def render(self) -> Content:
        """Return the card as rows."""
        rows = self._laid_out(self.content_size.width or self.size.width)
        self._rows = [line for line, _ in rows]
        return Content("\n").join([row for _, row in rows])

    def on_click(self, event: Click) -> None:
        """Pick what was clicked."""
        row = event.get_content_offset(self)
        if row is None or not 0 <= row.y < len(self._rows):
            return
        line = self._rows[row.y]
        if line.kind is LineKind.OTHER:
            self.post_message(self.Picked(int(line.digit)))
        else:
            self.post_message(self.Focused(line.part))

    def _laid_out(self, width: int) -> list[tuple[CardLine, Content]]:
        rows: list[tuple[CardLine, Content]] = []
        for line in self._lines:
            focused = line.part is self._part
            shown = line if self._digits else replace(line, digit="")
            rows += [(line, row) for row in card_rows(shown, width, focused=focused)]
        return rows


def card_rows(line: CardLine, width: int, *, focused: bool) -> list[Content]:
    """Return a line of the card as rows of at most ``width`` cells; the focused part has a sign in front."""
    sign = "▸ " if focused and line.label else "│ " if focused else "  "
    label = Content.styled(f"{sign}{line.label}".ljust(LABEL + 2), "$text-accent bold" if focused else "$text-muted")
    digit = Content.styled(f"{line.digit:<{DIGIT}}" if line.digit else " " * DIGIT, "$text-accent")
    room = max(width - LABEL - 2 - DIGIT, 12)
    note = Content.styled(line.note, "$text-success" if line.kind is LineKind.VALUE else "$text-muted")
    beside = bool(line.note) and room - note.cell_length - 2 >= min(28, Content(line.text).cell_length)
    body = Content.styled(line.text, _LOOKS[line.kind])
    wrapped = body.wrap(room - note.cell_length - 2 if beside else room)
    indent = Content(f"{'│ ' if focused else '  '}{'':<{LABEL + DIGIT}}")
    rows = []
    for number, piece in enumerate(wrapped):
        row = piece.rstrip()
        if number == 0 and beside:
            gap = room - row.cell_length - note.cell_length
            row = Content.assemble(row, " " * max(gap, 1), note)
        rows.append(Content.assemble(label, digit, row) if number == 0 else Content.assemble(indent, row))
    if line.note and not beside:
        rows.append(Content.assemble(indent, note))
    return rows
