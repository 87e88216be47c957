"""The conversation on the screen: what was said, the lists to pick from, and the card of the letter at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from markup_assistant.markup import Part
from markup_assistant.review.card import CardLine
from markup_assistant.review.replies import Listing, Quote, Reply, Said, Tone
from markup_assistant.tui.card_view import CardView

KEPT = 40
"""Messages that stay on the screen: enough to look back, few enough that a long day costs nothing."""

SHOWN_LINES = 400
"""Lines of a quotation that are shown."""

_SIGNS = {Tone.PLAIN: "", Tone.DONE: "✓ ", Tone.WARNING: "! ", Tone.ERROR: "✗ "}


class Talk(VerticalScroll, can_focus=False):
    """What was said, newest at the bottom; the card is there once, where it was shown last."""

    @dataclass
    class Picked(Message):
        """A choice of a list was clicked."""

        place: int

    def show(self, replies: Sequence[Reply], card: Sequence[CardLine], part: Part | None) -> None:
        """Add replies; a card among them, or one that there is no place for yet, is drawn anew."""
        fresh = [widget for reply in replies if (widget := self._widget(reply, card, part)) is not None]
        if any(isinstance(widget, CardView) for widget in fresh):
            self.query(CardView).remove()
        self._add(fresh)

    def show_card(self, card: Sequence[CardLine], part: Part | None) -> None:
        """Draw the card anew where it stands last."""
        self.query(CardView).remove()
        self._add([CardView(card, part)] if card else [])

    def hear(self, text: str) -> None:
        """Show what the person typed."""
        self._add([Static(Content(text), classes="person")])

    def turn_page(self, title: str) -> None:
        """Begin a letter: its name, with what was said of the one before above it."""
        self.query(CardView).remove()
        for widget in self.query(".option, .quote"):
            widget.remove()
        self._add([Static(Content(title), classes="letter-name")])

    def _add(self, widgets: Sequence[Widget]) -> None:
        surplus = len(self.children) + len(widgets) - KEPT
        if surplus > 0:
            self.remove_children(self.children[:surplus])
        if widgets:
            self.mount(*widgets)
            self.scroll_end(animate=False, immediate=False)

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


class Options(Static):
    """A list of choices, each with its digit; a click picks one."""

    def __init__(self, listing: Listing) -> None:
        rows = [Content.styled(listing.title, "bold")]
        for place, option in enumerate(listing.options, start=1):
            digit = f"{place:>2} " if place <= 9 else "   "
            note = (f"  {option.note}", "$text-muted") if option.note else ""
            rows.append(Content.assemble((digit, "$text-accent"), " ", option.text, note))
        super().__init__(Content("\n").join(rows), classes="option")
        self._count = len(listing.options)

    def on_click(self, event: Click) -> None:
        """Pick the row; rows that wrap are found by their number only where none does."""
        offset = event.get_content_offset(self)
        if offset is not None and self.content_size.height == self._count + 1 and offset.y > 0:
            self.post_message(Talk.Picked(offset.y))
