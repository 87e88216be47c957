"""The conversation on the screen: what was said, the lists to pick from, and the card of the letter at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from markup_assistant.markup import Part
from markup_assistant.review.card import CardLine
from markup_assistant.review.intents import Intent
from markup_assistant.review.replies import Listing, Option, Quote, Reply, Said, Tone
from markup_assistant.tui.card_view import CardView

KEPT = 40
"""Messages that stay on the screen: enough to look back, few enough that a long day costs nothing."""

SHOWN_LINES = 400
"""Lines of a quotation that are shown."""

DIGIT = 4
"""Cells in front of a choice."""

_SIGNS = {Tone.PLAIN: "", Tone.DONE: "✓ ", Tone.WARNING: "! ", Tone.ERROR: "✗ "}


class Talk(VerticalScroll, can_focus=False):
    """What was said, newest at the bottom; the card is there once, where it was shown last.

    After every answer the view stands where one wants to read: at the end, but never past the beginning of the card
    or of a long answer, and always on the part of the card that has the focus.
    """

    @dataclass
    class Picked(Message):
        """A choice of a list was clicked."""

        intent: Intent

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._newest: Widget | None = None

    def show(self, replies: Sequence[Reply], card: Sequence[CardLine], part: Part | None) -> None:
        """Add replies; a card among them, or one that there is no place for yet, is drawn anew."""
        fresh = [widget for reply in replies if (widget := self._widget(reply, card, part)) is not None]
        cards = [widget for widget in fresh if isinstance(widget, CardView)]
        lists = [widget for widget in fresh if isinstance(widget, Options)]
        if cards or lists:
            self._retire()
        if cards:
            self.query(CardView).remove()
        # Digits are those of the list that was shown last: the card's own would lie.
        for one in (*cards, *([] if cards else self.query(CardView))):
            one.offer(digits=not lists)
        for one in lists[:-1]:
            one.offer(digits=False)
        self._add(fresh)

    def show_card(self, card: Sequence[CardLine], part: Part | None) -> None:
        """Draw the card anew, at the end."""
        self._retire()
        last = self.children[-1] if self.children else None
        if isinstance(last, CardView) and card:
            last.tell(card, part)
            self._newest = last
            self.call_after_refresh(self._settle)
        else:
            self.query(CardView).remove()
            self._add([CardView(card, part)] if card else [])

    def hear(self, text: str) -> None:
        """Show what the person typed."""
        self._add([Static(Content(text), classes="person")])

    def turn_page(self, title: str) -> None:
        """Begin a letter: its name, with what was said of the one before above it."""
        self.query("CardView, .option, .quote").remove()
        self._add([Static(Content(title), classes="letter-name")] if title else [])

    def scroll_lines(self, lines: int) -> None:
        """Scroll towards the end, or (below 0) towards the beginning."""
        self.scroll_relative(y=lines, animate=False)

    def on_resize(self) -> None:
        """Keep in view what was there to be read."""
        self.call_after_refresh(self._settle)

    def _retire(self) -> None:
        """Take the digits from lists that a digit no longer picks from; the mouse still does."""
        for one in self.query(Options):
            one.offer(digits=False)

    def _add(self, widgets: Sequence[Widget]) -> None:
        surplus = len(self.children) + len(widgets) - KEPT
        if surplus > 0:
            self.remove_children(self.children[:surplus])
        if widgets:
            last = self.children[-1] if self.children else None
            # What was typed, or a letter's name, is the beginning of what is said to it.
            is_head = last is not None and (last.has_class("person") or last.has_class("letter-name"))
            self._newest = last if is_head else widgets[0]
            self.mount(*widgets)
            self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Scroll to where one wants to read."""
        height = self.scrollable_content_region.height
        if not height or not self.children:
            return
        fresh = self._fresh()
        card = next((widget for widget in fresh if isinstance(widget, CardView)), None)
        begins = card or next(iter(fresh), None)
        top = min(self.max_scroll_y, begins.virtual_region.y) if begins is not None else self.max_scroll_y
        if card is not None:
            start = card.virtual_region.y + card.gutter.top
            first, last = card.focused_rows
            top = max(top, min(start + last + 1 - height, start + first))
        self.scroll_to(y=top, animate=False, force=True)

    def _fresh(self) -> list[Widget]:
        """Return what was said last, from its beginning."""
        children = list(self.children)
        first = children.index(self._newest) if self._newest in children else len(children)
        return [widget for widget in children[first:] if widget.display]

    def _widget(self, reply: Reply, card: Sequence[CardLine], part: Part | None) -> Widget | None:
        match reply:
            case Said(text, tone):
                return Static(Content(_SIGNS[tone] + text), classes=f"assistant {tone.value}")
            case Listing():
                return Options(reply)
            case Quote(title, lines):
                shown = "\n".join(lines[:SHOWN_LINES])
                return Static(Content.assemble((f"{title}\n", "bold"), shown), classes="quote")
        return CardView(card, part) if card else None


class Options(Widget):
    """A list of choices, each with its digit; a click picks one, on whichever of its rows."""

    DEFAULT_CSS = """
    Options { height: auto; width: 1fr; }
    """

    def __init__(self, listing: Listing) -> None:
        super().__init__(classes="option")
        self._listing = listing
        self._digits = True

    def offer(self, *, digits: bool) -> None:
        """Show whether digits pick from this list."""
        if digits != self._digits:
            self._digits = digits
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows the list takes at a width."""
        return len(self._laid_out(width))

    def render(self) -> Content:
        """Return the list as rows."""
        return Content("\n").join([row for _, row in self._laid_out(self.content_size.width or self.size.width)])

    def on_click(self, event: Click) -> None:
        """Pick what was clicked."""
        offset = event.get_content_offset(self)
        rows = self._laid_out(self.content_size.width)
        option = rows[offset.y][0] if offset is not None and 0 <= offset.y < len(rows) else None
        if option is not None:
            self.post_message(Talk.Picked(option.intent))

    def _laid_out(self, width: int) -> list[tuple[Option | None, Content]]:
        """Return the rows, each with the choice that it belongs to."""
        room = max(width - DIGIT, 12)
        title = Content.styled(self._listing.title, "bold").wrap(max(width, 12))
        rows: list[tuple[Option | None, Content]] = [(None, row) for row in title]
        for place, option in enumerate(self._listing.options, start=1):
            digit = f"{place:>2}  " if place <= 9 and self._digits else " " * DIGIT
            note = (f"  {option.note}", "$text-muted") if option.note else ""
            for number, piece in enumerate(Content.assemble(option.text, note).wrap(room)):
                front = (digit, "$text-accent") if number == 0 else " " * DIGIT
                rows.append((option, Content.assemble(front, piece.rstrip())))
        return rows
