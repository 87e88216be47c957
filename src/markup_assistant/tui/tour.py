"""Tells a newcomer in six short messages how letters are reviewed."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from markup_assistant.texts import Texts
from markup_assistant.tui.dialog import Dialog

STEPS = 6


class Tour(Dialog[None]):
    """Shows one message after the other: Enter goes on, left goes back, Escape ends the tour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space", "go(1)", show=False),
        Binding("left,backspace", "go(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Tour {
        & > .dialog { max-width: 72; height: auto; max-height: 100%; padding: 1 2; }
        &.-narrow > .dialog { width: 90%; height: auto; }
        & .tour--title { height: auto; text-style: bold; padding: 0 0 1 0; }
        & .tour--body { height: auto; padding: 0 0 1 0; }
    }
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts("tui.tour.welcome"), "")
        self._texts = texts
        self._step = 1
        self._head = Static(classes="tour--title", markup=False)
        self._text = Static(classes="tour--body", markup=False)

    def body(self) -> Iterable[Widget]:
        yield self._head
        yield self._text

    def on_mount(self) -> None:
        self._show()

    def on_click(self) -> None:
        self.action_go(1)

    def action_go(self, steps: int) -> None:
        """Go on or back; going on from the last message ends the tour."""
        self._step = max(self._step + steps, 1)
        if self._step > STEPS:
            self.dismiss(None)
        else:
            self._show()

    def _show(self) -> None:
        self._head.update(Content(self._texts(f"tui.tour.{self._step}.title")))
        self._text.update(Content(self._texts(f"tui.tour.{self._step}.body")))
        said = self._texts("tui.tour.last" if self._step == STEPS else "tui.tour.hint", step=self._step, steps=STEPS)
        self.query_one(".dialog--hint", Static).update(Content(said))
