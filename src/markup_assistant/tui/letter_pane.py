"""Shows a letter as it was read, with the words marked that speak for a suggestion."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from markup_assistant.letters.letter import Letter
from markup_assistant.texts import Texts
from markup_assistant.tui.letter_display import Display, Ink, display, message_display
from markup_assistant.tui.letter_rows import Row, rows_of

GUTTER = 2
"""Cells at the left edge, in which rows with evidence have their sign."""

EVIDENCE_SIGN = "▸ "

_EMPTY = Display("", (), (0,), (Ink.PLAIN,))

_COMPONENTS = {
    Ink.HEADING: "letter--heading",
    Ink.ASIDE: "letter--aside",
    Ink.LINK: "letter--link",
    Ink.FIELD: "letter--field",
    Ink.SIGN: "letter--sign",
    Ink.EVIDENCE: "letter--evidence",
}
"""The style of each ink; where several lie on each other, a later one wins."""


class LetterPane(ScrollView, can_focus=False):
    """A letter to read: wrapped to the width of the pane, scrolled by mouse and by the app.

    The text of a letter is never taken for markup. Only the rows in view are drawn, so that a long letter shows at
    once. The pane never takes the keyboard.
    """

    ALLOW_SELECT = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {*_COMPONENTS.values(), "letter--gutter"}
    DEFAULT_CSS = """
    LetterPane {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;
        & > .letter--heading { text-style: bold; }
        & > .letter--aside { color: $text-muted; }
        & > .letter--link { text-style: underline; }
        & > .letter--field { color: $text-secondary; text-style: underline; }
        & > .letter--sign { color: $text-secondary; text-style: bold; }
        & > .letter--evidence { background: $warning-muted; color: $foreground; text-style: bold; }
        & > .letter--gutter { color: $text-warning; text-style: bold; }
        &:nocolor > .letter--evidence { text-style: bold reverse; }
    }
    """

    def __init__(self, texts: Texts, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's name
        """Take the sentences in which conditions are told."""
        super().__init__(id=id, classes=classes)
        self._texts = texts
        self._display = _EMPTY
        self._rows: list[Row] = []
        self._width = 0
        self._evidence: tuple[tuple[int, int], ...] = ()
        self._strips: dict[int, Strip] = {}
        self._styles_of_inks: dict[Ink, Style] = {}
        self._first = 0
        self._to_reveal = False

    def show(self, letter: Letter) -> None:
        """Show a letter from its beginning, nothing marked; its name is the pane's title."""
        self.border_title = _title(letter.name)
        self.remove_class("-message")
        self._replace(display(letter, self._texts))

    def show_message(self, title: str, lines: Sequence[str]) -> None:
        """Show a message in a letter's place: why a file cannot be read, and what to do."""
        self.border_title = None
        self.add_class("-message")
        self._replace(message_display(title, lines, self._texts))

    def clear(self) -> None:
        """Show nothing."""
        self.border_title = None
        self.remove_class("-message")
        self._replace(_EMPTY)

    def highlight(self, spans: Sequence[tuple[int, int]]) -> None:
        """Mark stretches of the letter, ``letter.text[start:end]`` each, in place of those marked before.

        The first of them (in the order given) is scrolled into view when it is out of view.
        """
        placed = [self._display.place(start, end) for start, end in spans]
        inside = [(max(start, 0), min(end, len(self._display.text))) for start, end in placed]
        seen = [(start, end) for start, end in inside if start < end]
        self._evidence = tuple(_merged(seen))
        self._first = seen[0][0] if seen else 0
        self._to_reveal = bool(seen)
        self._redraw()
        self._reveal()

    def page_up(self) -> None:
        """Scroll one page towards the beginning, two rows kept."""
        self.scroll_to(y=self.scroll_y - self._page(), animate=False)

    def page_down(self) -> None:
        """Scroll one page towards the end, two rows kept."""
        self.scroll_to(y=self.scroll_y + self._page(), animate=False)

    def to_start(self) -> None:
        """Scroll to the beginning of the letter."""
        self.scroll_to(y=0, animate=False)

    def to_end(self) -> None:
        """Scroll to the end of the letter."""
        self.scroll_to(y=self.max_scroll_y, animate=False)

    @property
    def visible_text(self) -> str:
        """The rows in view as text, signs and all."""
        top = self.scroll_offset.y
        return "\n".join(self.render_line(y).text.rstrip() for y in range(len(self._rows[top : top + self._height])))

    def render_line(self, y: int) -> Strip:
        """Draw row ``y`` of the view."""
        index = self.scroll_offset.y + y
        if index >= len(self._rows):
            return Strip.blank(self._width, self.rich_style)
        selected = self._selected(index)
        if selected is not None:
            return self._drawn(index, selected).apply_offsets(0, index)
        if index not in self._strips:
            self._strips[index] = self._drawn(index, None).apply_offsets(0, index)
        return self._strips[index]

    def on_resize(self, event: Resize) -> None:
        """Wrap anew where the width is another, with the same words at the top."""
        if self.scrollable_content_region.width != self._width:
            top = self._rows[self.scroll_offset.y].start if self.scroll_offset.y < len(self._rows) else 0
            self._lay_out()
            self.scroll_to(y=self._row_at(top), animate=False)
        self._reveal()

    def notify_style_update(self) -> None:
        """Forget what was drawn in former colours."""
        super().notify_style_update()
        self._styles_of_inks.clear()
        self._strips.clear()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that was selected with the mouse."""
        text = "\n".join(" " * GUTTER + row.sign + self._display.text[row.start : row.end] for row in self._rows)
        return selection.extract(text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw again what the mouse has selected."""
        self._redraw()

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _page(self) -> int:
        return max(self._height - 2, 1)

    def _replace(self, shown: Display) -> None:
        self._display = shown
        self._evidence = ()
        self._to_reveal = False
        if self._width:  # else the first resize lays out
            self._lay_out()
        self.scroll_to(y=0, animate=False)

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        self._rows = rows_of(self._display, self._width - GUTTER)
        self.virtual_size = Size(self._width, len(self._rows))
        self._redraw()

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def _reveal(self) -> None:
        """Scroll to the first evidence when it is out of view; what stands before it remains to be read."""
        if not self._to_reveal or not self._rows:
            return
        self._to_reveal = False
        row = self._row_at(self._first)
        top = self.scroll_offset.y
        if not top <= row < top + self._height:
            self.scroll_to(y=max(row - self._height // 3, 0), animate=False)

    def _row_at(self, offset: int) -> int:
        """Return the row in which an offset of the display stands."""
        return max(bisect_right(self._rows, offset, key=lambda row: row.start) - 1, 0)

    def _drawn(self, index: int, selected: tuple[int, int] | None) -> Strip:
        row = self._rows[index]
        evidence = self._evidence_in(row)
        gutter = EVIDENCE_SIGN if evidence else " " * GUTTER
        segments = [
            Segment(gutter, self.rich_style + self.get_component_rich_style("letter--gutter", partial=True)),
            Segment(row.sign, self._style(Ink.SIGN)),
        ]
        cuts = sorted({row.start, row.end, *(cut for span in evidence for cut in span)})
        for start, end in pairwise(cuts):
            marked = Ink.EVIDENCE if any(first <= start < last for first, last in evidence) else Ink.PLAIN
            for begin, stop, ink in self._display.inks(start, end):
                segments.append(Segment(self._display.text[begin:stop], self._style(ink | marked)))
        strip = Strip(segments)
        if selected is not None:
            strip = self._with_selection(strip, *selected)
        return strip.adjust_cell_length(self._width, self.rich_style)

    def _evidence_in(self, row: Row) -> list[tuple[int, int]]:
        """Return the evidence in a row, cut to it."""
        found = []
        place = max(bisect_right(self._evidence, row.start, key=lambda span: span[0]) - 1, 0)
        for start, end in self._evidence[place:]:
            if start >= row.end:
                break
            if end > row.start:
                found.append((max(start, row.start), min(end, row.end)))
        return found

    def _style(self, ink: Ink) -> Style:
        if ink not in self._styles_of_inks:
            style = self.rich_style
            for one, component in _COMPONENTS.items():
                if one in ink:
                    style += self.get_component_rich_style(component, partial=True)
            self._styles_of_inks[ink] = style
        return self._styles_of_inks[ink]

    def _selected(self, index: int) -> tuple[int, int] | None:
        selection = self.text_selection
        return None if selection is None else selection.get_span(index)

    def _with_selection(self, strip: Strip, start: int, end: int) -> Strip:
        """Mark the characters from ``start`` to ``end`` (-1: the last) of a row as selected."""
        style = self.screen.get_component_rich_style("screen--selection")
        length = len(strip.text)
        cells = [strip.index_to_cell_position(min(place, length)) for place in (start, length if end < 0 else end)]
        before, inside, after = strip.divide([*cells, strip.cell_length])
        return Strip.join([before, inside.apply_style(style), after])


def _title(name: str) -> Content:
    return Content(name.rsplit("/", 1)[-1])


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
